"""What the catalogue tells of one table, of one indicator, and the files that can be taken away."""

from __future__ import annotations

import streamlit as st

from dashboard import catalogue, components, labels, words
from dashboard.view import View
from warehouse.release import dictionary

ANCHOR = "chosen"


def draw_table(view: View, table: dictionary.Table) -> None:
    """One table: what a row is, what names it, and its columns."""
    language = view.language
    title = catalogue.NAME_SEPARATOR.join(dict.fromkeys([catalogue.table_name(table, language), table.name]))
    components.section(title, catalogue.text_of(table, language), anchor=ANCHOR)
    components.note(language("catalogue.row_key", columns=", ".join(table.key)))
    places = [catalogue.Place(table, column) for column in table.columns]
    components.table(view, catalogue.columns_table(places, language))


def draw_indicator(view: View, row: labels.Row) -> None:
    """One indicator: how it is worked out and added up, and its targets with their documents."""
    language = view.language
    components.section(
        catalogue.NAME_SEPARATOR.join([labels.indicator_name(row, language), row.indicator_code]),
        catalogue.definition_text(row, language),
        anchor=ANCHOR,
    )
    adds_up = [language.name("aggregation", row.aggregation), language.name("rollup", row.rollup)]
    components.note(language("catalogue.adds_up", text="; ".join(adds_up), source=row.source))
    targets = view.read("catalogue_targets", indicator_code=row.indicator_code)
    if targets.empty:
        components.note(language("catalogue.no_targets"))
    else:
        components.table(view, catalogue.targets_table(targets, language))


def draw_downloads(view: View, content: tuple[dictionary.Table, ...]) -> None:
    """The dictionary as a table for Excel, and as the file that lies beside the release."""
    if not content:
        return
    components.section(
        view.language("catalogue.download_title"), view.language("catalogue.download_sentence")
    )
    about = words.About("", "", view.language("catalogue.source_dictionary"), "")
    components.download(view, catalogue.columns_frame(content, view.language), "data_dictionary", about)
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
    """The address of this page with one table or indicator open; the search stays."""
    search = view.shown.get("search")
    return f"{view.link(view.page_code, {'search': search, **choice})}#{ANCHOR}"
