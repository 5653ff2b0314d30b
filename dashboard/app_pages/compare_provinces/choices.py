"""The choices of a comparison: indicator, period and lens."""

from __future__ import annotations

import streamlit as st

from dashboard.data.release import Frame
from dashboard.language import dates, names
from dashboard.language.names import Row
from dashboard.ui import address
from dashboard.ui.view import View

LENSES = ("current_boundaries", "as_reported")


def choose(view: View, offered: Frame, lens: str) -> tuple[str, str]:
    """Let the reader choose indicator, period and lens; return the first two."""
    language = view.language
    labels = {row.indicator_code: _indicator_text(row, view) for row in offered.itertuples()}
    with st.container(key="choices", horizontal=True):
        code = address.select(
            view,
            "indicator",
            label=language("choice.indicator"),
            options=list(labels),
            default=default_indicator(offered),
            text=labels.__getitem__,
        )
        periods = view.read("periods", lens=lens, indicator_code=code)["period_code"].tolist()
        period = address.slide(
            view,
            "period",
            label=language("choice.period"),
            options=periods,
            default=periods[-1],
            text=lambda item: dates.period(item, language),
        )
        address.switch(
            view,
            "lens",
            label=language("choice.lens"),
            options=LENSES,
            default=LENSES[0],
            text=lambda item: language(f"lens.{item}"),
        )
    return code, period


def default_indicator(offered: Frame) -> str:
    """Return the indicator to open with: the first that is widespread; our own stand before a panel's.

    What was counted of the reports comes last: of a province that sends one report it says 1 of 1.
    """
    widespread = offered[offered["is_widespread"]].sort_values("is_recorded", kind="stable")
    return str(widespread["indicator_code"].iloc[0])


def _indicator_text(row: Row, view: View) -> str:
    name = names.indicator_name(row, view.language)
    return f"{row.panel_code if row.is_panel else names.group_name(row, view.language)} – {name}"
