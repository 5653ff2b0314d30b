"""Numbers, dates and periods as people write them: 1.234,5 and 20/11/2026 in Vietnamese, 1,234.5 in English.

Every chart and table takes its texts from here. A value that is not known gives the dash of `missing`.
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import UTC, date, datetime

import pandas as pd

from dashboard.language import Language
from warehouse.settings import LOCAL_ZONE

MISSING = "–"
MINUS = "−"
NO_BREAK = "\u00a0"
PERCENT_UNIT = "%"
SEPARATORS = {"vi": ",.", "en": ".,"}
"""Decimal and thousands sign, in the order of Plotly's `layout.separators`."""

RATE_DECIMALS = 1
SCORE_DECIMALS = 2
_ROMAN = {"1": "I", "2": "II", "3": "III", "4": "IV"}
_PERIOD = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})|(?P<quarter>Q\d)|(?P<sum>[69]M)|(?P<until>\d{4})))?"
)


def is_known(value: object) -> bool:
    """Whether there is a value at all: None, NaN and NaT are not known."""
    return value is not None and not bool(pd.isna(value))


def number(value: object, language: Language, decimals: int = 0) -> str:
    """`1234.5` as `1.234,5` or `1,234.5`; halves away from zero, so that 0,25 reads 0,3."""
    if not is_known(value):
        return MISSING
    rounded = _rounded(float(value), decimals)  # type: ignore[arg-type]
    text = f"{abs(rounded):,.{decimals}f}"
    signs = SEPARATORS[language.code]
    text = text.translate(str.maketrans(".,", signs))
    return f"{MINUS}{text}" if rounded < 0 else text


def measure(value: object, unit: str, is_rate: object, language: Language, with_unit: bool = True) -> str:
    """A measure with its unit: a rate as `84,6%`, a count as `1.234 vụ`, a score as `5,32 điểm`."""
    if not is_known(value):
        return MISSING
    if _true(is_rate) or unit == PERCENT_UNIT:
        return f"{number(value, language, RATE_DECIMALS)}%"
    decimals = 0 if float(value).is_integer() else SCORE_DECIMALS  # type: ignore[arg-type]
    text = number(value, language, decimals)
    return f"{text}{NO_BREAK}{unit}" if with_unit and unit else text


def signed(value: object, unit: str, is_rate: object, language: Language) -> str:
    """A change with its sign; percentages change by percentage points."""
    if not is_known(value):
        return MISSING
    amount = float(value)  # type: ignore[arg-type]
    is_percent = _true(is_rate) or unit == PERCENT_UNIT
    decimals = RATE_DECIMALS if is_percent else (0 if amount.is_integer() else SCORE_DECIMALS)
    text = number(abs(amount), language, decimals)
    if _rounded(amount, decimals) == 0:
        return f"{text}{language('format.points') if is_percent else ''}"
    sign = "+" if amount > 0 else MINUS
    return f"{sign}{text}{language('format.points') if is_percent else ''}"


def ratio(value: object, language: Language) -> str:
    """A 0–1 ratio as a whole percentage."""
    return MISSING if not is_known(value) else f"{number(float(value) * 100, language)}%"  # type: ignore[arg-type]


def coverage(reporting: object, expected: object, language: Language) -> str:
    """`60/65`: how many of the units that owe the report are in the figure."""
    if not is_known(reporting) or not is_known(expected):
        return MISSING
    return f"{number(reporting, language)}/{number(expected, language)}"


def day(value: object, language: Language) -> str:
    """`20/11/2026` in Vietnamese, `20 Nov 2026` in English."""
    if not is_known(value):
        return MISSING
    when = pd.Timestamp(value)
    if language.code == "vi":
        return f"{when.day:02d}/{when.month:02d}/{when.year}"
    return f"{when.day} {language(f'month_short.{when.month}')} {when.year}"


def moment(value: datetime | pd.Timestamp | None, language: Language) -> str:
    """A UTC time as the clock in Viet Nam shows it: `08:05 20/11/2026`."""
    if value is None or not is_known(value):
        return MISSING
    stamp = pd.Timestamp(value)
    aware = stamp.tz_localize(UTC) if stamp.tzinfo is None else stamp
    local = aware.tz_convert(LOCAL_ZONE)
    return f"{local.hour:02d}:{local.minute:02d} {day(local.date(), language)}"


def period(code: object, language: Language) -> str:
    """`2026-10` as `Tháng 10/2026`, `2026-Q1` as `Quý I/2026`, `2017-2020` as `Giai đoạn 2017–2020`."""
    match = _PERIOD.fullmatch(str(code))
    if match is None:
        return str(code)
    year, month, quarter, months, until = match.groups()
    if month:
        return language("period.month", month=int(month), name=language(f"month.{int(month)}"), year=year)
    if quarter:
        return language(
            "period.quarter", quarter=quarter[1:], roman=_ROMAN.get(quarter[1:], quarter), year=year
        )
    if months:
        return language("period.months", months=months[0], year=year)
    return language("period.phase", start=year, end=until) if until else language("period.year", year=year)


def short_period(code: object, language: Language) -> str:
    """The same for the axis of a chart: `10/26`, `I/26`, `6T/26`, `2026`."""
    match = _PERIOD.fullmatch(str(code))
    if match is None:
        return str(code)
    year, month, quarter, months, until = match.groups()
    if month:
        return f"{int(month)}/{year[2:]}"
    if quarter:
        return language(
            "period_short.quarter", quarter=quarter[1:], roman=_ROMAN.get(quarter[1:], quarter), year=year[2:]
        )
    if months:
        return language("period_short.months", months=months[0], year=year[2:])
    return f"{year}–{until[2:]}" if until else year


def in_sentence(text: str, language: Language) -> str:
    """A name inside a sentence: in Vietnamese the first letter small, unless the word is an abbreviation."""
    first = text.split(" ", 1)[0]
    is_abbreviation = first.isupper() and len(first) > 1
    return text if language.code != "vi" or is_abbreviation else text[:1].lower() + text[1:]


def sort_key(name: str) -> tuple[str, str]:
    """Vietnamese dictionary order: a < ă < â, d < đ, then by tone."""
    order = {"ă": "a1", "â": "a2", "đ": "d1", "ê": "e1", "ô": "o1", "ơ": "o2", "ư": "u1"}
    letters, tones = [], []
    for letter in unicodedata.normalize("NFC", name).lower():
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts[1:] if mark in "\u0300\u0301\u0303\u0309\u0323")
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tone))
        letters.append(order.get(base, f"{base}0"))
        tones.append(tone)
    return "".join(letters), "|".join(tones)


def local_date(value: datetime) -> date:
    """The day in Viet Nam of an aware UTC time."""
    return value.astimezone(LOCAL_ZONE).date()


def _rounded(value: float, decimals: int) -> float:
    scale = 10**decimals
    nudge = math.copysign(1e-9, value)
    return math.copysign(math.floor(abs(value * scale + nudge) + 0.5), value) / scale


def _true(value: object) -> bool:
    return is_known(value) and bool(value)
