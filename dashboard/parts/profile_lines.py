"""A unit's indicators over time, as small lines."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from dashboard import address, components, formats, rows, timeline, words
from dashboard.charts.lines import small_line
from dashboard.data import Frame
from dashboard.view import View

FIRST_SHOWN = 6
LINE_COLUMNS = 3
SHOW = ("first", "all")


def draw_lines(view: View, series: Frame, latest: Frame, about: words.About) -> None:
    """One small line an indicator, what misses its target first."""
    language = view.language
    show = address.value(view, "show", SHOW, SHOW[0])
    codes = latest["indicator_code"].tolist()
    shown = codes if show == SHOW[1] else codes[:FIRST_SHOWN]
    calendar = view.read("profile_periods")
    components.section(language("profile.lines_title"), language("profile.lines_sentence"))
    for start in range(0, len(shown), LINE_COLUMNS):
        for column, code in zip(st.columns(LINE_COLUMNS), shown[start : start + LINE_COLUMNS], strict=False):
            with column:
                own = series[series["indicator_code"] == code]
                components.small_chart(view, next(own.tail(1).itertuples()), _line(own, calendar, view))
    components.caption(view, about)
    if len(codes) > FIRST_SHOWN:
        address.switch(
            view,
            "show",
            label=language("profile.show"),
            options=SHOW,
            default=SHOW[0],
            text=lambda item: language(f"profile.show_{item}"),
        )


def _line(own: Frame, calendar: Frame, view: View) -> go.Figure:
    points = rows.line_points(timeline.with_gaps(own, calendar), view.language)
    suffix = "%" if own["is_rate"].iloc[0] else ""
    return small_line(points, formats.SEPARATORS[view.language.code], suffix)
