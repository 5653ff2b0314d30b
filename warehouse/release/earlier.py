"""What the release before said, laid beside the raw store, so that a build can tell which figures it changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.raw.sql import attach
from warehouse.raw.submission_id import id_from_text
from warehouse.release import store
from warehouse.release.partial import Scope, units_in_scope
from warehouse.release.store import Release
from warehouse.settings import Settings

EARLIER_SCHEMA = "earlier"
FIGURES, SUBMISSIONS, RESTATEMENTS = "figures", "submissions", "restatements"
_COLUMNS: Mapping[str, Mapping[str, str]] = {
    FIGURES: {
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


def lay_beside(settings: Settings, history_of: Release | None = None, scope: Scope | None = None) -> None:
    """Fill the schema `earlier` of what a build reads: empty tables before the first release.

    Figures and submissions are those of the current release, which readers see until the new one. The history of restatements is
    that of `history_of`, by default the newest release that is kept: after a rollback, what the one rolled back had changed stays
    listed. Of it, what releases known to the snapshot did is taken. A build of some provinces gets no figures of units that it
    cannot change.
    """
    current = store.current(settings)
    newest = history_of or next((release for release in store.releases(settings) if release.is_kept), None)
    in_scope, source = "", settings.snapshot_path
    if scope is not None and not scope.is_whole:
        source = scope.source_path(settings)
        in_scope = f" and unit_key in ({units_in_scope('published', scope.provinces)})"
    with duckdb.connect(str(source)) as connection:
        make_tables(connection)
        if current is not None and current.is_kept:
            with _attached(connection, current.path):
                _take(connection, FIGURES, "rpt_indicator_series", f"lens = 'as_reported'{in_scope}")
                _take(connection, SUBMISSIONS, "fct_submissions")
        if newest is not None:
            with _attached(connection, newest.path):
                _take(
                    connection,
                    RESTATEMENTS,
                    "rpt_restatements",
                    "release_id in (select release_id from raw.releases)",
                )


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables of the schema, empty."""
    connection.execute(f"create schema if not exists {EARLIER_SCHEMA}")
    for table, columns in _COLUMNS.items():
        body = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        connection.execute(f"create or replace table {EARLIER_SCHEMA}.{table} ({body})")


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    attach(connection, path, "published")
    try:
        yield
    finally:
        connection.execute("detach published")


def _take(connection: duckdb.DuckDBPyConnection, table: str, mart: str, condition: str = "true") -> None:
    """Copy what a table of ours holds from a mart. A release made by an older version may lack the mart or some columns."""
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
