"""Write the current release's tables as Parquet; only files whose rows changed are written again.

A table is one file, `<table>.parquet`. A large table of units is a folder, `<table>/<province>.parquet`, with a
file for the units of each of today's provinces, and `VN.parquet` for the country, for the provinces' own rows, which are ranked
among each other, and for rows without a unit: a new report changes the files of its own province and of the country alone.
Both read as `<table>.parquet` and `<table>/*.parquet`. Rows of views are left out, since they follow from the tables:
`views.sql` gives a DuckDB that runs it in the folder the tables and the views.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from warehouse.disk.durable import write_file
from warehouse.raw.sql import content_sums, listed, quoted
from warehouse.release.partial import COUNTRY, ROWS_OF_SCOPE, Scope
from warehouse.release.store import Release
from warehouse.release.views import script_over_parquet
from warehouse.settings import Settings

# A table with fewer rows is written in less time than a search for its changed parts takes.
ROWS_IN_ONE_FILE = 1_000_000
VIEWS_SCRIPT = "views.sql"
_CONTENTS = ".contents.json"
_WORKING_SUFFIX = ".working"
_IS_ABOVE = "level in ('country', 'province')"
_PART_OF_UNIT = f"case when units.{_IS_ABOVE} then '{COUNTRY}' else coalesce(units.current_province_code, '{COUNTRY}') end"

# File below the folder, with the table's rows as they are in it: their number, two sums over their hashes, its size in bytes.
Contents = dict[str, list[int]]


@dataclass(frozen=True)
class _Notes:
    """The notes of the folder: its release, None while it is being written, and the contents of each file."""

    release_id: str | None
    contents: Contents


def write(
    settings: Settings,
    release: Release,
    scope: Scope | None = None,
    rows_in_one_file: int = ROWS_IN_ONE_FILE,
) -> list[str]:
    """Bring the folder to the state of a release; return the names of the files that were written.

    Where the release was built upon the release in the folder, the provinces that the build left out are not read.
    Each file is put in its place by rename. The note on a file's content is removed before the file is written and made anew
    after, so that the next publication
    repairs one that was cut off.
    """
    folder = settings.parquet_dir
    folder.mkdir(parents=True, exist_ok=True)
    noted = _noted(folder)
    is_upon_noted = scope is not None and not scope.is_whole and scope.base_release_id == noted.release_id
    with duckdb.connect(str(release.path), read_only=True) as connection:
        wanted: dict[str, tuple[str, str | None]] = {}
        found: Contents = {}
        sources: dict[str, str] = {}
        for table, rows in release.tables.items():
            is_split = rows > rows_in_one_file and _has_units(connection, table)
            is_known = is_split and is_upon_noted and table in ROWS_OF_SCOPE
            sources[table] = f"{table}/*.parquet" if is_split else f"{table}.parquet"
            known = _left_out(noted.contents, table, scope) if scope is not None and is_known else {}
            for part, content in _content(connection, table, is_split, known).items():
                name = f"{table}/{part}.parquet" if is_split else f"{table}.parquet"
                wanted[name], found[name] = (table, part if is_split else None), content
        kept = {name for name in found if _is_there(folder / name, found[name], noted.contents.get(name))}
        changed = sorted(found.keys() - kept)
        _note(folder, _Notes(None, {name: noted.contents[name] for name in kept}))
        for name in changed:
            _write_file(connection, folder / name, *wanted[name])
        write_file(folder / VIEWS_SCRIPT, script_over_parquet(connection, sources).encode())
    sizes = {name: (folder / name).stat().st_size for name in found}
    _note(folder, _Notes(release.release_id, {name: [*found[name], sizes[name]] for name in found}))
    _remove_others(folder, found)
    return changed


def _left_out(contents: Contents, table: str, scope: Scope) -> Contents:
    """Return the noted contents, without file sizes, of the parts of a table that the scope leaves out."""
    parts = {
        name.removeprefix(f"{table}/").removesuffix(".parquet"): content[:-1]
        for name, content in contents.items()
        if name.startswith(f"{table}/")
    }
    return {part: content for part, content in parts.items() if part not in {COUNTRY, *scope.provinces}}


def _content(
    connection: duckdb.DuckDBPyConnection, table: str, is_split: bool, known: Contents
) -> Mapping[str, list[int]]:
    """Summarise the rows of each part of a table; parts that are `known` are not read."""
    part = _PART_OF_UNIT if is_split else f"'{table}'"
    join = "left join marts.dim_units as units on units.unit_key = content.unit_key" if is_split else ""
    looked_at = ""
    if known:
        units = (
            f"select unit_key from marts.dim_units as units where {_PART_OF_UNIT} in {listed(list(known))}"
        )
        looked_at = f"where coalesce(content.unit_key, '') not in ({units})"
    rows = connection.execute(
        f"select {part}, {content_sums('hash(content)')} from marts.{table} as content {join} {looked_at} group by 1"
    ).fetchall()
    # A table without rows is a file without rows.
    empty = {} if is_split else {table: [0, 0, 0]}
    return empty | known | {name: [int(count), int(low), int(high)] for name, count, low, high in rows}


def _write_file(connection: duckdb.DuckDBPyConnection, final: Path, table: str, part: str | None) -> None:
    final.parent.mkdir(exist_ok=True)
    working = final.with_name(f".{final.name}{_WORKING_SUFFIX}")
    condition = ""
    if part is not None:
        units = f"select units.unit_key from marts.dim_units as units where {_PART_OF_UNIT}"
        condition = (
            f" where coalesce(unit_key, '') not in ({units} <> '{part}')"
            if part == COUNTRY
            else f" where unit_key in ({units} = '{part}')"
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


def _noted(folder: Path) -> _Notes:
    try:
        return _Notes(**json.loads((folder / _CONTENTS).read_text()))
    except (FileNotFoundError, TypeError):
        # Nothing was ever written here, or an earlier version wrote it and noted less.
        return _Notes(None, {})


def _note(folder: Path, notes: _Notes) -> None:
    write_file(folder / _CONTENTS, json.dumps(asdict(notes), sort_keys=True).encode())


def _remove_others(folder: Path, wanted: Contents) -> None:
    """Remove files that belong to no table of this release, and leftovers of a publication that was killed."""
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
