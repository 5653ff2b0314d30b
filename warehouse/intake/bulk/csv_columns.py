"""A long CSV as encoded columns, with the same cells as `files.csv_rows` reads row by row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

from warehouse.intake.bulk.columns import Codes, EncodedColumn, Encoder
from warehouse.intake.files.csv_rows import Faults, rows_of
from warehouse.intake.files.csv_text import MAX_FIELD_CHARACTERS, CsvText

# Arrow holds the texts of each block until they are put together; smaller blocks take a third longer.
_BLOCK_BYTES = 4 << 20
_BLOCK_ROWS = 8192
_BYTE_ORDER_MARK = "\ufeff"


class CsvColumns(NamedTuple):
    """The columns of a CSV. `widths` are the numbers of cells of its lines, None where all lines have as many."""

    columns: list[EncodedColumn]
    widths: Codes | None
    faults: Faults


def read_csv_columns(opened: CsvText) -> CsvColumns:
    """Return the columns of a CSV. Raises UnreadableError."""
    # Arrow reads quotes otherwise than Python, and takes a second byte order mark for the first one.
    if '"' not in opened.text and not opened.text.startswith(_BYTE_ORDER_MARK):
        columns = _read_with_arrow(opened)
        if columns is not None:
            return CsvColumns(columns, None, {})
    encoder = Encoder()
    faults: Faults = {}
    widths = [np.zeros(0, np.int32)]
    rows = rows_of(opened, faults)
    while block := list(islice(rows, _BLOCK_ROWS)):
        encoder.add(block)
        widths.append(np.fromiter(map(len, block), np.int32, len(block)))
    return CsvColumns(encoder.columns(), np.concatenate(widths), faults)


def _read_with_arrow(opened: CsvText) -> list[EncodedColumn] | None:
    """Return the columns, or None where the rows are of different length or a field is too long."""
    first_line = opened.text[:MAX_FIELD_CHARACTERS].splitlines()[:1]
    names = [str(number) for number in range(first_line[0].count(opened.delimiter) + 1)] if first_line else []
    kind = pa.dictionary(pa.int32(), pa.string())
    try:
        table = arrow_csv.read_csv(
            pa.BufferReader(opened.text.encode()),
            arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK_BYTES),
            arrow_csv.ParseOptions(
                delimiter=opened.delimiter, quote_char=False, double_quote=False, ignore_empty_lines=False
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, kind), strings_can_be_null=False, check_utf8=False
            ),
        ).unify_dictionaries()
    except pa.ArrowInvalid:
        return None
    columns = [_encoded(column) for column in table.columns]
    return None if any(_has_long_field(column.values) for column in columns) else columns


def _encoded(column: pa.ChunkedArray) -> EncodedColumn:
    chunks = column.chunks
    values = chunks[0].dictionary.to_pylist() if chunks else []
    codes = [chunk.indices.to_numpy() for chunk in chunks]
    return EncodedColumn(values, np.concatenate(codes) if codes else np.zeros(0, np.int32))


def _has_long_field(values: Sequence[str]) -> bool:
    return max(map(len, values), default=0) > MAX_FIELD_CHARACTERS
