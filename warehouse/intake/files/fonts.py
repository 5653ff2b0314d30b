"""Reads cells that were typed in fonts older than Unicode as those fonts showed them. A quick search tells first whether the file
names such a font."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

import xlrd

from warehouse.text.legacy_fonts import FONT_MARKS, is_legacy, to_unicode

if TYPE_CHECKING:
    from openpyxl.cell.rich_text import CellRichText

# Shared strings name fonts only where one cell has several; in bigger files the search would take too long.
MAX_STRINGS_BYTES = 256 * 1024
_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
# An .xls writes the names of its fonts with one or two bytes a letter.
_XLS_MARKS = tuple(
    mark for name in (".Vn", ".VN", "VNI-") for mark in (name.encode(), name.encode("utf-16-le"))
)
SheetTexts = dict[tuple[int, int], str]


def uses_legacy_fonts(archive: zipfile.ZipFile) -> bool:
    """Whether the .xlsx names such a font at all."""
    for part in (_STYLES, _STRINGS):
        entry = archive.NameToInfo.get(part)
        if entry is None or (part == _STRINGS and entry.file_size > MAX_STRINGS_BYTES):
            continue
        xml = archive.read(entry)
        if any(mark in xml for mark in FONT_MARKS):
            return True
    return False


def in_xlsx(content: bytes) -> dict[str, SheetTexts]:
    """Return by sheet the texts of cells in such fonts, by (row, column) from 0. Takes far longer than reading."""
    # Imported here: the import takes longer than reading most files.
    import openpyxl  # noqa: PLC0415
    from openpyxl.cell.rich_text import CellRichText  # noqa: PLC0415

    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, rich_text=True)
    try:
        found: dict[str, SheetTexts] = {}
        for sheet in workbook.worksheets:
            texts = found.setdefault(sheet.title, {})
            for row in sheet.iter_rows():
                for cell in row:
                    if isinstance(cell.value, str | CellRichText):
                        pieces = _pieces(cell.value, cell.font.name if cell.font else None)
                        shown = _shown(pieces)
                        if shown is not None:
                            texts[cell.row - 1, cell.column - 1] = shown
        return found
    finally:
        workbook.close()


def may_be_in_xls(content: bytes) -> bool:
    """Whether the file has the name of such a font anywhere."""
    return any(mark in content for mark in _XLS_MARKS)


def in_xls(workbook: xlrd.Book) -> dict[str, SheetTexts]:
    """Return by sheet the texts of cells in such fonts, of an .xls opened with `formatting_info`."""
    fonts = [font.name for font in workbook.font_list]
    found: dict[str, SheetTexts] = {}
    for sheet in workbook.sheets():
        texts = found.setdefault(sheet.name, {})
        for row in range(sheet.nrows):
            for column, cell_type in enumerate(sheet.row_types(row)):
                if cell_type != xlrd.XL_CELL_TEXT:
                    continue
                text = sheet.cell_value(row, column)
                font = fonts[workbook.xf_list[sheet.cell_xf_index(row, column)].font_index]
                runs = sheet.rich_text_runlist_map.get((row, column), ())
                starts = [(0, font), *((start, fonts[index]) for start, index in runs), (len(text), "")]
                pieces = [(text[start:end], name) for (start, name), (end, _) in pairwise(starts)]
                shown = _shown(pieces)
                if shown is not None:
                    texts[row, column] = shown
    return found


def _pieces(value: str | CellRichText, font: str | None) -> Iterable[tuple[str, str | None]]:
    if isinstance(value, str):
        return [(value, font)]
    return [
        (piece, font) if isinstance(piece, str) else (piece.text, piece.font.rFont or font) for piece in value
    ]


def _shown(pieces: Iterable[tuple[str, str | None]]) -> str | None:
    """Return the whole text as it was shown; None where no piece of it is in such a font."""
    pieces = list(pieces)
    if not any(is_legacy(name) for _, name in pieces):
        return None
    return "".join(to_unicode(text, name or "") for text, name in pieces)
