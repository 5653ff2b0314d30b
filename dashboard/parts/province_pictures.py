"""The two pictures of a comparison of provinces: the tile map and the ranked dots."""

from __future__ import annotations

from dashboard import address, components, formats, rows, words
from dashboard.charts.dots import ranked_dots
from dashboard.charts.tiles import tile_map
from dashboard.data import Frame
from dashboard.map_tiles import COLOUR_BY, legend_items, tiles_with_figures
from dashboard.view import View


def draw_ranks(view: View, found: Frame, chosen: str, name: str, about: words.About) -> None:
    """Provinces from the best to the worst, with their intervals and targets."""
    language = view.language
    has_interval = found["value_low"].notna().any()
    components.chart(
        view,
        ranked_dots(
            rows.province_dots(found, language),
            formats.SEPARATORS[language.code],
            target_text=language("column.target"),
            chosen=chosen,
            suffix="%" if found["is_rate"].iloc[0] else "",
            is_compact=True,
        ),
        "ranked",
        title=language("compare.ranked_title", name=formats.in_sentence(name, language)),
        sentence=language("compare.ranked_sentence" if has_interval else "compare.ranked_sentence_plain"),
        about=about,
    )


def draw_map(view: View, found: Frame, chosen: str, name: str, about: words.About) -> None:
    """The tile map with its legend, by verdict where there are targets, else by value."""
    language = view.language
    has_verdicts = found["verdict"].isin(words.GOOD_VERDICTS + words.BAD_VERDICTS).any()
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
    tiles = tiles_with_figures(view.read("compare_tiles"), found, colour_by, language)
    items, notes = legend_items(found, len(tiles[~tiles["is_island"]]), colour_by, language)
    components.chart(
        view,
        tile_map(tiles, formats.SEPARATORS[language.code], chosen),
        "map",
        title=language("compare.map_title", name=name),
        sentence=language(f"compare.map_sentence_{colour_by}"),
        about=about,
        draw_legend=lambda: components.colour_legend(items, notes),
    )
