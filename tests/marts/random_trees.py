"""Random countries whose communes and provinces merge, split and are renamed between four periods, with random reports."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

from tests.marts.change_reference import Amount, Step, Tree, Version

PERIODS = {
    "A": date(2024, 12, 31),
    "B": date(2025, 6, 30),
    "C": date(2025, 12, 31),
    "D": date(2026, 6, 30),
}
PREVIOUS = {"B": "A", "C": "B", "D": "C"}
LAST_YEAR = {"C": "A", "D": "B"}
PAIRS = sorted({(v, k) for k, v in PREVIOUS.items()} | {(v, k) for k, v in LAST_YEAR.items()})
BEGINNING, FOREVER = date(1900, 1, 1), date(9999, 12, 31)
CHANGE_DAYS = (date(2025, 3, 1), date(2025, 9, 1), date(2026, 3, 1))
EPOCHS = (BEGINNING, *CHANGE_DAYS)
INDICATORS = ("OWN_PLUS", "TOTAL")
TYPES = ("Xã", "Phường")


def epoch_of(day: date) -> date:
    """Return the first day of the span without changes in which a day lies."""
    return max(epoch for epoch in EPOCHS if epoch <= day)


class Grower:
    """One country, grown change by change."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.number = number
        self.chance = chance
        self.counter = 0
        self.steps: list[Step] = []
        self.ended: list[Version] = []
        self.parents: dict[tuple[str, str], str] = {}
        self.totals: dict[tuple[str, str, str], Amount] = {}
        self.own: dict[tuple[str, str, str], Amount] = {}
        self.country = self._new("country", BEGINNING, "Việt Nam")
        self.provinces: dict[str, Version] = {}
        self.communes: dict[str, list[Version]] = {}
        for _ in range(chance.randint(1, 4)):
            province = self._new("province", BEGINNING)
            self.provinces[province.key] = province
            self.communes[province.key] = [
                self._new("commune", BEGINNING) for _ in range(chance.randint(0, 5))
            ]

    def grow(self) -> Tree:
        """Live through all periods."""
        days = iter(CHANGE_DAYS)
        for period in PERIODS:
            self._report(period)
            if (day := next(days, None)) is not None and self.chance.random() < 0.7:
                self._change(day)
        alive = [self.country, *self.provinces.values(), *(c for cs in self.communes.values() for c in cs)]
        return Tree(
            units={unit.key: unit for unit in self.ended + alive},
            steps=self.steps,
            parents=self.parents,
            ends=PERIODS,
            totals=self.totals,
            own_plus_children={"OWN_PLUS"},
            own=self.own,
        )

    def _new(self, level: str, start: date, bare_name: str | None = None, **given: str) -> Version:
        self.counter += 1
        key = f"{self.number}:{self.counter:03}"
        bare = bare_name or f"{self.chance.choice('ABCDE')}{self.number}"
        kind = self.chance.choice(TYPES)
        unit = Version(
            key, key, f"{self.chance.randint(1, 6)}", f"{kind} {bare}", bare, level, start, FOREVER
        )
        return replace(unit, **given)

    def _follow(self, before: list[Version], day: date, shares: dict[str, float]) -> Version:
        """Add a version that takes over from other versions, with the name and code of one of them or with its own."""
        heirs: dict[str, str] = {}
        if self.chance.random() < 0.6:
            heir = self.chance.choice(before)
            heirs = {"bare_name": heir.bare_name}
            if self.chance.random() < 0.5:
                heirs["name"] = heir.name
        if self.chance.random() < 0.5:
            heirs["code"] = self.chance.choice(before).code
        new = self._new(before[0].level, day, **heirs)
        if "bare_name" in heirs and "name" not in heirs:
            new = replace(new, name=f"{self.chance.choice(TYPES)} {new.bare_name}")
        self.steps += [Step(old.key, new.key, day, shares[old.key]) for old in before]
        return new

    def _end(self, unit: Version, day: date) -> None:
        self.ended.append(replace(unit, alive_to=day - timedelta(days=1)))

    def _change(self, day: date) -> None:
        keys = list(self.provinces)
        self.chance.shuffle(keys)
        while keys:
            group = [keys.pop() for _ in range(min(len(keys), self.chance.choice([1, 1, 2, 3])))]
            if len(group) == 1 and self.chance.random() < 0.3:
                self._rename(group[0], day)
            elif len(group) > 1:
                self._merge(group, day)
            elif self.chance.random() < 0.6:
                self.communes[group[0]] = self._redraw(self.communes[group[0]], day)

    def _rename(self, key: str, day: date) -> None:
        old = self.provinces.pop(key)
        new = self._new("province", day, series=old.series)
        self.steps.append(Step(old.key, new.key, day, 1.0))
        self._end(old, day)
        self.provinces[new.key] = new
        self.communes[new.key] = self.communes.pop(key)

    def _merge(self, group: list[str], day: date) -> None:
        before = [self.provinces.pop(key) for key in group]
        new = self._follow(before, day, {unit.key: 1.0 for unit in before})
        for unit in before:
            self._end(unit, day)
        self.provinces[new.key] = new
        self.communes[new.key] = self._redraw([c for key in group for c in self.communes.pop(key)], day)

    def _redraw(self, before: list[Version], day: date) -> list[Version]:
        """Redraw the communes of one province: each is kept, merged, or split among neighbours."""
        self.chance.shuffle(before)
        after: list[Version] = []
        while before:
            group = [before.pop() for _ in range(min(len(before), self.chance.choice([1, 2, 3])))]
            if len(group) == 1 and self.chance.random() < 0.4:
                after += group
                continue
            pieces = self.chance.choice([1, 1, 2, 3])
            shares = {unit.key: 1 / pieces for unit in group}
            after += [self._follow(group, day, shares) for _ in range(pieces)]
            for unit in group:
                self._end(unit, day)
        return after

    def _report(self, period: str) -> None:
        for indicator in INDICATORS:
            of_provinces = []
            for key in self.provinces:
                amounts = []
                for commune in self.communes[key]:
                    self.parents[commune.key, period] = key
                    if (amount := self._amount()) is not None:
                        self.own[commune.key, indicator, period] = amount
                        self.totals[commune.key, indicator, period] = amount
                        amounts.append(amount)
                self.parents[key, period] = self.country.key
                total = self._total((key, indicator, period), amounts)
                if total is not None:
                    self.totals[key, indicator, period] = total
                    of_provinces.append(total)
            if of_provinces:
                self.totals[self.country.key, indicator, period] = _sum(of_provinces)

    def _total(self, key: tuple[str, str, str], amounts: list[Amount]) -> Amount | None:
        own = self._amount() if self.chance.random() < 0.5 else None
        if own and key[1] != "OWN_PLUS" and self.chance.random() < 0.7:
            # The province's own total agrees with its communes, exceeds their sum, or contradicts them.
            own = _sum([*amounts, own])
        if own:
            self.own[key] = own
        parts = amounts if own is None or key[1] == "OWN_PLUS" else []
        parts = parts + ([own] if own else [])
        return _sum(parts) if parts else None

    def _amount(self) -> Amount | None:
        if self.chance.random() < 0.2:
            return None
        denominator = self.chance.choice([0, 1, 7, 40, 300])
        return float(self.chance.randint(0, denominator)), float(denominator)


def _sum(amounts: list[Amount]) -> Amount:
    sums: dict[int, float] = defaultdict(float)
    for numerator, denominator in amounts:
        sums[0] += numerator
        sums[1] += denominator
    return sums[0], sums[1]
