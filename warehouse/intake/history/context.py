"""The context of the history checks: temporary tables with the target files and the order in which all files arrived."""

from __future__ import annotations

import csv
from pathlib import Path
from string import Template

import duckdb

from warehouse.forms.contract import load_forms
from warehouse.raw.sql import listed, quoted

# A number that orders files by arrival and then by hash; a file of a dry run comes last. A running number would need all files
# in memory at once.
_ARRIVAL_NUMBER = """
    cast(is_tried as hugeint) * (cast(1 as hugeint) << 120)
    + cast(epoch_us(received_at) as hugeint) * (cast(1 as hugeint) << 64)
    + cast(cast('0x' || left(file_sha256, 16) as ubigint) as hugeint)
"""
_SQL_DIR = Path(__file__).parent / "sql"


def read_sql(name: str) -> str:
    """Return the text of one of the .sql files."""
    return (_SQL_DIR / f"{name}.sql").read_text(encoding="utf-8")


def make_context(connection: duckdb.DuckDBPyConnection, targets: str, seeds_dir: Path) -> None:
    """Make the temporary tables `context_…` for the files that `targets`, a SELECT of file_sha256, names.

    The view `context_files` orders all files by arrival, then by hash, like the marts do; `context_submissions` has each
    submission of the units in the target files; `context_standing` has the reports that stood before a report. Needs the views
    `ledger_…`. Successions come from the seeds.
    """
    connection.execute(
        "create or replace temp view context_files as"
        f" select file_sha256, file_name, received_at, {_ARRIVAL_NUMBER} as arrival_number from ledger_files"
    )
    connection.execute(
        "create or replace temp table context_targets as select file_sha256, arrival_number from context_files"
        f" semi join ({targets}) as targets using (file_sha256)"
    )
    successions = [seeds_dir / "successions.csv", seeds_dir / "body_successions.csv"]
    connection.execute(
        "create or replace temp table context_successions as"
        f" select from_unit_key, to_unit_key, kind from {seed_rows(*successions)}"
    )
    connection.execute(read_sql("submissions"))
    whole = [form.code for form in load_forms().values() if form.is_accepted_whole]
    connection.execute(Template(read_sql("standing")).substitute(forms=listed(whole)))


def seed_rows(*paths: Path) -> str:
    """Return the rows of several seeds with the same columns, all as text, null where blank."""
    listed = ", ".join(quoted(path) for path in paths)
    with paths[0].open(encoding="utf-8", newline="") as lines:
        columns = ", ".join(f"{quoted(name)}: 'varchar'" for name in next(csv.reader(lines)))
    # DuckDB's guess of types would take as long as reading, and the types are known.
    return (
        f"read_csv([{listed}], columns = {{{columns}}}, auto_detect = false, header = true, delim = ',',"
        " quote = '\"', escape = '\"')"
    )
