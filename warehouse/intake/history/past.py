"""The stage for the questions to the past: which files are asked about, and in which order everything came."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb

from warehouse.raw.sql import quoted

# A number for each file, in order of arrival and then of hash; one that is only tried comes last. Not a running one: to give
# that, all files that ever came would have to be held at once.
_CAME = """
    cast(is_tried as hugeint) * (cast(1 as hugeint) << 120)
    + cast(epoch_us(received_at) as hugeint) * (cast(1 as hugeint) << 64)
    + cast(cast('0x' || left(file_sha256, 16) as ubigint) as hugeint)
"""
_SQL_DIR = Path(__file__).parent / "sql"


def read_sql(name: str) -> str:
    """The text of one of the .sql files."""
    return (_SQL_DIR / f"{name}.sql").read_text(encoding="utf-8")


def set_scene(connection: duckdb.DuckDBPyConnection, targets: str, seeds_dir: Path) -> None:
    """Make the temporary tables `scene_…` for the files that `targets`, a SELECT of file_sha256, names.

    The view `scene_files` orders all files by arrival, then by hash, like the marts do; `scene_submissions` has each submission
    of a unit of which a target speaks. Needs the views `seen_…`. Successions come from the seeds.
    """
    connection.execute(
        "create or replace temp view scene_files as"
        f" select file_sha256, file_name, received_at, {_CAME} as came from seen_files"
    )
    connection.execute(
        "create or replace temp table scene_targets as select file_sha256, came from scene_files"
        f" semi join ({targets}) as targets using (file_sha256)"
    )
    successions = [seeds_dir / "successions.csv", seeds_dir / "body_successions.csv"]
    connection.execute(
        "create or replace temp table scene_successions as"
        f" select from_unit_key, to_unit_key, kind from {seed_rows(*successions)}"
    )
    connection.execute(read_sql("submissions"))


def seed_rows(*paths: Path) -> str:
    """The rows of seeds of the same columns, all as text, null where blank."""
    listed = ", ".join(quoted(path) for path in paths)
    with paths[0].open(encoding="utf-8", newline="") as lines:
        columns = ", ".join(f"{quoted(name)}: 'varchar'" for name in next(csv.reader(lines)))
    # To look for what is known takes as long as reading.
    return (
        f"read_csv([{listed}], columns = {{{columns}}}, auto_detect = false, header = true, delim = ',',"
        " quote = '\"', escape = '\"')"
    )
