"""Which earlier findings a file answers: those of the latest earlier report of the same unit and period, or of the
latest earlier file that spoke of the same record.

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
from warehouse.intake.history.past import read_sql
from warehouse.intake.reports.resubmission import Resubmission, Told, compare
from warehouse.intake.reports.row_key import MAX_KEY_CHARACTERS, key_column
from warehouse.raw.sql import listed, quoted

# Two figures of three or four digits, or four of two, are not the same by chance under one file name.
LEAST_DIGITS = 8


class _Atom(NamedTuple):
    """What a file says of one unit in one form, and of one period too where the form stands whole."""

    form: str
    series_key: str | None
    period_code: str | None


class _Finding(NamedTuple):
    came: int
    severity: str
    told: Told


class _File(NamedTuple):
    sha256: str
    name: str
    received_at: datetime


@dataclass
class _Past:
    """What the scene holds. Files are known by when they came; findings without a unit are kept by form alone."""

    files: dict[int, _File] = field(default_factory=dict)
    atoms: dict[int, set[_Atom]] = field(default_factory=lambda: defaultdict(set))
    sent: dict[_Atom, set[int]] = field(default_factory=lambda: defaultdict(set))
    findings: dict[_Atom, list[_Finding]] = field(default_factory=lambda: defaultdict(list))
    mentions: dict[tuple[str, str | None, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    # By file and form the earlier one that named no unit.
    mended_units: dict[int, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def speaks_of(self, atom: _Atom, row_key: str | None, came: int) -> bool:
        """Whether a file has the row; a form that stands whole always speaks of all its rows, and so of those left out."""
        if row_key is None or not _is_of_records(atom.form):
            return True
        return came in self.mentions[atom.form, atom.series_key, row_key]

    def latest_mention(self, atom: _Atom, row_key: str, before: int) -> int | None:
        """The latest file before one that speaks of the record."""
        came = self.mentions[atom.form, atom.series_key, row_key]
        return max((other for other in came if other < before), default=None)


def find_sent_again(connection: duckdb.DuckDBPyConnection) -> dict[str, Resubmission]:
    """By hash, those target files that answer earlier findings. Needs the scene."""
    past = _load(connection)
    targets = {sha for (sha,) in connection.execute("select file_sha256 from scene_targets").fetchall()}
    answers = {}
    for came, file in past.files.items():
        if file.sha256 in targets and (answer := _answer(past, came)):
            answers[file.sha256] = answer
    return answers


def _load(connection: duckdb.DuckDBPyConnection) -> _Past:
    past = _Past()
    _find_mended_units(connection)
    connection.execute(f"create or replace temp table scene_told as {read_sql('earlier_findings')}")
    told = connection.execute("from scene_told").fetchall()
    if not told:
        return past
    for came, form, series_key, period_code, _, severity, *which in told:
        past.findings[_atom(form, series_key, period_code)].append(_Finding(came, severity, Told(*which)))
    submissions = connection.execute(
        "select submissions.came, files.file_sha256, files.file_name, submissions.received_at, submissions.form,"
        " submissions.series_key, submissions.period_code from scene_submissions as submissions"
        " inner join scene_files as files on files.came = submissions.came"
        " semi join scene_told using (form, series_key)"
    ).fetchall()
    for came, sha256, name, received_at, form, series_key, period_code in submissions:
        past.files[came] = _File(sha256, name, received_at)
        atom = _atom(form, series_key, period_code)
        past.atoms[came].add(atom)
        past.sent[atom].add(came)
    _load_mentions(connection, past)
    _load_mended_units(connection, past)
    return past


def _atom(form: str, series_key: str | None, period_code: str | None) -> _Atom:
    by_period = series_key is not None and not _is_of_records(form)
    return _Atom(form, series_key, period_code if by_period else None)


def _is_of_records(form: str) -> bool:
    # A panel is no form of ours, and stands whole.
    return form in load_forms() and not load_forms()[form].is_accepted_whole


def _find_mended_units(connection: duckdb.DuckDBPyConnection) -> None:
    """Make `scene_mended_units`; few files have a namesake without a unit, and only then are figures compared."""
    whole = [form.code for form in load_forms().values() if form.is_accepted_whole]
    connection.execute(Template(read_sql("without_unit")).substitute(forms=listed(whole)))
    asked = "create or replace temp table scene_mended_units as from scene_namesakes limit 0"
    if connection.execute("select count(*) from scene_namesakes").fetchone() != (0,):
        asked = Template(read_sql("mended_units")).substitute(least_digits=LEAST_DIGITS)
    connection.execute(asked)


def _load_mended_units(connection: duckdb.DuckDBPyConnection, past: _Past) -> None:
    pairs = connection.execute(
        "select mended.form, mended.came, mended.earlier_came, files.came, files.file_sha256, files.file_name,"
        " files.received_at from scene_mended_units as mended"
        " inner join scene_files as files on files.came in (mended.came, mended.earlier_came)"
    ).fetchall()
    for form, later, earlier, came, *file in pairs:
        past.mended_units[later][form] = earlier
        past.files[came] = _File(*file)


def _load_mentions(connection: duckdb.DuckDBPyConnection, past: _Past) -> None:
    """Which files speak of the records that something was told of: in a row kept, or in a finding of any kind."""
    keys: dict[str, set[str]] = defaultdict(set)
    for atom, findings in past.findings.items():
        if _is_of_records(atom.form):
            keys[atom.form] |= {found.told.row_key for found in findings if found.told.row_key}
    for code, wanted in keys.items():
        if not wanted:
            continue
        form = load_forms()[code]
        values = ", ".join(f"({quoted(key)})" for key in sorted(wanted))
        spoken_of = connection.execute(
            "select distinct submissions.came, submissions.series_key, spoken.row_key from"
            f" (select submission_id, left({key_column(form)}, {MAX_KEY_CHARACTERS}) as row_key from seen_{form.table}"
            " union all select submission_id, row_key from seen_findings) as spoken"
            f" inner join (values {values}) as wanted (row_key) on wanted.row_key = spoken.row_key"
            " inner join scene_submissions as submissions on submissions.submission_id = spoken.submission_id"
            f" where submissions.form = {quoted(code)}"
        ).fetchall()
        for came, series_key, row_key in spoken_of:
            past.mentions[code, series_key, row_key].add(came)


def _answer(past: _Past, came: int) -> Resubmission | None:
    earlier: list[_Finding] = []
    now: list[_Finding] = []
    answered: dict[str, set[int]] = defaultdict(set)
    mended_units = past.mended_units.get(came, {})
    for form, other in mended_units.items():
        answered[form].add(other)
    for atom in past.atoms[came]:
        if atom.form in mended_units:
            now += _told_in(past, atom, {came})
            continue
        find = _earlier_of_records if _is_of_records(atom.form) else _earlier_of_report
        files, open_findings = find(past, atom, came)
        if files:
            answered[atom.form] |= files
            earlier += open_findings
            now += _told_in(past, atom, {came})
            # What was asked back and is not among the rows sent again is still there.
            now += [found for found in open_findings if not past.speaks_of(atom, found.told.row_key, came)]
    for form, files in answered.items():
        nowhere = _Atom(form, None, None)
        earlier += _told_in(past, nowhere, files)
        now += _told_in(past, nowhere, {came})
    if not earlier:
        return None
    file = past.files[max(found.came for found in earlier)]
    columns = {key_column(load_forms()[form]) for form in answered if form in load_forms()}
    errors, warnings = (
        compare(
            [found.told for found in earlier if found.severity == severity],
            [found.told for found in now if found.severity == severity],
            columns,
        )
        for severity in ("error", "warning")
    )
    return Resubmission(file.received_at.replace(tzinfo=UTC), file.name, errors, warnings)


def _told_in(past: _Past, atom: _Atom, files: set[int]) -> list[_Finding]:
    return [found for found in past.findings.get(atom, ()) if found.came in files]


def _earlier_of_report(past: _Past, atom: _Atom, came: int) -> tuple[set[int], list[_Finding]]:
    """The latest earlier report of the unit and period, and what was told of it."""
    latest = max((other for other in past.sent[atom] if other < came), default=None)
    files = set() if latest is None else {latest}
    return files, _told_in(past, atom, files)


def _earlier_of_records(past: _Past, atom: _Atom, came: int) -> tuple[set[int], list[_Finding]]:
    """The files in which something was last told of a record that this file has, and all in them that no later file
    answered."""
    files = set()
    for found in past.findings.get(atom, ()):
        key = found.told.row_key
        if key and past.speaks_of(atom, key, came) and past.latest_mention(atom, key, came) == found.came:
            files.add(found.came)
    open_findings = [
        found
        for found in _told_in(past, atom, files)
        if found.told.row_key is None or past.latest_mention(atom, found.told.row_key, came) == found.came
    ]
    return files, open_findings
