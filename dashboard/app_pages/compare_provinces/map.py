"""The tile map of a comparison: the figures of provinces laid on tiles, and the legend of their colours."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.charts.theme import NO_DATA_FILL, VERDICTS, verdict_style
from dashboard.charts.tiles import Step, colour_of, steps, tile_map
from dashboard.data.release import Frame
from dashboard.language import figures, names, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from dashboard.ui import address, blocks, indicators
from dashboard.ui.about import About
from dashboard.ui.view import View

COLOUR_BY = ("verdict", "value")
"""By verdict where there are targets, else by value."""


def draw_map(view: View, found: Frame, chosen: str, name: str, about: About) -> None:
    """Draw the tile map with its legend, by verdict where there are targets, else by value."""
    language = view.language
    has_verdicts = not indicators.judged(found).empty
    options = COLOUR_BY if has_verdicts else COLOUR_BY[-1:]
    colour_by = address.value(view, "colour", options, options[0])
    if has_verdicts:
        address.switch(
            view,
            "colour",
            label=language("choice.colour"),
            options=options,
            default=options[0],
            text=lambda item: language(f"colour.{item}"),
        )
    tiles = tiles_with_figures(view.read("tiles"), found, colour_by, language)
    items, notes = legend_items(found, len(tiles[~tiles["is_island"]]), colour_by, language)
    blocks.chart(
        view,
        tile_map(tiles, numbers.separators(language), chosen),
        "map",
        title=language("compare.map_title", name=name),
        sentence=language(f"compare.map_sentence_{colour_by}"),
        about=about,
        draw_legend=lambda: blocks.colour_legend(items, notes),
    )


def tiles_with_figures(
    tiles: pd.DataFrame, found: pd.DataFrame, colour_by: str, language: Language
) -> pd.DataFrame:
    """Return one row per tile with `name`, `text`, `fill`, `hover`, `is_estimated`, `is_island`, for `tile_map`."""
    by_code = {row.province_code: row for row in found.itertuples()}
    scale = steps(found["value"])
    laid = tiles.copy()
    shown = [by_code.get(code) for code in laid["province_code"]]
    short = [names.short_name(name) for name in laid["unit_name"]]
    laid["is_island"] = laid["label"].map(lambda label: numbers.is_known(label) and bool(label))
    laid["name"] = [
        label if is_island else name
        for label, is_island, name in zip(laid["label"], laid["is_island"], short, strict=True)
    ]
    laid["fill"] = [_fill(row, colour_by, scale) for row in shown]
    laid["text"] = [
        "" if is_island or row is None else figures.value_text(row, language, with_unit=False)
        for row, is_island in zip(shown, laid["is_island"], strict=True)
    ]
    laid["is_estimated"] = [row is not None and numbers.is_true(row.is_estimated) for row in shown]
    laid["hover"] = [
        _hover(tile.unit_name, tile.label if tile.is_island else None, row, language)
        for tile, row in zip(laid.itertuples(), shown, strict=True)
    ]
    return laid


def legend_items(
    found: pd.DataFrame, province_count: int, colour_by: str, language: Language
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return the colours that the map shows with their words, and notes on edges."""
    if colour_by == COLOUR_BY[0]:
        present = [code for code in VERDICTS if (found["verdict"] == code).any()]
        items = [(VERDICTS[code].colour, language.name("verdict", code)) for code in present]
    else:
        unit = names.unit_of_measure(next(found.itertuples()), language) if len(found) else ""
        is_rate = bool(found["is_rate"].any())
        items = [(step.colour, _range_text(step, unit, is_rate, language)) for step in steps(found["value"])]
    if found["province_code"].nunique() < province_count:
        items.append((NO_DATA_FILL, language("map.no_data")))
    return items, [language("map.estimated")] if found["is_estimated"].any() else []


def _fill(row: Row | None, colour_by: str, scale: Sequence[Step]) -> str:
    if row is None or not numbers.is_known(row.value):
        return NO_DATA_FILL
    return verdict_style(row.verdict).colour if colour_by == COLOUR_BY[0] else colour_of(row.value, scale)


def _range_text(step: Step, unit: str, is_rate: bool, language: Language) -> str:
    low = numbers.measure(step.low, unit, is_rate, language, with_unit=False)
    high = numbers.measure(step.high, unit, is_rate, language, with_unit=False)
    return low if low == high else f"{low} – {high}"


def _hover(province: str, island: str | None, row: Row | None, language: Language) -> str:
    name = language("map.part_of", island=island, province=province) if island else province
    return (
        f"<b>{name}</b><br>{language('map.no_data')}"
        if row is None
        else figures.hover_text(name, row, language)
    )
