"""The map of today's provinces as square tiles, with Hoàng Sa and Trường Sa."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import plotly.graph_objects as go

from dashboard.charts.base import new_figure
from dashboard.charts.theme import (
    ESTIMATE_LINE,
    INK,
    LOTUS,
    NO_DATA_FILL,
    PAPER,
    QUIET_INK,
    SEQUENTIAL,
    text_on,
)

TILE = 46
HALF = 0.47
NAME_SIZE = 10
VALUE_SIZE = 11
COLUMNS = 7


@dataclass(frozen=True)
class Step:
    """One step of the colour scale: from `low` to `high`, both inclusive."""

    low: float
    high: float
    colour: str


def steps(values: pd.Series) -> list[Step]:
    """Up to five steps with about as many provinces each, without gaps in what is coloured and without overlap."""
    known = values.dropna().astype(float).sort_values(ignore_index=True)
    if known.empty:
        return []
    groups = pd.qcut(known, min(len(SEQUENTIAL), known.nunique()), labels=False, duplicates="drop")
    parts = [known[groups == group] for group in sorted(groups.dropna().unique())]
    colours = SEQUENTIAL if len(parts) == len(SEQUENTIAL) else SEQUENTIAL[-len(parts) :]
    return [
        Step(float(part.min()), float(part.max()), colour)
        for part, colour in zip(parts, colours, strict=True)
    ]


def colour_of(value: float, scale: Sequence[Step]) -> str:
    """The colour of a value on the scale; what is not known is pale grey."""
    if pd.isna(value):
        return NO_DATA_FILL
    return next((step.colour for step in scale if value <= step.high), scale[-1].colour)


def tile_map(tiles: pd.DataFrame, separators: str, chosen: str | None = None) -> go.Figure:
    """Tiles at `tile_row`, `tile_column`, each with its `name`, `text`, `fill`, `hover` and `is_estimated`.

    `is_island` marks the tiles of Hoàng Sa and Trường Sa: the colour of their province, their own name. An estimate has
    a dashed edge. `chosen` is the province code whose tile has the accent as its edge.
    """
    rows = int(tiles["tile_row"].max()) + 1
    figure = new_figure(rows * TILE + 8, separators)
    for tile in tiles.itertuples():
        _add_tile(figure, tile, is_chosen=tile.province_code == chosen)
    figure.add_scatter(
        x=tiles["tile_column"].tolist(),
        y=[-row for row in tiles["tile_row"]],
        mode="markers",
        marker={"symbol": "square", "size": TILE - 4, "opacity": 0},
        hovertext=tiles["hover"].tolist(),
        hovertemplate="%{hovertext}<extra></extra>",
        customdata=tiles["province_code"].tolist(),
    )
    figure.update_xaxes(visible=False, range=[-0.55, COLUMNS - 0.45], constrain="domain")
    figure.update_yaxes(visible=False, range=[-rows + 0.45, 0.55], scaleanchor="x", constrain="domain")
    figure.update_layout(margin={"l": 0, "r": 0, "t": 4, "b": 4, "pad": 0})
    return figure


def _add_tile(figure: go.Figure, tile: object, is_chosen: bool) -> None:
    column, row = tile.tile_column, -tile.tile_row  # type: ignore[attr-defined]
    is_estimated = bool(tile.is_estimated)  # type: ignore[attr-defined]
    edge = LOTUS if is_chosen else (ESTIMATE_LINE if is_estimated else PAPER)
    figure.add_shape(
        type="rect",
        x0=column - HALF,
        x1=column + HALF,
        y0=row - HALF,
        y1=row + HALF,
        fillcolor=tile.fill,  # type: ignore[attr-defined]
        line={
            "color": edge,
            "width": 3 if is_chosen else 1,
            "dash": "dot" if is_estimated and not is_chosen else "solid",
        },
        layer="below",
    )
    fill = str(tile.fill)  # type: ignore[attr-defined]
    ink = QUIET_INK if fill == NO_DATA_FILL else (INK if text_on(fill) == INK else PAPER)
    value = f"<br><b style='font-size:{VALUE_SIZE}px'>{tile.text}</b>" if tile.text else ""  # type: ignore[attr-defined]
    figure.add_annotation(
        x=column,
        y=row,
        text=f"{two_lines(str(tile.name))}{value}",  # type: ignore[attr-defined]
        showarrow=False,
        font={"size": NAME_SIZE, "color": ink},
        align="center",
    )


def two_lines(name: str) -> str:
    """A name of two words or more on two lines: it must fit a tile on a phone."""
    words = name.split(" ")
    if words == [name]:
        return name
    middle = (len(words) + 1) // 2
    return f"{' '.join(words[:middle])}<br>{' '.join(words[middle:])}"
