"""Reports and registrations of the party's base committees, communes' committees and cells. Simulated.

These units are left out of `units`: what the offices of the state report as their totals does not contain them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from warehouse.reference.periods import Period, from_code
from warehouse.reference.seeds import read_seed
from warehouse.sample import draws, province_files
from warehouse.sample.csv_files import write_csv
from warehouse.sample.model_registrations import make_registrations
from warehouse.sample.outbox import Outbox
from warehouse.sample.planted import Planted
from warehouse.sample.reports import arrival
from warehouse.sample.units import OPEN_END, SampleUnit, SampleUnits

INDICATOR = "QT_CB"
PERIODS = ("2024-6M", "2024", "2025-6M", "2025", "2026-6M")
# Models that a unit registers, in relation to an ordinary body.
_SIZES = {"party_committee": 0.45, "commune_committee": 0.5, "party_cell": 0.2}
_CHANCE_SILENT, _CHANCE_LATE = 0.12, 0.1
# Cells briefed in the first half of a year, and in the whole year: a cell once briefed stays so.
_SHARE_BRIEFED = {"6M": 0.84, "year": 0.95}
_MOST_CELLS, _FEWEST_CELLS = 9, 3
_ON_TIME_DAYS, _LATE_DAYS = (2, 5), (15, 19)
_MONTHS_OF_HALF_A_YEAR = 6


def write_party(
    outbox: Outbox, seeds_dir: Path, state: dict[str, SampleUnit], months: Sequence[date]
) -> None:
    """Write the reports of all periods, and the registrations of these months."""
    units = _load(seeds_dir, state)
    for code in PERIODS:
        period = from_code(code)
        if period:
            _write_reports(outbox, period, units, state)
    _write_registrations(outbox, list(months), units, state)


def _load(seeds_dir: Path, state: dict[str, SampleUnit]) -> list[SampleUnit]:
    """The units of the party that lie in a unit of the state that the sample has."""
    levels = {row["unit_type"]: row["reporting_level"] for row in read_seed(seeds_dir, "reporting_levels")}
    return [
        _unit(row, levels[row["unit_type"]], state[row["parent_unit_key"]])
        for row in read_seed(seeds_dir, "party_units")
        if row["parent_unit_key"] in state and levels[row["unit_type"]] in _SIZES
    ]


def _unit(row: Mapping[str, str], reporting_level: str, place: SampleUnit) -> SampleUnit:
    return replace(
        place,
        unit_key=row["unit_key"],
        unit_code=row["unit_code"],
        unit_name=row["unit_name"],
        level="body",
        reporting_level=reporting_level,
        unit_type=row["unit_type"],
        parent_key=place.unit_key,
        parent_name=place.unit_name,
        valid_from=date.fromisoformat(row["valid_from"] or str(date.min)),
        valid_to=date.fromisoformat(row["valid_to"] or str(OPEN_END)),
        size=_SIZES[reporting_level],
    )


def _write_reports(
    outbox: Outbox, period: Period, units: Sequence[SampleUnit], state: dict[str, SampleUnit]
) -> None:
    sent: dict[tuple[str, bool], list[tuple[datetime, dict[str, Any]]]] = {}
    for unit in units:
        is_owing = unit.reporting_level == "party_committee" and unit.is_alive(period.end_date)
        if not is_owing or unit.draw("silent", period.code) < _CHANCE_SILENT:
            continue
        is_late = unit.draw("late", period.code) < _CHANCE_LATE
        days = draws.whole(*(_LATE_DAYS if is_late else _ON_TIME_DAYS), unit.unit_key, "days", period.code)
        received_at = arrival(period.end_date, days, unit.unit_key, period.code)
        province = province_files.province_code_of(state[unit.parent_key], state)
        sent.setdefault((province, is_late), []).append((received_at, _row(unit, period)))
    for (province, is_late), rows in sorted(sent.items(), key=lambda item: item[0]):
        name = f"BC_{province}_{period.code}_to-chuc-dang{'_bo-sung' if is_late else ''}.csv"
        path = outbox.add(name, max(received_at for received_at, _ in rows))
        write_csv(path, "BC", [row for _, row in rows])


def _row(unit: SampleUnit, period: Period) -> dict[str, Any]:
    """Return the row of form BC: how many of the committee's cells were briefed."""
    cells = draws.whole(_FEWEST_CELLS, _MOST_CELLS, unit.unit_code, "cells")
    share, year = _SHARE_BRIEFED[period.period_type], period.end_date.year
    briefed = sum(unit.draw("cell", number, year) < share for number in range(cells))
    return {
        "unit_code": unit.unit_code,
        "unit_name": unit.unit_name,
        "parent_name": unit.parent_name,
        "period": period.code,
        "indicator_code": INDICATOR,
        "numerator": briefed,
        "denominator": cells,
        "value": None,
        "note": None,
    }


def _write_registrations(
    outbox: Outbox, months: list[date], units: Sequence[SampleUnit], state: dict[str, SampleUnit]
) -> None:
    """Write the registrations of each half-year, one file a province."""
    by_key = {unit.unit_key: unit for unit in units}
    files: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for entry in make_registrations(SampleUnits(tuple(units), {}), months, Planted()):
        unit, day = by_key[entry.unit_key], entry.registered_date
        province = province_files.province_code_of(state[unit.parent_key], state)
        half = f"{day.year}-{1 if day.month <= _MONTHS_OF_HALF_A_YEAR else 2}"
        row = entry.row | {"unit_name": unit.unit_name, "parent_name": unit.parent_name}
        files.setdefault((province, half), []).append(row)
    for (province, half), rows in sorted(files.items(), key=lambda item: item[0]):
        name = f"DK_{province}_{half}_to-chuc-dang.csv"
        path = outbox.add(name, arrival(max(row["registered_date"] for row in rows), 4, name))
        write_csv(path, "DK", rows)
