"""The pack for an outside inspection: one topic of the unit over some years, as one file to take away."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.language.names import Row
from dashboard.ui import address, blocks
from dashboard.ui.view import View
from warehouse import settings
from warehouse.inspection.pack import pack_bytes
from warehouse.inspection.request import Request, Unit
from warehouse.inspection.topics import load_topics

YEARS_OFFERED = 6
YEARS_BEFORE = 2
"""By default a pack goes back to January of the year before the last."""


def draw_inspection(view: View, unit: Row) -> None:
    """Offer the pack. The files that were sent stay out of it: they hold more than the topic, and names of holders."""
    language = view.language
    with blocks.folded(language("inspection.title"), language("inspection.sentence"), anchor="kiem-tra"):
        _draw_choices(view, unit)


def _draw_choices(view: View, unit: Row) -> None:
    language, today, current = view.language, view.release.as_of_date, settings.load()
    topics = load_topics(current.seeds_dir, today)
    with st.container(key="inspection_choices", horizontal=True):
        code = address.select(
            view,
            "topic",
            label=language("inspection.topic"),
            options=list(topics),
            default=next(iter(topics)),
            text=lambda item: topics[item].name_en if language.code == "en" else topics[item].name_vi,
        )
        since = address.select(
            view,
            "since",
            label=language("inspection.since"),
            options=[str(year) for year in range(today.year, today.year - YEARS_OFFERED, -1)],
            default=str(today.year - YEARS_BEFORE),
            text=str,
        )
    wanted = Request(
        topics[code],
        Unit(str(unit.unit_key), str(unit.unit_code), str(unit.unit_name)),
        date(int(since), 1, 1),
        today,
        with_files=False,
    )
    st.download_button(
        language("inspection.download"),
        lambda: pack_bytes(current, view.release, wanted),
        file_name=wanted.file_name,
        mime="application/zip",
        key="inspection_pack",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
