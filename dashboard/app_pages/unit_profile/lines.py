"""A unit's indicators over time, as small lines."""

from __future__ import annotations

from html import escape

import plotly.graph_objects as go
import streamlit as st

from dashboard.app_pages.unit_profile import timeline
from dashboard.charts.lines import small_line
from dashboard.data.release import Frame
from dashboard.language import dates, figures, names, numbers
from dashboard.language.names import Row
from dashboard.ui import address, blocks, tables
from dashboard.ui.about import About
from dashboard.ui.view import View

FIRST_SHOWN = 6
LINE_COLUMNS = 3
SHOW = ("first", "all")


def draw_lines(view: View, series: Frame, latest: Frame, about: About) -> None:
    """Draw one small line for each indicator, in the order of `latest`."""
    language = view.language
    show = address.value(view, "show", SHOW, SHOW[0])
    codes = latest["indicator_code"].tolist()
    shown = codes if show == SHOW[1] else codes[:FIRST_SHOWN]
    calendar = view.read("periods")
    blocks.section(language("profile.lines_title"), language("profile.lines_sentence"))
    for start in range(0, len(shown), LINE_COLUMNS):
        for column, code in zip(st.columns(LINE_COLUMNS), shown[start : start + LINE_COLUMNS], strict=False):
            with column:
                own = series[series["indicator_code"] == code]
                _draw_line(view, next(own.tail(1).itertuples()), _line(own, calendar, view))
    blocks.caption(view, about)
    if len(codes) > FIRST_SHOWN:
        address.switch(
            view,
            "show",
            label=language("profile.show"),
            options=SHOW,
            default=SHOW[0],
            text=lambda item: language(f"profile.show_{item}"),
        )


def _draw_line(view: View, row: Row, figure: go.Figure) -> None:
    """Draw the indicator's name, its last figure with the verdict, and the line."""
    language = view.language
    name, value = names.indicator_name(row, language), figures.value_text(row, language)
    mark, verdict = figures.verdict_code(row), figures.verdict_text(row, language)
    period = dates.period(row.period_code, language)
    st.html(
        f'<div class="small-chart"><h3>{escape(name)}</h3><p><strong>{escape(value)}</strong> '
        f"{tables.mark(mark)} {escape(verdict)}<span>{escape(period)}</span></p></div>"
    )
    blocks.plot(view, figure, row.indicator_code, alt=f"{name}. {period}: {value}, {verdict}")


def _line(own: Frame, calendar: Frame, view: View) -> go.Figure:
    points = timeline.points(timeline.with_gaps(own, calendar), view.language)
    suffix = "%" if own["is_rate"].iloc[0] else ""
    return small_line(points, numbers.separators(view.language), suffix)
