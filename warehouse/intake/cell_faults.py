"""Cells that show an error, or a formula that was never calculated: calamine gives both as blank.

A blank means "not reported", so these must not pass for one. Each is given a text of its own instead.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape

import xlrd

UNCALCULATED = "#FORMULA!"
ERROR_TEXTS = frozenset(
    {UNCALCULATED, "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#ERROR!"}
)
SheetFaults = dict[tuple[int, int], str]

_FORMULA = re.compile(rb"<c ([^>]*)>(<f\b.*?)</c>", re.DOTALL)
_ERROR = re.compile(rb'<c ([^>]*\bt="e"[^>]*)>(.*?)</c>', re.DOTALL)
_ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_SHEET = re.compile(rb'<sheet [^>]*?name="([^"]*)"[^>]*?r:id="([^"]*)"')
_RELATION = re.compile(rb"<Relationship [^>]*>")
_ATTRIBUTE = re.compile(rb'(Id|Target)="([^"]*)"')


def in_xlsx(archive: zipfile.ZipFile) -> dict[str, SheetFaults]:
    """Text by (row, column), both from 0, for each sheet that has such cells."""
    names = set(archive.namelist())
    parts = sorted(name for name in names if name.startswith("xl/worksheets/") and name.endswith(".xml"))
    faults = {part: found for part in parts if (found := _faults_of(archive.read(part)))}
    if not faults:
        return {}
    return {name: faults[part] for name, part in _sheet_parts(archive).items() if part in faults}


def in_xls(content: bytes) -> dict[str, SheetFaults]:
    """The same for .xls, whose formulas are always calculated."""
    faults: dict[str, SheetFaults] = {}
    with xlrd.open_workbook(file_contents=content, on_demand=True) as workbook:
        for sheet in workbook.sheets():
            for row in range(sheet.nrows):
                for column, cell_type in enumerate(sheet.row_types(row)):
                    if cell_type == xlrd.XL_CELL_ERROR:
                        text = xlrd.error_text_from_code.get(sheet.cell_value(row, column), "#ERROR!")
                        faults.setdefault(sheet.name, {})[row, column] = text
    return faults


def _faults_of(xml: bytes) -> SheetFaults:
    found: SheetFaults = {}
    if b't="e"' in xml:
        for attributes, inside in _ERROR.findall(xml):
            value = _VALUE.search(inside)
            _note(found, attributes, value.group(1).decode() if value else "#ERROR!")
    if b"<f" in xml:
        for attributes, inside in _FORMULA.findall(xml):
            value = _VALUE.search(inside)
            has_result = value is not None and value.group(1).strip()
            # A formula whose result is an empty text says so by its type: that one is truly blank.
            if not has_result and b't="str"' not in attributes and b't="e"' not in attributes:
                _note(found, attributes, UNCALCULATED)
    return found


def _note(found: SheetFaults, attributes: bytes, text: str) -> None:
    address = _ADDRESS.search(attributes)
    if address:
        found[int(address.group(2)) - 1, _column_number(address.group(1))] = text


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Part by sheet name, as the workbook relates them."""
    targets = {}
    for relation in _RELATION.findall(archive.read("xl/_rels/workbook.xml.rels")):
        found = {key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(relation)}
        if len(found) == 2:  # noqa: PLR2004 (Id and Target)
            target = found["Target"]
            targets[found["Id"]] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    sheets = _SHEET.findall(archive.read("xl/workbook.xml"))
    return {unescape(name.decode()): targets.get(identifier.decode(), "") for name, identifier in sheets}
