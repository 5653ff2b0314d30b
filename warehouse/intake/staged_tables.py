"""Parsed rows on their way to staged Parquet: Arrow tables, and for long ones a file that the child wrote itself.

A long table that went through the pipe would be in memory four times, in two processes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.intake.raw_tables import arrow_schema

# Longer tables are written by the process that made them.
LONGEST_SENT_ROWS = 100_000
_PARTS_DIR = "parts"
# Parquet's own type of these columns is text; how they were held in memory is no one's concern.
_STORE_ARROW_TYPES = False

# The rows of each raw table in their order; a path is that of a part.
ParsedTables = dict[str, list[pa.Table | Path]]


def hand_over(name: str, table: pa.Table, file_sha256: str, folder: Path) -> pa.Table | Path:
    """A table of one file as it goes from the child to its parent, with the raw table's own column types."""
    if table.num_rows <= LONGEST_SENT_ROWS:
        return table.cast(arrow_schema(name))
    path = folder / _PARTS_DIR / f"{name}-{file_sha256}.parquet"
    path.parent.mkdir(exist_ok=True)
    pq.write_table(table, path, store_schema=_STORE_ARROW_TYPES)
    return path


def write_staged(folder: Path, results: Sequence[ParsedTables]) -> None:
    """One Parquet file for each raw table that has rows. Parts are put in their place, or copied piece by piece."""
    tables: dict[str, list[pa.Table | Path]] = {}
    for result in results:
        for name, parts in result.items():
            tables.setdefault(name, []).extend(parts)
    for name, parts in tables.items():
        target = folder / f"{name}.parquet"
        if len(parts) == 1 and isinstance(parts[0], Path):
            parts[0].rename(target)
        elif not any(isinstance(part, Path) for part in parts):
            pq.write_table(pa.concat_tables(parts), target)
        else:
            _write_pieces(target, arrow_schema(name), parts)
    _remove_parts(folder)


def _write_pieces(target: Path, schema: pa.Schema, parts: Iterable[pa.Table | Path]) -> None:
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
