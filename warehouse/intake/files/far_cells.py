"""Leaves out a few cells that stand far away from a sheet's other cells.

A reader makes a table of all cells between the first and the last one, so one stray `x` in the last corner of a sheet asks for
half a terabyte. Such a cell is cut out of the sheet's XML before the sheet is read; the sender hears which cells they were.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from itertools import pairwise

# So many blank rows or columns lie between the table and a cell that does not belong to it.
ROW_GAP, COLUMN_GAP = 1_000, 100
# More far cells than these are content, which nobody may leave out.
MAX_FAR_CELLS = 20
# A table of fewer cells than these is made without a second look.
MAX_TABLE_CELLS = 500_000
# The number of columns up to `AZ`, and an address beyond them.
NARROW_COLUMNS = 52
_WIDE = re.compile(rb'\br="(?:[A-Z]{3}|[B-Z][A-Z])\d')
_LAST_ROW = re.compile(rb'\br="(\d+)"')
_CELL = re.compile(rb'<c (?=[^>]*?\br="([A-Z]+)(\d+)")[^>]*[^/>]>.*?</c>', re.DOTALL)
_ROW_START = b"<row "


def find_far_cells(xml: bytes) -> list[str]:
    """Return the addresses of a sheet's far cells; none where its cells fill a table that can be read."""
    last = xml.rfind(_ROW_START)
    number = _LAST_ROW.search(xml, last) if last >= 0 else None
    if number is None:
        return []
    row_count = int(number[1])
    is_wide = _WIDE.search(xml) is not None
    if not is_wide and (
        row_count * NARROW_COLUMNS <= MAX_TABLE_CELLS or 2 * xml.count(_ROW_START) >= row_count
    ):
        return []
    cells = [
        (int(match[2]), _column_number(match[1]), match)
        for match in _CELL.finditer(xml)
        if b"<v" in match[0] or b"<is" in match[0]
    ]
    if not cells:
        return []
    rows, columns = {row for row, _, _ in cells}, {column for _, column, _ in cells}
    if max(rows) * max(columns) <= MAX_TABLE_CELLS:
        return []
    last_row, last_column = _end_of_block(rows, ROW_GAP), _end_of_block(columns, COLUMN_GAP)
    far = [
        f"{match[1].decode()}{row}" for row, column, match in cells if row > last_row or column > last_column
    ]
    return far if len(far) <= MAX_FAR_CELLS else []


def without_far_cells(archive: zipfile.ZipFile, far: Mapping[str, Sequence[str]]) -> bytes:
    """Return the workbook without the far cells, given by part of the archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as thinner:
        for entry in archive.infolist():
            content = archive.read(entry)
            thinner.writestr(entry.filename, _without(content, far.get(entry.filename, ())))
    return stream.getvalue()


def _without(xml: bytes, addresses: Sequence[str]) -> bytes:
    far = {address.encode() for address in addresses}
    return _CELL.sub(lambda match: b"" if match[1] + match[2] in far else match[0], xml) if far else xml


def _end_of_block(numbers: set[int], gap: int) -> int:
    """Return the last number before the first gap; the block that begins the sheet is its content."""
    ordered = sorted(numbers)
    return next((number for number, following in pairwise(ordered) if following - number > gap), ordered[-1])


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
