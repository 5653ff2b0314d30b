"""The checks in the cells themselves: a spreadsheet refuses a wrong entry while it is typed, and says why in Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from warehouse.forms.contract import Column
from warehouse.templates.lists import Lists
from warehouse.templates.styles import PARTS_OF_A_RATE

FIRST_DATE, LAST_DATE = date(1990, 1, 1), date(2100, 12, 31)
# Excel refuses a workbook with a longer title or help.
MAX_TITLE_CHARACTERS, MAX_HELP_CHARACTERS = 32, 255
_NOT_APPLICABLE = 'LOWER(TRIM({cell}))="không áp dụng"'


def add_checks(
    sheet: Worksheet,
    columns: Sequence[Column],
    first: int,
    rows: Sequence[Mapping[str, Any]],
    lists: Lists,
) -> None:
    """Add the checks of all columns to the rows that an officer fills in."""
    last = first + len(rows) - 1
    places = {column.name: position for position, column in enumerate(columns)}
    for position, column in enumerate(columns):
        if column.prefilled:
            continue
        if column.name == "value":
            _add_value_checks(sheet, column, position, first, rows)
            continue
        check = _check_of(column, first, places, lists)
        if check:
            sheet.data_validation(first, position, last, position, _refusing(check, column))


def _add_value_checks(
    sheet: Worksheet, column: Column, position: int, first: int, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Counts are whole, scores may have decimals, and rates are not typed: each row has its own check."""
    for number, row in enumerate(rows, first):
        if row.get("_is_rate") is False:
            refusal = _number_check(xl_rowcol_to_cell(number, position), row["_is_whole"])
            sheet.data_validation(number, position, number, position, _refusing(refusal, column))


def _check_of(column: Column, first: int, places: Mapping[str, int], lists: Lists) -> dict[str, Any] | None:
    cell = xl_rowcol_to_cell(first, places[column.name])
    source = lists.range_of(column)
    if source:
        return {
            "validate": "list",
            "source": source,
            "error_message": "Hãy chọn một giá trị trong danh sách thả xuống.",
        }
    if column.type == "date":
        lowest = column.min if isinstance(column.min, date) else FIRST_DATE
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": lowest,
            "maximum": LAST_DATE,
            "error_message": f"Ghi ngày/tháng/năm, từ {lowest:%d/%m/%Y}.",
        }
    if column.name in PARTS_OF_A_RATE and set(PARTS_OF_A_RATE) <= set(places):
        top = xl_rowcol_to_cell(first, places["numerator"])
        bottom = xl_rowcol_to_cell(first, places["denominator"])
        order = f"OR(NOT(ISNUMBER({top})),NOT(ISNUMBER({bottom})),{top}<={bottom})"
        check = _number_check(cell, True)
        check["value"] = f"=OR({_NOT_APPLICABLE.format(cell=cell)},AND({_is_whole(cell)},{order}))"
        check["error_message"] = (
            "Ghi số nguyên từ 0 trở lên; tử số không lớn hơn mẫu số. Hoặc ghi: Không áp dụng."
        )
        return check
    if column.is_numeric:
        return _number_check(cell, column.type == "integer")
    return None


def _number_check(cell: str, is_whole: bool) -> dict[str, Any]:
    number = _is_whole(cell) if is_whole else f"IF(ISNUMBER({cell}),{cell}>=0,FALSE)"
    kind = "số nguyên" if is_whole else "số"
    return {
        "validate": "custom",
        "value": f"=OR({_NOT_APPLICABLE.format(cell=cell)},{number})",
        "error_message": f"Ghi {kind} từ 0 trở lên, hoặc ghi: Không áp dụng.",
    }


def _is_whole(cell: str) -> str:
    return f"IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),FALSE)"


def _refusing(check: dict[str, Any], column: Column) -> dict[str, Any]:
    """The check with its title, and with the help that shows while the cell is chosen."""
    titles = {
        "error_title": column.heading_vi[:MAX_TITLE_CHARACTERS],
        "input_title": column.heading_vi[:MAX_TITLE_CHARACTERS],
    }
    return check | titles | {"input_message": column.help_vi[:MAX_HELP_CHARACTERS]}
