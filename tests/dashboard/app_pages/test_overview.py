"""The overview says what its figures say, and fails in words."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from dashboard.app_pages.overview import sentences
from dashboard.language.texts import language
from dashboard.ui.indicators import (
    change_cell,
    contradictions,
    doubts,
    value_cell,
    verdict_cell,
    worst_first,
)
from tests.dashboard.fixture_release import LANG_SON, RECORDED_MONTH, TUYEN_QUANG
from tests.dashboard.page_kit import said
from warehouse.release import reader
from warehouse.release.store import Release
from warehouse.settings import PROJECT_DIR

VI, EN = language("vi"), language("en")
MET = {"verdict": "met", "is_met": True, "target_distance": None}
FREE = {
    "verdict": "no_target",
    "is_met": None,
    "target_distance": None,
    "target_operator": None,
    "target_value": None,
}


def indicators(*changes: dict[str, Any]) -> pd.DataFrame:
    """Return rows of the overview, each a rate of 79,8 % against 85 % with the given changes."""
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
        "is_met": False,
        "target_distance": 5.2 / 85,
        "is_small": False,
        "is_provisional": False,
        "change": None,
        "change_class": None,
        "is_estimated": False,
        "numerator": None,
        "denominator": None,
        "source_kind": "reported",
        "counterpart_value": None,
        "parts_value": None,
        "is_contradicted": False,
    }
    rows = pd.DataFrame([row | change for change in changes])
    return rows.astype({"is_met": object, "target_distance": float})


def test_the_overview_counts_targets_and_names_the_furthest_indicator() -> None:
    frame = worst_first(
        indicators(
            MET | {"value": 99.0},
            MET | {"verdict": "narrowly_met", "value": 86.0},
            {"verdict": "narrowly_missed", "target_distance": 0.5, "indicator_name_vi": "Suýt đạt"},
            {},
            {
                "value": 70.0,
                "target_distance": 15 / 85,
                "indicator_name_vi": "Tỷ lệ thấp",
                "indicator_name_en": "Low one",
            },
            FREE,
        )
    )
    assert sentences.headline(frame, VI) == (
        "2 trên 5 chỉ tiêu đạt; xa mục tiêu nhất là tỷ lệ thấp: 70,0%, mục tiêu >\u00a085,0%"
    )
    assert sentences.headline(frame, EN).startswith("2 of 5 targets met; furthest off is Low one: 70.0%")


def test_the_overview_has_a_sentence_when_all_targets_are_met_or_none_is_judged() -> None:
    met = indicators(MET, MET | {"verdict": "narrowly_met"})
    assert sentences.headline(met, VI) == "Cả 2 chỉ tiêu có mục tiêu đều đạt"
    assert (
        sentences.headline(indicators(FREE, FREE), VI)
        == "Có số liệu của 2 chỉ tiêu; chưa chỉ tiêu nào có mục tiêu"
    )
    published = indicators(FREE | {"value": 100 * 379 / 481, "numerator": 379, "denominator": 481})
    assert sentences.headline(published, VI) == "Tỷ lệ giải quyết: 78,8% (379 trên 481); chưa có mục tiêu"


def test_a_verdict_that_is_not_known_is_not_counted() -> None:
    frame = indicators(FREE | {"verdict": None, "target_operator": ">prev"}, MET)
    assert sentences.headline(frame, VI) == "Chỉ tiêu duy nhất có mục tiêu đã đạt"


def test_a_verdict_says_why_it_is_not_the_last_word() -> None:
    frame = indicators(
        MET | {"value": 100.0, "is_small": True},
        MET | {"is_provisional": True},
        MET | {"is_small": True, "is_provisional": True},
        {"is_small": True},
        FREE,
    )
    notes = [verdict_cell(row, VI).note for row in frame.itertuples()]
    small = "chưa đủ số vụ để kết luận"
    assert notes == [small, "đến nay", f"{small}, đến nay", None, None]
    assert verdict_cell(next(frame.itertuples()), EN).note == "too few cases to tell"
    assert doubts(frame, EN) == (
        "2 verdicts hold so far: units that are silent could still turn them."
        " 2 results are met with too few cases to tell."
    )
    assert doubts(indicators(MET, {"is_small": True}, FREE), VI) == ""


def test_what_was_counted_stands_beside_what_was_reported() -> None:
    frame = indicators(
        {"counterpart_value": 21.5},
        {"source_kind": "recorded", "counterpart_value": 93.1, "numerator": 863, "denominator": 1000},
        {"parts_value": 81.25, "is_contradicted": True},
        {},
    )
    assert [value_cell(row, VI).note for row in frame.itertuples()] == [
        "hệ thống ghi nhận: 21,5%",
        "863 trên 1.000 · đơn vị báo cáo: 93,1%",
        "các đơn vị trực thuộc cộng lại: 81,3%",
        None,
    ]
    assert value_cell(next(frame.itertuples()), EN).note == "as recorded: 21.5%"


def test_a_total_below_its_parts_is_named_with_both_figures() -> None:
    cases = {"is_rate": False, "unit": "vụ", "unit_en": "cases", "value": 4.0, "parts_value": 6.0}
    frame = indicators({}, cases | {"is_contradicted": True})
    assert contradictions(frame, EN) == (
        "1 total contradicts its units: Resolved is reported as 4\u00a0cases, the units add up to 6\u00a0cases."
    )
    assert contradictions(pd.concat([frame, frame]), VI).startswith(
        "2 tổng mâu thuẫn với các đơn vị trực thuộc"
    )
    assert contradictions(indicators({}, {}), VI) == ""


def test_only_movement_beyond_chance_is_told_and_named() -> None:
    steady = {"change": 2.0, "change_class": "no_real_change"}
    early = {"change": -1.0, "change_class": "too_few"}
    better = {"change": -1.0, "change_class": "better", "indicator_name_vi": "Tỷ lệ xử lý"}
    worse = {
        "change": 3.0,
        "change_class": "worse",
        "direction": "lower",
        "indicator_name_vi": "Số vụ đông người",
    }
    assert sentences.movement(indicators(steady, early, better, worse), VI) == (
        "Tốt lên quá mức ngẫu nhiên: tỷ lệ xử lý. Kém đi quá mức ngẫu nhiên: số vụ đông người."
    )
    nothing = "So với các kỳ trước, không chỉ tiêu nào biến động quá mức ngẫu nhiên."
    assert sentences.movement(indicators(steady, early), VI) == nothing
    assert sentences.movement(indicators(early), EN).startswith("There are too few periods yet")
    without_direction = steady | {"direction": "none"}
    assert sentences.movement(indicators(without_direction, {"change_class": None}), VI) == ""


def test_a_change_within_chance_is_not_coloured() -> None:
    frame = indicators(
        {"change": 2.0, "change_class": "no_real_change"},
        {"change": 2.0, "change_class": "worse"},
        {"change": 2.0, "change_class": "better"},
        {"change": None, "change_class": "too_few"},
        {"change": 2.0, "change_class": "no_real_change", "direction": "none"},
    )
    cells = [change_cell(row, VI) for row in frame.itertuples()]
    assert [(cell.tone, cell.note) for cell in cells] == [
        ("quiet", "trong mức ngẫu nhiên"),
        ("bad", "kém đi"),
        ("good", "tốt lên"),
        ("quiet", None),
        ("quiet", None),
    ]


def test_who_is_behind_names_only_those_with_most() -> None:
    units = pd.DataFrame(
        {
            "unit_name": ["Xã A", "Xã B", "Xã C", "Xã D"],
            "missed_count": [3, 3, 1, 0],
            "met_count": [0, 1, 3, 4],
        }
    )
    assert (
        sentences.who_is_behind(units, VI)
        == "3 trên 4 đơn vị còn chỉ tiêu chưa đạt; nhiều nhất (3 chỉ tiêu) là Xã A và Xã B."
    )
    many = pd.DataFrame({"unit_name": [f"Xã {n}" for n in range(6)], "missed_count": 2, "met_count": 0})
    assert sentences.who_is_behind(many, VI).endswith("là Xã 0, Xã 1, Xã 2 và 3 đơn vị khác.")
    assert sentences.who_is_behind(units[units["missed_count"] == 0], VI).startswith("Không đơn vị nào")


def test_the_worst_stands_first_and_a_missing_distance_last() -> None:
    frame = indicators(
        FREE, MET, {"target_distance": None}, {"target_distance": 0.1}, {"target_distance": 0.4}
    )
    assert worst_first(frame).index.tolist() == [4, 3, 2, 1, 0]


def test_the_latest_figures_of_other_indicators_are_counted_too() -> None:
    period, latest = indicators(MET, {}), indicators(MET, FREE)
    period, latest = period.assign(indicator_code=["A", "B"]), latest.assign(indicator_code=["C", "D"])
    said = sentences.with_latest(period, latest, VI)
    assert said == "Tính cả số gần nhất của các chỉ tiêu khác: 2 trên 3 chỉ tiêu đạt."
    assert sentences.with_latest(period, latest.iloc[1:], VI) == ""


def test_the_overview_leads_with_the_count_of_targets_and_the_furthest(open_page, release: Release) -> None:
    sql = """
        select indicator_name_vi, verdict, is_rate, value, abs(value - target_value) / target_value as distance
        from marts.rpt_indicator_series
        where lens = 'current_boundaries' and unit_key = $unit_key and period_code = '2026-9M'
            and verdict <> 'no_target'
    """
    rows = reader.query(release, sql, {"unit_key": LANG_SON})
    met = rows[rows["verdict"].isin(["met", "narrowly_met"])]
    missed = rows[rows["verdict"] == "missed"].sort_values("distance")
    assert 0 < len(met) < len(rows) and len(missed) > 0, "the fixture has both"
    text = said(open_page(province="20", period="2026-9M"))
    assert f"{len(met)} trên {len(rows)} chỉ tiêu đạt; xa mục tiêu nhất là" in text
    furthest = missed.iloc[-1]
    name = furthest["indicator_name_vi"]
    assert (
        f"xa mục tiêu nhất là {name[0].lower()}{name[1:]}: {furthest['value']:.1f}".replace(".", ",") in text
    )
    assert "Mô phỏng" in text
    assert "6 tháng đầu năm 2026" in text, (
        "an indicator without a figure in the period stands with its latest"
    )


def test_the_overview_judges_what_was_counted_and_shows_what_was_reported(
    open_page, release: Release
) -> None:
    sql = """
        select value from marts.rpt_indicator_series
        where lens = 'current_boundaries' and unit_key = $unit and period_code = $period and indicator_code = 'BC_DUNGHAN'
    """
    reported = reader.query(release, sql, {"unit": TUYEN_QUANG, "period": RECORDED_MONTH})["value"].iloc[0]
    text = said(open_page(province="08", period=RECORDED_MONTH))
    assert "86,3%" in text and "đơn vị báo cáo: " + f"{reported:.1f}%".replace(".", ",") in text
    assert "hệ thống ghi nhận:" not in text, "the pair stands in one row"
    assert "Một tổng mâu thuẫn với các đơn vị trực thuộc:" in text
    assert "các đơn vị trực thuộc cộng lại: 6" in text


def test_a_published_figure_is_exact_and_called_real(open_page) -> None:
    text = said(open_page(province="68"))
    assert "78,8% (379 trên 481); chưa có mục tiêu" in text
    assert "1 trên 3 xã, phường" in text
    assert "số thực" in text
    assert "Mô phỏng" not in text


def test_an_indicator_that_is_no_headline_is_shown_only_where_a_target_judges_it(
    release: Release, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.duckdb"
    shutil.copyfile(release.path, copy)
    query = (PROJECT_DIR / "dashboard" / "app_pages" / "overview" / "indicators.sql").read_text(
        encoding="utf-8"
    )
    with duckdb.connect(copy) as connection:
        for code, is_met in (("LLNC_TX", "null"), ("KN_GQ", "false")):
            connection.execute(
                f"insert into marts.rpt_indicator_series select * replace ('{code}' as indicator_code, {is_met} as is_met)"
                " from marts.rpt_indicator_series where lens = 'current_boundaries' and indicator_code = 'TTHC_DUNGHAN'"
                " and unit_key = $unit_key and period_code = $period_code",
                {"unit_key": LANG_SON, "period_code": RECORDED_MONTH},
            )
        found = connection.execute(query, {"unit_key": LANG_SON, "period_code": RECORDED_MONTH}).fetchall()
    codes = {row[0] for row in found}
    assert {"TTHC_DUNGHAN", "KN_GQ"} <= codes
    assert "LLNC_TX" not in codes
