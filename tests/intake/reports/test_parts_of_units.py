"""Reports of divisions and villages: by code, by name inside their body or commune, and in the sheet of the unit above."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from tests.intake.file_kit import BC_HEADER, context, kept, parse, parse_bc, rules, write_csv, write_xlsx
from tests.templates.test_templates import header_of
from warehouse.templates.workbook import make_template

VILLAGE = "06073-T1@2025-07-01"
DIVISION = "20-BTGDV-P-DV@2025-07-01"
BODY_NAME = "Ban Tuyên giáo và Dân vận Tỉnh ủy Lạng Sơn"


def test_a_village_reports_under_its_code(tmp_path: Path) -> None:
    parsed = parse_bc(tmp_path, ["06073-T1", "2026-10", "NTT_XL", 2, 3, "", ""])
    assert (parsed.outcome, rules(parsed)) == ("accepted", [])
    (row,) = kept(parsed)
    assert (row["unit_key"], row["numerator"], row["denominator"]) == (VILLAGE, 2, 3)


def test_a_village_is_asked_about_an_indicator_of_provinces(tmp_path: Path) -> None:
    parsed = parse_bc(tmp_path, ["06073-T1", "2026-10", "TD_TINH", "", "", 1, ""])
    assert rules(parsed) == ["indicator_not_owed"]


def test_villages_and_divisions_are_found_by_name_beside_their_parent(tmp_path: Path) -> None:
    header = ["unit_name", "parent_name", *BC_HEADER[1:]]
    rows = [
        ["Thôn 1", "Xã Hoa Thám, tỉnh Lạng Sơn", "2026-10", "NTT_XL", 1, 1, "", ""],
        ["Phòng Dân vận", BODY_NAME, "2026-10", "NTT_XL", 1, 1, "", ""],
    ]
    parsed = parse(write_csv(tmp_path / "bc.csv", [header, *rows]))
    assert {row["unit_key"] for row in kept(parsed)} == {VILLAGE, DIVISION}


def test_a_commune_sends_the_reports_of_its_villages_in_one_sheet(tmp_path: Path) -> None:
    rows = [
        ["TỈNH LẠNG SƠN"],
        ["UBND XÃ HOA THÁM"],
        [],
        ["Báo cáo chỉ tiêu tháng 10 năm 2026"],
        ["Tên đơn vị", "Mã chỉ tiêu", "Tử số", "Mẫu số"],
        ["Thôn 1", "NTT_XL", 2, 3],
        ["Thôn 2", "NTT_XL", 1, 1],
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert [row["unit_key"] for row in kept(parsed)] == [VILLAGE, VILLAGE.replace("T1", "T2")], rules(parsed)


def test_the_workbook_of_a_village_comes_back_as_its_report(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    make_template(["BC"], VILLAGE, "2026-6M", path, context().reference)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["BC"]
    header, columns = header_of(sheet)
    asked = [sheet.cell(row, columns["Mã chỉ tiêu"]).value for row in range(header + 1, sheet.max_row + 1)]
    assert asked == ["TODV_THON"]
    for heading in ("Tử số", "Mẫu số"):
        sheet.cell(header + 1, columns[heading]).value = 1
    workbook.save(path)
    (row,) = kept(parse(path))
    assert (row["unit_key"], row["indicator_code"], row["period_code"]) == (VILLAGE, "TODV_THON", "2026-6M")
