"""Checks between the figures of one row. Below each check is its mask, which judges whole columns by the same rule.

A mask marks the rows of which the check certainly has nothing to say. It may leave such a row unmarked, since an
unmarked row is checked by itself; a row that it marks wrongly would pass unchecked. A test compares both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from warehouse.intake.cells.numbers import is_percent
from warehouse.intake.cells.row import Row
from warehouse.intake.messages.findings import Issue, as_text, severity_of
from warehouse.reference import periods
from warehouse.reference.context import Context

Numbers = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
_PARTS = (("numerator", "tử số", "the numerator"), ("denominator", "mẫu số", "the denominator"))
# The rounding that `value_agrees_with_parts` allows a value with two decimals, and any value.
_TWO_DECIMALS, _ROUNDING_OF_TWO, _ROUNDING_OF_ANY = 2, 0.005, 1e-9

_DAYS_OF_SHORTEST_MONTH = 28


@dataclass(frozen=True)
class Figures:
    """The numbers of whole columns (NaN where a cell is blank), and for each row the kind of its indicator."""

    numbers: Mapping[str, Numbers]
    is_rate: Mask
    is_whole: Mask
    is_day_count: Mask

    def parts(self) -> tuple[Numbers, Numbers, Numbers]:
        """Return numerators, denominators and values."""
        return self.numbers["numerator"], self.numbers["denominator"], self.numbers["value"]


def rate_has_parts(rows: Sequence[Row], context: Context) -> None:
    """A rate has numerator and denominator; by its value alone it could not be added up."""
    for row in rows:
        indicator = row.indicator
        if not indicator or not indicator.is_rate or row.is_not_applicable or row.says_nothing:
            continue
        missing = [
            part for part in _PARTS if row.values.get(part[0]) is None and not _is_asked_back(row, part[0])
        ]
        if missing:
            names, vi, en = zip(*missing, strict=True)
            params = {
                "indicator": indicator.code,
                "missing_vi": " và ".join(vi),
                "missing_en": " and ".join(en),
            }
            row.issues.append(Issue("rate_needs_parts", names[0], params=params))


def mask_rate_has_parts(figures: Figures) -> Mask:
    """`rate_has_parts` for whole columns."""
    numerator, denominator, _ = figures.parts()
    return ~figures.is_rate | ~(np.isnan(numerator) | np.isnan(denominator))


def count_has_value_alone(rows: Sequence[Row], context: Context) -> None:
    """A count has a value alone; under numerator or denominator its meaning is not clear."""
    for row in rows:
        indicator = row.indicator
        if not indicator or indicator.is_rate or row.is_not_applicable:
            continue
        given = [name for name, _, _ in _PARTS if row.values.get(name) is not None]
        for name in given:
            is_certain = name == "numerator" and len(given) == 1 and row.values.get("value") is None
            number = row.values[name]
            row.issues.append(
                Issue(
                    "count_has_parts",
                    name,
                    number,
                    number if is_certain else None,
                    {"indicator": indicator.code},
                )
            )


def mask_count_has_value_alone(figures: Figures) -> Mask:
    """`count_has_value_alone` for whole columns."""
    numerator, denominator, _ = figures.parts()
    return figures.is_rate | (np.isnan(numerator) & np.isnan(denominator))


def whole_counts(rows: Sequence[Row], context: Context) -> None:
    """Parts of rates, and counts of things, are whole and are not percentages."""
    for row in rows:
        indicator = row.indicator
        if not indicator:
            continue
        for name in indicator.figures:
            number = row.values.get(name)
            if _is_percent(row, name):
                row.issues.append(Issue("percent_in_count", name, row.raw(name)))
            elif number is not None and indicator.counts_whole_things and not number.is_integer():
                row.issues.append(Issue("not_whole", name, number))


def mask_whole_counts(figures: Figures) -> Mask:
    """`whole_counts` for whole columns; a percentage is never read from a column alone."""
    numerator, denominator, value = figures.parts()
    of_rate = _is_whole_or_none(numerator) & _is_whole_or_none(denominator)
    return np.where(figures.is_rate, of_rate, ~figures.is_whole | _is_whole_or_none(value))


def numerator_le_denominator(rows: Sequence[Row], context: Context) -> None:
    """The numerator is not above the denominator."""
    for row in rows:
        numerator, denominator = row.values.get("numerator"), row.values.get("denominator")
        if numerator is None or denominator is None or numerator <= denominator:
            continue
        if _is_percent(row, "numerator") or _is_percent(row, "denominator"):
            continue
        if row.indicator is None or row.indicator.is_rate:
            params = {"denominator": as_text(denominator)}
            row.issues.append(Issue("numerator_above_denominator", "numerator", numerator, params=params))


def mask_numerator_le_denominator(figures: Figures) -> Mask:
    """`numerator_le_denominator` for whole columns."""
    numerator, denominator, _ = figures.parts()
    return ~(numerator > denominator)


def days_within_period(rows: Sequence[Row], context: Context) -> None:
    """A count of days is not above the days that its period has."""
    for row in rows:
        value = row.values.get("value")
        if value is None or row.period is None or row.indicator is None or not row.indicator.counts_days:
            continue
        days = (row.period.end_date - row.period.start_date).days + 1
        if value > days:
            params = {
                "indicator": row.indicator.code,
                "days": days,
                "period_vi": periods.label_vi(row.period.code),
                "period_en": periods.label_en(row.period.code),
            }
            row.issues.append(Issue("days_above_period", "value", value, params=params))


def mask_days_within_period(figures: Figures) -> Mask:
    """`days_within_period` for whole columns, as if every period were the shortest month."""
    _, _, value = figures.parts()
    return ~figures.is_day_count | ~(value > _DAYS_OF_SHORTEST_MONTH)


def value_agrees_with_parts(rows: Sequence[Row], context: Context) -> None:
    """A rate's value, where given, is numerator / denominator × 100 up to the rounding that it shows."""
    for row in rows:
        value = row.values.get("value")
        if value is None or not row.indicator or not row.indicator.is_rate:
            continue
        numerator, denominator = row.values.get("numerator"), row.values.get("denominator")
        if numerator is None or denominator is None:
            continue
        if denominator == 0:
            if numerator == 0 and value != 0:
                row.issues.append(
                    Issue("value_disagrees_with_parts", "value", value, params={"suggested": "0/0"})
                )
            continue
        if numerator <= denominator and not _agrees(value, numerator / denominator):
            row.issues.append(
                Issue("value_disagrees_with_parts", "value", value, round(100 * numerator / denominator, 2))
            )


def mask_value_agrees_with_parts(figures: Figures) -> Mask:
    """`value_agrees_with_parts` for whole columns; a value with other than two decimals has to agree to the last digit."""
    numerator, denominator, value = figures.parts()
    is_incomplete = np.isnan(numerator) | np.isnan(denominator) | np.isnan(value)
    difference = np.abs(value - 100 * (numerator / np.where(denominator == 0, np.nan, denominator)))
    is_near = (difference <= _ROUNDING_OF_TWO) & (np.round(value, _TWO_DECIMALS) == value)
    return ~figures.is_rate | is_incomplete | is_near | (difference <= _ROUNDING_OF_ANY)


def not_applicable_alone(rows: Sequence[Row], context: Context) -> None:
    """A row that says "not applicable" has no figures."""
    for row in rows:
        if not row.is_not_applicable:
            continue
        given = [name for name in ("numerator", "denominator", "value") if row.values.get(name) is not None]
        if given:
            row.issues.append(Issue("not_applicable_with_figures", given[0], row.values[given[0]]))


def mask_not_applicable_alone(figures: Figures) -> Mask:
    """`not_applicable_alone` for whole columns: a row that says "not applicable" is never read by column."""
    return np.ones(len(figures.is_rate), np.bool_)


def _is_whole_or_none(numbers: Numbers) -> Mask:
    return np.isnan(numbers) | (np.floor(numbers) == numbers)


def _is_percent(row: Row, column: str) -> bool:
    return is_percent(row.raw(column))


def _is_asked_back(row: Row, column: str) -> bool:
    """Whether the column has an error already. A dash only has a warning: it says that the figure is not known."""
    return any(issue.column == column and severity_of(issue) == "error" for issue in row.issues)


def _agrees(value: float, ratio: float) -> bool:
    text = repr(value)
    decimals = 0 if value.is_integer() or "e" in text else len(text.partition(".")[2])
    rounding = 0.5 * 10**-decimals + 1e-9
    if abs(value - 100 * ratio) <= rounding:
        return True
    # A cell formatted as a percentage holds 0,85 where it shows 85 %.
    return abs(value - ratio) <= (rounding if decimals else 1e-9)
