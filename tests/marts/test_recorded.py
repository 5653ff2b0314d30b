"""Reports on time, as the warehouse counts them, equal a plain Python walk over the reports that were owed and sent."""

from __future__ import annotations

from collections import defaultdict

import duckdb
import pytest

from tests.marts.conftest import AS_OF, World, seed_rows
from tests.marts.obligation_walk import Sent, Walk

Amounts = dict[tuple[str, str], tuple[int, int]]


@pytest.fixture(scope="module")
def counted(world: World) -> Amounts:
    """Return, by unit and period, how many reports were on time and how many were due, of the unit and all below it."""
    with duckdb.connect(str(world.settings.raw_path), read_only=True) as connection:
        sent = [
            Sent(*row)
            for row in connection.execute(
                "select submission_id, file_sha256, form, unit_key, period_code, received_at, status like 'accepted%'"
                " from raw.submissions join raw.files using (file_sha256)"
            ).fetchall()
        ]
    earlier_parents = seed_rows(world.settings, "earlier_parents")
    assert not any(row["parent_unit_key"][:2] in {"02", "08", "20"} for row in earlier_parents)
    on_time: dict[tuple[str, str], int] = defaultdict(int)
    due: dict[tuple[str, str], int] = defaultdict(int)
    for owed in Walk(world.settings.seeds_dir, sent, AS_OF).obligations():
        if owed.due_date >= AS_OF:
            continue
        unit_key: str = owed.inherited_from or owed.unit_key
        while unit_key:
            on_time[unit_key, owed.period] += owed.status == "on_time"
            due[unit_key, owed.period] += 1
            unit_key = world.units[unit_key].parent_key
    return {key: (on_time[key], due[key]) for key in due}


def test_reports_on_time_equal_a_plain_count_at_every_level(world: World, counted: Amounts) -> None:
    found = world.rows(
        "select unit_key, period_code, numerator, denominator from marts.rpt_indicator_series"
        " where indicator_code = 'BC_DUNGHAN_GN' and lens = 'as_reported'"
    )
    assert {(unit, period): (n, d) for unit, period, n, d in found} == counted
    assert len(counted) > 5_000
    assert any(0 < on_time < due for on_time, due in counted.values()), "not all late and not all on time"


def test_a_province_of_today_has_what_its_predecessors_owed(world: World, counted: Amounts) -> None:
    """Tuyên Quang of today is Tuyên Quang and Hà Giang of June 2025."""
    on_time, due = map(sum, zip(counted["02@0", "2025-06"], counted["08@0", "2025-06"], strict=True))
    assert world.rows(
        "select numerator, denominator, reporting_units = expected_units, is_estimated"
        " from marts.rpt_indicator_series where indicator_code = 'BC_DUNGHAN_GN' and lens = 'current_boundaries'"
        " and unit_key = '08@2025-07-01' and period_code = '2025-06'"
    ) == [(on_time, due, True, False)]


def test_a_recorded_figure_is_judged_and_ranked_like_a_reported_one(world: World) -> None:
    """The target of the reported indicator holds for both; the units of the random world are real in no figure."""
    judged, ranked, limits, real = world.rows(
        "select count(*) filter (verdict <> 'no_target'), count(rank_low), (select count(*) from"
        " marts.rpt_indicator_limits where indicator_code = 'BC_DUNGHAN_GN'), count(*) filter (not is_simulated)"
        " from marts.rpt_indicator_series where indicator_code = 'BC_DUNGHAN_GN'"
    )[0]
    assert min(judged, ranked, limits) > 5_000
    assert real == 0
    assert world.rows(
        "select indicator_code, source_kind, counterpart_code, is_leading from marts.dim_indicators"
        " where indicator_code like 'BC_DUNGHAN%' order by 1"
    ) == [
        ("BC_DUNGHAN", "reported", "BC_DUNGHAN_GN", False),
        ("BC_DUNGHAN_GN", "recorded", "BC_DUNGHAN", True),
    ]
