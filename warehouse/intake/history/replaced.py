"""Find what the reports of some files do to the reports of the same units and periods that stood before them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC
from pathlib import Path
from typing import Any

import duckdb

from warehouse.intake.history.context import read_sql
from warehouse.intake.reports.replacement import EarlierFile, Replacement
from warehouse.raw.sql import listed
from warehouse.reference.context import load_reference
from warehouse.reference.units.register import UnitRegister

# A sender whose units have no unit above them in common.
SEVERAL_PROVINCES = "nhiều tỉnh"


def find_replacements(connection: duckdb.DuckDBPyConnection, seeds_dir: Path) -> dict[str, list[Replacement]]:
    """Return what each target file does to earlier reports, by hash, without files that follow none. Needs `make_context`."""
    if connection.execute("select count(*) from context_standing where is_target").fetchone() == (0,):
        return {}
    rows = connection.execute(read_sql("replaced")).fetchall()
    units = load_reference(seeds_dir).units
    senders = _senders(
        connection, {row[0] for row in rows} | {file["sha256"] for row in rows for file in row[-1]}, units
    )
    found: dict[str, list[Replacement]] = defaultdict(list)
    for sha256, *row in rows:
        found[sha256].append(_replacement(row, senders[sha256], senders, units))
    return found


def _replacement(row: list[Any], sender: str, senders: dict[str, str], units: UnitRegister) -> Replacement:
    form, unit_key, period_code, is_part_correction, replaced, left_out, added, same_count, earlier = row
    return Replacement(
        form=form,
        unit_name=units.get(unit_key).unit_name,
        period_code=period_code,
        is_part_correction=is_part_correction,
        replaced=tuple(replaced),
        left_out=tuple(left_out),
        added=tuple(added),
        same_count=same_count,
        sender=sender,
        earlier=tuple(
            EarlierFile(file["name"], file["received_at"].replace(tzinfo=UTC), senders[file["sha256"]])
            for file in earlier
        ),
    )


def _senders(
    connection: duckdb.DuckDBPyConnection, hashes: Collection[str], units: UnitRegister
) -> dict[str, str]:
    """Return the name of the sender of each file. Nobody signs a file: the sender is the unit of all its reports, or the nearest
    unit above all their units.
    """
    keys: dict[str, set[str]] = defaultdict(set)
    for sha256, unit_key in connection.execute(
        "select distinct file_sha256, unit_key from ledger_submissions"
        f" where unit_key is not null and file_sha256 in {listed(sorted(hashes))}"
    ).fetchall():
        keys[sha256].add(unit_key)
    return {sha256: _nearest_above(keys[sha256], units) for sha256 in hashes}


def _nearest_above(keys: Collection[str], units: UnitRegister) -> str:
    paths = []
    for key in keys:
        unit = units.get(key)
        paths.append([unit, *units.ancestors(unit)])
    if not paths:
        return SEVERAL_PROVINCES
    shared = set.intersection(*({unit.unit_key for unit in path} for path in paths))
    return next((unit.unit_name for unit in paths[0] if unit.unit_key in shared), SEVERAL_PROVINCES)
