"""From bytes to grids of cells. The format is told by the content; the file's name is not trusted."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import python_calamine as calamine
import xlrd

from warehouse.intake import cell_faults
from warehouse.intake.cell_faults import SheetFaults
from warehouse.text import normalise

CSV_SHEET = "csv"
MAX_UNCOMPRESSED_BYTES = 512 * 1024 * 1024
MAX_FIELD_CHARACTERS = 1_000_000
DELIMITERS = (",", ";", "\t")
# Lines looked at to tell the delimiter: title rows may hold commas of their own.
DELIMITER_SAMPLE_LINES = 40

_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
_COMMENT = re.compile(r"#\s*(form)\s*=\s*([A-Za-z]{2})\b", re.IGNORECASE)
Merge = tuple[tuple[int, int], tuple[int, int]]


class UnreadableError(Exception):
    """The file cannot be read at all; `rule` says why."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet from its first used one. `first_row` and `first_column` count from 0."""

    sheet: str
    rows: Sequence[Sequence[Any]]
    first_row: int = 0
    first_column: int = 0
    merges: Sequence[Merge] = ()
    declared_form: str | None = None
    is_csv: bool = False


def read_grids(content: bytes) -> list[Grid]:
    """The visible sheets with any cell in them. Raises UnreadableError."""
    if not content.strip():
        raise UnreadableError("file_empty")
    if content.startswith(_PDF):
        raise UnreadableError("file_is_pdf")
    if content.startswith(_ZIP):
        return _read_workbook(content, _faults_in_zip(content))
    if content.startswith(_OLE):
        return _read_workbook(content, {})
    return [_read_csv(content)]


def _faults_in_zip(content: bytes) -> dict[str, SheetFaults]:
    """Refuse what is hostile; tell of the cells that calamine would pass for blank."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > MAX_UNCOMPRESSED_BYTES:
                raise UnreadableError("file_too_large")
            if any(entry.filename.lower().endswith("vbaproject.bin") for entry in entries):
                raise UnreadableError("file_has_macros")
            return cell_faults.in_xlsx(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        OSError,
        ValueError,
        KeyError,
        RuntimeError,
    ) as error:
        raise UnreadableError("file_damaged") from error


def _read_workbook(content: bytes, faults: dict[str, SheetFaults]) -> list[Grid]:
    try:
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        if content.startswith(_OLE):
            faults = cell_faults.in_xls(content)
        visible = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.visible == calamine.SheetVisibleEnum.Visible
            and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        return [
            grid for name in visible if (grid := _grid(workbook.get_sheet_by_name(name), faults.get(name)))
        ]
    except calamine.PasswordError as error:
        raise UnreadableError("file_encrypted") from error
    except (calamine.CalamineError, xlrd.XLRDError, OSError, ValueError) as error:
        raise UnreadableError("file_damaged") from error
    except BaseException as error:
        # What a panic in calamine's Rust becomes is no Exception, and cannot be imported to be named.
        if type(error).__name__ == "PanicException":
            raise UnreadableError("file_damaged") from error
        raise


def _grid(sheet: calamine.CalamineSheet, faults: SheetFaults | None) -> Grid | None:
    if sheet.start is None:
        return None
    first_row, first_column = sheet.start
    # Cells above and left of the first used one are skipped, so that a far-off cell costs nothing.
    rows = sheet.to_python()
    for (row, column), text in (faults or {}).items():
        if 0 <= row - first_row < len(rows) and 0 <= column - first_column < len(rows[row - first_row]):
            rows[row - first_row][column - first_column] = text
    return Grid(sheet.name, rows, first_row, first_column, sheet.merged_cell_ranges or ())


def _read_csv(content: bytes) -> Grid:
    comments, _, rows = read_csv_text(content)
    forms = [
        match.group(2).upper() for line in comments if (match := _COMMENT.match(normalise(line))) and match[2]
    ]
    return Grid(
        CSV_SHEET, rows, first_row=len(comments), declared_form=forms[-1] if forms else None, is_csv=True
    )


def read_csv_text(content: bytes) -> tuple[list[str], str, list[list[str]]]:
    """`(comment lines at the top, delimiter, rows)` of a CSV. Raises UnreadableError."""
    text = decode(content)
    if "\x00" in text:
        raise UnreadableError("file_not_a_table")
    comments: list[str] = []
    while text.lstrip(" ").startswith("#"):
        line, _, text = text.partition("\n")
        comments.append(line.rstrip("\r"))
    delimiter = _delimiter(text)
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    try:
        return comments, delimiter, list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise UnreadableError("file_not_a_table") from error


def decode(content: bytes) -> str:
    """Text of a CSV: UTF-16 or UTF-8 by its mark, UTF-8 where it is valid, else Windows-1258."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Bytes without a letter in the code page become U+FFFD, and are asked back where they matter.
        return content.decode("cp1258", errors="replace")


def _delimiter(text: str) -> str:
    """The delimiter that parts the sampled lines into the most columns, most steadily."""
    lines = [line for line in text[:65_536].splitlines()[:DELIMITER_SAMPLE_LINES] if line.strip()]
    if lines and lines[0].lower().startswith("sep=") and lines[0][4:5] in DELIMITERS:
        return lines[0][4]

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        wide = [width for width in widths if width > 1]
        commonest = max(set(wide), key=wide.count) if wide else 0
        return wide.count(commonest) if wide else 0, commonest

    return max(DELIMITERS, key=agreement)
