"""A small country whose units report at random, honestly and otherwise, as the tables that the rules of plausibility read."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from warehouse.reference.periods import Period, from_code
from warehouse.settings import PROJECT_DIR

SEEDS_DIR = PROJECT_DIR / "dbt_project" / "seeds"
PROVINCES = ("P1", "P2", "P3")
COMMUNES_A_PROVINCE = 90
MONTHS = [f"{year}-{month:02}" for year in (2025, 2026) for month in range(1, 13)][:22]
CUMULATIVE = ("2025-Q1", "2025-6M", "2025-9M", "2025", "2026-Q1", "2026-6M", "2026-9M")
# Indicator → typical denominator (or count) of a month, and ordinary rate (None for a count).
MONTHLY = {
    "TTHC_DUNGHAN": (70.0, 0.95),
    "NTT_XL": (9.0, 0.8),
    "BC_DUNGHAN": (5.0, 0.9),
    "TDUA_THANG": (40.0, 0.93),
    "KK_DONGNGUOI": (0.4, None),
    "TG_VUVIEC": (6.0, None),
}
HABITS = (*("honest",) * 5, "rounding", "half_rounding", "full", "copying", "repeating", "jumping", "falling")


@dataclass(frozen=True)
class Figure:
    """One figure of one unit."""

    unit: str
    indicator: str
    period: str
    numerator: float | None
    denominator: float | None
    value: float | None

    @property
    def amount(self) -> float | None:
        return self.value if self.denominator is None else self.denominator


def seed(name: str) -> list[dict[str, str]]:
    """Return the rows of a seed file, unchanged."""
    with (SEEDS_DIR / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def period_of(code: str) -> Period:
    """Return a period that is known to exist."""
    period = from_code(code)
    assert period is not None
    return period


def previous_code(code: str) -> str | None:
    """Return the code of the period before it of the same type, as the seed has it."""
    return _previous_codes()[code]


@cache
def _previous_codes() -> dict[str, str | None]:
    return {row["period_code"]: row["previous_period_code"] or None for row in seed("periods")}


def province_of(unit: str) -> str:
    return unit[:2]


def level(unit: str) -> str:
    """Return the unit's level: a province's key has no number of a commune."""
    return "commune" if "-" in unit else "province"


class Country:
    """All figures of all units, by unit, indicator and period."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)
        self.draw = np.random.default_rng(number)
        self.units = [f"{p}-{n:03}" for p in PROVINCES for n in range(COMMUNES_A_PROVINCE)]
        self.reports: dict[str, dict[str, dict[str, Figure]]] = defaultdict(lambda: defaultdict(dict))
        for unit in self.units:
            self._commune(unit)
        for province in PROVINCES:
            self._province(province)
        self._copies_of_others()

    @property
    def figures(self) -> list[Figure]:
        return [
            f for periods in self.reports.values() for report in periods.values() for f in report.values()
        ]

    def add(self, figure: Figure) -> None:
        self.reports[figure.unit][figure.period][figure.indicator] = figure

    def _commune(self, unit: str) -> None:
        habit = self.chance.choice(HABITS)
        size = float(self.draw.lognormal(0, 0.5))
        target = self.chance.choice(list(MONTHLY))
        staff = max(3, round(40 * size))
        before: dict[str, Figure] = {}
        for position, month in enumerate(MONTHS):
            if self.chance.random() < 0.03:
                continue
            report = {code: self._drawn(unit, code, month, size, staff) for code in MONTHLY}
            if habit == "copying" and before and self.chance.random() < 0.25:
                report = {code: replace(figure, period=month) for code, figure in before.items()}
            elif target in before and habit == "repeating" and self.chance.random() < 0.85:
                report[target] = replace(before[target], period=month)
            else:
                report[target] = self._bent(habit, report[target], position)
            if habit == "full" and self.chance.random() < 0.3:
                report = {code: _full(figure) for code, figure in report.items()}
            for figure in report.values():
                self.add(figure)
            before = report
        self._cumulative(unit)

    def _drawn(self, unit: str, code: str, month: str, size: float, staff: int) -> Figure:
        volume, rate = MONTHLY[code]
        if rate is None:
            return Figure(unit, code, month, None, None, float(self.draw.poisson(volume * size)))
        whole = staff if code == "TDUA_THANG" else int(self.draw.poisson(volume * size))
        return Figure(unit, code, month, float(self.draw.binomial(whole, rate)), float(whole), None)

    def _bent(self, habit: str, figure: Figure, position: int) -> Figure:
        if habit == "rounding" or (habit == "half_rounding" and self.chance.random() < 0.5):
            return _rounded(figure)
        if habit == "full" and self.chance.random() < 0.96:
            return _full(figure)
        if habit == "jumping" and position > 4 and self.chance.random() < 0.1:
            return _times(figure, self.chance.choice([2, 4, 9]))
        if habit == "falling" and position > 4 and self.chance.random() < 0.15:
            return _full(_times(figure, self.chance.choice([0, 0.1, 0.3, 0.6])))
        return figure

    def _cumulative(self, unit: str) -> None:
        """Draw quarters and longer periods: some are the sum of their months, some are not; and registered models by kind."""
        reached = Figure(unit, "KNTC_GQ", "", 0.0, 0.0, None)
        for period in CUMULATIVE:
            if period in ("2025-Q1", "2026-Q1"):
                reached = replace(reached, numerator=0.0, denominator=0.0)
            new = int(self.draw.poisson(3))
            fall = self.chance.choice([0, 0, 0, 0, 2])
            done, due = reached.numerator or 0, reached.denominator or 0
            due = max(0.0, due + new - fall)
            reached = Figure(
                unit, "KNTC_GQ", period, min(due, done + int(self.draw.binomial(new, 0.8))), due, None
            )
            self.add(reached)
            self._complaints_and_denunciations(reached)
            if self.chance.random() < 0.5:
                self.add(self._sum_of_months(unit, period))
            kinds = [float(self.draw.poisson(4)) for _ in range(2)]
            total = sum(kinds) + self.chance.choice([0, 0, 0, 1, -1])
            for code, value in zip(
                ("DVK_DK_TT", "DVK_DK_CN", "DVK_DK"), (*kinds, max(0.0, total)), strict=True
            ):
                if self.chance.random() > 0.05:
                    self.add(Figure(unit, code, period, None, None, value))

    def _complaints_and_denunciations(self, whole: Figure) -> None:
        """Split resolved and received cases into two indicators; sometimes one part is left out or one case is lost."""
        done, due = whole.numerator or 0.0, whole.denominator or 0.0
        half = done // 2
        parts = {"KN_GQ": (half, half + due - done), "TC_GQ": (done - half, done - half)}
        lost = self.chance.choice([0, 0, 0, 1])
        for code, (numerator, denominator) in parts.items():
            if self.chance.random() > 0.05:
                figure = Figure(whole.unit, code, whole.period, numerator, denominator + lost, None)
                self.add(figure)
                lost = 0

    def _sum_of_months(self, unit: str, period: str) -> Figure:
        inside = [
            report["TTHC_DUNGHAN"]
            for month, report in self.reports[unit].items()
            if month in MONTHS and month[:4] == period[:4] and _is_within(month, period)
        ]
        off = self.chance.choice([0, 0, 0, 1, 20])
        numerator = sum(f.numerator or 0 for f in inside)
        denominator = sum(f.denominator or 0 for f in inside)
        return Figure(unit, "TTHC_DUNGHAN", period, float(numerator), float(denominator + off), None)

    def _province(self, province: str) -> None:
        """Draw a province's totals: what its communes reported, now and then too small, with cases of its own."""
        for month in MONTHS:
            below = [self.reports[unit][month] for unit in self.units if province_of(unit) == province]
            for code in ("NTT_XL", "KK_DONGNGUOI"):
                parts = [report[code] for report in below if code in report]
                factor = self.chance.choice([1, 1.1, 0.97, 0.9])
                if code == "NTT_XL":
                    done = sum(f.numerator or 0 for f in parts)
                    due = sum(f.denominator or 0 for f in parts)
                    self.add(Figure(province, code, month, round(done * factor), round(due * factor), None))
                else:
                    total = sum(f.value or 0 for f in parts)
                    self.add(Figure(province, code, month, None, None, round(total * factor)))

    def _copies_of_others(self) -> None:
        """Replace some reports by copies from another unit, of the same province or of another one."""
        for _ in range(200):
            unit, other = self.chance.sample(self.units, 2)
            if self.chance.random() < 0.7:
                other = self.chance.choice([u for u in self.units if u[:2] == unit[:2] and u != unit])
            month = self.chance.choice(MONTHS)
            copied = self.reports[other][month]
            self.reports[unit][month] = {code: replace(figure, unit=unit) for code, figure in copied.items()}


def _is_within(month: str, period: str) -> bool:
    return period_of(month).end_date <= period_of(period).end_date


def _rounded(figure: Figure) -> Figure:
    if figure.denominator is None or figure.numerator is None:
        return replace(figure, value=round((figure.value or 0) / 10) * 10.0)
    whole = max(10.0, round(figure.denominator / 10) * 10.0)
    return replace(figure, denominator=whole, numerator=min(whole, round(figure.numerator / 10) * 10.0))


def _full(figure: Figure) -> Figure:
    return replace(figure, numerator=figure.denominator)


def _times(figure: Figure, factor: float) -> Figure:
    if figure.denominator is None or figure.numerator is None:
        return replace(figure, value=float(round((figure.value or 0) * factor)))
    whole = round(figure.denominator * factor)
    return replace(
        figure, denominator=float(whole), numerator=float(min(whole, round(figure.numerator * factor)))
    )
