"""The register of all versions of all units: which unit a code, a name or both mean on a date.

A code alone names nothing: seven province codes and some 2,000 commune codes were given to another unit on
2025-07-01, so every question takes a date. Units are the rows of the seeds in `UNIT_SEEDS`, which the dbt models read too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from warehouse.reference.seeds import UNIT_SEEDS, as_date, read_seed, read_seed_lines
from warehouse.reference.units.index import FROM, TO, Alias, NameIndex, UnitRow
from warehouse.reference.units.names import (
    code_as_text,
    names_agree,
    parent_parts,
    possible_codes,
    split_parent,
)
from warehouse.reference.units.search import SUGGESTION_SCORE, NameSearch, is_alive
from warehouse.text.vietnamese import normalise

COUNTRY_KEY = "VN@0"
# Longer text is no name with its parents; the part that is cut off could only spoil the match.
LONGEST_QUESTION = 500
__all__ = ["SUGGESTION_SCORE", "UnitMatch", "UnitRegister", "UnitVersion", "code_as_text"]


class UnitVersion(NamedTuple):
    """One version of one unit, as the seeds give it; both dates inclusive, None when open."""

    unit_key: str
    unit_code: str
    unit_name: str
    level: str
    unit_type: str
    parent_unit_key: str
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class UnitMatch:
    """The unit that a code and a name mean, or the reason why it is not certain.

    `unit_key` is None when nothing certain was found. `rule` says how it was found (`code`, `code_and_name`,
    `name`, `alias`, `pattern`) or why not (`missing`, `unknown`, `ambiguous`, `not_alive`, `name_disagrees`, `parent_disagrees`,
    `old_list`, `new_list`). `candidates` are unit versions to choose from, `suggestion` the one right answer
    where there is just one.
    """

    unit_key: str | None
    rule: str
    candidates: tuple[UnitVersion, ...] = ()
    suggestion: UnitVersion | None = None


class UnitRegister:
    """All versions of all units. Reading takes some 30 ms; names are indexed only when first asked for."""

    def __init__(self, seeds_dir: Path) -> None:
        """Raises FileNotFoundError when a seed is missing."""
        self._seeds_dir = seeds_dir
        self._by_code: dict[str, list[UnitRow]] = {}
        self._by_key: dict[str, UnitRow] = {}
        for seed in UNIT_SEEDS:
            for row in read_seed_lines(seeds_dir, seed, UnitVersion._fields):
                self._by_key[row[0]] = row
                self._by_code.setdefault(row[1], []).append(row)
        self._names = NameSearch(NameIndex(self._by_key, self._read_aliases))

    def get(self, unit_key: str) -> UnitVersion:
        """The version of that key. Raises KeyError when there is none."""
        return _version(self._by_key[unit_key])

    def versions(self, code: str) -> list[UnitVersion]:
        """All versions that ever bore the code, in no particular order."""
        return [_version(row) for row in self._by_code.get(code, ())]

    def version_at(self, code: str, on_date: date) -> UnitVersion | None:
        """The one unit that bore the code on that day, or None."""
        day = on_date.isoformat()
        return next((_version(row) for row in self._by_code.get(code, ()) if is_alive(row, day)), None)

    def certain_versions(self, code: str, name: str | None) -> list[tuple[date, date, UnitVersion]]:
        """`(first day, last day, unit)` of each time in which the code, typed in full and with the official name or
        none, is certain to mean the unit: what `resolve` says on such a day, for many days at once.

        On any other day `resolve` has to be asked; so too with a parent's name beside it.
        """
        # A long file has ten thousand codes, nearly all of them as the register has them.
        text = code if code in self._by_code else code_as_text(code)
        if possible_codes(text, True) != [text]:
            return []
        rows = self._by_code.get(text, ())
        if len(rows) > 1 and any(_are_alive_together(a, b) for a, b in combinations(rows, 2)):
            return []
        units = [_version(row) for row in rows if name is None or name == row[2]]
        return [(unit.valid_from or date.min, unit.valid_to or date.max, unit) for unit in units]

    def ancestors(self, unit: UnitVersion) -> Iterator[UnitVersion]:
        """The unit's parents, nearest first, up to the country."""
        key = unit.parent_unit_key
        while key in self._by_key:
            parent = _version(self._by_key[key])
            yield parent
            key = parent.parent_unit_key

    def successor(self, unit: UnitVersion) -> UnitVersion | None:
        """The one unit into which this one went whole (or which it was renamed to), or None."""
        keys = self._whole_successors.get(unit.unit_key, [])
        return _version(self._by_key[keys[0]]) if len(keys) == 1 and keys[0] in self._by_key else None

    def resolve(
        self, code: object, name: str | None, parent_name: str | None, on_date: date, level: str | None = None
    ) -> UnitMatch:
        """Return the unit alive on `on_date` that a code, a name or both mean.

        `code` is text as typed, or a number where a spreadsheet took it for one (its leading zeros are lost).
        Similarity never decides; it only suggests.
        """
        code_text = code_as_text(code)
        name = normalise(name)[:LONGEST_QUESTION] if name else ""
        parent_name = normalise(parent_name)[:LONGEST_QUESTION] if parent_name else ""
        if code_text:
            return self._by_code_and_name(code_text, isinstance(code, str), name, parent_name, on_date)
        if name:
            return self._by_name_alone(name, parent_name, on_date, level)
        return UnitMatch(None, "missing")

    def named(self, name: str, parent_name: str | None, on_date: date) -> UnitVersion | None:
        """Return the one unit that a name means on that day, or None. No look-alike is searched for, so this is quick."""
        alive = self._names.find(
            normalise(name), normalise(parent_name or ""), on_date.isoformat(), None
        ).alive
        return _version(alive[0]) if len(alive) == 1 else None

    def without_districts(
        self, code: object, name: str, parent_name: str | None, on_date: date
    ) -> UnitVersion | None:
        """Return the unit that a name means once the districts that had ended are left out of its surroundings, or None.

        `Xã Tân Thành, huyện Hữu Lũng, tỉnh Lạng Sơn` is clear after districts ended, unless that commune went into one of
        another name.
        """
        own_name, parent_in_name = split_parent(normalise(name)[:LONGEST_QUESTION])
        parts = [
            *parent_parts(parent_in_name),
            *parent_parts(normalise(parent_name or "")[:LONGEST_QUESTION]),
        ]
        day = on_date.isoformat()
        ended = {part: self._names.ended_districts(part, day) for part in parts}
        left = [part for part, districts in ended.items() if not districts]
        if len(left) == len(ended):
            return None
        whole = self._by_name_alone(own_name, ", ".join(parts), on_date, None)
        heir = whole.suggestion if whole.rule == "old_list" else None
        found = self.resolve(code, own_name, ", ".join(left), on_date).unit_key
        if found is None and heir and not code and heir.unit_name == whole.candidates[0].unit_name:
            # The district alone says in which province the commune lies.
            return heir
        if found is None or (whole.rule == "old_list" and (heir is None or heir.unit_key != found)):
            return None
        unit = self.get(found)
        above = {up.unit_key for up in self.ancestors(unit)}
        areas = [self._areas_today(districts, on_date) for districts in ended.values() if districts]
        return unit if all(area & above for area in areas) else None

    def _areas_today(self, districts: list[UnitRow], on_date: date) -> set[str]:
        """Return the keys of the provinces in which the areas of ended districts lie on that day."""
        provinces = [
            up for row in districts for up in self.ancestors(_version(row)) if up.level == "province"
        ]
        ended = [up for up in provinces if up.valid_to and up.valid_to < on_date]
        heirs = [heir for up in ended if (heir := self._alive_successor(up, on_date))]
        return {up.unit_key for up in (*provinces, *heirs)}

    def _by_code_and_name(
        self, code: str, is_text: bool, name: str, parent_name: str, on_date: date
    ) -> UnitMatch:
        codes = possible_codes(code, is_text)
        units = [unit for text in codes if (unit := self.version_at(text, on_date))]
        if not name:
            if len(units) == 1 and parent_name and not self._lies_in(units[0], parent_name, on_date):
                return UnitMatch(None, "parent_disagrees", (units[0],))
            if len(units) == 1:
                return UnitMatch(units[0].unit_key, "code")
            if units:
                return UnitMatch(None, "ambiguous", tuple(units))
            return self._no_such_code(codes, on_date)
        agreeing = [unit for unit in units if self._is_named(unit, name, on_date)]
        if len(agreeing) == 1:
            if parent_name and not self._is_inside(agreeing[0], parent_name, on_date):
                return UnitMatch(None, "parent_disagrees", (agreeing[0],))
            return UnitMatch(agreeing[0].unit_key, "code_and_name")
        return self._name_disagrees(codes, units, name, parent_name, on_date)

    def _no_such_code(self, codes: list[str], on_date: date) -> UnitMatch:
        known = [unit for text in codes for unit in self.versions(text)]
        if not known:
            return UnitMatch(None, "unknown")
        ended = [unit for unit in known if unit.valid_to and unit.valid_to < on_date]
        successor = self._alive_successor(ended[-1], on_date) if ended else None
        return UnitMatch(None, "not_alive", tuple(known), successor)

    def _name_disagrees(
        self, codes: list[str], units: list[UnitVersion], name: str, parent_name: str, on_date: date
    ) -> UnitMatch:
        """The code's unit has another name: was the file filled against another list, or is one of them wrong?"""
        others = [unit for text in codes for unit in self.versions(text)]
        named = [unit for unit in others if self._is_named(unit, name, on_date)]
        level = others[0].level if others else None
        suggestion = self._by_name_alone(name, parent_name, on_date, level)
        today = _version(self._by_key[suggestion.unit_key]) if suggestion.unit_key else None
        for unit in named:
            if unit.valid_to and unit.valid_to < on_date:
                return UnitMatch(None, "old_list", (unit,), self._alive_successor(unit, on_date) or today)
            if unit.valid_from and unit.valid_from > on_date:
                return UnitMatch(None, "new_list", (unit,), today)
        if not units and not others:
            return UnitMatch(None, "unknown", suggestion.candidates, today)
        return UnitMatch(None, "name_disagrees", tuple(units or others), today)

    def _alive_successor(self, unit: UnitVersion, on_date: date) -> UnitVersion | None:
        successor = self.successor(unit)
        while successor and successor.valid_to and successor.valid_to < on_date:
            successor = self.successor(successor)
        return successor

    def _by_name_alone(self, name: str, parent_name: str, on_date: date, level: str | None) -> UnitMatch:
        day = on_date.isoformat()
        found = self._names.find(name, parent_name, day, level)
        if len(found.alive) == 1:
            return UnitMatch(found.alive[0][0], found.how)
        if found.alive:
            return UnitMatch(None, "ambiguous", tuple(map(_version, found.alive)))
        if found.ended:
            ended = tuple(map(_version, found.ended))
            successor = self._alive_successor(ended[0], on_date) if len(ended) == 1 else None
            return UnitMatch(None, "old_list", ended, successor)
        if found.future:
            return UnitMatch(None, "new_list", tuple(map(_version, found.future)))
        others = tuple(map(_version, self._names.borne_elsewhere(name, parent_name, day)))
        if len(others) > 1:
            return UnitMatch(None, "ambiguous", others)
        return UnitMatch(
            None, "unknown", others or tuple(map(_version, self._names.similar(name, parent_name, day)))
        )

    def _is_named(self, unit: UnitVersion, name: str, on_date: date) -> bool:
        """Whether a typed name can be the unit's, official or other."""
        if names_agree(name, unit.unit_name):
            return True
        return self._names.agrees(name, self._by_key[unit.unit_key], on_date.isoformat())

    def _lies_in(self, unit: UnitVersion, place: str, on_date: date) -> bool:
        """Whether a unit lies in a place, or is the place itself."""
        return self._is_inside(unit, place, on_date) or self._is_named(unit, place, on_date)

    def _is_inside(self, unit: UnitVersion, parent_name: str, on_date: date) -> bool:
        return self._names.is_inside(self._by_key[unit.unit_key], parent_name, on_date.isoformat())

    def _read_aliases(self) -> Iterator[Alias]:
        for row in read_seed(self._seeds_dir, "unit_aliases"):
            yield Alias(**{name: row[name] for name in Alias._fields})

    @cached_property
    def _whole_successors(self) -> dict[str, list[str]]:
        successors: dict[str, list[str]] = {}
        for seed in ("successions", "body_successions"):
            for row in read_seed(self._seeds_dir, seed):
                if row["kind"] in ("whole", "renamed"):
                    successors.setdefault(row["from_unit_key"], []).append(row["to_unit_key"])
        return successors


def _are_alive_together(one: UnitRow, other: UnitRow) -> bool:
    """Whether there is a day on which both are alive; a blank date is open."""
    return not ((one[TO] and one[TO] < other[FROM]) or (other[TO] and other[TO] < one[FROM]))


def _version(row: UnitRow) -> UnitVersion:
    return UnitVersion(
        row[0],
        row[1],
        row[2],
        row[3],
        row[4],
        row[5],
        as_date(row[6]),
        as_date(row[7]),
    )
