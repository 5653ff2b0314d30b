"""The figures of one group of units, month by month: random, with effects of units, slow trends and seasons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from warehouse.sample import draws
from warehouse.sample.indicator_parts import PARTS, Figures, Part, part_of
from warehouse.sample.indicator_patterns import PATTERNS, TURNS, IndicatorPattern
from warehouse.sample.units import SampleUnits

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
# Share of an indicator's spread that all indicators of a unit have in common.
_COMMON, _OWN = 0.6, 0.8
_MONTHS_A_YEAR = 12
_START_OF_TRENDS = 2024
# Work is low around Tết (January, February) and high at the end of the year.
_SEASON = np.array([-1.0, -1.6, 0.3, 0.2, 0.3, 0.5, 0.1, 0.0, 0.2, 0.4, 0.6, 1.0])
# Share of the year's result that is reached by the end of each month.
_PROGRESS = np.array([0.35, 0.45, 0.6, 0.7, 0.8, 0.87, 0.9, 0.93, 0.96, 0.98, 0.99, 1.0])
_LEADS = ("province", "district")
# Its denominator is the number of villages, so that a village has one.
_COUNTS_VILLAGES = "TODV_THON"
_CHANCE_OF_A_DAY_MISSED = 0.06
_CHANCE_OF_A_DAY_MORE = 0.1


@dataclass(frozen=True)
class Series:
    """Months × units: the new cases (`is_flow`) or the state of each month. `denominator` is None for counts and scores."""

    numerator: Real
    denominator: Whole | None
    is_flow: bool


class MonthlySeries:
    """Makes and keeps the series of `units`, from `first_year` to `last_year`."""

    def __init__(self, units: SampleUnits, first_year: int, last_year: int) -> None:
        self._first_year = first_year
        self._groups = [_GroupSeries(group, first_year, last_year) for group in units.groups]
        self._made: dict[str, Series] = {}

    def position(self, year: int, month: int) -> int:
        """The row of a month in every series."""
        return (year - self._first_year) * _MONTHS_A_YEAR + month - 1

    def of_indicator(self, indicator_code: str) -> Series:
        """The months of one indicator. Raises KeyError for an indicator without a pattern."""
        if indicator_code not in self._made:
            self._made[indicator_code] = _side_by_side(
                [group.of_indicator(indicator_code) for group in self._groups]
            )
        return self._made[indicator_code]


def _side_by_side(series: list[Series]) -> Series:
    denominators = [group.denominator for group in series if group.denominator is not None]
    return Series(
        np.hstack([group.numerator for group in series]),
        np.hstack(denominators) if denominators else None,
        series[0].is_flow,
    )


class _GroupSeries:
    """The series of one group of units, which do not depend on the units of another group."""

    def __init__(self, units: SampleUnits, first_year: int, last_year: int) -> None:
        self._units = units
        self._first_year = first_year
        self._month_count = (last_year - first_year + 1) * _MONTHS_A_YEAR
        self._made: dict[str, Series] = {}

    def _position(self, year: int, month: int) -> int:
        return (year - self._first_year) * _MONTHS_A_YEAR + month - 1

    def of_indicator(self, indicator_code: str) -> Series:
        """The months of one indicator. Raises KeyError for an indicator without a pattern."""
        if indicator_code not in self._made:
            self._made[indicator_code] = (
                self._part(PARTS[indicator_code])
                if indicator_code in PARTS
                else self._make(indicator_code, PATTERNS[indicator_code])
            )
        return self._made[indicator_code]

    def _part(self, part: Part) -> Series:
        """Make a part from its whole. All parts of a whole begin with the same draws, so that they add up."""
        whole = self.of_indicator(part.whole)
        random = draws.stream(part.whole, part.shares, self._units.listed[0].unit_key, self._first_year)
        numerator, denominator = part_of(
            part, Figures(whole.numerator.astype(np.int64), whole.denominator), random
        )
        return Series(numerator.astype(float), denominator, whole.is_flow)

    def _make(self, code: str, pattern: IndicatorPattern) -> Series:
        random = draws.stream(code, *(unit.unit_key for unit in self._units.listed[:1]), self._first_year)
        shape = (self._month_count, len(self._units.listed))
        if pattern.shape == "flow_rate":
            cases = random.poisson(self._volumes(pattern))
            return Series(random.binomial(cases, self._chances(code, pattern)).astype(float), cases, True)
        if pattern.shape == "fresh_rate":
            people = np.broadcast_to(np.maximum(self._sizes(pattern).round(), 3).astype(np.int64), shape)
            return Series(
                random.binomial(people, self._chances(code, pattern)).astype(float), people.copy(), False
            )
        if pattern.shape == "coverage":
            return self._coverage(code, pattern, random)
        if pattern.shape == "flow_count":
            return Series(random.poisson(self._volumes(pattern)).astype(float), None, True)
        if pattern.shape == "stock_count":
            steady = random.poisson(self._sizes(pattern))
            left = random.binomial(steady, 0.8, shape) + random.poisson(0.2 * self._sizes(pattern), shape)
            return Series(left.astype(float), None, False)
        if pattern.shape == "days":
            drawn = random.random(shape)
            days = pattern.volume - (drawn < _CHANCE_OF_A_DAY_MISSED) + (drawn > 1 - _CHANCE_OF_A_DAY_MORE)
            return Series(np.maximum(days, 0), None, False)
        if pattern.shape == "lag":
            lags = pattern.volume * np.exp(
                -0.5 * pattern.spread * self._effects + random.normal(0, 0.3, shape)
            )
            return Series((lags * 2).round() / 2, None, False)
        return Series(self._scores(pattern, random), None, False)

    def _scores(self, pattern: IndicatorPattern, random: np.random.Generator) -> Real:
        scores = pattern.volume + pattern.spread * (
            0.8 * self._effects + 0.4 * random.normal(size=(self._month_count, len(self._effects)))
        )
        is_points = pattern.volume > 10  # noqa: PLR2004 (the others are small counts)
        return np.clip(scores.round(1), 0, 100) if is_points else np.maximum(scores.round(), 0)

    def _coverage(self, code: str, pattern: IndicatorPattern, random: np.random.Generator) -> Series:
        """A fixed number a unit and year, and the part of it that is reached, which never falls within a year."""
        total = np.maximum(random.poisson(self._sizes(pattern)), 1)
        if code == _COUNTS_VILLAGES:
            total = np.where([unit.level == "village" for unit in self._units.listed], 1, total)
        year_count = self._month_count // _MONTHS_A_YEAR
        at_year_end = self._chances(code, pattern)[_MONTHS_A_YEAR - 1 :: _MONTHS_A_YEAR]
        reached = random.binomial(np.broadcast_to(total, (year_count, len(total))), at_year_end)
        by_month = np.rint(reached[:, None, :] * _PROGRESS[None, :, None])
        shape = (self._month_count, len(total))
        return Series(by_month.reshape(shape), np.broadcast_to(total, shape).astype(np.int64), is_flow=False)

    def _sizes(self, pattern: IndicatorPattern) -> Real:
        levels = np.array([unit.level for unit in self._units.listed])
        leads = np.isin(levels, _LEADS)
        sizes = pattern.volume * np.array([unit.size for unit in self._units.listed])
        return np.where(leads, np.maximum(pattern.lead_volume, 0.01), sizes)

    def _volumes(self, pattern: IndicatorPattern) -> Real:
        years = self._month_count // _MONTHS_A_YEAR
        season = np.tile(1 + pattern.season * _SEASON, years)
        return season[:, None] * self._sizes(pattern)[None, :]

    def _chances(self, code: str, pattern: IndicatorPattern) -> Real:
        own = np.array([draws.normal(unit.unit_key, code) for unit in self._units.listed])
        effects = pattern.spread * (_COMMON * self._effects + _OWN * own)
        months = np.arange(self._month_count)
        years_gone = self._first_year - _START_OF_TRENDS + months / _MONTHS_A_YEAR
        base = np.log(pattern.rate / (1 - pattern.rate))
        logits = base + pattern.yearly_trend * years_gone[:, None] + effects[None, :] + self._turns(code)
        return 1 / (1 + np.exp(-logits))

    def _turns(self, code: str) -> Real:
        shifts = np.zeros((self._month_count, len(self._units.listed)))
        for position, unit in enumerate(self._units.listed):
            if unit.level != "province" or (unit.unit_code, code) not in TURNS:
                continue
            shift, first_month = TURNS[unit.unit_code, code]
            year, month = (int(part) for part in first_month.split("-"))
            row = self._position(year, month)
            if 0 <= row < self._month_count:
                shifts[
                    np.ix_(
                        range(row, self._month_count),
                        self._units.below(self._units.listed[position].unit_key),
                    )
                ] = shift
        return shifts

    @cached_property
    def _effects(self) -> Real:
        return np.array([unit.effect for unit in self._units.listed])
