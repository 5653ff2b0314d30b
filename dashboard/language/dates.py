"""Days, moments and periods as people write them: 20/11/2026 in Vietnamese, 20 Nov 2026 in English."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
from babel.dates import format_date, format_datetime

from dashboard.language.numbers import MISSING, is_known
from dashboard.language.texts import Language
from warehouse.reference import periods
from warehouse.settings import LOCAL_ZONE

DAYS = {"vi": "dd/MM/y", "en": "d MMM y"}
"""Babel's patterns of a day, by language."""

ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}

_LABELS = {"vi": periods.label_vi, "en": periods.label_en}


def day(value: object, language: Language) -> str:
    """`20/11/2026` in Vietnamese, `20 Nov 2026` in English."""
    if not is_known(value):
        return MISSING
    return format_date(pd.Timestamp(value).date(), DAYS[language.code], locale=language.code)


def moment(value: datetime | pd.Timestamp | None, language: Language) -> str:
    """A UTC time as the clock in Viet Nam shows it: `08:05 20/11/2026`."""
    if value is None or not is_known(value):
        return MISSING
    stamp = pd.Timestamp(value)
    aware = stamp.tz_localize(UTC) if stamp.tzinfo is None else stamp
    pattern = f"HH:mm {DAYS[language.code]}"
    return format_datetime(aware.to_pydatetime(), pattern, tzinfo=LOCAL_ZONE, locale=language.code)


def period(code: object, language: Language) -> str:
    """The name of a period at the beginning of a line: `Tháng 10/2026`, `6 tháng đầu năm 2026`, `Year 2026`."""
    text = _LABELS[language.code](str(code))
    return text if text == code else f"{text[:1].upper()}{text[1:]}"


def short_period(code: object, language: Language) -> str:
    """A period on the axis of a chart: `10/26`, `I/26`, `6T/26`, `2026`."""
    found = periods.from_code(str(code))
    if found is None:
        return str(code)
    year = f"{found.start_date:%y}"
    if found.period_type == "month":
        return f"{found.start_date.month}/{year}"
    if found.period_type == "quarter":
        return short_quarter(found.start_date, language)
    if found.period_type == "year":
        return found.code
    if found.period_type == "phase":
        return f"{found.start_date.year}–{found.end_date:%y}"
    return language(f"period_short.{found.period_type}", year=year)


def short_quarter(first_day: object, language: Language) -> str:
    """A quarter of a year on the axis of a chart: `III/26`, `Q3/26`."""
    when = pd.Timestamp(first_day)
    return language("period_short.quarter", roman=ROMAN[when.quarter], number=when.quarter, year=f"{when:%y}")
