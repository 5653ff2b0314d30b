"""Copy the figures of the current release into the snapshot, so that a build can list the figures that it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.raw.sql import attach
from warehouse.raw.submission_id import id_from_text
from warehouse.raw.tables import RAW_SCHEMA, RELEASES_TABLE
from warehouse.release import store
from warehouse.release.store import Release
from warehouse.settings import Settings

EARLIER_SCHEMA = "earlier"
FIGURES, SUBMISSIONS, RESTATEMENTS = "figures", "submissions", "restatements"
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    FIGURES: {
        "lens": "varchar",
        "unit_key": "varchar",
        "indicator_code": "varchar",
        "period_code": "varchar",
        "numerator": "double",
        "denominator": "double",
        "value": "double",
    },
    SUBMISSIONS: {"submission_id": "varchar"},
    RESTATEMENTS: {
        "release_id": "varchar",
        "lens": "varchar",
        "unit_key": "varchar",
        "indicator_code": "varchar",
        "period_code": "varchar",
        "old_value": "double",
        "new_value": "double",
        "old_numerator": "double",
        "new_numerator": "double",
        "old_denominator": "double",
        "new_denominator": "double",
        "submission_id": "varchar",
        "reason": "varchar",
    },
}
# The earliest releases have ids of 32 digits.
_AS_PUBLISHED = {"submission_id": f"{id_from_text()} as submission_id"}


def add_earlier(
    connection: duckdb.DuckDBPyConnection, settings: Settings, history_of: Release | None = None
) -> None:
    """Add the schema `earlier` to a snapshot that is being made; its tables are empty before the first release.

    Figures and submissions are copied from the current release, which readers see until the new one. The history of restatements
    is copied from `history_of`, by default the newest release that can be read: after a rollback,
    the changes of the release that was rolled back stay listed. Restatements of releases unknown to the snapshot are left out.
    Where the current release is damaged, the newest release that can be read replaces it, so that the changes since then are
    listed.
    """
    newest = history_of or store.newest_intact(settings)
    current = store.intact_current(settings) or store.newest_intact(settings)
    make_tables(connection)
    if current is not None:
        with _attached(connection, current.path):
            _take(connection, FIGURES, "rpt_indicator_series")
            _take(connection, SUBMISSIONS, "fct_submissions")
    if newest is not None:
        with _attached(connection, newest.path):
            _take(
                connection,
                RESTATEMENTS,
                "rpt_restatements",
                f"release_id in (select release_id from {RAW_SCHEMA}.{RELEASES_TABLE})",
            )


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty tables of the schema."""
    connection.execute(f"create schema {EARLIER_SCHEMA}")
    for table, columns in _COLUMNS.items():
        body = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        connection.execute(f"create table {EARLIER_SCHEMA}.{table} ({body})")


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    attach(connection, path, "published")
    try:
        yield
    finally:
        connection.execute("detach published")


def _take(connection: duckdb.DuckDBPyConnection, table: str, mart: str, condition: str = "true") -> None:
    """Fill a table from a mart. A release made by an older version may lack the mart or some columns."""
    there = {
        name
        for (name,) in connection.execute(
            "select column_name from duckdb_columns() where database_name = 'published' and schema_name = 'marts'"
            f" and table_name = '{mart}'"
        ).fetchall()
    }
    names = ", ".join(_AS_PUBLISHED.get(name, name) for name in _COLUMNS[table] if name in there)
    if names:
        connection.execute(
            f"insert into {EARLIER_SCHEMA}.{table} by name select {names} from published.marts.{mart} where {condition}"
        )
