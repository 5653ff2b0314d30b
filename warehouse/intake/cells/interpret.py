"""Reads the cells of a table into rows: unit, period, indicator and values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from warehouse.forms.contract import Column
from warehouse.intake.cells import dates, numbers
from warehouse.intake.cells.figures_in_words import ask_about_headings, ask_about_measure, settle_words
from warehouse.intake.cells.lists import ListReading
from warehouse.intake.cells.marks import ask_about_marks
from warehouse.intake.cells.row import Row, clean_text
from warehouse.intake.cells.unit_and_period import UnitAndPeriodReading
from warehouse.intake.files.faults import ERROR_TEXTS, UNCALCULATED
from warehouse.intake.messages.findings import Issue
from warehouse.intake.tables.table import Table
from warehouse.reference.context import Context
from warehouse.reference.units.patterns import LOST
from warehouse.reference.units.register import SUGGESTION_SCORE
from warehouse.text.vietnamese import mend_misread, tone_key

# A formula that was never calculated says nothing; whether that matters depends on the indicator.
BLANK_CELLS = ("", None, UNCALCULATED)
_ANSWERED_BY_TYPE = ("unit", "period", "indicator")
# What a list puts before its items: `1.`, `2.1)`, `a)`, `IV.`, `-`, `+`, `*`.
_LIST_MARK = re.compile(r"^\s*(?:(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4}|[A-Za-zđĐ])\s*[.):/-]|[-+*•–])+\s*")
RowTest = Callable[[Sequence[Any]], bool]


def interpret(table: Table, context: Context) -> tuple[list[Row], list[Row]]:
    """Return `(rows that were filled in, rows that were left blank)`; blank rows have unit and period only."""
    rows, blanks = _split_blank(table)
    reading = Reading(table, context)
    for column in table.form.columns:
        if column.type not in _ANSWERED_BY_TYPE and not column.helper and column.name in table.columns:
            reading.convert(column, rows)
    for row in (*rows, *blanks):
        reading.unit_and_period.find(row)
    for column in table.form.columns:
        if column.type == "indicator":
            for row in (*rows, *blanks):
                reading.find_indicator(row, column)
        elif column.type == "list":
            for row in rows:
                reading.lists.look_up(row, column)
    if table.measures and not any(column.type == "indicator" for column in table.form.columns):
        for row in rows:
            ask_about_headings(row)
    for row in rows:
        if row.issues:
            reading.settle_whole(row)
    if table.marked:
        for row in rows:
            ask_about_marks(row)
    for row in rows:
        if row.is_faulty_line:
            _leave_unread(row)
    uncalculated = [row for row in blanks if reading.ask_for_calculation(row)]
    return rows + uncalculated, [row for row in blanks if row not in uncalculated]


def _leave_unread(row: Row) -> None:
    """Keep of a faulty line its unit and its period alone: its other cells may stand in wrong columns."""
    row.values = {}
    row.indicator = None
    row.is_not_applicable = False
    row.issues = [row.table.line_issues[row.number]]


def _split_blank(table: Table) -> tuple[list[Row], list[Row]]:
    is_filled_in, is_not_applicable = filled_in_tests(table)
    rows: list[Row] = []
    blanks: list[Row] = []
    for number, cells in zip(table.row_numbers, table.rows, strict=True):
        row = Row(table, number, cells)
        if is_filled_in(cells) or row.is_faulty_line:
            rows.append(row)
        elif is_not_applicable(cells):
            row.is_not_applicable = True
            rows.append(row)
        else:
            blanks.append(row)
    return rows, blanks


def filled_in_tests(table: Table) -> tuple[RowTest, RowTest]:
    """Return two tests of a row's cells: whether it has a figure, and whether its note says "not applicable".

    A row that passes neither was left blank.
    """
    filled_by = [table.columns[name] for name in table.form.filled_by if name in table.columns]
    note = table.columns.get("note")

    def is_filled_in(cells: Sequence[Any]) -> bool:
        for position in filled_by:
            cell = cells[position]
            if type(cell) is float or (cell not in BLANK_CELLS and str(cell).strip()):
                return True
        return False

    def is_not_applicable(cells: Sequence[Any]) -> bool:
        return note is not None and numbers.is_not_applicable(cells[note])

    return is_filled_in, is_not_applicable


def take_answer(row: Row, name: str, value: Any, issue: Issue | None) -> None:
    """Store the meaning of one cell in its row, as `Reading.read_cells` returned it."""
    if value is numbers.NOT_APPLICABLE:
        row.is_not_applicable = True
        value = None
    row.values[name] = value
    if issue is not None:
        row.issues.append(issue)


class Reading:
    """Reads the cells of one table, and asks the reference each distinct question once."""

    def __init__(self, table: Table, context: Context) -> None:
        self.table = table
        self.form = table.form
        self.reference = context.reference
        self.unit_and_period = UnitAndPeriodReading(table, context)
        self.lists = ListReading(table.form, context)
        self._indicators: dict[tuple[Any, Any], tuple[str | None, Issue | None]] = {}
        self._marks: dict[str, set[str]] = {}

    def convert(self, column: Column, rows: list[Row]) -> None:
        """Fill in a column whose cells can be understood without knowing the unit or the period."""
        position = self.table.columns[column.name]
        name = column.name
        values, issues = self.read_cells(column, [row.cells[position] for row in rows])
        for row, value, issue in zip(rows, values, issues, strict=True):
            take_answer(row, name, value, issue)

    def read_cells(
        self, column: Column, cells: Sequence[Any]
    ) -> tuple[Sequence[Any], Sequence[Issue | None]]:
        """Return the meaning of each cell of the column, and for each cell its issue or None."""
        name = column.name
        if not (column.is_numeric or column.type == "date"):
            values = [None if cell in ERROR_TEXTS else clean_text(cell) for cell in cells]
            return values, [_text_issue(name, cell) for cell in cells]
        if column.type == "date":
            return dates.convert(name, cells)
        found, issues = numbers.convert(name, cells, self.table.other_cells.get(name))
        if column.type == "integer":
            # A whole number becomes an int.
            found = [int(value) if type(value) is float and value.is_integer() else value for value in found]
        return found, issues

    def find_indicator(self, row: Row, column: Column) -> None:
        """Give the row its indicator by the code, or by the exact name where the code is missing."""
        question = (row.raw(column.name), row.raw("indicator_name"))
        if question not in self._indicators:
            self._indicators[question] = self._ask_indicator(column.name, *question)
        code, issue = self._indicators[question]
        row.values[column.name] = code
        row.indicator = self.reference.indicators[code] if code else None
        if issue is not None:
            row.issues.append(issue)
        ask_about_measure(row)
        if row.issues and code and self.reference.indicators[code].is_rate:
            # A rate is computed from its parts, so the template's own formula for it does not matter.
            row.issues = [found for found in row.issues if found[:2] != ("number_not_calculated", "value")]

    def ask_for_calculation(self, row: Row) -> bool:
        """Whether a row that looks blank has a formula whose result is missing and matters."""
        code = row.values.get("indicator_code")
        if code and self.reference.indicators[code].is_rate:
            return False
        names = [name for name in self.form.filled_by if row.raw(name) == UNCALCULATED]
        row.issues += [Issue("number_not_calculated", name) for name in names]
        return bool(names)

    def _ask_indicator(
        self, column: str, raw_code: object, raw_name: object
    ) -> tuple[str | None, Issue | None]:
        code, name = clean_text(raw_code), clean_text(raw_name)
        known = self.reference.indicators
        if code is None:
            by_name = self._named(name) if name else None
            if by_name:
                return by_name, None
            return None, _unknown_indicator(column, name, list(known)) if name else Issue(
                "indicator_missing", column
            )
        code = code.upper().replace(" ", "")
        if code not in known:
            return None, _unknown_indicator(column, code, list(known))
        if name and tone_key(name) != tone_key(known[code].name_vi) and self._named(name) != code:
            params = {"indicator": code, "expected": known[code].name_vi}
            return code, Issue("indicator_name_disagrees", "indicator_name", name, params=params)
        return code, None

    def _named(self, name: str) -> str | None:
        """Return the indicator of a name, whatever number or dash of a list stands before it."""
        by_name = self.reference.indicators_by_name
        return by_name.get(tone_key(name)) or by_name.get(tone_key(_LIST_MARK.sub("", name)))

    def settle_whole(self, row: Row) -> None:
        """Read `1.250` as 1250 where the row counts whole things, so that 1,25 cannot be meant. Elsewhere the issue stays.

        Judge a number with words beside it by the row's indicator in the same way.
        """
        settle_words(row)
        for index, issue in enumerate(row.issues):
            if issue.rule != "number_ambiguous" or not self._is_whole(row, str(issue.column)):
                continue
            name = str(issue.column)
            number = numbers.in_thousands(row.raw(name), self._decimal_marks(name))
            if number is not None:
                value = int(number) if self.form.by_name[name].type == "integer" else number
                row.values[name] = value
                row.issues[index] = Issue("number_read_as_whole", name, issue.found, value)

    def _is_whole(self, row: Row, name: str) -> bool:
        """Whether the cell can only be a whole number: by the type of its column, as a part of a rate, or as a count."""
        if self.form.by_name[name].type == "integer":
            return True
        indicator = row.indicator
        return indicator is not None and indicator.counts_whole_things and name in indicator.figures

    def _decimal_marks(self, name: str) -> set[str]:
        if name not in self._marks:
            position = self.table.columns[name]
            own = [row[position] for row in self.table.rows]
            self._marks[name] = numbers.decimal_marks(self.table.other_cells.get(name, own))
        return self._marks[name]


def _text_issue(name: str, cell: object) -> Issue | None:
    if cell in ERROR_TEXTS:
        return Issue("cell_error_value", name, cell)
    if not isinstance(cell, str) or cell.isascii():
        return None
    if LOST in cell:
        return Issue("text_lost_letters", name, cell)
    mended = mend_misread(cell)
    return Issue("text_misread", name, cell, mended) if mended != cell else None


def _unknown_indicator(column: str, found: str, codes: list[str]) -> Issue:
    # Imported here: most files have no such code.
    from rapidfuzz import process  # noqa: PLC0415

    similar = process.extractOne(found.upper(), codes, score_cutoff=SUGGESTION_SCORE)
    hint_vi = f" Có phải là {similar[0]}?" if similar else ""
    hint_en = f" Is {similar[0]} meant?" if similar else ""
    return Issue("indicator_unknown", column, found, params={"hint_vi": hint_vi, "hint_en": hint_en})
