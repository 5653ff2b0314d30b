"""The unit and the period that a row belongs to. The period comes first: a code may mean different units over time."""

from __future__ import annotations

from datetime import date
from typing import Any

from warehouse.intake.cells.row import Row, clean_text
from warehouse.intake.cells.unit_issues import unit_issue
from warehouse.intake.messages.findings import Issue, as_text
from warehouse.intake.sheets.table import Table
from warehouse.reference import periods
from warehouse.reference.context import Context
from warehouse.reference.units.register import UnitMatch, UnitVersion, code_as_text

# The columns that name the unit.
UNIT_COLUMNS = ("unit_code", "unit_name", "parent_name")
# Unit, period, and the issues of either.
Answer = tuple[UnitVersion | None, periods.Period | None, list[Issue]]
# The rules that a unit breaks on a day before its own beginning: by code, by code and name, by name.
_NOT_YET_BORN = ("unit_not_alive", "unit_new_list", "unit_unknown")


class UnitAndPeriodReading:
    """Finds the units and periods of one table's rows, and asks the reference each distinct question once."""

    def __init__(self, table: Table, context: Context) -> None:
        self._table = table
        self._form = table.form
        self._reference = context.reference
        self._as_of_date = context.as_of_date
        self._units: dict[tuple[Any, ...], tuple[UnitVersion | None, Issue | None]] = {}
        self._periods: dict[Any, periods.Period | None] = {}
        self._answers: dict[tuple[Any, ...], Answer] = {}
        columns = (*UNIT_COLUMNS, self._form.dated_by)
        self._columns = [table.columns[name] for name in columns if name in table.columns]

    def find(self, row: Row) -> None:
        """Give the row its period (or the month of its date) and the unit that existed at that time."""
        if not self._form.is_accepted_whole:
            self._find_anew(row)
            return
        # Where the row's own date does not matter, rows with the same cells get the same answer.
        question = tuple([row.cells[position] for position in self._columns])
        answer = self._answers.get(question)
        if answer is None:
            issue_count = len(row.issues)
            self._find_anew(row)
            self._answers[question] = row.unit, row.period, row.issues[issue_count:]
        else:
            row.unit, row.period, issues = answer
            row.issues += issues

    def _find_anew(self, row: Row) -> None:
        if self._form.is_accepted_whole:
            on_date = self.find_period(row)
        else:
            dated = self._form.date_of(row.values)
            on_date = dated or self._as_of_date
            row.period = periods.from_code(f"{dated:%Y-%m}") if dated else None
        unit, issue = self.unit_of(row, on_date)
        if (
            issue
            and issue.rule in _NOT_YET_BORN
            and self._form.successor_may_report
            and on_date < self._as_of_date
        ):
            # The successor of a unit carries on the unit's open items, under their older date.
            unit_today, issue_today = self.unit_of(row, self._as_of_date)
            unit, issue = (unit_today, None) if issue_today is None else (unit, issue)
        row.unit = unit
        if issue is not None:
            row.issues.append(issue)

    def find_period(self, row: Row) -> date:
        """Give the row its period; return the day on which its unit has to exist."""
        name = self._form.dated_by
        raw = row.raw(name)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            row.period = self._table.head_period
            if row.period is None:
                row.issues.append(Issue("period_missing", name))
                return self._as_of_date
        else:
            if raw not in self._periods:
                self._periods[raw] = periods.from_cell(raw)
            row.period = self._periods[raw]
            if row.period is None:
                row.issues.append(Issue("period_unreadable", name, raw))
                row.period = self._table.head_period
                return row.period.end_date if row.period else self._as_of_date
        if row.period.start_date > self._as_of_date:
            params = {"today": as_text(self._as_of_date)}
            row.issues.append(Issue("period_in_future", name, row.period.code, params=params))
        elif row.period.code not in self._reference.period_codes:
            row.issues.append(Issue("period_unknown", name, row.period.code))
        return row.period.end_date

    def unit_of(self, row: Row, on_date: date) -> tuple[UnitVersion | None, Issue | None]:
        """Return the unit that the row's code and names mean on that day, or the issue to raise."""
        code, name, parent = map(row.raw, UNIT_COLUMNS)
        head = self._table.head_unit
        if head and not code_as_text(code) and not clean_text(name):
            code, name = head.code, head.name
        question = (code, name, parent, on_date)
        if question not in self._units:
            unit, issue = self._ask(code, clean_text(name), clean_text(parent), on_date)
            if (
                unit
                and head
                and (head_unit := self._head_unit(on_date))
                and not self._is_in_scope(unit, head_unit)
            ):
                found = " – ".join(text for text in (code_as_text(code), clean_text(name)) if text)
                unit, issue = (
                    None,
                    Issue("unit_outside_title", "unit_code", found, params={"head": head_unit.unit_name}),
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
        units = self._reference.units
        match: UnitMatch = units.resolve(code, name, parent, on_date)
        if match.unit_key:
            return units.get(match.unit_key), None
        found = " – ".join(text for text in (code_as_text(code), name, parent) if text)
        return None, unit_issue(units, match, found, has_code=bool(code_as_text(code)), on_date=on_date)

    def _head_unit(self, on_date: date) -> UnitVersion | None:
        head = self._table.head_unit
        assert head is not None  # noqa: S101 (asked only where there is one)
        match = self._reference.units.resolve(head.code, head.name, None, on_date)
        return self._reference.units.get(match.unit_key) if match.unit_key else None

    def _is_in_scope(self, unit: UnitVersion, head: UnitVersion) -> bool:
        """Whether a sheet of the head's may speak of the unit: itself and those below it. A body compiles what belongs to
        its territory.
        """
        units = self._reference.units
        scope = next((up for up in (head, *units.ancestors(head)) if up.level != "body"), head)
        keys = {head.unit_key, scope.unit_key}
        return unit.unit_key in keys or any(up.unit_key in keys for up in units.ancestors(unit))
