"""The look that all charts share: paper, ink, font, separators, no mode bar."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.theme import FONT_FAMILY, GRID, INK, PAPER, QUIET_INK, RULE, SMALL_SIZE

CONFIG: dict[str, object] = {
    "displayModeBar": False,
    "displaylogo": False,
    "responsive": True,
    "scrollZoom": False,
    "doubleClick": False,
    "showAxisDragHandles": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
}
"""Plotly's own options: no tool bar, nothing that shares a chart with a service outside."""


TICK_FORMAT = ",.2~f"
"""Thousands apart, no more decimals than needed; the signs are those of `separators`."""


def new_figure(height: int, separators: str) -> go.Figure:
    """An empty figure in the house's look; `separators` are the decimal and the thousands sign."""
    figure = go.Figure()
    figure.update_layout(
        height=height,
        separators=separators,
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        font={"family": FONT_FAMILY, "size": SMALL_SIZE, "color": INK},
        margin={"l": 0, "r": 0, "t": 8, "b": 8, "pad": 4},
        hoverlabel={"bgcolor": PAPER, "bordercolor": RULE, "font": {"family": FONT_FAMILY, "color": INK}},
        showlegend=False,
        dragmode=False,
        hovermode="closest",
    )
    # A finger that scrolls the page must not move the chart.
    figure.update_xaxes(fixedrange=True, gridcolor=GRID, zeroline=False, linecolor=RULE, tickcolor=RULE)
    figure.update_yaxes(fixedrange=True, gridcolor=GRID, zeroline=False, linecolor=RULE, tickcolor=RULE)
    figure.update_xaxes(tickfont={"color": QUIET_INK})
    figure.update_yaxes(tickfont={"color": QUIET_INK})
    return figure


def add_legend(figure: go.Figure) -> None:
    """Show the legend above the picture, in words, without letting it be switched."""
    figure.update_layout(
        showlegend=True,
        legend={
            "orientation": "h",
            "traceorder": "normal",
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": SMALL_SIZE, "color": INK},
        },
    )
