"""Gathers the rows of each report, and decides which of them are kept.

A report is form × unit × period. In a form that is accepted whole one error returns the report; in a form of records each row is
accepted or returned by itself.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from warehouse.forms.contract import Form
from warehouse.intake.cells.row import Row, clean_text
from warehouse.intake.messages.findings import Issue, severity_of
from warehouse.intake.messages.wording import listed_briefly
from warehouse.intake.reports.parents import ask_about_parents
from warehouse.intake.reports.persons import hide_person, hide_person_in
from warehouse.intake.reports.status import Status, status_of
from warehouse.intake.reports.told_once import issues_of_rows
from warehouse.intake.tables.table import Table
from warehouse.reference import periods
from warehouse.reference.units.register import UnitVersion
from warehouse.text.citizen_numbers import hide_citizen_numbers
from warehouse.text.vietnamese import tone_key

GIVEN_KEY_DIGITS = 8
MAX_CODES_SHOWN = 12
# Issues of a sheet that stand with every report in it.
RULES_OF_EVERY_REPORT = frozenset(
    {"column_repeated", "columns_compete", "columns_of_periods", "column_share_only", "total_disagrees"}
    | {"how_sent_unclear", "how_sent_differs"}
)
# The codes of rules about a unit that was not understood begin like this.
_UNIT_RULES = "unit_"
_OWNER_RULES = (_UNIT_RULES, "period_")


@dataclass
class Report:
    """One form of one unit for one period, from any sheet of the file. Each issue stands with its table and row."""

    form: Form
    unit: UnitVersion | None
    period: periods.Period | None
    rows: list[Row] = field(default_factory=list)
    blanks: list[Row] = field(default_factory=list)
    kept: list[Row] = field(default_factory=list)
    issues: list[tuple[Table, Row | None, Issue]] = field(default_factory=list)
    is_part_correction: bool = False

    def add(self, table: Table, row: Row | None, issue: Issue) -> None:
        """Add an issue to the report, at a row or about the sheet."""
        self.issues.append((table, row, issue))

    def count(self, severity: str) -> int:
        """Return the number of findings of that severity."""
        return sum(severity_of(issue) == severity for _, _, issue in self.issues)

    @property
    def sheet(self) -> str | None:
        """Return the sheet of the report; None where the report is on several sheets."""
        sheets = {row.table.sheet for row in (*self.rows, *self.blanks)}
        return sheets.pop() if len(sheets) == 1 else None

    @property
    def understood(self) -> list[Row]:
        """Return the rows without an error of a report that is returned whole; where its unit is not known, the rows without any
        other error.
        Empty where the sheet itself has an error.
        """
        if not self.form.is_accepted_whole or self.kept or not self.period:
            return []
        if any(row is None and severity_of(issue) == "error" for _, row, issue in self.issues):
            return []
        return [
            row
            for row in self.rows
            if not (row.says_nothing or _is_repeated(row) or any(map(self._is_in_the_way, row.issues)))
        ]

    def _is_in_the_way(self, issue: Issue) -> bool:
        is_of_unit = self.unit is None and issue.rule.startswith(_UNIT_RULES)
        return severity_of(issue) == "error" and not is_of_unit

    @property
    def status(self) -> Status:
        """Return the status that `status_of` decides."""
        return status_of(not self.kept, self.count("error"), self.count("warning"))


def gather(form: Form, rows: Iterable[Row], blanks: Iterable[Row]) -> list[Report]:
    """Return the reports of a form in order of appearance. Blank rows of a form of records are dropped."""
    rows, blanks = list(rows), list(blanks)
    mixed = _tables_of_units_without_period(form, rows + blanks)
    reports: dict[tuple[str | None, str | None], Report] = {}

    def report_of(row: Row) -> Report:
        unit = None if id(row.table) in mixed else row.unit
        key = (unit.unit_key if unit else None, row.period.code if row.period else None)
        if key not in reports:
            reports[key] = Report(form, unit, row.period)
        return reports[key]

    for row in rows:
        report_of(row).rows.append(row)
    if form.is_accepted_whole:
        for row in blanks:
            report_of(row).blanks.append(row)
    return list(reports.values())


def _tables_of_units_without_period(form: Form, rows: Iterable[Row]) -> set[int]:
    """Return the ids of tables with rows of several units and no period at all.

    Such a table is one question, and not one a unit.
    """
    units: dict[int, set[str | None]] = defaultdict(set)
    if form.is_accepted_whole:
        for row in rows:
            if row.period is None and form.dated_by not in row.table.columns:
                units[id(row.table)].add(row.unit.unit_key if row.unit else None)
    return {table for table, keys in units.items() if len(keys) > 1}


def decide(report: Report) -> None:
    """Find repeated rows, collect the issues of all rows, and choose the rows that are kept."""
    if not report.form.is_accepted_whole:
        for row in report.rows:
            _give_key(row)
            hide_person(row)
    _ask_about_duplicates(report)
    ask_about_parents(report.rows, report.blanks)
    report.issues += issues_of_rows(report.rows)
    if not report.form.is_accepted_whole:
        report.kept = [row for row in report.rows if not row.has_errors and not _is_repeated(row)]
        return
    _note_blanks(report)
    if not report.count("error"):
        report.kept = [row for row in report.rows if not _is_repeated(row) and not row.says_nothing]


def _ask_about_duplicates(report: Report) -> None:
    form = report.form
    names = [name for name in form.key if form.by_name[name].type not in ("unit", "period")]
    first_rows: dict[tuple[object, ...], Row] = {}
    headings_vi = ", ".join(form.by_name[name].heading_vi.lower() for name in names)
    headings_en = ", ".join(form.by_name[name].heading_en.lower() for name in names)
    if report.unit is None or report.period is None:
        # Rows of units that were not understood are of different units, as far as anybody knows.
        return
    for row in report.rows:
        if any(issue.rule.startswith(_OWNER_RULES) and severity_of(issue) == "error" for issue in row.issues):
            continue
        key = tuple(row.values.get(name) for name in names)
        if None in key and any(
            value is None and _has_to_be_given(form, name) for name, value in zip(names, key, strict=True)
        ):
            continue
        other = first_rows.setdefault(key, row)
        if other is row:
            continue
        other_row = (
            f"{other.number}"
            if other.table.sheet == row.table.sheet
            else f"{other.table.sheet}!{other.number}"
        )
        params = {"other_row": other_row, "key_vi": headings_vi, "key_en": headings_en}
        if other.values == row.values and other.is_not_applicable == row.is_not_applicable:
            row.issues.append(Issue("row_repeated", names[-1], row.values.get(names[-1]), params=params))
        else:
            row.issues.append(Issue("row_duplicate", names[-1], row.values.get(names[-1]), params=params))
            if not form.is_accepted_whole:
                # The program cannot know which of the two rows is right, so both go back to the sender.
                back = {**params, "other_row": f"{row.number}"}
                other.issues.append(Issue("row_duplicate", names[-1], row.values.get(names[-1]), params=back))


def _has_to_be_given(form: Form, name: str) -> bool:
    """Whether another check asks for a missing part of the key. Where no check does, blank is a value like any other."""
    return form.by_name[name].required or form.key_prefix is not None


def _is_repeated(row: Row) -> bool:
    return bool(row.issues) and any(issue.rule == "row_repeated" for issue in row.issues)


def _note_blanks(report: Report) -> None:
    """Note rows that were left blank; a report without any filled row is an error."""
    if not report.rows:
        report.issues += issues_of_rows(report.blanks)
    if not any(row.has_errors or not row.says_nothing for row in report.rows):
        period = report.period.code if report.period else ""
        params = {
            "form": report.form.code,
            "unit": report.unit.unit_name if report.unit else "?",
            "period_vi": periods.label_vi(period),
            "period_en": periods.label_en(period),
        }
        report.add((report.rows + report.blanks)[0].table, None, Issue("no_filled_row", params=params))
    elif report.blanks:
        codes = [row.values.get("indicator_code") or f"dòng {row.number}" for row in report.blanks]
        shown = listed_briefly(codes, MAX_CODES_SHOWN)
        rule = "rows_left_as_sent" if report.is_part_correction else "rows_left_blank"
        report.add(report.blanks[0].table, None, Issue(rule, found=shown, params={"count": len(codes)}))


def _give_key(row: Row) -> None:
    """Give a record without a key one that follows from its content, so that the same record gets the same key again."""
    form = row.table.form
    name = form.key[0]
    if not form.key_prefix or row.values.get(name) or row.unit is None or row.has_errors:
        return
    parts = [
        row.unit.unit_code if group == ("unit_code",) else str(_first_given(row, group))
        for group in form.key_from
    ]
    digest = hashlib.sha256("|".join(tone_key(part) for part in parts).encode()).hexdigest()
    code = f"{form.key_prefix}-{row.unit.unit_code}-{digest[:GIVEN_KEY_DIGITS]}"
    row.values[name] = code
    record = hide_person_in(hide_citizen_numbers(clean_text(row.raw(form.anchors[1])) or code), row)
    row.issues.append(Issue("key_given", name, None, code, {"record": record}))


def _first_given(row: Row, names: tuple[str, ...]) -> object:
    return next((value for name in names if (value := row.values.get(name)) is not None), None)


def note_sheet_issues(reports: Sequence[Report], tables: Iterable[Table]) -> None:
    """Add the issues of whole sheets: an error to each report in the sheet, any other to the first report only."""
    for table in tables:
        if not table.issues:
            continue
        concerned = [
            report for report in reports if any(row.table is table for row in (*report.rows, *report.blanks))
        ]
        for issue in table.issues:
            for report in concerned if issue.rule in RULES_OF_EVERY_REPORT else concerned[:1]:
                report.add(table, None, issue)
