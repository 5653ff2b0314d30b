"""Headlines say what the figures below them say."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import words
from dashboard.language import language

VI, EN = language("vi"), language("en")


def indicators(*changes: dict[str, Any]) -> pd.DataFrame:
    """Rows of the overview, each a rate of 79,8 % against 85 % but for its changes."""
    row = {
        "indicator_name_vi": "Tỷ lệ giải quyết",
        "indicator_name_en": "Resolved",
        "unit": "%",
        "unit_en": "%",
        "is_rate": True,
        "direction": "higher",
        "value": 79.8,
        "target_operator": ">",
        "target_value": 85.0,
        "verdict": "missed",
        "change": None,
        "is_estimated": False,
        "numerator": None,
        "denominator": None,
    }
    return pd.DataFrame([row | change for change in changes])


def test_overview_counts_targets_and_names_the_furthest() -> None:
    frame = indicators(
        {"verdict": "met", "value": 99.0},
        {"verdict": "narrowly_met", "value": 86.0},
        {"verdict": "narrowly_missed", "value": 40.0, "indicator_name_vi": "Suýt đạt"},
        {},
        {"value": 70.0, "indicator_name_vi": "Tỷ lệ thấp", "indicator_name_en": "Low one"},
        {"verdict": "no_target", "target_operator": None, "target_value": None},
    )
    assert words.overview_headline(frame, VI) == (
        "2 trên 5 chỉ tiêu đạt; xa mục tiêu nhất là tỷ lệ thấp: 70,0%, mục tiêu >\u00a085,0%"
    )
    assert words.overview_headline(frame, EN).startswith("2 of 5 targets met; furthest off is Low one: 70.0%")


def test_overview_when_all_are_met_or_none_is_judged() -> None:
    met = indicators({"verdict": "met"}, {"verdict": "narrowly_met"})
    assert words.overview_headline(met, VI) == "Cả 2 chỉ tiêu có mục tiêu đều đạt"
    free = {"verdict": "no_target", "target_operator": None, "target_value": None}
    assert (
        words.overview_headline(indicators(free, free), VI)
        == "Có số liệu của 2 chỉ tiêu; chưa chỉ tiêu nào có mục tiêu"
    )
    published = indicators(free | {"value": 100 * 379 / 481, "numerator": 379, "denominator": 481})
    assert (
        words.overview_headline(published, VI) == "Tỷ lệ giải quyết: 78,8% (379 trên 481); chưa có mục tiêu"
    )


def test_a_verdict_that_is_not_known_is_not_counted() -> None:
    frame = indicators(
        {"verdict": None, "target_operator": ">prev", "target_value": None}, {"verdict": "met"}
    )
    assert words.overview_headline(frame, VI) == "Chỉ tiêu duy nhất có mục tiêu đã đạt"


def test_movement_goes_by_the_direction_of_each_indicator() -> None:
    frame = indicators(
        {"change": 2.0},
        {"change": 2.0, "direction": "lower"},
        {"change": -1.0},
        {"change": 0.0},
        {"change": None},
    )
    assert words.overview_movement(frame, VI) == "So với kỳ trước: 1 chỉ tiêu tốt lên, 2 kém đi."
    assert words.overview_movement(indicators({}), VI) == ""


def test_who_is_behind_names_only_those_with_most() -> None:
    units = pd.DataFrame(
        {
            "unit_name": ["Xã A", "Xã B", "Xã C", "Xã D"],
            "missed_count": [3, 3, 1, 0],
            "met_count": [0, 1, 3, 4],
        }
    )
    assert (
        words.who_is_behind(units, VI)
        == "3 trên 4 đơn vị còn chỉ tiêu chưa đạt; nhiều nhất (3 chỉ tiêu) là Xã A và Xã B."
    )
    many = pd.DataFrame({"unit_name": [f"Xã {n}" for n in range(6)], "missed_count": 2, "met_count": 0})
    assert words.who_is_behind(many, VI).endswith("là Xã 0, Xã 1, Xã 2 và 3 đơn vị khác.")
    assert words.who_is_behind(units[units["missed_count"] == 0], VI).startswith("Không đơn vị nào")


def provinces(*values: tuple[str, float, float, float, str]) -> pd.DataFrame:
    """Provinces with value, interval and verdict."""
    return pd.DataFrame(
        [
            {
                "unit_name": name,
                "value": value,
                "value_low": low,
                "value_high": high,
                "verdict": verdict,
                "direction": "higher",
                "is_rate": True,
                "unit": "%",
                "unit_en": "%",
                "is_estimated": False,
            }
            for name, value, low, high, verdict in values
        ]
    )


def test_compare_ranks_only_what_lies_apart() -> None:
    apart = provinces(("Tỉnh Lạng Sơn", 70, 65, 75, "missed"), ("Thành phố Huế", 95, 92, 97, "met"))
    said = words.compare_headline(apart, "Tỷ lệ", "Năm 2025", VI)
    assert said == "1 trên 2 tỉnh, thành phố đạt; Huế cao nhất về kết quả (95,0%), Lạng Sơn thấp nhất (70,0%)"
    close = provinces(("Tỉnh Lạng Sơn", 90, 85, 94, "met"), ("Thành phố Huế", 92, 88, 95, "met"))
    assert "chưa đủ rõ để xếp hạng" in words.compare_headline(close, "Tỷ lệ", "Năm 2025", VI)


def test_the_best_comes_first_by_direction() -> None:
    frame = provinces(("A", 1, 0, 2, "met"), ("B", 5, 4, 6, "missed"))
    assert words.best_first(frame)["unit_name"].tolist() == ["B", "A"]
    assert words.best_first(frame.assign(direction="lower"))["unit_name"].tolist() == ["A", "B"]


def test_coverage_is_told_as_a_span() -> None:
    frame = pd.DataFrame({"reporting_units": [60, 65, None], "expected_units": [65, 65, 65]})
    assert words.coverage_span(frame, VI) == "từ 60/65 đến 65/65 đơn vị có báo cáo"
    assert words.coverage_span(frame.iloc[1:2], VI) == "65/65 đơn vị có báo cáo"
    assert words.coverage_span(frame.iloc[2:], VI) == ""


def test_sources_tell_real_simulated_and_published_apart() -> None:
    frame = pd.DataFrame(
        {
            "is_panel": [False, False, True],
            "is_simulated": [True, False, False],
            "source": ["x", "y", "PAPI 2011–2016"],
        }
    )
    assert words.sources(frame, VI) == "báo cáo của đơn vị; báo cáo mô phỏng; PAPI 2011–2016"


def test_models_headline_and_lists() -> None:
    said = words.models_headline(2071, 1, 3, "Giai đoạn 2021–2025", VI)
    assert said == "2.071 mô hình đăng ký trong giai đoạn 2021–2025, ở 1 trên 3 đơn vị"
    assert words.listed(["A", "B", "C"], VI) == "A, B và C"
    assert words.listed(["A"], EN) == "A"
    assert words.listed([], EN) == ""
