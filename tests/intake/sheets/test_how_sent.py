"""How a report is sent: the cell above the table, the comment line of a CSV, and the choice made on the page."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.intake.file_kit import BC_HEADER, BC_HEADINGS_VI, context, parse, rules, write_xlsx
from warehouse.forms.how_sent import CHOICES_VI, PART, WHOLE, HowSent, from_metadata
from warehouse.intake.parse import parse_file
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.templates.workbook import make_template

LANG_SON = "20@2025-07-01"
ROW = ["20", "2026-10", "TTHC_DUNGHAN", 49, 50, None, None]


def workbook(path: Path, *title: list[Any]) -> Path:
    """Write a workbook with one figure of Lạng Sơn below the title lines."""
    return write_xlsx(path, [*title, BC_HEADINGS_VI, ROW])


def marks(parsed: ParsedFile) -> list[bool]:
    """Return for each report whether it is a part-correction."""
    return [row["is_part_correction"] for row in parsed.submissions]


@pytest.mark.parametrize(
    ("title", "is_part"),
    [
        ([], False),
        (["Cách gửi:", "thay toàn bộ"], False),
        (["Cách gửi:", "chỉ sửa các dòng có trong tệp"], True),
        (["Cách gửi: chỉ sửa các dòng có trong tệp"], True),
        (["", "CÁCH GỬI", None, "Chỉ sửa một phần"], True),
        (["Kỳ báo cáo: Tháng 10/2026", "", "Cách gửi:", "Chỉ sửa"], True),
        (["Cách gửi:"], False),
    ],
)
def test_the_cell_above_the_table_says_how_a_report_is_sent(
    tmp_path: Path, title: list[Any], is_part: bool
) -> None:
    parsed = parse(workbook(tmp_path / "bc.xlsx", title))
    assert rules(parsed) == []
    assert marks(parsed) == [is_part]


def test_an_unclear_choice_sends_every_report_of_the_sheet_back(tmp_path: Path) -> None:
    title = ["Cách gửi:", "thay toàn bộ / chỉ sửa các dòng có trong tệp"]
    other = ["20", "2026-09", "TTHC_DUNGHAN", 49, 50, None, None]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", [title, BC_HEADINGS_VI, ROW, other]))
    assert rules(parsed) == ["how_sent_unclear", "how_sent_unclear"]
    assert {finding["cell"] for finding in parsed.findings} == {"B1"}
    assert [row["status"] for row in parsed.submissions] == ["returned", "returned"]
    assert parsed.records == {"bc_rows": []}


def test_a_report_on_two_sheets_of_different_choices_is_asked_about(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bc.xlsx", ["Cách gửi:", "chỉ sửa"])
    book = openpyxl.load_workbook(path)
    second = book.create_sheet("Sheet2")
    for row in [BC_HEADINGS_VI, ["20", "2026-10", "NTT_XL", 4, 5, None, None]]:
        second.append(row)
    book.save(path)
    assert "how_sent_differs" in rules(parse(path), "error")


def test_a_comment_line_of_a_csv_says_it_too(tmp_path: Path) -> None:
    path = tmp_path / "bc.csv"
    lines = ["# form=BC", "# how_sent=part", ",".join(BC_HEADER), "20,2026-10,TTHC_DUNGHAN,49,50,,"]
    path.write_text("\n".join(lines), encoding="utf-8")
    parsed = parse(path)
    assert (rules(parsed), marks(parsed)) == ([], [True])


def test_the_choice_on_the_page_goes_before_the_cell_that_the_template_has_filled_in(tmp_path: Path) -> None:
    path = workbook(tmp_path / "bc.xlsx", ["Cách gửi:", "thay toàn bộ"])
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    chosen: list[tuple[HowSent, bool]] = [(PART, True), (WHOLE, False)]
    for how_sent, is_part in chosen:
        parsed = parse_file(path, path.name, sha256, context(), how_sent=how_sent)
        assert marks(parsed) == [is_part]


def test_a_form_of_records_has_no_part_corrections(tmp_path: Path) -> None:
    lines = "unit_code,model_code,model_name,kind,field_code,phase,level,registered_date"
    path = tmp_path / "dk.csv"
    path.write_text(
        f"# how_sent=part\n{lines}\n20,M1,Tổ dân vận,collective,KT,2026-2030,province,2026-01-10\n"
    )
    assert marks(parse(path)) == [False]


@pytest.mark.parametrize("form", ["BC", "TX"])
def test_the_template_offers_the_choice_and_it_is_read_back(tmp_path: Path, form: str) -> None:
    path = tmp_path / "template.xlsx"
    prefill = {"BC": [{"indicator_code": "TTHC_DUNGHAN", "numerator": 49, "denominator": 50}]}
    prefill |= {
        "TX": [
            {
                "rated_count": 9,
                "outstanding_count": 4,
                "good_count": 5,
                "completed_count": 0,
                "not_completed_count": 0,
            }
        ]
    }
    make_template(
        [form], LANG_SON, "2026-10" if form == "BC" else "2025", path, context().reference, prefill=prefill
    )
    book = openpyxl.load_workbook(path)
    sheet = book[form]
    (cell,) = [cell for row in sheet.iter_rows(max_row=5) for cell in row if cell.value == CHOICES_VI[WHOLE]]
    assert not cell.protection.locked
    lists = [check for check in sheet.data_validations.dataValidation if cell.coordinate in check.sqref]
    assert [check.formula1 for check in lists] == [f'"{",".join(CHOICES_VI.values())}"']
    assert marks(parse(path)) == [False]
    cell.value = CHOICES_VI[PART]
    book.save(path)
    parsed = parse(path)
    assert marks(parsed) == [True]
    assert rules(parsed, "error") == []
    if form == "BC":
        # The other rows were left blank: they are not reported as missing, since their figures stay.
        assert rules(parsed, "info").count("rows_left_as_sent") == 1


def test_a_choice_that_no_version_wrote_is_refused() -> None:
    with pytest.raises(ValueError, match="some"):
        from_metadata("some")
