"""The names of all units, with one index for each kind of question. An index is made when it is first needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from warehouse.reference.units.names import department_names, name_key, split_type
from warehouse.text.vietnamese import fold, tone_key

UnitRow = list[str]
KEY, CODE, NAME, LEVEL, TYPE, PARENT, FROM, TO = range(8)
# Looked up without a parent: the country's own parts, and bodies, whose names say whose they are.
TOP_LEVELS = ("country", "province", "body")
# Types of unit whose names repeat in every commune or body, so that they mean nothing without it.
_TYPES_OF_PARTS = ("Phòng, ban", "Thôn, tổ dân phố")
OPEN_START, OPEN_END = "0000-00-00", "9999-99-99"


class Alias(NamedTuple):
    """Another name in use for a unit of that code and level, between two ISO dates, both inclusive."""

    alias: str
    unit_code: str
    level: str
    valid_from: str
    valid_to: str


def is_top(row: UnitRow) -> bool:
    """Whether the unit is found by its name alone, without its parent's."""
    return row[LEVEL] in TOP_LEVELS and not is_part(row)


def is_part(row: UnitRow) -> bool:
    """Whether the unit is a division of a body or a village of a commune."""
    return row[TYPE] in _TYPES_OF_PARTS


class NameIndex:
    """Rows of the seeds by name."""

    def __init__(self, rows: dict[str, UnitRow], read_aliases: Callable[[], Iterable[Alias]]) -> None:
        self.rows = rows
        self._read_aliases = read_aliases

    @cached_property
    def bare_names(self) -> dict[str, list[tuple[UnitRow, str]]]:
        """`(unit, its name without the type)` by type, for the top levels, for provinces, and for all."""
        index: dict[str, list[tuple[UnitRow, str]]] = defaultdict(list)
        for row in self.rows.values():
            named = (row, split_type(row[NAME])[1])
            index["all"].append(named)
            index[row[TYPE].lower()].append(named)
            if is_top(row):
                index["top"].append(named)
            if row[LEVEL] == "province":
                index["province"].append(named)
        return index

    @cached_property
    def children(self) -> dict[str, list[tuple[UnitRow, str]]]:
        """`(unit, its name without the type)` by the key of the parent."""
        index: dict[str, list[tuple[UnitRow, str]]] = defaultdict(list)
        for named in self.bare_names["all"]:
            index[named[0][PARENT]].append(named)
        return dict(index)

    def descendants(self, unit_key: str) -> Iterator[tuple[UnitRow, str]]:
        """The keys of all units below a unit."""
        for row, name in self.children.get(unit_key, ()):
            yield row, name
            yield from self.descendants(row[KEY])

    @cached_property
    def all_aliases(self) -> list[Alias]:
        """Every alias."""
        return [alias for aliases in self.aliases.values() for alias in aliases]

    @cached_property
    def aliases(self) -> dict[str, list[Alias]]:
        """Aliases by the tone-normalised text."""
        index: dict[str, list[Alias]] = {}
        for alias in self._read_aliases():
            index.setdefault(tone_key(alias.alias), []).append(alias)
        return index

    @cached_property
    def by_key(self) -> dict[str, list[UnitRow]]:
        """Units by `name_key`, departments by their short names too."""
        index: dict[str, list[UnitRow]] = {}
        for row in self.rows.values():
            for name in (row[NAME], *department_names(row[NAME])):
                index.setdefault(name_key(name), []).append(row)
        return index

    @cached_property
    def by_folded_key(self) -> dict[str, list[UnitRow]]:
        """Units by `name_key` without marks."""
        index: dict[str, list[UnitRow]] = {}
        for key, rows in self.by_key.items():
            index.setdefault(fold(key), []).extend(rows)
        return index

    @cached_property
    def by_code(self) -> dict[tuple[str, str], list[UnitRow]]:
        """Versions by code and level."""
        index: dict[tuple[str, str], list[UnitRow]] = {}
        for row in self.rows.values():
            index.setdefault((row[CODE], row[LEVEL]), []).append(row)
        return index
