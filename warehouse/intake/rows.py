"""From a table's cells to rows with meaning: which unit, which period, which indicator, which value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from rapidfuzz import process

from warehouse import periods
from warehouse.forms.contract import Column
from warehouse.intake import dates, numbers
from warehouse.intake.cell_faults import ERROR_TEXTS, UNCALCULATED
from warehouse.intake.coded import CodedRows
from warehouse.intake.findings import Issue, as_text
from warehouse.intake.row import Row, clean_text
from warehouse.intake.table import Table
from warehouse.intake.unit_issues import unit_issue
from warehouse.name_patterns import LOST
from warehouse.reference import Context
from warehouse.text import tone_key
from warehouse.units import SUGGESTION_SCORE, UnitMatch, UnitVersion, code_as_text

# A formula that was never calculated says nothing yet; whether that matters depends on the indicator.
BLANK_CELLS = ("", None, UNCALCULATED)
_WHO = ("unit_code", "unit_name", "parent_name")
_ANSWERED_BY_TYPE = ("unit", "period", "indicator")
# Names by code of what a list takes; the Vietnamese one first.
Choices = dict[str, tuple[str, ...]]
# Unit, period, and what is to be told of either.
Place = tuple[UnitVersion | None, periods.Period | None, list[Issue]]
# How a unit is not found on a day before its own beginning: by code, by code and name, by name.
_NOT_YET_BORN = ("unit_not_alive", "unit_new_list", "unit_unknown")


def interpret(table: Table, context: Context, whole: Table | None = None) -> tuple[list[Row], list[Row]]:
    """`(rows that were filled in, rows that were left blank)`; the latter have unit and period only.

    `whole` is the table of which this one is a part: by all of its cells it is told which way numbers are written.
    """
    rows, blanks = _split_blank(table)
    reading = Reading(table, context, whole)
    for column in table.form.columns:
        if column.type not in _ANSWERED_BY_TYPE and not column.helper and column.name in table.columns:
            reading.convert(column, rows)
    for row in (*rows, *blanks):
        reading.place(row)
    for column in table.form.columns:
        if column.type == "indicator":
            for row in (*rows, *blanks):
                reading.find_indicator(row, column)
        elif column.type == "list":
            for row in rows:
                reading.look_up(row, column)
    for row in rows:
        if row.issues:
            reading.settle_whole(row)
    uncalculated = [row for row in blanks if reading.ask_for_calculation(row)]
    return rows + uncalculated, [row for row in blanks if row not in uncalculated]


def _split_blank(table: Table) -> tuple[list[Row], list[Row]]:
    filled_by = [table.columns[name] for name in table.form.filled_by if name in table.columns]
    note = table.columns.get("note")
    rows: list[Row] = []
    blanks: list[Row] = []
    for number, cells in zip(table.row_numbers, table.rows, strict=True):
        row = Row(table, number, cells)
        is_filled = False
        for position in filled_by:
            cell = cells[position]
            if type(cell) is float or (cell not in BLANK_CELLS and str(cell).strip()):
                is_filled = True
                break
        if not is_filled and note is not None and numbers.is_not_applicable(cells[note]):
            is_filled = row.is_not_applicable = True
        (rows if is_filled else blanks).append(row)
    return rows, blanks


def take_answer(row: Row, name: str, value: Any, issue: Issue | None) -> None:
    """Give the row what one of its cells means, as `Reading.read_cells` says it."""
    if value is numbers.NOT_APPLICABLE:
        row.is_not_applicable = True
        value = None
    row.values[name] = value
    if issue is not None:
        row.issues.append(issue)


class Reading:
    """Answers for one table, each distinct question asked of the reference once."""

    def __init__(self, table: Table, context: Context, whole: Table | None = None) -> None:
        self.table = table
        self.whole = whole
        self.form = table.form
        self.reference = context.reference
        self.as_of_date = context.as_of_date
        self._units: dict[tuple[Any, ...], tuple[UnitVersion | None, Issue | None]] = {}
        self._periods: dict[Any, periods.Period | None] = {}
        self._indicators: dict[tuple[Any, Any], tuple[str | None, Issue | None]] = {}
        self._lists: dict[tuple[Any, ...], tuple[str | None, Issue | None]] = {}
        self._marks: dict[str, set[str]] = {}
        self._places: dict[tuple[Any, ...], Place] = {}
        place_columns = (*_WHO, self.form.dated_by)
        self._place_columns = [table.columns[name] for name in place_columns if name in table.columns]

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
        """What each cell of the column means, and beside it what is to be told of it."""
        name = column.name
        if column.type not in ("number", "integer", "date"):
            values = [None if cell in ERROR_TEXTS else clean_text(cell) for cell in cells]
            return values, [_text_issue(name, cell) for cell in cells]
        if column.type == "date":
            return dates.convert(name, cells)
        found, issues = numbers.convert(name, cells, self._cells_of_whole(name))
        if column.type == "integer":
            # A whole number is kept as one.
            found = [int(value) if type(value) is float and value.is_integer() else value for value in found]
        return found, issues

    def _cells_of_whole(self, name: str) -> Sequence[Any] | None:
        if self.whole is None:
            return None
        rows, position = self.whole.rows, self.whole.columns[name]
        return (
            rows.columns[position].cells if isinstance(rows, CodedRows) else [row[position] for row in rows]
        )

    def place(self, row: Row) -> None:
        """Find the row's period (or the month of its date) and then the unit alive at that time."""
        if self.form.atom != "whole":
            self._ask_for_place(row)
            return
        # Where no date of the row's own matters, rows with the same cells have the same place, and the same is told.
        question = tuple([row.cells[position] for position in self._place_columns])
        answer = self._places.get(question)
        if answer is None:
            told = len(row.issues)
            self._ask_for_place(row)
            self._places[question] = row.unit, row.period, row.issues[told:]
        else:
            row.unit, row.period, issues = answer
            row.issues += issues

    def _ask_for_place(self, row: Row) -> None:
        if self.form.atom == "whole":
            on_date = self.place_in_period(row)
        else:
            dated = self.form.date_of(row.values)
            on_date = dated or self.as_of_date
            row.period = periods.from_code(f"{dated:%Y-%m}") if dated else None
        unit, issue = self.unit_of(row, on_date)
        if (
            issue
            and issue.rule in _NOT_YET_BORN
            and self.form.successor_may_report
            and on_date < self.as_of_date
        ):
            # What an older unit left open is carried on by its successor, under the older date.
            unit_today, issue_today = self.unit_of(row, self.as_of_date)
            unit, issue = (unit_today, None) if issue_today is None else (unit, issue)
        row.unit = unit
        if issue is not None:
            row.issues.append(issue)

    def place_in_period(self, row: Row) -> date:
        """Find the row's period; the day on which its unit has to be alive."""
        name = self.form.dated_by
        raw = row.raw(name)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            row.period = self.table.head_period
            if row.period is None:
                row.issues.append(Issue("period_missing", name))
                return self.as_of_date
        else:
            if raw not in self._periods:
                self._periods[raw] = periods.from_cell(raw)
            row.period = self._periods[raw]
            if row.period is None:
                row.issues.append(Issue("period_unreadable", name, raw))
                row.period = self.table.head_period
                return row.period.end_date if row.period else self.as_of_date
        if row.period.start_date > self.as_of_date:
            params = {"today": as_text(self.as_of_date)}
            row.issues.append(Issue("period_in_future", name, row.period.code, params=params))
        elif row.period.code not in self.reference.period_codes:
            row.issues.append(Issue("period_unknown", name, row.period.code))
        return row.period.end_date

    def unit_of(self, row: Row, on_date: date) -> tuple[UnitVersion | None, Issue | None]:
        """The unit that the row's code and names mean on that day, or what to ask."""
        code, name, parent = map(row.raw, _WHO)
        head = self.table.head_unit
        if head and not code_as_text(code) and not clean_text(name):
            code, name = head.code, head.name
        question = (code, name, parent, on_date)
        if question not in self._units:
            unit, issue = self._ask(code, clean_text(name), clean_text(parent), on_date)
            if unit and head and (whose := self._head_unit(on_date)) and not self._is_in_scope(unit, whose):
                found = " – ".join(text for text in (code_as_text(code), clean_text(name)) if text)
                unit, issue = (
                    None,
                    Issue("unit_outside_title", "unit_code", found, params={"head": whose.unit_name}),
                )
            self._units[question] = unit, issue
        unit, issue = self._units[question]
        if unit is None and head:
            # A sheet made for one unit: a row with a wrong code still stands and falls with that unit's report.
            return self._head_unit(on_date), issue
        return unit, issue

    def _ask(
        self, code: object, name: str | None, parent: str | None, on_date: date
    ) -> tuple[UnitVersion | None, Issue | None]:
        units = self.reference.units
        match: UnitMatch = units.resolve(code, name, parent, on_date)
        if match.unit_key:
            return units.get(match.unit_key), None
        found = " – ".join(text for text in (code_as_text(code), name, parent) if text)
        return None, unit_issue(units, match, found, has_code=bool(code_as_text(code)), on_date=on_date)

    def _head_unit(self, on_date: date) -> UnitVersion | None:
        head = self.table.head_unit
        assert head is not None  # noqa: S101 (asked only where there is one)
        match = self.reference.units.resolve(head.code, head.name, None, on_date)
        return self.reference.units.get(match.unit_key) if match.unit_key else None

    def _is_in_scope(self, unit: UnitVersion, head: UnitVersion) -> bool:
        """Whether a sheet of the head's may speak of the unit: itself and those below it. A body compiles what belongs to
        its territory.
        """
        units = self.reference.units
        scope = next((up for up in (head, *units.ancestors(head)) if up.level != "body"), head)
        keys = {head.unit_key, scope.unit_key}
        return unit.unit_key in keys or any(up.unit_key in keys for up in units.ancestors(unit))

    def find_indicator(self, row: Row, column: Column) -> None:
        """The indicator by its code, or by its exact name where the code is missing."""
        question = (row.raw(column.name), row.raw("indicator_name"))
        if question not in self._indicators:
            self._indicators[question] = self._ask_indicator(column.name, *question)
        code, issue = self._indicators[question]
        row.values[column.name] = code
        row.indicator = self.reference.indicators[code] if code else None
        if issue is not None:
            row.issues.append(issue)
        if row.issues and code and self.reference.indicators[code].is_rate:
            # A rate is worked out from its parts: that the template's own formula was not, does not matter.
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
            by_name = self.reference.indicators_by_name.get(tone_key(name)) if name else None
            if by_name:
                return by_name, None
            return None, _unknown_indicator(column, name, list(known)) if name else Issue(
                "indicator_missing", column
            )
        code = code.upper().replace(" ", "")
        if code not in known:
            return None, _unknown_indicator(column, code, list(known))
        if name and tone_key(name) != tone_key(known[code].name_vi):
            params = {"indicator": code, "expected": known[code].name_vi}
            return code, Issue("indicator_name_disagrees", "indicator_name", name, params=params)
        return code, None

    def settle_whole(self, row: Row) -> None:
        """Take `1.250` for 1250 where the row counts whole things: 1,25 cannot be meant. What may have decimals is asked."""
        for place, issue in enumerate(row.issues):
            if issue.rule != "number_ambiguous" or not self._is_whole(row, str(issue.column)):
                continue
            name = str(issue.column)
            number = numbers.in_thousands(row.raw(name), self._decimal_marks(name))
            if number is not None:
                value = int(number) if self.form.by_name[name].type == "integer" else number
                row.values[name] = value
                row.issues[place] = Issue("number_read_as_whole", name, issue.found, value)

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
            self._marks[name] = numbers.decimal_marks(self._cells_of_whole(name) or own)
        return self._marks[name]

    def look_up(self, row: Row, column: Column) -> None:
        """A value of a list, by its code or its Vietnamese name, valid at the row's date in its unit's scope."""
        text = row.values.get(column.name)
        if text is None:
            return
        on_date = self.form.date_of(row.values) or self.as_of_date
        question = (column.name, text, on_date, row.unit and row.unit.unit_key)
        if question not in self._lists:
            self._lists[question] = self._ask_list(column, text, on_date, row.unit)
        row.values[column.name], issue = self._lists[question]
        if issue is not None:
            row.issues.append(issue)

    def _ask_list(
        self, column: Column, text: str, on_date: date, unit: UnitVersion | None
    ) -> tuple[str | None, Issue | None]:
        if column.values is not None:
            choices: Choices = {code: (name,) for code, name in column.values.items()}
            everywhere = choices
        else:
            assert column.list is not None  # noqa: S101 (the contract says so)
            items = self.reference.list_items_at(column.list, on_date, unit)
            choices = {item.code: (item.name_vi, *item.other_names) for item in items}
            everywhere = {
                item.code: (item.name_vi, *item.other_names)
                for item in self.reference.list_items(column.list)
            }
        code = _choice(choices, text)
        if code:
            return code, None
        params = {"choices": "; ".join(names[0] for names in choices.values()), "on_date": as_text(on_date)}
        rule = "list_value_not_valid" if _choice(everywhere, text) else "list_value_unknown"
        return None, Issue(rule, column.name, text, params=params)


def _text_issue(name: str, cell: object) -> Issue | None:
    if cell in ERROR_TEXTS:
        return Issue("cell_error_value", name, cell)
    return Issue("text_lost_letters", name, cell) if isinstance(cell, str) and LOST in cell else None


def _choice(choices: Choices, text: str) -> str | None:
    """The code of a choice: by code, by a name, or by the words that end one Vietnamese name only (`Kinh tế` for
    `Phát triển kinh tế`, `Tỉnh` for `Cấp tỉnh`)."""
    key = tone_key(text)
    for code, names in choices.items():
        if any(key == tone_key(name) for name in (code, *names)):
            return code
    ending = [code for code, names in choices.items() if tone_key(names[0]).endswith(f" {key}")]
    return ending[0] if len(ending) == 1 else None


def _unknown_indicator(column: str, found: str, codes: list[str]) -> Issue:
    similar = process.extractOne(found.upper(), codes, score_cutoff=SUGGESTION_SCORE)
    hint_vi = f" Có phải là {similar[0]}?" if similar else ""
    hint_en = f" Is {similar[0]} meant?" if similar else ""
    return Issue("indicator_unknown", column, found, params={"hint_vi": hint_vi, "hint_en": hint_en})
