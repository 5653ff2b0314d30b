"""What is wrong with a file, gravest first, and how that compares with the file before it."""

from __future__ import annotations

import pandas as pd

from dashboard import components, formats, labels, records
from dashboard.language import Language
from dashboard.submissions import DryRun
from dashboard.tables import Cell, Column, Table
from dashboard.view import View
from warehouse import settings
from warehouse.reference.context import load_reference

SEVERITIES = ("error", "warning", "info")
SHOWN = 100
"""Findings of one severity that the page shows; the marked copy has all."""


def draw_answer(view: View, check: DryRun) -> None:
    """Of a file that was sent again: how many findings are mended, how many are left, how many are new."""
    answer = check.parsed.resubmission
    if answer is None:
        return
    language = view.language
    title, *lines = answer.sentences_en() if language.code == "en" else answer.sentences_vi()
    source = language(
        "submit.again",
        name=answer.earlier_file_name,
        time=formats.moment(answer.earlier_received_at, language),
    )
    components.progress(title, lines, source, is_settled=answer.errors.is_settled)


def draw_findings(view: View, check: DryRun) -> None:
    """One table of all of them; of very many the first of each severity."""
    language = view.language
    shown, left = [], 0
    for severity in SEVERITIES:
        found = [finding for finding in check.parsed.findings if finding["severity"] == severity]
        shown += found[:SHOWN]
        left += len(found[SHOWN:])
    if not shown:
        return
    subjects = _Subjects(check, language)
    rows = [
        [
            Cell(records.place_text(row) if row.sheet or row.cell else language("submit.whole_file")),
            Cell(language.name("severity", row.severity), tone="bad" if row.severity == "error" else "plain"),
            Cell(
                str(row.message_en if language.code == "en" else row.message_vi),
                note=subjects.of(row),
            ),
            Cell(row.found_value or formats.MISSING),
            Cell(row.suggested_value or formats.MISSING, tone="good"),
        ]
        for row in pd.DataFrame(shown).astype(object).itertuples()
    ]
    keys = ("cell", "severity", "message", "found", "suggested")
    components.table(view, Table([Column(language(f"column.{key}")) for key in keys], rows))
    if left:
        components.note(language("submit.more", n=formats.number(left, language)))


class _Subjects:
    """What findings are about, in words: a cell's address alone says little on a phone."""

    def __init__(self, check: DryRun, language: Language) -> None:
        self._language = language
        self._reference = load_reference(settings.load().seeds_dir)
        reports = check.parsed.submissions
        # Of a file with one report the lines above say whose it is.
        self._reports = {row["submission_id"]: row for row in reports} if len(reports) > 1 else {}

    def of(self, row: labels.Row) -> str | None:
        """In a file of several reports unit and period, and the name of the indicator."""
        report = self._reports.get(row.submission_id)
        names = [self._unit(report["unit_key"]), self._period(report["period_code"])] if report else []
        return " · ".join(filter(None, [*names, self._indicator(row.row_key)])) or None

    def _unit(self, unit_key: str | None) -> str | None:
        return self._reference.units.get(unit_key).unit_name if unit_key else None

    def _period(self, period_code: str | None) -> str | None:
        return formats.period(period_code, self._language) if period_code else None

    def _indicator(self, code: str | None) -> str | None:
        indicator = self._reference.indicators.get(code) if code else None
        if indicator is None:
            return None
        return indicator.name_en if self._language.code == "en" else indicator.name_vi
