"""Reads the rows of a CSV, and notes the lines whose quotes or delimiter are wrong.

A quote that is never closed would swallow all lines up to the next quote, so such a line is read by itself, and the lines
below it as if nothing had happened.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from warehouse.intake.files.csv_text import DELIMITERS, MAX_FIELD_CHARACTERS, CsvText
from warehouse.intake.files.unreadable import UnreadableError

QUOTE, DELIMITER = "csv_line_quote", "csv_line_delimiter"
# A file with more such lines is none that somebody typed.
MAX_FAULTS = 1000
MIN_COLUMNS = 3
# The rule that each faulty row breaks, by the row's index.
Faults = dict[int, str]


def rows_of(csv_text: CsvText, faults: Faults | None = None) -> Iterator[list[str]]:
    """Yield the rows of a CSV, and fill in `faults` on the way. Raises UnreadableError on the way."""
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    found: Faults = {} if faults is None else faults
    try:
        yield from _with_one_delimiter(csv_text.delimiter, _with_closed_quotes(csv_text, found), found)
    except csv.Error as error:
        is_too_long = "field limit" in str(error)
        raise UnreadableError("file_field_too_long" if is_too_long else "file_not_a_table") from error


def _with_closed_quotes(csv_text: CsvText, faults: Faults) -> Iterator[list[str]]:
    text, delimiter = csv_text.text, csv_text.delimiter
    stream = io.StringIO(text, newline="")
    if '"' not in text:
        yield from csv.reader(stream, delimiter=delimiter)
        return
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    index = width = 0
    while True:
        start, line_number = stream.tell(), reader.line_num
        row: list[str] | None
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = None
        if (
            row is not None
            and reader.line_num > line_number + 1
            and _swallows(text[start : stream.tell()], delimiter, width)
        ):
            row = None
        if row is None:
            stream.seek(start)
            row, is_faulty = _row_of_line(stream.readline(), delimiter)
            if is_faulty:
                _note(faults, index, QUOTE)
            reader = csv.reader(stream, delimiter=delimiter, strict=True)
        yield row
        index, width = index + 1, len(row)


def _swallows(record: str, delimiter: str, width: int) -> bool:
    """Whether a later line of a record has as many cells as a whole row: its quote was opened by mistake."""
    return width >= MIN_COLUMNS and any(
        line.count(delimiter) >= width - 1 for line in record.splitlines()[1:]
    )


def _row_of_line(line: str, delimiter: str) -> tuple[list[str], bool]:
    """Return the cells of one line by itself, and whether one of its quotes has no other."""
    line = line.rstrip("\r\n")
    if line.count('"') % 2:
        cells = line.replace('"', "").split(delimiter)
        if max(map(len, cells)) > MAX_FIELD_CHARACTERS:
            raise UnreadableError("file_field_too_long")
        return cells, True
    return next(csv.reader([line], delimiter=delimiter), []), False


def _with_one_delimiter(delimiter: str, rows: Iterator[list[str]], faults: Faults) -> Iterator[list[str]]:
    """Yield the rows, and those that are parted by another delimiter as what they mean."""
    others = [other for other in DELIMITERS if other != delimiter]
    width = 0
    for index, row in enumerate(rows):
        if row and len(row) != width >= MIN_COLUMNS:
            for other in others:
                if row[0].count(other) < MIN_COLUMNS - 1:
                    continue
                line = delimiter.join(row)
                parted = [] if "\n" in line or "\r" in line else next(csv.reader([line], delimiter=other), [])
                if len(parted) == width:
                    _note(faults, index, DELIMITER)
                    row = parted  # noqa: PLW2901 (the cells that the line means)
                    break
        yield row
        width = len(row) if len(row) >= MIN_COLUMNS else width


def _note(faults: Faults, index: int, rule: str) -> None:
    faults[index] = rule
    if len(faults) > MAX_FAULTS:
        raise UnreadableError("file_lines_broken")
