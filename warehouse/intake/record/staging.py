"""Hand parsed rows from a child process over to staged Parquet.

A child sends few rows to the parent, which writes the rows of all children into one file. A child writes many rows into files of
its own: sent through the pipe, they would be in memory four times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.raw.arrow import arrow_schema

# More rows are written by the process that read them.
LONGEST_SENT_ROWS = 5_000
# DuckDB reads this many rows at a time: one thread a group.
GROUP_ROWS = 122_880
# A batch is read once and completely, and soon removed, so statistics and compression are not worth their time. Without the
# Arrow schema, texts are texts for every reader, also where they were dictionary-encoded in memory.
STAGED_ONCE: Mapping[str, Any] = {"write_statistics": False, "compression": "none", "store_schema": False}
# Threads that write rows of a child; Arrow lets others work meanwhile.
WRITERS = 2
# Between the table's name, the part's and the number of the file; no table has it in its name.
_PART_MARK = "-"

# The rows of each raw table, one after the other; texts may be dictionaries.
ParsedTables = dict[str, list[pa.Table]]
# The result of a child: rows, or the names of the files with the rows.
SentTables = Mapping[str, pa.Table | list[str]]


def hand_over(tables: ParsedTables, folder: Path, part: str) -> SentTables:
    """Return few rows with the raw tables' column types; write many into the folder of the batch and return the file names.

    `part` makes the file names of this child unique.
    """
    sent: dict[str, pa.Table | list[str]] = {}
    # A pool makes its threads with the first long table, so short ones cost nothing.
    with ThreadPoolExecutor(WRITERS) as writers:
        writing = []
        for name, listed in tables.items():
            schema = arrow_schema(name)
            if sum(table.num_rows for table in listed) <= LONGEST_SENT_ROWS:
                sent[name] = pa.concat_tables([_as_sent(table, schema) for table in listed])
                continue
            is_mixed = any(table.schema != listed[0].schema for table in listed)
            groups = _groups([_as_sent(table, schema) for table in listed] if is_mixed else listed)
            names = sent[name] = []
            for share in _shared_out(groups):
                names.append(f"{name}{_PART_MARK}{part}{_PART_MARK}{len(names)}.parquet")
                writing.append(writers.submit(_write_groups, share, folder / names[-1]))
        for written in writing:
            written.result()
    return sent


def staged_files(folder: Path) -> dict[str, list[Path]]:
    """List the files of a staged batch by raw table; a table without rows has none."""
    files: dict[str, list[Path]] = {}
    for path in sorted(folder.glob("*.parquet")):
        table, _, _ = path.stem.partition(_PART_MARK)
        files.setdefault(table, []).append(path)
    return files


def _as_sent(table: pa.Table, schema: pa.Schema) -> pa.Table:
    # Casting imports a module, which takes as long as reading twenty workbooks.
    return table if table.schema == schema else table.cast(schema)


def _write_groups(groups: Sequence[pa.Table], path: Path) -> None:
    """Write the rows group by group. Parquet writes a dictionary anew with each group, so each group keeps its own texts
    alone."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    schema = groups[0].schema
    # Dictionary encoding of a column with a value of its own in each row would take a third of the time.
    repeated = [field.name for field in schema if not _is_of_its_own(field.type)]
    with pq.ParquetWriter(path, schema, use_dictionary=repeated, **STAGED_ONCE) as writer:
        for group in groups:
            writer.write_table(_narrowed(group), row_group_size=GROUP_ROWS)


def _groups(tables: Sequence[pa.Table]) -> list[pa.Table]:
    return [
        table.slice(start, GROUP_ROWS) for table in tables for start in range(0, table.num_rows, GROUP_ROWS)
    ]


def _shared_out(groups: Sequence[pa.Table]) -> Iterator[Sequence[pa.Table]]:
    """Share the groups out, in their order, into a list for each writer; into fewer lists where there are fewer groups."""
    each = -(-len(groups) // WRITERS)
    return (groups[start : start + each] for start in range(0, len(groups), each))


def _is_of_its_own(kind: pa.DataType) -> bool:
    """Whether each row of the column has a value of its own. Columns of repeated values arrive as dictionaries, figures or
    flags."""
    return bool(pa.types.is_string(kind) or pa.types.is_integer(kind))


def _narrowed(group: pa.Table) -> pa.Table:
    """Cut dictionaries to the span that the group uses; a long file has its rows in order, so the span is short."""
    group = group.combine_chunks()
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
