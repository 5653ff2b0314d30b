"""Reads the bytes of a file into grids of cells. The content decides the format; the name of the file is not trusted."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import python_calamine as calamine
import xlrd

from warehouse.intake.files import faults as cell_faults
from warehouse.intake.files import faults_ods as cell_faults_ods
from warehouse.intake.files import fonts as cell_fonts
from warehouse.intake.files.csv_rows import Faults, rows_of
from warehouse.intake.files.csv_text import CsvText, open_csv
from warehouse.intake.files.far_cells import without_far_cells
from warehouse.intake.files.faults import SheetNotes
from warehouse.intake.files.marks import Marks
from warehouse.intake.files.other_kinds import refuse_other_archives, refuse_other_kinds, rule_of_damaged
from warehouse.intake.files.sent_file import OLE_MARK, ZIP_MARK, SentFile
from warehouse.intake.files.unreadable import UnreadableError
from warehouse.text.citizen_numbers import public_sheet_names
from warehouse.text.vietnamese import normalise

CSV_SHEET = "csv"
# The template's own hidden sheet; importing its name would bring the writer of workbooks along.
TEMPLATE_LISTS_SHEET = "Danh mục"
MAX_UNCOMPRESSED_BYTES = 512 * 1024 * 1024
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_COMMENT = re.compile(r"#\s*(form)\s*=\s*([A-Za-z]{2})\b", re.IGNORECASE)
# The errors that readers raise on files that are not what they claim to be.
_BROKEN = (
    calamine.CalamineError,
    xlrd.XLRDError,
    xlrd.compdoc.CompDocError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
Merge = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet from its first used one. `first_row` and `first_column` count from 0.

    `row_numbers` are the sheet's own numbers of `rows`, from 1, where rows between them were taken out; without them the
    rows follow one another. `hidden_rows` are row numbers from 0, and `hidden_columns` spans of columns. `hidden_sheets`
    are the names of sheets that were not read; the first visible sheet has them. `comments` are the lines on top of a CSV
    that begin with `#`; `line_faults` are rules that lines of a CSV break, by row number.
    `marks` is what the look of the cells says; `far_cells` stand so far away that they were not read.
    """

    sheet: str
    rows: Sequence[Sequence[Any]]
    first_row: int = 0
    first_column: int = 0
    merges: Sequence[Merge] = ()
    declared_form: str | None = None
    is_csv: bool = False
    hidden_rows: Collection[int] = ()
    hidden_columns: Sequence[tuple[int, int]] = ()
    hidden_sheets: Sequence[str] = ()
    row_numbers: Sequence[int] | None = None
    comments: Sequence[str] = ()
    line_faults: Mapping[int, str] = field(default_factory=dict)
    marks: Marks = field(default_factory=Marks)
    far_cells: Sequence[str] = ()

    def numbered_rows(self, start: int) -> Iterator[tuple[int, Sequence[Any]]]:
        """Yield the rows from an index on, each with its number in the sheet, from 1."""
        if self.row_numbers is None:
            return enumerate(self.rows[start:], self.first_row + start + 1)
        return zip(self.row_numbers[start:], self.rows[start:], strict=True)


def read_grids(sent: SentFile) -> list[Grid]:
    """Return the visible sheets with any cell in them. Raises UnreadableError."""
    content = sent.content
    refuse_other_kinds(content)
    if content.startswith(ZIP_MARK):
        notes = _notes_in_zip(sent)
        far = {name: found.far_cells for name, found in notes.items() if found.far_cells}
        if far:
            with _as_unreadable():
                parts = cell_faults.sheet_parts(sent.archive)
                content = without_far_cells(sent.archive, {parts[name]: cells for name, cells in far.items()})
        return _read_workbook(content, notes)
    if content.startswith(OLE_MARK):
        try:
            with _as_unreadable():
                return _read_workbook(content, _notes_in_xls(content))
        except UnreadableError as error:
            if error.rule != "file_damaged":
                raise
            raise UnreadableError(rule_of_damaged(content)) from error
    opened = open_csv(content)
    faults: Faults = {}
    return [csv_grid(opened, list(rows_of(opened, faults)), faults)]


def csv_grid(opened: CsvText, rows: Sequence[Sequence[Any]], faults: Faults) -> Grid:
    """Return the rows of a CSV as its only sheet. A comment line at the top may declare the form."""
    first_number = len(opened.comments) + 1
    forms = [
        match.group(2).upper()
        for line in opened.comments
        if (match := _COMMENT.match(normalise(line))) and match[2]
    ]
    return Grid(
        CSV_SHEET,
        rows,
        first_row=len(opened.comments),
        declared_form=forms[-1] if forms else None,
        is_csv=True,
        comments=opened.comments,
        line_faults={first_number + index: rule for index, rule in faults.items()},
    )


@contextmanager
def _as_unreadable() -> Iterator[None]:
    """Turn any error of a reader on a broken file into an UnreadableError."""
    try:
        yield
    except calamine.PasswordError as error:
        raise UnreadableError("file_encrypted") from error
    except _BROKEN as error:
        # xlrd and zipfile name encryption only in the text of the error.
        raise UnreadableError("file_encrypted" if "encrypted" in str(error) else "file_damaged") from error
    except BaseException as error:
        # A panic in calamine's Rust code becomes a class that is no Exception and cannot be imported.
        if type(error).__name__ == "PanicException":
            raise UnreadableError("file_damaged") from error
        raise


def _notes_in_zip(sent: SentFile) -> dict[str, SheetNotes]:
    """Refuse a hostile archive; return the notes that calamine would not give. Raises UnreadableError."""
    with _as_unreadable():
        archive = sent.archive
        entries = archive.infolist()
        refuse_other_archives(archive)
        if sum(entry.file_size for entry in entries) > MAX_UNCOMPRESSED_BYTES:
            raise UnreadableError("file_too_large")
        if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
            raise UnreadableError("file_has_macros")
        notes = cell_faults.in_xlsx(archive) or cell_faults_ods.in_ods(archive)
        if cell_fonts.uses_legacy_fonts(archive):
            _add_texts(notes, cell_fonts.in_xlsx(sent.content))
        return notes


def _notes_in_xls(content: bytes) -> dict[str, SheetNotes]:
    # calamine tries one format after the other, and reports an encrypted file only as none of them.
    if _ENCRYPTED_PACKAGE in content:
        raise UnreadableError("file_encrypted")
    with _open_xls(content) as workbook:
        notes = cell_faults.in_xls(workbook)
        if cell_fonts.may_be_in_xls(content):
            _add_texts(notes, cell_fonts.in_xls(workbook))
        return notes


def _open_xls(content: bytes) -> xlrd.Book:
    """Open an .xls with fonts and hidden rows where xlrd understands the formatting, else with the cells alone."""
    silent = io.StringIO()
    try:
        return xlrd.open_workbook(file_contents=content, logfile=silent, formatting_info=True)
    except _BROKEN:
        return xlrd.open_workbook(file_contents=content, logfile=silent)


def _add_texts(notes: dict[str, SheetNotes], texts: dict[str, cell_fonts.SheetTexts]) -> None:
    for name, found in texts.items():
        sheet = notes.setdefault(name, SheetNotes())
        # An error or an uncalculated formula outweighs the font of its cell.
        sheet.texts = found | sheet.texts


def _read_workbook(content: bytes, notes: dict[str, SheetNotes]) -> list[Grid]:
    with _as_unreadable():
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = public_sheet_names(workbook.sheet_names)
        visible: list[str] = []
        hidden: list[str] = []
        for sheet in workbook.sheets_metadata:
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet:
                is_visible = sheet.visible == calamine.SheetVisibleEnum.Visible
                (visible if is_visible else hidden).append(sheet.name)
        grids = [
            replace(grid, sheet=names[name])
            for name in visible
            if (grid := _grid(workbook.get_sheet_by_name(name), notes.get(name)))
        ]
        reported = [names[name] for name in hidden if name != TEMPLATE_LISTS_SHEET]
        if reported and grids:
            grids[0] = replace(grids[0], hidden_sheets=reported)
        return grids


def _grid(sheet: calamine.CalamineSheet, notes: SheetNotes | None) -> Grid | None:
    if sheet.start is None:
        return None
    first_row, first_column = sheet.start
    # Cells above and left of the first used one are skipped, so that a cell far away costs nothing.
    rows = sheet.to_python()
    if notes is None:
        return Grid(sheet.name, rows, first_row, first_column, sheet.merged_cell_ranges or ())
    for (row, column), text in notes.texts.items():
        if 0 <= row - first_row < len(rows) and 0 <= column - first_column < len(rows[row - first_row]):
            rows[row - first_row][column - first_column] = text
    merges = sheet.merged_cell_ranges or ()
    return Grid(
        sheet.name,
        rows,
        first_row,
        first_column,
        merges,
        hidden_rows=notes.hidden_rows,
        hidden_columns=notes.hidden_columns,
        marks=notes.marks,
        far_cells=notes.far_cells,
    )
