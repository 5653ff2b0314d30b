"""The table of submissions, and the address of a cell in a file that was sent."""

from __future__ import annotations

import pandas as pd

from dashboard.language import dates, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from dashboard.ui.tables import Cell, Column, Table


def submissions_table(frame: pd.DataFrame, language: Language) -> Table:
    """Submissions with file, time, state and findings."""
    keys = ("file", "form", "period", "received", "status", "findings", "rows")
    columns = [
        Column(language(f"column.{key}"), "right" if key in ("findings", "rows") else "left") for key in keys
    ]
    rows = [
        [
            Cell(row.file_name, note=_revision(row, language)),
            Cell(language.name("form", row.form)),
            Cell(dates.period(row.period_code, language)),
            Cell(dates.moment(row.received_at, language)),
            Cell(language.name("status", row.status), tone="bad" if row.status == "returned" else "plain"),
            Cell(
                language(
                    "submission.findings",
                    errors=numbers.number(row.error_count, language),
                    warnings=numbers.number(row.warning_count, language),
                )
            ),
            Cell(numbers.number(row.row_count, language)),
        ]
        for row in frame.itertuples()
    ]
    return Table(columns, rows)


def cell_address(sheet: object, cell: object) -> str:
    """Return `Sheet!C7`, as Excel writes it; either part may be unknown."""
    known = [text for text in (text_or_dash(sheet), text_or_dash(cell)) if text != numbers.MISSING]
    return "!".join(known) or numbers.MISSING


def text_or_dash(value: object) -> str:
    """Return a text, or the dash where there is none."""
    return str(value) if numbers.is_known(value) and str(value) else numbers.MISSING


def _revision(row: Row, language: Language) -> str | None:
    if not numbers.is_known(row.revision) or row.revision <= 1:
        return None
    return language("submission.revision", n=numbers.number(row.revision, language))
