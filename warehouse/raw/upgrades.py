"""The tables of the raw store: made new, or brought from what they were before to what they are today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import duckdb

from warehouse.raw.submission_id import stored_id
from warehouse.raw.tables import RAW_SCHEMA, raw_tables

Columns = Mapping[str, str]
# The number of a column called by letters, A for 1.
_COLUMN_NUMBER = (
    "list_reduce(list_transform(string_split(regexp_extract({letters}, '^[A-Z]+'), ''), letter -> ascii(letter) - 64),"
    " (so_far, next) -> so_far * 26 + next)"
)
# New columns that follow from an older one which the store still has; the first of them that is there.
_FOLLOWS_FROM = {"column_number": ("column_letters", "cell")}


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """All of them, in a store that has none."""
    _execute(connection, (_create(table, columns) for table, columns in raw_tables().items()))


def bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the tables and columns that are not there yet, in one transaction. Nothing is dropped, and but for ids that are
    still texts nothing is retyped.
    """
    existing = _existing_columns(connection)
    statements: list[str] = []
    for table, columns in raw_tables().items():
        if table in existing:
            statements += _changes(table, existing[table], columns)
        else:
            statements.append(_create(table, columns))
    if statements:
        _execute(connection, statements)


def _create(table: str, columns: Columns) -> str:
    return (
        f"create table {RAW_SCHEMA}.{table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})"
    )


def _changes(table: str, existing: Columns, columns: Columns) -> Iterator[str]:
    for name, kind in columns.items():
        if name not in existing:
            yield f"alter table {RAW_SCHEMA}.{table} add column {name} {kind}"
            source = next((older for older in _FOLLOWS_FROM.get(name, ()) if older in existing), None)
            if source:
                yield f"update {RAW_SCHEMA}.{table} set {name} = {_COLUMN_NUMBER.format(letters=source)}"
        elif name == "submission_id" and existing[name] != kind:
            numbers = f"set data type {kind} using {stored_id(name)}"
            yield f"alter table {RAW_SCHEMA}.{table} alter column {name} {numbers}"


def _execute(connection: duckdb.DuckDBPyConnection, statements: Iterable[str]) -> None:
    connection.begin()
    connection.execute(f"create schema if not exists {RAW_SCHEMA}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()


def _existing_columns(connection: duckdb.DuckDBPyConnection) -> Mapping[str, Columns]:
    """By table and column its type."""
    # Without parameters: with the first one that it is given, DuckDB imports pandas, which takes a second.
    rows = connection.execute(
        "select table_name, column_name, lower(data_type) from information_schema.columns"
        f" where table_schema = '{RAW_SCHEMA}'"
    ).fetchall()
    columns: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        columns.setdefault(table, {})[column] = kind
    return columns
