"""The indicators of form BC, and which units owe a report of which indicator."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from warehouse.reference.periods import ACCEPTED_TYPES
from warehouse.reference.seeds import as_date, read_seed

# Units of measure whose values may have decimals; all others count things, and are whole.
DECIMAL_UNITS = frozenset({"điểm", "ngày", "%"})
DAYS_OF_MONTH = "ngày/tháng"


class Indicator(NamedTuple):
    """One indicator; `accepted_types` are the types of period for which it may be reported.

    `adds_up` says that figures of units can be added; scores and medians cannot.
    """

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
    adds_up: bool

    @property
    def figures(self) -> tuple[str, ...]:
        """The columns of form BC that hold its figures."""
        return ("numerator", "denominator") if self.is_rate else ("value",)

    @property
    def counts_days(self) -> bool:
        """Whether its value is a number of days of the period itself, not a length of time."""
        return self.unit_vi == DAYS_OF_MONTH

    @property
    def counts_whole_things(self) -> bool:
        """Whether its figures are counts; only a value that is no part of a rate may be something else."""
        return self.is_rate or self.is_whole


class Duty(NamedTuple):
    """Units of a reporting level owe an indicator between two days, inclusive, None when open."""

    indicator_code: str
    level: str
    valid_from: date | None
    valid_to: date | None


def read_indicators(seeds_dir: Path) -> dict[str, Indicator]:
    """Indicators that form BC may carry, by code. Panels' indicators are not among them."""
    return {row["indicator_code"]: _indicator(row) for row in read_seed(seeds_dir, "indicators")}


def read_duties(seeds_dir: Path) -> list[Duty]:
    """Read the duties: the level that owes an indicator, and the days between which it does."""
    return [
        Duty(row["indicator_code"], row["level"], as_date(row["valid_from"]), as_date(row["valid_to"]))
        for row in read_seed(seeds_dir, "reporting_duties")
    ]


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
        accepted_types=ACCEPTED_TYPES[row["frequency"]],
        adds_up=row["aggregation"] == "sum",
    )
