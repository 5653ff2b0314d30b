"""Numbers as people write them: 1.234,5 in Vietnamese, 1,234.5 in English; Babel knows the signs.

Every chart and table takes its numbers from here. A value that is not known gives the dash of `MISSING`.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

import pandas as pd
from babel.numbers import format_decimal, format_percent, get_decimal_symbol, get_group_symbol

from dashboard.language.texts import Language

MISSING = "–"
MINUS = "−"
NO_BREAK = "\u00a0"
PERCENT_UNIT = "%"
RATE_DECIMALS = 1
SCORE_DECIMALS = 2
PATTERNS = ("#,##0", "#,##0.0", "#,##0.00", "#,##0.000")
"""Babel's patterns by the number of decimals."""

WHOLE_PERCENT = "#,##0%"
RATIO_DECIMALS = 2
EXACT_DECIMALS = 9
"""Decimals of a double that are not noise: 0.1499999999999 is 0.15."""

_ROUNDING = Context(prec=400, rounding=ROUND_HALF_UP)


def is_known(value: object) -> bool:
    """Return whether there is a value at all: None, NaN and NaT are not known."""
    return value is not None and not bool(pd.isna(value))


def is_true(value: object) -> bool:
    """Return whether a flag is set; a flag that is not known is not."""
    return is_known(value) and bool(value)


def separators(language: Language) -> str:
    """Return the decimal sign and the thousands sign, as Plotly's `layout.separators` wants them."""
    return f"{get_decimal_symbol(language.code)}{get_group_symbol(language.code)}"


def number(value: object, language: Language, decimals: int = 0) -> str:
    """`1234.5` as `1.234,5` or `1,234.5`; halves go away from zero, so that 0,25 reads 0,3."""
    if not is_known(value):
        return MISSING
    rounded = _rounded(value, decimals)
    text = format_decimal(
        abs(rounded), format=PATTERNS[decimals], locale=language.code, decimal_quantization=False
    )
    return f"{MINUS}{text}" if rounded < 0 else text


def measure(value: object, unit: str, is_rate: object, language: Language, with_unit: bool = True) -> str:
    """A measure with its unit: a rate as `84,6%`, a count as `1.234 vụ`, a score as `5,32 điểm`."""
    if not is_known(value):
        return MISSING
    if is_true(is_rate) or unit == PERCENT_UNIT:
        return f"{number(value, language, RATE_DECIMALS)}%"
    decimals = 0 if float(value).is_integer() else SCORE_DECIMALS  # type: ignore[arg-type]
    text = number(value, language, decimals)
    return f"{text}{NO_BREAK}{unit}" if with_unit and unit else text


def signed(value: object, unit: str, is_rate: object, language: Language) -> str:
    """A change with its sign; percentages change by percentage points."""
    if not is_known(value):
        return MISSING
    amount = float(value)  # type: ignore[arg-type]
    is_percent = is_true(is_rate) or unit == PERCENT_UNIT
    decimals = RATE_DECIMALS if is_percent else (0 if amount.is_integer() else SCORE_DECIMALS)
    points = language("format.points") if is_percent else ""
    text = f"{number(abs(amount), language, decimals)}{points}"
    if _rounded(amount, decimals) == 0:
        return text
    return f"{'+' if amount > 0 else MINUS}{text}"


def ratio(value: object, language: Language) -> str:
    """A 0–1 ratio as a whole percentage."""
    if not is_known(value):
        return MISSING
    return format_percent(_rounded(value, RATIO_DECIMALS), format=WHOLE_PERCENT, locale=language.code)


def coverage(reporting: object, expected: object, language: Language) -> str:
    """`60/65`: how many of the units that owe the report are in the figure."""
    if not is_known(reporting) or not is_known(expected):
        return MISSING
    return f"{number(reporting, language)}/{number(expected, language)}"


def _rounded(value: object, decimals: int) -> Decimal:
    exact = Decimal(repr(round(float(value), EXACT_DECIMALS)))  # type: ignore[arg-type]
    return exact.quantize(Decimal(1).scaleb(-decimals), context=_ROUNDING)
