"""Ranked dots with their intervals and the target: the order of units, and how certain it is."""

from __future__ import annotations

import textwrap

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import TICK_FORMAT, new_figure
from dashboard.charts.theme import GRID, INK, LOTUS, SMALL_SIZE, verdict_style

LINE_HEIGHT = 17
DOT_BAND = 24
DOT_SIZE = 12
COMPACT_ROW = 22
NAME_WIDTH = 92
VALUE_WIDTH = 56
AXIS_HEIGHT = 32
HALF_DISC = "M 0,-{r} C {s}{k},-{r} {s}{r},-{k} {s}{r},0 C {s}{r},{k} {s}{k},{r} 0,{r} Z"
HALVES = {
    "narrowly_met": HALF_DISC.format(r=4.8, k=2.65, s=""),
    "narrowly_missed": HALF_DISC.format(r=4.8, k=2.65, s="-"),
}
"""The white half of a narrow verdict: right where met (◐), left where missed (◑); in pixels around the dot."""

LABEL_WIDTH = 44
"""Letters of a name that fit beside its value on a 360-pixel phone; longer names go on two lines."""


def ranked_dots(
    rows: pd.DataFrame,
    separators: str,
    *,
    target_text: str = "",
    chosen: str | None = None,
    scale: tuple[float, float] | None = None,
    suffix: str = "",
    is_compact: bool = False,
) -> go.Figure:
    """One line per row, the first on top.

    `rows` has `label`, `value`, `value_low`, `value_high`, `target_value` (each may be null), `verdict`, `text` (the
    value in words), `hover`, `key`. Names stand above their lines, so that they are whole on a phone; short ones stand
    beside them (`is_compact`). `chosen` is the key to show in the accent colour.
    """
    places = list(range(len(rows) - 1, -1, -1))
    labels = [str(label) if is_compact else wrapped(label) for label in rows["label"]]
    text_lines = 0 if is_compact else max((label.count("<br>") + 1 for label in labels), default=1)
    row_height = (COMPACT_ROW if is_compact else DOT_BAND) + LINE_HEIGHT * text_lines
    figure = new_figure(AXIS_HEIGHT + row_height * max(len(rows), 1), separators)
    _add_intervals(figure, rows, places)
    _add_targets(figure, rows, places, target_text)
    _add_dots(figure, rows, places)
    _add_names(
        figure, rows, labels, places, chosen=chosen, dot_share=0.0 if is_compact else DOT_BAND / row_height
    )
    low, high = scale or _scale(rows)
    figure.update_xaxes(
        range=[low, high], side="top", tickformat=TICK_FORMAT, ticksuffix=suffix, gridcolor=GRID, nticks=6
    )
    figure.update_yaxes(
        visible=False, range=[-0.5, len(rows) - 0.5] if is_compact else _range(len(rows), row_height)
    )
    left, right = (NAME_WIDTH, VALUE_WIDTH) if is_compact else (8, 12)
    figure.update_layout(margin={"l": left, "r": right, "t": AXIS_HEIGHT, "b": 0, "pad": 0})
    return figure


def _add_intervals(figure: go.Figure, rows: pd.DataFrame, places: list[int]) -> None:
    xs: list[float | None] = []
    ys: list[float | None] = []
    for place, row in zip(places, rows.itertuples(), strict=True):
        if pd.notna(row.value_low) and pd.notna(row.value_high):
            xs += [row.value_low, row.value_high, None]
            ys += [place, place, None]
    figure.add_scatter(
        x=xs, y=ys, mode="lines", line={"color": "#B8C2CC", "width": 5}, hoverinfo="skip", name="interval"
    )


def _add_targets(figure: go.Figure, rows: pd.DataFrame, places: list[int], target_text: str) -> None:
    aimed = [(place, row.target_value) for place, row in zip(places, rows.itertuples(), strict=True)]
    aimed = [(place, target) for place, target in aimed if pd.notna(target)]
    if not aimed:
        return
    figure.add_scatter(
        x=[target for _, target in aimed],
        y=[place for place, _ in aimed],
        mode="markers",
        marker={"symbol": "line-ns-open", "size": 18, "color": INK, "line": {"width": 2, "color": INK}},
        hoverinfo="skip",
        name=target_text,
    )


def _add_dots(figure: go.Figure, rows: pd.DataFrame, places: list[int]) -> None:
    styles = [verdict_style(code) for code in rows["verdict"]]
    figure.add_scatter(
        x=rows["value"].tolist(),
        y=list(places),
        mode="markers",
        marker=marker(styles=[style.code for style in styles]),
        customdata=rows["key"].tolist(),
        hovertext=rows["hover"].tolist(),
        hovertemplate="%{hovertext}<extra></extra>",
        name="value",
    )
    # The half-filled marks of the legend: the narrow verdicts have half of their disc white.
    for place, value, style in zip(places, rows["value"], styles, strict=True):
        if style.code in HALVES and pd.notna(value):
            figure.add_shape(
                type="path",
                path=HALVES[style.code],
                xsizemode="pixel",
                ysizemode="pixel",
                xanchor=value,
                yanchor=place,
                fillcolor="#FFFFFF",
                line={"width": 0},
                layer="above",
            )


def marker(styles: list[str]) -> dict[str, object]:
    """Marker properties: filled when sure, pale inside when narrow, hollow when missed; round in every case."""
    fills = {"missed": "#FFFFFF"}
    return {
        "symbol": "circle",
        "size": DOT_SIZE,
        "color": [fills.get(code, verdict_style(code).colour) for code in styles],
        "line": {"width": 2.5, "color": [verdict_style(code).outline for code in styles]},
        "opacity": 1,
    }


def wrapped(label: str) -> str:
    """A name on as many lines as a phone needs, two at most."""
    lines = textwrap.wrap(label, LABEL_WIDTH, max_lines=2, placeholder=" …", break_long_words=False)
    return "<br>".join(lines)


def _add_names(
    figure: go.Figure,
    rows: pd.DataFrame,
    labels: list[str],
    places: list[int],
    *,
    chosen: str | None,
    dot_share: float,
) -> None:
    for place, key, label, text in zip(places, rows["key"], labels, rows["text"], strict=True):
        colour = LOTUS if key == chosen else INK
        common = {
            "y": place + dot_share / 2 - 0.02 if dot_share else place,
            "yanchor": "bottom" if dot_share else "middle",
            "yref": "y",
            "xref": "paper",
            "showarrow": False,
            "borderpad": 0,
            "font": {"size": SMALL_SIZE, "color": colour},
        }
        said = f"<b>{label}</b>" if key == chosen else label
        figure.add_annotation(
            x=0, xanchor="left", xshift=-8 if dot_share else -NAME_WIDTH, align="left", text=said, **common
        )
        figure.add_annotation(
            x=1, xanchor="right", xshift=12 if dot_share else VALUE_WIDTH, text=f"<b>{text}</b>", **common
        )


def _range(count: int, row_height: int) -> list[float]:
    below = DOT_BAND / row_height / 2
    return [-below, count - below]


def _scale(rows: pd.DataFrame) -> tuple[float, float]:
    known = pd.concat([rows[name] for name in ("value", "value_low", "value_high", "target_value")]).dropna()
    known = known.astype(float)
    if known.empty:
        return 0.0, 1.0
    margin = (known.max() - known.min()) * 0.06 or 1.0
    return float(known.min() - margin), float(known.max() + margin)
