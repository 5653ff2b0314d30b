"""Measures of the plain walk over figures: thresholds of the seed, neighbours in time, digits of surprise, and runs."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache

from tests.marts.plausibility_country import Figure, previous_code, seed

Line = list[Figure]
KINDS = {
    row["indicator_code"]: (row["numerator_kind"], row["denominator_kind"])
    for row in seed("indicator_measures")
}
ONCE_A_RUN = ("components_do_not_sum", "total_below_units")
ROLLUPS = {row["indicator_code"]: row["rollup"] for row in seed("indicators")}


@cache
def limit(rule: str, name: str) -> float:
    """Return a threshold of the seed."""
    return next(
        float(row["threshold_value"])
        for row in seed("plausibility_thresholds")
        if (row["rule_code"], row["threshold_name"]) == (rule, name)
    )


@cache
def before(period: str) -> str | None:
    return previous_code(period)


@cache
def after(period: str) -> tuple[str, ...]:
    return tuple(row["period_code"] for row in seed("periods") if row["previous_period_code"] == period)


def digits(figure: float) -> float:
    """Return the digits of the improbability that two Poisson counts of this mean are equal."""
    return math.log10(2 * math.sqrt(math.pi * figure)) if figure >= 1 else 0.0


def surprise(figure: Figure) -> float:
    numerator_kind, denominator_kind = KINDS[figure.indicator]
    if figure.denominator is None or figure.numerator is None:
        return digits(figure.value or 0) if numerator_kind in ("flow", "fresh") else 0.0
    total = digits(figure.denominator) if denominator_kind in ("flow", "carried") else 0.0
    if numerator_kind in ("flow", "fresh"):
        total += digits(min(figure.numerator, figure.denominator - figure.numerator))
    return total


def same(one: Figure, other: Figure) -> bool:
    return (one.numerator, one.denominator, one.value) == (other.numerator, other.denominator, other.value)


def runs(truth: Sequence[bool]) -> Iterator[list[int]]:
    """Return the longest stretches of positions for which the condition holds."""
    stretch: list[int] = []
    for position, holds in enumerate(truth):
        if holds:
            stretch.append(position)
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch
