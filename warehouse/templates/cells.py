"""What a template's cells look like, which of them may be typed in, and what is checked while typing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from warehouse.forms.contract import Column
from warehouse.reference import periods
from warehouse.reference.context import Reference
from warehouse.reference.units.register import UnitVersion

INK, HEADER_FILL, LOCKED_FILL, LINE, NOTICE_INK = "#1F2933", "#DCE3EA", "#F1F3F5", "#9AA5B1", "#C4501B"
FIRST_DATE, LAST_DATE = date(1990, 1, 1), date(2100, 12, 31)
_PARTS = ("numerator", "denominator")
_NOT_APPLICABLE = 'LOWER(TRIM({cell}))="không áp dụng"'


class Styles:
    """The few cell formats of a workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        def style(**properties: Any) -> Format:
            base = {"font_name": "Times New Roman", "font_size": 11, "font_color": INK, "valign": "vcenter"}
            return workbook.add_format(base | properties)

        box = {"border": 1, "border_color": LINE}
        locked = box | {"bg_color": LOCKED_FILL}
        typed = box | {"locked": False}
        self.title = style(bold=True, font_size=14)
        self.strong = style(bold=True)
        self.plain = style()
        self.hint = style(italic=True, text_wrap=True)
        self.notice = style(bold=True, font_color=NOTICE_INK, text_wrap=True)
        self.heading = style(bold=True, text_wrap=True, align="center", bg_color=HEADER_FILL, **box)
        self.locked = style(text_wrap=True, **locked)
        self.locked_code = style(num_format="@", **locked)
        self.locked_decimal = style(num_format="#,##0.00", **locked)
        self.text = style(text_wrap=True, **typed)
        self.code = style(num_format="@", **typed)
        self.whole = style(num_format="#,##0", **typed)
        self.decimal = style(num_format="#,##0.00", **typed)
        self.day = style(num_format="dd/mm/yyyy", **typed)


class Lists:
    """The hidden sheet of lists: what drop-downs offer, in Vietnamese."""

    def __init__(
        self,
        sheet: Worksheet,
        sheet_name: str,
        reference: Reference,
        unit: UnitVersion,
        period: periods.Period,
    ) -> None:
        self._sheet = sheet
        self._sheet_name = sheet_name
        self._reference = reference
        self._unit = unit
        self._on_date = period.end_date
        self._ranges: dict[tuple[str, ...], str] = {}
        sheet.hide()

    def choices(self, column: Column) -> dict[str, str]:
        """Name by code of what a list column takes; empty for other columns."""
        if column.values is not None:
            return dict(column.values)
        if column.list is not None:
            items = self._reference.list_items_at(column.list, self._on_date, self._unit)
            return {item.code: item.name_vi for item in items}
        if column.type == "phase":
            known = sorted(self._reference.period_codes, reverse=True)
            phases = [item for item in map(periods.from_code, known) if item and item.period_type == "phase"]
            return {item.code: item.code for item in phases if item.end_date >= self._on_date} or {
                item.code: item.code for item in phases
            }
        return {}

    def name_of(self, column: Column, value: str) -> str:
        """What the sender reads for a code; other texts as they are."""
        return self.choices(column).get(value, value) if column.type == "list" else value

    def range_of(self, column: Column) -> str | None:
        """The cells that hold the column's choices, written on first use."""
        choices = self.choices(column)
        if not choices:
            return None
        # By what is offered, not by the column's name: forms share columns, and some names mean different lists.
        offered = tuple(choices.values())
        if offered not in self._ranges:
            position = len(self._ranges)
            self._sheet.write_string(0, position, column.heading_vi)
            self._sheet.write_column(1, position, offered)
            letters = xl_col_to_name(position)
            self._ranges[offered] = f"='{self._sheet_name}'!${letters}$2:${letters}${len(choices) + 1}"
        return self._ranges[offered]


def entry_style(column: Column, row: Mapping[str, Any], styles: Styles) -> Format:
    """The look of a cell, and whether it may be typed in."""
    is_rate = row.get("_is_rate")
    if column.prefilled or (is_rate is False and column.name in _PARTS):
        return styles.locked_code if column.type in ("unit", "period", "indicator") else styles.locked
    if column.type == "number":
        return styles.whole if column.name in _PARTS or row.get("_is_whole") else styles.decimal
    if column.type == "integer":
        return styles.whole
    if column.type == "date":
        return styles.day
    return styles.code if column.type in ("code", "phase") else styles.text


def add_checks(
    sheet: Worksheet,
    columns: Sequence[Column],
    first: int,
    rows: Sequence[Mapping[str, Any]],
    lists: Lists,
) -> None:
    """Checks in the cells themselves, with the reason in Vietnamese."""
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
    """Counts are whole, scores may be broken, and rates are not typed: each row has its own check."""
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
    if column.name in _PARTS and set(_PARTS) <= set(places):
        top = xl_rowcol_to_cell(first, places["numerator"])
        bottom = xl_rowcol_to_cell(first, places["denominator"])
        order = f"OR(NOT(ISNUMBER({top})),NOT(ISNUMBER({bottom})),{top}<={bottom})"
        check = _number_check(cell, True)
        check["value"] = f"=OR({_NOT_APPLICABLE.format(cell=cell)},AND({_is_whole(cell)},{order}))"
        check["error_message"] = (
            "Ghi số nguyên từ 0 trở lên; tử số không lớn hơn mẫu số. Hoặc ghi: Không áp dụng."
        )
        return check
    if column.type in ("number", "integer"):
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
    """The check with its title and with help while the cell is chosen (Excel takes 32 and 255 characters)."""
    titles = {"error_title": column.heading_vi[:32], "input_title": column.heading_vi[:32]}
    return check | titles | {"input_message": column.help_vi[:255]}
