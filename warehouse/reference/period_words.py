"""Finds the mentions of periods in running text, in a column and in the name of a sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from warehouse.reference import periods
from warehouse.reference.period_claims import LAST_MONTH, Claim
from warehouse.text.vietnamese import normalise, without_marks

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPELT = {
    **{"gieng": 1, "hai": 2, "ba": 3, "sau": 6, "bay": 7, "tam": 8, "chin": 9},
    **{"muoi": 10, "muoi mot": 11, "muoi hai": 12, "chap": 12},
}
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
    if not 1 <= first <= last <= LAST_MONTH:
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
    if not 1 < number <= LAST_MONTH or (is_open and number not in (6, 9)):
        return None
    return _months(text, *((LAST_MONTH + 1 - number, LAST_MONTH) if part == "cuoi" else (1, number)), year)


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
            Claim(text, month or 1, last_month or LAST_MONTH)
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
    return number is not None and 1 <= number <= LAST_MONTH


def _with_short_year(text: str, month: str, year: str) -> Claim:
    is_month = 1 <= int(month) <= LAST_MONTH
    return Claim(text, *((int(month), int(month)) if is_month else (1, LAST_MONTH)), short_year=year)


_BY_KIND: dict[str, Callable[..., Claim | None]] = {
    "month": _month,
    "phase": _phase,
    "months": lambda text, count, year: _months(text, 1, int(count), year),
    "quarter": _quarter,
    "year": lambda text, year: Claim(text, year=int(year)) if periods.from_code(year) else None,
}
