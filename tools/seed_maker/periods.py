"""Reporting periods: months, the four that are cumulative from 1 January, and phases of several years."""

from __future__ import annotations

import calendar
from datetime import date

from seed_maker.files import Row

PERIOD_COLUMNS = [
    "period_code",
    "period_type",
    "period_start_date",
    "period_end_date",
    "is_cumulative",
    "previous_period_code",
    "same_period_last_year_code",
]
# The forms accept dates from 2009 on, so the calendar begins there; tests/reference checks both.
FIRST_YEAR, LAST_YEAR = 2009, 2035
# Type → suffix of the code, last month.
_CUMULATIVE = {"quarter": ("-Q1", 3), "6M": ("-6M", 6), "9M": ("-9M", 9), "year": ("", 12)}
# Phase → the phase before it. 2017-2020 is one province's own phase and continues none.
_PHASES = {
    (2011, 2015): "",
    (2016, 2020): "2011-2015",
    (2017, 2020): "",
    (2021, 2025): "2016-2020",
    (2026, 2030): "2021-2025",
}


def make_periods() -> list[Row]:
    """One row per period. The previous period has the same type; the first period of a type has none."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    months = [_month(year, month) for year in years for month in range(1, 13)]
    cumulative = [_from_january(year, period_type) for year in years for period_type in _CUMULATIVE]
    phases = [
        _period(
            f"{first}-{last}", "phase", date(first, 1, 1), date(last, 12, 31), previous=previous, last_year=""
        )
        for (first, last), previous in _PHASES.items()
    ]
    return [*months, *cumulative, *phases]


def _month(year: int, month: int) -> Row:
    before = (year, month - 1) if month > 1 else (year - 1, 12)
    return _period(
        f"{year}-{month:02}",
        "month",
        date(year, month, 1),
        _month_end(year, month),
        previous=f"{before[0]}-{before[1]:02}" if before[0] >= FIRST_YEAR else "",
        last_year=f"{year - 1}-{month:02}" if year > FIRST_YEAR else "",
    )


def _from_january(year: int, period_type: str) -> Row:
    suffix, last_month = _CUMULATIVE[period_type]
    before = f"{year - 1}{suffix}" if year > FIRST_YEAR else ""
    end = _month_end(year, last_month)
    return _period(f"{year}{suffix}", period_type, date(year, 1, 1), end, previous=before, last_year=before)


def _period(code: str, period_type: str, start: date, end: date, *, previous: str, last_year: str) -> Row:
    return {
        "period_code": code,
        "period_type": period_type,
        "period_start_date": str(start),
        "period_end_date": str(end),
        "is_cumulative": "true" if period_type in _CUMULATIVE else "false",
        "previous_period_code": previous,
        "same_period_last_year_code": last_year,
    }


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])
