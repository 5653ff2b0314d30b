"""Counts of models in the three lenses against a walk through units and successions in plain Python."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

import pytest

from tests.marts.model_draws import ModelWorld, Row
from tests.marts.unit_walks import AS_OF

# A large warehouse is built for these tests, so they run in `make test-long`.
pytestmark = pytest.mark.long

LENSES = ("as_reported", "current_boundaries", "unchanged_units")
PHASES = {"2021-2025": (date(2021, 1, 1), date(2025, 12, 31)), "2026-2030": (date(2026, 1, 1), AS_OF)}


def placed(world: ModelWorld, lens: str, row: Row) -> list[str]:
    """Return the units at which a registration counts."""
    units = world.units
    if lens == "as_reported":
        return units.ancestors(row["unit_key"], row["registered_date"])
    scopes = units.ancestors(units.home(row["unit_key"]), AS_OF)
    return scopes if lens == "current_boundaries" else [key for key in scopes if units.is_unchanged(key)]


@pytest.mark.parametrize("lens", LENSES)
def test_every_level_counts_what_a_walk_counts(model_world: ModelWorld, lens: str) -> None:
    expected: Counter[tuple[str, str, str, str]] = Counter()
    for row in model_world.registrations:
        for scope in placed(model_world, lens, row):
            expected[scope, row["phase"], row["field_code"], row["kind"]] += 1
    found = {
        tuple(key): count
        for *key, count in model_world.rows(
            "select unit_key, phase, field_code, kind, registered_count from marts.rpt_model_funnel where lens = ?",
            lens,
        )
    }
    assert found == dict(expected)
    levels = {model_world.units.versions[key[0]].level for key in found}
    assert levels >= {"country", "province", "commune"}
    assert ("district" in levels) == (lens == "as_reported")


def test_the_country_has_every_model_once_in_every_lens(model_world: ModelWorld) -> None:
    rows = model_world.rows(
        "select lens, sum(registered_count) from marts.rpt_model_funnel where level = 'country' group by lens order by lens"
    )
    assert rows == [(lens, len(model_world.registrations)) for lens in LENSES]
    provinces = model_world.rows(
        "select lens, sum(registered_count) from marts.rpt_model_funnel where level = 'province'"
        " and lens <> 'unchanged_units' group by lens order by lens"
    )
    assert provinces == rows[:2], "no model is of the country alone, so its provinces hold them all"


def test_models_of_split_and_of_ended_units_are_in_the_world(model_world: ModelWorld) -> None:
    """Without split and ended units in the random world, the other tests of this module would prove little."""
    units = model_world.units
    kinds: Counter[str] = Counter()
    for row in model_world.registrations:
        current = units.current(row["unit_key"])
        kinds["split or ended" if current is None else "moved" if current != row["unit_key"] else "same"] += 1
        kinds["of a renamed province"] += row["unit_key"] == "22@2025-07-01"
    assert min(kinds["split or ended"], kinds["moved"], kinds["same"]) > 30
    assert kinds["of a renamed province"] > 0


def test_a_dissolved_units_model_belongs_to_its_successor(model_world: ModelWorld) -> None:
    rows = model_world.rows(
        "select unit_key, model_code, current_unit_key from marts.fct_model_registrations"
    )
    found = {(unit, code): current for unit, code, current in rows}
    assert found == {
        (row["unit_key"], row["model_code"]): model_world.units.current(row["unit_key"])
        for row in model_world.registrations
    }


@pytest.mark.parametrize("lens", LENSES)
def test_the_share_of_units_with_a_model_is_that_of_a_count(model_world: ModelWorld, lens: str) -> None:
    units = model_world.units
    registering: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in model_world.registrations:
        unit = row["unit_key"] if lens == "as_reported" else units.current(row["unit_key"])
        version = units.versions[row["unit_key"]]
        start, end = PHASES[row["phase"]]
        for scope in placed(model_world, lens, row):
            for period in (row["phase"], str(row["registered_date"].year)):
                lived_then = period != row["phase"] or (
                    version.alive_from <= end and version.alive_to >= start
                )
                if not unit or not lived_then:
                    registering[scope, period] |= set()
                elif lens == "as_reported":
                    first = start if period == row["phase"] else date(row["registered_date"].year, 1, 1)
                    registering[scope, period].add(units.counted_in(unit, scope, first))
                else:
                    registering[scope, period].add(units.series_of(unit))
    found = {
        (unit, period): (with_models, total)
        for unit, period, with_models, total in model_world.rows(
            "select unit_key, period_code, units_with_models, units_total from marts.rpt_model_reach where lens = ?",
            lens,
        )
    }
    assert {key: with_models for key, (with_models, _) in found.items()} == {
        key: len(members) for key, members in registering.items()
    }
    totals = _unit_totals(model_world, lens, {key for key, _ in found})
    assert {key: total for key, (_, total) in found.items()} == {key: totals[key] for key in found}


def test_a_merger_makes_no_units(model_world: ModelWorld) -> None:
    """Of the units after 2025 began only 8 villages, 20 committees of communes and 12 cells are new.

    63 provinces, 696 districts, 10,033 communes, 63 × 18 bodies, 44 commands of the border guard, 12 divisions and 105 units of
    the party were there.
    """
    totals = model_world.rows(
        "select distinct period_code, units_total from marts.rpt_model_reach"
        " where lens = 'as_reported' and unit_key = 'VN@0' and period_code in ('2025', '2021-2025')"
    )
    assert sorted(totals) == [("2021-2025", 12_127), ("2025", 12_127)]


def _unit_totals(world: ModelWorld, lens: str, scopes: set[str]) -> dict[tuple[str, str], int]:
    """Count the units at or below each scope except the country: alive on any day of the period, or today.

    A unit that came out of others in the period counts as one of them.
    """
    years = {str(year): (date(year, 1, 1), min(date(year, 12, 31), AS_OF)) for year in (2024, 2025, 2026)}
    units = world.units
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    for key, version in units.versions.items():
        if version.level == "country":
            continue
        for period, (start, end) in (years | PHASES).items():
            # Ancestors change with the mergers only, and a unit that outlived a change of them was renamed or its parent was.
            first, last = max(version.alive_from, start), min(version.alive_to, end)
            if lens == "as_reported" and first <= last:
                for day in {first, last, *(d for d in CHANGE_DATES if first <= d <= last)}:
                    for scope in units.ancestors(key, day):
                        if scope in scopes:
                            members[scope, period].add(units.counted_in(key, scope, start))
            elif lens != "as_reported" and version.is_alive(AS_OF):
                for scope in units.ancestors(key, AS_OF):
                    if scope in scopes:
                        members[scope, period].add(units.series_of(key))
    return {key: len(found) for key, found in members.items()}


# Days on which a province was renamed while its units went on.
CHANGE_DATES = (
    date(2025, 6, 30),
    date(2025, 7, 1),
    date(2026, 8, 31),
    date(2026, 9, 1),
    date(2026, 9, 19),
    date(2026, 9, 20),
)


def test_a_part_never_has_more_than_the_whole(model_world: ModelWorld) -> None:
    counts = (
        "registered",
        "step_1",
        "step_2",
        "step_3",
        "step_4",
        "step_5",
        "inspected",
        "recognised",
        "awarded",
        "replicated",
    )
    sums = ", ".join(f"sum(coalesce({name}_count, 0))" for name in counts)
    rows = model_world.rows(
        f"select lens, {sums} from marts.rpt_model_funnel where level = 'country' group by lens order by lens"
    )
    assert len({row[1:] for row in rows}) == 1, "the outcomes of the models are equal in every lens"
    assert model_world.rows(
        "select count(*) from marts.rpt_model_funnel where units_with_models > units_total"
    ) == [(0,)]
