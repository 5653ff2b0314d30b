"""The key of a table, and its columns that hold a value in every row, as dbt's tests state them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Tests = list[Mapping[str, Any]]


def tests_by_table(manifest: Mapping[str, Any]) -> dict[str, Tests]:
    """Return the tests of dbt's manifest by the id of the model that they look at."""
    found: dict[str, Tests] = {}
    for node in manifest["nodes"].values():
        if node["resource_type"] == "test" and node.get("test_metadata") and node.get("attached_node"):
            found.setdefault(node["attached_node"], []).append(node)
    return found


def required_columns(tests: Tests) -> frozenset[str]:
    """Return the columns that are tested to hold a value in every row."""
    by_name = [(test["test_metadata"]["name"], test["test_metadata"]["kwargs"]) for test in tests]
    alone = {arguments["column_name"] for name, arguments in by_name if name == "not_null"}
    together = {
        column for name, arguments in by_name if name == "never_null" for column in arguments["columns"]
    }
    return frozenset(alone | together)


def key_columns(tests: Tests, required: frozenset[str]) -> tuple[str, ...]:
    """Return the columns whose values together are tested to be unique; a single column is preferred.

    A column that may be empty names no row, however unique its values are: the report that answers an obligation is none yet
    while the report is missing.
    """
    found = [(test["test_metadata"]["name"], test["test_metadata"]["kwargs"]) for test in tests]
    alone = [arguments["column_name"] for name, arguments in found if name == "unique"]
    together = [
        arguments["combination_of_columns"]
        for name, arguments in found
        if name == "unique_combination_of_columns"
    ]
    single = [[column] for column in alone if column in required]
    return tuple(next(iter([*single, *together, *([column] for column in alone)]), ()))
