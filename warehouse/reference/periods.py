"""Reporting periods: their codes, the words people use for them, and which frequency accepts which.

Codes: month `2026-10`, first quarter `2026-Q1`, six months `2026-6M`, nine months `2026-9M`, year `2026`,
phase `2021-2025`. Quarter, six and nine months and the year are cumulative from 1 January.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from babel.dates import format_date

from warehouse.text.vietnamese import fold, normalise

# An indicator is accepted for the periods of its own frequency and any coarser one.
ACCEPTED_TYPES = {
    "month": ("month", "quarter", "6M", "9M", "year", "phase"),
    "quarter": ("quarter", "6M", "9M", "year", "phase"),
    "6M": ("6M", "year", "phase"),
    "year": ("year", "phase"),
    "phase": ("phase",),
}
# The periods that a unit reports of its own accord, without the coarser ones.
OWN_TYPES = {
    "month": ("month",),
    "quarter": ("quarter", "6M", "9M", "year"),
    "6M": ("6M", "year"),
    "year": ("year",),
    "phase": ("phase",),
}
LONGEST_PHASE_YEARS = 10
FIRST_YEAR = 1990
LAST_YEAR = 2100

_CODE = re.compile(r"(\d{4})(?:-(\d{2})|-(Q1|6M|9M)|-(\d{4}))?")
_MONTHS_OF = {"Q1": 3, "6M": 6, "9M": 9}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# Folded words; the order matters only in that a phase is tried before a year.
_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("phase", re.compile(r"(?:giai doan |nhiem ky |phase )?(\d{4}) (?:den )?(\d{4})")),
    ("month", re.compile(r"(?:ky |ky bao cao )?(?:thang |t ?|month )?(\d{1,2}) (?:nam )?(\d{4})")),
    ("month_last", re.compile(r"(\d{4}) (?:thang )?(\d{1,2})")),
    ("quarter", re.compile(r"(?:quy |q ?)(i{1,3}|iv|[1-4]) (?:nam )?(\d{4})")),
    ("quarter_last", re.compile(r"(\d{4}) ?(?:quy |q ?)(i{1,3}|iv|[1-4])")),
    ("months", re.compile(r"(3|6|9|12|sau|chin) ?(?:thang|t|m)(?: dau)?(?: nam)? (\d{4})")),
    ("months_last", re.compile(r"(\d{4}) (3|6|9|12) ?(?:thang|t|m)")),
    ("year", re.compile(r"(?:ca )?(?:nam |year )?(\d{4})")),
)
_SPELT = {"sau": 6, "chin": 9}


class Period(NamedTuple):
    """One reporting period; both dates inclusive."""

    code: str
    period_type: str
    start_date: date
    end_date: date


@lru_cache(maxsize=4096)
def from_code(code: str) -> Period | None:
    """The period of a code as the contract writes it, or None."""
    match = _CODE.fullmatch(code)
    if not match:
        return None
    year_text, month_text, part, last_text = match.groups()
    year = int(year_text)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month_text:
        return _months(code, "month", year, int(month_text), int(month_text))
    if part:
        return _months(code, "quarter" if part == "Q1" else part, year, 1, _MONTHS_OF[part])
    if last_text:
        if not 0 < int(last_text) - year <= LONGEST_PHASE_YEARS:
            return None
        return Period(code, "phase", date(year, 1, 1), date(int(last_text), 12, 31))
    return _months(code, "year", year, 1, 12)


def _months(code: str, period_type: str, year: int, first: int, last: int) -> Period | None:
    if not 1 <= first <= last <= 12:  # noqa: PLR2004 (months of a year)
        return None
    following = date(year + last // 12, last % 12 + 1, 1)
    return Period(code, period_type, date(year, first, 1), following - timedelta(days=1))


@lru_cache(maxsize=4096)
def from_text(text: str) -> Period | None:
    """The period that a cell's text names without doubt, or None.

    `Quý II/2026` and the like are None: the calendar has cumulative periods only after the first quarter.
    """
    plain = normalise(text)
    found = from_code(plain.upper())
    if found:
        return found
    words = fold(plain)
    for kind, pattern in _WORDS:
        match = pattern.fullmatch(words)
        if match:
            return _from_words(kind, match.group(1), match.group(2) if match.re.groups > 1 else "")
    return None


def _from_words(kind: str, first: str, second: str) -> Period | None:
    if kind.endswith("_last"):
        kind, first, second = kind.removesuffix("_last"), second, first
    if kind == "phase":
        return from_code(f"{first}-{second}")
    if kind == "month":
        return from_code(f"{second}-{int(first):02d}")
    if kind == "year":
        return from_code(first)
    if kind == "quarter":
        return from_code(f"{second}-Q1") if (_ROMAN.get(first) or int(first)) == 1 else None
    months = _SPELT.get(first) or int(first)
    return from_code(second if months == 12 else f"{second}-{'Q1' if months == 3 else f'{months}M'}")  # noqa: PLR2004


def from_cell(value: object) -> Period | None:
    """The period that a spreadsheet's cell names: text, a year as a number, or a month that became a date."""
    if isinstance(value, str):
        return from_text(value)
    if isinstance(value, datetime | date):
        # Excel turns `10/2026` into the first of October; any other day was meant as a day.
        return from_code(f"{value.year:04d}-{value.month:02d}") if value.day == 1 else None
    if isinstance(value, int | float) and not isinstance(value, bool) and value == int(value):
        return from_code(f"{int(value)}")
    return None


def label_vi(code: str) -> str:
    """Return the one Vietnamese name of a period: `Tháng 10/2026`, `6 tháng đầu năm 2026`, `Giai đoạn 2021–2025`.

    Messages, templates and pages all take it from here; the dbt macro `period_label_vi` must agree with it.
    """
    period = from_code(code)
    if period is None:
        return code
    year = period.start_date.year
    return {
        "month": f"Tháng {period.start_date.month}/{year}",
        "quarter": f"Quý I/{year}",
        "6M": f"6 tháng đầu năm {year}",
        "9M": f"9 tháng năm {year}",
        "year": f"Năm {year}",
        "phase": f"Giai đoạn {year}–{period.end_date.year}",
    }[period.period_type]


def label_en(code: str) -> str:
    """Return the one English name of a period, as it stands inside a sentence: `first six months of 2026`."""
    period = from_code(code)
    if period is None:
        return code
    year = period.start_date.year
    return {
        "month": format_date(period.start_date, "MMMM y", locale="en"),
        "quarter": f"first quarter of {year}",
        "6M": f"first six months of {year}",
        "9M": f"first nine months of {year}",
        "year": f"year {year}",
        "phase": f"phase {year}–{period.end_date.year}",
    }[period.period_type]
