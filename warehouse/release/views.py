"""The views among the published tables: which there are, and in which order a file takes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

from warehouse.raw.sql import quoted

if TYPE_CHECKING:
    import duckdb

FRONT_DOOR_PREFIX = "v_"
_WORD = re.compile(r"\w+")


def is_front_door(table: str) -> bool:
    """Whether the table is a view for people who write SQL: one question each, with names beside codes."""
    return table.startswith(FRONT_DOOR_PREFIX)


def in_order(queries: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the views such that each stands after the views that its query reads.

    DuckDB refuses a view on a view that is not there yet.
    """
    names = queries.keys()
    reads = {name: (names & set(_WORD.findall(queries[name]))) - {name} for name in sorted(names)}
    return tuple(TopologicalSorter(reads).static_order())


def script_over_parquet(connection: duckdb.DuckDBPyConnection, sources: Mapping[str, str]) -> str:
    """Return a script that gives a DuckDB in the folder of the Parquet files all that a release has, its views included.

    `sources` are the tables with their file, or with the pattern of their files. The views are those of the open release.
    """
    rows = connection.execute(
        "select view_name, sql from duckdb_views() where schema_name = 'marts' and not internal"
    ).fetchall()
    views = {name: sql.strip().replace("CREATE VIEW", "create or replace view", 1) for name, sql in rows}
    tables = [
        f"create or replace view marts.{name} as select * from read_parquet({quoted(source)});"
        for name, source in sorted(sources.items())
    ]
    lines = [
        "-- Run it in this folder, for example with duckdb -init views.sql: the tables and views of the release.",
        "create schema if not exists marts;",
        *tables,
        *(views[name] for name in in_order(views)),
    ]
    return "\n".join(lines) + "\n"
