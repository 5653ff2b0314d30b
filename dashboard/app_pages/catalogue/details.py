"""The details of one table and of one indicator, and the files to take away."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.catalogue import sentences, tables
from dashboard.app_pages.catalogue.search import Place
from dashboard.language import names
from dashboard.language.names import Row
from dashboard.ui import blocks
from dashboard.ui.about import About
from dashboard.ui.view import View
from warehouse.release import dictionary

ANCHOR = "chosen"


def draw_table(view: View, table: dictionary.Table) -> None:
    """Draw one table: the meaning of a row, its key, and its columns."""
    language = view.language
    title = sentences.NAME_SEPARATOR.join(dict.fromkeys([sentences.table_name(table, language), table.name]))
    blocks.section(title, sentences.text_of(table, language), anchor=ANCHOR)
    blocks.note(language("catalogue.row_key", columns=", ".join(table.key)))
    places = [Place(table, column) for column in table.columns]
    blocks.table(view, tables.columns(places, language))


def draw_indicator(view: View, row: Row) -> None:
    """Draw one indicator: how it is worked out and added up, and its targets with their documents."""
    language = view.language
    blocks.section(
        sentences.NAME_SEPARATOR.join([names.indicator_name(row, language), row.indicator_code]),
        sentences.definition_text(row, language),
        anchor=ANCHOR,
    )
    adds_up = [language.name("aggregation", row.aggregation), language.name("rollup", row.rollup)]
    blocks.note(language("catalogue.adds_up", text="; ".join(adds_up), source=row.source))
    targets = view.read("targets", indicator_code=row.indicator_code)
    if targets.empty:
        blocks.note(language("catalogue.no_targets"))
    else:
        blocks.table(view, tables.targets(targets, language))


def draw_downloads(view: View, content: tuple[dictionary.Table, ...]) -> None:
    """Offer the dictionary as a table for Excel, and as the file that lies beside the release."""
    if not content:
        return
    blocks.section(view.language("catalogue.download_title"), view.language("catalogue.download_sentence"))
    about = About("", "", view.language("catalogue.source_dictionary"), "")
    blocks.download(view, tables.columns_frame(content, view.language), "data_dictionary", about)
    path = dictionary.path_of(view.release)
    st.download_button(
        view.language("catalogue.download_json"),
        path.read_bytes,
        file_name=path.name,
        mime="application/json",
        key="catalogue_json",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )


def link_here(view: View, choice: dict[str, str | None]) -> str:
    """Return the address of this page with one table or indicator open; the search stays."""
    search = view.shown.get("search")
    return f"{view.link(view.page_code, {'search': search, **choice})}#{ANCHOR}"
