"""What calamine does not say of a cell is found in long sheets as in short ones."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.intake.file_kit import BC_HEADINGS_VI, parse
from warehouse.intake.files import faults as cell_faults

FIGURES = ["20", "2026-10", "TTHC_DUNGHAN", "49", "50"]


@given(
    st.lists(
        st.sampled_from([b"<", b"f", b"<f", b't="e', b'"', b't="e"', b" hidden", b"=", b"e"]), max_size=12
    ),
    st.sampled_from([(b't="e"', 3), (b"<f", 1), (b" hidden=", 1)]),
)
def test_a_long_sheet_is_asked_for_the_same(parts: list[bytes], asked: tuple[bytes, int]) -> None:
    xml = b"".join(parts)
    text, rarest = asked
    with patch.object(cell_faults, "_LONG_SHEET_BYTES", 0):
        assert cell_faults._holds(xml, text, rarest) == (text in xml)


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
