"""Small real files for tests of the intake, and the context with which they are parsed."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

from warehouse.intake.files.addresses import column_letters
from warehouse.intake.parse import parse_file
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.reference.context import Context, load_reference
from warehouse.settings import PROJECT_DIR

AS_OF = date(2026, 11, 20)
BC_HEADER = ["unit_code", "period", "indicator_code", "numerator", "denominator", "value", "note"]
BC_HEADINGS_VI = ["Mã đơn vị", "Kỳ báo cáo", "Mã chỉ tiêu", "Tử số", "Mẫu số", "Giá trị", "Ghi chú"]
DK_HEADER = [
    "unit_code",
    "model_code",
    "model_name",
    "kind",
    "field_code",
    "phase",
    "level",
    "registered_date",
]
SHARED_DIR = PROJECT_DIR.parent / "shared"
Rows = Sequence[Sequence[Any]]


@cache
def context(as_of_date: date = AS_OF) -> Context:
    """Return a context with the project's own reference on a fixed day."""
    return Context(load_reference(PROJECT_DIR / "dbt_project" / "seeds"), as_of_date)


def parse(path: Path, as_of_date: date = AS_OF) -> ParsedFile:
    """Parse a file from its bytes to rows and findings."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    return parse_file(path, path.name, sha256, context(as_of_date))


def write_csv(path: Path, rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Write the rows to a CSV unchanged."""
    with path.open("w", encoding=encoding, newline="") as lines:
        csv.writer(lines, delimiter=delimiter).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Rows, sheet: str = "Sheet1") -> Path:
    """Write a workbook with one sheet of the rows, from A1."""
    workbook = openpyxl.Workbook()
    workbook.active.title = sheet
    for row in rows:
        workbook.active.append(list(row))
    workbook.save(path)
    return path


def parse_bc(tmp_path: Path, *rows: Sequence[Any]) -> ParsedFile:
    """Parse rows of form BC as a CSV with the contract's columns."""
    return parse(write_csv(tmp_path / "bc.csv", [BC_HEADER, *rows]))


def rules(parsed: ParsedFile, *severities: str) -> list[str]:
    """Return the rule codes of the findings of the given severities (by default errors and warnings), in order."""
    wanted = severities or ("error", "warning")
    return [finding["rule_code"] for finding in parsed.findings if finding["severity"] in wanted]


def kept(parsed: ParsedFile, table: str = "bc_rows") -> list[dict[str, Any]]:
    """Return the rows kept in a raw table, each with its cell and with its submission's file, unit and period."""
    submissions = {row["submission_id"]: row for row in parsed.submissions}
    rows = []
    for row in parsed.records.get(table, []):
        submission = submissions[row["submission_id"]]
        said = {name: submission[name] for name in ("file_sha256", "unit_key", "period_code")}
        if "column_number" in row:
            letters = column_letters(row["column_number"] - 1)
            said |= {"sheet": submission["sheet"], "cell": f"{letters}{row['row_number']}"}
        rows.append({**said, **row, "sheet": row["sheet"] or submission["sheet"]})
    return rows
