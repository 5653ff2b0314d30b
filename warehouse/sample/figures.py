"""The true figures of a unit for a period: its own, or the total of its area, before an office writes them down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from functools import cached_property

from warehouse.reference.periods import Period
from warehouse.sample import draws
from warehouse.sample.indicator_parts import PARTS
from warehouse.sample.indicator_patterns import MODEL_COUNTS, MODEL_RATES
from warehouse.sample.model_registrations import Registration
from warehouse.sample.monthly_series import MonthlySeries
from warehouse.sample.units import SampleUnit, SampleUnits

Figure = tuple[float, int | None]
LEADS = ("province", "district")
# A total that was added up by hand: how often it is off, and by how much at most.
_CHANCE_TOTAL_IS_OFF = 0.12
_MOST_OFF = 2


class Figures:
    """Numerator and denominator (None for counts and scores) of every unit, indicator and period."""

    def __init__(
        self,
        units: SampleUnits,
        series: MonthlySeries,
        registrations: list[Registration],
        indicators: Mapping[str, Mapping[str, str]],
        duties: Collection[tuple[str, str]],
    ) -> None:
        self._units = units
        self._series = series
        self._registrations = registrations
        self._indicators = indicators
        self._duties = duties

    def reported(self, position: int, code: str, period: Period) -> Figure:
        """The figure that the unit has to report: its own, or the total of its area where it reports totals."""
        unit = self._units.listed[position]
        indicator = self._indicators[code]
        is_total = unit.level in LEADS and indicator["rollup"] == "total_reported"
        if not is_total or indicator["aggregation"] == "none":
            return self.own(position, code, period)
        if code in PARTS:
            return self._total_of_parts(position, code, period)
        parts = [
            self.own(below, code, period)
            for below in self._below(position)
            if self._counts(below, code) and self._units.listed[below].is_alive(period.end_date)
        ]
        total = _sum(parts)
        return total if code in MODEL_COUNTS else self._off(unit, code, period.code, total)

    def _total_of_parts(self, position: int, code: str, period: Period) -> Figure:
        """The total of a part: over the units that owe its whole, or over those of the part's levels."""
        part = PARTS[code]
        listed = self._units.listed
        chosen = [
            below
            for below in self._below(position)
            if listed[below].is_alive(period.end_date)
            and self._has_own(below, part.whole)
            and (not part.levels or listed[below].level in part.levels)
        ]
        figures = [self.own(below, code, period) for below in chosen or [position]]
        denominators = [count for _, count in figures if count is not None]
        return sum(count for count, _ in figures), sum(denominators) if denominators else None

    def _off(self, unit: SampleUnit, code: str, period_code: str, total: Figure) -> Figure:
        if unit.draw("off", code, period_code) >= _CHANCE_TOTAL_IS_OFF:
            return total
        numerator, denominator = total
        changed = max(0.0, numerator + draws.whole(-_MOST_OFF, _MOST_OFF, unit.unit_key, code, period_code))
        return (changed, None) if denominator is None else (min(changed, denominator), denominator)

    def _has_own(self, position: int, code: str) -> bool:
        return (code, self._units.listed[position].reporting_level) in self._duties

    def _counts(self, position: int, code: str) -> bool:
        """Whether the unit's own figure is one of those that an area adds up; a village is in the figure of its commune."""
        unit = self._units.listed[position]
        if unit.is_part and self._has_own(self._positions[unit.parent_key], code):
            return False
        return self._has_own(position, code)

    def _parts_of(self, position: int, code: str) -> list[int]:
        """The divisions of a body or the villages of a commune that report the indicator too."""
        parts = self._units.parts_of(self._units.listed[position].unit_key)
        return [part for part in parts if self._has_own(part, code)]

    def own(self, position: int, code: str, period: Period) -> Figure:
        """The figure of the unit's own office, without the units below it; of a commune with villages, what they add up to."""
        if parts := self._parts_of(position, code):
            return _sum([self.own(part, code, period) for part in parts])
        if code in MODEL_COUNTS:
            return float(len(self._models(position, period, MODEL_COUNTS[code]))), None
        if code in MODEL_RATES:
            return self._model_rate(position, code, period)
        series = self._series.of_indicator(code)
        last = self._series.position(period.end_date.year, period.end_date.month)
        is_sum = series.is_flow and period.period_type != "month"
        first = last - period.end_date.month + 1 if is_sum else last
        numerator = float(series.numerator[first : last + 1, position].sum())
        if series.denominator is None:
            return numerator, None
        return numerator, int(series.denominator[first : last + 1, position].sum())

    def _model_rate(self, position: int, code: str, period: Period) -> Figure:
        models = self._models(position, period, MODEL_COUNTS["DVK_DK"])
        if code == "DVK_NR":  # of the recognised ones
            models = _models_with(models, "DVK_CN", period.code)
        return float(len(_models_with(models, code, period.code))), len(models)

    def _models(self, position: int, period: Period, kinds: tuple[str, ...]) -> list[Registration]:
        """Models that the unit holds at the end of the period: its own, and those of its predecessors."""
        key = self._units.listed[position].unit_key
        held = self._held_at(period.end_date).get(key, [])
        if period.period_type == "phase":
            return [entry for entry in held if entry.row["phase"] == period.code and entry.kind in kinds]
        return [entry for entry in held if entry.is_valid_on(period.end_date) and entry.kind in kinds]

    def _held_at(self, day: date) -> dict[str, list[Registration]]:
        if day not in self._holders:
            held = defaultdict(list)
            alive = {unit.unit_key for unit in self._units.listed if unit.is_alive(day)}
            for entry in self._registrations:
                holder: str | None = entry.unit_key
                while holder is not None and holder not in alive:
                    holder = self._units.main_successor.get(holder)
                if holder is not None and entry.registered_date <= day:
                    held[holder].append(entry)
            self._holders[day] = held
        return self._holders[day]

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {unit.unit_key: position for position, unit in enumerate(self._units.listed)}

    @cached_property
    def _holders(self) -> dict[date, dict[str, list[Registration]]]:
        return {}

    def _below(self, position: int) -> tuple[int, ...]:
        if position not in self._areas:
            self._areas[position] = self._units.below(self._units.listed[position].unit_key)
        return self._areas[position]

    @cached_property
    def _areas(self) -> dict[int, tuple[int, ...]]:
        return {}


def _sum(parts: list[Figure]) -> Figure:
    denominators = [count for _, count in parts if count is not None]
    return sum(part for part, _ in parts), sum(denominators) if denominators else None


def _models_with(models: list[Registration], code: str, period_code: str) -> list[Registration]:
    """The models to which the event of the indicator happened in the period."""
    return [
        entry
        for entry in models
        if draws.uniform(entry.row["model_code"], code, period_code) < MODEL_RATES[code]
    ]
