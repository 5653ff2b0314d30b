"""What reading a panel gives: submissions, findings and values, gathered while the rows are read."""

from __future__ import annotations

from typing import Literal

from warehouse.intake.finding import Finding, make_finding
from warehouse.intake.parsed import Outcome, ParsedFile, Row
from warehouse.intake.submission_id import make_submission_id
from warehouse.panels.messages import MESSAGES

PANEL_TABLE = "panel_rows"
Severity = Literal["error", "warning"]


class PanelSubmission:
    """One unit in one year, kept value by value; without a unit it bears the findings about a sheet."""

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
        }
        self.values: list[Row] = []

    def keep(self, sheet: str, row_number: int, cell: str, indicator_code: str, value: float) -> None:
        """Keep one value, in the unit of the measure."""
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
        severity: Severity,
        rule_code: str,
        sheet: str | None,
        cell: str | None = None,
        *,
        column: str | None = None,
        found: object = None,
        suggested: str | None = None,
    ) -> None:
        """Add a finding: an error for what is not taken, a warning for what should be looked at."""
        self.row[f"{severity}_count"] += 1
        self._result.findings.append(
            make_finding(
                submission_id=self.row["submission_id"],
                file_sha256=self.row["file_sha256"],
                finding_number=len(self._result.findings) + 1,
                sheet=sheet,
                cell=cell,
                column_name=column,
                severity=severity,
                rule_code=rule_code,
                messages=MESSAGES[rule_code],
                found=None if found is None else str(found),
                suggested=suggested,
            )
        )

    def settled(self) -> Row:
        """The submission's row, with its status."""
        status = "accepted"
        if self.row["error_count"] or self.row["warning_count"]:
            status = "accepted_with_warnings"
        if self.row["error_count"] and not self.values:
            status = "returned"
        return self.row | {"row_count": len(self.values), "status": status}


class PanelResult:
    """All of one workbook."""

    def __init__(self, file_name: str, file_sha256: str, panel_code: str) -> None:
        self.file_name = file_name
        self.file_sha256 = file_sha256
        self.panel_code = panel_code
        self._submissions: dict[tuple[str | None, str | None], PanelSubmission] = {}
        self.findings: list[Finding] = []

    def submission(self, unit_key: str | None, period_code: str | None) -> PanelSubmission:
        """The submission of that unit and year, begun when first asked for."""
        key = (unit_key, period_code)
        if key not in self._submissions:
            self._submissions[key] = PanelSubmission(self, unit_key, period_code)
        return self._submissions[key]

    def parsed_file(self) -> ParsedFile:
        """The whole, as every reader gives it."""
        values = [value for submission in self._submissions.values() for value in submission.values]
        if not self._submissions:
            self.submission(None, None).note("error", "panel_without_figures", None)
        return ParsedFile(
            file_name=self.file_name,
            file_sha256=self.file_sha256,
            outcome=self._outcome(),
            submissions=[submission.settled() for submission in self._submissions.values()],
            findings=self.findings,
            records={PANEL_TABLE: values} if values else {},
        )

    def _outcome(self) -> Outcome:
        """Returned when anything was, with warnings when anything was noticed: as for the forms."""
        if any(finding["severity"] == "error" for finding in self.findings):
            return "returned"
        return "accepted_with_warnings" if self.findings else "accepted"
