"""The tables of a pack as CSV for machines and as one workbook for people; no text can be taken for a formula."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO

import pandas as pd
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from warehouse.inspection.content import MARTS
from warehouse.release.dictionary import vietnamese_name
from warehouse.text.vietnamese import neutralise

SHEET_ROWS = 100_000
"""A sheet holds no more rows than this; the CSV has all of them, and the index says how many there are."""
_WIDTH = 18
_NAMES_OF_FILES = {"state": "Tình trạng", "name_in_pack": "Tên trong hồ sơ", "report_count": "Số báo cáo"}


def csv_bytes(table: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8 with a mark that Excel needs; a missing value is blank."""
    safe = pd.DataFrame(
        {name: [_plain(value) for value in table[name]] for name in table.columns}, dtype=object
    )
    text: str = safe.to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def workbook_bytes(
    tables: Mapping[str, pd.DataFrame], titles: Mapping[str, str], notes: Sequence[str], made_at: datetime
) -> bytes:
    """Return a workbook with the notes on its first sheet and one sheet a table; equal tables give equal bytes."""
    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": made_at})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        front = book.add_worksheet("Mục lục")
        front.set_column(0, 0, 110)
        for number, note in enumerate(notes):
            front.write_string(number, 0, neutralise(note))
        for name, table in tables.items():
            sheet = book.add_worksheet(titles[name][:31])
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, max(len(table.columns) - 1, 0), _WIDTH)
            for place, column in enumerate(table.columns):
                sheet.write_string(0, place, _heading(name, column), bold)
            for place, column in enumerate(table.columns):
                _write_column(sheet, place, table[column].head(SHEET_ROWS))
    return stream.getvalue()


def _write_column(sheet: Worksheet, place: int, values: pd.Series) -> None:
    for number, value in enumerate(map(_plain, values), start=1):
        if isinstance(value, bool):
            sheet.write_string(number, place, "có" if value else "không")
        elif isinstance(value, int | float):
            sheet.write_number(number, place, value)
        elif value is not None:
            sheet.write_string(number, place, value)


def _heading(table: str, column: str) -> str:
    """Return the Vietnamese name of a column over its name in the database, by which the CSV has it."""
    name = _NAMES_OF_FILES.get(column) or vietnamese_name(MARTS.get(table, ""), column)
    return f"{name}\n{column}" if name else column


def _plain(value: object) -> str | int | float | bool | None:
    """Return a value as text or number: dates as 2026-10-31, times as UTC, and no text that starts a formula."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, pd.Timestamp | datetime):
        return value.date().isoformat() if value == value.normalize() else value.isoformat(timespec="seconds")  # type: ignore[union-attr]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return neutralise(value)
    if hasattr(value, "item"):
        value = value.item()
    return value if isinstance(value, bool | int | float) else neutralise(str(value))
