"""Figures on tiles with their legend, and what a page opens with."""

from __future__ import annotations

import pandas as pd

from dashboard import choices, theme
from dashboard.language import language
from dashboard.map_tiles import legend_items, tiles_with_figures

VI = language("vi")
TILES = pd.DataFrame(
    {
        "province_code": ["48", "48", "46"],
        "tile_row": [9, 9, 8],
        "tile_column": [4, 6, 4],
        "label": [None, "Hoàng Sa", None],
        "unit_name": ["Thành phố Đà Nẵng", "Thành phố Đà Nẵng", "Thành phố Huế"],
    }
)
FOUND = pd.DataFrame(
    {
        "province_code": ["48"],
        "unit_name": ["Thành phố Đà Nẵng"],
        "value": [88.25],
        "value_low": [80.0],
        "value_high": [93.0],
        "numerator": [353.0],
        "denominator": [400.0],
        "target_operator": [">="],
        "target_value": [85.0],
        "verdict": ["narrowly_met"],
        "unit": ["%"],
        "unit_en": ["%"],
        "is_rate": [True],
        "is_estimated": [True],
    }
)


def test_an_island_has_the_colour_of_its_province_and_its_own_name() -> None:
    laid = tiles_with_figures(TILES, FOUND, "verdict", VI)
    assert laid["name"].tolist() == ["Đà Nẵng", "Hoàng Sa", "Huế"]
    assert laid["fill"].tolist() == ["#7FB2D9", "#7FB2D9", theme.NO_DATA_FILL]
    assert laid["text"].tolist() == ["≈\u00a088,3%", "", ""]
    assert "Hoàng Sa (thuộc Thành phố Đà Nẵng)" in laid["hover"].iloc[1]
    assert "Chưa có số liệu" in laid["hover"].iloc[2]
    assert laid["is_estimated"].tolist() == [True, True, False]


def test_the_legend_has_only_what_the_map_shows() -> None:
    items, notes = legend_items(FOUND, 2, "verdict", VI)
    assert items == [("#7FB2D9", "Đạt, sát ngưỡng"), (theme.NO_DATA_FILL, "Chưa có số liệu")]
    assert notes == ["≈ và viền chấm: số ước tính"]
    by_value, _ = legend_items(FOUND.assign(is_estimated=False), 1, "value", VI)
    assert by_value == [(theme.SEQUENTIAL[-1], "88,3%")]


def scopes(country_coverage: float | None, counts: dict[str, int]) -> pd.DataFrame:
    """What was reported lately, by code."""
    frame = pd.DataFrame({"indicator_count": counts})
    frame["coverage_ratio"] = [country_coverage if code == "VN" else 1.0 for code in frame.index]
    return frame


def test_a_page_opens_with_who_reports() -> None:
    assert choices.default_province(scopes(0.06, {"VN": 20, "08": 12, "20": 14})) == "20"
    assert choices.default_province(scopes(0.9, {"VN": 20, "08": 12, "20": 14})) == "VN"
    assert choices.default_province(scopes(None, {"VN": 0, "08": 0, "20": 0})) == "VN"


def test_a_comparison_opens_with_our_own_indicator_where_most_provinces_have_it() -> None:
    frame = pd.DataFrame({"indicator_code": ["KNTC_GQ", "PAPI_OVERALL"], "province_count": [2, 34]})
    assert choices.default_indicator(frame) == "PAPI_OVERALL"
    assert choices.default_indicator(frame.assign(province_count=[30, 34])) == "KNTC_GQ"
