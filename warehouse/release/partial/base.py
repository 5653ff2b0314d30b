"""The base: data kept beside a release, so that the next build reads only the provinces that changed.

Beside each release that is kept lies a private file (`warehouse/bases/<release_id>.duckdb`) with

- `province_totals` and `province_silence`: the provinces' own rows, from which the country is added up;
- `province_parts`: what the rows of a province's units add up to;
- `contents`: the number and the checksums of the rows in each part of the raw store. A part is one of today's provinces,
  or `VN` for rows that concern all provinces: figures that provinces report themselves, panels, and units of no province;
- `frame`: the number and the checksums of the rows in each table that all provinces share: units, periods, targets, which
indicator was reported for which
  period;
- `reported_periods`: the indicators and periods reported, row by row, so that a first report is found before the build.

Without that file, or with another frame, a build is whole.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.forms.contract import load_forms
from warehouse.raw.sql import attach, content_sums, quoted
from warehouse.raw.tables import IS_ACCEPTED, RAW_SCHEMA, SUBMISSIONS_TABLE, record_tables
from warehouse.release.partial.scope import Contents
from warehouse.release.store import Release
from warehouse.settings import Settings

BASE_SCHEMA = "base"
COUNTRY = "VN"
# Figures that are compared and added up across units; a province's own figures are compared with other provinces' figures.
INDICATOR_TABLES = ("bc_rows", "panel_rows")
_INDICATOR_FORM = "BC"
# Every table that figures of several provinces go through, and that no report of a single province may change unnoticed.
_FRAME_TABLES = (
    "int_units",
    "int_unit_parents",
    "int_unit_descents",
    "int_unit_paths_to_current",
    "int_unit_target_scopes",
    "int_units_owing",
    "int_indicators",
    "int_indicator_duties",
    "int_periods",
    "int_populations",
    "int_scope_targets",
    "int_scorecard_units",
)
# Tables with the totals of the provinces that are left out, which dbt models read; empty for a whole build.
BASE_TABLES = {
    "provinces": "unit_key varchar",
    "province_totals": (
        "unit_key varchar, indicator_code varchar, period_code varchar, numerator double, denominator double,"
        " counted_value double, mean_value double, reporting_units bigint, expected_units bigint, owing_when_silent bigint,"
        " report_kinds integer, is_simulated boolean, is_estimated boolean"
    ),
    "province_silence": (
        "unit_key varchar, indicator_code varchar, period_code varchar, silent_units bigint, silent_denominator double"
    ),
    "province_parts": (
        "lens_number integer, unit_key varchar, indicator_code varchar, period_code varchar, numerator double,"
        " denominator double, counted_value double"
    ),
}
# Where nobody owes what the warehouse counts nobody is silent: a first figure of that kind changes no other province.
_REPORTED_PERIODS = (
    "select distinct indicator_code, period_code from build.intermediate.int_series_as_reported where indicator_code not in"
    " (select indicator_code from build.intermediate.int_indicators where source_kind = 'recorded'"
    " except select indicator_code from build.intermediate.int_indicator_duties)"
)


def base_path(settings: Settings, release_id: str) -> Path:
    """Return the path of a release's base."""
    return settings.warehouse_dir / "bases" / f"{release_id}.duckdb"


def keep_base(settings: Settings, release: Release, contents: Contents | None = None) -> None:
    """Make the base of a release from its build. `contents` describe the raw store as the build found it; without them the
    snapshot
    is read.
    """
    final = base_path(settings, release.release_id)
    working = final.with_name(f".{final.name}.working")
    final.parent.mkdir(exist_ok=True)
    working.unlink(missing_ok=True)
    with duckdb.connect(str(working)) as connection:
        attach(connection, settings.build_path, "build")
        attach(connection, settings.snapshot_path, "store")
        connection.execute(
            "create table province_totals as select * from build.intermediate.int_series_answers where level = 'province'"
        )
        for table, model in (
            ("province_silence", "int_silent_denominators"),
            ("province_parts", "int_series_parts"),
        ):
            connection.execute(
                f"create table {table} as select found.* from build.intermediate.{model} as found"
                " inner join build.intermediate.int_units as units using (unit_key) where units.level = 'province'"
            )
        if contents is None:
            contents = contents_by_part(connection, "store", "build.marts.dim_units")
        _keep(connection, "contents", contents)
        _keep(connection, "frame", frame(connection))
        connection.execute(f"create table reported_periods as {_REPORTED_PERIODS}")
    working.rename(final)


def forget_base(settings: Settings, release_id: str) -> None:
    """Remove the base of a release."""
    base_path(settings, release_id).unlink(missing_ok=True)


def make_base_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty tables of the schema `base` in a snapshot."""
    connection.execute(f"create schema {BASE_SCHEMA}")
    for table, columns in BASE_TABLES.items():
        connection.execute(f"create table {BASE_SCHEMA}.{table} ({columns})")


def read(connection: duckdb.DuckDBPyConnection, table: str, catalog: str) -> Contents:
    """Return the contents or the frame of an attached base."""
    rows = connection.execute(f"select * from {catalog}.{table}").fetchall()
    return {name: (int(count), int(low), int(high)) for name, count, low, high in rows}


def contents_by_part(connection: duckdb.DuckDBPyConnection, store: str, units: str) -> Contents:
    """Summarise the rows of each part of the raw store. `units` is dim_units of a build or release."""
    tables = [_rows_of(table, store) for table in record_tables()]
    forms = (
        f"submissions.form = {quoted(_INDICATOR_FORM)} or submissions.form not in (select form from forms)"
    )
    # The time of arrival decides which report counts, so it is part of the content.
    tables.append(
        f"select submissions.unit_key, {forms} as is_of_figures, hash(submissions, files.received_at, files.is_simulated)"
        f" as hash_of_row from {store}.{RAW_SCHEMA}.submissions as submissions"
        f" inner join {store}.{RAW_SCHEMA}.files as files using (file_sha256)"
        f" where {IS_ACCEPTED} and submissions.unit_key is not null"
    )
    rows = connection.execute(
        f"with forms as (select unnest({_record_forms()}) as form), units as (select unit_key, current_province_code,"
        f" level in ('province', 'country') as is_area from {units}), content as ({' union all '.join(tables)})"
        " select case when units.current_province_code is null or (units.is_area and content.is_of_figures)"
        f" then '{COUNTRY}' else units.current_province_code end as part, {content_sums('hash_of_row')}"
        " from content left join units using (unit_key) group by part"
    ).fetchall()
    return {part: (int(count), int(low), int(high)) for part, count, low, high in rows}


def frame(connection: duckdb.DuckDBPyConnection) -> Contents:
    """Summarise the tables that all provinces share, in the attached `build`."""
    sources = {table: f"select * from build.intermediate.{table}" for table in _FRAME_TABLES}
    sources["reported_periods"] = _REPORTED_PERIODS
    found: Contents = {}
    for name, source in sources.items():
        row = connection.execute(
            f"select {content_sums('hash_of_row')} from (select hash(content) as hash_of_row from ({source}) as content)"
        ).fetchone()
        count, low, high = row or (0, 0, 0)
        found[name] = (int(count), int(low or 0), int(high or 0))
    return found


def _rows_of(table: str, store: str) -> str:
    # The unit of a figure is the unit of its report.
    return (
        f"select reports.unit_key, {str(table in INDICATOR_TABLES).lower()} as is_of_figures, hash(content) as hash_of_row"
        f" from {store}.{RAW_SCHEMA}.{table} as content"
        f" inner join {store}.{RAW_SCHEMA}.{SUBMISSIONS_TABLE} as reports using (submission_id)"
    )


def _record_forms() -> list[str]:
    """Return the forms whose reports are no figures of units."""
    return [form.code for form in load_forms().values() if form.table not in INDICATOR_TABLES]


def _keep(connection: duckdb.DuckDBPyConnection, table: str, contents: Contents) -> None:
    connection.execute(
        f"create table {table} (name varchar, row_count hugeint, low_sum hugeint, high_sum hugeint)"
    )
    for name, (count, low, high) in contents.items():
        connection.execute(f"insert into {table} values ({quoted(name)}, {count}, {low}, {high})")
