"""Finds facts of a workbook that calamine does not report: errors in cells, formulas never calculated, hidden rows.

calamine reads an error and an uncalculated formula as blank. A blank means "not reported", so each of these gets a text
of its own instead.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from html import unescape

import xlrd

from warehouse.intake.files.far_cells import find_far_cells
from warehouse.intake.files.marks import Looks, Marks, looks_of, marks_of
from warehouse.intake.files.marks import in_xls as marks_in_xls

UNCALCULATED = "#FORMULA!"
ERROR_TEXTS = frozenset(
    {UNCALCULATED, "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#ERROR!"}
)
_FORMULA = re.compile(rb"<c ([^>]*)>(<f\b.*?)</c>", re.DOTALL)
_ERROR = re.compile(rb'<c ([^>]*\bt="e"[^>]*)>(.*?)</c>', re.DOTALL)
_ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_HIDDEN_ROW = re.compile(rb'<row (?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_COLUMNS = re.compile(rb'<col (?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_SPAN = re.compile(rb'\b(min|max)="(\d+)"')
_SHEET = re.compile(rb'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_RELATION = re.compile(rb"<Relationship [^>]*>")
_ATTRIBUTE = re.compile(rb'(Id|Target)="([^"]*)"')
# Some libraries write `<x:row>`; then the first tag has the prefix already.
_PREFIX = re.compile(rb"(</?)\w+:")
_ROOT_WITHIN = 1024


@dataclass
class SheetNotes:
    """Texts that replace cells of one sheet, by (row, column), its hidden rows, and its hidden columns as spans with both
    ends; all numbers count from 0. `marks` is what the look of its cells says, and `far_cells` are addresses that are not read.
    """

    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    marks: Marks = field(default_factory=Marks)
    far_cells: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.texts or self.hidden_rows or self.hidden_columns or self.marks or self.far_cells)


def in_xlsx(archive: zipfile.ZipFile) -> dict[str, SheetNotes]:
    """Return the notes of an .xlsx by sheet; a sheet without any is left out."""
    names = archive.namelist()
    parts = sorted(name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml"))
    looks = looks_of(archive) if parts else Looks()
    notes = {part: found for part in parts if (found := _notes_of(archive.read(part), looks))}
    if not notes:
        return {}
    return {name: notes[part] for name, part in sheet_parts(archive).items() if part in notes}


def in_xls(workbook: xlrd.Book) -> dict[str, SheetNotes]:
    """Return the notes of an .xls by sheet. Its formulas are always calculated; hidden rows need `formatting_info`."""
    notes: dict[str, SheetNotes] = {}
    marks = marks_in_xls(workbook) if workbook.formatting_info else {}
    for sheet in workbook.sheets():
        found = SheetNotes(
            hidden_rows={row for row, info in sheet.rowinfo_map.items() if info.hidden},
            hidden_columns=[(column, column) for column, info in sheet.colinfo_map.items() if info.hidden],
        )
        found.marks = marks.get(sheet.name, found.marks)
        found.texts |= found.marks.texts
        for row in range(sheet.nrows):
            for column, cell_type in enumerate(sheet.row_types(row)):
                if cell_type == xlrd.XL_CELL_ERROR:
                    code = sheet.cell_value(row, column)
                    found.texts[row, column] = xlrd.error_text_from_code.get(code, "#ERROR!")
        if found:
            notes[sheet.name] = found
    return notes


def _notes_of(xml: bytes, looks: Looks) -> SheetNotes:
    found = SheetNotes(far_cells=find_far_cells(xml))
    xml = _without_prefix(xml, b"<worksheet")
    found.marks = marks_of(xml, looks)
    found.texts |= found.marks.texts
    if b't="e"' in xml:
        for attributes, inside in _ERROR.findall(xml):
            value = _VALUE.search(inside)
            _note(found, attributes, value.group(1).decode() if value else "#ERROR!")
    if b"<f" in xml:
        for attributes, inside in _FORMULA.findall(xml):
            value = _VALUE.search(inside)
            has_result = value is not None and value.group(1).strip()
            # The type of a formula says when its result is an empty text: that cell is truly blank.
            if not has_result and b't="str"' not in attributes and b't="e"' not in attributes:
                _note(found, attributes, UNCALCULATED)
    if b" hidden=" in xml:
        found.hidden_rows.update(int(number) - 1 for number in _HIDDEN_ROW.findall(xml))
        for column in _COLUMNS.findall(xml):
            span = dict(_SPAN.findall(column))
            if len(span) == 2:  # noqa: PLR2004 (its first and its last)
                found.hidden_columns.append((int(span[b"min"]) - 1, int(span[b"max"]) - 1))
    return found


def _without_prefix(xml: bytes, root: bytes) -> bytes:
    return xml if xml.find(root, 0, _ROOT_WITHIN) >= 0 else _PREFIX.sub(rb"\1", xml)


def _note(found: SheetNotes, attributes: bytes, text: str) -> None:
    address = _ADDRESS.search(attributes)
    if address:
        found.texts[int(address.group(2)) - 1, _column_number(address.group(1))] = text


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the part of the archive that holds each sheet, by the name of the sheet."""
    targets = {}
    for relation in _RELATION.findall(
        _without_prefix(archive.read("xl/_rels/workbook.xml.rels"), b"<Relationships")
    ):
        found = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(relation)}
        if len(found) == 2:  # noqa: PLR2004 (Id and Target)
            target = found["Target"]
            targets[found["Id"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = _SHEET.findall(_without_prefix(archive.read("xl/workbook.xml"), b"<workbook"))
    return {unescape(name.decode()): targets.get(identifier.decode(), "") for name, identifier in sheets}
