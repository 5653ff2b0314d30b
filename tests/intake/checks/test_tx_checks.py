"""Form TX: counts that add up, whole per unit and period."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.intake.file_kit import parse, rules, write_csv, write_xlsx
from tests.intake.record.record_kit import kept_of, parse_form

GOOD: dict[str, Any] = {
    "unit_code": "20",
    "period": "2026-10",
    "division": "Khối Đảng, đoàn thể",
    "rated_count": 40,
    "outstanding_count": 6,
    "good_count": 30,
    "completed_count": 3,
    "not_completed_count": 1,
    "rewarded_count": 5,
    "disciplined_count": 0,
}


def test_divisions_of_a_unit_are_one_report(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "TX", GOOD, GOOD | {"division": "Khối chính quyền"})
    assert parsed.outcome == "accepted", parsed.findings
    assert len(parsed.submissions) == 1
    first, second = kept_of(parsed, "TX")
    assert first | {"division": "Khối chính quyền", "row_number": 3} == second
    assert (first["unit_key"], first["period_code"], first["period"]) == (
        "20@2025-07-01",
        "2026-10",
        "2026-10",
    )
    assert (first["rated_count"], first["disciplined_count"]) == (40, 0)


@pytest.mark.parametrize("period", ["2026-10", "2026-Q1", "2026-6M", "2026-9M", "2025", "Tháng 10/2026"])
def test_every_period_from_the_month_up_is_accepted(tmp_path: Path, period: str) -> None:
    assert parse_form(tmp_path, "TX", GOOD | {"period": period}).outcome == "accepted"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"rated_count": 41}, "sum_disagrees"),
        ({"good_count": 29}, "sum_disagrees"),
        ({"completed_count": "3,5"}, "not_whole"),
        ({"completed_count": "10%"}, "percent_in_count"),
        ({"disciplined_count": -1}, "number_below_minimum"),
        ({"not_completed_count": ""}, "required_missing"),
        ({"rated_count": "nhiều"}, "number_unreadable"),
        ({"period": "2026-12"}, "period_in_future"),
        ({"period": ""}, "period_missing"),
        ({"unit_code": "99"}, "unit_unknown"),
    ],
)
def test_one_error_sends_the_whole_report_back(tmp_path: Path, change: dict[str, Any], rule: str) -> None:
    parsed = parse_form(tmp_path, "TX", GOOD, GOOD | {"division": "Khối chính quyền"} | change)
    assert rule in rules(parsed, "error")
    if "unit_code" not in change and "period" not in change:
        assert kept_of(parsed, "TX") == []
    assert parsed.outcome == "returned"


def test_other_units_are_not_touched(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "TX", GOOD | {"good_count": 1}, GOOD | {"unit_code": "08"})
    assert [row["unit_code"] for row in kept_of(parsed, "TX")] == ["08"]


def test_a_unit_without_divisions_leaves_the_column_blank_once(tmp_path: Path) -> None:
    assert rules(parse_form(tmp_path, "TX", GOOD | {"division": ""})) == []
    twice = [GOOD | {"division": ""}, GOOD | {"division": "", "rated_count": 10, "good_count": 0}]
    assert rules(parse_form(tmp_path, "TX", *twice)) == ["row_duplicate"]
    assert rules(parse_form(tmp_path, "TX", GOOD, GOOD | {"rewarded_count": 1})) == ["row_duplicate"]


def test_a_missing_count_that_is_not_required_stays_missing(tmp_path: Path) -> None:
    (row,) = kept_of(parse_form(tmp_path, "TX", GOOD | {"rewarded_count": ""}), "TX")
    assert row["rewarded_count"] is None


def test_a_sheet_as_units_make_it_is_read(tmp_path: Path) -> None:
    """The sheet has title lines with unit and period, two header rows, a total and a signature."""
    rows = [
        ["BÌNH XÉT THI ĐUA THÁNG 10 NĂM 2026"],
        ["Đơn vị báo cáo: Tỉnh Lạng Sơn (mã: 20)"],
        [],
        ["STT", "Khối", "Số được bình xét", "Xuất sắc", "Hoàn thành tốt", "Hoàn thành", "Không hoàn thành"],
        [1, "Khối Đảng", 10, 1, 8, 1, 0],
        [2, "Khối chính quyền", 30, 5, 20, 4, 1],
        ["", "Tổng cộng", 40, 6, 28, 5, 1],
        [],
        ["", "NGƯỜI LẬP BIỂU"],
    ]
    parsed = parse(write_xlsx(tmp_path / "tx.xlsx", rows))
    assert rules(parsed) == []
    assert [(row["division"], row["rated_count"], row["period"]) for row in kept_of(parsed, "TX")] == [
        ("Khối Đảng", 10, "2026-10"),
        ("Khối chính quyền", 30, "2026-10"),
    ]


def test_a_first_line_may_say_which_form_it_is(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "tx.csv", [list(GOOD), list(GOOD.values())])
    path.write_text("# form=TX\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert parse(path).outcome == "accepted"


@pytest.mark.parametrize("column", ["rated_count", "good_count", "not_completed_count"])
def test_a_dash_is_no_answer_where_a_count_is_required(tmp_path: Path, column: str) -> None:
    parsed = parse_form(tmp_path, "TX", GOOD | {column: "-"})
    assert rules(parsed) == ["dash_as_missing", "required_missing"]
    assert kept_of(parsed, "TX") == []


def test_a_dash_in_a_count_that_is_not_required_is_told_alone(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "TX", GOOD | {"rewarded_count": "-"})
    assert rules(parsed) == ["dash_as_missing"]
    assert len(kept_of(parsed, "TX")) == 1
