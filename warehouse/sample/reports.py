"""The reports of each unit: rows of form BC, the time at which they arrive, and the reports that never arrive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.reference.periods import OWN_TYPES, Period, from_code
from warehouse.reference.seeds import read_seed
from warehouse.sample import draws
from warehouse.sample.figures import LEADS, Figures
from warehouse.sample.indicator_parts import PARTS
from warehouse.sample.indicator_patterns import MODEL_COUNTS, MODEL_RATES, PATTERNS
from warehouse.sample.model_registrations import Registration
from warehouse.sample.monthly_series import MonthlySeries
from warehouse.sample.planted import Planted, plant
from warehouse.sample.units import SampleUnit, SampleUnits
from warehouse.settings import LOCAL_ZONE

# The indicators that districts and provinces report each month; their other totals come from the units below them.
_MONTHLY_OF_LEADS = frozenset(
    {"TTHC_DUNGHAN", "TDUA_THANG", "BC_DUNGHAN", "KK_DONGNGUOI", "TD_TINH", "TD_HUYEN"}
    | {"KK_DONG", "KK_VUOT", "TTHC_TINH", "TTHC_XA", "TTHC_TRUOC", "TTHC_DUNG", "TTHC_SAU"}
)
_ALWAYS_REPORTS = "province"
_CHANCE_LATE = 0.05
# Share of units that write a dash where there was nothing to measure, and of units that an indicator does not concern.
_SHARE_WITH_DASH = 0.15
_SHARE_NOT_CONCERNED = 0.06
_ON_TIME_DAYS = (2, 4)
_LATE_DAYS = (13, 18)


@dataclass(frozen=True)
class Report:
    """One unit's report for one period: rows with the columns of form BC, complete."""

    unit: SampleUnit
    period_code: str
    rows: list[dict[str, Any]]
    received_at: datetime
    is_late: bool


class Reporting:
    """The units of one time (before or after the merger) and their reports."""

    def __init__(
        self,
        seeds_dir: Path,
        units: SampleUnits,
        series: MonthlySeries,
        registrations: list[Registration],
        planted: Planted,
    ) -> None:
        self.units = units
        self._planted = planted
        self._indicators = _indicators(seeds_dir)
        self._duties = _duties(seeds_dir)
        self._figures = Figures(units, series, registrations, self._indicators, self._duties)
        self._positions = {unit.unit_key: position for position, unit in enumerate(units.listed)}

    def reports(self, period_code: str) -> Iterator[Report]:
        """The reports for a period, in the order of the units; silent units have none."""
        period = _period(period_code)
        for position, unit in enumerate(self.units.listed):
            if not unit.is_alive(period.end_date):
                continue
            rows = self._rows(position, period)
            if rows and not self._is_silent(unit, period_code):
                yield self._report(unit, period, rows)

    def people_rated(self, unit: SampleUnit, month: date) -> tuple[int, int]:
        """How many of the unit's people were rated good or better in a month, and how many were rated: TDUA_THANG."""
        position = self._positions[unit.unit_key]
        good, rated = self._figures.own(position, "TDUA_THANG", _period(f"{month:%Y-%m}"))
        return int(good), rated or 0

    def _report(self, unit: SampleUnit, period: Period, rows: list[dict[str, Any]]) -> Report:
        late = unit.draw("late", period.code) < _CHANCE_LATE + unit.missing_rate / 2
        days = draws.whole(*(_LATE_DAYS if late else _ON_TIME_DAYS), unit.unit_key, "arrival", period.code)
        return Report(
            unit, period.code, rows, arrival(period.end_date, days, unit.unit_key, period.code), late
        )

    def _is_silent(self, unit: SampleUnit, period_code: str) -> bool:
        if unit.level == _ALWAYS_REPORTS or unit.unit_key in self._planted.unit_keys:
            return False
        return unit.draw("silent", period_code) < unit.missing_rate

    def _rows(self, position: int, period: Period) -> list[dict[str, Any]]:
        unit = self.units.listed[position]
        rows = [
            self._row(position, code, period)
            for code, indicator in self._indicators.items()
            if period.period_type in OWN_TYPES[indicator["frequency"]] and self._owes(unit, code, period)
        ]
        rows += [
            self._row(position, code, period)
            for code, extra_period in self._planted.extra_periods(unit.unit_key)
            if extra_period == period.code
        ]
        return rows

    def _owes(self, unit: SampleUnit, code: str, period: Period) -> bool:
        begun = self._duties.get((code, unit.reporting_level))
        if begun is None or begun > period.end_date.isoformat():
            return False
        return period.period_type != "month" or unit.level not in LEADS or code in _MONTHLY_OF_LEADS

    def _row(self, position: int, code: str, period: Period) -> dict[str, Any]:
        unit = self.units.listed[position]
        codes = self._planted.codes(unit.unit_key, code, period.code)
        numerator, denominator = self._figures.reported(position, code, period)
        if codes:
            before = self._figures.reported(position, code, _period_before(period))
            numerator, denominator = plant(codes, numerator, denominator, before)
        is_rate = denominator is not None
        value = None if is_rate else self._as_written(position, code, period, numerator)
        return {
            "unit_code": unit.unit_code,
            "unit_name": unit.unit_name,
            "parent_name": unit.parent_name,
            "period": period.code,
            "indicator_code": code,
            "numerator": int(numerator) if is_rate else None,
            "denominator": denominator,
            "value": value,
            "note": "Không phát sinh" if denominator == 0 else None,
        }

    def _as_written(
        self, position: int, code: str, period: Period, number: float
    ) -> float | int | str | None:
        """A count or score as the unit writes it, or the text that it writes where there is nothing to count."""
        unit = self.units.listed[position]
        if code == "NTT_TRE" and self._figures.own(position, "NTT_XL", period)[1] == 0:
            return "-" if unit.draw("writes a dash") < _SHARE_WITH_DASH else None
        if code == "TG_VUVIEC" and number == 0 and unit.draw("not concerned") < _SHARE_NOT_CONCERNED:
            return "Không áp dụng"
        return _plain(number)


def arrival(period_end: date, days: int, *names: object) -> datetime:
    """A moment in office hours, a number of days after the period."""
    minute = draws.whole(0, 8 * 60, *names, "minute")
    return datetime.combine(period_end + timedelta(days=days), time(8, 0), LOCAL_ZONE) + timedelta(
        minutes=minute
    )


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else round(number, 2)


def _period(code: str) -> Period:
    period = from_code(code)
    if period is None:
        raise ValueError(f"{code!r} is no period")
    return period


def _period_before(period: Period) -> Period:
    """The month before a month; the shorter cumulative period before a cumulative one."""
    if period.period_type == "month":
        return _period(f"{period.start_date - timedelta(days=1):%Y-%m}")
    return _period(f"{period.end_date.year}-{'6M' if period.period_type == '9M' else 'Q1'}")


@cache
def _indicators(seeds_dir: Path) -> dict[str, dict[str, str]]:
    rows = {row["indicator_code"]: row for row in read_seed(seeds_dir, "indicators")}
    unknown = rows.keys() - PATTERNS.keys() - MODEL_COUNTS.keys() - MODEL_RATES.keys() - PARTS.keys()
    if unknown:
        raise ValueError(f"the sample does not know how to make {', '.join(sorted(unknown))}")
    return rows


@cache
def _duties(seeds_dir: Path) -> dict[tuple[str, str], str]:
    """Return the first day of each duty, empty where it has always been, by indicator and reporting level."""
    return {
        (row["indicator_code"], row["level"]): row["valid_from"]
        for row in read_seed(seeds_dir, "reporting_duties")
    }
