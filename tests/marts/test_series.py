"""The two lenses against sums worked out here, step by step, from the seed files and what was sent."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.marts.conftest import DRIFTING_PERIODS, NEW_PERIODS, OLD_PERIODS, Report, World, seed_rows

Key = tuple[str, str, str]
RATES = {"TTHC_DUNGHAN", "NTT_XL"}
OWN_PLUS_CHILDREN = {"TTHC_DUNGHAN"}
PART = "part"
LEVELS = (PART, "body", "commune", "district", "province", "country")


def amounts(report: Report) -> tuple[float, float]:
    """Return numerator and denominator, or the value and 0 for a count."""
    if report.indicator in RATES:
        return float(report.numerator or 0), float(report.denominator or 0)
    return float(report.value or 0), 0.0


def level_of(unit_key: str, world: World) -> str:
    """Return the level at which a unit is added up: a division of a body or a village of a commune comes first of all."""
    unit = world.units[unit_key]
    is_part = unit.parent_key and world.units[unit.parent_key].level in {"body", "commune"}
    return PART if is_part else unit.level


@pytest.fixture(scope="module")
def as_reported(world: World) -> dict[Key, tuple[float, float]]:
    """Return the totals of every unit from the bottom upward: a reported total wins, or is one more part."""
    own = {(r.unit_key, r.indicator, r.period): amounts(r) for r in world.reports}
    totals: dict[Key, tuple[float, float]] = {}
    for level in LEVELS:
        parts: dict[Key, list[tuple[float, float]]] = defaultdict(list)
        for (unit_key, indicator, period), amount in totals.items():
            parent = world.units[unit_key].parent_key
            if parent and level_of(parent, world) == level:
                parts[parent, indicator, period].append(amount)
        for key in {k for k in own if level_of(k[0], world) == level} | set(parts):
            contributions = [own[key]] if key in own else []
            if key not in own or key[1] in OWN_PLUS_CHILDREN:
                contributions += parts.get(key, [])
            totals[key] = (sum(c[0] for c in contributions), sum(c[1] for c in contributions))
    return totals


def published(world: World, lens: str) -> dict[Key, tuple[float, float]]:
    """Return the figures that the release publishes in a lens, what the warehouse counts itself aside."""
    rows = world.rows(
        "select unit_key, indicator_code, period_code, coalesce(numerator, value), coalesce(denominator, 0)"
        " from marts.rpt_indicator_series where lens = ? and source_kind <> 'recorded'",
        lens,
    )
    return {(unit, indicator, period): (n, d) for unit, indicator, period, n, d in rows}


def test_as_reported_equals_sums_from_the_bottom_upward(world: World, as_reported: dict) -> None:
    found = published(world, "as_reported")
    assert len(found) > 3000
    assert found.keys() == as_reported.keys()
    for key, expected in as_reported.items():
        assert found[key] == pytest.approx(expected), key


def test_todays_boundaries_equal_shares_of_what_flowed_in(world: World, as_reported: dict) -> None:
    steps = defaultdict(list)
    for name in ("successions", "body_successions"):
        for step in seed_rows(world.settings, name):
            steps[step["from_unit_key"]].append((step["to_unit_key"], float(step["share"])))

    def destinations(unit_key: str) -> dict[str, float]:
        if not steps[unit_key]:
            return {unit_key: 1.0} if not world.units[unit_key].valid_to else {}
        reached: dict[str, float] = defaultdict(float)
        for successor, share in steps[unit_key]:
            for last, later in destinations(successor).items():
                reached[last] += share * later
        return reached

    expected: dict[Key, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for (unit_key, indicator, period), (numerator, denominator) in as_reported.items():
        for today, share in destinations(unit_key).items():
            expected[today, indicator, period][0] += share * numerator
            expected[today, indicator, period][1] += share * denominator
    found = published(world, "current_boundaries")
    assert found.keys() == expected.keys()
    for key, amount in expected.items():
        assert found[key] == pytest.approx(tuple(amount)), key


def test_a_rate_is_derived_from_its_sums_and_never_averaged(world: World) -> None:
    rows = world.rows(
        "select value, numerator, denominator from marts.rpt_indicator_series where indicator_code = 'TTHC_DUNGHAN'"
    )
    known = [row for row in rows if row[2]]
    assert len(known) > 1_000
    assert [value for value, _, _ in known] == pytest.approx([100 * n / d for _, n, d in known])
    without_cases = [value for value, _, denominator in rows if denominator == 0]
    assert len(without_cases) > 10
    assert set(without_cases) == {None}


def test_the_country_is_the_same_in_all_lenses(world: World) -> None:
    rows = world.rows(
        "select indicator_code, period_code, count(distinct coalesce(numerator, value)), count(*)"
        " from marts.rpt_indicator_series where level = 'country' and source_kind <> 'recorded' group by all"
    )
    assert {(i, p) for i, p, _, _ in rows} == {
        (i, p) for i in ("TTHC_DUNGHAN", "NTT_XL", "KK_DONGNGUOI") for p in OLD_PERIODS + NEW_PERIODS
    } | {(i, p) for i in ("TTHC_DUNGHAN", "KK_DONGNGUOI") for p in DRIFTING_PERIODS}
    assert all(distinct == 1 and lenses == 3 for _, _, distinct, lenses in rows)


def test_shares_mark_an_estimate_and_nothing_else_does(world: World) -> None:
    split = {s["from_unit_key"] for s in seed_rows(world.settings, "successions") if float(s["share"]) < 1}
    fed_by_split = {
        s["to_unit_key"] for s in seed_rows(world.settings, "successions") if s["from_unit_key"] in split
    }
    reporting = {(r.unit_key, r.indicator, r.period) for r in world.reports}
    rows = world.rows(
        "select unit_key, indicator_code, period_code, level from marts.rpt_indicator_series"
        " where is_estimated and lens = 'current_boundaries'"
    )
    assert rows
    assert {level for *_, level in rows} <= {"commune", "body"}
    communes = {unit for unit, *_, level in rows if level == "commune"}
    assert communes <= fed_by_split
    assert any((u, "TTHC_DUNGHAN", "2025-05") in reporting for u in split)
    assert not world.rows(
        "select 1 from marts.rpt_indicator_series where is_estimated and lens = 'as_reported'"
    )


def test_coverage_counts_the_reports_that_would_make_a_total_complete(world: World) -> None:
    """TTHC_DUNGHAN is owed by every commune, district, province and body, and each is one part of the total above it.

    Divisions, villages and most of the party's units do not owe it: one is expected only where it reported all the same.
    """
    levels_owing = {
        duty["level"]
        for duty in seed_rows(world.settings, "reporting_duties")
        if duty["indicator_code"] == "TTHC_DUNGHAN"
    }
    assert len(world.not_applicable) > 50
    for period in ("2025-05", "2025-06", "2026-10"):
        alive = [
            u
            for u in world.units.values()
            if (u.valid_from or "0") <= f"{period}-28" and (u.valid_to or "9") >= f"{period}-28"
        ]
        reported = {r.unit_key for r in world.reports if r.period == period and r.indicator == "TTHC_DUNGHAN"}
        for province in ("20@0", "08@0") if period < "2025-07" else ("20@2025-07-01", "08@2025-07-01"):
            below = [u for u in alive if is_below(u.key, province, world)]
            # A unit to which the indicator does not apply is not expected to report it.
            concerned = [u for u in below if (u.key, "TTHC_DUNGHAN", period) not in world.not_applicable]
            owing = [u for u in concerned if u.reporting_level in levels_owing or u.key in reported]
            expected = (len([u for u in below if u.key in reported]), len(owing))
            found = world.rows(
                "select reporting_units, expected_units from marts.rpt_indicator_series where lens = 'as_reported'"
                " and unit_key = ? and period_code = ? and indicator_code = 'TTHC_DUNGHAN'",
                province,
                period,
            )
            assert found == [expected]


def is_below(unit_key: str, province_key: str, world: World) -> bool:
    """Return whether a unit lies below a province; the province itself counts as below itself."""
    while unit_key:
        if unit_key == province_key:
            return True
        unit_key = world.units[unit_key].parent_key
    return False


def test_a_reported_total_covers_its_area_by_itself(world: World) -> None:
    found = world.rows(
        "select reporting_units, expected_units from marts.rpt_indicator_series s where lens = 'as_reported'"
        " and indicator_code = 'KK_DONGNGUOI' and unit_key like '20@%' and exists (select 1 from"
        " marts.fct_indicator_values v where v.unit_key = s.unit_key and v.period_code = s.period_code"
        " and v.indicator_code = s.indicator_code)"
    )
    assert found
    assert set(found) == {(1, 1)}
