"""The result of parsing one file: rows for the raw tables, which docs/architecture.md lists."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from warehouse.intake.messages.findings import Finding
from warehouse.intake.reports.replacement import Replacement
from warehouse.intake.reports.resubmission import Resubmission
from warehouse.intake.reports.status import RETURNED, Outcome
from warehouse.raw.submission_id import make_submission_id
from warehouse.raw.tables import SUBMISSIONS_TABLE

if TYPE_CHECKING:
    import pyarrow as pa

# From 3 on no text of a model names the individual who holds it; dbt publishes texts of earlier ones for collectives alone.
PARSER_VERSION = "3"
Row = dict[str, Any]


def empty_submission(file_sha256: str, form: str | None = None) -> Row:
    """Return the submission of a file, or of a form in it, of which nothing was understood; one error says why."""
    return {
        "submission_id": make_submission_id(file_sha256, form, None, None),
        "file_sha256": file_sha256,
        "form": form,
        "unit_key": None,
        "period_code": None,
        "status": RETURNED,
        "row_count": 0,
        "error_count": 1,
        "warning_count": 0,
        "sheet": None,
        "is_part_correction": False,
    }


@dataclass(frozen=True)
class ParsedFile:
    """One file, read and checked. Each list holds plain rows with exactly the columns of its raw table.

    `submissions` has at least one row (form, unit_key and period_code null where nothing could be read).
    `records` maps a raw table (`bc_rows`, `dk_rows`) to the rows that are kept.
    `given_keys` are the keys that the intake gave to records without one, for the receipt.
    `sheet_columns` say where in a sheet each column of its form stands.
    `tables` are further submissions and records by raw table, of reports that were read by column.
    `returned_rows` maps the table of a form's returned reports to the rows that were understood in them.
    `is_simulated` says that the file bears the notice of simulated data. A file without the notice may be simulated all
    the same: its metadata says so.
    `resubmission` compares the file with an earlier one of the same reports or records, where there is one.
    `replacements` say what the accepted reports do to earlier ones of the same unit and period.
    """

    file_name: str
    file_sha256: str
    outcome: Outcome
    submissions: list[Row]
    findings: list[Finding]
    records: dict[str, list[Row]] = field(default_factory=dict)
    given_keys: list[Row] = field(default_factory=list)
    sheet_columns: list[Row] = field(default_factory=list)
    resubmission: Resubmission | None = None
    replacements: tuple[Replacement, ...] = ()
    parser_version: str = PARSER_VERSION
    tables: dict[str, pa.Table] = field(default_factory=dict)
    returned_rows: dict[str, list[Row]] = field(default_factory=dict)
    is_simulated: bool = False

    def in_rows(self) -> ParsedFile:
        """Return the file with all submissions and records as plain rows, and without Arrow tables."""
        if not self.tables:
            return self
        rows = {name: table.to_pylist() for name, table in self.tables.items()}
        submissions = [*self.submissions, *rows.pop(SUBMISSIONS_TABLE, [])]
        records = {name: [*self.records.get(name, []), *rows.get(name, [])] for name in self.records | rows}
        return replace(self, submissions=submissions, records=records, tables={})
