"""The parts of a province (or of the country) that miss most targets."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.data.release import Frame
from dashboard.language import names, numbers
from dashboard.language.texts import Language
from dashboard.ui import blocks
from dashboard.ui.indicators import Link
from dashboard.ui.tables import Cell, Column, Table
from dashboard.ui.view import View

SHOWN = 10


def draw_units_behind(view: View, parts: Frame, when: str) -> None:
    """Draw the units with most missed targets, each with the names of the indicators that it misses."""
    language = view.language
    found = view.read("indicator_names")
    labels = {row.indicator_code: names.indicator_name(row, language) for row in found.itertuples()}
    behind = parts[parts["missed_count"] > 0].head(SHOWN)
    if behind.empty:
        return
    blocks.section(language("overview.behind_title", period=when))
    blocks.table(
        view,
        behind_table(
            behind,
            labels,
            language,
            lambda row: view.link("unit_profile", {"province": row.province_code, "unit": row.unit_key}),
        ),
    )


def behind_table(frame: pd.DataFrame, labels: Mapping[str, str], language: Language, link: Link) -> Table:
    """Units with the targets they miss, most first; `labels` gives an indicator's name by its code."""
    columns = [
        Column(language("column.unit")),
        Column(language("column.missed"), "right"),
        Column(language("column.met"), "right"),
        Column(language("column.missed_indicators")),
    ]
    rows = []
    for row in frame.itertuples():
        codes = str(row.missed_codes).split(",") if numbers.is_known(row.missed_codes) else []
        rows.append(
            [
                Cell(row.unit_name, href=link(row)),
                Cell(numbers.number(row.missed_count, language), mark="missed" if row.missed_count else None),
                Cell(numbers.number(row.met_count, language)),
                Cell("; ".join(labels.get(code, code) for code in codes) or numbers.MISSING, tone="quiet"),
            ]
        )
    return Table(columns, rows)
