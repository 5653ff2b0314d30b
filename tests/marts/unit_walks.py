"""Units and their successions, walked step by step from the seed files: what the SQL says of them is checked against this."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from warehouse.reference.seeds import UNIT_SEEDS

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(9999, 12, 31)
AS_OF = date(2026, 11, 20)


@dataclass(frozen=True)
class Version:
    """One version of a unit."""

    key: str
    level: str
    parent_key: str
    alive_from: date
    alive_to: date

    def is_alive(self, day: date) -> bool:
        """Return whether the version existed on the day."""
        return self.alive_from <= day <= self.alive_to


class Units:
    """All unit versions and their successions."""

    def __init__(self, versions: dict[str, Version], steps: list[dict[str, str]]) -> None:
        self.versions = versions
        self._next: dict[str, list[str]] = defaultdict(list)
        self._before: dict[str, list[str]] = defaultdict(list)
        self._renamed: dict[str, str] = {}
        for step in steps:
            self._next[step["from_unit_key"]].append(step["to_unit_key"])
            self._before[step["to_unit_key"]].append(step["from_unit_key"])
            if step["kind"] == "renamed":
                self._renamed[step["to_unit_key"]] = step["from_unit_key"]
        self._series: dict[str, list[str]] = defaultdict(list)
        for key in versions:
            self._series[self.series_of(key)].append(key)
        self.reached = cache(self._reached)

    def series_of(self, key: str) -> str:
        """Return the first version in the chain of renames that leads to this one."""
        while key in self._renamed:
            key = self._renamed[key]
        return key

    def on(self, key: str, day: date) -> str | None:
        """Return the version of the unit, under any name, that existed on the day."""
        return next((k for k in self._series[self.series_of(key)] if self.versions[k].is_alive(day)), None)

    def ancestors(self, key: str, day: date) -> list[str]:
        """Return the unit and every unit above it, as they were on the day."""
        found, above = [], key
        while above:
            version = self.on(above, day)
            if version is None:
                if not found:
                    return found
                # A district that began later than its commune.
                above = self.versions[above].parent_key
                continue
            found.append(version)
            above = self.versions[version].parent_key
        return found

    def lies_in(self, key: str, provinces: tuple[str, ...]) -> bool:
        """Return whether the unit is one of the provinces or lies in one, by the versions that its row names."""
        while key:
            if key in provinces:
                return True
            key = self.versions[key].parent_key
        return False

    def _reached(self, key: str) -> frozenset[str]:
        """Return the units of today that took the unit over, whole or in part; the unit itself where it still exists."""
        found, open_keys = set(), [key]
        while open_keys:
            current = open_keys.pop()
            if self.versions[current].is_alive(AS_OF):
                found.add(current)
            open_keys += self._next[current]
        return frozenset(found)

    def forerunners(self, key: str) -> set[str]:
        """Return every version that the unit came from, whole or in part."""
        found: set[str] = set()
        open_keys = list(self._before[key])
        while open_keys:
            one = open_keys.pop()
            found.add(one)
            open_keys += self._before[one]
        return found

    def counted_in(self, key: str, scope: str, start: date) -> str:
        """Return the line for which a unit counts below a scope from a day on: one that was there on the day, else its own."""
        start = max(start, self.versions[scope].alive_from)
        if self.versions[key].alive_from <= start:
            return self.series_of(key)
        there = {
            self.series_of(one)
            for one in self.forerunners(key)
            if self.versions[one].is_alive(start) and scope in self.ancestors(one, start)
        }
        return min(there, default=self.series_of(key))

    def current(self, key: str) -> str | None:
        """Return the one unit of today that took the unit over whole."""
        reached = self.reached(key)
        return next(iter(reached)) if len(reached) == 1 else None

    def home(self, key: str) -> str:
        """Return the unit of today at which the unit's records count first: its one successor, or that of its province."""
        found = self.current(key)
        while found is None:
            while self.versions[key].level != "province":
                key = self.versions[key].parent_key
            found = self.current(key)
        return found

    def is_unchanged(self, key: str) -> bool:
        """Whether a unit of today never merged or split: one predecessor after another, alone, whole and of one level."""
        level = self.versions[key].level
        while before := self._before[key]:
            if len(before) > 1 or len(self._next[before[0]]) > 1 or self.versions[before[0]].level != level:
                return False
            key = before[0]
        return True

    def reporter_on(self, key: str, day: date) -> str | None:
        """Return the unit that could report on the unit's models on the day: itself, or the first that took it over."""
        while not self.versions[key].is_alive(day):
            if day < self.versions[key].alive_from or not self._next[key]:
                return None
            key = sorted(self._next[key])[0]
        return key


def load_units(seeds: Path) -> Units:
    """Read the units from the seed files."""
    versions = {}
    for name in UNIT_SEEDS:
        for row in _rows(seeds / f"{name}.csv"):
            start = date.fromisoformat(row["valid_from"]) if row["valid_from"] else FIRST_DAY
            end = date.fromisoformat(row["valid_to"]) if row["valid_to"] else LAST_DAY
            versions[row["unit_key"]] = Version(
                row["unit_key"], row["level"], row["parent_unit_key"], start, end
            )
    return Units(versions, _rows(seeds / "successions.csv") + _rows(seeds / "body_successions.csv"))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
