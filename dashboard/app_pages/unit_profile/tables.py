"""The tables of a unit's profile: findings, values received, predecessors and successors."""

from __future__ import annotations

import pandas as pd

from dashboard.language import dates, names, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from dashboard.ui.indicators import Link, figure_columns, value_cell, verdict_cell
from dashboard.ui.received import cell_address, text_or_dash
from dashboard.ui.tables import Cell, Column, Table


def findings(frame: pd.DataFrame, language: Language) -> Table:
    """Findings with the cell, the text that stands in it and the suggestion."""
    keys = ("message", "cell", "severity", "found", "suggested")
    rows = [
        [
            Cell(str(row.message_en if language.code == "en" else row.message_vi)),
            Cell(cell_address(row.sheet, row.cell)),
            Cell(language.name("severity", row.severity)),
            Cell(text_or_dash(row.found_value)),
            Cell(text_or_dash(row.suggested_value)),
        ]
        for row in frame.itertuples()
    ]
    return Table([Column(language(f"column.{key}")) for key in keys], rows)


def lineage(frame: pd.DataFrame, language: Language) -> Table:
    """Values received with their file, sheet and cell; superseded values are marked."""
    keys = ("unit", "parts", "value", "file", "cell", "known_from")
    columns = [
        Column(language(f"column.{key}"), "right" if key in ("parts", "value") else "left") for key in keys
    ]
    rows = []
    for row in frame.itertuples():
        has_parts = numbers.is_known(row.numerator) and numbers.is_known(row.denominator)
        superseded = language("lineage.superseded", time=dates.moment(row.known_to, language))
        rows.append(
            [
                Cell(row.unit_name, note=superseded if numbers.is_known(row.known_to) else None),
                Cell(_parts(row, language) if has_parts else numbers.MISSING),
                Cell(numbers.measure(row.value, "", has_parts, language)),
                Cell(text_or_dash(row.file_name)),
                Cell(cell_address(row.sheet, _cells(row))),
                Cell(dates.moment(row.known_from, language)),
            ]
        )
    return Table(columns, rows)


def parts(frame: pd.DataFrame, language: Language, link: Link) -> Table:
    """The latest figure of each division or village, indicator by indicator."""
    rows = [
        [
            Cell(row.unit_name, href=link(row)),
            Cell(names.indicator_name(row, language), note=dates.period(row.period_code, language)),
            value_cell(row, language),
            verdict_cell(row, language),
        ]
        for row in frame.itertuples()
    ]
    columns = [Column(language("column.unit")), Column(language("column.indicator"))]
    return Table([*columns, *figure_columns(("value", "verdict"), language)], rows)


def relations(frame: pd.DataFrame, language: Language, link: Link) -> Table:
    """Predecessors and successors with date, kind and share."""
    keys = ("unit", "relation", "effective_date", "kind", "share")
    rows = [
        [
            Cell(row.unit_name, href=link(row)),
            Cell(language("relation.predecessor" if row.is_predecessor else "relation.successor")),
            Cell(dates.day(row.effective_date, language)),
            Cell(language.name("succession", row.kind)),
            Cell(numbers.ratio(row.share, language)),
        ]
        for row in frame.itertuples()
    ]
    return Table([Column(language(f"column.{key}")) for key in keys], rows)


def _cells(row: Row) -> str:
    """Return `C7/D7`, the cells of numerator and denominator; one cell for a count."""
    return "/".join(text for text in (row.cell, row.denominator_cell) if numbers.is_known(text))


def _parts(row: Row, language: Language) -> str:
    return f"{numbers.number(row.numerator, language)}/{numbers.number(row.denominator, language)}"
