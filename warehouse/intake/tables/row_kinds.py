"""Tells the rows that end one block of a sheet and begin another: labels, titles, units as sections, headers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from warehouse.intake.heads.title_lines import begins_with_label
from warehouse.intake.heads.title_periods import periods_of_line
from warehouse.intake.tables.header import is_heading
from warehouse.text.vietnamese import fold, normalise

# A row of data has more cells than these, or a figure among them.
MAX_LABEL_CELLS = 4
MAX_TITLE_CELLS = 2
MAX_LINE_CHARACTERS = 200
MIN_HEADER_TEXTS = 3

_NUMBERING = r"(?:(?:[IVXLC]+|[A-ZĐ]|\d{1,3})\s*[.)/:-]\s*|[-+*•]\s*)?"
_SECTION_UNIT = re.compile(
    rf"{_NUMBERING}(?P<unit>(?:xã|phường|đặc khu|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|tp\.?)\s+"
    r"(?!hội\b)(?P<name>[^\W\d_][\w'’ -]*|\d{1,2})(?:\s*[,(]\s*(?:huyện|quận|thị xã|thành phố|tỉnh|tp\.?)\s[^:;]*)?)",
    re.IGNORECASE,
)
_MAX_NAME_WORDS = 6
_NUMBER = r"(?:(?:[ivxlc]+|[a-z]|\d{1,3}) )?"
_PERIOD_WORDS = r"(?:thang|quy|6 thang|9 thang|sau thang|chin thang|nam|giai doan) (?:\d|i|dau)"
_TITLE_STARTS = re.compile(
    rf"{_NUMBER}(?:(?:bao cao|bieu|phu luc|so lieu|ky|ket qua)\b.{{0,120}}? )?{_PERIOD_WORDS}"
)
_YEARLESS = re.compile(
    rf"{_NUMBER}(?:so lieu |bao cao |ket qua )?(thang \d{{1,2}}|quy (?:i{{1,3}}|iv|[1-4]))"
)


def texts_of(row: Sequence[Any]) -> list[Any]:
    """Return the cells of a row that are not blank."""
    return [cell for cell in row if cell not in ("", None)]


def is_label(cell: object) -> bool:
    """Whether a cell is the label of the unit or of the period, with its value or without."""
    return isinstance(cell, str) and ":" in cell and len(cell) <= MAX_LINE_CHARACTERS and _is_label_text(cell)


@lru_cache(maxsize=16_384)
def _is_label_text(text: str) -> bool:
    return begins_with_label(text)


def is_label_line(row: Sequence[Any]) -> bool:
    """Whether a row only says of which unit or period the rows below it are."""
    cells = texts_of(row)
    return 0 < len(cells) <= MAX_LABEL_CELLS and is_label(cells[0])


def is_period_line(row: Sequence[Any]) -> bool:
    """Whether a row is a title that names a period, such as `BÁO CÁO THÁNG 9 NĂM 2026` or `II. Tháng 9/2026`."""
    cells = texts_of(row)
    if not 0 < len(cells) <= MAX_TITLE_CELLS or not all(isinstance(cell, str) for cell in cells):
        return False
    return any(is_period_title(cell) for cell in cells)


def is_period_title(cell: object) -> bool:
    """Whether a text is a title that names a period."""
    return isinstance(cell, str) and len(cell) <= MAX_LINE_CHARACTERS and _is_period_title_text(cell)


@lru_cache(maxsize=16_384)
def _is_period_title_text(text: str) -> bool:
    folded = fold(text)
    if _YEARLESS.fullmatch(folded):
        return True
    is_title = _TITLE_STARTS.match(folded) or (text.isupper() and re.search(_PERIOD_WORDS, folded))
    return bool(is_title) and bool(periods_of_line(normalise(text)).own)


def section_unit(cell: object) -> str | None:
    """Return the unit that a section's title names (`I. Xã Tân Thành`), or None. A sentence is no unit."""
    if not isinstance(cell, str) or not 0 < len(cell) <= MAX_LINE_CHARACTERS:
        return None
    return _section_unit(cell)


@lru_cache(maxsize=16_384)
def _section_unit(text: str) -> str | None:
    match = _SECTION_UNIT.fullmatch(normalise(text).rstrip(" .:"))
    if match is None:
        return None
    words = match["name"].split()
    if len(words) > _MAX_NAME_WORDS or not all(word[0].isupper() or word[0].isdigit() for word in words):
        return None
    return match["unit"]


def may_be_header(row: Sequence[Any]) -> bool:
    """Whether a row may hold headings: several texts, none of which begins with a digit. Rows of data rarely pass."""
    count = 0
    for cell in row:
        if cell in ("", None):
            continue
        if not isinstance(cell, str) or cell[0].isdigit():
            return False
        count += 1
    return count >= MIN_HEADER_TEXTS and any(map(is_heading, row))
