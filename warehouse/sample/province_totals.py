"""The figures of the provinces that send only their own totals.

Each province of before the merger has a series of months from the first to the last month of the sample. A merged province
reports the sum of the series of its parts, so that its figures go on where those of its parts end.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from warehouse.reference.periods import Period
from warehouse.reference.seeds import read_seed
from warehouse.sample import draws
from warehouse.sample.indicator_patterns import MODEL_COUNTS, MODEL_RATES
from warehouse.sample.monthly_series import MonthlySeries
from warehouse.sample.units import OPEN_END, SampleUnit, SampleUnits

Figure = tuple[float, int | None]
LAST_DAY_BEFORE = "2025-06-30"
_FIRST_YEAR, _LAST_YEAR = 2024, 2026
# Models of an ordinary commune that are in force at a year's end; by June most of the year's are registered.
_MODELS_PER_COMMUNE = {"collective": 1.5, "individual": 0.6}
_SHARE_BY_JUNE = 0.9
_MODEL_GROWTH = 0.04
_PHASE_YEARS = 2.2
_SPREAD_OF_MODELS = 0.3
# Bà Rịa - Vũng Tàu published 2,071 models for 2021: its simulated figures are of that order.
_MODEL_FACTORS = {"77@0": 14.0}


class ProvinceTotals:
    """Numerator and denominator (None for counts and scores) of every province but those of `left_out`."""

    def __init__(self, seeds_dir: Path, left_out: frozenset[str]) -> None:
        rows = [row for row in read_seed(seeds_dir, "units") if row["level"] == "province"]
        self._into = {
            row["from_unit_key"]: row["to_unit_key"]
            for row in read_seed(seeds_dir, "successions")
            if row["from_unit_key"] in {one["unit_key"] for one in rows}
        }
        sizes = _commune_counts(seeds_dir)
        self.provinces = [_province(row) for row in rows if row["unit_key"] not in left_out]
        self._parts = [
            replace(unit, level="area", size=float(sizes[unit.unit_key]))
            for unit in self.provinces
            if unit.unit_key in sizes
        ]
        self._areas = MonthlySeries(SampleUnits(tuple(self._parts), {}), _FIRST_YEAR, _LAST_YEAR)
        # The same provinces, by the volumes of the province's own office.
        offices = tuple(replace(part, level="province") for part in self._parts)
        self._offices = MonthlySeries(SampleUnits(offices, {}), _FIRST_YEAR, _LAST_YEAR)

    def figure(self, unit: SampleUnit, indicator: dict[str, str], period: Period) -> Figure:
        """The figure that the province reports: the sum of its parts; where nothing adds up, that of the part with its code."""
        parts = self._parts_of[unit.unit_key]
        if indicator["aggregation"] == "none":
            parts = [next((one for one in parts if self._parts[one].unit_code == unit.unit_code), parts[0])]
        figures = [self._figure(part, indicator, period) for part in parts]
        denominators = [denominator for _, denominator in figures if denominator is not None]
        return sum(numerator for numerator, _ in figures), sum(denominators) if denominators else None

    def _figure(self, part: int, indicator: dict[str, str], period: Period) -> Figure:
        code = indicator["indicator_code"]
        if code in MODEL_COUNTS:
            return float(sum(self._models(part, kind, period) for kind in MODEL_COUNTS[code])), None
        if code in MODEL_RATES:
            return self._model_rate(part, code, period)
        makers = self._offices if indicator["rollup"] == "own_plus_children" else self._areas
        series = makers.of_indicator(code)
        last = makers.position(period.end_date.year, period.end_date.month)
        is_sum = series.is_flow and period.period_type != "month"
        months = slice(last - period.end_date.month + 1 if is_sum else last, last + 1)
        numerator = float(series.numerator[months, part].sum())
        if series.denominator is None:
            return numerator, None
        return numerator, int(series.denominator[months, part].sum())

    def _models(self, part: int, kind: str, period: Period) -> int:
        unit = self._parts[part]
        factor = math.exp(_SPREAD_OF_MODELS * draws.normal(unit.unit_key, kind, "models"))
        factor *= _MODEL_FACTORS.get(unit.unit_key, 1.0)
        factor *= 1 + _MODEL_GROWTH * (period.end_date.year - _FIRST_YEAR)
        if period.period_type == "phase":
            factor *= _PHASE_YEARS
        elif period.end_date.month < 12:  # noqa: PLR2004 (December ends the year)
            factor *= _SHARE_BY_JUNE
        return round(_MODELS_PER_COMMUNE[kind] * unit.size * factor)

    def _model_rate(self, part: int, code: str, period: Period) -> Figure:
        models = sum(self._models(part, kind, period) for kind in MODEL_COUNTS["DVK_DK"])
        if code == "DVK_NR":  # of the recognised ones
            models = int(self._model_rate(part, "DVK_CN", period)[0])
        unit, rate = self._parts[part], MODEL_RATES[code]
        logit = math.log(rate / (1 - rate)) + 0.2 * unit.effect + 0.3 * draws.normal(unit.unit_key, code)
        random = draws.stream(unit.unit_key, code, period.code)
        return float(random.binomial(models, 1 / (1 + math.exp(-logit)))), models

    @cached_property
    def _parts_of(self) -> dict[str, list[int]]:
        """The positions of the series that each province version holds."""
        found = defaultdict(list)
        for position, part in enumerate(self._parts):
            key: str | None = part.unit_key
            while key is not None:
                found[key].append(position)
                key = self._into.get(key)
        return dict(found)


def _province(row: dict[str, str]) -> SampleUnit:
    return SampleUnit(
        unit_key=row["unit_key"],
        unit_code=row["unit_code"],
        unit_name=row["unit_name"],
        level=row["level"],
        reporting_level=row["level"],
        unit_type=row["unit_type"],
        parent_key=row["parent_unit_key"],
        parent_name="",
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min,
        valid_to=date.fromisoformat(row["valid_to"]) if row["valid_to"] else OPEN_END,
        size=1.0,
        effect=draws.normal(row["unit_key"], "effect"),
        missing_rate=0.0,
    )


def _commune_counts(seeds_dir: Path) -> dict[str, int]:
    """How many communes each province had before the merger."""
    units = {row["unit_key"]: row for row in read_seed(seeds_dir, "units")}
    counts: dict[str, int] = defaultdict(int)
    for row in units.values():
        if row["level"] == "commune" and row["valid_to"] == LAST_DAY_BEFORE:
            counts[units[row["parent_unit_key"]]["parent_unit_key"]] += 1
    return counts
