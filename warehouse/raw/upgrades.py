"""Make the tables of the raw store, or change those of a store that an earlier version made into today's.

Earlier stores differ in four ways: tables and columns that the contracts have gained since are missing; a figure has its cell
or column letters where `column_number` stands today; ids of submissions are numbers, or texts of 32 digits; no report is marked
a part-correction, and none was one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import duckdb

from warehouse.raw.submission_id import id_from_number, id_from_text
from warehouse.raw.tables import RAW_SCHEMA, SUBMISSIONS_TABLE, raw_tables

Columns = Mapping[str, str]
_ID = "submission_id"
# The number of a column called by letters, A for 1.
_COLUMN_NUMBER = (
    "list_reduce(list_transform(string_split(regexp_extract({letters}, '^[A-Z]+'), ''), letter -> ascii(letter) - 64),"
    " (so_far, next) -> so_far * 26 + next)"
)
# New columns, each computed from the first of these older columns that the store still has.
_FOLLOWS_FROM = {"column_number": ("column_letters", "cell")}
# New columns with one value in all rows of an earlier store.
_ONCE = {"is_part_correction": "false"}


def make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all tables in a store that has none."""
    _execute(connection, (_create(table, columns) for table, columns in raw_tables().items()))


def bring_up_to_date(connection: duckdb.DuckDBPyConnection) -> None:
    """Add missing tables and columns and rewrite ids of earlier versions, in one transaction. Nothing is dropped."""
    existing = _existing_columns(connection)
    has_long_ids = _has_long_ids(connection, existing)
    statements: list[str] = []
    for table, columns in raw_tables().items():
        if table not in existing:
            statements.append(_create(table, columns))
        else:
            statements += _changes(table, existing[table], columns, has_long_ids)
    if statements:
        _execute(connection, statements)


def _create(table: str, columns: Columns) -> str:
    return (
        f"create table {RAW_SCHEMA}.{table} ({', '.join(f'{name} {kind}' for name, kind in columns.items())})"
    )


def _changes(table: str, existing: Columns, columns: Columns, has_long_ids: bool) -> Iterator[str]:
    # A table whose rows were updated cannot be altered in the same transaction, so updates come last.
    if existing.get(_ID) == "bigint":
        ids = f"set data type varchar using {id_from_number(_ID)}"
        yield f"alter table {RAW_SCHEMA}.{table} alter column {_ID} {ids}"
    for name, kind in columns.items():
        if name not in existing:
            yield f"alter table {RAW_SCHEMA}.{table} add column {name} {kind}"
    for name in columns:
        if name in existing:
            continue
        source = next((older for older in _FOLLOWS_FROM.get(name, ()) if older in existing), None)
        if source:
            yield f"update {RAW_SCHEMA}.{table} set {name} = {_COLUMN_NUMBER.format(letters=source)}"
        elif name in _ONCE:
            yield f"update {RAW_SCHEMA}.{table} set {name} = {_ONCE[name]}"
    if has_long_ids and _ID in existing:
        yield f"update {RAW_SCHEMA}.{table} set {_ID} = {id_from_text(_ID)}"


def _has_long_ids(connection: duckdb.DuckDBPyConnection, existing: Mapping[str, Columns]) -> bool:
    """Whether ids are texts of 32 digits; all ids of a store are of one kind, so one row tells."""
    if existing.get(SUBMISSIONS_TABLE, {}).get(_ID) != "varchar":
        return False
    row = connection.execute(
        f"select length({_ID}) > 16 from {RAW_SCHEMA}.{SUBMISSIONS_TABLE} limit 1"
    ).fetchone()
    return bool(row and row[0])


def _execute(connection: duckdb.DuckDBPyConnection, statements: Iterable[str]) -> None:
    connection.begin()
    connection.execute(f"create schema if not exists {RAW_SCHEMA}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()


def _existing_columns(connection: duckdb.DuckDBPyConnection) -> Mapping[str, Columns]:
    """Return the type of each column, by table."""
    # Without parameters: with the first one that it is given, DuckDB imports pandas, which takes a second.
    rows = connection.execute(
        "select table_name, column_name, lower(data_type) from information_schema.columns"
        f" where table_schema = '{RAW_SCHEMA}'"
    ).fetchall()
    columns: dict[str, dict[str, str]] = {}
    for table, column, kind in rows:
        columns.setdefault(table, {})[column] = kind
    return columns
