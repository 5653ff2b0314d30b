"""The sheet of one form in a template: title, header, rows, checks and page set-up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from math import ceil
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from warehouse.forms.contract import Column, Form
from warehouse.forms.how_sent import CHOICES_VI, LABEL_VI, WHOLE
from warehouse.reference import periods
from warehouse.reference.units.register import UnitVersion
from warehouse.templates.cell_checks import add_checks
from warehouse.templates.lists import Lists
from warehouse.templates.styles import Styles, entry_style

A4 = 9
TITLE_ROWS = 4
PERIOD_ROW = 2
# The column of the choice between a whole report and a correction; its label stands in the column before.
HOW_SENT_COLUMN = 4
# Excel shows at most 255 characters.
HOW_SENT_HELP_VI = (
    "Khi gửi lại cho cùng đơn vị và kỳ: “thay toàn bộ” thì dòng không có trong tệp này bị rút;"
    " “chỉ sửa các dòng có trong tệp” thì các dòng khác đã gửi được giữ nguyên."
)
TALL_ROW = 32
LINE_HEIGHT = 15.75
# A column's width counts digits; Vietnamese letters with their marks take somewhat more room.
WIDE_LETTERS = 1.1
SHOWN_DECIMALS = 2
Values = Mapping[str, Any]


class Shared(NamedTuple):
    """The things that all sheets of a workbook have in common."""

    styles: Styles
    lists: Lists
    unit: UnitVersion
    period: periods.Period
    notice: str | None


def write_form(sheet: Worksheet, form: Form, rows: Sequence[Values], shared: Shared) -> None:
    """Write the sheet of one form; `rows` are its values before anyone types."""
    columns = [column for column in form.columns if column.in_template]
    header = _write_head(sheet, form, len(columns) - 1, shared)
    if form.is_accepted_whole:
        _write_how_sent(sheet, columns, shared.styles)
    for position, column in enumerate(columns):
        sheet.set_column(position, position, column.width)
        star = " *" if column.required else ""
        sheet.write_string(header, position, f"{column.heading_vi}{star}", shared.styles.heading)
    sheet.set_row(header, TALL_ROW)
    cells = _Cells(sheet, columns, shared)
    for number, row in enumerate(rows, header + 1):
        cells.write_row(number, row)
        sheet.set_row(number, LINE_HEIGHT * _lines_needed(columns, row))
    add_checks(sheet, columns, header + 1, rows, shared.lists)
    _set_up_page(sheet, header, header + len(rows), len(columns) - 1)


def _write_head(sheet: Worksheet, form: Form, last_column: int, shared: Shared) -> int:
    """Title, unit, period and how to fill in; returns the row in which the headings go."""
    unit, period, styles = shared.unit, shared.period, shared.styles
    sheet.write_string(0, 0, f"{form.name_vi.upper()} ({form.code})", styles.title)
    sheet.write_string(1, 0, f"Đơn vị báo cáo: {unit.unit_name} (mã: {unit.unit_code})", styles.strong)
    sheet.write_string(
        PERIOD_ROW, 0, f"Kỳ báo cáo: {periods.label_vi(period.code)} ({period.code})", styles.strong
    )
    sheet.merge_range(TITLE_ROWS - 1, 0, TITLE_ROWS - 1, last_column, form.how_to_fill_vi, styles.hint)
    sheet.set_row(TITLE_ROWS - 1, TALL_ROW)
    if shared.notice is None:
        return TITLE_ROWS
    sheet.merge_range(TITLE_ROWS, 0, TITLE_ROWS, last_column, shared.notice, styles.notice)
    return TITLE_ROWS + 1


def _write_how_sent(sheet: Worksheet, columns: Sequence[Column], styles: Styles) -> None:
    """Write the choice between a whole report and a correction, beside the period, in as many columns as its words need."""
    words = list(CHOICES_VI.values())
    last, width = HOW_SENT_COLUMN, columns[HOW_SENT_COLUMN].width
    while width < max(map(len, words)) * WIDE_LETTERS:
        last += 1
        width += columns[last].width
    sheet.write_string(PERIOD_ROW, HOW_SENT_COLUMN - 1, f"{LABEL_VI}:", styles.label)
    if last > HOW_SENT_COLUMN:
        sheet.merge_range(PERIOD_ROW, HOW_SENT_COLUMN, PERIOD_ROW, last, CHOICES_VI[WHOLE], styles.text)
    else:
        sheet.write_string(PERIOD_ROW, HOW_SENT_COLUMN, CHOICES_VI[WHOLE], styles.text)
    check = {
        "validate": "list",
        "source": words,
        "error_title": LABEL_VI,
        "error_message": "Hãy chọn một cách gửi trong danh sách thả xuống.",
        "input_title": LABEL_VI,
        "input_message": HOW_SENT_HELP_VI,
    }
    sheet.data_validation(PERIOD_ROW, HOW_SENT_COLUMN, PERIOD_ROW, HOW_SENT_COLUMN, check)


def _lines_needed(columns: Sequence[Column], row: Values) -> int:
    """How many lines the longest text of a row takes. Not every spreadsheet makes room by itself."""
    return (
        max(ceil(len(str(row.get(column.name) or "")) * WIDE_LETTERS / column.width) for column in columns)
        or 1
    )


class _Cells:
    """Writes values into one sheet, each in the style of its column."""

    def __init__(self, sheet: Worksheet, columns: Sequence[Column], shared: Shared) -> None:
        self._sheet = sheet
        self._columns = columns
        self._places = {column.name: position for position, column in enumerate(columns)}
        self._styles = shared.styles
        self._lists = shared.lists

    def write_row(self, number: int, row: Values) -> None:
        for position, column in enumerate(self._columns):
            value = row.get(column.name)
            style = entry_style(column, row, self._styles)
            if column.name == "value" and row.get("_is_rate") and _agrees_with_parts(row):
                self._write_rate(number, position, row)
            elif value is None or value == "":
                self._sheet.write_blank(number, position, None, style)
            elif isinstance(value, date):
                self._sheet.write_datetime(number, position, datetime.combine(value, time()), style)
            elif isinstance(value, int | float):
                self._sheet.write_number(number, position, value, style)
            else:
                self._sheet.write_string(number, position, self._lists.name_of(column, str(value)), style)

    def _write_rate(self, number: int, position: int, row: Values) -> None:
        """Write a rate as a formula of its parts, and its result beside it for readers that do not calculate."""
        top = xl_rowcol_to_cell(number, self._places["numerator"])
        bottom = xl_rowcol_to_cell(number, self._places["denominator"])
        quotient = f"ROUND({top}/{bottom}*100,{SHOWN_DECIMALS})"
        formula = f'=IF(AND(ISNUMBER({top}),ISNUMBER({bottom})),IF({bottom}>0,{quotient},""),"")'
        shown = _rate(row)
        self._sheet.write_formula(
            number, position, formula, self._styles.locked_decimal, "" if shown is None else shown
        )


def _rate(row: Values) -> float | None:
    numerator, denominator = row.get("numerator"), row.get("denominator")
    if not isinstance(numerator, int | float) or not isinstance(denominator, int | float) or denominator <= 0:
        return None
    return round(100 * numerator / denominator, SHOWN_DECIMALS)


def _agrees_with_parts(row: Values) -> bool:
    """Whether the formula shows the value of the row. Where it does not, the value itself is written."""
    value, rate = row.get("value"), _rate(row)
    if value is None or value == "":
        return True
    return isinstance(value, int | float) and rate is not None and abs(value - rate) < 10**-SHOWN_DECIMALS


def _set_up_page(sheet: Worksheet, header: int, last_row: int, last_column: int) -> None:
    sheet.freeze_panes(header + 1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(header)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&F&RTrang &P/&N")
    sheet.print_area(0, 0, last_row, last_column)
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True})
