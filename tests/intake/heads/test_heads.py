"""Where the period and the unit of a report come from: labels, titles, letterheads, sheet names and columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.intake.file_kit import BC_HEADINGS_VI, kept, parse, rules, write_csv, write_xlsx
from warehouse.intake.reports.parsed import ParsedFile

Rows = list[Sequence[Any]]
HEADINGS = ["Mã chỉ tiêu", "Tử số", "Mẫu số", "Giá trị"]
FIGURES = [["TTHC_DUNGHAN", 171, 200, None], ["KK_DONGNGUOI", None, None, 4]]
UNIT = ["Đơn vị báo cáo: Xã Tân Thành, tỉnh Lạng Sơn"]
TAN_THANH, TAN_TRI, LANG_SON = "06445@2025-07-01", "06337@2025-07-01", "20@2025-07-01"


def sent(tmp_path: Path, *above: Sequence[Any], sheet: str = "Sheet1") -> ParsedFile:
    """Parse a sheet of two figures under these lines."""
    return parse(write_xlsx(tmp_path / "bc.xlsx", [*above, HEADINGS, *FIGURES], sheet))


def owners(parsed: ParsedFile) -> set[tuple[str | None, str | None]]:
    """Return the unit and the period of each report of which rows are kept."""
    return {(row["unit_key"], row["period_code"]) for row in kept(parsed)}


def asked(parsed: ParsedFile) -> tuple[str, str | None, str]:
    """Return rule, cell and Vietnamese message of the only finding that is no note."""
    (finding,) = [found for found in parsed.findings if found["severity"] != "info"]
    return finding["rule_code"], finding["cell"], finding["message_vi"]


LETTERHEAD: Rows = [
    ["UBND TỈNH LẠNG SƠN", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
    ["UBND XÃ TÂN THÀNH", None, "Độc lập - Tự do - Hạnh phúc"],
    ["Số: 45/BC-UBND", None, "Tân Thành, ngày 02 tháng 10 năm 2026"],
    [],
]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("BÁO CÁO KẾT QUẢ CÔNG TÁC DÂN VẬN THÁNG 9 NĂM 2026", "2026-09"),
        ("BÁO CÁO kết quả tháng 9 và phương hướng, nhiệm vụ tháng 10 năm 2026", "2026-09"),
        ("BÁO CÁO kết quả tháng 12/2025 và nhiệm vụ tháng 01 năm 2026", "2025-12"),
        ("BÁO CÁO kết quả tháng 12, phương hướng, nhiệm vụ tháng 01 năm 2026", "2025-12"),
        ("BÁO CÁO kết quả thực hiện nhiệm vụ tháng 9 năm 2026", "2026-09"),
        ("BÁO CÁO THÁNG 9 NĂM 2026 (so với cùng kỳ năm 2025)", "2026-09"),
        ("BÁO CÁO THÁNG 9 NĂM 2026 (Kèm theo Công văn số 12 ngày 05 tháng 10 năm 2026)", "2026-09"),
        ("BÁO CÁO thực hiện Chỉ thị số 05-CT/TW năm 2016, tháng 9 năm 2026", "2026-09"),
        ("BÁO CÁO 9 tháng đầu năm, nhiệm vụ 3 tháng cuối năm 2026", "2026-9M"),
        ("BÁO CÁO\nCÔNG TÁC DÂN VẬN THÁNG 9\nNĂM 2026", "2026-09"),
        ("BÁO CÁO THÁNG 9 NĂM 2026 (số liệu từ 15/8/2026 đến 14/9/2026)", "2026-09"),
        ("BÁO CÁO (số liệu từ 01/9/2026 đến 30/9/2026)", "2026-09"),
    ],
)
def test_the_title_names_the_period_and_no_other_date_does(tmp_path: Path, title: str, period: str) -> None:
    # These figures are owed monthly and count for longer periods too.
    assert owners(sent(tmp_path, *LETTERHEAD, [title], [])) == {(TAN_THANH, period)}


def test_a_title_over_several_rows(tmp_path: Path) -> None:
    above: Rows = [["BÁO CÁO"], ["Kết quả công tác dân vận tháng 9"], ["và nhiệm vụ tháng 10 năm 2026"]]
    assert owners(sent(tmp_path, UNIT, *above)) == {(TAN_THANH, "2026-09")}


@pytest.mark.parametrize(
    "line",
    [
        "Tân Thành, ngày 05 tháng 10 năm 2026",
        "Lạng Sơn, tháng 10 năm 2026",
        "Tân Thành, ngày … tháng 10 năm 2026",
        "(Ban hành kèm theo Hướng dẫn số 05-HD/BTGDVTU ngày 12 tháng 3 năm 2026)",
        "Theo Quyết định số 12-QĐ/TU ngày 01/02/2026",
        "Hạn nộp: 05/10/2026",
        "Gửi trước ngày 5 tháng 10 năm 2026",
        "BÁO CÁO CÔNG TÁC DÂN VẬN THÁNG …… NĂM 2026",
        "Phương hướng, nhiệm vụ tháng 10 năm 2026",
        "Người lập biểu: Nguyễn Văn A, tháng 10 năm 2026",
        "Ghi chú: số liệu tháng 8/2026 đã điều chỉnh",
        "Thực hiện Nghị quyết năm 2025",
    ],
)
def test_a_date_that_is_no_period_is_never_taken_for_one(tmp_path: Path, line: str) -> None:
    rule, cell, message = asked(sent(tmp_path, UNIT, [line], []))
    assert (rule, cell) == ("period_missing_above", "A3")
    assert "ô A3" in message


@pytest.mark.parametrize(
    ("line", "rule", "words"),
    [
        ("BÁO CÁO CÔNG TÁC DÂN VẬN THÁNG 9", "period_year_missing", "Tháng 9/2026"),
        ("BÁO CÁO 6 THÁNG CUỐI NĂM 2026", "period_not_in_calendar", "2026-6M"),
        ("BÁO CÁO QUÝ II NĂM 2026", "period_not_in_calendar", "2026-Q1"),
        ("BÁO CÁO (số liệu từ 15/8/2026 đến 14/9/2026)", "period_is_days", "Tháng 9/2026"),
        ("BÁO CÁO THÁNG 9/26", "period_short_year", "bốn chữ số"),
        ("Kỳ báo cáo: 26-10", "period_short_year", "bốn chữ số"),
        ("Kỳ báo cáo: tháng này", "period_unreadable", "tháng này"),
        ("BÁO CÁO THÁNG 9 VÀ 9 THÁNG ĐẦU NĂM 2026", "period_disagrees", "9 THÁNG ĐẦU NĂM 2026"),
    ],
)
def test_a_period_in_doubt_is_asked_about_once_at_its_cell(
    tmp_path: Path, line: str, rule: str, words: str
) -> None:
    found, cell, message = asked(sent(tmp_path, UNIT, [line]))
    assert (found, cell) == (rule, "A2")
    assert words in message


def test_a_period_that_no_calendar_has_is_out_of_range(tmp_path: Path) -> None:
    rule, cell, message = asked(sent(tmp_path, UNIT, ["Tháng 9/2062"]))
    assert (rule, cell) == ("period_unknown", "A2")
    assert "ngoài phạm vi" in message
    assert asked(sent(tmp_path, UNIT, ["Tháng 12/2026"]))[:2] == ("period_in_future", "A2")


def test_estimates_are_kept_with_a_warning(tmp_path: Path) -> None:
    year = sent(tmp_path, UNIT, ["BÁO CÁO 9 THÁNG ĐẦU NĂM VÀ ƯỚC THỰC HIỆN CẢ NĂM 2026"])
    assert owners(year) == {(TAN_THANH, "2026-9M")}
    parsed = sent(tmp_path, UNIT, ["BÁO CÁO THÁNG 9 NĂM 2026 (ước thực hiện tháng 10 năm 2026)"])
    assert owners(parsed) == {(TAN_THANH, "2026-09")}
    assert rules(parsed) == ["period_estimated"]
    alone = sent(tmp_path, UNIT, ["BÁO CÁO ƯỚC THỰC HIỆN THÁNG 10 NĂM 2026"])
    assert owners(alone) == {(TAN_THANH, "2026-10")}
    assert rules(alone) == ["period_estimated"]


def test_the_name_of_the_sheet_and_the_year_of_the_title_make_a_period(tmp_path: Path) -> None:
    assert owners(sent(tmp_path, UNIT, ["BÁO CÁO NĂM 2026"], sheet="Tháng 9")) == {(TAN_THANH, "2026-09")}
    assert owners(sent(tmp_path, UNIT, ["BÁO CÁO THÁNG 9"], sheet="2026")) == {(TAN_THANH, "2026-09")}
    assert owners(sent(tmp_path, UNIT, sheet="T9-2026")) == {(TAN_THANH, "2026-09")}
    assert asked(sent(tmp_path, UNIT, sheet="Tháng 9"))[0] == "period_year_missing"


def test_title_sheet_and_column_that_disagree_are_all_named(tmp_path: Path) -> None:
    rule, cell, message = asked(sent(tmp_path, UNIT, ["Kỳ báo cáo: Tháng 7/2026"], sheet="Tháng 8"))
    assert (rule, cell) == ("period_disagrees", "A2")
    assert "Tháng 7/2026" in message
    assert "Tháng 8" in message
    rows: Rows = [
        UNIT,
        ["BÁO CÁO THÁNG 9 NĂM 2026"],
        ["Kỳ báo cáo", *HEADINGS],
        ["2026-10", *FIGURES[0]],
        ["2026-10", *FIGURES[1]],
    ]
    parsed = parse(write_xlsx(tmp_path / "column.xlsx", rows))
    assert kept(parsed) == []
    rule, cell, message = asked(parsed)
    assert (rule, cell) == ("period_disagrees", "A4")
    assert "ô A2" in message
    assert "2026-10" in message


def test_a_column_of_months_stands_below_the_title_of_its_year(tmp_path: Path) -> None:
    rows: Rows = [
        UNIT,
        ["BÁO CÁO NĂM 2026"],
        ["Kỳ báo cáo", *HEADINGS],
        ["Tháng 8", *FIGURES[0]],
        [datetime(2026, 9, 1), *FIGURES[0]],
    ]
    found = owners(parse(write_xlsx(tmp_path / "bc.xlsx", rows)))
    assert found == {(TAN_THANH, "2026-08"), (TAN_THANH, "2026-09")}


PERIOD = ["Kỳ báo cáo: Tháng 9/2026"]


@pytest.mark.parametrize(
    ("above", "unit"),
    [
        (LETTERHEAD, TAN_THANH),
        ([["ĐẢNG BỘ TỈNH LẠNG SƠN", "ĐẢNG CỘNG SẢN VIỆT NAM"], ["ĐẢNG ỦY XÃ TÂN THÀNH"], ["*"]], TAN_THANH),
        ([["ĐẢNG ỦY XÃ TÂN TRI"], ["Kính gửi: Ban Tuyên giáo và Dân vận Tỉnh ủy Lạng Sơn"]], TAN_TRI),
        ([["UBND TỈNH LẠNG SƠN\nUBND XÃ TÂN THÀNH"]], TAN_THANH),
        ([["ỦY BAN NHÂN DÂN"], ["XÃ TÂN TRI"]], TAN_TRI),
        ([["TỈNH ỦY LẠNG SƠN"], ["BAN TUYÊN GIÁO VÀ DÂN VẬN"], ["*"]], "20-BTGDV@2025-07-01"),
        ([["UBND TỈNH LẠNG SƠN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["SỞ NỘI VỤ"]], "20-SNV@2025-07-01"),
        (
            [["ỦY BAN MTTQ VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["TỈNH LẠNG SƠN"]],
            "20-MTTQ@2025-07-01",
        ),
        ([["ĐẢNG ỦY XÃ TÂN TRI"], ["BAN XÂY DỰNG ĐẢNG"], ["*"]], TAN_TRI),
        ([["TỈNH LẠNG SƠN"], ["BÁO CÁO CỦA XÃ TÂN THÀNH"]], TAN_THANH),
        ([["Đơn vị báo cáo: Xã Tân Thành"], ["Tỉnh: Lạng Sơn"]], TAN_THANH),
        ([["Tỉnh/Thành phố:", "Lạng Sơn"], ["Xã/phường:", "Xã Tân Thành"]], TAN_THANH),
        ([["Đơn vị: Xã Tân Thành, tỉnh Lạng Sơn; Kỳ báo cáo: Tháng 9/2026"]], TAN_THANH),
        ([["Đơn vị báo cáo: 06445 - Xã Tân Thành"]], TAN_THANH),
        ([["UBND TỈNH LẠNG SƠN"]], LANG_SON),
    ],
)
def test_the_lines_above_the_table_name_the_unit(tmp_path: Path, above: Rows, unit: str) -> None:
    assert owners(sent(tmp_path, *above, PERIOD)) == {(unit, "2026-09")}


@pytest.mark.parametrize(
    "above",
    [
        [["Kính gửi: UBND tỉnh Lạng Sơn"]],
        [["TỈNH ỦY"], ["BAN DÂN VẬN"]],
        [["UBND TỈNH LẠNG SƠN"], ["SỞ KHÔNG CÓ TRONG DANH MỤC"]],
        [["ỦY BAN MTTQ VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["XÃ TÂN TRI"]],
        [["UBND XÃ TÂN TRI"], ["CÔNG AN XÃ"]],
        [["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], ["Tân Tri, ngày 02 tháng 10 năm 2026"]],
        [["Quán triệt nghị quyết"]],
    ],
)
def test_who_is_no_sender_is_never_taken_for_the_unit(tmp_path: Path, above: Rows) -> None:
    parsed = sent(tmp_path, *above, [], PERIOD)
    rule, cell, message = asked(parsed)
    assert (rule, cell) == ("unit_missing_above", f"A{len(above) + 1}")
    assert "Đơn vị báo cáo:" in message


def test_the_name_of_the_sheet_names_the_unit(tmp_path: Path) -> None:
    assert owners(sent(tmp_path, PERIOD, sheet="Xã Tân Tri")) == {(TAN_TRI, "2026-09")}
    above: Rows = [["UBND TỈNH LẠNG SƠN"], PERIOD]
    assert owners(sent(tmp_path, *above, sheet="Tân Thành")) == {(TAN_THANH, "2026-09")}
    assert asked(sent(tmp_path, UNIT, PERIOD, sheet="Xã Tân Tri"))[:2] == ("unit_disagrees", "A1")
    province = ["Đơn vị báo cáo: Tỉnh Lạng Sơn"]
    assert asked(sent(tmp_path, province, PERIOD, sheet="Xã Tân Thành"))[:2] == ("unit_disagrees", "A1")


def test_a_district_that_ended_is_told_and_not_refused(tmp_path: Path) -> None:
    parsed = sent(tmp_path, ["Đơn vị báo cáo: Xã Tân Thành, huyện Hữu Lũng, tỉnh Lạng Sơn"], PERIOD)
    assert owners(parsed) == {(TAN_THANH, "2026-09")}
    assert asked(parsed)[:2] == ("unit_old_district", "A1")


def test_a_district_above_an_office_says_where_its_commune_lies(tmp_path: Path) -> None:
    above: Rows = [["UBND HUYỆN HỮU LŨNG"], ["UBND XÃ TÂN THÀNH"]]
    before = sent(tmp_path, *above, ["Kỳ báo cáo: Tháng 3/2025"])
    assert owners(before) == {("06442@0", "2025-03")}
    after = sent(tmp_path, *above, PERIOD)
    assert owners(after) == {(TAN_THANH, "2026-09")}
    rule, cell, message = asked(after)
    assert (rule, cell) == ("unit_old_district", "A2")
    assert "HỮU LŨNG" in message


def test_communes_of_one_name_in_a_province_are_listed_with_their_districts(tmp_path: Path) -> None:
    rows: Rows = [
        ["Tỉnh Lạng Sơn"],
        ["Tháng 3/2025"],
        ["Tên đơn vị", *HEADINGS],
        ["Xã Tân Thành", *FIGURES[0]],
    ]
    rule, cell, message = asked(parse(write_xlsx(tmp_path / "bc.xlsx", rows)))
    assert (rule, cell) == ("unit_ambiguous", "A4")
    assert [name in message for name in ("Huyện Cao Lộc", "Huyện Bắc Sơn", "Huyện Hữu Lũng")] == [True] * 3
    assert "Huyện Bắc Quang" not in message


@pytest.mark.parametrize(
    ("headings", "cells", "unit"),
    [
        (["Tỉnh", "Tên xã"], ["Lạng Sơn", "Xã Tân Thành"], TAN_THANH),
        (["Địa phương", "Đơn vị báo cáo"], ["Lạng Sơn", "Xã Tân Thành"], TAN_THANH),
        (["Mã tỉnh", "Mã xã"], ["20", "06445"], TAN_THANH),
        (["Mã tỉnh", "Tên tỉnh", "Mã xã", "Tên xã"], ["20", "Lạng Sơn", "06445", "Xã Tân Thành"], TAN_THANH),
        (["Mã tỉnh", "Tên xã"], ["20", "Xã Tân Thành"], TAN_THANH),
        (["Tỉnh", "Huyện", "Xã"], ["Lạng Sơn", "Hữu Lũng", "Tân Thành"], TAN_THANH),
        (["Tên xã (*)", "Tỉnh/Thành phố"], ["Tân Thành", "Lạng Sơn"], TAN_THANH),
        (["Tỉnh"], ["Lạng Sơn"], LANG_SON),
        (["Mã tỉnh", "Tên tỉnh"], ["20", "Lạng Sơn"], LANG_SON),
        (["Tỉnh", "Đơn vị báo cáo"], ["Lạng Sơn", "Tỉnh Lạng Sơn"], LANG_SON),
    ],
)
def test_a_column_of_provinces_beside_a_column_of_units_is_the_parent(
    tmp_path: Path, headings: list[str], cells: list[str], unit: str
) -> None:
    row = ["2026-09", "TTHC_DUNGHAN", "171", "200"]
    path = write_csv(
        tmp_path / "bc.csv", [[*headings, "Kỳ báo cáo", *HEADINGS[:3]], [*cells, *row]], delimiter=";"
    )
    parsed = parse(path)
    assert owners(parsed) == {(unit, "2026-09")}
    assert [rule for rule in rules(parsed) if rule != "unit_old_district"] == []


def test_a_code_outside_its_province_is_asked_about(tmp_path: Path) -> None:
    rows: Rows = [
        ["Mã tỉnh", "Mã xã", "Kỳ báo cáo", *HEADINGS[:3]],
        ["08", "06445", "2026-09", *FIGURES[0][:3]],
    ]
    assert rules(parse(write_csv(tmp_path / "bc.csv", rows))) == ["unit_parent_disagrees"]


def test_what_a_table_lacks_is_told_once_with_its_rows(tmp_path: Path) -> None:
    rows: Rows = [BC_HEADINGS_VI, *(["", "", *figures, ""] for figures in FIGURES)]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    errors = [finding for finding in parsed.findings if finding["severity"] == "error"]
    assert [(found["rule_code"], found["cell"]) for found in errors] == [
        ("period_missing", "B2"),
        ("unit_missing", "A2"),
    ]
    assert all("2 dòng (dòng 2, 3)" in found["message_vi"] for found in errors)


def test_a_table_of_many_units_without_a_period_is_one_question(tmp_path: Path) -> None:
    rows: Rows = [
        ["Mã đơn vị", *HEADINGS],
        *([code, *figures] for code in ("06445", "06337", "20") for figures in FIGURES),
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert asked(parsed)[:2] == ("period_missing_above", "A1")
    assert [(row["unit_key"], row["row_count"]) for row in parsed.submissions] == [(None, 6)]


def test_rows_of_units_that_nobody_understood_are_no_duplicates(tmp_path: Path) -> None:
    rows: Rows = [
        ["Tên đơn vị", "Kỳ báo cáo", *HEADINGS],
        *(["Xã Không Có", "2026-09", *FIGURES[0]], ["Xã Cũng Không", "2026-09", *FIGURES[0]]),
        *(["Xã Tân Thành", "2026-09", *FIGURES[0]], ["Xã Tân Lập", "2026-09", *FIGURES[0]]),
    ]
    found = rules(parse(write_xlsx(tmp_path / "bc.xlsx", rows)))
    assert found == ["unit_unknown", "unit_unknown", "unit_ambiguous", "unit_ambiguous"]


def test_a_district_never_leads_out_of_its_province(tmp_path: Path) -> None:
    """Xã Tân Tri lies in the area of Bắc Sơn district. No commune of the name ever lay in Trùng Khánh of Cao Bằng."""
    near = sent(tmp_path, ["Đơn vị: Xã Tân Tri, huyện Bắc Sơn"], PERIOD)
    assert owners(near) == {(TAN_TRI, "2026-09")}
    far = sent(tmp_path, ["Đơn vị: Xã Tân Tri, huyện Trùng Khánh"], PERIOD)
    assert owners(far) == set()


def test_words_for_a_period_that_stand_in_many_rows_are_told_once(tmp_path: Path) -> None:
    rows: Rows = [["Mã đơn vị", "Kỳ báo cáo", *HEADINGS], *(["06445", "Tháng 9", *row] for row in FIGURES)]
    assert asked(parse(write_xlsx(tmp_path / "bc.xlsx", rows)))[:2] == ("period_year_missing", "B2")


def test_no_province_is_suggested_for_a_commune(tmp_path: Path) -> None:
    rows: Rows = [["Tên đơn vị", "Kỳ báo cáo", *HEADINGS], ["Xã Lạng Sn", "2026-09", *FIGURES[0]]]
    _, _, message = asked(parse(write_xlsx(tmp_path / "bc.xlsx", rows)))
    assert "Tỉnh" not in message
    near: Rows = [rows[0], ["Xã Tân Thnh, tỉnh Lạng Sơn", *rows[1][1:]]]
    _, _, message = asked(parse(write_xlsx(tmp_path / "near.xlsx", near)))
    assert "06445 (Xã Tân Thành, Tỉnh Lạng Sơn)" in message


def test_each_sheet_with_a_stale_title_is_asked_about_and_the_true_one_is_kept(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for month in (7, 8, 9):
        sheet = workbook.create_sheet(f"Tháng {month}")
        for row in (UNIT, ["Kỳ báo cáo: Tháng 7/2026"], HEADINGS, *FIGURES):
            sheet.append(row)
    workbook.save(tmp_path / "bc.xlsx")
    parsed = parse(tmp_path / "bc.xlsx")
    assert owners(parsed) == {(TAN_THANH, "2026-07")}
    assert rules(parsed) == ["period_disagrees", "period_disagrees"]


def test_two_headings_are_a_header_where_they_are_all_that_a_row_has(tmp_path: Path) -> None:
    rows: Rows = [UNIT, ["Tháng 9/2062"], ["Mã chỉ tiêu", "Giá trị"], ["KK_DONGNGUOI", 5]]
    rule, _, message = asked(parse(write_xlsx(tmp_path / "bc.xlsx", rows)))
    assert rule == "period_unknown"
    assert "2062-09 nằm ngoài phạm vi" in message
    notes: Rows = [["Nội dung", "Kết quả"], ["Số điện thoại", 12345]]
    assert rules(parse(write_xlsx(tmp_path / "notes.xlsx", notes))) == ["form_not_recognised"]
