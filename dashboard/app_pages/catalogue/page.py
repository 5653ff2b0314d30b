"""Catalogue: every published table, column and indicator, its meaning and its source."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.catalogue import search, sentences, tables
from dashboard.app_pages.catalogue.details import draw_downloads, draw_indicator, draw_table, link_here
from dashboard.data.release import Frame
from dashboard.language import numbers
from dashboard.language.names import Row
from dashboard.ui import address, blocks, frame
from dashboard.ui.view import View, current
from warehouse.release.views import is_front_door

COLUMNS_SHOWN = 200


def render(view: View) -> None:
    """Draw the page."""
    language = view.language
    lead = st.container(key="catalogue_lead")
    content = search.tables(view.release)
    indicators = view.read("indicators")
    with st.container(key="choices"):
        asked = address.text(
            view, "search", label=language("catalogue.search"), hint=language("catalogue.search_hint")
        )
        chosen = address.value(view, "table", [table.name for table in content], "")
        code = address.value(view, "indicator", indicators["indicator_code"].tolist(), "")
    found_tables = search.tables_found(content, asked)
    found_columns = search.columns_found(content, asked)
    found = search.indicators_found(indicators, asked)
    with lead:
        frame.headline(
            language("catalogue.kicker", id=view.release.release_id),
            sentences.headline(
                asked, content, len(indicators), (found_tables, found_columns, found), language
            ),
            [language("catalogue.standfirst")],
        )

    def to_table(item: Row) -> str:
        return link_here(view, {"table": item.name})

    for table in content:
        if table.name == chosen:
            draw_table(view, table)
    for row in indicators[indicators["indicator_code"] == code].itertuples():
        draw_indicator(view, row)
    if found_columns:
        blocks.section(language("catalogue.columns_title"), _shown(view, len(found_columns)))
        blocks.table(view, tables.columns(found_columns[:COLUMNS_SHOWN], language, to_table))
    front = [table for table in found_tables if is_front_door(table.name)]
    others = [table for table in found_tables if not is_front_door(table.name)]
    for key, part in (("front", front), ("tables", others)):
        if part:
            blocks.section(language(f"catalogue.{key}_title"), language(f"catalogue.{key}_sentence"))
            blocks.table(view, tables.tables(part, language, to_table))
    if not content:
        blocks.empty(view, language("catalogue.no_dictionary"))
    if not found.empty:
        _draw_indicators(view, found)
    draw_downloads(view, content)
    frame.footer(view, "")


def _shown(view: View, count: int) -> str:
    n = numbers.number(COLUMNS_SHOWN, view.language)
    return view.language("catalogue.columns_first", n=n) if count > COLUMNS_SHOWN else ""


def _draw_indicators(view: View, found: Frame) -> None:
    language = view.language
    blocks.section(language("catalogue.indicators_title"), language("catalogue.indicators_sentence"))
    blocks.table(
        view,
        tables.indicators(found, language, lambda row: link_here(view, {"indicator": row.indicator_code})),
    )


render(current())
