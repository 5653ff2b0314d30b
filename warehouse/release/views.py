"""The views among the published tables: which there are, and in which order a file takes them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter

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
