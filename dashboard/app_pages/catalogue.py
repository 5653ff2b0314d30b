"""Catalogue: every published table and column and every indicator, what it means and where that comes from."""

from __future__ import annotations

import streamlit as st

from dashboard import address, catalogue, components, formats, labels
from dashboard.data import Frame
from dashboard.parts.catalogue_details import draw_downloads, draw_indicator, draw_table, link_here
from dashboard.view import View, current

COLUMNS_SHOWN = 200


def render(view: View) -> None:
    """Draw the page."""
    language = view.language
    lead = st.container(key="catalogue_lead")
    content = catalogue.tables(view.release)
    indicators = view.read("catalogue_indicators")
    with st.container(key="choices"):
        asked = address.text(
            view, "search", label=language("catalogue.search"), hint=language("catalogue.search_hint")
        )
        chosen = address.value(view, "table", [table.name for table in content], "")
        code = address.value(view, "indicator", indicators["indicator_code"].tolist(), "")
    tables = catalogue.tables_found(content, asked)
    columns = catalogue.columns_found(content, asked)
    found = catalogue.indicators_found(indicators, asked)
    with lead:
        components.headline(
            language("catalogue.kicker", id=view.release.release_id),
            catalogue.headline(asked, content, len(indicators), (tables, columns, found), language),
            [language("catalogue.standfirst")],
        )

    def to_table(item: labels.Row) -> str:
        return link_here(view, {"table": item.name})

    for table in content:
        if table.name == chosen:
            draw_table(view, table)
    for row in indicators[indicators["indicator_code"] == code].itertuples():
        draw_indicator(view, row)
    if columns:
        components.section(language("catalogue.columns_title"), _shown(view, len(columns)))
        components.table(
            view,
            catalogue.columns_table(columns[:COLUMNS_SHOWN], language, to_table),
        )
    if tables:
        components.section(language("catalogue.tables_title"), language("catalogue.tables_sentence"))
        components.table(view, catalogue.tables_table(tables, language, to_table))
    elif not content:
        components.empty(view, language("catalogue.no_dictionary"))
    if not found.empty:
        _draw_indicators(view, found)
    draw_downloads(view, content)
    components.footer(view, "")


def _shown(view: View, count: int) -> str:
    n = formats.number(COLUMNS_SHOWN, view.language)
    return view.language("catalogue.columns_first", n=n) if count > COLUMNS_SHOWN else ""


def _draw_indicators(view: View, found: Frame) -> None:
    language = view.language
    components.section(language("catalogue.indicators_title"), language("catalogue.indicators_sentence"))
    components.table(
        view,
        catalogue.indicators_table(
            found, language, lambda row: link_here(view, {"indicator": row.indicator_code})
        ),
    )


render(current())
