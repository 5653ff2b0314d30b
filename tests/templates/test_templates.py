"""Templates: prefilled with what the unit owes, locked where no one types, and read back when filled."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.intake.file_kit import context, kept, parse, rules
from warehouse.templates.workbook import GUIDE_SHEET, LISTS_SHEET, make_template

LANG_SON = "20@2025-07-01"
NOTICE = "SỐ LIỆU MÔ PHỎNG (SIMULATED)"


def make(path: Path, forms: list[str], period: str = "2026-10", unit: str = LANG_SON, **options: Any) -> Path:
    make_template(forms, unit, period, path, context().reference, **options)
    return path


def header_of(sheet: Worksheet) -> tuple[int, dict[str, int]]:
    for row in sheet.iter_rows(max_row=10):
        texts = {str(cell.value).removesuffix(" *"): cell.column for cell in row if cell.value}
        if "Mã đơn vị" in texts:
            return row[0].row, texts
    raise AssertionError("no header")


def test_rows_are_the_indicators_that_the_unit_owes_for_the_period(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(make(tmp_path / "t.xlsx", ["BC"]))["BC"]
    header, columns = header_of(sheet)
    codes = [sheet.cell(row, columns["Mã chỉ tiêu"]).value for row in range(header + 1, sheet.max_row + 1)]
    # Monthly indicators that a province owes, by hand from the list of indicators.
    assert codes == [
        "BC_DUNGHAN",
        "KK_DONG",
        "KK_DONGNGUOI",
        "KK_VUOT",
        "NTT_TRE",
        "NTT_XL",
        "TDUA_THANG",
        "TD_TINH",
        "TG_VUVIEC",
        "TTHC_DUNG",
        "TTHC_DUNGHAN",
        "TTHC_SAU",
        "TTHC_TINH",
        "TTHC_TRUOC",
        "TTHC_XA",
    ]
    assert {sheet.cell(header + 1, columns[name]).value for name in ("Mã đơn vị", "Kỳ báo cáo")} == {
        "20",
        "2026-10",
    }


def test_only_cells_to_be_typed_are_open(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(make(tmp_path / "t.xlsx", ["BC"]))["BC"]
    header, columns = header_of(sheet)
    assert sheet.protection.sheet
    locked = {}
    for row in range(header + 1, sheet.max_row + 1):
        code = sheet.cell(row, columns["Mã chỉ tiêu"]).value
        names = ("Mã đơn vị", "Mã chỉ tiêu", "Tử số", "Mẫu số", "Giá trị", "Ghi chú")
        locked[code] = [sheet.cell(row, columns[name]).protection.locked for name in names]
    assert locked["TTHC_DUNGHAN"] == [True, True, False, False, True, False]
    assert locked["KK_DONGNGUOI"] == [True, True, True, True, False, False]


def test_cells_check_what_is_typed(tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(make(tmp_path / "t.xlsx", ["BC", "DK"]))
    checks = workbook["BC"].data_validations.dataValidation
    formulas = " ".join(str(check.formula1) for check in checks)
    assert "<=" in formulas
    assert "INT(" in formulas
    custom = [check for check in checks if check.type == "custom"]
    assert custom
    assert all(check.error for check in custom)
    lists = [check for check in workbook["DK"].data_validations.dataValidation if check.type == "list"]
    assert len(lists) == 6
    assert workbook[LISTS_SHEET].sheet_state == "hidden"
    offered = {cell.value for column in workbook[LISTS_SHEET].iter_cols() for cell in column}
    assert {"Tập thể", "Cá nhân", "Phát triển kinh tế", "Cấp tỉnh", "2026-2030"} <= offered
    assert "Cấp huyện" not in offered
    assert GUIDE_SHEET in workbook.sheetnames


def test_a_template_prints_on_a4_landscape_one_page_wide(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(make(tmp_path / "t.xlsx", ["BC"]))["BC"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    # An absent number means one page wide; 0 pages high means as many pages as needed.
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.freeze_panes == "A6"


@pytest.mark.parametrize("period", ["2026-10", "2026-Q1", "2026-6M", "2026-9M", "2025", "2021-2025"])
@pytest.mark.parametrize("unit", [LANG_SON, "06445@2025-07-01"])
def test_a_filled_template_is_accepted(tmp_path: Path, period: str, unit: str) -> None:
    """The test fills it as a person would: open, type into the open cells, save; formulas stay uncalculated."""
    path = make(tmp_path / "t.xlsx", ["BC"], period, unit)
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["BC"]
    header, columns = header_of(sheet)
    count = 0
    for row in range(header + 1, sheet.max_row + 1):
        count += 1
        if sheet.cell(row, columns["Tử số"]).protection.locked:
            sheet.cell(row, columns["Giá trị"]).value = 3
        else:
            sheet.cell(row, columns["Tử số"]).value = 9
            sheet.cell(row, columns["Mẫu số"]).value = 10
    workbook.save(path)
    parsed = parse(path)
    assert parsed.outcome == "accepted", parsed.findings
    assert len(kept(parsed)) == count
    assert {row["value"] for row in kept(parsed)} <= {90.0, 3.0}
    assert {(row["unit_key"], row["period_code"]) for row in kept(parsed)} == {(unit, period)}


def test_a_template_without_figures_is_asked_for_them(tmp_path: Path) -> None:
    parsed = parse(make(tmp_path / "t.xlsx", ["BC", "DK"]))
    assert rules(parsed) == ["no_filled_row"]
    assert [(row["form"], row["unit_key"]) for row in parsed.submissions] == [("BC", LANG_SON)]


def test_prefill_of_both_forms_is_read_back(tmp_path: Path) -> None:
    model = {
        "model_code": "LS-001",
        "model_name": "Tổ dân vận thôn Nà Pàn",
        "kind": "collective",
        "field_code": "KT",
        "phase": "2026-2030",
        "level": "commune",
        "registered_date": date(2026, 10, 5),
    }
    figures = [
        {"indicator_code": "TTHC_DUNGHAN", "numerator": 2, "denominator": 3},
        {"indicator_code": "KK_DONGNGUOI", "value": 0},
        {"indicator_code": "TD_TINH", "value": "Không áp dụng"},
    ]
    path = make(tmp_path / "t.xlsx", ["BC", "DK"], prefill={"BC": figures, "DK": [model]}, notice=NOTICE)
    parsed = parse(path)
    assert parsed.outcome == "accepted", parsed.findings
    values = {row["indicator_code"]: row["value"] for row in kept(parsed)}
    assert values == {"TTHC_DUNGHAN": pytest.approx(200 / 3), "KK_DONGNGUOI": 0.0, "TD_TINH": None}
    (row,) = kept(parsed, "dk_rows")
    assert {name: row[name] for name in model} == model
    assert openpyxl.load_workbook(path)["BC"]["A5"].value == NOTICE


def test_faults_of_a_prefill_are_written_as_they_are(tmp_path: Path) -> None:
    figures = [
        {"indicator_code": "TTHC_DUNGHAN", "numerator": 5, "denominator": 3, "value": 12},
        {"indicator_code": "TTHC_DUNGHEN", "numerator": 1, "denominator": 3},
        {"indicator_code": "TTHC_DUNGHAN", "numerator": 1, "denominator": 3},
    ]
    parsed = parse(make(tmp_path / "t.xlsx", ["BC"], prefill={"BC": figures}))
    assert rules(parsed) == ["numerator_above_denominator", "indicator_unknown", "row_duplicate"]
    assert "TTHC_DUNGHAN" in parsed.findings[1]["message_vi"]


def test_the_same_template_is_the_same_bytes(tmp_path: Path) -> None:
    one, other = make(tmp_path / "1.xlsx", ["BC", "DK"]), make(tmp_path / "2.xlsx", ["BC", "DK"])
    assert one.read_bytes() == other.read_bytes()


def test_requests_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not a period"):
        make(tmp_path / "t.xlsx", ["BC"], "2026-13")
    with pytest.raises(ValueError, match="owes no indicator"):
        make(tmp_path / "t.xlsx", ["BC"], "2026-Q1", "20-MTTQ@2025-07-01")
    with pytest.raises(KeyError):
        make(tmp_path / "t.xlsx", ["XX"])
