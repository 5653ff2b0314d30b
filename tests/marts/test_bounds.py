"""Best and worst cases against a walk down the tree of units, one unit at a time."""

from __future__ import annotations

from collections import defaultdict

import pytest

from tests.marts.conftest import World, seed_rows
from tests.marts.test_series import OWN_PLUS_CHILDREN, RATES

Known = tuple[int, float]


def test_bounds_count_silent_units_with_their_last_known_denominator(world: World) -> None:
    rows = world.rows(
        "select unit_key, indicator_code, period_code, numerator, denominator, reporting_units, expected_units, bound_low,"
        " bound_high from marts.rpt_indicator_series where lens = 'as_reported' and indicator_code in ('TTHC_DUNGHAN', 'NTT_XL')"
    )
    totals = {(unit, indicator, period): denominator for unit, indicator, period, _, denominator, *_ in rows}
    own = {(r.unit_key, r.indicator, r.period): r.denominator for r in world.reports if r.indicator in RATES}
    owing = {(d["indicator_code"], d["level"]) for d in seed_rows(world.settings, "reporting_duties")}
    children = defaultdict(list)
    for unit in world.units.values():
        children[unit.parent_key].append(unit)

    def last_before(history: dict, unit: str, indicator: str, period: str) -> float | None:
        earlier = [p for (u, i, p) in history if u == unit and i == indicator and p < period]
        return history[unit, indicator, max(earlier)] if earlier else None

    by_unit: dict = defaultdict(dict)
    for (unit, indicator, period), denominator in totals.items():
        by_unit[unit][unit, indicator, period] = denominator
    own_by_unit: dict = defaultdict(dict)
    for (unit, indicator, period), denominator in own.items():
        own_by_unit[unit][unit, indicator, period] = denominator

    def alive(unit_key: str, period: str) -> bool:
        unit = world.units[unit_key]
        return (unit.valid_from or "0") <= f"{period}-28" and (unit.valid_to or "9") >= f"{period}-28"

    def silence(unit_key: str, indicator: str, period: str) -> Known:
        """Return how many missing reports below have an earlier report, and the sum of those earlier denominators."""
        key = (unit_key, indicator, period)
        is_silent = key not in world.not_applicable
        is_owing = is_silent and (indicator, world.units[unit_key].reporting_level) in owing
        if indicator not in OWN_PLUS_CHILDREN:
            if key in own or (key not in totals and not is_silent):
                return 0, 0.0
            if key not in totals and is_owing:
                known = last_before(by_unit[unit_key], *key)
                return (1, known) if known is not None else (0, 0.0)
        count, amount = 0, 0.0
        for child in children[unit_key]:
            if alive(child.key, period) and child.key in interesting:
                more = silence(child.key, indicator, period)
                count, amount = count + more[0], amount + more[1]
        if indicator in OWN_PLUS_CHILDREN and is_owing and key not in own:
            known = last_before(own_by_unit[unit_key], *key)
            if known is not None:
                count, amount = count + 1, amount + known
        return count, amount

    interesting = set(by_unit)
    seen = defaultdict(int)
    for unit, indicator, period, numerator, denominator, reporting, expected, low, high in rows:
        count, amount = silence(unit, indicator, period)
        if expected - reporting != count or denominator + amount == 0:
            assert low is None and high is None, (unit, indicator, period)
            seen["unknown"] += 1
        else:
            whole = denominator + amount
            assert (low, high) == pytest.approx((100 * numerator / whole, 100 * (numerator + amount) / whole))
            seen["complete" if count == 0 else "bounded"] += 1
    assert seen["bounded"] > 10, seen
    assert seen["unknown"] > 10, seen
