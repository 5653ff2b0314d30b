"""The current release's tables as Parquet, of which only what changed is written again.

A table is one file, `<table>.parquet`. One that is large and speaks of units is a folder, `<table>/<province>.parquet`, with a
file for each of today's provinces and `VN.parquet` for the country and for what belongs to no unit: a new report changes the
files of its own province and of the country alone. Both read as `<table>.parquet` and `<table>/*.parquet`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import duckdb

from warehouse.intake.durable import write_file
from warehouse.release.store import Release
from warehouse.settings import Settings
from warehouse.sql import quoted

# Below this a table is written in less time than it takes to look which part of it changed.
ROWS_IN_ONE_FILE = 1_000_000
COUNTRY = "VN"
_CONTENTS = ".contents.json"
_WORKING_SUFFIX = ".working"
_PART_OF_UNIT = f"coalesce(units.current_province_code, '{COUNTRY}')"

# File below the folder, with the table's rows as they are in it: their number, two sums over their hashes, its size in bytes.
Contents = dict[str, list[int]]


def write(settings: Settings, release: Release, rows_in_one_file: int = ROWS_IN_ONE_FILE) -> list[str]:
    """Bring the folder to the state of a release; the names of the files that were written.

    Each file is put in its place by rename. What a file holds is noted after it was written and forgotten before, so that a
    publication that was cut off is made good by the next.
    """
    folder = settings.parquet_dir
    folder.mkdir(parents=True, exist_ok=True)
    noted = _noted(folder)
    with duckdb.connect(str(release.path), read_only=True) as connection:
        wanted: dict[str, tuple[str, str | None]] = {}
        found: Contents = {}
        for table, rows in release.tables.items():
            is_split = rows > rows_in_one_file and _has_units(connection, table)
            for part, content in _content(connection, table, is_split).items():
                name = f"{table}/{part}.parquet" if is_split else f"{table}.parquet"
                wanted[name], found[name] = (table, part if is_split else None), content
        kept = {name for name in found if _is_there(folder / name, found[name], noted.get(name))}
        changed = sorted(found.keys() - kept)
        _note(folder, {name: noted[name] for name in kept})
        for name in changed:
            _write_file(connection, folder / name, *wanted[name])
    for name in changed:
        noted[name] = [*found[name], (folder / name).stat().st_size]
    _note(folder, {name: noted[name] for name in found})
    _remove_others(folder, found)
    return changed


def _content(connection: duckdb.DuckDBPyConnection, table: str, is_split: bool) -> Mapping[str, list[int]]:
    """What the rows of each part of a table are, whatever their order. Equal rows do not cancel out in a sum."""
    part = _PART_OF_UNIT if is_split else f"'{table}'"
    join = "left join marts.dim_units as units on units.unit_key = content.unit_key" if is_split else ""
    rows = connection.execute(
        f"select {part}, count(*), sum(hash(content) % 4294967291), sum(hash(content) >> 32)"
        f" from marts.{table} as content {join} group by 1"
    ).fetchall()
    # A table without rows is a file without rows.
    empty = {} if is_split else {table: [0, 0, 0]}
    return empty | {name: [int(count), int(low), int(high)] for name, count, low, high in rows}


def _write_file(connection: duckdb.DuckDBPyConnection, final: Path, table: str, part: str | None) -> None:
    final.parent.mkdir(exist_ok=True)
    working = final.with_name(f".{final.name}{_WORKING_SUFFIX}")
    condition = ""
    if part is not None:
        condition = (
            f" where coalesce(unit_key, '') not in (select units.unit_key from marts.dim_units as units"
            f" where {_PART_OF_UNIT} <> '{part}')"
            if part == COUNTRY
            else f" where unit_key in (select unit_key from marts.dim_units where current_province_code = '{part}')"
        )
    connection.execute(
        f"copy (select * from marts.{table}{condition}) to {quoted(working)} (format parquet, compression zstd)"
    )
    working.rename(final)


def _has_units(connection: duckdb.DuckDBPyConnection, table: str) -> bool:
    names = {
        name for (name,) in connection.execute(f"select column_name from (describe marts.{table})").fetchall()
    }
    return "unit_key" in names and table != "dim_units"


def _is_there(path: Path, content: list[int], noted: list[int] | None) -> bool:
    return noted is not None and path.exists() and noted == [*content, path.stat().st_size]


def _noted(folder: Path) -> Contents:
    try:
        return dict(json.loads((folder / _CONTENTS).read_text()))
    except FileNotFoundError:
        return {}


def _note(folder: Path, contents: Contents) -> None:
    write_file(folder / _CONTENTS, json.dumps(contents, sort_keys=True).encode())


def _remove_others(folder: Path, wanted: Contents) -> None:
    """What belongs to no table of this release, and what a publication that was cut off left."""
    for path in [
        *folder.glob("*.parquet"),
        *folder.glob("*/*.parquet"),
        *folder.rglob(f".*{_WORKING_SUFFIX}"),
    ]:
        if str(path.relative_to(folder)) not in wanted:
            path.unlink()
    for path in folder.iterdir():
        if path.is_dir() and not any(path.iterdir()):
            shutil.rmtree(path)
