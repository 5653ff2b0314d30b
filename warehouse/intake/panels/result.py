"""The result of reading a panel: submissions, findings and values, collected while the rows are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from warehouse.intake.messages.findings import Finding, Issue, finding_row, severity_of
from warehouse.intake.reports.parsed import ParsedFile, Row
from warehouse.intake.reports.status import outcome_of, status_of
from warehouse.raw.submission_id import make_submission_id

PANEL_TABLE = "panel_rows"


class PanelSubmission:
    """The report of one unit for one year, value by value. Without a unit it holds the findings about a sheet."""

    def __init__(self, result: PanelResult, unit_key: str | None, period_code: str | None) -> None:
        self._result = result
        self.row: Row = {
            "submission_id": make_submission_id(result.file_sha256, result.panel_code, unit_key, period_code),
            "file_sha256": result.file_sha256,
            "form": result.panel_code,
            "unit_key": unit_key,
            "period_code": period_code,
            "row_count": 0,
            "error_count": 0,
            "warning_count": 0,
            "sheet": None,
            "is_part_correction": False,
        }
        self.values: list[Row] = []

    def keep(self, sheet: str, row_number: int, cell: str, indicator_code: str, value: float) -> None:
        """Keep one value, in the unit of measure of its indicator."""
        self.values.append(
            {
                "submission_id": self.row["submission_id"],
                "file_sha256": self.row["file_sha256"],
                "sheet": sheet,
                "row_number": row_number,
                "cell": cell,
                "panel_code": self.row["form"],
                "unit_key": self.row["unit_key"],
                "period_code": self.row["period_code"],
                "indicator_code": indicator_code,
                "value": value,
            }
        )

    def note(
        self,
        rule: str,
        sheet: str | None,
        cell: str | None = None,
        *,
        column: str | None = None,
        found: object = None,
        suggested: str | None = None,
        params: Mapping[str, object] = MappingProxyType({}),
    ) -> None:
        """Add a finding. `column` is a heading of the table, in its own words."""
        issue = Issue(rule, column, None if found is None else str(found), suggested, params)
        severity = severity_of(issue)
        if severity != "info":
            self.row[f"{severity}_count"] += 1
        self._result.add_finding(issue, self.row, sheet, cell)

    def settled(self) -> Row:
        """Return the submission's row with its status."""
        errors, warnings = self.row["error_count"], self.row["warning_count"]
        status = status_of(bool(errors) and not self.values, errors, warnings)
        return self.row | {"row_count": len(self.values), "status": status}


class PanelResult:
    """All submissions, findings and values of one workbook."""

    def __init__(self, file_name: str, file_sha256: str, panel_code: str) -> None:
        self.file_name = file_name
        self.file_sha256 = file_sha256
        self.panel_code = panel_code
        self._submissions: dict[tuple[str | None, str | None], PanelSubmission] = {}
        self._findings: list[Finding] = []

    def submission(self, unit_key: str | None, period_code: str | None) -> PanelSubmission:
        """Return the submission of that unit and year, and begin it when it is asked for first."""
        key = (unit_key, period_code)
        if key not in self._submissions:
            self._submissions[key] = PanelSubmission(self, unit_key, period_code)
        return self._submissions[key]

    def add_finding(self, issue: Issue, submission: Row, sheet: str | None, cell: str | None) -> None:
        """Number a finding and keep it."""
        self._findings.append(finding_row(issue, submission, len(self._findings) + 1, sheet=sheet, cell=cell))

    def values(self) -> Iterator[Row]:
        """Yield every value that is kept."""
        return (value for submission in self._submissions.values() for value in submission.values)

    def parsed_file(self) -> ParsedFile:
        """Return the whole workbook as every reader returns a file."""
        values = list(self.values())
        if not self._submissions:
            self.submission(None, None).note("panel_without_figures", None)
        submissions = [submission.settled() for submission in self._submissions.values()]
        return ParsedFile(
            file_name=self.file_name,
            file_sha256=self.file_sha256,
            outcome=outcome_of(submissions),
            submissions=submissions,
            findings=self._findings,
            records={PANEL_TABLE: values} if values else {},
        )
