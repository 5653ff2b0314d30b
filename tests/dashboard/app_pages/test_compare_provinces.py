"""The comparison of provinces: its headline, and figures on tiles with their legend."""

from __future__ import annotations

import pandas as pd

from dashboard.app_pages.compare_provinces import sentences
from dashboard.app_pages.compare_provinces.choices import default_indicator
from dashboard.app_pages.compare_provinces.map import legend_items, tiles_with_figures
from dashboard.app_pages.compare_provinces.table import rank_cell
from dashboard.charts import theme
from dashboard.language.texts import language
from tests.dashboard.page_kit import said

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
        "is_met": [True],
        "unit": ["%"],
        "unit_en": ["%"],
        "is_rate": [True],
        "is_small": [False],
        "is_provisional": [True],
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
    assert "Đạt, sát ngưỡng, đến nay" in laid["hover"].iloc[0], "silent units could still turn it"
    assert laid["is_estimated"].tolist() == [True, True, False]


def test_the_legend_has_only_what_the_map_shows() -> None:
    items, notes = legend_items(FOUND, 2, "verdict", VI)
    assert items == [("#7FB2D9", "Đạt, sát ngưỡng"), (theme.NO_DATA_FILL, "Chưa có số liệu")]
    assert notes == ["≈ và viền chấm: số ước tính"]
    by_value, _ = legend_items(FOUND.assign(is_estimated=False), 1, "value", VI)
    assert by_value == [(theme.SEQUENTIAL[-1], "88,3%")]


def provinces(*values: tuple[str, float, tuple[int, int], bool]) -> pd.DataFrame:
    """Return provinces in the given order, with value, range of ranks and whether they meet the target."""
    return pd.DataFrame(
        [
            {
                "unit_name": name,
                "value": value,
                "rank_low": ranks[0],
                "rank_high": ranks[1],
                "verdict": "met" if is_met else "missed",
                "is_met": is_met,
                "direction": "higher",
                "is_rate": True,
                "unit": "%",
                "unit_en": "%",
                "is_estimated": False,
            }
            for name, value, ranks, is_met in values
        ]
    )


def test_a_comparison_ranks_only_provinces_whose_ranges_of_ranks_do_not_meet() -> None:
    apart = provinces(("Thành phố Huế", 95, (1, 1), True), ("Tỉnh Lạng Sơn", 70, (2, 2), False))
    text = sentences.headline(apart, "Tỷ lệ", "Năm 2025", VI)
    assert text == "1 trên 2 tỉnh, thành phố đạt; Huế cao nhất về kết quả (95,0%), Lạng Sơn thấp nhất (70,0%)"
    close = provinces(("Thành phố Huế", 92, (1, 2), True), ("Tỉnh Lạng Sơn", 90, (1, 2), True))
    assert "chưa đủ rõ để xếp hạng" in sentences.headline(close, "Tỷ lệ", "Năm 2025", VI)


def test_a_range_of_ranks_that_covers_nearly_all_places_is_no_rank() -> None:
    found = provinces(("Thành phố Huế", 92, (1, 10), True), ("Tỉnh Lạng Sơn", 90, (3, 9), True))
    found = found.assign(is_rankable=[False, True], ranked_units=11)
    wide, narrow = (rank_cell(row, VI) for row in found.itertuples())
    assert (wide.text, wide.note) == ("không xếp hạng được", "1–10/11")
    assert (narrow.text, narrow.note) == ("3–9/11", None)
    text = sentences.without_rank(found, VI)
    assert text == "1 trong 2 tỉnh, thành phố không xếp hạng được: khoảng tin cậy quá rộng."
    assert sentences.without_rank(found.assign(is_rankable=None), VI) == ""


def test_values_without_a_range_of_ranks_are_ranked_as_they_were_published() -> None:
    exact = provinces(("Thành phố Huế", 92, (1, 2), True), ("Tỉnh Lạng Sơn", 90, (1, 2), True))
    text = sentences.headline(exact.assign(rank_low=None, rank_high=None), "Tỷ lệ", "Năm 2025", VI)
    assert "Huế cao nhất" in text


def test_a_comparison_opens_with_the_first_indicator_that_most_provinces_have() -> None:
    frame = pd.DataFrame(
        {
            "indicator_code": ["BC_DUNGHAN_GN", "KNTC_GQ", "PAPI_OVERALL"],
            "is_widespread": [False, False, True],
            "is_recorded": [True, False, False],
        }
    )
    assert default_indicator(frame) == "PAPI_OVERALL"
    assert default_indicator(frame.assign(is_widespread=True)) == "KNTC_GQ"
    assert default_indicator(frame.iloc[:1].assign(is_widespread=True)) == "BC_DUNGHAN_GN"


def test_before_the_merger_there_is_a_list_of_63_and_no_map(open_page) -> None:
    test = open_page("compare_provinces", indicator="PAPI_OVERALL", lens="as_reported", period="2016")
    text = said(test)
    assert "63 tỉnh, thành phố" in text
    assert len(test.get("plotly_chart")) == 1
    today = open_page("compare_provinces", indicator="PAPI_OVERALL", period="2016")
    assert len(today.get("plotly_chart")) == 2
    assert "ước tính" in said(today)
