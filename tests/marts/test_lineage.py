"""The reports that a figure is made of, against a plain walk over a random warehouse and over random trees of units."""

from __future__ import annotations

import random
from collections import defaultdict
from typing import Any

import duckdb
import pandas as pd
import pytest

from tests.marts.change_reference import Tree
from tests.marts.conftest import World, seed_rows
from tests.marts.dbt_kit import small_build
from tests.marts.random_trees import EPOCHS, PERIODS, Grower, epoch_of
from tests.marts.test_series import LEVELS, OWN_PLUS_CHILDREN, level_of
from warehouse.raw.sql import attach
from warehouse.release import store

SEED = 20261121
TREE_COUNT = 200
Figure = tuple[str, str, str, str]
# Every reported figure beside the sums of what it is made of. A difference of a millionth of a case is none.
SUMS = """
    with sums as (
        select
            lens, unit_key, indicator_code, period_code, count(*) as part_count,
            sum(share * numerator) as numerator, sum(share * denominator) as denominator, sum(share * value) as value
        from marts.rpt_figure_lineage
        group by all
    )

    select
        count(*) as figure_count,
        count(*) filter (sums.part_count is distinct from figures.reporting_units) as other_counts,
        count(*) filter (abs(sums.numerator - figures.numerator) > 1e-6
            or (sums.numerator is null) <> (figures.numerator is null)) as other_numerators,
        count(*) filter (abs(sums.denominator - figures.denominator) > 1e-6
            or (sums.denominator is null) <> (figures.denominator is null)) as other_denominators,
        count(*) filter (not figures.is_rate and (abs(sums.value - figures.value) > 1e-6
            or (sums.value is null) <> (figures.value is null))) as other_values
    from marts.rpt_indicator_series as figures
    left join sums using (lens, unit_key, indicator_code, period_code)
    where figures.source_kind <> 'recorded'
"""


def parts_found(rows: list[tuple[Any, ...]]) -> dict[Figure, dict[str, float]]:
    found: dict[Figure, dict[str, float]] = defaultdict(dict)
    for *figure, part, share in rows:
        found[tuple(figure)][part] = share
    return found


def parts_as_reported(world: World) -> dict[tuple[str, str, str], dict[str, float]]:
    """Return, by unit, indicator and period, the units whose own reports make the total."""
    own = {(r.unit_key, r.indicator, r.period) for r in world.reports}
    parts: dict[tuple[str, str, str], dict[str, float]] = {}
    for level in LEVELS:
        below: dict[tuple[str, str, str], dict[str, float]] = defaultdict(dict)
        for (unit_key, indicator, period), of_child in parts.items():
            parent = world.units[unit_key].parent_key
            if parent and level_of(parent, world) == level:
                below[parent, indicator, period] |= of_child
        for key in {k for k in own if level_of(k[0], world) == level} | set(below):
            parts[key] = {key[0]: 1.0} if key in own else {}
            if key not in own or key[1] in OWN_PLUS_CHILDREN:
                parts[key] |= below.get(key, {})
    return parts


def todays_shares(world: World) -> dict[str, dict[str, float]]:
    """Return, for each unit, the units of today to which its figures went, with shares."""
    steps = defaultdict(list)
    for name in ("successions", "body_successions"):
        for step in seed_rows(world.settings, name):
            steps[step["from_unit_key"]].append((step["to_unit_key"], float(step["share"])))

    def follow(unit_key: str) -> dict[str, float]:
        if not steps[unit_key]:
            return {} if world.units[unit_key].valid_to else {unit_key: 1.0}
        reached: dict[str, float] = defaultdict(float)
        for successor, share in steps[unit_key]:
            for last, later in follow(successor).items():
                reached[last] += share * later
        return reached

    return {unit_key: follow(unit_key) for unit_key in world.units}


def test_every_figure_is_made_of_the_reports_that_a_walk_finds(world: World) -> None:
    expected: dict[Figure, dict[str, float]] = defaultdict(dict)
    shares = todays_shares(world)
    for (unit_key, *rest), parts in parts_as_reported(world).items():
        expected["as_reported", unit_key, *rest] = parts
        for today, share in shares[unit_key].items():
            expected["current_boundaries", today, *rest] |= dict.fromkeys(parts, share)
    rows = world.rows(
        "select lens, unit_key, indicator_code, period_code, part_unit_key, share from marts.rpt_figure_lineage"
        " where lens <> 'unchanged_units'"
    )
    found = parts_found(rows)
    assert found.keys() == expected.keys()
    assert sum(map(len, found.values())) == len(rows), "no part is there twice"
    for figure, parts in expected.items():
        assert found[figure] == pytest.approx(parts), figure
    assert len(expected) > 5_000
    assert any(share < 1 for parts in expected.values() for share in parts.values())


def test_unchanged_units_have_the_same_parts_as_on_todays_boundaries(world: World) -> None:
    columns = "unit_key, indicator_code, period_code, part_unit_key, submission_id, share"
    unchanged = world.rows(
        f"select {columns} from marts.rpt_figure_lineage where lens = 'unchanged_units' order by all"
    )
    assert len(unchanged) > 100
    assert unchanged == world.rows(
        f"select {columns} from marts.rpt_figure_lineage semi join (select unit_key from marts.rpt_indicator_series"
        " where lens = 'unchanged_units') using (unit_key) where lens = 'current_boundaries' order by all"
    )


def test_reports_add_up_to_their_figures(world: World) -> None:
    (figure_count, *others) = world.rows(SUMS)[0]
    assert figure_count > 5_000
    assert others == [0, 0, 0, 0]


def test_a_part_names_the_report_and_the_cell(world: World) -> None:
    """Every part is a value in force, of a report that was accepted, with the cells of its numerator and denominator."""
    assert world.rows(
        "select count(*) > 10000, count(*) filter (numerator_cell is null),"
        " count(*) filter ((l.denominator_cell is null) <> (l.denominator is null)),"
        " count(*) filter (l.denominator_cell = l.numerator_cell),"
        " count(*) filter (v.known_to is not null or v.is_not_applicable)"
        " from marts.rpt_figure_lineage l left join marts.fct_indicator_values v"
        " on v.submission_id = l.submission_id and v.unit_key = l.part_unit_key"
        " and v.indicator_code = l.indicator_code and v.period_code = l.period_code"
    ) == [(True, 0, 0, 0, 0)]


def test_a_release_holds_the_view_under_whatever_name_it_is_opened(world: World) -> None:
    """A person may attach several releases at once; each view must read its own tables."""
    release = store.current(world.settings)
    assert release is not None
    assert "rpt_figure_lineage" not in release.tables, "rows of views are not counted"
    count = "select count(*) from {}marts.rpt_figure_lineage where lens = 'as_reported' and unit_key = 'VN@0'"
    with duckdb.connect() as connection:
        attach(connection, release.path, "another_name")
        found = connection.execute(count.format("another_name.")).fetchall()
    assert found == world.rows(count.format(""))
    assert found[0][0] > 100


def inputs(trees: list[Tree]) -> dict[str, list[tuple[Any, ...]]]:
    """Return the tables that the dbt models read for many trees: keys tell trees apart, the first row has the names."""
    last = max(PERIODS, key=lambda period: PERIODS[period])
    figures: list[tuple[Any, ...]] = []
    for tree in trees:
        figures += [("as_reported", *key, *amount) for key, amount in tree.totals.items()]
        for indicator in {indicator for _, indicator, _ in tree.totals}:
            for period in PERIODS:
                carried = tree.carried(indicator, period, last)
                figures += [
                    ("current_boundaries", unit, indicator, period, *amount)
                    for unit, amount in carried.items()
                ]
    units = [unit for tree in trees for unit in tree.units.values()]
    ends = [*[epoch - pd.Timedelta(days=1) for epoch in EPOCHS[1:]], max(unit.alive_to for unit in units)]
    end = dict(zip(EPOCHS, ends, strict=True))
    levels = {unit.key: unit.level for unit in units}
    parents = {
        (unit, levels[unit], epoch_of(PERIODS[period]), parent, levels[parent])
        for tree in trees
        for (unit, period), parent in tree.parents.items()
    }
    return {
        "int_units": [
            ("unit_key", "unit_name", "level", "alive_from", "alive_to", "is_current"),
            *(
                (u.key, u.key, u.level, u.alive_from, u.alive_to, u.alive_to == end[EPOCHS[-1]])
                for u in units
            ),
        ],
        "int_unit_successions": [
            ("from_unit_key", "to_unit_key", "effective_date", "share"),
            *((s.from_key, s.to_key, s.on, s.share) for tree in trees for s in tree.steps),
        ],
        "int_map_day": [("map_day",), (EPOCHS[-1],)],
        "int_unit_epochs": [("epoch_start_date", "epoch_end_date"), *end.items()],
        "int_unit_parents": [
            ("unit_key", "level", "epoch_start_date", "parent_unit_key", "parent_level"),
            *sorted(parents),
        ],
        "dim_periods": [("period_code", "period_end_date"), *PERIODS.items()],
        "dim_indicators": [
            ("indicator_code", "indicator_name_vi", "indicator_name_en", "aggregation", "rollup"),
            ("OWN_PLUS", "", "", "sum", "own_plus_children"),
            ("TOTAL", "", "", "sum", "total_reported"),
        ],
        "figures": [
            ("lens", "unit_key", "indicator_code", "period_code", "numerator", "denominator"),
            *figures,
        ],
        "values_in_force": [
            ("unit_key", "indicator_code", "period_code", "numerator", "denominator"),
            *((*key, *amount) for tree in trees for key, amount in tree.own.items()),
        ],
    }


def test_reports_of_random_trees_add_up_to_their_figures() -> None:
    chance = random.Random(SEED)
    trees = [Grower(number, chance).grow() for number in range(TREE_COUNT)]
    with small_build() as connection:
        for name, (columns, *rows) in inputs(trees).items():
            connection.register("rows_of_table", pd.DataFrame(rows, columns=columns))
            dates = [c for c in columns if c.endswith(("_date", "_day", "alive_from", "alive_to"))]
            casts = ", ".join(f"cast({column} as date) as {column}" for column in dates)
            chosen = f"* replace ({casts})" if casts else "*"
            connection.execute(f"create table {name} as select {chosen} from rows_of_table")
        connection.execute(
            "create table rpt_indicator_series as select figures.*, unit_key as unit_name,"
            " dim_periods.period_end_date from figures inner join dim_periods using (period_code)"
        )
        connection.execute(
            "create table fct_indicator_values as select *, 100 * numerator / nullif(denominator, 0) as value,"
            " cast(null as double) as population, false as is_not_applicable, cast(null as timestamp) as known_to,"
            " unit_key || period_code as submission_id, 'sheet' as sheet, 'C5' as cell,"
            " 'D5' as denominator_cell from values_in_force"
        )
        connection.run(
            "int_unit_paths_to_current", "int_unchanged_units", "dim_unit_parts", "rpt_figure_lineage"
        )
        found = connection.execute(
            "select count(*), count(*) filter (sums.numerator is distinct from 0),"
            " count(*) filter (abs(coalesce(sums.numerator, -1)"
            " - figures.numerator) > 1e-6 or abs(coalesce(sums.denominator, -1) - figures.denominator) > 1e-6)"
            " from figures left join (select lens, unit_key, indicator_code, period_code,"
            " sum(share * numerator) as numerator, sum(share * denominator) as denominator"
            " from rpt_figure_lineage group by all) as sums using (lens, unit_key, indicator_code, period_code)"
        ).fetchone()
        split = connection.execute("select count(*) from rpt_figure_lineage where share < 0.999").fetchone()
    assert found is not None and split is not None
    assert found[0] > 10_000 and found[1] > 5_000 and split[0] > 500, "the draw holds what the rule is about"
    assert found[2] == 0
