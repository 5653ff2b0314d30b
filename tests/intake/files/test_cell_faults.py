"""Errors in cells, which calamine reads as blank, are found in long sheets as in short ones."""

from __future__ import annotations

from pathlib import Path

import pytest
import xlsxwriter

from tests.intake.file_kit import BC_HEADINGS_VI, parse

FIGURES = ["20", "2026-10", "TTHC_DUNGHAN", "49", "50"]


@pytest.mark.parametrize("filler_rows", [0, 4000])
def test_an_error_a_formula_and_a_hidden_row_at_the_end(tmp_path: Path, filler_rows: int) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("BC")
        sheet.write_row(0, 0, BC_HEADINGS_VI)
        for row in range(1, filler_rows + 1):
            sheet.write_row(row, 0, ["", "", "", "", "", "", "ghi chú " * 3])
        last = filler_rows + 1
        sheet.write_row(last, 0, FIGURES)
        sheet.write_formula(last, 3, "=1/0", None, "#DIV/0!")
        sheet.write_formula(last, 4, "=25*2", None, "")
        sheet.set_row(last, None, None, {"hidden": True})
    found = {(finding["rule_code"], finding["cell"]) for finding in parse(path).findings}
    line = last + 1
    assert {("number_error_value", f"D{line}"), ("number_not_calculated", f"E{line}")} <= found
    assert "rows_hidden" in {rule for rule, _ in found}
