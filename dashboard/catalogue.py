"""The data dictionary as the page shows it: read once per release, searched without marks, turned into rows of tables."""

from __future__ import annotations

from collections.abc import Sequence, Sized
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard import formats, labels
from dashboard.data import Release
from dashboard.language import Language
from dashboard.rows import Link
from dashboard.tables import Cell, Column, Table
from warehouse.release import dictionary
from warehouse.text.vietnamese import fold

CACHED_RELEASES = 4
NAME_SEPARATOR = " · "


@dataclass(frozen=True)
class Place:
    """One column in the table that has it."""

    table: dictionary.Table
    column: dictionary.Column


def tables(release: Release) -> tuple[dictionary.Table, ...]:
    """The release's tables; none where it was published without a dictionary."""
    return _cached_tables(release.release_id, release)


@st.cache_data(max_entries=CACHED_RELEASES, show_spinner=False)
def _cached_tables(release_id: str, _release: Release) -> tuple[dictionary.Table, ...]:
    return dictionary.read(_release)


def matches(asked: str, *texts: str | None) -> bool:
    """Whether every word asked for stands in the texts, marks and case left aside; nothing asked matches all."""
    found = fold(" ".join(text for text in texts if text))
    return all(word in found for word in fold(asked).split())


def tables_found(content: Sequence[dictionary.Table], asked: str) -> list[dictionary.Table]:
    """Tables whose name or description has the words."""
    return [
        table
        for table in content
        if matches(asked, table.name, table.name_vi, table.description, table.description_vi)
    ]


def columns_found(content: Sequence[dictionary.Table], asked: str) -> list[Place]:
    """Columns whose name or description has the words; none when nothing is asked."""
    if not fold(asked):
        return []
    return [
        Place(table, column)
        for table in content
        for column in table.columns
        if matches(asked, column.name, column.name_vi, column.description)
    ]


def indicators_found(indicators: pd.DataFrame, asked: str) -> pd.DataFrame:
    """Indicators whose code, name, definition or source has the words."""
    names = [
        "indicator_code",
        "indicator_name_vi",
        "indicator_name_en",
        "numerator_vi",
        "denominator_vi",
        "source",
    ]
    texts = indicators[names].fillna("").agg(" ".join, axis=1) if len(indicators) else pd.Series(dtype=str)
    return indicators[[matches(asked, text) for text in texts]]


def headline(
    asked: str,
    content: Sequence[dictionary.Table],
    indicator_count: int,
    found: tuple[Sized, Sized, Sized],
    language: Language,
) -> str:
    """How much there is, or how much of it was found: tables, columns, indicators."""
    everything = (len(content), sum(len(table.columns) for table in content), indicator_count)
    counts = tuple(map(len, found)) if asked else everything
    tables, columns, indicators = (formats.number(count, language) for count in counts)
    values = {"tables": tables, "columns": columns, "indicators": indicators}
    if not asked:
        return language("catalogue.headline", **values)
    if not any(counts):
        return language("catalogue.headline_none", text=asked)
    return language("catalogue.headline_found", text=asked, **values)


def tables_table(found: Sequence[dictionary.Table], language: Language, link: Link) -> Table:
    """Tables with what a row is, how many there are, and the pages that show them."""
    columns = [
        Column(language("catalogue.table")),
        Column(language("catalogue.grain")),
        Column(language("catalogue.row_count"), "right"),
        Column(language("catalogue.column_count"), "right"),
        Column(language("catalogue.pages")),
    ]
    rows = [
        [
            Cell(table_name(table, language), href=link(table), note=table.name),
            Cell(text_of(table, language)),
            Cell(formats.number(table.row_count, language)),
            Cell(formats.number(len(table.columns), language)),
            Cell(
                ", ".join(language.name("page", page) for page in table.pages) or formats.MISSING,
                tone="quiet",
            ),
        ]
        for table in found
    ]
    return Table(columns, rows)


def columns_table(places: Sequence[Place], language: Language, link: Link | None = None) -> Table:
    """Columns with type, unit, description and what is tested of them; `link` adds the table that each is in."""
    columns = [Column(language("catalogue.column"))]
    columns += [Column(language("catalogue.table"))] if link else []
    columns += [Column(language(f"catalogue.{key}")) for key in ("type", "description", "tested")]
    rows = []
    for place in places:
        column = place.column
        cells = [Cell(column_name(column, language), note=column.name)]
        cells += [Cell(table_name(place.table, language), href=link(place.table))] if link else []
        cells += [
            Cell(_type_text(column, language)),
            Cell(column.description),
            Cell(_tested_text(column, language), tone="quiet"),
        ]
        rows.append(cells)
    return Table(columns, rows)


def indicators_table(found: pd.DataFrame, language: Language, link: Link) -> Table:
    """Indicators with how they are worked out and where that is laid down."""
    keys = ("measured", "direction", "frequency", "definition", "source")
    columns = [Column(language("column.indicator"))]
    columns += [Column(language(f"catalogue.{key}")) for key in keys]
    rows = [
        [
            Cell(labels.indicator_name(row, language), href=link(row), note=row.indicator_code),
            Cell(labels.unit_of_measure(row, language) or formats.MISSING),
            Cell(language.name("direction", row.direction)),
            Cell(language.name("frequency", row.frequency)),
            Cell(definition_text(row, language)),
            Cell(str(row.source), tone="quiet"),
        ]
        for row in found.itertuples()
    ]
    return Table(columns, rows)


def targets_table(targets: pd.DataFrame, language: Language) -> Table:
    """An indicator's targets by scope and time, each with its source."""
    keys = ("scope", "target", "valid", "source")
    rows = [
        [
            Cell(target.unit_name, note=_until_text(target.unit_valid_to, language) or None),
            Cell(labels.target_text(target, language)),
            Cell(_span_text(target, language)),
            Cell(str(target.source), tone="quiet"),
        ]
        for target in targets.itertuples()
    ]
    return Table([Column(language(f"catalogue.{key}")) for key in keys], rows)


def columns_frame(content: Sequence[dictionary.Table], language: Language) -> pd.DataFrame:
    """Every column of every table as a row, under headings in the reader's language, for a spreadsheet."""
    headings = ("table", "column", "type", "description", "tested")
    rows = [
        [
            table.name,
            table.name_vi,
            column.name,
            column.name_vi,
            _type_text(column, language),
            column.description,
            _tested_text(column, language),
        ]
        for table in content
        for column in table.columns
    ]
    table, column, *others = (language(f"catalogue.{key}") for key in headings)
    in_vietnamese = language("language.vi")
    names = [table, f"{table} ({in_vietnamese})", column, f"{column} ({in_vietnamese})", *others]
    return pd.DataFrame(rows, columns=names)


def table_name(table: dictionary.Table, language: Language) -> str:
    """The table's name for the reader: Vietnamese where there is one, its own name in English."""
    return table.name_vi if language.code == "vi" and table.name_vi else table.name


def column_name(column: dictionary.Column, language: Language) -> str:
    """The same for a column."""
    return column.name_vi if language.code == "vi" and column.name_vi else column.name


def text_of(table: dictionary.Table, language: Language) -> str:
    """What the table holds, in the reader's language where it is there."""
    return table.description_vi if language.code == "vi" and table.description_vi else table.description


def definition_text(row: labels.Row, language: Language) -> str:
    """`numerator / denominator` in words; what is counted for a count; a dash where neither is told."""
    if not formats.is_known(row.numerator_vi):
        return formats.MISSING
    if not formats.is_known(row.denominator_vi):
        return str(row.numerator_vi)
    return language("catalogue.fraction", part=row.numerator_vi, whole=row.denominator_vi)


def _type_text(column: dictionary.Column, language: Language) -> str:
    unit = column.unit_vi if language.code == "vi" else column.unit
    kind = language.name("type", column.data_type)
    return f"{kind}, {unit}" if unit and unit != kind else kind


def _tested_text(column: dictionary.Column, language: Language) -> str:
    said = [
        language("catalogue.key") if column.is_key else "",
        language("catalogue.required") if column.is_required and not column.is_key else "",
        language("catalogue.refers_to", name=column.refers_to) if column.refers_to else "",
        language("catalogue.one_of", values=", ".join(column.values)) if column.values else "",
    ]
    return NAME_SEPARATOR.join(text for text in said if text) or formats.MISSING


def _span_text(target: labels.Row, language: Language) -> str:
    since = target.valid_from
    first = language("unit.since", date=formats.day(since, language)) if formats.is_known(since) else ""
    return (
        " ".join(part for part in (first, _until_text(target.valid_to, language)) if part) or formats.MISSING
    )


def _until_text(day: object, language: Language) -> str:
    return language("unit.until", date=formats.day(day, language)) if formats.is_known(day) else ""
