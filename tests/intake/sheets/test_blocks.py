"""Several reports on one sheet: blocks below each other, sections that are units, a second form, a repeated header."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.intake.file_kit import kept, parse, rules, write_csv, write_xlsx

HEADER = ["STT", "Tên chỉ tiêu", "ĐVT", "Tử số", "Mẫu số", "Giá trị"]
ON_TIME = "Tỷ lệ hồ sơ của người dân trả trước và đúng hạn (TTPVHCC tỉnh; một cửa huyện/xã)"
PETITIONS = "Số vụ khiếu kiện đông người, vượt cấp"
TAN_THANH, TAN_TRI = "06445@2025-07-01", "06337@2025-07-01"
TITLE = ["BÁO CÁO CHỈ TIÊU THÁNG 9 NĂM 2026"]
RATE = [1, ON_TIME, "%", 171, 200, None]
COUNT = [2, PETITIONS, "vụ", None, None, 1]


def unit_line(name: str) -> list[str]:
    return [f"Đơn vị: {name}, tỉnh Lạng Sơn"]


def places(path: Path) -> list[tuple[Any, ...]]:
    """Return unit, period, indicator and row number of each kept figure, in order of the rows."""
    found = [
        (row["unit_key"], row["period_code"], row["indicator_code"], row["row_number"])
        for row in kept(parse(path))
    ]
    return sorted(found, key=lambda place: place[3])


def write(tmp_path: Path, kind: str, rows: Sequence[Sequence[Any]]) -> Path:
    if kind == "xlsx":
        return write_xlsx(tmp_path / "bc.xlsx", rows)
    texts = [["" if cell is None else str(cell) for cell in [*row, *[""] * (6 - len(row))]] for row in rows]
    return write_csv(tmp_path / "bc.csv", texts)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_blocks_under_their_own_unit_and_header_are_reports_of_their_own(tmp_path: Path, kind: str) -> None:
    rows: list[Sequence[Any]] = [
        TITLE,
        unit_line("Xã Tân Thành"),
        HEADER,
        RATE,
        COUNT,
        [],
        unit_line("Xã Tân Tri"),
        HEADER,
        [1, ON_TIME, "%", 90, 100, None],
    ]
    assert places(write(tmp_path, kind, rows)) == [
        (TAN_THANH, "2026-09", "TTHC_DUNGHAN", 4),
        (TAN_THANH, "2026-09", "KK_DONGNGUOI", 5),
        (TAN_TRI, "2026-09", "TTHC_DUNGHAN", 9),
    ]


@pytest.mark.parametrize("blank", [[], [[]]])
def test_a_line_inside_the_table_begins_another_unit(tmp_path: Path, blank: list[list[Any]]) -> None:
    rows: list[Sequence[Any]] = [TITLE, unit_line("Xã Tân Thành"), HEADER, RATE, *blank]
    rows += [unit_line("Xã Tân Tri"), COUNT]
    found = places(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert found == [
        (TAN_THANH, "2026-09", "TTHC_DUNGHAN", 4),
        (TAN_TRI, "2026-09", "KK_DONGNGUOI", len(rows)),
    ]


@pytest.mark.parametrize(
    "line",
    ["Kỳ báo cáo: Tháng 9/2026", "BÁO CÁO THÁNG 9 NĂM 2026", "II. Tháng 9/2026", "Tháng 9"],
)
def test_a_second_period_below_the_first_is_not_given_to_the_first(tmp_path: Path, line: str) -> None:
    rows: list[Sequence[Any]] = [
        unit_line("Xã Tân Thành"),
        ["Kỳ báo cáo: Tháng 8/2026"],
        HEADER,
        RATE,
        [],
        [line],
        COUNT,
    ]
    assert places(write_xlsx(tmp_path / "bc.xlsx", rows)) == [
        (TAN_THANH, "2026-08", "TTHC_DUNGHAN", 4),
        (TAN_THANH, "2026-09", "KK_DONGNGUOI", 7),
    ]


def test_a_section_that_is_a_unit_gives_its_rows_to_that_unit(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        TITLE,
        ["Đơn vị: Tỉnh Lạng Sơn"],
        HEADER,
        ["I", "Xã Tân Tri"],
        RATE,
        [None, "II. Phường Đông Kinh"],
        COUNT,
    ]
    assert places(write_xlsx(tmp_path / "bc.xlsx", rows)) == [
        (TAN_TRI, "2026-09", "TTHC_DUNGHAN", 5),
        ("05977@2025-07-01", "2026-09", "KK_DONGNGUOI", 7),
    ]


def test_an_unknown_unit_of_a_section_is_asked_about_at_its_cell(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [TITLE, ["Đơn vị: Tỉnh Lạng Sơn"], HEADER, ["I", "Xã Không Có"], RATE]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert kept(parsed) == []
    assert [finding["found_value"] for finding in parsed.findings if finding["severity"] == "error"] == [
        "Xã Không Có"
    ]


@pytest.mark.parametrize("section", ["Xã hội", "VĂN HÓA - XÃ HỘI", "Tỉnh ủy chỉ đạo", "TIẾP CÔNG DÂN"])
def test_a_section_of_topics_is_no_unit(tmp_path: Path, section: str) -> None:
    rows: list[Sequence[Any]] = [TITLE, unit_line("Xã Tân Thành"), HEADER, RATE, ["II", section], COUNT]
    assert [place[0] for place in places(write_xlsx(tmp_path / "bc.xlsx", rows))] == [TAN_THANH, TAN_THANH]


def test_a_second_form_below_the_first_is_read_too(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        unit_line("Xã Tân Thành"),
        ["Kỳ báo cáo: Tháng 9/2026"],
        ["Mã chỉ tiêu", "Tử số", "Mẫu số", "Giá trị"],
        ["TTHC_DUNGHAN", 171, 200],
        [],
        ["Khối", "Tổng số được bình xét", "Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành"],
        ["Khối Đảng", 10, 2, 6, 2, 0],
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert [
        (row["form"], row["unit_key"], row["period_code"], row["status"]) for row in parsed.submissions
    ] == [
        ("BC", TAN_THANH, "2026-09", "accepted"),
        ("TX", TAN_THANH, "2026-09", "accepted"),
    ]
    assert (kept(parsed)[0]["cell"], kept(parsed, "tx_rows")[0]["rated_count"]) == ("B4", 10)


def test_a_header_that_is_repeated_is_passed_over(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        unit_line("Xã Tân Thành"),
        ["Kỳ báo cáo: Tháng 9/2026"],
        HEADER,
        RATE,
        HEADER,
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        COUNT,
    ]
    path = write_xlsx(tmp_path / "bc.xlsx", rows)
    assert [place[3] for place in places(path)] == [4, 7]
    parsed = parse(path)
    assert [(finding["rule_code"], finding["found_value"]) for finding in parsed.findings] == [
        ("rows_passed_over", "5, 6")
    ]


def test_a_second_header_with_other_columns_is_read_by_its_own(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        unit_line("Xã Tân Thành"),
        TITLE,
        ["Mã chỉ tiêu", "Tử số", "Mẫu số"],
        ["TTHC_DUNGHAN", 171, 200],
        [],
        ["Mã chỉ tiêu", "Tên chỉ tiêu", "Giá trị"],
        ["KK_DONGNGUOI", PETITIONS, 3],
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert rules(parsed) == []
    assert [(row["cell"], row["value"]) for row in kept(parsed)] == [("B4", 85.5), ("C7", 3.0)]


def test_a_letterhead_above_a_second_title_belongs_to_the_block_below(tmp_path: Path) -> None:
    right = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    rows: list[Sequence[Any]] = [
        ["UBND XÃ TÂN THÀNH", None, None, right],
        TITLE,
        ["Tỉnh: Lạng Sơn"],
        HEADER,
        COUNT,
        [],
        ["Nơi nhận:", None, None, "CHỦ TỊCH"],
        [],
        ["UBND XÃ TÂN TRI", None, None, right],
        TITLE,
        HEADER,
        COUNT,
    ]
    assert [(place[0], place[3]) for place in places(write_xlsx(tmp_path / "bc.xlsx", rows))] == [
        (TAN_THANH, 5),
        (TAN_TRI, 12),
    ]
