"""The checks of `checks` and `column_checks` between cells, for many rows at once.

Each says of which rows it is certain that the check has nothing to tell. It may leave out such a row, which is then
looked at by itself, and must never name another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from warehouse.forms.contract import Form
from warehouse.intake.bulk.coded import Mask
from warehouse.intake.checks.rows import indicator_is_owed, not_applicable_alone, period_accepted

Numbers = npt.NDArray[np.float64]
# What `value_agrees_with_parts` allows a value with two decimals, and any value.
_TWO_DECIMALS, _ROUNDING_OF_TWO, _ROUNDING_OF_ANY = 2, 0.005, 1e-9
# These depend on the row's indicator, level of unit and period alone, and are asked once for each combination.
ABOUT_PLACE = (period_accepted.__name__, indicator_is_owed.__name__)


@dataclass(frozen=True)
class Figures:
    """The numbers of all rows by column (NaN where there is none), and what their indicators are."""

    numbers: Mapping[str, Numbers]
    is_rate: Mask
    is_whole: Mask

    def parts(self) -> tuple[Numbers, Numbers, Numbers]:
        """Numerator, denominator and value."""
        return self.numbers["numerator"], self.numbers["denominator"], self.numbers["value"]


def _rate_has_parts(figures: Figures) -> Mask:
    numerator, denominator, _ = figures.parts()
    return ~figures.is_rate | ~(np.isnan(numerator) | np.isnan(denominator))


def _count_has_value_alone(figures: Figures) -> Mask:
    numerator, denominator, _ = figures.parts()
    return figures.is_rate | (np.isnan(numerator) & np.isnan(denominator))


def _whole_counts(figures: Figures) -> Mask:
    numerator, denominator, value = figures.parts()
    of_rate = _is_whole_or_none(numerator) & _is_whole_or_none(denominator)
    return np.where(figures.is_rate, of_rate, ~figures.is_whole | _is_whole_or_none(value))


def _numerator_le_denominator(figures: Figures) -> Mask:
    numerator, denominator, _ = figures.parts()
    return ~(numerator > denominator)


def _value_agrees_with_parts(figures: Figures) -> Mask:
    numerator, denominator, value = figures.parts()
    is_incomplete = np.isnan(numerator) | np.isnan(denominator) | np.isnan(value)
    difference = np.abs(value - 100 * (numerator / np.where(denominator == 0, np.nan, denominator)))
    is_near = (difference <= _ROUNDING_OF_TWO) & (np.round(value, _TWO_DECIMALS) == value)
    return ~figures.is_rate | is_incomplete | is_near | (difference <= _ROUNDING_OF_ANY)


def _always(figures: Figures) -> Mask:
    return np.ones(len(figures.is_rate), np.bool_)


IN_FIGURES: Mapping[str, Callable[[Figures], Mask]] = {
    "rate_has_parts": _rate_has_parts,
    "count_has_value_alone": _count_has_value_alone,
    "whole_counts": _whole_counts,
    "numerator_le_denominator": _numerator_le_denominator,
    "value_agrees_with_parts": _value_agrees_with_parts,
    # A row that says "not applicable" is never among those that are taken at once.
    not_applicable_alone.__name__: _always,
}


def nothing_to_tell(form: Form, figures: Figures) -> Mask:
    """Rows of which the checks of the form, and those of its columns against each other, have nothing to tell."""
    masks = [IN_FIGURES[name](figures) for name in form.checks if name in IN_FIGURES]
    for column in form.columns:
        number = figures.numbers.get(column.name)
        if number is not None and column.not_above:
            masks.append(~(number > figures.numbers[column.not_above]))
        if number is not None and column.sum_of:
            total = _sum([figures.numbers[name] for name in column.sum_of])
            masks.append(np.isnan(total) | np.isnan(number) | (total == number))
    return np.logical_and.reduce(masks) if masks else _always(figures)


def _is_whole_or_none(numbers: Numbers) -> Mask:
    return np.isnan(numbers) | (np.floor(numbers) == numbers)


def _sum(parts: Sequence[Numbers]) -> Numbers:
    total = parts[0].copy()
    for part in parts[1:]:
        total += part
    return total
