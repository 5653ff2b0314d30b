"""Replace old rows by the rows that were built, in a copy of the release on which the build is based."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from warehouse.raw.sql import quoted
from warehouse.release.partial.models import ROWS_OF_SCOPE
from warehouse.release.partial.scope import Scope, units_in_scope


class WrongAssembly(RuntimeError):
    """The assembled tables do not agree with the raw store; nothing was published."""


def replace_rows(
    connection: duckdb.DuckDBPyConnection, scope: Scope, release_id: str, tables: Iterable[str]
) -> None:
    """Bring the tables of the open copy up to the attached `build`, which becomes that release. Raises WrongAssembly."""
    for name, with_all_provinces in (("in_scope", False), ("in_scope_with_provinces", True)):
        units = units_in_scope("build", scope.provinces, with_all_provinces)
        connection.execute(f"create temp table {name} as {units}")
    for table in tables:
        name = f"marts.{table}"
        rows = ROWS_OF_SCOPE.get(table)
        if rows is None:
            connection.execute(f"create or replace table {name} as select * from build.{name}")
        else:
            connection.execute(f"delete from {name} where {rows}")
            connection.execute(f"insert into {name} by name select * from build.{name} where {rows}")
    _count_figures(connection, scope, release_id)


def _count_figures(connection: duckdb.DuckDBPyConnection, scope: Scope, release_id: str) -> None:
    """Check that no figure is missing, and list their number: the build counted the figures in its scope alone."""
    row = connection.execute("select count(*) from marts.fct_indicator_values").fetchone()
    found = int(row[0]) if row else 0
    if found != scope.figure_count:
        raise WrongAssembly(
            f"the raw store holds {scope.figure_count} figures, the tables put together {found}; nothing was published"
        )
    connection.execute(
        f"update marts.rpt_releases set indicator_value_count = {found} where release_id = {quoted(release_id)}"
    )
