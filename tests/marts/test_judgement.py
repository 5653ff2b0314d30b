"""Intervals, verdicts, gaps and ranks against statsmodels and against counting by hand, on every published row."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import count

import pytest
from statsmodels.stats.proportion import proportion_confint

from tests.marts.conftest import World

Z_95 = 0.05


def test_intervals_are_wilson_intervals(world: World) -> None:
    rows = world.rows(
        "select numerator, denominator, value_low, value_high from marts.rpt_indicator_series where denominator > 0"
    )
    assert len(rows) > 2000
    for numerator, denominator, low, high in rows:
        expected = proportion_confint(numerator, denominator, alpha=Z_95, method="wilson")
        assert (low, high) == pytest.approx((100 * max(0, expected[0]), 100 * min(1, expected[1])), abs=1e-9)


def test_an_interval_is_unknown_where_nothing_was_counted(world: World) -> None:
    assert world.rows("select count(*) > 0 from marts.rpt_indicator_series where denominator = 0") == [
        (True,)
    ]
    assert not world.rows(
        "select 1 from marts.rpt_indicator_series where (denominator = 0 or denominator is null)"
        " and (value_low is not null or value_high is not null)"
    )


def good(figure: float, operator: str, target: float) -> bool:
    return {">=": figure >= target, ">": figure > target, "<=": figure <= target, "<": figure < target}[
        operator
    ]


def expected_verdict(
    value: float, low: float | None, high: float | None, operator: str, target: float
) -> str:
    is_good = good(value, operator, target)
    if low is None or high is None or target in (0, 100):
        return "met" if is_good else "missed"
    sides = {good(low, operator, target), good(high, operator, target)}
    if len(sides) == 2:
        return "narrowly_met" if is_good else "narrowly_missed"
    return "met" if is_good else "missed"


def test_each_verdict_follows_from_value_interval_and_target(world: World) -> None:
    rows = world.rows(
        "select value, value_low, value_high, target_operator, target_value, verdict from marts.rpt_indicator_series"
    )
    seen = defaultdict(int)
    for value, low, high, operator, target, verdict in rows:
        seen[verdict] += 1
        if operator is None:
            assert verdict == "no_target"
        elif value is None:
            assert verdict is None
        else:
            assert verdict == expected_verdict(value, low, high, operator, target), (
                value,
                low,
                high,
                operator,
                target,
            )
    assert {"met", "narrowly_met", "narrowly_missed", "missed", "no_target"} <= set(seen)


def test_gaps_are_the_fewest_cases_that_reach_the_target(world: World) -> None:
    rows = world.rows(
        "select numerator, denominator, value, target_operator, target_value, gap_cases, verdict"
        " from marts.rpt_indicator_series where lens = 'as_reported' and value is not null and target_operator is not null"
    )
    assert len(rows) > 500
    for numerator, denominator, value, operator, target, gap, verdict in rows:
        sign = 1 if operator in (">", ">=") else -1
        for cases in count():
            figure = 100 * (numerator + sign * cases) / denominator if denominator else value + sign * cases
            if good(figure, operator, target) or (
                math.isclose(figure, target, abs_tol=1e-9) and "=" in operator
            ):
                break
        assert gap == cases
        assert (gap == 0) == (verdict in ("met", "narrowly_met"))


def test_rank_ranges_count_intervals_wholly_above_and_below(world: World) -> None:
    rows = world.rows(
        "select lens, level, split_part(parent_unit_key, '@', 1), indicator_code, period_code, value_low, value_high,"
        " rank_low, rank_high, ranked_units from marts.rpt_indicator_series where value_low is not null"
    )
    siblings = defaultdict(list)
    for *group, low, high, rank_low, rank_high, ranked in rows:
        siblings[tuple(group)].append((low, high, rank_low, rank_high, ranked))
    assert max(len(s) for s in siblings.values()) > 50
    for group in siblings.values():
        for low, high, rank_low, rank_high, ranked in group:
            better = sum(other[0] > high for other in group)
            worse = sum(other[1] < low for other in group)
            assert (rank_low, rank_high, ranked) == (1 + better, len(group) - worse, len(group))


def test_change_is_against_the_period_before(world: World) -> None:
    rows = world.rows(
        "select now.value, before.value, now.previous_value, now.change from marts.rpt_indicator_series now"
        " join marts.rpt_indicator_series before on before.lens = now.lens and before.unit_key = now.unit_key"
        " and before.indicator_code = now.indicator_code and before.period_code = '2026-09'"
        " where now.period_code = '2026-10' and now.value is not null and before.value is not null"
    )
    assert len(rows) > 500
    for value, previous, found_previous, change in rows:
        assert found_previous == previous
        assert change == pytest.approx(value - previous)
