"""Compare a file with the earlier findings that it answers: the findings of the latest earlier report of the same unit and
period, or of the latest earlier file with the same record.

An earlier file in which no unit was understood is answered by one of the same name with the same figures.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from string import Template
from typing import NamedTuple

import duckdb

from warehouse.forms.contract import load_forms
from warehouse.intake.history.context import read_sql
from warehouse.intake.reports.resubmission import FindingIdentity, Resubmission, compare
from warehouse.intake.reports.row_key import MAX_KEY_CHARACTERS, key_column
from warehouse.raw.sql import listed, quoted

# Two figures of three or four digits, or four of two, are not the same by chance under one file name.
LEAST_DIGITS = 8


class _Report(NamedTuple):
    """The rows of one unit in one form of a file; of one period only, where the form is accepted or returned whole."""

    form: str
    series_key: str | None
    period_code: str | None


class _Finding(NamedTuple):
    arrival_number: int
    severity: str
    identity: FindingIdentity


class _File(NamedTuple):
    sha256: str
    name: str
    received_at: datetime


@dataclass
class _Past:
    """The rows of the history context in memory. Files go by arrival number; findings without a unit are kept by form alone."""

    files: dict[int, _File] = field(default_factory=dict)
    reports: dict[int, set[_Report]] = field(default_factory=lambda: defaultdict(set))
    sent: dict[_Report, set[int]] = field(default_factory=lambda: defaultdict(set))
    findings: dict[_Report, list[_Finding]] = field(default_factory=lambda: defaultdict(list))
    mentions: dict[tuple[str, str | None, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    # By file and form: the earlier file that named no unit.
    mended_units: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def speaks_of(self, report: _Report, row_key: str | None, arrival_number: int) -> bool:
        """Whether a file covers the row; a report in a form that is accepted or returned whole covers all rows, also rows left
        out."""
        if row_key is None or not _is_of_records(report.form):
            return True
        return arrival_number in self.mentions[report.form, report.series_key, row_key]

    def latest_mention(self, report: _Report, row_key: str, before: int) -> int | None:
        """Return the latest file before the given one that covers the record."""
        mentions = self.mentions[report.form, report.series_key, row_key]
        return max((other for other in mentions if other < before), default=None)


def find_sent_again(connection: duckdb.DuckDBPyConnection) -> dict[str, Resubmission]:
    """Compare each target file with the earlier findings that it answers; return the comparisons by hash. Needs
    `make_context`."""
    past = _load(connection)
    targets = {sha for (sha,) in connection.execute("select file_sha256 from context_targets").fetchall()}
    answers = {}
    for arrival_number, file in past.files.items():
        if file.sha256 in targets and (answer := _answer(past, arrival_number)):
            answers[file.sha256] = answer
    return answers


def _load(connection: duckdb.DuckDBPyConnection) -> _Past:
    past = _Past()
    _find_mended_units(connection)
    connection.execute(
        f"create or replace temp table context_earlier_findings as {read_sql('earlier_findings')}"
    )
    findings = connection.execute("from context_earlier_findings").fetchall()
    if not findings:
        return past
    for arrival_number, form, series_key, period_code, _, severity, *identity in findings:
        past.findings[_report(form, series_key, period_code)].append(
            _Finding(arrival_number, severity, FindingIdentity(*identity))
        )
    submissions = connection.execute(
        "select submissions.arrival_number, files.file_sha256, files.file_name, submissions.received_at, submissions.form,"
        " submissions.series_key, submissions.period_code from context_submissions as submissions"
        " inner join context_files as files on files.arrival_number = submissions.arrival_number"
        " semi join context_earlier_findings using (form, series_key)"
    ).fetchall()
    for arrival_number, sha256, name, received_at, form, series_key, period_code in submissions:
        past.files[arrival_number] = _File(sha256, name, received_at)
        report = _report(form, series_key, period_code)
        past.reports[arrival_number].add(report)
        past.sent[report].add(arrival_number)
    _load_mentions(connection, past)
    _load_mended_units(connection, past)
    return past


def _report(form: str, series_key: str | None, period_code: str | None) -> _Report:
    by_period = series_key is not None and not _is_of_records(form)
    return _Report(form, series_key, period_code if by_period else None)


def _is_of_records(form: str) -> bool:
    # A panel has no contract, and is accepted whole.
    return form in load_forms() and not load_forms()[form].is_accepted_whole


def _find_mended_units(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `context_mended_units`; few files have a namesake without a unit, and only then are figures compared."""
    whole = [form.code for form in load_forms().values() if form.is_accepted_whole]
    connection.execute(Template(read_sql("without_unit")).substitute(forms=listed(whole)))
    asked = "create or replace temp table context_mended_units as from context_namesakes limit 0"
    if connection.execute("select count(*) from context_namesakes").fetchone() != (0,):
        asked = Template(read_sql("mended_units")).substitute(least_digits=LEAST_DIGITS)
    connection.execute(asked)


def _load_mended_units(connection: duckdb.DuckDBPyConnection, past: _Past) -> None:
    pairs = connection.execute(
        "select mended.form, mended.arrival_number, mended.earlier_arrival_number, files.arrival_number,"
        " files.file_sha256, files.file_name, files.received_at from context_mended_units as mended"
        " inner join context_files as files on files.arrival_number in (mended.arrival_number, mended.earlier_arrival_number)"
    ).fetchall()
    for form, later, earlier, arrival_number, *file in pairs:
        past.mended_units[later][form] = earlier
        past.files[arrival_number] = _File(*file)


def _load_mentions(connection: duckdb.DuckDBPyConnection, past: _Past) -> None:
    """Load which files mention the records with findings: in a row kept, or in a finding of any kind."""
    keys: dict[str, set[str]] = defaultdict(set)
    for report, findings in past.findings.items():
        if _is_of_records(report.form):
            keys[report.form] |= {found.identity.row_key for found in findings if found.identity.row_key}
    for code, wanted in keys.items():
        if not wanted:
            continue
        form = load_forms()[code]
        values = ", ".join(f"({quoted(key)})" for key in sorted(wanted))
        mentions = connection.execute(
            "select distinct submissions.arrival_number, submissions.series_key, mentions.row_key from"
            f" (select submission_id, left({key_column(form)}, {MAX_KEY_CHARACTERS}) as row_key from ledger_{form.table}"
            " union all select submission_id, row_key from ledger_findings) as mentions"
            f" inner join (values {values}) as wanted (row_key) on wanted.row_key = mentions.row_key"
            " inner join context_submissions as submissions on submissions.submission_id = mentions.submission_id"
            f" where submissions.form = {quoted(code)}"
        ).fetchall()
        for arrival_number, series_key, row_key in mentions:
            past.mentions[code, series_key, row_key].add(arrival_number)


def _answer(past: _Past, arrival_number: int) -> Resubmission | None:
    earlier: list[_Finding] = []
    now: list[_Finding] = []
    answered: dict[str, set[int]] = defaultdict(set)
    mended_units = past.mended_units.get(arrival_number, {})
    for form, other in mended_units.items():
        answered[form].add(other)
    for report in past.reports[arrival_number]:
        if report.form in mended_units:
            now += _findings_in(past, report, {arrival_number})
            continue
        find = _earlier_of_records if _is_of_records(report.form) else _earlier_of_report
        files, open_findings = find(past, report, arrival_number)
        if files:
            answered[report.form] |= files
            earlier += open_findings
            now += _findings_in(past, report, {arrival_number})
            # A finding about a row that was not sent again remains.
            now += [
                found
                for found in open_findings
                if not past.speaks_of(report, found.identity.row_key, arrival_number)
            ]
    for form, files in answered.items():
        without_unit = _Report(form, None, None)
        earlier += _findings_in(past, without_unit, files)
        now += _findings_in(past, without_unit, {arrival_number})
    if not earlier:
        return None
    file = past.files[max(found.arrival_number for found in earlier)]
    columns = {key_column(load_forms()[form]) for form in answered if form in load_forms()}
    errors, warnings = (
        compare(
            [found.identity for found in earlier if found.severity == severity],
            [found.identity for found in now if found.severity == severity],
            columns,
        )
        for severity in ("error", "warning")
    )
    return Resubmission(file.received_at.replace(tzinfo=UTC), file.name, errors, warnings)


def _findings_in(past: _Past, report: _Report, files: set[int]) -> list[_Finding]:
    return [found for found in past.findings.get(report, ()) if found.arrival_number in files]


def _earlier_of_report(past: _Past, report: _Report, arrival_number: int) -> tuple[set[int], list[_Finding]]:
    """Return the file with the latest earlier report of the unit and period, and its findings."""
    latest = max((other for other in past.sent[report] if other < arrival_number), default=None)
    files = set() if latest is None else {latest}
    return files, _findings_in(past, report, files)


def _earlier_of_records(past: _Past, report: _Report, arrival_number: int) -> tuple[set[int], list[_Finding]]:
    """Return the latest earlier files with findings about a record of this file, and all their findings that no later file
    answered."""
    files = set()
    for found in past.findings.get(report, ()):
        key = found.identity.row_key
        if (
            key
            and past.speaks_of(report, key, arrival_number)
            and past.latest_mention(report, key, arrival_number) == found.arrival_number
        ):
            files.add(found.arrival_number)
    open_findings = [
        found
        for found in _findings_in(past, report, files)
        if found.identity.row_key is None
        or past.latest_mention(report, found.identity.row_key, arrival_number) == found.arrival_number
    ]
    return files, open_findings
