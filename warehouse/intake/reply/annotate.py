"""Annotate the sender's file: mark the cells with findings, and add a summary with links to them.

A workbook (.xlsx) keeps its own formatting. The values of an .xls or .ods are copied into a new workbook. A CSV
gets a column with its findings. No text that is added can be taken for a formula.
"""

from __future__ import annotations

import csv
import io
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from warehouse.intake.files.addresses import column_letters
from warehouse.intake.files.csv_rows import rows_of
from warehouse.intake.files.csv_text import open_csv
from warehouse.intake.files.grids import read_grids
from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.files.unreadable import UnreadableError
from warehouse.intake.messages.findings import Finding
from warehouse.intake.messages.wording import SEVERITIES_VI
from warehouse.intake.reply.summary import SUMMARY_SHEET, own_titles, write_summary, write_text
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.reference.units.register import UnitRegister
from warehouse.text.simulated import NOTICE
from warehouse.text.vietnamese import neutralise

AUTHOR = "Kiểm tra báo cáo"
FINDINGS_HEADING = "Kết quả kiểm tra"
FILLS = {"error": "F6C7AE", "warning": "FCE9CF", "info": "DCEBF7"}
_GRAVEST_FIRST = ("error", "warning", "info")
MAX_MARKED_CELLS = 5000
COMMENT_WIDTH, COMMENT_LINE_HEIGHT, COMMENT_LINE_LETTERS = 360, 18, 50

_log = logging.getLogger(__name__)


def annotate(path: Path, parsed: ParsedFile, out_path: Path, units: UnitRegister | None = None) -> Path:
    """Write the annotated copy of the file at `path`; return the path of the copy.

    The ending of `out_path` becomes .csv for a CSV and .xlsx for anything else. A file that could not
    be opened gives a workbook with the summary alone.
    """
    content = path.read_bytes()
    out_path.parent.mkdir(parents=True, exist_ok=True)
    is_closed = any(finding["rule_code"].startswith("file_") for finding in parsed.findings)
    if not is_closed and not content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _annotate_csv(content, parsed, out_path.with_suffix(".csv"))
    workbook = _empty() if is_closed else _open(content)
    _clear_earlier_marks(workbook)
    _mark(workbook, parsed.findings)
    write_summary(workbook, parsed, units)
    target = out_path.with_suffix(".xlsx")
    workbook.save(target)
    return target


def _empty() -> Workbook:
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    return workbook


def _open(content: bytes) -> Workbook:
    """Open the sender's workbook; where it cannot be opened for writing, make a new one with its values."""
    if content.startswith(b"PK\x03\x04"):
        try:
            return openpyxl.load_workbook(io.BytesIO(content))
        except MemoryError:
            raise
        except Exception as error:
            # openpyxl raises whatever its parsers raise: OSError for .xlsb, KeyError or TypeError for other programs' parts.
            _log.info("copying values, since the workbook cannot be opened for writing: %s", error)
    workbook = _empty()
    try:
        grids = read_grids(SentFile(content))
    except UnreadableError:
        grids = []
    for grid in grids:
        sheet = workbook.create_sheet(grid.sheet)
        for row_offset, row in enumerate(grid.rows, grid.first_row + 1):
            for column_offset, value in enumerate(row, grid.first_column + 1):
                if value not in ("", None):
                    _write_value(sheet.cell(row_offset, column_offset), value)
    return workbook


def _write_value(cell: Cell | MergedCell, value: Any) -> None:
    if isinstance(value, str):
        write_text(cell, value)
    else:
        cell.value = value


def _clear_earlier_marks(workbook: Workbook) -> None:
    """Remove the marks of an earlier annotation from a corrected copy."""
    if SUMMARY_SHEET not in workbook.sheetnames:
        return
    workbook.remove(workbook[SUMMARY_SHEET])
    ours = {f"00{colour}" for colour in FILLS.values()}
    for sheet in workbook.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and cell.comment.author == AUTHOR:
                    cell.comment = None
                    if cell.fill.fgColor.rgb in ours:
                        cell.fill = PatternFill()


def _mark(workbook: Workbook, findings: Sequence[Finding]) -> None:
    by_cell: dict[tuple[str, str], list[Finding]] = {}
    titles = own_titles(workbook)
    for finding in findings:
        if finding["cell"] and finding["sheet"] in titles:
            by_cell.setdefault((finding["sheet"], finding["cell"]), []).append(finding)
    for (sheet_name, address), listed in list(by_cell.items())[:MAX_MARKED_CELLS]:
        sheet = workbook[titles[sheet_name]]
        cell = _top_left(sheet, sheet[address])
        severity = min((finding["severity"] for finding in listed), key=_GRAVEST_FIRST.index)
        cell.fill = PatternFill("solid", fgColor=FILLS[severity])
        for finding in listed:
            if finding["rule_code"] == "key_given" and cell.value is None:
                # A record that is sent again with this code is recognised.
                write_text(cell, finding["suggested_value"])
        text = "\n".join(_words(finding) for finding in listed)
        if cell.comment and cell.comment.text:
            text = f"{text}\n\n{cell.comment.text}"
        lines = sum(1 + len(line) // COMMENT_LINE_LETTERS for line in text.splitlines())
        cell.comment = Comment(text, AUTHOR, height=COMMENT_LINE_HEIGHT * (lines + 2), width=COMMENT_WIDTH)


def _top_left(sheet: Worksheet, cell: Cell | MergedCell) -> Cell:
    """Return the cell itself or, inside a merged area, the cell that holds the value."""
    if isinstance(cell, MergedCell):
        for area in sheet.merged_cells.ranges:
            if cell.coordinate in area:
                return sheet.cell(area.min_row, area.min_col)  # type: ignore[return-value]
    return cell  # type: ignore[return-value]


def _words(finding: Finding) -> str:
    text = f"{SEVERITIES_VI[finding['severity']].upper()}: {finding['message_vi']}"
    suggested = finding["suggested_value"]
    return f"{text}\nĐề nghị: {suggested}" if suggested and suggested not in finding["message_vi"] else text


def _annotate_csv(content: bytes, parsed: ParsedFile, target: Path) -> Path:
    """Write the CSV with one more column for findings; findings about the whole file stand on the first line."""
    opened = open_csv(content)
    comments, delimiter, rows = opened.comments, opened.delimiter, list(rows_of(opened))
    by_row: dict[int, list[str]] = {}
    filled: dict[str, str] = {}
    for finding in parsed.findings:
        number = int("".join(filter(str.isdigit, finding["cell"]))) if finding["cell"] else len(comments) + 1
        place = f"{finding['cell']}: " if finding["cell"] else ""
        by_row.setdefault(number, []).append(f"{place}{_words(finding)}".replace("\n", " "))
        if finding["rule_code"] == "key_given" and finding["cell"]:
            filled[finding["cell"]] = finding["suggested_value"] or ""
    width = max((len(row) for row in rows), default=0)
    # A line of its own would shift the cells of the copy away from the addresses in the findings.
    findings_heading = f"{FINDINGS_HEADING} ({NOTICE})" if parsed.is_simulated else FINDINGS_HEADING
    with target.open("w", encoding="utf-8-sig", newline="") as lines:
        lines.writelines(f"{comment}\n" for comment in comments)
        writer = csv.writer(lines, delimiter=delimiter)
        for number, row in enumerate(rows, len(comments) + 1):
            cells = [
                filled.get(f"{column_letters(position)}{number}", "") or _harmless(cell)
                for position, cell in enumerate(row)
            ]
            heading = findings_heading if number == len(comments) + 1 else ""
            told = " | ".join(filter(None, [heading, *by_row.get(number, [])]))
            writer.writerow([*cells, *[""] * (width - len(cells)), neutralise(told)])
    return target


def _harmless(cell: str) -> str:
    """Return the cell unchanged unless a spreadsheet would run it; it runs no negative number."""
    is_number = cell[:1] in "+-" and cell[1:].replace(".", "").replace(",", "").replace("%", "").isdecimal()
    return cell if is_number or cell == "-" else neutralise(cell)
