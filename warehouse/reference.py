"""Reference facts that intake and templates share, read from the dbt seeds once a process.

The seeds are the one source; the models read the same files. Reading all of them takes some 50 ms.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from warehouse import periods
from warehouse.text import tone_key
from warehouse.units import UnitRegister, UnitVersion

# Units of measure whose values may be broken numbers; all others count things, and are whole.
COUNTRY_KEY = "VN@0"
DECIMAL_UNITS = frozenset({"điểm", "ngày", "%"})


class Indicator(NamedTuple):
    """One indicator; what its frequency accepts is told by `warehouse.periods.ACCEPTED_TYPES`."""

    code: str
    name_vi: str
    name_en: str
    unit_vi: str
    unit_en: str
    numerator_vi: str
    denominator_vi: str
    frequency: str
    is_rate: bool
    is_whole: bool
    accepted_types: tuple[str, ...]

    @property
    def figures(self) -> tuple[str, ...]:
        """The columns of a report that it is made of."""
        return ("numerator", "denominator") if self.is_rate else ("value",)

    @property
    def counts_whole_things(self) -> bool:
        """Whether its figures are counts; only a value that is no part of a rate may be something else."""
        return self.is_rate or self.is_whole


class Duty(NamedTuple):
    """Units of a level owe an indicator between two days, inclusive, None when open."""

    indicator_code: str
    level: str
    valid_from: date | None
    valid_to: date | None


class ListItem(NamedTuple):
    """One value of a configurable list; `scope_unit_key` "" where it holds for the whole country.

    A seed of a list has its code first; `other_names` are the English name and the seed's `aliases`, parted by `|`.
    """

    code: str
    name_vi: str
    valid_from: date | None
    valid_to: date | None
    scope_unit_key: str
    sort_order: int
    other_names: tuple[str, ...] = ()


class Calendar(NamedTuple):
    """The days that reporting periods cover; both inclusive."""

    start_date: date
    end_date: date


class Reference:
    """Units, indicators, duties, periods and lists below one seeds folder. Raises FileNotFoundError lazily."""

    def __init__(self, seeds_dir: Path) -> None:
        self._seeds_dir = seeds_dir

    @cached_property
    def units(self) -> UnitRegister:
        """All versions of all units."""
        return UnitRegister(self._seeds_dir)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Indicators that form BC may carry, by code. Panels' indicators are not among them."""
        return {row["indicator_code"]: _indicator(row) for row in self._rows("indicators.csv")}

    @cached_property
    def indicators_by_name(self) -> dict[str, str]:
        """Code by the tone-normalised Vietnamese name."""
        return {tone_key(item.name_vi): code for code, item in self.indicators.items()}

    @cached_property
    def period_codes(self) -> frozenset[str]:
        """Periods that the warehouse knows."""
        return frozenset(row["period_code"] for row in self._rows("periods.csv"))

    @cached_property
    def calendar(self) -> Calendar:
        """From the first day of the first period to the last day of the last one, with every month between."""
        found = [period for code in self.period_codes if (period := periods.from_code(code))]
        return Calendar(min(period.start_date for period in found), max(period.end_date for period in found))

    @cached_property
    def duties(self) -> list[Duty]:
        """Who owes which indicator."""
        return [
            Duty(row["indicator_code"], row["level"], _day(row["valid_from"]), _day(row["valid_to"]))
            for row in self._rows("reporting_duties.csv")
        ]

    def is_owed(self, indicator_code: str, level: str, on_date: date) -> bool:
        """Whether units of that level owe the indicator on that day."""
        question = (indicator_code, level, on_date)
        known = self._owed.get(question)
        if known is None:
            known = any(_holds(duty, on_date) for duty in self._duties_of.get((indicator_code, level), ()))
            self._owed[question] = known
        return known

    def owed_indicators(self, unit: UnitVersion, period: periods.Period) -> list[Indicator]:
        """Indicators that a template for that unit and period lists, in the order of the seed."""
        return [
            item
            for code, item in self.indicators.items()
            if period.period_type in periods.OWN_TYPES[item.frequency]
            and self.is_owed(code, unit.level, period.end_date)
        ]

    def list_items(self, seed: str) -> list[ListItem]:
        """The values of a list seed (`fields`, `model_levels`), in its order, whatever their dates."""
        if seed not in self._lists:
            items = [_list_item(row) for row in self._rows(f"{seed}.csv")]
            self._lists[seed] = sorted(items, key=lambda item: item.sort_order)
        return self._lists[seed]

    def list_items_at(self, seed: str, on_date: date, unit: UnitVersion | None) -> list[ListItem]:
        """The values valid on that day for that unit: the list of the nearest scope, upward from the unit,
        replaces the wider ones."""
        valid = [item for item in self.list_items(seed) if _holds(item, on_date)]
        scopes = [unit.unit_key, *(up.unit_key for up in self.units.ancestors(unit))] if unit else []
        for scope in (*scopes, COUNTRY_KEY):
            items = [item for item in valid if (item.scope_unit_key or COUNTRY_KEY) == scope]
            if items:
                return items
        return []

    @cached_property
    def _lists(self) -> dict[str, list[ListItem]]:
        return {}

    @cached_property
    def _owed(self) -> dict[tuple[str, str, date], bool]:
        return {}

    @cached_property
    def _duties_of(self) -> dict[tuple[str, str], list[Duty]]:
        duties: dict[tuple[str, str], list[Duty]] = {}
        for duty in self.duties:
            duties.setdefault((duty.indicator_code, duty.level), []).append(duty)
        return duties

    def _rows(self, seed: str) -> list[dict[str, str]]:
        with (self._seeds_dir / seed).open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))


@dataclass(frozen=True)
class Context:
    """All that parsing depends on besides the bytes: the reference, and the day that counts as today."""

    reference: Reference
    as_of_date: date


@lru_cache(maxsize=4)
def load_reference(seeds_dir: Path) -> Reference:
    """The reference below `seeds_dir`, one object a process; seeds are read when first asked for."""
    return Reference(seeds_dir)


def _indicator(row: dict[str, str]) -> Indicator:
    return Indicator(
        code=row["indicator_code"],
        name_vi=row["indicator_name_vi"],
        name_en=row["indicator_name_en"],
        unit_vi=row["unit_vi"],
        unit_en=row["unit_en"],
        numerator_vi=row["numerator_vi"],
        denominator_vi=row["denominator_vi"],
        frequency=row["frequency"],
        is_rate=row["is_rate"].lower() == "true",
        is_whole=row["unit_vi"] not in DECIMAL_UNITS,
        accepted_types=periods.ACCEPTED_TYPES[row["frequency"]],
    )


def _list_item(row: dict[str, str]) -> ListItem:
    code = next(iter(row.values()))
    name_vi = next(value for name, value in row.items() if name == "name_vi" or name.endswith("_name_vi"))
    name_en = next(value for name, value in row.items() if name == "name_en" or name.endswith("_name_en"))
    aliases = (row.get("aliases") or "").split("|")
    return ListItem(
        code,
        name_vi,
        _day(row.get("valid_from")),
        _day(row.get("valid_to")),
        row.get("scope_unit_key") or "",
        int(row.get("sort_order") or 0),
        tuple(name for name in (name_en, *aliases) if name),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _holds(item: Duty | ListItem, on_date: date) -> bool:
    return (item.valid_from or on_date) <= on_date <= (item.valid_to or on_date)
