"""A plain walk in Python through the units of the seeds."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from tests.marts.dbt_kit import AS_OF, DBT_PROJECT
from warehouse.reference.seeds import UNIT_SEEDS

FIRST, LAST = date(1900, 1, 1), date(9999, 12, 31)
SEEDS = DBT_PROJECT / "seeds"
# The unit models, and the calendar, all made from the seeds.
UNIT_MODELS = ("+int_record_scopes", "+int_periods", "+dim_units")


@dataclass(frozen=True)
class Version:
    """One unit version of the seeds; both days inclusive."""

    key: str
    level: str
    parent: str
    first: date
    last: date


@dataclass
class Country:
    """Unit versions and their successions, walked without SQL."""

    units: dict[str, Version] = field(default_factory=dict)
    heirs: dict[str, list[str]] = field(default_factory=dict)
    renamed_to: dict[str, str] = field(default_factory=dict)

    @cached_property
    def renamed_from(self) -> dict[str, str]:
        """Map each renamed version of a unit to the version before it."""
        return {after: before for before, after in self.renamed_to.items()}

    def versions(self, key: str) -> list[str]:
        """Return the versions of one unit between which it was renamed, the oldest first."""
        while key in self.renamed_from:
            key = self.renamed_from[key]
        found = [key]
        while found[-1] in self.renamed_to:
            found.append(self.renamed_to[found[-1]])
        return found

    def on(self, key: str, day: date) -> str:
        """Return the unit's version on a day; before its first day the first version, after its last day the last one."""
        versions = self.versions(key)
        for version in versions:
            if day <= self.units[version].last:
                return version
        return versions[-1]

    def upward(self, key: str) -> Iterator[str]:
        """Return the unit and the units above it."""
        while key:
            yield key
            key = self.units[key].parent

    def today(self, key: str) -> set[str]:
        """Return the units of today that took the unit over."""
        return (
            {key} if key not in self.heirs else {end for heir in self.heirs[key] for end in self.today(heir)}
        )

    def home_today(self, key: str) -> str | None:
        """Return the unit's one successor of today; otherwise the successor of its province."""
        ends = {end for end in self.today(key) if self.units[end].last == LAST}
        if len(ends) == 1:
            return ends.pop()
        province = next((unit for unit in self.upward(key) if self.units[unit].level == "province"), None)
        return None if province in (None, key) else self.home_today(str(province))

    def places(self, key: str, day: date) -> Iterator[tuple[str, str, str]]:
        """Return the lens, the unit in which a record counts, and the unit under which its reporter is counted."""
        for unit in self.upward(key):
            yield "as_reported", self.on(unit, day), key
        home = self.home_today(key)
        for unit in self.upward(home or ""):
            yield "current_boundaries", self.on(unit, AS_OF), str(home)


def load_country() -> Country:
    """Read the country from the seeds."""
    country = Country()
    for name in UNIT_SEEDS:
        for row in _rows(name):
            first = date.fromisoformat(row["valid_from"]) if row["valid_from"] else FIRST
            last = date.fromisoformat(row["valid_to"]) if row["valid_to"] else LAST
            country.units[row["unit_key"]] = Version(
                row["unit_key"], row["level"], row["parent_unit_key"], first, last
            )
    for name in ("successions", "body_successions"):
        for row in _rows(name):
            country.heirs.setdefault(row["from_unit_key"], []).append(row["to_unit_key"])
            if row["kind"] == "renamed":
                country.renamed_to[row["from_unit_key"]] = row["to_unit_key"]
    return country


def _rows(name: str) -> list[dict[str, str]]:
    with (SEEDS / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
