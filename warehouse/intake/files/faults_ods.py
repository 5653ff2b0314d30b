"""Finds errors in cells, formulas never calculated, and hidden rows and columns of an .ods, as `faults` does of an .xlsx.

calamine knows which sheets are hidden. The search is for tags in bytes: nothing is expanded, and a row that is repeated
a million times is one tag.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from itertools import product

from warehouse.intake.files.faults import ERROR_TEXTS, UNCALCULATED, SheetNotes

CONTENT = "content.xml"
# A sheet has at most so many rows; a tag that claims more is cut.
MAX_ROWS = 1 << 20
# One tag may stand for many cells; so many rows and columns of one fault are enough to ask about.
MAX_REPEATED_FAULTS = 100
_HIDDEN = re.compile(rb"\btable:visibility=\"(?:collapse|filter)\"")
_REPEATED = re.compile(rb"\btable:number-(?:rows|columns)-repeated=\"(\d{1,7})\"")
_NAME = re.compile(rb"\btable:name=\"([^\"]*)\"")
_TEXT = rb"(?:\s*<text:p[^>]*>(?:<text:span[^>]*>)?(#[A-Z0-9/!?]{2,12}|Err:\d{3}))?"
_TAG = re.compile(
    rb"<table:(table|table-column|table-row|table-cell|covered-table-cell)"
    rb"((?:\s+[\w:.-]+=\"[^\"]*\")*)\s*/?>" + _TEXT
)
# The result of a formula is an attribute; where it is an empty text, only the type says so.
_RESULT = re.compile(
    rb"\boffice:(?:value|date-value|time-value|boolean-value)=\"[^\"]|\boffice:value-type=\"string\""
)
_FORMULA = b'table:formula="'
_MARKS = (b'table:visibility="', b">#", b">Err:", _FORMULA)
_UNNAMED_ERROR = "#ERROR!"


def in_ods(archive: zipfile.ZipFile) -> dict[str, SheetNotes]:
    """Return the notes of an .ods by sheet; a sheet without any, and a file that is no .ods, give none."""
    if CONTENT not in archive.namelist():
        return {}
    xml = archive.read(CONTENT)
    if not any(mark in xml for mark in _MARKS):
        return {}
    return {name: found for name, found in _walk(xml).items() if found}


def _walk(xml: bytes) -> dict[str, SheetNotes]:
    notes: dict[str, SheetNotes] = {}
    found = SheetNotes()
    row = column = next_row = next_column = 0
    for match in _TAG.finditer(xml):
        kind, attributes, text = match.groups()
        if kind == b"table":
            name = _NAME.search(attributes)
            found = notes.setdefault(unescape(name.group(1).decode()) if name else "", SheetNotes())
            next_row = next_column = 0
            continue
        repeated = _REPEATED.search(attributes)
        count = int(repeated.group(1)) if repeated else 1
        if kind == b"table-row":
            row, next_row, column = next_row, min(next_row + count, MAX_ROWS), 0
            if _HIDDEN.search(attributes):
                found.hidden_rows.update(range(row, next_row))
        elif kind == b"table-column":
            if _HIDDEN.search(attributes):
                found.hidden_columns.append((next_column, next_column + count - 1))
            next_column += count
        else:
            if fault := _fault(attributes, text):
                rows = range(row, min(next_row, row + MAX_REPEATED_FAULTS))
                columns = range(column, column + min(count, MAX_REPEATED_FAULTS))
                found.texts.update(dict.fromkeys(product(rows, columns), fault))
            column += count
    return notes


def _fault(attributes: bytes, error: bytes | None) -> str | None:
    """Return the text that replaces a cell with an error, or with a formula that has no result."""
    if error:
        shown = error.decode()
        return shown if shown in ERROR_TEXTS else _UNNAMED_ERROR
    return UNCALCULATED if _FORMULA in attributes and not _RESULT.search(attributes) else None
