"""The table of provinces: value, interval, verdict, range of ranks, coverage."""

from __future__ import annotations

import pandas as pd

from dashboard.language import figures, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from dashboard.ui import indicators
from dashboard.ui.indicators import Link
from dashboard.ui.tables import Cell, Column, Table

COLUMNS = ("value", "interval", "verdict", "rank", "change", "coverage")


def provinces(frame: pd.DataFrame, language: Language, link: Link) -> Table:
    """Provinces in the order given, each linked to its profile."""
    columns = [Column(language("column.province")), *indicators.figure_columns(COLUMNS, language)]
    estimate = language("estimate.word")
    rows = [
        [
            Cell(row.unit_name, href=link(row), note=estimate if numbers.is_true(row.is_estimated) else None),
            indicators.value_cell(row, language),
            Cell(figures.interval_text(row, language), tone="quiet"),
            indicators.verdict_cell(row, language),
            rank_cell(row, language),
            indicators.change_cell(row, language),
            indicators.coverage_cell(row, language),
        ]
        for row in frame.itertuples()
    ]
    return Table(columns, rows)


def rank_cell(row: Row, language: Language) -> Cell:
    """Return the range of ranks; one that covers nearly all places stands below the words that say so."""
    ranks = rank_text(row, language)
    if ranks == numbers.MISSING or numbers.is_true(row.is_rankable):
        return Cell(ranks, tone="quiet")
    return Cell(language("rank.none"), note=ranks, tone="quiet")


def rank_text(row: Row, language: Language) -> str:
    """A range of ranks, `3–7/34`: nobody is crowned by chance."""
    if not numbers.is_known(row.rank_low) or not numbers.is_known(row.rank_high):
        return numbers.MISSING
    low, high = numbers.number(row.rank_low, language), numbers.number(row.rank_high, language)
    ranks = low if low == high else f"{low}–{high}"
    return f"{ranks}/{numbers.number(row.ranked_units, language)}"
