"""Where the form is in a sheet: title rows, odd headings, merged headers, totals, signatures, several sheets."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from itertools import permutations
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.intake.file_kit import BC_HEADINGS_VI, kept, parse, rules, write_xlsx

DATA = ["20", "2026-10", "TTHC_DUNGHAN", 49, 50, None, None]


def figures(path: Path) -> list[tuple[Any, ...]]:
    parsed = parse(path)
    assert parsed.outcome == "accepted", parsed.findings
    return [
        (row["unit_key"], row["period_code"], row["indicator_code"], row["value"], row["cell"])
        for row in kept(parsed)
    ]


EXPECTED = ("20@2025-07-01", "2026-10", "TTHC_DUNGHAN", 98.0)


def test_title_rows_numbering_totals_blanks_and_signatures_are_no_data(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        ["TỈNH ỦY LẠNG SƠN", None, None, "ĐẢNG CỘNG SẢN VIỆT NAM"],
        [],
        ["BÁO CÁO CHỈ TIÊU CÔNG TÁC DÂN VẬN"],
        ["(Kèm theo Công văn số 12-CV/TU ngày 05/11/2026)"],
        [],
        BC_HEADINGS_VI,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(4)/(5)x100", "(7)"],
        DATA,
        [],
        ["Tổng cộng", None, None, 49, 50, None, None],
        [],
        [None, None, "Người lập biểu", None, "Thủ trưởng đơn vị", None, None],
        [None, None, None, None, "(Ký, đóng dấu)", None, None],
    ]
    assert figures(write_xlsx(tmp_path / "bc.xlsx", rows)) == [(*EXPECTED, "D8")]
    parsed = parse(tmp_path / "bc.xlsx")
    assert rules(parsed, "info") == ["rows_passed_over"]
    assert parsed.findings[0]["found_value"] == "7, 10, 12, 13"


def test_unit_and_period_are_read_from_the_title(tmp_path: Path) -> None:
    header = ["STT", "Mã chỉ tiêu", "Nội dung chỉ tiêu", "Tử số (a)", "Mẫu số", "Kết quả (%)"]
    rows: list[Sequence[Any]] = [
        ["Đơn vị báo cáo: Tỉnh Lạng Sơn", None],
        ["BÁO CÁO THÁNG 10 NĂM 2026"],
        header,
        [1, "TTHC_DUNGHAN", None, 49, 50, 0.98],
    ]
    assert figures(write_xlsx(tmp_path / "bc.xlsx", rows)) == [(*EXPECTED, "D4")]


def test_a_label_beside_its_value_and_a_period_that_became_a_date(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        ["Tên đơn vị:", "Tỉnh Lạng Sơn"],
        ["Kỳ báo cáo:", datetime(2026, 10, 1)],
        ["Mã chỉ tiêu", "Tử số", "Mẫu số"],
        ["TTHC_DUNGHAN", 49, 50],
    ]
    assert figures(write_xlsx(tmp_path / "bc.xlsx", rows)) == [(*EXPECTED, "B4")]


@pytest.mark.parametrize("order", list(permutations(range(5)))[::17])
def test_columns_are_read_in_any_order(tmp_path: Path, order: tuple[int, ...]) -> None:
    rows = [[BC_HEADINGS_VI[i] for i in order], [DATA[i] for i in order]]
    assert figures(write_xlsx(tmp_path / "bc.xlsx", rows))[0][:4] == EXPECTED


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_headings_in_either_normal_form_with_line_breaks_and_stars(tmp_path: Path, form: str) -> None:
    headings = [
        unicodedata.normalize(form, text.upper()).replace(" ", "\n") + " (*)" for text in BC_HEADINGS_VI
    ]
    assert figures(write_xlsx(tmp_path / "bc.xlsx", [headings, DATA]))[0][:4] == EXPECTED


def test_a_header_of_two_levels_is_read(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["Mã đơn vị", "Kỳ báo cáo", "Mã chỉ tiêu", "Kết quả thực hiện", None, None, "Ghi chú"])
    sheet.append([None, None, None, "Tử số", "Mẫu số", "Giá trị", None])
    sheet.merge_cells("D1:F1")
    for letter in "ABCG":
        sheet.merge_cells(f"{letter}1:{letter}2")
    sheet.append(DATA)
    workbook.save(tmp_path / "bc.xlsx")
    assert figures(tmp_path / "bc.xlsx") == [(*EXPECTED, "D3")]


def test_other_columns_are_reported_and_not_read(tmp_path: Path) -> None:
    rows = [[*BC_HEADINGS_VI, "Người nhập"], [*DATA, "x"]]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert parsed.outcome == "accepted"
    assert rules(parsed, "info") == ["column_unknown"]
    assert parsed.findings[0]["cell"] == "H1"


def test_a_column_that_is_there_twice_is_asked_about(tmp_path: Path) -> None:
    rows = [[*BC_HEADINGS_VI, "Tử số"], [*DATA, 48]]
    assert rules(parse(write_xlsx(tmp_path / "bc.xlsx", rows))) == ["column_repeated"]


def test_several_sheets_of_which_some_are_forms(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["Ghi chú chung của văn phòng"])
    first, second = workbook.create_sheet("Lạng Sơn"), workbook.create_sheet("Tuyên Quang")
    for sheet, unit in ((first, "20"), (second, "08")):
        sheet.append(BC_HEADINGS_VI)
        sheet.append([unit, *DATA[1:]])
    workbook.save(tmp_path / "bc.xlsx")
    parsed = parse(tmp_path / "bc.xlsx")
    assert parsed.outcome == "accepted"
    assert [(row["sheet"], row["unit_key"]) for row in kept(parsed)] == [
        ("Lạng Sơn", "20@2025-07-01"),
        ("Tuyên Quang", "08@2025-07-01"),
    ]


def test_the_same_figure_in_two_sheets_is_asked_about(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for name, numerator in (("A", 49), ("B", 48)):
        sheet = workbook.create_sheet(name)
        sheet.append(BC_HEADINGS_VI)
        sheet.append([*DATA[:3], numerator, *DATA[4:]])
    workbook.save(tmp_path / "bc.xlsx")
    parsed = parse(tmp_path / "bc.xlsx")
    assert rules(parsed) == ["row_duplicate"]
    assert "A!2" in parsed.findings[0]["message_vi"]


def test_a_table_that_does_not_begin_at_a1_keeps_its_cells(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for row_offset, row in enumerate([BC_HEADINGS_VI, DATA], 12):
        for column_offset, value in enumerate(row, 4):
            workbook.active.cell(row_offset, column_offset, value)
    workbook.save(tmp_path / "bc.xlsx")
    assert figures(tmp_path / "bc.xlsx") == [(*EXPECTED, "G13")]


def test_a_header_below_the_first_thirty_rows_is_not_looked_for(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [["Dòng"]] * 30 + [BC_HEADINGS_VI, DATA]
    assert parse(write_xlsx(tmp_path / "bc.xlsx", rows)).outcome == "unreadable"
    assert figures(write_xlsx(tmp_path / "bc.xlsx", rows[1:])) == [(*EXPECTED, "D31")]


def test_a_wrong_code_in_a_sheet_of_one_unit_sends_that_unit_back(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        ["Đơn vị báo cáo: Tỉnh Lạng Sơn (mã: 20)"],
        BC_HEADINGS_VI,
        DATA,
        ["2O", "2026-10", "KK_DONGNGUOI", None, None, 3, None],
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert rules(parsed) == ["unit_unknown"]
    assert [(row["unit_key"], row["status"]) for row in parsed.submissions] == [("20@2025-07-01", "returned")]
    assert kept(parsed) == []


@pytest.mark.parametrize(
    "words",
    [
        "Tổng cộng",
        "TỔNG SỐ:",
        "Cộng (I)",
        "Cộng I+II",
        "Tổng cộng toàn tỉnh",
        "Cộng mục A",
        "Tổng (1+2)",
        "cộng 49",
    ],
)
def test_subtotals_are_passed_over_and_reported(tmp_path: Path, words: str) -> None:
    rows = [BC_HEADINGS_VI, DATA, [words, None, None, 49, 50, None, None]]
    assert figures(write_xlsx(tmp_path / "bc.xlsx", rows)) == [(*EXPECTED, "D2")]
    assert rules(parse(tmp_path / "bc.xlsx"), "info") == ["rows_passed_over"]


def test_a_unit_merged_over_its_rows_stands_for_each(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    headings = ["Tên đơn vị", *BC_HEADINGS_VI[1:]]
    for row in (
        headings,
        ["Tỉnh Lạng Sơn", *DATA[1:]],
        [None, None, "BC_DUNGHAN", 9, 10, None, None],
        ["Tỉnh Tuyên Quang", *DATA[1:]],
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B2:B3")
    workbook.save(tmp_path / "bc.xlsx")
    parsed = parse(tmp_path / "bc.xlsx")
    assert [(row["unit_key"], row["indicator_code"]) for row in kept(parsed)] == [
        ("20@2025-07-01", "TTHC_DUNGHAN"),
        ("20@2025-07-01", "BC_DUNGHAN"),
        ("08@2025-07-01", "TTHC_DUNGHAN"),
    ]


def test_a_figure_merged_over_rows_is_not_spread(tmp_path: Path) -> None:
    """A merged figure may belong to both rows or to their sum: both rows are asked about."""
    workbook = openpyxl.Workbook()
    for row in (BC_HEADINGS_VI, DATA, [*DATA[:2], "BC_DUNGHAN", None, 60, None, None]):
        workbook.active.append(row)
    workbook.active.merge_cells("D2:D3")
    workbook.save(tmp_path / "bc.xlsx")
    assert rules(parse(tmp_path / "bc.xlsx")) == ["cells_merged", "rate_needs_parts"]


def test_blank_cells_without_a_merge_are_not_filled_from_above(tmp_path: Path) -> None:
    rows = [BC_HEADINGS_VI, DATA, [None, None, "BC_DUNGHAN", 9, 10, None, None]]
    assert set(rules(parse(write_xlsx(tmp_path / "bc.xlsx", rows)))) == {"unit_missing", "period_missing"}


@pytest.mark.parametrize(
    ("name", "parent", "found"),
    [
        ("L<U+1EA0>NG SON", None, "20@2025-07-01"),
        ("T\ufffdNH L\ufffdNG S\ufffdN", None, "20@2025-07-01"),
        ("Xã Tân Thành", "tỉnh Lạng Sơn", "06445@2025-07-01"),
        ("Hà Giang", None, "unit_old_list"),
        ("Lạng Sn", None, "unit_unknown"),
    ],
)
def test_a_unit_is_read_by_its_name_alone(tmp_path: Path, name: str, parent: str | None, found: str) -> None:
    headings = ["Tên đơn vị", "Đơn vị cấp trên", *BC_HEADINGS_VI[1:]]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", [headings, [name, parent, *DATA[1:]]]))
    assert [row["unit_key"] for row in kept(parsed)] + rules(parsed, "error") == [found]


def test_a_header_of_three_levels_is_read(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["BÁO CÁO CHỈ TIÊU"])
    sheet.append(
        ["Mã đơn vị", "Kỳ báo cáo", "Mã chỉ tiêu", "Kết quả thực hiện trong kỳ", None, None, "Ghi chú"]
    )
    sheet.append([None, None, None, "Số đếm được", None, "Kết quả", None])
    sheet.append([None, None, None, "Tử số", "Mẫu số", "Giá trị", None])
    for area in ("D2:F2", "D3:E3", *(f"{letter}2:{letter}4" for letter in "ABCG")):
        sheet.merge_cells(area)
    sheet.append(DATA)
    workbook.save(tmp_path / "bc.xlsx")
    assert figures(tmp_path / "bc.xlsx") == [(*EXPECTED, "D5")]


def test_a_header_of_three_rows_without_merged_cells_is_read(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        ["Mã đơn vị", "Kỳ báo cáo", "Mã chỉ tiêu", None, None, None, "Ghi chú"],
        [None, None, None, "trong kỳ", None, None, None],
        [None, None, None, "Tử số", "Mẫu số", "Giá trị", None],
        DATA,
    ]
    assert figures(write_xlsx(tmp_path / "bc.xlsx", rows)) == [(*EXPECTED, "D4")]


def test_hidden_columns_are_read_and_reported(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "bc.xlsx", [BC_HEADINGS_VI, DATA])
    workbook = openpyxl.load_workbook(path)
    for letter in "EK":
        workbook.active.column_dimensions[letter].hidden = True
    workbook.save(path)
    parsed = parse(path)
    assert kept(parsed)[0]["value"] == 98.0
    (finding,) = parsed.findings
    assert (finding["rule_code"], finding["severity"], finding["found_value"]) == (
        "columns_hidden",
        "warning",
        "E",
    )


def test_a_row_of_a_unit_that_the_title_does_not_cover_is_asked_back(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        ["Đơn vị báo cáo: Tỉnh Lạng Sơn (mã 20)"],
        BC_HEADINGS_VI,
        ["06073", *DATA[1:]],
        ["08", *DATA[1:]],
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    # The commune lies in the province. Tuyên Quang does not: that row is asked back with the report of Lạng Sơn.
    assert [row["unit_key"] for row in kept(parsed)] == ["06073@2025-07-01"]
    (finding,) = parsed.findings
    assert (finding["rule_code"], finding["cell"], finding["found_value"]) == (
        "unit_outside_title",
        "A4",
        "08",
    )
    assert "Tỉnh Lạng Sơn" in finding["message_vi"]


def test_a_body_compiles_for_its_province(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        ["Đơn vị báo cáo: Ban Tuyên giáo và Dân vận Tỉnh ủy Lạng Sơn (mã 20-BTGDV)"],
        BC_HEADINGS_VI,
        ["06073", *DATA[1:]],
        ["20", *DATA[1:]],
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert [row["unit_key"] for row in kept(parsed)] == ["06073@2025-07-01", "20@2025-07-01"]


TOTAL_HEADINGS = ["Mã đơn vị", "Tên đơn vị", *BC_HEADINGS_VI[1:]]


@pytest.mark.parametrize("words", ["Toàn tỉnh", "TỔNG CỘNG TOÀN TỈNH", "Cả tỉnh", "Tổng cộng"])
@pytest.mark.parametrize("code", [None, "20"])
def test_a_sum_beside_the_rows_of_units_is_no_report(tmp_path: Path, words: str, code: str | None) -> None:
    rows = [
        TOTAL_HEADINGS,
        ["06073", "Xã Hoa Thám", *DATA[1:]],
        ["06001", "Xã Đoàn Kết", *DATA[1:3], 30, 40, None, None],
        [code, words, *DATA[1:3], 79, 90, None, None],
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert parsed.outcome == "accepted"
    assert [row["unit_key"] for row in kept(parsed)] == ["06073@2025-07-01", "06001@2025-07-01"]
    assert rules(parsed, "info") == ["rows_passed_over"]


def test_whole_province_alone_is_the_provinces_own_report(tmp_path: Path) -> None:
    rows = [TOTAL_HEADINGS, ["20", "Toàn tỉnh", *DATA[1:]]]
    assert figures(write_xlsx(tmp_path / "code.xlsx", rows)) == [(*EXPECTED, "E2")]
    titled: list[Sequence[Any]] = [
        ["Đơn vị báo cáo: Tỉnh Lạng Sơn"],
        TOTAL_HEADINGS,
        [None, "Toàn tỉnh", *DATA[1:]],
    ]
    assert figures(write_xlsx(tmp_path / "title.xlsx", titled)) == [(*EXPECTED, "E3")]
    nameless = [TOTAL_HEADINGS, [None, "Toàn tỉnh", *DATA[1:]]]
    assert parse(write_xlsx(tmp_path / "none.xlsx", nameless)).outcome == "returned"
