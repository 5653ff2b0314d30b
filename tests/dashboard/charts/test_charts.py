"""Charts: their marks and colours, and gaps where nothing is known."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
import pytest

from dashboard.charts import base, theme
from dashboard.charts.bars import lying_bars, standing_bars
from dashboard.charts.dots import ranked_dots, wrapped
from dashboard.charts.lines import small_line
from dashboard.charts.tiles import colour_of, steps, tile_map, two_lines

DOTS = pd.DataFrame(
    {
        "key": ["a", "b", "c"],
        "label": ["Một", "Hai", "Ba"],
        "value": [90.0, 70.0, None],
        "value_low": [85.0, 60.0, None],
        "value_high": [94.0, 79.0, None],
        "target_value": [85.0, None, None],
        "verdict": ["narrowly_met", "missed", "no_target"],
        "text": ["90,0%", "70,0%", "–"],
        "hover": ["x", "y", "z"],
    }
)


def test_no_chart_loads_anything_from_outside() -> None:
    assert base.CONFIG["displayModeBar"] is False
    assert base.CONFIG["showSendToCloud"] is False
    assert base.CONFIG["plotlyServerURL"] == ""


def test_dots_stand_on_their_intervals_and_targets() -> None:
    figure = ranked_dots(DOTS, ",.", chosen="b")
    interval, target, dots = figure.data
    assert interval.x == (85.0, 94.0, None, 60.0, 79.0, None)
    assert target.x == (85.0,)
    assert dots.marker.color[:2] == ("#7FB2D9", "#FFFFFF")
    assert dots.marker.line.color[:2] == ("#1B6CA8", "#C4501B")
    assert len(figure.layout.shapes) == 1, "the narrow verdict has half a disc"
    chosen = [note for note in figure.layout.annotations if note.font.color == theme.LOTUS]
    assert {note.text for note in chosen} == {"<b>Hai</b>", "<b>70,0%</b>"}
    assert figure.layout.separators == ",."


def test_long_names_take_two_lines_at_most() -> None:
    name = "Tỷ lệ cấp ủy, tổ chức đảng quán triệt đầy đủ văn bản về dân vận, dân tộc, tôn giáo và nhiều việc khác nữa"
    lines = wrapped(name).split("<br>")
    assert len(lines) == 2
    assert all(len(line) <= 44 for line in lines)
    assert lines[1].endswith("…")


def points(values: list[float | None]) -> pd.DataFrame:
    """Return a timeline with one month for each value."""
    known = [value is not None for value in values]
    return pd.DataFrame(
        {
            "period_code": [f"2026-{month:02d}" for month in range(1, len(values) + 1)],
            "tick": [f"{month}/26" for month in range(1, len(values) + 1)],
            "value": values,
            "value_low": [value - 5 if value is not None else None for value in values],
            "value_high": [value + 5 if value is not None else None for value in values],
            "target_value": [85.0 if is_known else None for is_known in known],
            "verdict": ["met"] * len(values),
            "hover": [""] * len(values),
        }
    )


def test_a_line_breaks_where_nothing_is_known() -> None:
    figure = small_line(points([80.0, 82.0, None, 84.0]), ",.")
    line = figure.data[-1]
    assert line.connectgaps is False
    assert pd.isna(line.y[2]) and line.y[3] == 84.0
    bands = [trace for trace in figure.data if trace.fill == "toself"]
    assert [len(band.x) for band in bands] == [4, 2], "the band has a gap as well"


def test_a_line_of_unknown_values_is_not_zero() -> None:
    figure = small_line(points([None, None]).astype({"value": float}), ",.")
    assert len(figure.data[-1].y) == 2
    assert all(pd.isna(value) for value in figure.data[-1].y)


@pytest.mark.parametrize("count", [1, 2, 3, 5, 34])
def test_steps_cover_all_values_without_overlap(count: int) -> None:
    values = pd.Series([float(number) for number in range(count)])
    scale = steps(values)
    assert scale[0].low == 0 and scale[-1].high == count - 1
    assert all(lower.high < upper.low for lower, upper in pairwise(scale))
    assert scale[-1].colour == theme.SEQUENTIAL[-1]
    assert {colour_of(value, scale) for value in values} == {step.colour for step in scale}


def test_an_unknown_value_is_pale_and_equal_values_are_one_step() -> None:
    assert colour_of(float("nan"), steps(pd.Series([1.0]))) == theme.NO_DATA_FILL
    assert len(steps(pd.Series([5.0, 5.0, 5.0]))) == 1
    assert steps(pd.Series([], dtype=float)) == []


def test_tiles_are_square_and_estimates_have_a_dotted_edge() -> None:
    tiles = pd.DataFrame(
        {
            "province_code": ["48", "48"],
            "tile_row": [9, 9],
            "tile_column": [4, 6],
            "name": ["Đà Nẵng", "Hoàng Sa"],
            "text": ["85,0%", ""],
            "fill": [theme.SEQUENTIAL[4], theme.NO_DATA_FILL],
            "hover": ["", ""],
            "is_estimated": [True, False],
        }
    )
    figure = tile_map(tiles, ",.")
    assert figure.layout.yaxis.scaleanchor == "x"
    assert [shape.line.dash for shape in figure.layout.shapes] == ["dot", "solid"]
    assert "Hoàng<br>Sa" in figure.layout.annotations[1].text
    assert two_lines("Thành phố Hồ Chí Minh") == "Thành phố Hồ<br>Chí Minh"
    assert two_lines("Huế") == "Huế"


def test_bars_bear_their_numbers() -> None:
    rows = pd.DataFrame({"label": ["Kinh tế"], "collective": [26], "individual": [0]})
    figure = lying_bars(
        rows,
        {"collective": "Tập thể", "individual": "Cá nhân"},
        ",.",
        {"collective": ["26"], "individual": [""]},
        ["26"],
    )
    assert figure.data[0].text == ("26",)
    assert {note.text for note in figure.layout.annotations} == {"Kinh tế", "<b>26</b>"}
    columns = standing_bars(["0/7", "1/7"], {"models": ("Mô hình", [0, 2071])}, ",.", ["0", "2.071"])
    assert columns.data[-1].text == ("0", "2.071")
    assert columns.layout.yaxis.range[0] == 0


@pytest.mark.parametrize(
    ("front", "back"),
    [
        (theme.INK, theme.PAPER),
        (theme.QUIET_INK, theme.PAPER),
        (theme.QUIET_INK, "#F4F5F7"),
        (theme.QUIET_INK, theme.NO_DATA_FILL),
        (theme.LOTUS, theme.PAPER),
        ("#12507F", theme.PAPER),
        ("#A53F12", theme.PAPER),
        *((theme.text_on(fill), fill) for fill in theme.SEQUENTIAL),
        *((theme.text_on(style.colour), style.colour) for style in theme.VERDICTS.values()),
    ],
)
def test_text_has_enough_contrast(front: str, back: str) -> None:
    assert theme.contrast(front, back) >= 4.5


def test_verdicts_differ_by_mark_and_not_by_colour_alone() -> None:
    marks = [style.mark for style in theme.VERDICTS.values()]
    assert len(set(marks)) == len(marks) == 5
    assert theme.verdict_style(None).code == "no_target"
