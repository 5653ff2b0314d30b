"""XmR limits and signals against a plain walk over each series, and a worked example."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from tests.marts.conftest import World
from tests.marts.dbt_kit import SmallBuild, small_build

MERGED = "08@2025-07-01"
RATES = {"TTHC_DUNGHAN", "NTT_XL"}


def beyond(value: float, line: float, side: int) -> bool:
    """Tell whether a value lies above (side 1) or below (side -1) a line by more than rounding."""
    return side * (value - line) > 1e-9


def is_too_rare(denominator: float | None, centre: float) -> bool:
    return denominator is not None and denominator * min(centre, 100 - centre) / 100 < 3 - 1e-9


def expected_points(values: list[float], denominators: list[float | None], is_rate: bool) -> list[tuple]:
    """Return centre, limits, signal and the way in which it points, for each point of one segment."""
    centre = sum(values) / len(values)
    ranges = [abs(b - a) for a, b in pairwise(values)]
    if not ranges:
        return [(centre, None, None, None, None)]
    width = 2.66 * sum(ranges) / len(ranges)
    low, high = centre - width, centre + width
    if is_rate:
        low, high = max(0.0, low), min(100.0, high)
    return [
        (centre, low, high, *expected_signal(values[: i + 1], centre, width))
        if not (is_rate and is_too_rare(denominators[i], centre))
        else (centre, low, high, None, None)
        for i in range(len(values))
    ]


def expected_signal(values: list[float], centre: float, width: float) -> tuple[str | None, int | None]:
    """Return the signal of the last of some values in succession, and the way in which it points."""
    *_, newest = values
    side = 1 if newest > centre else -1
    if beyond(newest, centre + side * width, side):
        return "outside_limits", side
    far = [beyond(value, centre + side * 2 / 3 * width, side) for value in values[-3:]]
    if far[-1] and sum(far) >= 2:
        return "two_of_three", side
    seven = values[-7:]
    if len(seven) == 7 and all(beyond(value, centre, side) for value in seven):
        return "shift", side
    for slope in (1, -1):
        if len(seven) == 7 and all(beyond(later, earlier, slope) for earlier, later in pairwise(seven)):
            return "run", slope
    return None, None


def test_limits_and_signals_are_those_of_a_walk_over_each_series(world: World) -> None:
    rows = world.rows(
        "select lens, unit_key, indicator_code, segment, value, denominator, centre, lower_limit, upper_limit, signal, is_trial,"
        " direction, trend, change_class, limits.is_estimated = series.is_estimated from marts.rpt_indicator_limits as limits"
        " join marts.rpt_indicator_series as series using (lens, unit_key, indicator_code, period_code, value)"
        " where source_kind <> 'recorded' order by limits.period_end_date"
    )
    segments = defaultdict(list)
    for lens, unit, indicator, segment, *point in rows:
        segments[lens, unit, indicator, segment].append(point)
    seen: Counter = Counter()
    for (_, _, indicator, _), points in segments.items():
        expected = expected_points(
            [point[0] for point in points], [point[1] for point in points], indicator in RATES
        )
        for point, wanted in zip(points, expected, strict=True):
            _, _, centre, low, high, signal, is_trial, direction, trend, change_class, marks_agree = point
            assert (centre, low, high) == pytest.approx(wanted[:3])
            assert signal == wanted[3]
            assert is_trial == (len(points) < 12)
            assert marks_agree
            assert change_class == expected_class(wanted[4], direction, trend)
            seen[signal] += 1
            seen[change_class] += 1
    assert {"outside_limits", "two_of_three", "shift", "run"} <= set(seen), seen
    assert {"better", "worse", "no_real_change", "too_few"} <= set(seen), seen


def expected_class(way: int | None, direction: str, trend: str) -> str:
    """Return the class of a change: a signal that points one way comes before the trend."""
    if way is None:
        of_trend = {"improving": "better", "worsening": "worse", "steady": "no_real_change"}
        return of_trend.get(trend, trend)
    return "better" if (way == 1) == (direction == "higher") else "worse"


def test_a_unit_that_reports_the_same_fraction_every_month_has_no_signal() -> None:
    """Two thirds as a percentage has no end in binary: mean and limits differ from the points in the last digit."""
    with small_build() as connection:
        one_line(connection, [(200, 300)] * 16)
        found = connection.execute("select distinct signal from int_series_signals").fetchall()
    assert found == [(None,)]


def test_limits_are_cut_only_after_two_thirds_of_the_way_were_taken() -> None:
    """Around 90 % with limits beyond 100, two months of 100 % are no signal, and two months far below are one."""
    ordinary = [(90, 100), (100, 100), (80, 100), (90, 100), (100, 100), (80, 100), (90, 100)]
    with small_build() as connection:
        one_line(connection, [*ordinary, (100, 100), (100, 100)])
        assert {signal for _, signal in signals(connection)} == {None}
        calm = [(90, 100), (92, 100), (88, 100), (90, 100), (92, 100), (88, 100), (90, 100)]
        one_line(connection, [*calm * 2, (83, 100), (83, 100), (90, 100)])
        assert [signal for _, signal in signals(connection)][-3:] == [None, "two_of_three", None]


def one_line(connection: SmallBuild, rates: list[tuple[int, int]]) -> None:
    """Build the signals of one rate from its numerators and denominators, month by month."""
    connection.execute("drop table if exists int_series_lines")
    connection.execute(
        "create table int_series_lines as select 1 as lens_number, 1 as unit_number, 1 as indicator_number,"
        " 1 as period_type_number, i as period_number, 1 as line_number, 1 as siblings_number, 1 as segment,"
        " false as is_phase, true as is_rate, 'higher' as direction, x::double as numerator, n::double as denominator,"
        " 100.0 * x::double / n as value, null::double as value_low, null::double as value_high,"
        " 1 as reporting_units, 1 as expected_units, 1 as report_kinds,"
        " null::double as silent_denominator, false as is_simulated, false as is_estimated"
        " from (select unnest(?) as x, unnest(?) as n, generate_subscripts(?, 1) as i)",
        [[x for x, _ in rates], [n for _, n in rates], [n for _, n in rates]],
    )
    connection.run("int_series_neighbours", "int_series_segments", "int_series_signals")


def signals(connection: SmallBuild) -> list[tuple]:
    return connection.execute(
        "select period_number, signal from int_series_signals order by period_number"
    ).fetchall()


def test_every_known_value_is_a_point(world: World) -> None:
    counts = world.rows(
        "select (select count(*) from marts.rpt_indicator_series where value is not null and period_type <> 'phase'),"
        " (select count(*) from marts.rpt_indicator_limits)"
    )
    assert counts[0][0] == counts[0][1]


def test_a_merger_starts_a_segment_and_going_on_alone_does_not(world: World) -> None:
    rows = world.rows(
        "select unit_key, period_code < '2025-07', count(distinct segment), min(segment) from marts.rpt_indicator_limits"
        " where lens = 'current_boundaries' and unit_key in (?, '20@2025-07-01', 'VN@0') and indicator_code = 'TTHC_DUNGHAN'"
        " group by all",
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
