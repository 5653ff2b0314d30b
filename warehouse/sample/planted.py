"""Doubtful figures that are put into the sample on purpose, so that tests can show that the checks find them."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from warehouse.sample.units import SampleUnit

ALL_INDICATORS = "*"
JUMP_FACTOR = 8
LEAST_BEFORE_JUMP = 6
ROUND_TO = 10
_PATH = Path(__file__).with_name("planted.csv")


@dataclass(frozen=True)
class Case:
    """One case, as planted.csv lists it; the periods are inclusive and of one type."""

    case_code: str
    unit_key: str
    indicator_code: str
    first_period: str
    last_period: str
    other_unit_key: str
    note: str

    def covers(self, indicator_code: str, period_code: str) -> bool:
        """Whether the case changes this figure."""
        return self.indicator_code in (indicator_code, ALL_INDICATORS) and (
            len(period_code) == len(self.first_period)
            and self.first_period <= period_code <= self.last_period
        )


class Planted:
    """The cases of one sample. Without cases nothing is changed."""

    def __init__(self, cases: Sequence[Case] = ()) -> None:
        self._cases = tuple(cases)
        self.unit_keys = frozenset(case.unit_key for case in cases)

    def codes(self, unit_key: str, indicator_code: str, period_code: str) -> frozenset[str]:
        """The codes of the cases that change one figure."""
        if unit_key not in self.unit_keys:
            return frozenset()
        return frozenset(
            case.case_code
            for case in self._cases
            if case.unit_key == unit_key and case.covers(indicator_code, period_code)
        )

    def near_duplicates(self, month: date, units: Sequence[SampleUnit]) -> Iterator[tuple[SampleUnit, str]]:
        """Units that copy a registration this month, each with the unit it copies from."""
        period_code = f"{month:%Y-%m}"
        for case in self._cases:
            if case.case_code == "near_duplicate" and case.first_period == period_code:
                for unit in units:
                    if unit.unit_key == case.unit_key:
                        yield unit, case.other_unit_key

    def extra_periods(self, unit_key: str) -> Iterator[tuple[str, str]]:
        """Pairs of an indicator and a coarser period that a unit reports besides its own periods."""
        for case in self._cases:
            if case.case_code == "parts_do_not_sum" and case.unit_key == unit_key:
                yield case.indicator_code, case.first_period


@cache
def load_planted() -> Planted:
    """The cases of planted.csv."""
    with _PATH.open(encoding="utf-8", newline="") as file:
        return Planted([Case(**row) for row in csv.DictReader(file)])


def plant(
    codes: frozenset[str], numerator: float, denominator: int | None, before: tuple[float, int | None]
) -> tuple[float, int | None]:
    """The figure as the unit wrote it. `before` is its figure for the period before, for copies and falls."""
    if "copied_period" in codes:
        return before
    if "falling_cumulative" in codes:
        return _halved(before)
    if "sudden_jump" in codes:
        # A month that happens to be quiet would hide the jump.
        missing = max(0, LEAST_BEFORE_JUMP - (numerator if denominator is None else denominator))
        numerator = (numerator + missing) * JUMP_FACTOR
        denominator = None if denominator is None else int(denominator + missing) * JUMP_FACTOR
    if "constant_full" in codes and denominator is not None:
        denominator = max(denominator, 1)
        numerator = denominator
    if "round_numbers" in codes and denominator is not None:
        denominator = max(ROUND_TO, round(denominator / ROUND_TO) * ROUND_TO)
        numerator = min(denominator, round(numerator / ROUND_TO) * ROUND_TO)
    if "parts_do_not_sum" in codes and denominator is not None:
        denominator = round(denominator * 1.15)
    return numerator, denominator


def _halved(figure: tuple[float, int | None]) -> tuple[float, int | None]:
    numerator, denominator = figure
    return float(numerator // 2), None if denominator is None else denominator // 2
