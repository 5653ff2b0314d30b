"""Counts as bars: lying for names, standing for a scale or for time. Each bar bears its number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import add_legend, new_figure
from dashboard.charts.theme import INK, PAPER, QUIET_INK, text_on

ROW_HEIGHT = 44
STANDING_HEIGHT = 230
HEADROOM = 1.15
"""Room above the highest column for its number."""
SERIES_COLOURS = ("#1B6CA8", "#B5D3EA", "#52606D")


def lying_bars(
    rows: pd.DataFrame,
    series: Mapping[str, str],
    separators: str,
    texts: Mapping[str, Sequence[str]],
    totals: Sequence[str],
) -> go.Figure:
    """Stacked bars, the first row on top, names above the bars.

    `rows` has `label` and one column of counts for each key of `series` (key → name in the legend); `texts` gives the
    number written in each bar, `totals` gives the text at the right.
    """
    figure = new_figure(36 + ROW_HEIGHT * max(len(rows), 1), separators)
    places = list(range(len(rows) - 1, -1, -1))
    for (key, name), colour in zip(series.items(), SERIES_COLOURS, strict=False):
        figure.add_bar(
            x=rows[key].tolist(),
            y=places,
            orientation="h",
            name=name,
            width=0.42,
            offset=-0.4,
            marker={"color": colour, "line": {"width": 1, "color": PAPER}},
            text=list(texts[key]),
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            constraintext="none",
            textfont={"color": text_on(colour)},
            hovertemplate=f"%{{customdata}}<br>{name}: %{{text}}<extra></extra>",
            customdata=rows["label"].tolist(),
        )
    for place, label, total in zip(places, rows["label"], totals, strict=True):
        figure.add_annotation(
            x=0, xref="paper", y=place + 0.03, yanchor="bottom", xanchor="left", text=label, showarrow=False
        )
        figure.add_annotation(
            x=1,
            xref="paper",
            y=place + 0.03,
            yanchor="bottom",
            xanchor="right",
            text=f"<b>{total}</b>",
            showarrow=False,
        )
    figure.update_layout(barmode="stack", margin={"l": 2, "r": 2, "t": 30, "b": 2})
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False, range=[-0.5, len(rows) - 0.3])
    if len(series) > 1:
        add_legend(figure)
    return figure


def standing_bars(
    ticks: Sequence[str],
    series: Mapping[str, tuple[str, Sequence[float | None]]],
    separators: str,
    texts: Sequence[str],
) -> go.Figure:
    """Stacked columns over `ticks`; `series` is key → (name, counts); `texts` is the total written over each column."""
    figure = new_figure(STANDING_HEIGHT, separators)
    places = list(range(len(ticks)))
    for (name, counts), colour in zip(series.values(), SERIES_COLOURS, strict=False):
        figure.add_bar(
            x=places,
            y=list(counts),
            name=name,
            marker={"color": colour, "line": {"width": 1, "color": PAPER}},
            customdata=list(ticks),
            hovertemplate=f"%{{customdata}}<br>{name}: %{{y}}<extra></extra>",
        )
    totals = [sum(counts[place] or 0 for _, counts in series.values()) for place in places]
    figure.add_scatter(
        x=places,
        y=totals,
        mode="text",
        text=list(texts),
        textposition="top center",
        textfont={"color": INK},
        hoverinfo="skip",
        showlegend=False,
        cliponaxis=False,
    )
    figure.update_layout(barmode="stack", bargap=0.35, margin={"l": 2, "r": 2, "t": 40, "b": 32, "pad": 0})
    figure.update_yaxes(visible=False, range=[0, HEADROOM * max([*totals, 1])])
    figure.update_xaxes(
        tickmode="array",
        tickvals=places,
        ticktext=list(ticks),
        showgrid=False,
        tickangle=0,
        tickfont={"color": QUIET_INK},
    )
    if len(series) > 1:
        add_legend(figure)
    return figure
