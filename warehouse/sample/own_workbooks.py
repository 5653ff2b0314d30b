"""Workbooks that an office designed itself in place of the template. The intake must understand each clear cell of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from warehouse.forms.contract import load_form
from warehouse.reference.periods import label_vi
from warehouse.sample.csv_files import Row, as_typed, percentage
from warehouse.sample.reports import Report
from warehouse.text.simulated import NOTICE

_MADE_ON = datetime(2026, 1, 1)
_FIRST_TABLE_ROW = 7
# Other headings that offices use; the contract knows all of them.
_OTHER_WORDS = {
    "unit_code": "Mã ĐVHC",
    "indicator_code": "Mã số chỉ tiêu",
    "indicator_name": "Nội dung chỉ tiêu",
    "numerator": "Số đã thực hiện",
    "denominator": "Số phải thực hiện",
    "value": "Kết quả",
    "note": "Giải trình",
}
_ORDER = ("unit_code", "unit_name", "period", "indicator_code", "numerator", "denominator", "value", "note")
_REORDERED = (
    "indicator_code",
    "denominator",
    "numerator",
    "value",
    "note",
    "unit_name",
    "unit_code",
    "period",
)


@dataclass(frozen=True)
class WorkbookStyle:
    """The way in which one office writes its workbook."""

    name: str
    is_reordered: bool = False
    has_other_words: bool = False
    has_text_numbers: bool = False
    has_hidden_sheet: bool = False
    has_totals: bool = False
    is_nfd: bool = False


WORKBOOK_STYLES = (
    WorkbookStyle("titles"),
    WorkbookStyle("reordered", is_reordered=True),
    WorkbookStyle("renamed", has_other_words=True, is_reordered=True),
    WorkbookStyle("text", has_text_numbers=True),
    WorkbookStyle("hidden", has_hidden_sheet=True),
    WorkbookStyle("totals", has_totals=True, has_other_words=True),
    WorkbookStyle("nfd", is_nfd=True, has_text_numbers=True),
)


def write_own_workbook(
    path: Path, report: Report, style: WorkbookStyle, rows: Sequence[Row] | None = None
) -> None:
    """Write a report of form BC in an office's own style; `rows` replace the rows of the report."""
    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": _MADE_ON, "comments": NOTICE})
        if style.has_hidden_sheet:
            _write_hidden(book)
        sheet = book.add_worksheet("Báo cáo")
        bold = book.add_format({"bold": True})
        _write_head(sheet, report, style, bold)
        columns = _REORDERED if style.is_reordered else _ORDER
        for position, name in enumerate(columns):
            sheet.write(_FIRST_TABLE_ROW, position, _text(_heading(name, style), style), bold)
        for number, row in enumerate(_rows(rows or report.rows, style, columns), _FIRST_TABLE_ROW + 1):
            for position, name in enumerate(columns):
                sheet.write(number, position, _cell(row, name, style))
        if style.has_hidden_sheet:
            sheet.activate()
            sheet.set_first_sheet()


def _write_head(sheet: Any, report: Report, style: WorkbookStyle, bold: Any) -> None:
    lines = (
        "ỦY BAN MẶT TRẬN TỔ QUỐC - KHỐI DÂN VẬN",
        report.unit.unit_name.upper(),
        "",
        "BÁO CÁO CÁC CHỈ TIÊU CÔNG TÁC DÂN VẬN",
        f"{label_vi(report.period_code)} ({NOTICE})",
    )
    for number, line in enumerate(lines):
        sheet.write(number, 0, _text(line, style), bold)


def _write_hidden(book: Any) -> None:
    """Write a hidden sheet with the table of another year, which must not be read."""
    hidden = book.add_worksheet("Năm trước")
    for position, name in enumerate(_ORDER):
        hidden.write(0, position, name)
    hidden.write_row(1, 0, ("00000", "Đơn vị cũ", "2020-10", "TTHC_DUNGHAN", 1, 1, "", ""))
    hidden.hide()


def _rows(rows: Sequence[Row], style: WorkbookStyle, columns: Sequence[str]) -> list[Row]:
    if not style.has_totals:
        return list(rows)
    total = sum(row["denominator"] or 0 for row in rows)
    return [*rows[:2], {}, *rows[2:], {columns[0]: "Tổng cộng", "denominator": total}]


def _heading(name: str, style: WorkbookStyle) -> str:
    if style.has_other_words and name in _OTHER_WORDS:
        return _OTHER_WORDS[name]
    return load_form("BC").by_name[name].heading_vi


def _cell(row: Row, name: str, style: WorkbookStyle) -> Any:
    value = row.get(name)
    if style.has_text_numbers:
        if name == "value" and value is None and row.get("denominator"):
            return percentage(row, is_vietnamese=True)
        if isinstance(value, int | float):
            return as_typed(value, is_vietnamese=True)
    if isinstance(value, str):
        return _text(value, style)
    return value


def _text(text: str, style: WorkbookStyle) -> str:
    return unicodedata.normalize("NFD", text) if style.is_nfd else text
