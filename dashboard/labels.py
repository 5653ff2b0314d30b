"""Names of things in a row, in the reader's language: indicators, units, targets, changes, gaps."""

from __future__ import annotations

from typing import Any, Literal

from dashboard import formats
from dashboard.language import Language

Row = Any
"""A row of a frame as `itertuples` gives it: the columns of the query as attributes."""

OPERATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
BETTER_THAN_BEFORE = ">prev"
LOWER_OPERATORS = ("<", "<=")
TYPE_WORDS = ("Thành phố ", "Tỉnh ", "Thủ đô ")


def indicator_name(row: Row, language: Language) -> str:
    """The indicator's name."""
    english = row.indicator_name_en if language.code == "en" else None
    return str(english if formats.is_known(english) and english else row.indicator_name_vi)


def unit_of_measure(row: Row, language: Language) -> str:
    """The unit in which the indicator is measured; empty when there is none."""
    chosen = row.unit_en if language.code == "en" and formats.is_known(row.unit_en) else row.unit
    return str(chosen) if formats.is_known(chosen) else ""


def value_text(row: Row, language: Language, with_unit: bool = True) -> str:
    """The value with its unit; an estimate says so with `≈`."""
    text = formats.measure(row.value, unit_of_measure(row, language), row.is_rate, language, with_unit)
    return f"≈{formats.NO_BREAK}{text}" if is_true(row.is_estimated) and formats.is_known(row.value) else text


def parts_text(row: Row, language: Language) -> str:
    """`379 trên 481`; empty where there is no numerator and denominator."""
    if not formats.is_known(row.numerator) or not formats.is_known(row.denominator):
        return ""
    part, whole = (formats.number(amount, language) for amount in (row.numerator, row.denominator))
    return language("hover.parts", part=part, whole=whole)


def target_text(row: Row, language: Language) -> str:
    """The target with its operator, or the dash of what is not there."""
    if not formats.is_known(row.target_operator):
        return formats.MISSING
    if row.target_operator == BETTER_THAN_BEFORE:
        return language("target.better_than_before")
    if not formats.is_known(row.target_value):
        return formats.MISSING
    amount = formats.measure(
        row.target_value, unit_of_measure(row, language), row.is_rate, language, with_unit=False
    )
    return f"{OPERATORS.get(row.target_operator, row.target_operator)}{formats.NO_BREAK}{amount}"


def verdict_code(row: Row) -> str:
    """The verdict; `unknown` where there is a target and yet nothing to judge by, such as no period before."""
    if formats.is_known(row.verdict):
        return str(row.verdict)
    return "unknown" if formats.is_known(row.target_operator) else "no_target"


def change_tone(row: Row) -> Literal["plain", "good", "bad"]:
    """Whether the change since the period before is for the better; plain where neither way is."""
    if not formats.is_known(row.change) or row.change == 0 or row.direction not in ("higher", "lower"):
        return "plain"
    return "good" if (row.change > 0) == (row.direction == "higher") else "bad"


def change_text(row: Row, language: Language) -> str:
    """The change since the period before, with its sign."""
    return formats.signed(row.change, unit_of_measure(row, language), row.is_rate, language)


def gap_text(row: Row, language: Language) -> str:
    """What is lacking to the target, in cases; the dash when nothing is, or nothing is known."""
    if not formats.is_known(row.gap_cases) or row.gap_cases == 0:
        return formats.MISSING
    is_lower = row.target_operator in LOWER_OPERATORS or row.direction == "lower"
    unit = language("gap.cases") if is_true(row.is_rate) else unit_of_measure(row, language)
    key = "gap.fewer" if is_lower else "gap.more"
    return language(key, n=formats.number(row.gap_cases, language), unit=unit).strip()


def short_name(name: str) -> str:
    """A province's name without the word for its type: `Tỉnh Lạng Sơn` as `Lạng Sơn`."""
    for word in TYPE_WORDS:
        if name.startswith(word):
            return name[len(word) :]
    return name


def unit_label(row: Row, language: Language) -> str:
    """A unit version in a list: today's by name, a former one with the unit above it and its last day."""
    if is_true(row.is_current):
        return str(row.unit_name)
    until = language("unit.until", date=formats.day(row.valid_to, language))
    above = (
        row.parent_name
        if formats.is_known(row.parent_name) and row.level in ("commune", "district")
        else None
    )
    return f"{row.unit_name} ({above}, {until})" if above else f"{row.unit_name} ({until})"


def is_true(value: object) -> bool:
    """Whether a flag is set; a flag that is not known is not."""
    return formats.is_known(value) and bool(value)
