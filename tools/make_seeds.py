"""Make the reference seeds again from the facts in ../shared.

`python tools/make_seeds.py [--shared DIR] [--out DIR]`. Lists that no source gives and that a province may
replace (fields, steps, levels, due dates, holidays) are kept by hand in the seeds folder, untouched here.

`--bodies` makes the bodies and their divisions alone, from the seeds of units that lie in the folder: it needs no facts,
so a province that adds a department or a division can run it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

from seed_maker import (
    bodies,
    divisions,
    indicators,
    panels,
    party,
    party_indicators,
    periods,
    places,
    proposals,
    targets,
    units,
)
from seed_maker.files import Row, read_facts, write_seed

PROJECT_DIR = Path(__file__).resolve().parent.parent
STEP_KEY = ["from_unit_key", "to_unit_key"]
# A seed's name, its columns, its rows and its key.
Seed = tuple[str, list[str], list[Row], list[str]]


def make_seeds(shared: Path, out: Path) -> dict[str, int]:
    """Write the seeds into `out` and return the row count of each."""
    reference = shared / "reference"
    unit_rows = units.make_units(read_facts(reference / "units.csv"))
    succession_rows = units.make_successions(read_facts(reference / "successions.csv"))
    indicator_facts = read_facts(reference / "indicators.csv")
    proposed_facts = proposals.read_proposals()
    province_facts = read_facts(reference / "unit_facts.csv")
    population_rows = places.make_populations(
        shared / "real" / "gso" / "population_by_province.csv", unit_rows, province_facts
    )
    panel_rows = panels.make_panel_indicators(shared / "real" / "papi" / "PAPI_2011-2016.xlsx")
    # Measures of other panels were listed by hand.
    listed = read_facts(PROJECT_DIR / "dbt_project" / "seeds" / "panel_indicators.csv")
    panel_rows += [row for row in listed if row["panel_code"] != panels.PANEL_CODE]
    panel_columns = [*indicators.INDICATOR_COLUMNS, "panel_code", "source_measure", "sort_order"]
    seeds: tuple[Seed, ...] = (
        ("units", units.UNIT_COLUMNS, unit_rows, ["unit_key"]),
        ("party_units", units.UNIT_COLUMNS, party.make_units(unit_rows), ["unit_key"]),
        ("party_parents", party.PARENT_COLUMNS, party.make_parents(unit_rows), ["unit_key", "valid_from"]),
        ("successions", units.SUCCESSION_COLUMNS, succession_rows, STEP_KEY),
        *_body_seeds(unit_rows, succession_rows),
        (
            "indicators",
            indicators.INDICATOR_COLUMNS,
            indicators.make_indicators(indicator_facts)
            + proposals.make_indicators(proposed_facts)
            + party_indicators.make_indicators(),
            ["indicator_code"],
        ),
        ("panel_indicators", panel_columns, panel_rows, ["indicator_code"]),
        (
            "reporting_duties",
            indicators.DUTY_COLUMNS,
            indicators.make_duties(indicator_facts)
            + proposals.make_duties(proposed_facts)
            + party_indicators.make_duties(),
            ["indicator_code", "level"],
        ),
        (
            "targets",
            targets.TARGET_COLUMNS,
            targets.make_targets(indicator_facts),
            ["indicator_code", "scope_unit_key", "level", "valid_from"],
        ),
        ("periods", periods.PERIOD_COLUMNS, periods.make_periods(), ["period_code"]),
        ("populations", places.POPULATION_COLUMNS, population_rows, ["unit_key", "year"]),
        (
            "province_tiles",
            places.TILE_COLUMNS,
            places.make_tiles(read_facts(reference / "tile_map.csv")),
            ["unit_code", "label"],
        ),
        ("province_facts", places.FACT_COLUMNS, places.make_province_facts(province_facts), ["unit_key"]),
    )
    out.mkdir(parents=True, exist_ok=True)
    return _write(out, seeds)


def make_bodies(folder: Path) -> dict[str, int]:
    """Write the seeds of bodies into the folder, from the units and successions that lie there; return the row counts."""
    seeds = _body_seeds(read_facts(folder / "units.csv"), read_facts(folder / "successions.csv"))
    return _write(folder, seeds)


def _body_seeds(unit_rows: list[Row], succession_rows: list[Row]) -> tuple[Seed, ...]:
    body_rows = bodies.make_bodies(unit_rows, succession_rows)
    body_steps = bodies.make_body_successions(unit_rows, succession_rows)
    division_steps = divisions.make_division_successions(body_rows, body_steps)
    return (
        ("bodies", units.UNIT_COLUMNS, body_rows + divisions.make_divisions(body_rows), ["unit_key"]),
        (
            "body_successions",
            units.SUCCESSION_COLUMNS,
            body_steps + division_steps + party.make_successions(unit_rows, succession_rows),
            STEP_KEY,
        ),
    )


def _write(out: Path, seeds: Iterable[Seed]) -> dict[str, int]:
    return {name: write_seed(out / f"{name}.csv", columns, rows, key) for name, columns, rows, key in seeds}


def main() -> None:
    """Read the command line, make the seeds and print what was written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=PROJECT_DIR.parent / "shared")
    parser.add_argument("--out", type=Path, default=PROJECT_DIR / "dbt_project" / "seeds")
    parser.add_argument("--bodies", action="store_true", help="the bodies and their divisions alone")
    arguments = parser.parse_args()
    made = make_bodies(arguments.out) if arguments.bodies else make_seeds(arguments.shared, arguments.out)
    for name, row_count in made.items():
        print(f"{name:18}{row_count:7}")


if __name__ == "__main__":
    main()
