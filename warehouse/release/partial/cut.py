"""The file that a build of some provinces reads: the snapshot without the figures of the other provinces."""

from __future__ import annotations

import duckdb

from warehouse.raw.snapshot import working_copy
from warehouse.raw.sql import attach, listed
from warehouse.raw.tables import RAW_SCHEMA, SUBMISSIONS_TABLE
from warehouse.release import store
from warehouse.release.partial.base import BASE_SCHEMA, BASE_TABLES, base_path
from warehouse.release.partial.scope import Scope, units_in_scope
from warehouse.settings import Settings

_FIGURES = "bc_rows"


def cut_snapshot(settings: Settings, scope: Scope) -> None:
    """Make the file that a build of that scope reads. A whole build reads the snapshot itself.

    The provinces that are left out come with their totals, in the schema `base`; of their figures only the provinces' own reports
    stay. Earlier figures stay only where the build can change them.
    """
    if scope.is_whole:
        return
    release = store.find(settings, str(scope.base_release_id))
    with working_copy(settings.snapshot_path, scope.source_path(settings)) as connection:
        attach(connection, release.path, "published")
        attach(connection, base_path(settings, release.release_id), "base_file")
        connection.execute(
            "create temp table left_out as select unit_key, level from published.marts.dim_units"
            f" where current_province_code not in {listed(scope.provinces)}"
        )
        _keep_rows(
            connection,
            f"{RAW_SCHEMA}.{_FIGURES}",
            f"submission_id not in (select submission_id from {RAW_SCHEMA}.{SUBMISSIONS_TABLE} inner join left_out"
            " using (unit_key) where left_out.level <> 'province')",
        )
        _keep_rows(
            connection, "earlier.figures", f"unit_key in ({units_in_scope('published', scope.provinces)})"
        )
        _take_totals(connection)
        connection.execute("detach published")
        connection.execute("detach base_file")


def _keep_rows(connection: duckdb.DuckDBPyConnection, table: str, condition: str) -> None:
    """Keep only the rows that meet the condition. The table is written anew: deleted rows would stay in the file."""
    name = table.rpartition(".")[2]
    connection.execute(f"create table {table}_kept as select * from {table} where {condition}")
    connection.execute(f"drop table {table}")
    connection.execute(f"alter table {table}_kept rename to {name}")


def _take_totals(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        f"insert into {BASE_SCHEMA}.provinces select unit_key from left_out where level = 'province'"
    )
    for table in ("province_totals", "province_silence", "province_parts"):
        names = ", ".join(column.split()[0] for column in BASE_TABLES[table].split(", "))
        connection.execute(
            f"insert into {BASE_SCHEMA}.{table} by name select {names} from base_file.{table}"
            f" semi join {BASE_SCHEMA}.provinces using (unit_key)"
        )
