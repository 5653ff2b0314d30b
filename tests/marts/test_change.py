"""A change splits exactly, as its definition says: on random trees with random mergers, in a random warehouse, and by hand."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pandas as pd
import pytest

from tests.marts.change_reference import Step, Tree, Version, split
from tests.marts.conftest import World, seed_rows
from tests.marts.dbt_kit import small_build
from tests.marts.random_trees import (
    BEGINNING,
    EPOCHS,
    FOREVER,
    INDICATORS,
    LAST_YEAR,
    PAIRS,
    PERIODS,
    PREVIOUS,
    Grower,
    epoch_of,
)
from warehouse.reference.seeds import UNIT_SEEDS

TREE_COUNT = 500
SEEDS = (20261120, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 10)))
EXACT = 1e-9
MODELS = (
    "int_unit_descents",
    "int_change_pairs",
    "int_change_principals",
    "int_change_totals",
    "int_change_carried",
    "int_change_rates",
    "int_change_child_sums",
    "int_change_child_changes",
    "int_change_inside",
    "rpt_change_decomposition",
)
Split = tuple[float, float, float, float]


def frame(columns: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split())


def inputs(trees: list[Tree]) -> dict[str, pd.DataFrame]:
    """Return the tables that the dbt models read, for many trees at once: their keys tell the trees apart."""
    units = [u for tree in trees for u in tree.units.values()]
    epochs = [str(epoch) for epoch in EPOCHS]
    return {
        "int_units": frame(
            "unit_key series_key unit_code unit_name unit_type rollup_level alive_from alive_to",
            [
                (
                    *(u.key, u.series, u.code, u.name, u.name.split()[0], u.level),
                    *(str(u.alive_from), str(u.alive_to)),
                )
                for u in units
            ],
        ),
        "int_unit_successions": frame(
            "from_unit_key to_unit_key effective_date share",
            [(s.from_key, s.to_key, str(s.on), s.share) for tree in trees for s in tree.steps],
        ),
        "int_unit_epochs": frame("epoch_start_date", [(epoch,) for epoch in epochs]),
        "int_unit_parents": frame(
            "unit_key epoch_start_date parent_unit_key",
            sorted(
                {
                    (unit, str(epoch_of(PERIODS[period])), parent)
                    for tree in trees
                    for (unit, period), parent in tree.parents.items()
                }
            ),
        ),
        "int_periods": frame(
            "period_code period_end_date epoch_start_date previous_period_code same_period_last_year_code",
            [
                (p, str(end), str(epoch_of(end)), PREVIOUS.get(p), LAST_YEAR.get(p))
                for p, end in PERIODS.items()
            ],
        ),
        "int_indicators": frame(
            "indicator_code indicator_name_vi indicator_name_en is_rate",
            [(i, i, i, True) for i in INDICATORS],
        ),
        "int_series_as_reported": frame(
            "unit_key level indicator_code period_code epoch_start_date aggregation rollup numerator denominator"
            " is_estimated is_simulated",
            [
                (
                    *(unit, tree.units[unit].level, indicator, period, str(epoch_of(PERIODS[period])), "sum"),
                    "own_plus_children" if indicator in tree.own_plus_children else "total_reported",
                    *(numerator, denominator, False, False),
                )
                for tree in trees
                for (unit, indicator, period), (numerator, denominator) in tree.totals.items()
            ],
        ),
    }


def split_by_sql(trees: list[Tree]) -> dict[tuple[str, str, str, str], Split]:
    """Return the rows that the dbt models make of the trees."""
    with small_build() as connection:
        for name, rows in inputs(trees).items():
            connection.register("rows_of_table", rows)
            dates = ", ".join(
                f"cast({c} as date) as {c}"
                for c in rows.columns
                if c.endswith(("_date", "alive_from", "alive_to"))
            )
            replaced = f"* replace ({dates})" if dates else "*"
            connection.execute(f"create table {name} as select {replaced} from rows_of_table")
        connection.run(*MODELS)
        found = connection.execute(
            "select unit_key, indicator_code, from_period_code, to_period_code, within_change, mix_change,"
            " boundary_change, total_change from rpt_change_decomposition"
        ).fetchall()
    return {tuple(row[:4]): tuple(row[4:]) for row in found}


def split_by_definition(tree: Tree, pairs: list[tuple[str, str]]) -> dict[tuple[str, str, str, str], Split]:
    indicators = sorted({indicator for _, indicator, _ in tree.totals})
    return {
        (unit, indicator, earlier, later): changes
        for indicator in indicators
        for earlier, later in pairs
        for unit, changes in split(tree, indicator, earlier, later).items()
    }


def largest_difference(found: dict[Any, Split], expected: dict[Any, Split]) -> float:
    assert found.keys() == expected.keys()
    return max(
        abs(a - b) for key, changes in expected.items() for a, b in zip(found[key], changes, strict=True)
    )


def largest_gap(found: dict[Any, Split]) -> float:
    """Return the largest difference between the total and the sum of within, mix and boundary."""
    return max(abs(within + mix + boundary - total) for within, mix, boundary, total in found.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_changes_of_random_trees_split_as_the_definition_says(seed: int, record_property: Any) -> None:
    chance = random.Random(seed)
    trees = [Grower(number, chance).grow() for number in range(TREE_COUNT)]
    found = split_by_sql(trees)
    expected = {key: c for tree in trees for key, c in split_by_definition(tree, PAIRS).items()}
    assert len(found) > 20_000
    difference, gap = largest_difference(found, expected), largest_gap(found)
    record_property("cases", len(found))
    record_property("largest_difference", difference)
    assert difference < EXACT, f"largest difference {difference} in {len(found)} cases"
    assert gap < EXACT, f"largest gap {gap} in {len(found)} cases"
    # The draw must contain the cases that the rule is about.
    for which in range(3):
        assert sum(abs(changes[which]) > 1 for changes in found.values()) > 500


def version(key: str, name: str, level: str, alive_from: date, alive_to: date) -> Version:
    return Version(key, key, key, f"Xã {name}", name, level, alive_from, alive_to)


def test_a_merger_splits_as_worked_out_by_hand() -> None:
    """P (one commune, 40 of 50) and Q (one, 10 of 50) become P; later the communes have 45 of 60 and 24 of 40.

    As reported P had 80 %, on the later boundaries 50 of 100 = 50 %: boundary −30. Weights ½ ½ become 0.6 0.4; rates 80 20 become
    75 60. Within = ½·1.1·(−5) + ½·0.9·40 = 15.25; mix = ½·155·0.1 + ½·80·(−0.1) = 3.75. From 80 to 69: −11 = 15.25 + 3.75 − 30.
    """
    day = EPOCHS[1]
    last = date(2025, 2, 28)
    units = [
        version("p", "P", "province", BEGINNING, last),
        version("q", "Q", "province", BEGINNING, last),
        version("new", "P", "province", day, FOREVER),
        version("p1", "one", "commune", BEGINNING, FOREVER),
        version("q1", "two", "commune", BEGINNING, FOREVER),
    ]
    tree = Tree(
        units={unit.key: unit for unit in units},
        steps=[Step("p", "new", day, 1.0), Step("q", "new", day, 1.0)],
        parents={("p1", "A"): "p", ("q1", "A"): "q", ("p1", "B"): "new", ("q1", "B"): "new"},
        ends=PERIODS,
        totals={
            ("p1", "TOTAL", "A"): (40, 50),
            ("q1", "TOTAL", "A"): (10, 50),
            ("p", "TOTAL", "A"): (40, 50),
            ("q", "TOTAL", "A"): (10, 50),
            ("p1", "TOTAL", "B"): (45, 60),
            ("q1", "TOTAL", "B"): (24, 40),
            ("new", "TOTAL", "B"): (69, 100),
        },
        own_plus_children=set(),
    )
    found = split_by_sql([tree])
    assert found["new", "TOTAL", "A", "B"] == pytest.approx((15.25, 3.75, -30, -11))
    assert found["p1", "TOTAL", "A", "B"] == pytest.approx((-5, 0, 0, -5))
    assert split_by_definition(tree, [("A", "B")])["new", "TOTAL", "A", "B"] == pytest.approx(
        (15.25, 3.75, -30, -11)
    )


def test_a_commune_that_was_silent_before_shifts_the_mix_only() -> None:
    """One commune stays at 50 of 100 and another appears with 100 of 100: 50 % becomes 75 % by the mix alone."""
    units = [
        version(key, key, level, BEGINNING, FOREVER)
        for key, level in (("p", "province"), ("c", "commune"), ("d", "commune"))
    ]
    tree = Tree(
        units={unit.key: unit for unit in units},
        steps=[],
        parents={(child, period): "p" for child in "cd" for period in "AB"},
        ends=PERIODS,
        totals={
            ("c", "TOTAL", "A"): (50, 100),
            ("p", "TOTAL", "A"): (50, 100),
            ("c", "TOTAL", "B"): (50, 100),
            ("d", "TOTAL", "B"): (100, 100),
            ("p", "TOTAL", "B"): (150, 200),
        },
        own_plus_children=set(),
    )
    assert split_by_sql([tree])["p", "TOTAL", "A", "B"] == pytest.approx((0, 25, 0, 25))


@pytest.fixture(scope="module")
def reported_tree(world: World) -> Tree:
    """Return the random warehouse as a tree: units and steps from the seeds, totals from the release as reported."""
    names = {row["unit_key"]: row for name in UNIT_SEEDS for row in seed_rows(world.settings, name)}
    steps = [row for name in ("successions", "body_successions") for row in seed_rows(world.settings, name)]
    renamed_from = {row["to_unit_key"]: row["from_unit_key"] for row in steps if row["kind"] == "renamed"}
    ends = dict(world.rows("select period_code, period_end_date from marts.dim_periods"))
    units = {}
    for key, row in names.items():
        first = key
        while first in renamed_from:
            first = renamed_from[first]
        alive_from = date.fromisoformat(row["valid_from"]) if row["valid_from"] else BEGINNING
        alive_to = date.fromisoformat(row["valid_to"]) if row["valid_to"] else FOREVER
        bare = row["unit_name"].removeprefix(f"{row['unit_type']} ")
        units[key] = Version(
            key, first, row["unit_code"], row["unit_name"], bare, row["level"], alive_from, alive_to
        )
    reported = world.rows(
        "select unit_key, indicator_code, period_code, numerator, denominator from marts.rpt_indicator_series"
        " where lens = 'as_reported' and denominator is not null and source_kind = 'reported'"
    )
    # Only units that report can be a part, and none of the parents here was ever renamed.
    periods = {row[2] for row in reported}
    heard = {row[0] for row in reported} | {step["to_unit_key"] for step in steps}
    parents = {
        (key, period): names[key]["parent_unit_key"]
        for key in heard
        for period in periods
        if units[key].alive_from <= ends[period] <= units[key].alive_to
    }
    return Tree(
        units=units,
        steps=[
            Step(
                s["from_unit_key"],
                s["to_unit_key"],
                date.fromisoformat(s["effective_date"]),
                float(s["share"]),
            )
            for s in steps
        ],
        parents=parents,
        ends=ends,
        totals={(unit, indicator, period): (n, d) for unit, indicator, period, n, d in reported},
        own_plus_children={"TTHC_DUNGHAN"},
    )


# A month before and after the merger of 2025-07-01, two on the same side of it, and one of the year before.
WORLD_PAIRS = [
    ("2025-05", "2025-06"),
    ("2025-06", "2025-07"),
    ("2026-09", "2026-10"),
    ("2026-07", "2026-08"),
    ("2025-07", "2026-07"),
]


@pytest.mark.parametrize("pair", WORLD_PAIRS, ids="-to-".join)
def test_the_release_splits_as_the_definition_says(
    world: World, reported_tree: Tree, pair: tuple[str, str]
) -> None:
    rows = world.rows(
        "select unit_key, indicator_code, from_period_code, to_period_code, within_change, mix_change, boundary_change,"
        " total_change from marts.rpt_change_decomposition where from_period_code = ? and to_period_code = ?"
        " and indicator_code in (select indicator_code from marts.dim_indicators where source_kind = 'reported')",
        *pair,
    )
    found = {tuple(row[:4]): tuple(row[4:]) for row in rows}
    expected = split_by_definition(reported_tree, [pair])
    assert len(expected) >= 40
    assert largest_difference(found, expected) < EXACT
    assert largest_gap(found) < EXACT


def test_boundaries_matter_only_where_they_were_redrawn(world: World) -> None:
    rows = world.rows(
        "select to_period_code, count(*), count(*) filter (boundary_change <> 0) from marts.rpt_change_decomposition"
        " where from_period_code >= '2025-07' or to_period_code < '2025-07' group by to_period_code"
    )
    assert rows
    assert all(count and not redrawn for _, count, redrawn in rows)
    across = world.rows(
        "select unit_key, boundary_change from marts.rpt_change_decomposition where from_period_code = '2025-06'"
        " and to_period_code = '2025-07' and indicator_code = 'TTHC_DUNGHAN' and level in ('province', 'country')"
    )
    changes = dict(across)
    assert changes["VN@0"] == pytest.approx(0)
    assert changes["20@2025-07-01"] == pytest.approx(0)
    assert abs(changes["08@2025-07-01"]) > 1e-6


def test_a_share_that_went_in_marks_an_estimate(world: World, reported_tree: Tree) -> None:
    rows = world.rows(
        "select unit_key, level, indicator_code, is_estimated from marts.rpt_change_decomposition"
        " where from_period_code = '2025-06' and to_period_code = '2025-07'"
        " and indicator_code in (select indicator_code from marts.dim_indicators where source_kind = 'reported')"
    )
    shared = {
        (successor, indicator)
        for (unit, indicator, period), (_, denominator) in reported_tree.totals.items()
        if period == "2025-06" and denominator
        for successor, share in reported_tree.became(unit, "2025-07").items()
        if abs(share - 1) > EXACT
    }
    parts = {(unit, indicator): estimated for unit, level, indicator, estimated in rows if level == "commune"}
    assert {key for key, estimated in parts.items() if estimated} == shared & parts.keys()
    assert shared & parts.keys()
    # No split crosses a province: the country's parts are exact.
    assert {estimated for _, level, _, estimated in rows if level == "country"} == {False}
