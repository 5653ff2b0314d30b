"""The findings in a file, gravest first, and how they compare with those in the file before it."""

from __future__ import annotations

from dashboard.app_pages.submit import blocks as submit_blocks
from dashboard.app_pages.submit.session import DryRun, Finding
from dashboard.language import dates, numbers
from dashboard.language.texts import Language
from dashboard.ui import blocks, received
from dashboard.ui.tables import Cell, Column, Table
from dashboard.ui.view import View
from warehouse import settings
from warehouse.reference.context import load_reference

SEVERITIES = ("error", "warning", "info")
SHOWN = 100
"""Findings of one severity that the page shows; the marked copy has all."""


def draw_answer(view: View, check: DryRun) -> None:
    """Say how many findings of an earlier file are mended, how many are left, and how many are new."""
    answer = check.parsed.resubmission
    if answer is None:
        return
    language = view.language
    title, *lines = answer.sentences_en() if language.code == "en" else answer.sentences_vi()
    source = language(
        "submit.again",
        name=answer.earlier_file_name,
        time=dates.moment(answer.earlier_received_at, language),
    )
    submit_blocks.progress(title, lines, source, is_settled=answer.errors.is_settled)


def draw_findings(view: View, check: DryRun) -> None:
    """Draw the findings in one table; where there are very many, the first of each severity."""
    language = view.language
    shown: list[Finding] = []
    left = 0
    for severity in SEVERITIES:
        found = [finding for finding in check.parsed.findings if finding["severity"] == severity]
        shown += found[:SHOWN]
        left += len(found[SHOWN:])
    if not shown:
        return
    subjects = _Subjects(check, language)
    rows = [
        [
            Cell(_place(finding, language)),
            Cell(
                language.name("severity", finding["severity"]),
                tone="bad" if finding["severity"] == "error" else "plain",
            ),
            Cell(
                finding["message_en"] if language.code == "en" else finding["message_vi"],
                note=subjects.of(finding),
            ),
            Cell(finding["found_value"] or numbers.MISSING),
            Cell(finding["suggested_value"] or numbers.MISSING, tone="good"),
        ]
        for finding in shown
    ]
    keys = ("cell", "severity", "message", "found", "suggested")
    blocks.table(view, Table([Column(language(f"column.{key}")) for key in keys], rows))
    if left:
        blocks.note(language("submit.more", n=numbers.number(left, language)))


def _place(finding: Finding, language: Language) -> str:
    if finding["sheet"] or finding["cell"]:
        return received.cell_address(finding["sheet"], finding["cell"])
    return language("submit.whole_file")


class _Subjects:
    """The subjects of findings in words: a cell's address alone says little on a phone."""

    def __init__(self, check: DryRun, language: Language) -> None:
        self._language = language
        self._reference = load_reference(settings.load().seeds_dir)
        reports = check.parsed.submissions
        # The lines above the table name the unit and period of a file with one report.
        self._reports = {row["submission_id"]: row for row in reports} if len(reports) > 1 else {}

    def of(self, finding: Finding) -> str | None:
        """Name the indicator, and in a file of several reports the unit and the period."""
        report = self._reports.get(finding["submission_id"])
        names = [self._unit(report["unit_key"]), self._period(report["period_code"])] if report else []
        return " · ".join(filter(None, [*names, self._indicator(finding["row_key"])])) or None

    def _unit(self, unit_key: str | None) -> str | None:
        return self._reference.units.get(unit_key).unit_name if unit_key else None

    def _period(self, period_code: str | None) -> str | None:
        return dates.period(period_code, self._language) if period_code else None

    def _indicator(self, code: str | None) -> str | None:
        indicator = self._reference.indicators.get(code) if code else None
        if indicator is None:
            return None
        return indicator.name_en if self._language.code == "en" else indicator.name_vi
