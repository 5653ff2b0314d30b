"""Headings that are units, indicators, periods or kinds of figures: read where they are clear, asked about where not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.intake.file_kit import kept, parse, rules, write_csv, write_xlsx

ON_TIME = "Tỷ lệ hồ sơ của người dân trả trước và đúng hạn (TTPVHCC tỉnh; một cửa huyện/xã)"
PETITIONS = "Số vụ khiếu kiện đông người, vượt cấp"
RECEPTION = "Số ngày tiếp dân định kỳ của bí thư cấp xã"
TAN_THANH, TAN_TRI, DONG_KINH = "06445@2025-07-01", "06337@2025-07-01", "05977@2025-07-01"
UNIT = ["Đơn vị: Xã Tân Thành, tỉnh Lạng Sơn"]
PROVINCE = ["Đơn vị: Tỉnh Lạng Sơn"]


def write(path: Path, rows: Sequence[Sequence[Any]], *merges: str) -> Path:
    write_xlsx(path, rows)
    workbook = openpyxl.load_workbook(path)
    for merge in merges:
        workbook.active.merge_cells(merge)
    workbook.save(path)
    return path


def figures(path: Path) -> list[tuple[Any, ...]]:
    """Return unit, period, indicator, value and cell of each kept figure."""
    return sorted(
        (row["unit_key"], row["period_code"], row["indicator_code"], row["value"], row["cell"])
        for row in kept(parse(path))
    )


def test_units_in_columns_are_read_one_report_a_unit(tmp_path: Path) -> None:
    rows = [
        PROVINCE,
        ["BÁO CÁO THÁNG 9 NĂM 2026"],
        ["STT", "Tên chỉ tiêu", "Xã Tân Tri", "Phường Đông Kinh"],
        [1, PETITIONS, 1, 2],
        [2, RECEPTION, 2, 3],
    ]
    assert figures(write_xlsx(tmp_path / "bc.xlsx", rows)) == [
        (DONG_KINH, "2026-09", "KK_DONGNGUOI", 2.0, "D4"),
        (DONG_KINH, "2026-09", "TD_XA", 3.0, "D5"),
        (TAN_TRI, "2026-09", "KK_DONGNGUOI", 1.0, "C4"),
        (TAN_TRI, "2026-09", "TD_XA", 2.0, "C5"),
    ]


def test_an_unknown_unit_in_a_heading_is_asked_about_at_the_heading(tmp_path: Path) -> None:
    rows = [
        PROVINCE,
        ["BÁO CÁO THÁNG 9 NĂM 2026"],
        ["Tên chỉ tiêu", "Xã Tân Tri", "Xã Không Có"],
        [PETITIONS, 1, 2],
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert [row["unit_key"] for row in kept(parsed)] == [TAN_TRI]
    assert {(finding["cell"], finding["found_value"]) for finding in parsed.findings} == {
        ("C3", "Xã Không Có")
    }


@pytest.mark.parametrize("merges", [(), ("C3:D3",)])
def test_indicators_in_columns_with_their_parts_below(tmp_path: Path, merges: tuple[str, ...]) -> None:
    rows = [
        PROVINCE,
        ["BÁO CÁO THÁNG 9 NĂM 2026"],
        ["STT", "Tên xã", "TTHC_DUNGHAN", None, "KK_DONGNGUOI"],
        [None, None, "Tử số", "Mẫu số", "Giá trị"],
        [1, "Xã Tân Tri", 90, 100, 1],
    ]
    assert figures(write(tmp_path / "bc.xlsx", rows, *merges)) == [
        (TAN_TRI, "2026-09", "KK_DONGNGUOI", 1.0, "E5"),
        (TAN_TRI, "2026-09", "TTHC_DUNGHAN", 90.0, "C5"),
    ]


def test_names_of_indicators_serve_as_headings_too(tmp_path: Path) -> None:
    rows = [
        PROVINCE,
        ["Kỳ báo cáo: Tháng 9/2026"],
        ["Đơn vị", PETITIONS, RECEPTION],
        ["Xã Tân Tri", "4", "2"],
    ]
    assert [figure[2:] for figure in figures(write_csv(tmp_path / "bc.csv", rows))] == [
        ("KK_DONGNGUOI", 4.0, "B4"),
        ("TD_XA", 2.0, "C4"),
    ]


def test_a_rate_in_one_column_is_asked_for_its_parts(tmp_path: Path) -> None:
    rows = [PROVINCE, ["Kỳ báo cáo: Tháng 9/2026"], ["Tên xã", "TTHC_DUNGHAN"], ["Xã Tân Tri", 85.5]]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert rules(parsed) == ["rate_needs_parts"]


def test_months_in_columns_below_a_year_are_periods(tmp_path: Path) -> None:
    rows = [UNIT, ["BÁO CÁO NĂM 2026"], ["Mã chỉ tiêu", "Tên chỉ tiêu", "Tháng 7", "Tháng 8/2026"]]
    rows += [["KK_DONGNGUOI", PETITIONS, 1, 7]]
    assert figures(write_xlsx(tmp_path / "bc.xlsx", rows)) == [
        (TAN_THANH, "2026-07", "KK_DONGNGUOI", 1.0, "C4"),
        (TAN_THANH, "2026-08", "KK_DONGNGUOI", 7.0, "D4"),
    ]


@pytest.mark.parametrize("merges", [(), ("C3:D3",)])
def test_two_months_under_one_period_are_asked_about_with_both_columns(
    tmp_path: Path, merges: tuple[str, ...]
) -> None:
    rows = [
        UNIT,
        ["Kỳ báo cáo: Tháng 9/2026"],
        ["Mã chỉ tiêu", "Tên chỉ tiêu", "Giá trị", None],
        [None, None, "Tháng 8", "Tháng 9"],
        ["KK_DONGNGUOI", PETITIONS, 1, 7],
    ]
    parsed = parse(write(tmp_path / "bc.xlsx", rows, *merges))
    assert (rules(parsed), kept(parsed)) == (["columns_of_periods"], [])
    assert all(cell in parsed.findings[0]["message_vi"] for cell in ("C4", "D4"))


@pytest.mark.parametrize(
    ("period", "value"), [("Tháng 9/2026", 2.0), ("9 tháng năm 2026", 11.0), ("6 tháng đầu năm 2026", 11.0)]
)
@pytest.mark.parametrize("has_heading", [True, False])
def test_a_month_takes_its_own_figures_and_a_longer_period_the_running_total(
    tmp_path: Path, period: str, value: float, has_heading: bool
) -> None:
    above = [["Mã chỉ tiêu", "Tên chỉ tiêu", "Giá trị", None]] if has_heading else []
    below = [None, None] if has_heading else ["Mã chỉ tiêu", "Tên chỉ tiêu"]
    rows = [UNIT, [f"Kỳ báo cáo: {period}"], *above, [*below, "Trong tháng", "Lũy kế từ đầu năm"]]
    rows += [["KK_DONGNGUOI", PETITIONS, 2, 11]]
    path = write_xlsx(tmp_path / "bc.xlsx", rows)
    assert [figure[3] for figure in figures(path)] == [value]
    assert rules(parse(path), "info") == ["column_chosen"]


def test_counts_beside_percentages_are_taken_from_the_counts(tmp_path: Path) -> None:
    grades = ["Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành"]
    rows: list[list[Any]] = [
        UNIT,
        ["Kỳ báo cáo: Tháng 9/2026"],
        ["STT", "Khối", "Tổng số được bình xét", *(cell for grade in grades for cell in (grade, None))],
        [None, None, None, *["SL", "%"] * 4],
        [1, "Khối Đảng", 10, 2, 20, 6, 60, 2, 20, 0, 0],
    ]
    (row,) = kept(parse(write_xlsx(tmp_path / "tx.xlsx", rows)), "tx_rows")
    assert [row[f"{name}_count"] for name in ("outstanding", "good", "completed", "not_completed")] == [
        2,
        6,
        2,
        0,
    ]
    rows[3] = [None, None, None, *["%", "Tỷ lệ"] * 4]
    parsed = parse(write_xlsx(tmp_path / "shares.xlsx", rows))
    assert kept(parsed, "tx_rows") == []
    assert "column_share_only" in rules(parsed)


def test_parts_below_units_are_read_one_report_a_unit(tmp_path: Path) -> None:
    rows = [
        PROVINCE,
        ["BÁO CÁO THÁNG 9 NĂM 2026"],
        ["STT", "Tên chỉ tiêu", "Xã Tân Tri", None, "06445", None],
        [None, None, "Tử số", "Mẫu số", "Tử số", "Mẫu số"],
        [1, ON_TIME, 3, 4, 1, 2],
    ]
    assert figures(write(tmp_path / "bc.xlsx", rows, "C3:D3", "E3:F3")) == [
        (TAN_TRI, "2026-09", "TTHC_DUNGHAN", 75.0, "C5"),
        (TAN_THANH, "2026-09", "TTHC_DUNGHAN", 50.0, "E5"),
    ]


@pytest.mark.parametrize(("total", "found"), [(3, []), (5, ["total_column_disagrees"])])
def test_a_column_of_totals_is_compared_and_not_read_as_a_unit(
    tmp_path: Path, total: int, found: list[str]
) -> None:
    rows = [
        PROVINCE,
        ["BÁO CÁO THÁNG 9 NĂM 2026"],
        ["Tên chỉ tiêu", "Xã Tân Tri", "Phường Đông Kinh", "Toàn tỉnh"],
        [PETITIONS, 1, 2, total],
        [RECEPTION, 2, 3, 3],
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert (rules(parsed), len(kept(parsed))) == (found, 4)


def test_two_headings_are_a_form_where_they_name_known_indicators(tmp_path: Path) -> None:
    rows = [UNIT, ["Kỳ báo cáo: Tháng 9/2026"], ["Nội dung", "Kết quả"], [PETITIONS, 5]]
    assert [figure[2:] for figure in figures(write_xlsx(tmp_path / "bc.xlsx", rows))] == [
        ("KK_DONGNGUOI", 5.0, "B4")
    ]
    rows[-1] = ["Công tác tham mưu", "Tốt"]
    assert rules(parse(write_xlsx(tmp_path / "other.xlsx", rows))) == ["form_not_recognised"]


def test_results_are_read_and_plans_beside_them_are_told(tmp_path: Path) -> None:
    rows = [UNIT, ["Kỳ báo cáo: Tháng 9/2026"], ["Mã chỉ tiêu", "Tên chỉ tiêu", "Kế hoạch", "Thực hiện"]]
    rows += [["KK_DONGNGUOI", PETITIONS, 5, 3]]
    path = write_xlsx(tmp_path / "bc.xlsx", rows)
    assert [figure[3] for figure in figures(path)] == [3.0]
    assert rules(parse(path), "info") == ["column_unknown"]


def test_a_first_row_of_data_that_was_left_blank_is_no_heading(tmp_path: Path) -> None:
    rows = [
        ["Tên đơn vị", "Kỳ báo cáo", "Mã chỉ tiêu", "Giá trị"],
        ["Xã Tân Tri, tỉnh Lạng Sơn", "2026-09", "KK_DONGNGUOI", None],
        ["Xã Tân Tri, tỉnh Lạng Sơn", "2026-09", "TD_XA", 2],
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert [finding["found_value"] for finding in parsed.findings] == ["KK_DONGNGUOI"]
    assert rules(parsed, "info") == ["rows_left_blank"]


def test_a_form_on_its_side_is_named(tmp_path: Path) -> None:
    rows = [
        UNIT,
        ["Xếp loại", "Khối Đảng"],
        ["Xuất sắc", 2],
        ["Tốt", 4],
        ["Hoàn thành", 1],
        ["Không hoàn thành", 0],
    ]
    parsed = parse(write_xlsx(tmp_path / "tx.xlsx", rows))
    assert rules(parsed) == ["form_transposed"]
    assert "TX" in parsed.findings[0]["message_vi"]
