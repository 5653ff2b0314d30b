"""The reference as one object, loaded once a process, and the context in which a file is read: reference and day.

The seeds are the one source; the dbt models read the same files. Reading all of them takes some 50 ms.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from warehouse.reference import periods
from warehouse.reference.indicators import Duty, Indicator, read_duties, read_indicators
from warehouse.reference.lists import ListItem, read_list
from warehouse.reference.seeds import is_valid_on, read_seed
from warehouse.reference.units.register import COUNTRY_KEY, UnitRegister, UnitVersion
from warehouse.text.vietnamese import tone_key


class Calendar(NamedTuple):
    """The days that reporting periods cover; both inclusive."""

    start_date: date
    end_date: date


class Reference:
    """Units, indicators, duties, periods and lists of one folder of seeds, each read when it is first needed.

    Raises FileNotFoundError then where a seed is missing.
    """

    def __init__(self, seeds_dir: Path) -> None:
        self._seeds_dir = seeds_dir
        self._lists: dict[str, list[ListItem]] = {}
        self._owed: dict[tuple[str, str, date], bool] = {}

    @cached_property
    def units(self) -> UnitRegister:
        """All versions of all units."""
        return UnitRegister(self._seeds_dir)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Indicators that form BC may carry, by code. Panels' indicators are not among them."""
        return read_indicators(self._seeds_dir)

    @cached_property
    def indicators_by_name(self) -> dict[str, str]:
        """Code by the tone-normalised Vietnamese name."""
        return {tone_key(item.name_vi): code for code, item in self.indicators.items()}

    @cached_property
    def period_codes(self) -> frozenset[str]:
        """Periods that the warehouse knows."""
        return frozenset(row["period_code"] for row in read_seed(self._seeds_dir, "periods"))

    @cached_property
    def populated(self) -> frozenset[tuple[str, str]]:
        """The units and years, as text, whose population is known."""
        return frozenset((row["unit_key"], row["year"]) for row in read_seed(self._seeds_dir, "populations"))

    @cached_property
    def calendar(self) -> Calendar:
        """From the first day of the first period to the last day of the last one, with every month between."""
        found = [period for code in self.period_codes if (period := periods.from_code(code))]
        return Calendar(min(period.start_date for period in found), max(period.end_date for period in found))

    @cached_property
    def duties(self) -> list[Duty]:
        """The duties: the level that owes an indicator, and the days between which it does."""
        return read_duties(self._seeds_dir)

    @cached_property
    def _reporting_levels(self) -> dict[str, str]:
        return {
            row["unit_type"]: row["reporting_level"] for row in read_seed(self._seeds_dir, "reporting_levels")
        }

    def reporting_level(self, unit: UnitVersion) -> str:
        """The level whose duties the unit has: that of its type (a department, a division), else its level."""
        return self._reporting_levels.get(unit.unit_type, unit.level)

    def is_owed(self, indicator_code: str, unit: UnitVersion, on_date: date) -> bool:
        """Whether units like this one owe the indicator on that day."""
        question = (indicator_code, self.reporting_level(unit), on_date)
        known = self._owed.get(question)
        if known is None:
            known = any(is_valid_on(duty, on_date) for duty in self._duties_of[question[:2]])
            self._owed[question] = known
        return known

    def owed_indicators(self, unit: UnitVersion, period: periods.Period) -> list[Indicator]:
        """Indicators that a template for that unit and period lists, in the order of the seed."""
        return [
            item
            for code, item in self.indicators.items()
            if period.period_type in periods.OWN_TYPES[item.frequency]
            and self.is_owed(code, unit, period.end_date)
        ]

    def list_items(self, name: str) -> list[ListItem]:
        """The values of a list (`fields`, `model_levels`), in its order, whatever their dates."""
        if name not in self._lists:
            self._lists[name] = read_list(self._seeds_dir, name)
        return self._lists[name]

    def list_items_at(self, name: str, on_date: date, unit: UnitVersion | None) -> list[ListItem]:
        """The values valid on that day for that unit: the list of the nearest scope, upward from the unit,
        replaces the wider ones."""
        valid = [item for item in self.list_items(name) if is_valid_on(item, on_date)]
        scopes = [unit.unit_key, *(up.unit_key for up in self.units.ancestors(unit))] if unit else []
        for scope in (*scopes, COUNTRY_KEY):
            items = [item for item in valid if (item.scope_unit_key or COUNTRY_KEY) == scope]
            if items:
                return items
        return []

    @cached_property
    def _duties_of(self) -> defaultdict[tuple[str, str], list[Duty]]:
        duties: defaultdict[tuple[str, str], list[Duty]] = defaultdict(list)
        for duty in self.duties:
            duties[duty.indicator_code, duty.level].append(duty)
        return duties


@dataclass(frozen=True)
class Context:
    """All that parsing depends on besides the bytes: the reference, and the day that counts as today."""

    reference: Reference
    as_of_date: date


@lru_cache(maxsize=4)
def load_reference(seeds_dir: Path) -> Reference:
    """The reference of `seeds_dir`, one object a process."""
    return Reference(seeds_dir)
