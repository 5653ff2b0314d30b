"""Parsed rows on their way to staged Parquet: Arrow tables, and for long ones a file that the child wrote itself.

A long table that went through the pipe would be in memory four times, in two processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path

import pyarrow as pa

from warehouse.intake.raw_tables import arrow_schema

# Longer tables are written by the process that made them.
LONGEST_SENT_ROWS = 100_000
_PARTS_DIR = "parts"
# Parquet's own type of these columns is text; how they were held in memory is no one's concern.
_STORE_ARROW_TYPES = False
# As many rows as DuckDB takes at a time; one thread reads one such group, and others the next ones.
_GROUP_ROWS = 122_880
# A batch is read whole and once: nobody looks for single rows in it.
_WRITE_STATISTICS = False
# Nor does it stay for long enough to be packed.
_PART_COMPRESSION = "none"

# The rows of each raw table in their order; a path is that of a part.
ParsedTables = dict[str, list[pa.Table | Path]]


def hand_over(name: str, table: pa.Table, file_sha256: str, folder: Path) -> pa.Table | Path:
    """A table of one file as it goes from the child to its parent, with the raw table's own column types."""
    if table.num_rows <= LONGEST_SENT_ROWS:
        return table.cast(arrow_schema(name))
    path = folder / _PARTS_DIR / f"{name}-{file_sha256}.parquet"
    path.parent.mkdir(exist_ok=True)
    _write_groups(table, path)
    return path


def _write_groups(table: pa.Table, path: Path) -> None:
    """Group by group, each with those texts alone that it has: a dictionary is written anew with each group."""
    # Only here: most files have no long table, and each process would wait for the import.
    import pyarrow.parquet as pq  # noqa: PLC0415

    starts = range(0, table.num_rows, _GROUP_ROWS)
    groups = (_narrowed(table.slice(start, _GROUP_ROWS).combine_chunks()) for start in starts)
    first = next(groups)
    options = {"store_schema": _STORE_ARROW_TYPES, "write_statistics": _WRITE_STATISTICS}
    # To look for repetitions where every row has a text or number of its own takes a third of the writing.
    repeated = [field.name for field in first.schema if not _is_of_its_own(field.type)]
    with pq.ParquetWriter(
        path, first.schema, use_dictionary=repeated, compression=_PART_COMPRESSION, **options
    ) as writer:
        for group in chain([first], groups):
            writer.write_table(group, row_group_size=_GROUP_ROWS)


def _is_of_its_own(kind: pa.DataType) -> bool:
    """Whether each row has a value of its own: what repeats comes as a dictionary, or is a measured figure or a flag."""
    return bool(pa.types.is_string(kind) or pa.types.is_integer(kind))


def _narrowed(group: pa.Table) -> pa.Table:
    """The same, with dictionaries cut to the span that is in use. Rows of a long file come in order, so that is short."""
    columns = {}
    for name in group.column_names:
        column = group.column(name).chunk(0)
        if pa.types.is_dictionary(column.type) and column.null_count == 0:
            codes = column.indices.to_numpy()
            lowest, highest = int(codes.min()), int(codes.max())
            span = column.dictionary.slice(lowest, highest - lowest + 1)
            column = pa.DictionaryArray.from_arrays(pa.array(codes - lowest), span)
        columns[name] = column
    return pa.table(columns)


def write_staged(folder: Path, results: Sequence[ParsedTables]) -> None:
    """One Parquet file for each raw table that has rows. Parts are put in their place, or copied piece by piece."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    tables: dict[str, list[pa.Table | Path]] = {}
    for result in results:
        for name, parts in result.items():
            tables.setdefault(name, []).extend(parts)
    for name, parts in tables.items():
        target = folder / f"{name}.parquet"
        if len(parts) == 1 and isinstance(parts[0], Path):
            parts[0].rename(target)
        elif not any(isinstance(part, Path) for part in parts):
            pq.write_table(pa.concat_tables(parts), target, row_group_size=_GROUP_ROWS)
        else:
            _write_pieces(target, arrow_schema(name), parts)
    _remove_parts(folder)


def _write_pieces(target: Path, schema: pa.Schema, parts: Iterable[pa.Table | Path]) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415

    with pq.ParquetWriter(target, schema) as writer:
        for part in parts:
            if isinstance(part, Path):
                with pq.ParquetFile(part) as rows:
                    for number in range(rows.num_row_groups):
                        writer.write_table(rows.read_row_group(number).cast(schema))
            else:
                writer.write_table(part)


def _remove_parts(folder: Path) -> None:
    """Those too that a child left behind that did not live to tell of them."""
    parts_dir = folder / _PARTS_DIR
    with suppress(FileNotFoundError):
        for path in parts_dir.iterdir():
            path.unlink()
        parts_dir.rmdir()
