"""Rows for the raw tables as Arrow tables, which DuckDB and Parquet take as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from operator import itemgetter
from typing import Any

import pyarrow as pa

from warehouse.raw.tables import raw_tables

_ARROW_TYPES: dict[str, pa.DataType] = {
    "varchar": pa.string(),
    "double": pa.float64(),
    "bigint": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}


@cache
def arrow_schema(table: str) -> pa.Schema:
    """Return the columns of a raw table as an Arrow schema."""
    return pa.schema([(name, _ARROW_TYPES[kind]) for name, kind in raw_tables()[table].items()])


def arrow_table(table: str, rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """Return rows as an Arrow table with exactly the table's columns; a column that a row leaves out is null.

    Raises ValueError for a column that the table does not have, pyarrow.ArrowInvalid for a value of another
    type.
    """
    listed = list(rows)
    schema = arrow_schema(table)
    known = set(schema.names)
    if all(row.keys() == known for row in listed):
        columns = [pa.array(list(map(itemgetter(field.name), listed)), field.type) for field in schema]
        return pa.Table.from_arrays(columns, schema=schema)
    unknown = set[str]().union(*listed) - known
    if unknown:
        raise ValueError(f"raw.{table} has no column {', '.join(sorted(unknown))}")
    columns = [pa.array([row.get(field.name) for row in listed], field.type) for field in schema]
    return pa.Table.from_arrays(columns, schema=schema)
