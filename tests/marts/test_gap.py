"""Which units hold the gap: rpt_gap_holders against a plain count over rpt_indicator_series, its set against all smaller ones."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from tests.marts.conftest import World

Key = tuple[str, str, str, str]


def gaps_under_parents(world: World) -> dict[Key, list[tuple[str, int]]]:
    """Return, for each lens, parent, indicator and period, the units that lack cases, each with its number."""
    found: dict[Key, list[tuple[str, int]]] = defaultdict(list)
    for lens, parent, unit, indicator, period, gap in world.rows(
        "select s.lens, coalesce(p.series_key, ''), s.unit_key, s.indicator_code, s.period_code, s.gap_cases"
        " from marts.rpt_indicator_series s join marts.dim_indicators i using (indicator_code)"
        " left join marts.dim_units p on p.unit_key = s.parent_unit_key"
        " where s.gap_cases > 0 and i.aggregation = 'sum' and s.level <> 'country'"
    ):
        found[lens, parent, indicator, period].append((unit, gap))
    return found


def test_each_unit_with_a_gap_has_its_place(world: World) -> None:
    rows = {
        (lens, unit, indicator, period): rest
        for lens, unit, indicator, period, *rest in world.rows(
            "select lens, unit_key, indicator_code, period_code, gap_cases, siblings_gap_cases, siblings_with_gap,"
            " gap_rank, cumulative_ratio, is_in_smallest_set from marts.rpt_gap_holders"
        )
    }
    checked = 0
    for (lens, _, indicator, period), units in gaps_under_parents(world).items():
        total = sum(gap for _, gap in units)
        held = 0
        for rank, (unit, gap) in enumerate(sorted(units, key=lambda pair: (-pair[1], pair[0])), start=1):
            is_needed = 10 * held < 8 * total
            held += gap
            assert rows.pop((lens, unit, indicator, period)) == [
                gap,
                total,
                len(units),
                rank,
                held / total,
                is_needed,
            ]
            checked += 1
    assert rows == {}
    assert checked > 1_000


def test_no_smaller_set_of_units_holds_as_much(world: World) -> None:
    """Try every smaller set of units where there are few enough units."""
    sizes = {
        (lens, parent, indicator, period): size
        for lens, parent, indicator, period, size in world.rows(
            "select g.lens, p.series_key, g.indicator_code, g.period_code, count(*) from marts.rpt_gap_holders g"
            " join marts.dim_units p on p.unit_key = g.parent_unit_key where g.is_in_smallest_set group by 1, 2, 3, 4"
        )
    }
    tried = 0
    for key, units in gaps_under_parents(world).items():
        if len(units) > 12:
            continue
        gaps = [gap for _, gap in units]
        least = next(
            size
            for size in range(1, len(gaps) + 1)
            if any(10 * sum(chosen) >= 8 * sum(gaps) for chosen in combinations(gaps, size))
        )
        assert sizes[key] == least
        tried += 1
    assert tried > 50
