"""The figures of provinces laid on the tiles of the map, and the legend that explains their colours."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard import formats, labels, rows
from dashboard.charts.tiles import Step, colour_of, steps
from dashboard.language import Language
from dashboard.theme import NO_DATA_FILL, VERDICTS, verdict_style

COLOUR_BY = ("verdict", "value")
"""By verdict where there are targets, else by value."""


def tiles_with_figures(
    tiles: pd.DataFrame, found: pd.DataFrame, colour_by: str, language: Language
) -> pd.DataFrame:
    """One row per tile with `name`, `text`, `fill`, `hover`, `is_estimated`, `is_island`, for `tile_map`."""
    by_code = {row.province_code: row for row in found.itertuples()}
    scale = steps(found["value"])
    laid = tiles.copy()
    figures = [by_code.get(code) for code in laid["province_code"]]
    short = [labels.short_name(name) for name in laid["unit_name"]]
    laid["is_island"] = laid["label"].map(lambda label: formats.is_known(label) and bool(label))
    laid["name"] = [
        label if is_island else name
        for label, is_island, name in zip(laid["label"], laid["is_island"], short, strict=True)
    ]
    laid["fill"] = [_fill(row, colour_by, scale) for row in figures]
    laid["text"] = [
        "" if is_island or row is None else labels.value_text(row, language, with_unit=False)
        for row, is_island in zip(figures, laid["is_island"], strict=True)
    ]
    laid["is_estimated"] = [row is not None and labels.is_true(row.is_estimated) for row in figures]
    laid["hover"] = [
        _hover(tile.unit_name, tile.label if tile.is_island else None, row, language)
        for tile, row in zip(laid.itertuples(), figures, strict=True)
    ]
    return laid


def legend_items(
    found: pd.DataFrame, province_count: int, colour_by: str, language: Language
) -> tuple[list[tuple[str, str]], list[str]]:
    """Colours with their words, and notes on edges; only what the map shows."""
    if colour_by == COLOUR_BY[0]:
        present = [code for code in VERDICTS if (found["verdict"] == code).any()]
        items = [(VERDICTS[code].colour, language.name("verdict", code)) for code in present]
    else:
        unit = labels.unit_of_measure(next(found.itertuples()), language) if len(found) else ""
        is_rate = bool(found["is_rate"].any())
        items = [(step.colour, _range_text(step, unit, is_rate, language)) for step in steps(found["value"])]
    if found["province_code"].nunique() < province_count:
        items.append((NO_DATA_FILL, language("map.no_data")))
    return items, [language("map.estimated")] if found["is_estimated"].any() else []


def _fill(row: labels.Row | None, colour_by: str, scale: Sequence[Step]) -> str:
    if row is None or not formats.is_known(row.value):
        return NO_DATA_FILL
    return verdict_style(row.verdict).colour if colour_by == COLOUR_BY[0] else colour_of(row.value, scale)


def _range_text(step: Step, unit: str, is_rate: bool, language: Language) -> str:
    low = formats.measure(step.low, unit, is_rate, language, with_unit=False)
    high = formats.measure(step.high, unit, is_rate, language, with_unit=False)
    return low if low == high else f"{low} – {high}"


def _hover(province: str, island: str | None, row: labels.Row | None, language: Language) -> str:
    name = language("map.part_of", island=island, province=province) if island else province
    return (
        f"<b>{name}</b><br>{language('map.no_data')}" if row is None else rows.hover_text(name, row, language)
    )
