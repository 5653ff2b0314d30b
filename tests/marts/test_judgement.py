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
    perfect = 0 if operator in ("<=", "<") else 100
    if low is None or high is None or target in (0, 100) or value == perfect:
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


def test_small_figures_are_those_whose_perfect_result_would_not_prove_the_target(world: World) -> None:
    rows = world.rows(
        "select is_rate, denominator, value_low, target_operator, target_value, value, is_small, verdict"
        " from marts.rpt_indicator_series where target_operator is not null"
    )
    seen = defaultdict(int)
    for is_rate, denominator, low, operator, target, value, is_small, verdict in rows:
        expected = False
        if is_rate and low is not None and operator not in ("=", ">prev") and 0 < target < 100:
            perfect = 0 if operator in ("<=", "<") else denominator
            ends = proportion_confint(perfect, denominator, alpha=Z_95, method="wilson")
            expected = not all(good(100 * min(1, max(0, end)), operator, target) for end in ends)
        assert is_small == expected, (denominator, operator, target)
        seen[is_small, verdict, value == 100] += 1
    assert seen[True, "met", True] > 10, "a perfect rate of few cases is met"
    assert seen[False, "met", False] > 10


def test_a_verdict_is_provisional_while_silent_units_could_turn_it(world: World) -> None:
    rows = world.rows(
        "select value, bound_low, bound_high, reporting_units, expected_units, target_operator, target_value, is_provisional"
        " from marts.rpt_indicator_series where target_operator <> '>prev' and value is not null"
    )
    seen = defaultdict(int)
    for value, low, high, reporting, expected, operator, target, is_provisional in rows:
        if low is None:
            assert is_provisional == (reporting < expected)
            seen["unbounded", is_provisional] += 1
        else:
            worse, better = (low, high) if operator in (">", ">=") else (high, low)
            end = worse if good(value, operator, target) else better
            assert is_provisional == (good(end, operator, target) != good(value, operator, target))
            seen["bounded", is_provisional] += 1
    assert min(seen[kind] for kind in seen) > 0 and len(seen) == 4, seen
    assert not world.rows(
        "select 1 from marts.rpt_indicator_series where target_operator is null and (is_small or is_provisional)"
    )


def test_a_range_of_ranks_over_most_places_is_no_rank(world: World) -> None:
    rows = world.rows(
        "select rank_low, rank_high, ranked_units, is_rankable from marts.rpt_indicator_series where rank_low is not null"
    )
    assert {bool(row[3]) for row in rows} == {True, False}
    for rank_low, rank_high, ranked, is_rankable in rows:
        assert is_rankable == (10 * (rank_high - rank_low) < 8 * (ranked - 1))


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
