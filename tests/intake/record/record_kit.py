"""One form's rows as a CSV with the contract's columns, for the tests of each form's checks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.intake.file_kit import kept, parse, write_csv
from warehouse.forms.contract import load_form
from warehouse.intake.reports.parsed import ParsedFile

PLACE = {"submission_id", "file_sha256", "sheet", "row_number", "unit_key", "period_code"}


def parse_form(tmp_path: Path, form: str, *rows: dict[str, Any]) -> ParsedFile:
    """Parse the rows; a column that only some rows name is blank in the others."""
    header = [column.name for column in load_form(form).stored_columns]
    header += [name for name in dict.fromkeys(name for row in rows for name in row) if name not in header]
    lines = [[row.get(name, "") for name in header] for row in rows]
    return parse(write_csv(tmp_path / f"{form}.csv", [header, *lines]))


def kept_of(parsed: ParsedFile, form: str) -> list[dict[str, Any]]:
    """Return the rows of the form that are kept, each with exactly the columns of its raw table."""
    rows = kept(parsed, load_form(form).table)
    names = PLACE | {column.name for column in load_form(form).stored_columns}
    assert all(set(row) == names for row in rows)
    return rows
