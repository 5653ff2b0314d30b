"""Ask the history checks that the contracts declare, and write their answers as findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

import duckdb

from warehouse.forms.contract import Form, HistoryCheck, load_forms
from warehouse.intake.history.context import read_sql, seed_rows
from warehouse.intake.messages.findings import (
    Finding,
    Issue,
    as_text,
    finding_row,
)
from warehouse.intake.reports.row_key import key_column
from warehouse.raw.sql import quoted
from warehouse.reference import periods
from warehouse.reference.context import load_reference
from warehouse.reference.seeds import UNIT_SEEDS
from warehouse.reference.units.register import COUNTRY_KEY, UnitRegister


@dataclass(frozen=True)
class Question:
    """One history check: its .sql file and the rules that it may find broken.

    A contract gives the `params`, which are `$name` in the file; `fixed` fills the other placeholders.
    """

    sql: str
    rules: tuple[str, ...]
    params: tuple[str, ...] = ()
    fixed: Mapping[str, str] = field(default_factory=dict)
    compares_reports: bool = False
    follows_units: bool = False


QUESTIONS: Mapping[str, Question] = {
    "cumulative_does_not_fall": Question(
        "cumulative_falls",
        ("cumulative_falls", "cumulative_above_later"),
        params=("not_for",),
        compares_reports=True,
    ),
    "differs_from_previous": Question(
        "same_as_previous",
        ("same_as_previous",),
        params=("recent_days", "least_size", "least_large"),
        compares_reports=True,
    ),
    "near_to_previous": Question(
        "far_from_previous",
        ("far_from_previous",),
        params=("recent_days", "factor", "least_size", "not_for"),
        compares_reports=True,
    ),
    "rated_near_to_previous": Question(
        "rated_far_from_previous", ("far_from_previous",), params=("factor", "least_size")
    ),
    "activities_within_count": Question(
        "count_below_records",
        ("count_below_records",),
        params=("indicator", "activity_types"),
    ),
    "models_registered": Question(
        "models_registered",
        ("model_not_registered", "model_of_other_unit", "event_before_registration"),
        params=("soon", "grace_days", "before"),
        fixed={"country": COUNTRY_KEY},
        follows_units=True,
    ),
    "closed_stays_closed": Question(
        "record_goes_back",
        ("status_goes_back",),
        params=("closed", "open"),
        fixed={
            "form": "KN",
            "table": "kn_rows",
            "key": "item_code",
            "column": "status",
            "rule": "status_goes_back",
            "goes_back": "earlier_value in $closed and now_value in $open",
        },
    ),
    "held_stays_held": Question(
        "record_goes_back",
        ("held_date_withdrawn",),
        fixed={
            "form": "HD",
            "table": "hd_rows",
            "key": "activity_code",
            "column": "activity_date",
            "rule": "held_date_withdrawn",
            "goes_back": "earlier_value is not null and now_value is null",
        },
    ),
    "reach_does_not_fall": Question(
        "record_goes_back",
        ("reach_falls",),
        fixed={
            "form": "VB",
            "table": "vb_rows",
            "key": "document_no",
            "column": "organisations_done",
            "rule": "reach_falls",
            "goes_back": "now_value < earlier_value",
        },
    ),
}


class Found(NamedTuple):
    """One row of the answer to a question. `found` and the params are figures, dates or text."""

    submission_id: str
    file_sha256: str
    sheet: str | None
    row_number: int | None
    column_letters: str | None
    column_name: str
    row_key: str | None
    rule_code: str
    found: Any
    params: Mapping[str, Any]


def history_rules() -> frozenset[str]:
    """Return every rule that only a history check can find broken."""
    return frozenset(rule for question in QUESTIONS.values() for rule in question.rules)


def ask(connection: duckdb.DuckDBPyConnection, seeds_dir: Path) -> list[Finding]:
    """Return findings about the target files in order of file and cell, numbered. Needs `make_context`."""
    sent = {
        code
        for (code,) in connection.execute(
            "select distinct form from context_submissions where is_target"
        ).fetchall()
    }
    forms = [form for code, form in load_forms().items() if code in sent and form.history_checks]
    if not forms:
        return []
    _bring_seeds(connection, seeds_dir)
    asked = [check for form in forms for check in form.history_checks]
    if any(QUESTIONS[check.name].follows_units for check in asked):
        _bring_units(connection, seeds_dir)
    of_reports = [check for check in asked if QUESTIONS[check.name].compares_reports]
    if of_reports:
        recent_days = max(check.params.get("recent_days", 0) for check in of_reports)
        connection.execute(Template(read_sql("reports")).substitute(recent_days=recent_days))
        connection.execute(read_sql("compared"))
    answers = [
        (form, answer)
        for form in forms
        for check in form.history_checks
        for answer in _answer(connection, form, check)
    ]
    if not answers:
        return []
    answers.sort(key=lambda pair: _order(pair[1]))
    units = load_reference(seeds_dir).units
    return [_finding(form, answer, number, units) for number, (form, answer) in enumerate(answers, 1)]


def _bring_seeds(connection: duckdb.DuckDBPyConnection, seeds_dir: Path) -> None:
    connection.execute(
        "create or replace temp table context_periods as select period_code, previous_period_code,"
        " cast(period_start_date as date) as period_start_date, cast(period_end_date as date) as period_end_date,"
        f" cast(is_cumulative as boolean) as is_cumulative from {seed_rows(seeds_dir / 'periods.csv')}"
    )
    connection.execute(
        "create or replace temp table context_indicators as select indicator_code, aggregation"
        f" from {seed_rows(seeds_dir / 'indicators.csv')}"
    )


def _bring_units(connection: duckdb.DuckDBPyConnection, seeds_dir: Path) -> None:
    connection.execute(
        "create or replace temp table context_units as select unit_key, parent_unit_key"
        f" from {seed_rows(*(seeds_dir / f'{name}.csv' for name in UNIT_SEEDS))}"
    )


def _answer(connection: duckdb.DuckDBPyConnection, form: Form, check: HistoryCheck) -> list[Found]:
    """Run one check; each answer has the letters of its column, or of the key column where the sheet lacks it."""
    question = QUESTIONS[check.name]
    params = {name: _as_sql(value) for name, value in check.params.items()}
    fixed = {name: Template(text).substitute(params) for name, text in question.fixed.items()}
    asked = Template(read_sql(question.sql)).substitute({**params, **fixed})
    rows = connection.execute(
        "select placed.submission_id, placed.file_sha256, placed.sheet, placed.row_number,"
        " coalesce(own.column_letters, keys.column_letters), placed.column_name, placed.row_key,"
        " placed.rule_code, placed.found, placed.params from (select answers.* exclude (sheet),"
        f" coalesce(answers.sheet, submissions.sheet) as sheet, targets.file_sha256 from ({asked}) as answers"
        " inner join context_submissions as submissions on submissions.submission_id = answers.submission_id"
        " inner join context_targets as targets on targets.arrival_number = submissions.arrival_number) as placed"
        " left join ledger_sheet_columns as own on own.file_sha256 = placed.file_sha256"
        " and own.sheet = placed.sheet and own.column_name = placed.column_name"
        " left join ledger_sheet_columns as keys on keys.file_sha256 = placed.file_sha256"
        f" and keys.sheet = placed.sheet and keys.column_name = {quoted(key_column(form))}"
    ).fetchall()
    return [Found(*row) for row in rows]


def _as_sql(value: object) -> str:
    if isinstance(value, list | tuple):
        # SQL has no empty list. A list with an empty text matches nothing, since no code is empty.
        return "(" + ", ".join(quoted(str(item)) for item in value or [""]) + ")"
    return str(value)


def _order(found: Found) -> tuple[str, str, int, str, str, str]:
    place = (found.file_sha256, found.sheet or "", found.row_number or 0)
    return *place, found.column_name, found.rule_code, found.submission_id


def _finding(form: Form, found: Found, number: int, units: UnitRegister) -> Finding:
    issue = Issue(found.rule_code, found.column_name, found.found, params=_words(found.params, units))
    column = form.by_name[found.column_name]
    submission = {"submission_id": found.submission_id, "file_sha256": found.file_sha256}
    return finding_row(
        issue,
        submission,
        number,
        sheet=found.sheet,
        cell=f"{found.column_letters}{found.row_number}" if found.column_letters else None,
        headings=(column.heading_vi, column.heading_en),
        row_key=found.row_key,
    )


def _words(params: Mapping[str, Any], units: UnitRegister) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for name, value in params.items():
        if name.endswith("period"):
            words |= {f"{name}_vi": periods.label_vi(value), f"{name}_en": periods.label_en(value)}
        elif name == "unit":
            words[name] = units.get(value).unit_name if value else ""
        else:
            words[name] = as_text(value) or ""
    return words
