"""Which provinces a build must look at again: it stands upon the current release where only reports of some provinces changed.

All that is reported in one of today's provinces is added up there: no unit ever went to two of them. So the reports of the
provinces that changed give all their rows anew, and with the totals of the other provinces (`warehouse.release.base`) those of
the country. The snapshot is cut down to them, dbt builds and tests what is left, and the publication puts it in the place of
those provinces' rows (`warehouse.release.assemble`). Tables that are no sums of figures are built from everything, as ever.

Where any doubt is left the build is whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from warehouse.raw.sql import attach, copy_database, listed
from warehouse.raw.submission_id import stored_id
from warehouse.raw.tables import RAW_SCHEMA, SUBMISSIONS_TABLE
from warehouse.release import base, store
from warehouse.release.base import BASE_SCHEMA, COUNTRY
from warehouse.settings import Settings

# Beyond this share of all figures a whole build takes hardly longer.
MOST_OF_FIGURES = 0.25
_TABLES = {
    "provinces": "unit_key varchar",
    "province_totals": (
        "unit_key varchar, indicator_code varchar, period_code varchar, numerator double, denominator double,"
        " counted_value double, mean_value double, reporting_units bigint, expected_units bigint, owing_when_silent bigint,"
        " is_simulated boolean, is_estimated boolean"
    ),
    "province_silence": (
        "unit_key varchar, indicator_code varchar, period_code varchar, silent_units bigint, silent_denominator double"
    ),
}
_FIGURES = f"{RAW_SCHEMA}.bc_rows"
# They say which unit and period a figure is of.
_REPORTS = f"{RAW_SCHEMA}.{SUBMISSIONS_TABLE}"


@dataclass(frozen=True)
class Scope:
    """What a build looks at: everything, or some provinces upon a release.

    `provinces` are codes of today; `figure_count` is the number of figures in the whole raw store; `because` says in English why
    the build is whole.
    """

    base_release_id: str | None
    provinces: tuple[str, ...] = ()
    figure_count: int = 0
    contents: base.Contents | None = None
    because: str = ""

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Scope:
        """The scope that was written as plain data."""
        contents = fields["contents"]
        return cls(**fields | {
            "provinces": tuple(fields["provinces"]),
            "contents": contents and {part: tuple(sums) for part, sums in contents.items()},
        })  # fmt: skip

    @property
    def is_whole(self) -> bool:
        """Whether everything is built."""
        return self.base_release_id is None

    def source_path(self, settings: Settings) -> Path:
        """What the build reads: the snapshot, or what was cut out of it."""
        return settings.snapshot_path if self.is_whole else settings.scoped_snapshot_path


def whole(because: str) -> Scope:
    """A build of everything, and why."""
    return Scope(None, because=because)


def choose(settings: Settings, code_version: str) -> Scope:
    """Compare the snapshot with what the current release was built from."""
    release = store.current(settings)
    if release is None or not release.is_kept:
        return whole("there is no release to stand upon")
    if not base.path_of(settings, release.release_id).exists():
        return whole("nothing was kept of the build of the current release")
    if _models_of(release.code_version) != _models_of(code_version):
        return whole("the models are others")
    if release.as_of_date != settings.as_of_date():
        return whole("another day is looked from")
    with duckdb.connect() as connection:
        attach(connection, settings.snapshot_path, "store")
        figure_count = sum(
            _count(connection, f"store.{RAW_SCHEMA}.{table}") for table in base.INDICATOR_TABLES
        )
        if figure_count < settings.partial_from_figures:
            return whole("a whole build of so few figures is as fast")
        attach(connection, release.path, "published")
        attach(connection, base.path_of(settings, release.release_id), "base_file")
        earlier = base.read(connection, "contents", "base_file")
        contents = base.contents_by_part(connection, "store", "published.marts.dim_units")
        changed = sorted(
            part for part in earlier.keys() | contents.keys() if earlier.get(part) != contents.get(part)
        )
        if COUNTRY in changed:
            return whole("something came that concerns all provinces")
        rows = sum(count for count, _, _ in contents.values())
        if sum(contents.get(part, (0, 0, 0))[0] for part in changed) > MOST_OF_FIGURES * rows:
            return whole("a large part of all figures changed")
        if _has_first_reports(connection, changed):
            return whole("an indicator was reported for a period for the first time")
    return Scope(
        base_release_id=release.release_id,
        provinces=tuple(changed),
        figure_count=figure_count,
        contents=contents,
    )


def lay_out(settings: Settings, scope: Scope) -> None:
    """Make the file that a build of that scope reads: the snapshot with the tables of the schema `base`.

    For a build of some provinces these hold the totals of the others, whose figures, but for the provinces' own reports, are left
    out of a copy of the snapshot.
    """
    source = scope.source_path(settings)
    if not scope.is_whole:
        copy_database(settings.snapshot_path, source)
    with duckdb.connect(str(source)) as connection:
        _make_tables(connection)
        if not scope.is_whole:
            _cut(settings, connection, scope)


def has_same_frame(settings: Settings, scope: Scope) -> bool:
    """Whether what all provinces share is, after the build, as it was in the release that the build stands upon."""
    with duckdb.connect() as connection:
        attach(connection, settings.build_path, "build")
        attach(connection, base.path_of(settings, str(scope.base_release_id)), "base_file")
        return base.frame(connection) == base.read(connection, "frame", "base_file")


def units_in_scope(catalog: str, provinces: Sequence[str], with_all_provinces: bool = True) -> str:
    """A query for the units whose figures such a build gives: of the provinces, the country, and all provinces themselves."""
    levels = "('country', 'province')" if with_all_provinces else "('country')"
    return (
        f"select unit_key from {catalog}.marts.dim_units where level in {levels}"
        f" or current_province_code in {listed(provinces)}"
    )


def _has_first_reports(connection: duckdb.DuckDBPyConnection, provinces: Sequence[str]) -> bool:
    """Whether a new report of these provinces has an indicator for a period for which nobody had reported it: from then on
    silent units count as silent elsewhere too.
    """
    row = connection.execute(
        f"select count(*) from store.{_FIGURES} inner join store.{_REPORTS} using (submission_id)"
        " semi join (select unit_key from published.marts.dim_units"
        f" where current_province_code in {listed(provinces)}) as units using (unit_key)"
        f" anti join (select {stored_id()} as submission_id from published.marts.fct_submissions) as published_already"
        " using (submission_id)"
        " anti join base_file.reported_periods using (indicator_code, period_code)"
        " where not is_not_applicable"
    ).fetchone()
    return bool(row and row[0])


def _cut(settings: Settings, connection: duckdb.DuckDBPyConnection, scope: Scope) -> None:
    release = store.find(settings, str(scope.base_release_id))
    attach(connection, release.path, "published")
    attach(connection, base.path_of(settings, release.release_id), "base_file")
    connection.execute(
        f"create temp table left_out as select unit_key, level from published.marts.dim_units"
        f" where current_province_code not in {listed(scope.provinces)}"
    )
    connection.execute(
        f"create table {_FIGURES}_in_scope as select figures.* from {_FIGURES} as figures"
        f" anti join (select submission_id from {_REPORTS} semi join left_out"
        " on left_out.unit_key = submissions.unit_key and left_out.level <> 'province') as others using (submission_id)"
    )
    connection.execute(f"drop table {_FIGURES}")
    connection.execute(f"alter table {_FIGURES}_in_scope rename to {_FIGURES.removeprefix(f'{RAW_SCHEMA}.')}")
    connection.execute(
        f"insert into {BASE_SCHEMA}.provinces select unit_key from left_out where level = 'province'"
    )
    for table in ("province_totals", "province_silence"):
        names = ", ".join(column.split()[0] for column in _TABLES[table].split(", "))
        connection.execute(
            f"insert into {BASE_SCHEMA}.{table} by name select {names} from base_file.{table}"
            f" semi join {BASE_SCHEMA}.provinces using (unit_key)"
        )


def _make_tables(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"create schema if not exists {BASE_SCHEMA}")
    for table, columns in _TABLES.items():
        connection.execute(f"create or replace table {BASE_SCHEMA}.{table} ({columns})")


def _models_of(code_version: str) -> str:
    """The hash of the models in a code version; the commit before it changes with every line of other code."""
    return code_version.partition("+")[2]


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0
