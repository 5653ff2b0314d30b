"""Reads dates as people write them: real dates, Excel's day numbers, day/month/year and ISO texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from warehouse.intake.messages.findings import Issue
from warehouse.text.vietnamese import fold, normalise

EXCEL_EPOCH = date(1899, 12, 30)
# Day numbers of 1990-01-01 and 2100-01-01: a number outside these is a mistake.
FIRST_SERIAL, LAST_SERIAL = 32_874, 73_051
MONTHS = 12

_PARTS = re.compile(
    r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?:,? \d{1,2}:\d{2}(?::\d{2})?)?"
)
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\d{2}:\d{2}.*)?")
# `ngày 5 tháng 3 năm 2026`, `5 thg 3, 2026`, and Excel's English `5-Mar-2026`.
_WORDS = re.compile(r"(?:ngay )?(\d{1,2}) (?:thang|thg) ?(\d{1,2}) (?:nam )?(\d{4})")
_ENGLISH = re.compile(r"(\d{1,2}) ([a-z]{3})[a-z]* (\d{4})")
_ENGLISH_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def convert(column: str, cells: Sequence[Any]) -> tuple[list[date | None], list[Issue | None]]:
    """Return each cell as a date or None (blank), and for each cell its issue or None."""
    month_first: bool | None = None
    values: list[date | None] = []
    issues: list[Issue | None] = []
    for cell in cells:
        value: date | None = None
        issue = None
        if cell is None or cell == "":
            pass
        elif isinstance(cell, datetime):
            value = cell.date()
        elif isinstance(cell, date):
            value = cell
        elif isinstance(cell, int | float) and not isinstance(cell, bool):
            value = from_serial(cell)
            issue = None if value else Issue("date_unreadable", column, cell)
        elif isinstance(cell, str):
            if month_first is None:
                month_first = _is_month_first(cells)
            value, issue = from_text(column, cell, month_first)
        else:
            issue = Issue("date_unreadable", column, cell)
        values.append(value)
        issues.append(issue)
    return values, issues


def from_serial(number: float) -> date | None:
    """Return the date of an Excel day number, or None where the number cannot be one."""
    return EXCEL_EPOCH + timedelta(days=int(number)) if FIRST_SERIAL <= number < LAST_SERIAL else None


def from_text(column: str, cell: str, is_month_first: bool) -> tuple[date | None, Issue | None]:
    """Read one text cell. `is_month_first`: other cells of the column show that months may stand first."""
    text = normalise(cell)
    if not text or text in ("-", "..", "...", "…"):
        return None, None
    iso = _ISO.fullmatch(text)
    if iso:
        return _checked(column, text, int(iso[1]), int(iso[3]), int(iso[4]))
    parts = _PARTS.fullmatch(text)
    if not parts:
        folded = fold(text)
        words = _WORDS.fullmatch(folded)
        if words:
            return _checked(column, text, int(words[3]), int(words[2]), int(words[1]))
        english = _ENGLISH.fullmatch(folded)
        if english and english[2] in _ENGLISH_MONTHS:
            month = _ENGLISH_MONTHS.index(english[2]) + 1
            return _checked(column, text, int(english[3]), month, int(english[1]))
        if re.fullmatch(r"\d{5}", text) and (value := from_serial(int(text))):
            return value, None
        return None, Issue("date_unreadable", column, text)
    day, month, year_text = int(parts[1]), int(parts[2]), parts[3]
    if len(year_text) == 2:  # noqa: PLR2004 (digits of a short year)
        readings = {
            "reading_1": f"{day:02d}/{month:02d}/20{year_text}",
            "reading_2": f"{day:02d}/{month:02d}/19{year_text}",
        }
        return None, Issue("date_ambiguous", column, text, params=readings)
    year = int(year_text)
    if is_month_first and day <= MONTHS and month <= MONTHS and day != month:
        readings = {
            "reading_1": f"{day:02d}/{month:02d}/{year}",
            "reading_2": f"{month:02d}/{day:02d}/{year}",
        }
        return None, Issue("date_ambiguous", column, text, params=readings)
    return _checked(column, text, year, month, day)


def _checked(column: str, text: str, year: int, month: int, day: int) -> tuple[date | None, Issue | None]:
    try:
        return date(year, month, day), None
    except ValueError:
        return None, Issue("date_unreadable", column, text)


def _is_month_first(cells: Sequence[Any]) -> bool:
    """Whether any text in the column can only be month/day/year, which makes the others doubtful."""
    for cell in cells:
        match = _PARTS.fullmatch(normalise(cell)) if isinstance(cell, str) else None
        if match and int(match[1]) <= MONTHS < int(match[2]):
            return True
    return False
