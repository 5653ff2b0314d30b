"""The annotated copy is the sender's own file with the wrong cells marked, and holds nothing that would run."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font, PatternFill

from tests.intake.file_kit import (
    BC_HEADER,
    BC_HEADINGS_VI,
    DK_HEADER,
    SHARED_DIR,
    context,
    parse,
    write_csv,
    write_xlsx,
)
from warehouse.intake.reply.annotate import FILLS, annotate
from warehouse.intake.reply.receipt import make_receipt, receipt_text, write_receipt
from warehouse.intake.reply.summary import SUMMARY_SHEET

WRONG = ["20", "2026-10", "TTHC_DUNGHAN", 51, 50, None, None]
NOT_OWED = ["20", "2026-10", "TD_XA", None, None, 2, None]
MODEL = ["20", "", "Tổ dân vận thôn Nà Pàn", "Tập thể", "KT", "2026-2030", "Cấp tỉnh", "15/10/2026"]


def annotated(path: Path, name: str = "out.xlsx") -> Path:
    return annotate(path, parse(path), path.parent / name)


def test_a_workbook_keeps_its_look_and_gets_its_marks(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "bc.xlsx", [["BÁO CÁO"], BC_HEADINGS_VI, WRONG, NOT_OWED])
    own = openpyxl.load_workbook(path)
    own.active["A1"].font = Font(bold=True, size=20)
    own.active["B3"].fill = PatternFill("solid", fgColor="FF00FF00")
    own.active.column_dimensions["A"].width = 33
    own.save(path)
    workbook = openpyxl.load_workbook(annotated(path))
    sheet = workbook["Sheet1"]
    assert (sheet["A1"].font.size, sheet.column_dimensions["A"].width) == (20, 33)
    assert sheet["B3"].fill.fgColor.rgb == "FF00FF00"
    assert sheet["D3"].value == 51
    assert sheet["D3"].fill.fgColor.rgb.endswith(FILLS["error"])
    assert sheet["C4"].fill.fgColor.rgb.endswith(FILLS["warning"])
    assert "lớn hơn mẫu số" in sheet["D3"].comment.text
    assert sheet["E3"].comment is None


def test_the_findings_of_a_consolidated_workbook_stand_at_the_top_of_the_summary(tmp_path: Path) -> None:
    """Listed one by one, the reports of a province's communes would fill the screen above them, and be frozen there."""
    reports = [["20", f"{year}-{month:02}", *WRONG[2:]] for year in (2025, 2026) for month in range(1, 12)]
    path = write_xlsx(tmp_path / "bc.xlsx", [BC_HEADINGS_VI, *reports])
    summary = openpyxl.load_workbook(annotated(path)).worksheets[0]
    lines = [row[0].value for row in summary.iter_rows(max_row=8)]
    (told,) = [line for line in lines if str(line).startswith("Biểu BC")]
    assert told.startswith("Biểu BC (Báo cáo chỉ tiêu): 22 báo cáo của")
    assert summary.freeze_panes == f"A{lines.index('STT') + 2}"


def test_the_summary_stands_first_and_links_to_the_cells(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "bc.xlsx", [BC_HEADINGS_VI, NOT_OWED, WRONG], sheet="Số liệu 'A'")
    workbook = openpyxl.load_workbook(annotated(path))
    summary = workbook.worksheets[0]
    assert summary.title == SUMMARY_SHEET
    rows = [[cell.value for cell in row] for row in summary.iter_rows()]
    header = next(i for i, row in enumerate(rows) if row[0] == "STT")
    assert [row[1:4] for row in rows[header + 1 :]] == [
        ["Lỗi", "Số liệu 'A'", "D3"],
        ["Lưu ý", "Số liệu 'A'", "C2"],
    ]
    assert summary.cell(header + 2, 4).hyperlink.location == "'Số liệu ''A'''!D3"


def test_a_mended_copy_is_accepted_and_its_old_marks_go(tmp_path: Path) -> None:
    copy = annotated(write_xlsx(tmp_path / "bc.xlsx", [BC_HEADINGS_VI, WRONG]))
    workbook = openpyxl.load_workbook(copy)
    workbook["Sheet1"]["D2"].value = 49
    workbook["Sheet1"]["E2"].value = "năm mươi"
    workbook.save(copy)
    again = openpyxl.load_workbook(annotated(copy, "again.xlsx"))
    assert again["Sheet1"]["D2"].comment is None
    assert again["Sheet1"]["E2"].comment is not None
    assert again.sheetnames.count(SUMMARY_SHEET) == 1
    workbook["Sheet1"]["E2"].value = 50
    workbook.save(copy)
    assert parse(copy).outcome == "accepted"


def test_a_comment_of_the_sender_is_kept(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "bc.xlsx", [BC_HEADINGS_VI, WRONG])
    own = openpyxl.load_workbook(path)
    own.active["D2"].comment = openpyxl.comments.Comment("hỏi lại phòng một cửa", "người gửi")
    own.save(path)
    text = openpyxl.load_workbook(annotated(path))["Sheet1"]["D2"].comment.text
    assert "hỏi lại phòng một cửa" in text
    assert "lớn hơn mẫu số" in text


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_csv_gets_a_column_of_findings(tmp_path: Path, delimiter: str) -> None:
    path = write_csv(tmp_path / "bc.csv", [BC_HEADER, WRONG, NOT_OWED], delimiter=delimiter)
    copy = annotated(path)
    assert copy.suffix == ".csv"
    with copy.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.reader(lines, delimiter=delimiter))
    assert rows[0][-1] == "Kết quả kiểm tra"
    assert rows[1][-1].startswith("D2: LỖI")
    assert rows[2][-1].startswith("C3: LƯU Ý")
    mended = write_csv(
        tmp_path / "mended.csv", [rows[0], [*rows[1][:3], "49", *rows[1][4:]]], delimiter=delimiter
    )
    assert parse(mended).outcome == "accepted"


def test_nothing_that_we_write_is_a_formula(tmp_path: Path) -> None:
    attack = '=HYPERLINK("http://example.invalid","x")'
    row = ["20", "2026-10", attack, 1, 2, None, attack]
    workbook = openpyxl.load_workbook(annotated(write_xlsx(tmp_path / "a.xlsx", [BC_HEADINGS_VI])))
    path = write_csv(tmp_path / "bc.csv", [BC_HEADER, row, ["20", "2026-10", "TD_XA", -1, "+84", "@x", "-"]])
    with annotated(path).open(encoding="utf-8-sig", newline="") as lines:
        cells = [cell for line in csv.reader(lines) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]
    assert "-1" in cells
    own = openpyxl.Workbook()
    for line in (BC_HEADER, row):
        own.active.append(line)
    for cell in own.active[2]:
        cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    own.save(tmp_path / "b.xlsx")
    workbook = openpyxl.load_workbook(annotated(tmp_path / "b.xlsx"))
    assert not [
        cell for line in workbook[SUMMARY_SHEET].iter_rows() for cell in line if cell.data_type == "f"
    ]


def test_a_given_code_is_written_into_the_returned_copy(tmp_path: Path) -> None:
    bad = [*MODEL[:3], "nhóm", *MODEL[4:]]
    path = write_xlsx(tmp_path / "dk.xlsx", [DK_HEADER, MODEL, bad])
    parsed = parse(path)
    code = parsed.records["dk_rows"][0]["model_code"]
    copy = openpyxl.load_workbook(annotated(path))
    assert copy["Sheet1"]["B2"].value == code
    again = parse(write_xlsx(tmp_path / "again.xlsx", [DK_HEADER, [MODEL[0], code, *MODEL[2:]]]))
    assert again.records["dk_rows"][0]["model_code"] == code


@pytest.mark.shared
@pytest.mark.skipif(not SHARED_DIR.exists(), reason="needs the real files in ../shared")
def test_values_of_an_old_workbook_are_copied(tmp_path: Path) -> None:
    path = SHARED_DIR / "real" / "budget" / "Final_2008.xls"
    copy = openpyxl.load_workbook(annotate(path, parse(path), tmp_path / "out.xls"))
    assert copy.sheetnames[0] == SUMMARY_SHEET
    assert "QUẢNG NINH" in {cell.value for row in copy.worksheets[1].iter_rows() for cell in row}


def test_a_receipt_says_what_was_kept_and_which_codes_were_given(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "dk.xlsx", [DK_HEADER, MODEL])
    parsed = parse(path)
    received_at = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
    text = receipt_text(parsed, received_at, context().reference.units)
    code: Any = parsed.records["dk_rows"][0]["model_code"]
    assert "ĐƯỢC NHẬN" in text
    assert "09:30 ngày 20/11/2026" in text
    assert "Tỉnh Lạng Sơn, Tháng 10/2026" in text
    assert code in text
    assert make_receipt(parsed, {"dk_rows": 1}, received_at)["rows_kept"] == {"dk_rows": 1}
    write_receipt(parsed, {"dk_rows": 1}, received_at, context().reference.units, tmp_path)
    assert (tmp_path / "receipt.txt").read_text(encoding="utf-8") == text
    assert code in (tmp_path / "receipt.json").read_text(encoding="utf-8")
