"""The figures of one group of units, month by month: seeded, with unit effects, slow trends and seasons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from warehouse.sample import chance
from warehouse.sample.indicator_models import MODELS, TURNS, IndicatorModel
from warehouse.sample.places import Places

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]
# Share of an indicator's spread that all indicators of a unit have in common.
_COMMON, _OWN = 0.6, 0.8
_MONTHS_A_YEAR = 12
_START_OF_TRENDS = 2024
# Work rests around Tết (January, February) and presses at the end of the year.
_SEASON = np.array([-1.0, -1.6, 0.3, 0.2, 0.3, 0.5, 0.1, 0.0, 0.2, 0.4, 0.6, 1.0])
# Share of what a year will reach that stands at the end of each month.
_PROGRESS = np.array([0.35, 0.45, 0.6, 0.7, 0.8, 0.87, 0.9, 0.93, 0.96, 0.98, 0.99, 1.0])
_LEADS = ("province", "district")
_CHANCE_OF_A_DAY_MISSED = 0.06
_CHANCE_OF_A_DAY_MORE = 0.1


@dataclass(frozen=True)
class Series:
    """Months × units: what was new or stood in each month. `denominator` is None for counts and scores."""

    numerator: Real
    denominator: Whole | None
    is_flow: bool


class Rates:
    """Makes and keeps the series of the units of `places`, from `first_year` to `last_year`."""

    def __init__(self, places: Places, first_year: int, last_year: int) -> None:
        self._places = places
        self._first_year = first_year
        self._month_count = (last_year - first_year + 1) * _MONTHS_A_YEAR
        self._made: dict[str, Series] = {}

    def position(self, year: int, month: int) -> int:
        """The row of a month in every series."""
        return (year - self._first_year) * _MONTHS_A_YEAR + month - 1

    def series(self, indicator_code: str) -> Series:
        """The months of one indicator. Raises KeyError for one that is not simulated here."""
        if indicator_code not in self._made:
            self._made[indicator_code] = self._make(indicator_code, MODELS[indicator_code])
        return self._made[indicator_code]

    def _make(self, code: str, model: IndicatorModel) -> Series:
        random = chance.stream(code, *(place.unit_key for place in self._places.listed[:1]), self._first_year)
        shape = (self._month_count, len(self._places.listed))
        if model.shape == "flow_rate":
            cases = random.poisson(self._volumes(model))
            return Series(random.binomial(cases, self._chances(code, model)).astype(float), cases, True)
        if model.shape == "fresh_rate":
            people = np.broadcast_to(np.maximum(self._sizes(model).round(), 3).astype(np.int64), shape)
            return Series(
                random.binomial(people, self._chances(code, model)).astype(float), people.copy(), False
            )
        if model.shape == "coverage":
            return self._coverage(code, model, random)
        if model.shape == "flow_count":
            return Series(random.poisson(self._volumes(model)).astype(float), None, True)
        if model.shape == "stock_count":
            steady = random.poisson(self._sizes(model))
            left = random.binomial(steady, 0.8, shape) + random.poisson(0.2 * self._sizes(model), shape)
            return Series(left.astype(float), None, False)
        if model.shape == "days":
            drawn = random.random(shape)
            days = model.volume - (drawn < _CHANCE_OF_A_DAY_MISSED) + (drawn > 1 - _CHANCE_OF_A_DAY_MORE)
            return Series(np.maximum(days, 0), None, False)
        if model.shape == "lag":
            lags = model.volume * np.exp(-0.5 * model.spread * self._effects + random.normal(0, 0.3, shape))
            return Series((lags * 2).round() / 2, None, False)
        return Series(self._scores(model, random), None, False)

    def _scores(self, model: IndicatorModel, random: np.random.Generator) -> Real:
        scores = model.volume + model.spread * (
            0.8 * self._effects + 0.4 * random.normal(size=(self._month_count, len(self._effects)))
        )
        is_points = model.volume > 10  # noqa: PLR2004 (the others are small counts)
        return np.clip(scores.round(1), 0, 100) if is_points else np.maximum(scores.round(), 0)

    def _coverage(self, code: str, model: IndicatorModel, random: np.random.Generator) -> Series:
        """A fixed number per unit and year, and what was reached of it, which never falls within a year."""
        total = np.maximum(random.poisson(self._sizes(model)), 1)
        year_count = self._month_count // _MONTHS_A_YEAR
        at_year_end = self._chances(code, model)[_MONTHS_A_YEAR - 1 :: _MONTHS_A_YEAR]
        reached = random.binomial(np.broadcast_to(total, (year_count, len(total))), at_year_end)
        by_month = np.rint(reached[:, None, :] * _PROGRESS[None, :, None])
        shape = (self._month_count, len(total))
        return Series(by_month.reshape(shape), np.broadcast_to(total, shape).astype(np.int64), is_flow=False)

    def _sizes(self, model: IndicatorModel) -> Real:
        levels = np.array([place.level for place in self._places.listed])
        leads = np.isin(levels, _LEADS)
        sizes = model.volume * np.array([place.size for place in self._places.listed])
        return np.where(leads, np.maximum(model.lead_volume, 0.01), sizes)

    def _volumes(self, model: IndicatorModel) -> Real:
        years = self._month_count // _MONTHS_A_YEAR
        season = np.tile(1 + model.season * _SEASON, years)
        return season[:, None] * self._sizes(model)[None, :]

    def _chances(self, code: str, model: IndicatorModel) -> Real:
        own = np.array([chance.normal(place.unit_key, code) for place in self._places.listed])
        unit = model.spread * (_COMMON * self._effects + _OWN * own)
        months = np.arange(self._month_count)
        years_gone = self._first_year - _START_OF_TRENDS + months / _MONTHS_A_YEAR
        base = np.log(model.rate / (1 - model.rate))
        logits = base + model.yearly_trend * years_gone[:, None] + unit[None, :] + self._turns(code)
        return 1 / (1 + np.exp(-logits))

    def _turns(self, code: str) -> Real:
        shifts = np.zeros((self._month_count, len(self._places.listed)))
        for position, place in enumerate(self._places.listed):
            if place.level != "province" or (place.unit_code, code) not in TURNS:
                continue
            shift, first_month = TURNS[place.unit_code, code]
            year, month = (int(part) for part in first_month.split("-"))
            row = self.position(year, month)
            if 0 <= row < self._month_count:
                shifts[
                    np.ix_(
                        range(row, self._month_count),
                        self._places.below(self._places.listed[position].unit_key),
                    )
                ] = shift
        return shifts

    @cached_property
    def _effects(self) -> Real:
        return np.array([place.effect for place in self._places.listed])
