"""XmR limits and signals against a plain walk over each series, and a worked example."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from tests.marts.conftest import World

MERGED = "08@2025-07-01"
RATES = {"TTHC_DUNGHAN", "NTT_XL"}


def expected_points(values: list[float], is_rate: bool) -> list[tuple]:
    """Return centre, limits and signal for each point of one segment."""
    centre = sum(values) / len(values)
    ranges = [abs(b - a) for a, b in pairwise(values)]
    if not ranges:
        return [(centre, None, None, None)]
    width = 2.66 * sum(ranges) / len(ranges)
    low, high = centre - width, centre + width
    if is_rate:
        low, high = max(0.0, low), min(100.0, high)
    points = []
    for i, value in enumerate(values):
        three, seven = values[max(0, i - 2) : i + 1], values[max(0, i - 6) : i + 1]
        upper_third, lower_third = centre + 2 / 3 * (high - centre), centre - 2 / 3 * (centre - low)
        signal = None
        if value > high or value < low:
            signal = "outside_limits"
        elif sum(v > upper_third for v in three) >= 2 or sum(v < lower_third for v in three) >= 2:
            signal = "two_of_three"
        elif len(seven) == 7 and (all(v > centre for v in seven) or all(v < centre for v in seven)):
            signal = "shift"
        elif len(seven) == 7 and (
            all(a < b for a, b in pairwise(seven)) or all(a > b for a, b in pairwise(seven))
        ):
            signal = "run"
        points.append((centre, low, high, signal))
    return points


def test_limits_and_signals_are_those_of_a_walk_over_each_series(world: World) -> None:
    rows = world.rows(
        "select lens, unit_key, indicator_code, segment, value, centre, lower_limit, upper_limit, signal, is_trial"
        " from marts.rpt_indicator_limits order by period_end_date"
    )
    segments = defaultdict(list)
    for lens, unit, indicator, segment, *point in rows:
        segments[lens, unit, indicator, segment].append(point)
    seen: Counter = Counter()
    for (_, _, indicator, _), points in segments.items():
        expected = expected_points([point[0] for point in points], indicator in RATES)
        for (_, centre, low, high, signal, is_trial), wanted in zip(points, expected, strict=True):
            assert (centre, low, high) == pytest.approx(wanted[:3])
            assert signal == wanted[3]
            assert is_trial == (len(points) < 12)
            seen[signal] += 1
    assert {"outside_limits", "two_of_three", "shift", "run"} <= set(seen), seen


def test_every_known_value_is_a_point(world: World) -> None:
    counts = world.rows(
        "select (select count(*) from marts.rpt_indicator_series where value is not null and period_type <> 'phase'),"
        " (select count(*) from marts.rpt_indicator_limits)"
    )
    assert counts[0][0] == counts[0][1]


def test_a_merger_starts_a_segment_and_going_on_alone_does_not(world: World) -> None:
    rows = world.rows(
        "select unit_key, period_code < '2025-07', count(distinct segment), min(segment) from marts.rpt_indicator_limits"
        " where lens = 'current_boundaries' and unit_key in (?, '20@2025-07-01', 'VN@0') group by all",
        MERGED,
    )
    segments = {(unit, is_before): segment for unit, is_before, count, segment in rows if count == 1}
    assert segments[MERGED, True] == 1
    assert segments[MERGED, False] == 2
    assert segments["20@2025-07-01", True] == segments["20@2025-07-01", False] == 1
    assert segments["VN@0", True] == segments["VN@0", False] == 1


def test_assurance_sets_the_limits_against_the_target_of_the_time(world: World) -> None:
    rows = world.rows(
        "select l.lower_limit, l.upper_limit, s.target_operator, s.target_value, l.assurance"
        " from marts.rpt_indicator_limits l join marts.rpt_indicator_series s"
        " using (lens, unit_key, indicator_code, period_code)"
    )
    seen: Counter = Counter()
    for low, high, operator, target, assurance in rows:
        seen[assurance] += 1
        if operator is None or low is None:
            assert assurance is None
            continue
        good = {">=": lambda v, t: v >= t, "<=": lambda v, t: v <= t, ">": lambda v, t: v > t}[operator]
        sides = {good(low, target), good(high, target)}
        assert assurance == (
            "hit_or_miss"
            if len(sides) == 2
            else "consistently_met"
            if True in sides
            else "consistently_missed"
        )
    assert {"consistently_met", "consistently_missed", "hit_or_miss", None} <= set(seen), seen
