"""Decide which provinces a build must read: compare the snapshot with the inputs of the current release."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from warehouse.raw.sql import attach, listed
from warehouse.raw.tables import RAW_SCHEMA, SUBMISSIONS_TABLE
from warehouse.release import store
from warehouse.release.partial import base
from warehouse.release.partial.base import COUNTRY
from warehouse.release.partial.models import unknown_models
from warehouse.release.partial.scope import Scope, whole
from warehouse.settings import Settings

# Above this share of all figures a whole build takes hardly longer.
MOST_OF_FIGURES = 0.25
_FIGURES = f"{RAW_SCHEMA}.bc_rows"
# The table that gives the unit and the period of each figure.
_REPORTS = f"{RAW_SCHEMA}.{SUBMISSIONS_TABLE}"


def choose(settings: Settings, code_version: str) -> Scope:
    """Choose the scope of a build: compare the snapshot with the inputs of the current release."""
    release = store.intact_current(settings)
    if release is None:
        return whole("there is no release to build upon")
    if unknown := unknown_models(settings.dbt_project_dir):
        return whole(f"builds of some provinces do not know the models {', '.join(unknown)}")
    if not base.base_path(settings, release.release_id).exists():
        return whole("nothing was kept of the build of the current release")
    if _models_of(release.code_version) != _models_of(code_version):
        return whole("the dbt project changed")
    if release.as_of_date != settings.as_of_date():
        return whole("the as-of date changed")
    with duckdb.connect() as connection:
        attach(connection, settings.snapshot_path, "store")
        figure_count = sum(
            _count(connection, f"store.{RAW_SCHEMA}.{table}") for table in base.INDICATOR_TABLES
        )
        if figure_count < settings.partial_from_figures:
            return whole("a whole build of so few figures is as fast")
        attach(connection, release.path, "published")
        attach(connection, base.base_path(settings, release.release_id), "base_file")
        earlier = base.read(connection, "contents", "base_file")
        contents = base.contents_by_part(connection, "store", "published.marts.dim_units")
        changed = sorted(
            part for part in earlier.keys() | contents.keys() if earlier.get(part) != contents.get(part)
        )
        if COUNTRY in changed:
            return whole("a new report concerns all provinces")
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


def has_same_frame(settings: Settings, scope: Scope) -> bool:
    """Whether the tables that all provinces share are the same after the build as in the release it builds upon."""
    with duckdb.connect() as connection:
        attach(connection, settings.build_path, "build")
        attach(connection, base.base_path(settings, str(scope.base_release_id)), "base_file")
        return base.frame(connection) == base.read(connection, "frame", "base_file")


def _has_first_reports(connection: duckdb.DuckDBPyConnection, provinces: Sequence[str]) -> bool:
    """Whether a new report of these provinces has an indicator for a period for which no unit had reported it: from then on units
    without a report count as silent elsewhere too.
    """
    row = connection.execute(
        f"select count(*) from store.{_FIGURES} inner join store.{_REPORTS} using (submission_id)"
        " semi join (select unit_key from published.marts.dim_units"
        f" where current_province_code in {listed(provinces)}) as units using (unit_key)"
        " anti join published.marts.fct_submissions using (submission_id)"
        " anti join base_file.reported_periods using (indicator_code, period_code)"
        " where not is_not_applicable"
    ).fetchone()
    return bool(row and row[0])


def _models_of(code_version: str) -> str:
    """Return the hash of the dbt models in a code version; the commit, its first part, changes with every line of other code."""
    return code_version.partition("+")[2]


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0
