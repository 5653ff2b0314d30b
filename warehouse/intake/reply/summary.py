"""The sheet "Kết quả kiểm tra": the outcome of the file, and every finding with a link to its cell."""

from __future__ import annotations

from collections.abc import Mapping

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from warehouse.forms.contract import load_forms
from warehouse.intake.messages.findings import Finding
from warehouse.intake.messages.wording import NEXT_STEP_VI, OUTCOMES_VI, SEVERITIES_VI
from warehouse.intake.reply.receipt_reports import short_report_lines
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.reports.replacement import words_vi
from warehouse.reference.units.register import UnitRegister
from warehouse.text.citizen_numbers import public_sheet_names
from warehouse.text.simulated import NOTICE

SUMMARY_SHEET = "Kết quả kiểm tra"
_HEADINGS = ("STT", "Mức", "Trang tính", "Ô", "Cột", "Nội dung", "Giá trị hiện tại", "Đề nghị")
_WIDTHS = (6, 11, 16, 9, 22, 90, 24, 24)
_ORDER = {"error": 0, "warning": 1, "info": 2}
INK, HEADER_FILL, LINK = "1F2933", "DCE3EA", "1B6CA8"


def write_text(cell: Cell | MergedCell, text: str | None) -> None:
    """Write a text that no spreadsheet takes for a formula."""
    cell.value = text
    if text:
        cell.data_type = "s"


def write_summary(workbook: Workbook, parsed: ParsedFile, units: UnitRegister | None = None) -> None:
    """Put the summary first in the workbook, and open the workbook on it. Without a register units are named by key."""
    sheet = workbook.create_sheet(SUMMARY_SHEET, 0)
    for position, width in enumerate(_WIDTHS):
        sheet.column_dimensions["ABCDEFGH"[position]].width = width
    _line(sheet, 1, f"KẾT QUẢ KIỂM TRA: {OUTCOMES_VI[parsed.outcome].upper()}", size=14)
    _line(sheet, 2, f"Tệp: {parsed.file_name}", bold=False)
    _line(sheet, 3, NEXT_STEP_VI[parsed.outcome], bold=False)
    number = 4
    if parsed.is_simulated:
        # By this notice a mended copy is recognised as simulated, without the metadata of the first file.
        _line(sheet, number, NOTICE)
        number += 1
    for told in parsed.resubmission.words_vi() if parsed.resubmission else ():
        _line(sheet, number, told)
        number += 1
    for told in words_vi(parsed.replacements):
        _line(sheet, number, told)
        number += 1
    for told in short_report_lines(parsed.submissions, units):
        _line(sheet, number, told, bold=False)
        number += 1
    number += 1
    for position, heading in enumerate(_HEADINGS, 1):
        cell = sheet.cell(number, position, heading)
        cell.font = Font(bold=True, color=INK)
        cell.fill = PatternFill("solid", fgColor=HEADER_FILL)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
    sheet.freeze_panes = sheet.cell(number + 1, 1)
    titles = own_titles(workbook)
    ordered = sorted(parsed.findings, key=lambda finding: _ORDER[finding["severity"]])
    for count, finding in enumerate(ordered, 1):
        _write_finding(sheet, number + count, count, finding, titles)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    workbook.active = 0
    for other in workbook.worksheets[1:]:
        other.sheet_view.tabSelected = False


def _write_finding(
    sheet: Worksheet, number: int, count: int, finding: Finding, titles: Mapping[str, str]
) -> None:
    form = _heading_of(finding["column_name"])
    texts = (
        SEVERITIES_VI[finding["severity"]],
        finding["sheet"],
        finding["cell"],
        form,
        finding["message_vi"],
        finding["found_value"],
        finding["suggested_value"],
    )
    sheet.cell(number, 1, count)
    for position, text in enumerate(texts, 2):
        cell = sheet.cell(number, position)
        write_text(cell, text)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    title = titles.get(finding["sheet"] or "")
    if finding["cell"] and title:
        link = sheet.cell(number, 4)
        place = title.replace("'", "''")
        link.hyperlink = Hyperlink(ref=link.coordinate, location=f"'{place}'!{finding['cell']}")
        link.font = Font(color=LINK, underline="single")


def own_titles(workbook: Workbook) -> dict[str, str]:
    """Return the titles of the sender's sheets by the names that findings use."""
    return {public: own for own, public in public_sheet_names(workbook.sheetnames).items()}


def _heading_of(column_name: str | None) -> str | None:
    for form in load_forms().values():
        if column_name in form.by_name:
            return form.by_name[column_name].heading_vi
    return column_name


def _line(sheet: Worksheet, number: int, text: str, bold: bool = True, size: int = 11) -> None:
    cell = sheet.cell(number, 1)
    write_text(cell, text)
    cell.font = Font(bold=bold, size=size, color=INK)
