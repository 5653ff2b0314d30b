"""Writes reports as rows of the raw tables, which docs/architecture.md lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

from warehouse.forms.contract import Form
from warehouse.forms.how_sent import PART, HowSent
from warehouse.intake.cells.row import Row
from warehouse.intake.messages.findings import (
    Finding,
    Issue,
    finding_row,
)
from warehouse.intake.reports.gather import Report
from warehouse.intake.reports.parsed import ParsedFile, empty_submission
from warehouse.intake.reports.parsed import Row as RawRow
from warehouse.intake.reports.row_key import row_key
from warehouse.intake.reports.status import Outcome, outcome_of
from warehouse.intake.tables.table import Table
from warehouse.raw.submission_id import make_submission_id
from warehouse.raw.tables import SUBMISSIONS_TABLE, returned_table


class Output:
    """Collects the rows of one file."""

    def __init__(self, file_name: str, file_sha256: str, how_sent: HowSent | None = None) -> None:
        """Take the choice that was made on the page, where one was made."""
        self._file_name = file_name
        self.how_sent = how_sent
        self.file_sha256 = file_sha256
        self._submissions: dict[str, RawRow] = {}
        self._findings: list[Finding] = []
        self._records: dict[str, list[RawRow]] = {}
        self._returned_rows: dict[str, list[RawRow]] = {}
        self._given_keys: list[RawRow] = []
        self._sheet_columns: list[RawRow] = []
        self._tables: dict[str, pa.Table] = {}

    def add_tables(self, tables: Mapping[str, pa.Table]) -> None:
        """Add the raw tables of reports without findings that were read by column."""
        self._tables.update(tables)
        submissions = self._tables.get(SUBMISSIONS_TABLE)
        if self.how_sent and submissions is not None:
            import pyarrow as pa  # noqa: PLC0415

            chosen = pa.repeat(pa.scalar(self.how_sent == PART), submissions.num_rows)
            place = submissions.schema.get_field_index("is_part_correction")
            self._tables[SUBMISSIONS_TABLE] = submissions.set_column(place, "is_part_correction", chosen)

    def add(self, report: Report) -> None:
        """Add one report: its submission, its findings and the rows that are kept."""
        unit_key = report.unit.unit_key if report.unit else None
        period_code = report.period.code if report.period else None
        submission_id = make_submission_id(self.file_sha256, report.form.code, unit_key, period_code)
        submission = self._submissions[submission_id] = {
            "submission_id": submission_id,
            "file_sha256": self.file_sha256,
            "form": report.form.code,
            "unit_key": unit_key,
            "period_code": period_code,
            "status": report.status,
            "row_count": len(report.rows),
            "error_count": report.count("error"),
            "warning_count": report.count("warning"),
            "sheet": report.sheet,
            "is_part_correction": report.is_part_correction,
        }
        for table, row, issue in report.issues:
            self._add_finding(submission, table, row, issue)
        records = self._records.setdefault(report.form.table, [])
        records += [self._record(submission, report.form, row) for row in report.kept]
        if understood := report.understood:
            returned = self._returned_rows.setdefault(returned_table(report.form), [])
            returned += [self._record(submission, report.form, row) for row in understood]

    def _record(self, submission: RawRow, form: Form, row: Row) -> RawRow:
        assert row.period is not None  # noqa: S101 (a row without a period is never kept)
        common = {
            "submission_id": submission["submission_id"],
            "sheet": row.table.sheet,
            "row_number": row.number,
        }
        if form.table == "bc_rows":
            own_sheet = None if submission["sheet"] else row.table.sheet
            return common | {"sheet": own_sheet} | _bc_columns(row)
        return {
            **common,
            "file_sha256": self.file_sha256,
            "unit_key": row.unit.unit_key if row.unit else None,
            "period_code": row.period.code,
            **_form_columns(form, row),
        }

    def finish(self, tables: list[Table]) -> ParsedFile:
        """Return the file with its outcome, after the last report was added."""
        if not self._submissions and not self._tables:
            for form in dict.fromkeys(table.form.code for table in tables):
                table = next(table for table in tables if table.form.code == form)
                issue = Issue("form_without_rows", params={"form": form})
                self._add_finding(self._add_empty(form), table, None, issue)
        self._sheet_columns = [
            {
                "file_sha256": self.file_sha256,
                "sheet": sheet,
                "column_name": name,
                "column_letters": letters.pop(),
            }
            for (sheet, name), letters in _letters_of(tables).items()
            # A sheet of several tables may have the column in several places.
            if len(letters) == 1
        ]
        return self._parsed(outcome_of(self._submissions.values()))

    def _add_empty(self, form: str) -> RawRow:
        """Add the submission of a form that has no rows."""
        submission = empty_submission(self.file_sha256, form)
        self._submissions[submission["submission_id"]] = submission
        return submission

    def _add_finding(self, submission: RawRow, table: Table, row: Row | None, issue: Issue) -> None:
        column = table.form.by_name.get(issue.column) if issue.column else None
        cell = issue.cell
        if cell is None and row:
            cell = table.cell(row.number, issue.column or "") or table.cell(
                row.number, next(iter(table.columns))
            )
        self._findings.append(
            finding_row(
                issue,
                submission,
                len(self._findings) + 1,
                sheet=table.sheet,
                cell=cell,
                headings=(column.heading_vi, column.heading_en) if column else ("", ""),
                row_key=row_key(row) if row else None,
            )
        )
        if issue.rule == "key_given":
            self._given_keys.append(
                {"sheet": table.sheet, "cell": cell, "record": issue.params["record"]}
                | {"key": issue.suggested}
            )

    def _parsed(self, outcome: Outcome) -> ParsedFile:
        return ParsedFile(
            file_name=self._file_name,
            file_sha256=self.file_sha256,
            outcome=outcome,
            submissions=list(self._submissions.values()),
            findings=self._findings,
            records=self._records,
            given_keys=self._given_keys,
            sheet_columns=self._sheet_columns,
            tables=self._tables,
            returned_rows=self._returned_rows,
        )


def _letters_of(tables: list[Table]) -> dict[tuple[str, str], set[str]]:
    """Return by sheet and column the letters under which the column stands there."""
    found: dict[tuple[str, str], set[str]] = {}
    for table in tables:
        for name in table.columns:
            letters = table.letters(name)
            if letters:
                found.setdefault((table.sheet, name), set()).add(letters)
    return found


def _bc_columns(row: Row) -> RawRow:
    """Return the columns of one figure. A rate's value is computed from its parts; 0 of 0 has none."""
    values = row.values
    numerator: float | None = values.get("numerator")
    denominator: float | None = values.get("denominator")
    value: float | None = values.get("value")
    if numerator is not None and denominator is not None:
        value = 100 * numerator / denominator if denominator else None
    measure = "numerator" if denominator is not None else "value"
    return {
        # A row that says "not applicable" may stand in a sheet without the measure's column.
        "column_number": row.table.column_number(measure)
        or row.table.column_number("indicator_code")
        or row.table.first_column + 1,
        "denominator_column_number": row.table.column_number("denominator")
        if denominator is not None
        else None,
        "indicator_code": values["indicator_code"],
        "numerator": numerator,
        "denominator": denominator,
        "value": value,
        "is_not_applicable": row.is_not_applicable,
        "note": values.get("note"),
    }


def _form_columns(form: Form, row: Row) -> RawRow:
    """Return every column of the form. The unit's code is the official one."""
    own = {column.name: row.values.get(column.name) for column in form.stored_columns}
    if form.is_accepted_whole and row.period:
        own[form.dated_by] = row.period.code
    own["unit_code"] = row.unit.unit_code if row.unit else None
    return own
