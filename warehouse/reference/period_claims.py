"""Mentions of a period in running text, with the year or without it, and of spans that are no period of the calendar.

`Tháng 9` has no year; `Quý II/2026` and `từ 15/8 đến 14/9/2026` are spans that the calendar does not have. A reader who
knows only the periods of the calendar would take such a text for another period, or for none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from warehouse.reference import periods
from warehouse.text.vietnamese import normalise, without_marks

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPELT = {
    **{"gieng": 1, "hai": 2, "ba": 3, "sau": 6, "bay": 7, "tam": 8, "chin": 9},
    **{"muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12},
}
_LAST_MONTH = 12
_CUMULATIVE = {3: "Q1", 6: "6M", 9: "9M"}
_DOTS = r"[\s.…_]*"
_YEAR = r"(?:\s*[,./(-]?\s*(?:nam\s*)?:?\s*(\d{4})(?!\d))?"
_SHORT_YEAR = r"(?:\s*/\s*\d\d(?![\d/]))?"
_DAY = r"(?:ngay\s*)?(?<![\d/.])(\d{1,2})\s*(?:[/.-]|thang)\s*(\d{1,2})(?!\d)(?:\s*(?:[/.-]|nam)\s*(\d{4}))?"
_DAYS = re.compile(rf"(?:tu\s*)?{_DAY}\s*(?:-|den|toi)\s*(?:het\s*)?{_DAY}")
_DATES = re.compile(
    rf"ngay{_DOTS}\d{{0,2}}{_DOTS}thang{_DOTS}\d{{0,2}}(?:{_DOTS}nam{_DOTS}\d{{0,4}})?"
    r"|(?:ngay\s*)?(?<![\d/.])\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{2,4}"
    r"|(?<![\d/.])\d{1,2}\s*thang\s*\d{1,2}(?!\d)(?:\s*nam\s*\d{4})?|ngay\s*\d{1,2}\s*/\s*\d{1,2}(?![\d/])"
)
_CODES = re.compile(r"(?<![\d-])(\d{4})-(q1|6m|9m|0[1-9]|1[0-2])(?![\w-])")
_PHASES = re.compile(
    r"(?:giai doan|nhiem ky)\s*:?\s*(?:tu\s*)?(?:nam\s*)?(\d{4})\s*(?:-|den)\s*(?:nam\s*)?(\d{4})"
)
_SPANS = re.compile(
    rf"thang\s*(\d{{1,2}})(?:\s*(?:nam|/)\s*\d{{4}})?\s*(?:-|den)\s*(?:het\s*)?(?:thang\s*)?(\d{{1,2}})(?!\d){_YEAR}"
)
_LISTS = re.compile(
    rf"thang\s*(\d{{1,2}})(?:\s*(?:,|;|va|&|\+)\s*(?:thang\s*)?(\d{{1,2}})(?!\d|\s*thang|\s*/))+{_YEAR}"
)
_MANY_MONTHS = re.compile(
    rf"(?<!\w)(\d{{1,2}}|ba|sau|chin|muoi hai)\s*thang(?!\w)(?!\s*\d{{1,2}}(?!\d))\s*(dau|cuoi)?(?:\s*nam(?!\w))?{_YEAR}"
)
_QUARTERS = re.compile(rf"(?<!\w)quy\s*(iv|iii|ii|i|[1-4])(?!\w){_YEAR}")
_MONTHS = re.compile(
    rf"(?<!\w)thang\s*:?\s*(\d{{1,2}}|gieng|hai|ba|bay|tam|chin|muoi hai|muoi mot|muoi|chap)(?!\w)(?:{_YEAR}{_SHORT_YEAR})"
)
_SHORT_MONTHS = re.compile(r"(?<!\w)t\.?\s*(\d{1,2})\s*[/.-]\s*(?:nam\s*)?(\d{4})(?!\d)")
# A month that was left open in a template: the year beside it is not the period.
_OPEN_MONTHS = re.compile(rf"(?<!\w)(?:thang|quy){_DOTS}(?:nam|/){_DOTS}\d{{4}}")
_YEARS = re.compile(r"(?<!\w)nam\s*:?\s*(\d{4})(?!\d|\s*-\s*\d)")
# Read only where nothing but a period is expected: behind a label, in a column, in a sheet's name.
_BARE = (
    (re.compile(r"(?<![\d/])(\d{1,2})\s*[/.-]\s*(\d{4})(?![\d/])"), "month"),
    (re.compile(r"(?<![\d-])(\d{4})\s*-\s*(\d{4})(?![\d-])"), "phase"),
    (re.compile(r"(?<!\w)t\.?\s*(\d{1,2})(?!\w)"), "month"),
    (re.compile(rf"(?<!\w)(3|6|9|12)\s*t(?!\w){_YEAR}"), "months"),
    (re.compile(rf"(?<!\w)q\.?\s*(iv|iii|ii|i|[1-4])(?!\w){_YEAR}"), "quarter"),
    (re.compile(r"(?<![\d/.-])(\d{4})(?![\d/.-])"), "year"),
)
_TWO_DIGITS = re.compile(r"(?:thang\s*|t\.?\s*)?(\d{1,2})\s*[/.-]\s*(\d{2})")
_REPEATED = re.compile(r"(?:moi|dinh ky|hang)\s*$")


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
        return self.first == self.last or (self.first == 1 and self.last in (*_CUMULATIVE, _LAST_MONTH))

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
            self.last_year is not None or (self.first, self.last) == (1, _LAST_MONTH)
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


def claims_in(text: str, is_bare: bool = False) -> list[tuple[int, Claim]]:
    """Return the mentions of periods in a text with their places, in order. Dates of one day are no periods.

    `is_bare`: the text is expected to hold nothing but a period, so that `9/2026`, `T9` and `2026` count too.
    """
    written = normalise(text)
    plain = without_marks(written)
    if len(plain) != len(written):
        written = plain
    reading = _Reading(written, plain)
    if is_bare and (match := _TWO_DIGITS.fullmatch(plain)):
        return [(0, _with_short_year(written, *match.groups()))]
    reading.take(_DAYS, _days)
    reading.drop(_DATES)
    reading.take(_CODES, lambda text, year, part: _of_code(text, f"{year}-{part.upper()}"))
    reading.take(_PHASES, _phase)
    reading.take(_SPANS, lambda text, first, last, year: _months(text, int(first), int(last), year))
    reading.take(_LISTS, lambda text, first, last, year: _months(text, int(first), int(last), year))
    reading.take(_MANY_MONTHS, _many_months, unless_after=_REPEATED)
    reading.take(_QUARTERS, _quarter)
    reading.take(_MONTHS, _month)
    reading.take(_SHORT_MONTHS, _month)
    reading.drop(_OPEN_MONTHS)
    reading.take(_YEARS, lambda text, year: Claim(text, year=int(year)))
    if is_bare:
        for pattern, kind in _BARE:
            reading.take(pattern, _BY_KIND[kind])
    return sorted(reading.found, key=lambda item: item[0])


class _Reading:
    """A text of which each part is read once, the longest phrases first."""

    def __init__(self, written: str, plain: str) -> None:
        self._written = written
        self._plain = plain
        self.found: list[tuple[int, Claim]] = []

    def take(
        self,
        pattern: re.Pattern[str],
        make: Callable[..., Claim | None],
        unless_after: re.Pattern[str] | None = None,
    ) -> None:
        for match in pattern.finditer(self._plain):
            if unless_after and unless_after.search(self._plain[: match.start()]):
                continue
            claim = make(self._written[match.start() : match.end()].strip(" ,(-"), *match.groups())
            if claim is not None:
                self.found.append((match.start(), claim))
                self._blank(match)

    def drop(self, pattern: re.Pattern[str]) -> None:
        for match in pattern.finditer(self._plain):
            self._blank(match)

    def _blank(self, match: re.Match[str]) -> None:
        blank = "\0" * (match.end() - match.start())
        self._plain = f"{self._plain[: match.start()]}{blank}{self._plain[match.end() :]}"


def _months(text: str, first: int, last: int, year: str | None) -> Claim | None:
    if not 1 <= first <= last <= _LAST_MONTH:
        return None
    return Claim(text, first, last, int(year) if year else None)


def _month(text: str, month: str, year: str | None = None) -> Claim | None:
    number = int(month) if month.isdecimal() else _SPELT[month]
    if year is None and (match := re.search(r"/\s*(\d\d)$", text)):
        return _with_short_year(text, str(number), match[1])
    return _months(text, number, number, year)


def _many_months(text: str, count: str, part: str | None, year: str | None) -> Claim | None:
    number = int(count) if count.isdecimal() else _SPELT[count]
    is_open = part is None and year is None and "nam" not in without_marks(text)
    if not 1 < number <= _LAST_MONTH or (is_open and number not in (6, 9)):
        return None
    return _months(text, *((_LAST_MONTH + 1 - number, _LAST_MONTH) if part == "cuoi" else (1, number)), year)


def _quarter(text: str, number: str, year: str | None) -> Claim | None:
    if "quỹ" in text.lower():
        return None
    last = 3 * (_ROMAN.get(number) or int(number))
    return _months(text, last - 2, last, year)


def _phase(text: str, first: str, last: str) -> Claim | None:
    is_phase = 0 < int(last) - int(first) <= periods.LONGEST_PHASE_YEARS
    return Claim(text, year=int(first), last_year=int(last)) if is_phase else None


def _of_code(text: str, code: str) -> Claim | None:
    period = periods.from_code(code)
    return _months(text, period.start_date.month, period.end_date.month, code[:4]) if period else None


def _days(text: str, *parts: str | None) -> Claim | None:
    day, month, year, last_day, last_month, last_year = (int(part) if part else None for part in parts)
    if last_year is None:
        return (
            Claim(text, month or 1, last_month or _LAST_MONTH)
            if _is_month(month) and _is_month(last_month)
            else None
        )
    try:
        end = date(last_year, last_month or 0, last_day or 0)
        begin = date(year or last_year, month or 0, day or 0)
        if begin > end and year is None:
            begin = begin.replace(year=last_year - 1)
    except ValueError:
        return None
    return Claim(text, days=(begin, end)) if begin < end else None


def _is_month(number: int | None) -> bool:
    return number is not None and 1 <= number <= _LAST_MONTH


def _with_short_year(text: str, month: str, year: str) -> Claim:
    is_month = 1 <= int(month) <= _LAST_MONTH
    return Claim(text, *((int(month), int(month)) if is_month else (1, _LAST_MONTH)), short_year=year)


def _period_of_days(begin: date, end: date) -> periods.Period | None:
    """Return the period of the calendar that has exactly these days."""
    codes = [f"{begin:%Y-%m}", *(f"{begin.year}-{part}" for part in _CUMULATIVE.values()), f"{begin.year}"]
    found = filter(None, map(periods.from_code, codes))
    return next((period for period in found if (period.start_date, period.end_date) == (begin, end)), None)


def _last_day(year: int, month: int) -> date:
    return date(year + month // _LAST_MONTH, month % _LAST_MONTH + 1, 1) - timedelta(days=1)


_BY_KIND: dict[str, Callable[..., Claim | None]] = {
    "month": _month,
    "phase": _phase,
    "months": lambda text, count, year: _months(text, 1, int(count), year),
    "quarter": _quarter,
    "year": lambda text, year: Claim(text, year=int(year)) if periods.from_code(year) else None,
}
