"""How a unit handles its work: inspections with what came of them, and how long each wait took."""

from __future__ import annotations

import pandas as pd

from dashboard.language import dates, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from dashboard.ui import blocks
from dashboard.ui.received import text_or_dash
from dashboard.ui.tables import Cell, Column, Table
from dashboard.ui.view import View

SHOWN = 12


def draw_handling(view: View, unit: Row, lens: str) -> None:
    """Draw both tables; a unit without such records has neither."""
    language = view.language
    waits = view.read("lateness", lens=lens, unit_key=unit.unit_key)
    if not waits.empty:
        with blocks.folded(language("handling.waits_title"), language("handling.waits_sentence")):
            blocks.table(view, waits_table(waits, language))
    held = view.read("inspections", unit_key=unit.unit_key, row_limit=SHOWN)
    if not held.empty:
        shown = numbers.number(SHOWN, language)
        sentence = language("handling.inspections_sentence", n=shown)
        with blocks.folded(language("handling.inspections_title"), sentence):
            blocks.table(view, inspections_table(held, language))


def waits_table(frame: pd.DataFrame, language: Language) -> Table:
    """Waits with their days; days are of what is done, the last column says what still waits."""
    keys = ("wait_type", "period", "median_days", "p90_days", "within_limit", "waiting_past_limit")
    columns = [
        Column(language(f"column.{key}"), "left" if key in ("wait_type", "period") else "right")
        for key in keys
    ]
    rows = [
        [
            Cell(language.name("wait_type", row.wait_type)),
            Cell(dates.period(row.period_code, language)),
            Cell(numbers.number(row.median_days, language)),
            Cell(numbers.number(row.p90_days, language)),
            Cell(
                f"{numbers.number(row.within_limit_count, language)}/{numbers.number(row.judged_count, language)}"
            ),
            Cell(numbers.number(row.waiting_past_limit_count, language)),
        ]
        for row in frame.itertuples()
    ]
    return Table(columns, rows)


def inspections_table(frame: pd.DataFrame, language: Language) -> Table:
    """Inspections with who held them, to whom they were paid, and how far their conclusions were carried out."""
    texts = ("held_on", "activity", "held_by", "paid_to", "document")
    counts = ("conclusions", "conclusions_closed", "conclusions_overdue")
    columns = [Column(language(f"column.{key}")) for key in texts]
    columns += [Column(language(f"column.{key}"), "right") for key in counts]
    rows = [
        [
            Cell(dates.day(row.activity_date, language)),
            Cell(language.name("activity_type", row.activity_type)),
            Cell(row.unit_name),
            Cell(text_or_dash(row.subject_unit_name)),
            Cell(text_or_dash(row.document)),
            Cell(numbers.number(row.conclusion_count, language)),
            Cell(numbers.number(row.closed_conclusion_count, language)),
            Cell(numbers.number(row.overdue_conclusion_count, language)),
        ]
        for row in frame.itertuples()
    ]
    return Table(columns, rows)
