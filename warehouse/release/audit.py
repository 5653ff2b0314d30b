"""Compare a build with the raw store before readers may see it. dbt's tests look at the marts alone."""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose

import duckdb

from warehouse.disk.damage import LastingFault
from warehouse.forms.contract import Form, load_form
from warehouse.raw.sql import attach
from warehouse.raw.tables import IS_ACCEPTED
from warehouse.release import last_build
from warehouse.settings import Settings

RELATIVE_PRECISION = 1e-12
ABSOLUTE_PRECISION = 0.001

RELATIVE_PRECISION = 1e-12
ABSOLUTE_PRECISION = 0.001


class AuditFailed(LastingFault):
    """The build does not agree with the raw store. The message gives each check with both figures."""


@dataclass(frozen=True)
class Check:
    """Two figures that must be equal."""

    name: str
    expected_sql: str
    found_sql: str


# The mart of each form of records: one row per key, the latest one.
_RECORD_MARTS = {
    "TD": "fct_model_events",
    "HD": "fct_activities",
    "VB": "fct_documents",
    "KN": "fct_commitments",
}


def _latest_by_key(form: Form, mart: str) -> Check:
    """Check that every key that a unit (under any of its names) ever sent is published once, with its latest content."""
    keys = ", ".join(f"r.{name}" for name in form.key)
    return Check(
        f"no {form.code} record is lost, and each is the latest",
        f"select count(*), bit_xor(hash(submission_id, row_number)) from (select r.*, row_number() over (partition by"
        f" u.series_key, {keys} order by f.received_at desc, f.file_sha256 desc, r.row_number desc,"
        " r.sheet desc) as age_rank"
        f" from store.raw.{form.table} r join build.intermediate.int_units u using (unit_key)"
        " join store.raw.files f using (file_sha256)) where age_rank = 1",
        f"select count(*), bit_xor(hash(submission_id, row_number)) from build.marts.{mart}",
    )


# The name `store` stands for the raw store as the build saw it, `build` for the private build file.
CHECKS = (
    Check(
        "every submission is in the marts",
        "select count(*) from store.raw.submissions",
        "select count(*) from build.marts.fct_submissions",
    ),
    Check(
        "every finding is in the marts",
        "select count(*) from store.raw.findings",
        "select count(*) from build.marts.fct_submission_findings",
    ),
    Check(
        "every indicator row that was kept is in the marts",
        "select (select count(*) from store.raw.bc_rows) + (select count(*) from store.raw.panel_rows)",
        "select count(*) from build.marts.fct_indicator_values",
    ),
    Check(
        "numerators as sent are numerators as published",
        "select coalesce(sum(numerator), 0) from store.raw.bc_rows",
        "select coalesce(sum(numerator), 0) from build.marts.fct_indicator_values",
    ),
    Check(
        "every accepted submission has a revision",
        f"select count(*) from store.raw.submissions where {IS_ACCEPTED}",
        "select count(*) from build.marts.fct_submissions where revision is not null",
    ),
    Check(
        "no model that was registered is lost",
        "select count(*) from (select distinct u.series_key, d.model_code from store.raw.dk_rows d"
        " join build.intermediate.int_units u using (unit_key))",
        "select count(*) from build.marts.fct_model_registrations",
    ),
    *(_latest_by_key(load_form(form), mart) for form, mart in _RECORD_MARTS.items()),
    Check(
        "the rating of every unit and period that was accepted is in the marts, in its latest form",
        "select count(*), sum(rated_count), sum(good_count) from (select r.*, dense_rank() over (partition by"
        " r.unit_key, r.period_code order by f.received_at desc, f.file_sha256 desc) as age_rank"
        " from store.raw.tx_rows r join store.raw.files f using (file_sha256)) where age_rank = 1",
        "select count(*), sum(rated_count), sum(good_count) from build.marts.fct_ratings",
    ),
    Check(
        "the country's totals are the same in both lenses",
        "select coalesce(sum(coalesce(numerator, value)), 0) from build.marts.rpt_indicator_series"
        " where level = 'country' and lens = 'as_reported' and not is_estimated",
        "select coalesce(sum(coalesce(numerator, value)), 0) from build.marts.rpt_indicator_series"
        " where level = 'country' and lens = 'current_boundaries' and not is_estimated",
    ),
    Check(
        "each accepted report that was owed answers its one obligation",
        "select count(*), bit_xor(hash(form, unit_key, period_code)) from (select distinct s.form, s.unit_key, s.period_code"
        f" from store.raw.submissions s where {IS_ACCEPTED} and (s.form, s.unit_key, s.period_code) in"
        " (select (form, coalesce(inherited_from_unit_key, unit_key), period_code) from build.marts.rpt_obligations))",
        "select count(*), bit_xor(hash(form, unit_key, period_code)) from (select form,"
        " coalesce(inherited_from_unit_key, unit_key) as unit_key, period_code from build.marts.rpt_obligations"
        " where submission_id is not null)",
    ),
    Check(
        "there are units, indicators and periods",
        "select true",
        "select (select count(*) > 0 from build.marts.dim_units) and (select count(*) > 0 from build.marts.dim_periods)"
        " and (select count(*) > 0 from build.marts.dim_indicators)",
    ),
)


def audit(settings: Settings) -> list[str]:
    """Run every check on the last build; return a line with the result of each. Raises AuditFailed when any fails."""
    summary = last_build.last_build(settings)
    lines: list[str] = []
    failures: list[str] = []
    with duckdb.connect() as connection:
        attach(connection, summary.scope.source_path(settings), "store")
        attach(connection, settings.build_path, "build")
        for check in CHECKS:
            expected = _figure(connection, check.expected_sql)
            found = _figure(connection, check.found_sql)
            line = f"{check.name}: expected {expected}, found {found}"
            (lines if agree(expected, found) else failures).append(line)
    if failures:
        last_build.note(settings, summary, "failed")
        raise AuditFailed(
            "nothing was published; the build does not hold:\n" + "\n".join(f"  {f}" for f in failures)
        )
    return lines


def agree(expected: object, found: object) -> bool:
    """Whether two figures are equal. A sum of doubles depends on the order of its parts in the last of its digits, so sums
    are compared to a thousandth, or to twelve digits where they are so large that a thousandth is beyond a double.
    """
    if isinstance(expected, float) and isinstance(found, float):
        return isclose(expected, found, rel_tol=RELATIVE_PRECISION, abs_tol=ABSOLUTE_PRECISION)
    return expected == found


def _figure(connection: duckdb.DuckDBPyConnection, sql: str) -> object:
    """Return the figure that a query gives; a row with several values is one figure."""
    row = connection.execute(sql).fetchone()
    if row is None:
        return None
    return row[0] if len(row) == 1 else row
