"""Two tables beside each other, columns that stand twice, and tables that lack a column of their form."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.intake.file_kit import BC_HEADINGS_VI, kept, parse, rules, write_xlsx

PETITIONS = "Số vụ khiếu kiện đông người, vượt cấp"
DATA = ["20", "2026-10", "TTHC_DUNGHAN", 49, 50, None, None]
KN_HEADER = ["STT", "Nội dung", "Nhóm vấn đề", "Nguyên nhân", "Giải pháp", "Trạng thái"]

GRADES = ["Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành"]


def figures(path: Path) -> list[tuple[Any, ...]]:
    return sorted(
        (row["unit_key"], row["indicator_code"], row["value"], row["cell"]) for row in kept(parse(path))
    )


def test_two_tables_of_one_form_beside_each_other_are_both_read(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        ["BÁO CÁO THÁNG 9 NĂM 2026"],
        ["Đơn vị: Xã Tân Thành, tỉnh Lạng Sơn", None, None, None, None, "Đơn vị: Xã Tân Tri, tỉnh Lạng Sơn"],
        [
            "STT",
            "Mã chỉ tiêu",
            "Tên chỉ tiêu",
            "Giá trị",
            None,
            "STT",
            "Mã chỉ tiêu",
            "Tên chỉ tiêu",
            "Giá trị",
        ],
        [1, "KK_DONGNGUOI", PETITIONS, 3, None, 1, "KK_DONGNGUOI", PETITIONS, 4],
    ]
    assert figures(write_xlsx(tmp_path / "bc.xlsx", rows)) == [
        ("06337@2025-07-01", "KK_DONGNGUOI", 4.0, "I4"),
        ("06445@2025-07-01", "KK_DONGNGUOI", 3.0, "D4"),
    ]


def test_two_forms_beside_each_other_are_both_read(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        ["Đơn vị: Xã Tân Thành, tỉnh Lạng Sơn"],
        ["Kỳ báo cáo: Tháng 9/2026"],
        ["Mã chỉ tiêu", "Tên chỉ tiêu", "Giá trị", None, "Khối", "Tổng số được bình xét", *GRADES],
        ["KK_DONGNGUOI", PETITIONS, 3, None, "Khối Đảng", 10, 2, 6, 2, 0],
    ]
    parsed = parse(write_xlsx(tmp_path / "both.xlsx", rows))
    assert [(row["form"], row["status"]) for row in parsed.submissions] == [
        ("BC", "accepted"),
        ("TX", "accepted"),
    ]
    assert kept(parsed, "tx_rows")[0]["rated_count"] == 10


@pytest.mark.parametrize(
    ("second", "found"), [("Tỉnh Lạng Sơn", []), ("Tỉnh Tuyên Quang", ["column_repeated"])]
)
def test_a_helper_that_stands_twice_is_asked_about_where_it_differs(
    tmp_path: Path, second: str, found: list[str]
) -> None:
    headings = ["Tên đơn vị", *BC_HEADINGS_VI[1:], "Tên đơn vị"]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", [headings, ["Tỉnh Lạng Sơn", *DATA[1:], second]]))
    assert (rules(parsed), len(kept(parsed))) == (found, 1 - len(found))


def test_row_numbers_need_no_remark(tmp_path: Path) -> None:
    rows = [["STT", *BC_HEADINGS_VI], [1, *DATA]]
    assert parse(write_xlsx(tmp_path / "bc.xlsx", rows)).findings == []


def test_a_table_that_lacks_a_column_is_named_with_its_form(tmp_path: Path) -> None:
    rows = [
        ["Đơn vị: Tỉnh Lạng Sơn"],
        KN_HEADER[:1] + KN_HEADER[2:],
        [1, "Đất đai", "Chậm", "Đôn đốc", "Đang làm"],
    ]
    parsed = parse(write_xlsx(tmp_path / "kn.xlsx", rows))
    (finding,) = parsed.findings
    assert finding["rule_code"] == "form_incomplete"
    assert all(text in finding["message_vi"] for text in ("KN", "B2"))


def test_a_sheet_that_is_like_a_form_beside_one_that_is_read_is_told(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(BC_HEADINGS_VI)
    workbook.active.append(DATA)
    other = workbook.create_sheet("Kiến nghị")
    other.append(KN_HEADER[:1] + KN_HEADER[2:])
    other.append([1, "Đất đai", "Chậm", "Đôn đốc", "Đang làm"])
    workbook.save(tmp_path / "bc.xlsx")
    parsed = parse(tmp_path / "bc.xlsx")
    assert (rules(parsed), len(kept(parsed))) == (["sheet_like_form"], 1)
    assert "Kiến nghị" in parsed.findings[0]["message_vi"]


def test_a_table_below_that_lacks_a_column_is_told_and_not_taken_for_rows(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [BC_HEADINGS_VI, DATA, [], KN_HEADER[:1] + KN_HEADER[2:]]
    rows += [[1, "Đất đai", "Chậm", "Đôn đốc", "Đang làm"]]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert (rules(parsed), len(kept(parsed))) == (["table_like_form"], 1)
    assert parsed.findings[0]["cell"] == "B4"


@pytest.mark.parametrize("mark", ["1. ", "- ", "2.1) ", "a) ", "IV. ", "+ "])
def test_the_mark_of_a_list_before_an_indicator_is_no_part_of_its_name(tmp_path: Path, mark: str) -> None:
    rows = [
        ["Đơn vị: Xã Tân Thành, tỉnh Lạng Sơn"],
        ["Kỳ báo cáo: Tháng 9/2026"],
        ["TT", "Chỉ tiêu", "ĐVT", "Kết quả"],
        [1, mark + PETITIONS.upper(), "vụ", 5],
    ]
    assert figures(write_xlsx(tmp_path / "bc.xlsx", rows)) == [
        ("06445@2025-07-01", "KK_DONGNGUOI", 5.0, "D4")
    ]
