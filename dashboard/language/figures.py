"""One figure of `rpt_indicator_series` in words: value, parts, interval, target, verdict, change, gap."""

from __future__ import annotations

from typing import Literal

from dashboard.language.names import Row, unit_of_measure
from dashboard.language.numbers import (
    MISSING,
    NO_BREAK,
    RATE_DECIMALS,
    is_known,
    is_true,
    measure,
    number,
    signed,
)
from dashboard.language.texts import Language

OPERATORS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
BETTER_THAN_BEFORE = ">prev"
LOWER_OPERATORS = ("<", "<=")


def value_text(row: Row, language: Language, with_unit: bool = True) -> str:
    """Return the value with its unit; an estimate says so with `≈`."""
    text = measure(row.value, unit_of_measure(row, language), row.is_rate, language, with_unit)
    return f"≈{NO_BREAK}{text}" if is_true(row.is_estimated) and is_known(row.value) else text


def parts_text(row: Row, language: Language) -> str:
    """`379 trên 481`; empty where there is no numerator and denominator."""
    if not is_known(row.numerator) or not is_known(row.denominator):
        return ""
    part, whole = number(row.numerator, language), number(row.denominator, language)
    return language("hover.parts", part=part, whole=whole)


def amount_text(row: Row, amount: float, language: Language) -> str:
    """Return another amount of the row's indicator, with its unit."""
    return measure(amount, unit_of_measure(row, language), row.is_rate, language, with_unit=True)


def coverage_text(row: Row, language: Language) -> str:
    """`33 trên 34 tỉnh, thành phố`: how many of the reports that the figure expects are in it, and whose they are."""
    if not is_known(row.reporting_units) or not is_known(row.expected_units):
        return MISSING
    return language(
        f"coverage.{row.coverage_kind}",
        reporting=number(row.reporting_units, language),
        expected=number(row.expected_units, language),
    )


def counterpart_text(row: Row, language: Language) -> str:
    """Return what was counted beside a reported figure, or reported beside a counted one; empty where nothing is."""
    amount = getattr(row, "counterpart_value", None)
    if amount is None or not is_known(amount):
        return ""
    key = "counterpart.reported" if row.source_kind == "recorded" else "counterpart.recorded"
    return language(key, value=amount_text(row, amount, language))


def contradiction_text(row: Row, language: Language) -> str:
    """Return the sum of the parts where the total is below it; empty where it is not."""
    if not is_true(getattr(row, "is_contradicted", False)):
        return ""
    return language("counterpart.parts", value=amount_text(row, row.parts_value, language))


def interval_text(row: Row, language: Language) -> str:
    """`81,2–88,0%`."""
    if not is_known(row.value_low) or not is_known(row.value_high):
        return MISSING
    low = number(row.value_low, language, RATE_DECIMALS)
    return f"{low}–{number(row.value_high, language, RATE_DECIMALS)}%"


def target_text(row: Row, language: Language) -> str:
    """Return the target with its operator, or the dash where there is none."""
    if not is_known(row.target_operator):
        return MISSING
    if row.target_operator == BETTER_THAN_BEFORE:
        return language("target.better_than_before")
    if not is_known(row.target_value):
        return MISSING
    amount = measure(row.target_value, unit_of_measure(row, language), row.is_rate, language, with_unit=False)
    return f"{OPERATORS.get(row.target_operator, row.target_operator)}{NO_BREAK}{amount}"


def verdict_code(row: Row) -> str:
    """Return the verdict; `unknown` where there is a target and nothing to judge by, such as no period before."""
    if is_known(row.verdict):
        return str(row.verdict)
    return "unknown" if is_known(row.target_operator) else "no_target"


def verdict_doubts(row: Row, language: Language) -> str:
    """`too few cases to tell · so far`: why a verdict is not the last word; empty where it is.

    A figure that is surely missed is missed however few its cases, so that nothing is said of them.
    """
    if verdict_code(row) in ("no_target", "unknown"):
        return ""
    is_small = is_true(row.is_small) and row.verdict != "missed"
    said = [
        language("verdict_doubt.small") if is_small else "",
        language("verdict_doubt.so_far") if is_true(row.is_provisional) else "",
    ]
    return ", ".join(text for text in said if text)


def verdict_text(row: Row, language: Language) -> str:
    """Return the verdict in words, with the doubts about it."""
    doubts = verdict_doubts(row, language)
    word = language.name("verdict", verdict_code(row))
    return f"{word}, {doubts}" if doubts else word


_TONES: dict[str, Literal["good", "bad", "quiet"]] = {"better": "good", "worse": "bad"}


def change_tone(row: Row) -> Literal["good", "bad", "quiet"]:
    """Return the tone of a change: coloured only where the series moved beyond chance, whatever the sign of the difference."""
    return _TONES.get(row.change_class, "quiet")


def change_text(row: Row, language: Language) -> str:
    """Return the change since the period before, with its sign."""
    return signed(row.change, unit_of_measure(row, language), row.is_rate, language)


def gap_text(row: Row, language: Language) -> str:
    """Return the cases that are lacking to the target; the dash when none are, or nothing is known."""
    if not is_known(row.gap_cases) or row.gap_cases == 0:
        return MISSING
    is_lower = row.target_operator in LOWER_OPERATORS or row.direction == "lower"
    unit = language("gap.cases") if is_true(row.is_rate) else unit_of_measure(row, language)
    key = "gap.fewer" if is_lower else "gap.more"
    return language(key, n=number(row.gap_cases, language), unit=unit).strip()


def hover_text(name: str, row: Row, language: Language) -> str:
    """Return the text of the box beside a dot of a chart."""
    lines = [f"<b>{name}</b>", value_text(row, language)]
    interval = interval_text(row, language)
    if interval != MISSING:
        lines.append(language("hover.interval", text=interval))
    target = target_text(row, language)
    if target != MISSING:
        lines.append(f"{language('column.target')}: {target} – {verdict_text(row, language)}")
    parts = parts_text(row, language)
    return "<br>".join([*lines, parts] if parts else lines)
