"""The tables of the catalogue: tables, columns, indicators, targets."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.app_pages.catalogue import sentences
from dashboard.app_pages.catalogue.search import Place
from dashboard.language import figures, names, numbers
from dashboard.language.texts import Language
from dashboard.ui.indicators import Link
from dashboard.ui.tables import Cell, Column, Table
from warehouse.release import dictionary


def tables(found: Sequence[dictionary.Table], language: Language, link: Link) -> Table:
    """Tables with the meaning of a row, how many rows there are, and the pages that show them."""
    columns = [
        Column(language("catalogue.table")),
        Column(language("catalogue.grain")),
        Column(language("catalogue.row_count"), "right"),
        Column(language("catalogue.column_count"), "right"),
        Column(language("catalogue.pages")),
    ]
    rows = [
        [
            Cell(sentences.table_name(table, language), href=link(table), note=table.name),
            Cell(sentences.text_of(table, language)),
            Cell(numbers.number(table.row_count, language)),
            Cell(numbers.number(len(table.columns), language)),
            Cell(
                ", ".join(language.name("page", page) for page in table.pages) or numbers.MISSING,
                tone="quiet",
            ),
        ]
        for table in found
    ]
    return Table(columns, rows)


def columns(places: Sequence[Place], language: Language, link: Link | None = None) -> Table:
    """Columns with type, unit, description and tests; `link` adds the table that each is in."""
    columns = [Column(language("catalogue.column"))]
    columns += [Column(language("catalogue.table"))] if link else []
    columns += [Column(language(f"catalogue.{key}")) for key in ("type", "description", "tested")]
    rows = []
    for place in places:
        column = place.column
        cells = [Cell(sentences.column_name(column, language), note=column.name)]
        cells += [Cell(sentences.table_name(place.table, language), href=link(place.table))] if link else []
        cells += [
            Cell(sentences.type_text(column, language)),
            Cell(sentences.description_of(column, language)),
            Cell(sentences.tested_text(column, language), tone="quiet"),
        ]
        rows.append(cells)
    return Table(columns, rows)


def indicators(found: pd.DataFrame, language: Language, link: Link) -> Table:
    """Indicators with the way they are worked out and the document that lays it down."""
    keys = ("measured", "direction", "frequency", "definition", "source")
    columns = [Column(language("column.indicator"))]
    columns += [Column(language(f"catalogue.{key}")) for key in keys]
    rows = [
        [
            Cell(
                names.indicator_name(row, language),
                href=link(row),
                note=f"{row.indicator_code} · {names.group_name(row, language)}",
            ),
            Cell(names.unit_of_measure(row, language) or numbers.MISSING),
            Cell(language.name("direction", row.direction)),
            Cell(language.name("frequency", row.frequency)),
            Cell(sentences.definition_text(row, language)),
            Cell(str(row.source), tone="quiet"),
        ]
        for row in found.itertuples()
    ]
    return Table(columns, rows)


def targets(targets: pd.DataFrame, language: Language) -> Table:
    """An indicator's targets by scope, level and time, each with its source."""
    keys = ("scope", "target", "valid", "source")
    rows = [
        [
            Cell(target.unit_name, note=sentences.scope_note(target, language) or None),
            Cell(figures.target_text(target, language)),
            Cell(sentences.span_text(target, language)),
            Cell(str(target.source), tone="quiet"),
        ]
        for target in targets.itertuples()
    ]
    return Table([Column(language(f"catalogue.{key}")) for key in keys], rows)


def columns_frame(content: Sequence[dictionary.Table], language: Language) -> pd.DataFrame:
    """Return every column of every table as a row, under headings in the reader's language, for a spreadsheet."""
    headings = ("table", "column", "type", "description", "tested")
    rows = [
        [
            table.name,
            table.name_vi,
            column.name,
            column.name_vi,
            sentences.type_text(column, language),
            sentences.description_of(column, language),
            sentences.tested_text(column, language),
        ]
        for table in content
        for column in table.columns
    ]
    table, column, *others = (language(f"catalogue.{key}") for key in headings)
    in_vietnamese = language("language.vi")
    shown = [table, f"{table} ({in_vietnamese})", column, f"{column} ({in_vietnamese})", *others]
    return pd.DataFrame(rows, columns=shown)
