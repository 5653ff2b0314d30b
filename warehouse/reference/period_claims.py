"""A mention of a period in a text: a period of the calendar, one whose year is missing, or a span that is no period.

`Tháng 9` has no year; `Quý II/2026` and `từ 15/8 đến 14/9/2026` are spans that the calendar does not have. A reader who
knows only the periods of the calendar would take such a text for another period, or for none.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from warehouse.reference import periods

LAST_MONTH = 12
_CUMULATIVE = {3: "Q1", 6: "6M", 9: "9M"}


class Claim(NamedTuple):
    """A mention of a period: the months from `first` to `last` of a year, which is None where the text has none.

    A phase has `last_year`; a span of days has `days`. `short_year` is the year as two digits, which could be any century.
    """

    text: str
    first: int = 1
    last: int = 12
    year: int | None = None
    last_year: int | None = None
    days: tuple[date, date] | None = None
    short_year: str = ""

    @property
    def is_in_calendar(self) -> bool:
        """Whether the calendar has periods of this shape: a month, a phase, or months from January to 3, 6, 9 or 12."""
        return self.first == self.last or (self.first == 1 and self.last in (*_CUMULATIVE, LAST_MONTH))

    @property
    def needs_year(self) -> bool:
        """Whether only the year is missing."""
        return self.year is None and self.days is None and self.is_in_calendar

    @property
    def period(self) -> periods.Period | None:
        """The period of the calendar that the text names, or None."""
        if self.days:
            return _period_of_days(*self.days)
        if self.year is None or not self.is_in_calendar:
            return None
        if self.last_year:
            return periods.from_code(f"{self.year}-{self.last_year}")
        if self.first == self.last:
            return periods.from_code(f"{self.year}-{self.first:02d}")
        part = _CUMULATIVE.get(self.last)
        return periods.from_code(f"{self.year}-{part}" if part else f"{self.year}")

    @property
    def is_frame(self) -> bool:
        """Whether the text may only say in which years something happens: a year or a phase."""
        return self.days is None and (
            self.last_year is not None or (self.first, self.last) == (1, LAST_MONTH)
        )

    def in_year(self, year: int) -> Claim:
        """Return the claim with that year."""
        return self._replace(year=year)

    def allows(self, period: periods.Period) -> bool:
        """Whether a report for the period may bear this text: it names the period, or a frame or other span around it."""
        own = self.period
        if own and not self.is_frame:
            return own == period
        if self.days:
            # Offices close their books in the middle of a month: the days from 15/8 to 14/9 are reported as September.
            return period.period_type == "month" and period.start_date <= self.days[1] <= period.end_date
        first, last = self.first, self.last
        if not self.is_frame and self.is_in_calendar:
            return (first, last) == (
                period.start_date.month,
                period.end_date.month,
            ) and period.period_type != "phase"
        first_year = self.year or period.start_date.year
        last_year = self.last_year or first_year
        begins, ends = date(first_year, first, 1), _last_day(last_year, last)
        is_inside = begins <= period.start_date and period.end_date <= ends
        return is_inside or (self.is_frame and period.start_date <= begins and ends <= period.end_date)


def _period_of_days(begin: date, end: date) -> periods.Period | None:
    """Return the period of the calendar that has exactly these days."""
    codes = [f"{begin:%Y-%m}", *(f"{begin.year}-{part}" for part in _CUMULATIVE.values()), f"{begin.year}"]
    found = filter(None, map(periods.from_code, codes))
    return next((period for period in found if (period.start_date, period.end_date) == (begin, end)), None)


def _last_day(year: int, month: int) -> date:
    return date(year + month // LAST_MONTH, month % LAST_MONTH + 1, 1) - timedelta(days=1)
