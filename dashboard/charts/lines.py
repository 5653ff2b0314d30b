"""A figure over time with its interval and target: small, one indicator each; gaps where nothing is known."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import TICK_FORMAT, new_figure
from dashboard.charts.dots import marker
from dashboard.charts.theme import INK, QUIET_INK, SMALL_SIZE, verdict_style

SMALL_HEIGHT = 150
BAND = "rgba(27, 108, 168, 0.14)"
MANY_POINTS = 8
TICKS = 4


def small_line(
    points: pd.DataFrame, separators: str, suffix: str = "", chosen: str | None = None
) -> go.Figure:
    """One line over `points` in the order of time, one row per period that should be there.

    Columns: `period_code`, `tick`, `value` (null where nothing is known: the line breaks), `value_low`, `value_high`,
    `target_value`, `verdict`, `hover`. The last known value is written at its end; `chosen` is a period to mark.
    """
    figure = new_figure(SMALL_HEIGHT, separators)
    places = list(range(len(points)))
    _add_band(figure, points)
    if points["target_value"].notna().any():
        figure.add_scatter(
            x=places,
            y=points["target_value"].tolist(),
            mode="lines",
            line={"color": INK, "width": 1.5, "dash": "dash", "shape": "hvh"},
            connectgaps=False,
            hoverinfo="skip",
        )
    styles = [verdict_style(code) for code in points["verdict"]]
    known = points["value"].notna().tolist()
    last = max((place for place in places if known[place]), default=-1)
    is_large = [
        place == last or code == chosen for place, code in zip(places, points["period_code"], strict=True)
    ]
    dots = marker([style.code for style in styles])
    dots["size"] = [11 if large else (5 if len(points) > MANY_POINTS else 8) for large in is_large]
    dots["line"] = {"width": 2, "color": [style.outline for style in styles]}
    figure.add_scatter(
        x=places,
        y=points["value"].tolist(),
        mode="lines+markers",
        line={"color": QUIET_INK, "width": 2},
        marker=dots,
        connectgaps=False,
        hovertext=points["hover"].tolist(),
        hovertemplate="%{hovertext}<extra></extra>",
    )
    shown = _ticks(len(points))
    figure.update_xaxes(
        tickmode="array",
        tickvals=shown,
        ticktext=[points["tick"].iloc[place] for place in shown],
        showgrid=False,
        range=[-0.4, len(points) - 0.4],
        tickangle=0,
    )
    figure.update_yaxes(nticks=4, tickformat=TICK_FORMAT, ticksuffix=suffix, rangemode="normal")
    figure.update_layout(margin={"l": 44, "r": 14, "t": 10, "b": 24}, font={"size": SMALL_SIZE - 1})
    return figure


def _add_band(figure: go.Figure, points: pd.DataFrame) -> None:
    # One filled shape per unbroken run: a fill across a gap would show an interval that is not known.
    is_known = points["value_low"].notna() & points["value_high"].notna()
    runs = (is_known != is_known.shift()).cumsum()
    for _, run in points[is_known].groupby(runs[is_known]):
        places = [points.index.get_loc(index) for index in run.index]
        figure.add_scatter(
            x=[*places, *places[::-1]],
            y=[*run["value_high"], *run["value_low"].iloc[::-1]],
            fill="toself",
            fillcolor=BAND,
            line={"width": 0},
            mode="lines",
            hoverinfo="skip",
        )


def _ticks(count: int) -> list[int]:
    if count <= TICKS:
        return list(range(count))
    step = -(-count // TICKS)
    return list(range((count - 1) % step, count, step))
