"""The unit and the period that a row belongs to. The period comes first: a code may mean different units over time."""

from __future__ import annotations

from datetime import date
from typing import Any

from warehouse.intake.cells.row import Row
from warehouse.intake.cells.row_period import PeriodReading
from warehouse.intake.cells.row_unit import UNIT_COLUMNS, UnitReading
from warehouse.intake.messages.findings import Issue
from warehouse.intake.tables.table import Table
from warehouse.reference import periods
from warehouse.reference.context import Context
from warehouse.reference.units.register import UnitVersion

# Unit, period, and the issues of either.
Answer = tuple[UnitVersion | None, periods.Period | None, list[Issue]]
# The rules that a unit breaks on a day before its own beginning: by code, by code and name, by name.
_NOT_YET_BORN = ("unit_not_alive", "unit_new_list", "unit_unknown")


class UnitAndPeriodReading:
    """Finds the units and periods of one table's rows, and asks the reference each distinct question once."""

    def __init__(self, table: Table, context: Context) -> None:
        self._form = table.form
        self._as_of_date = context.as_of_date
        self._unit_reading = UnitReading(table, context)
        self._period_reading = PeriodReading(table, context)
        self._answers: dict[tuple[Any, ...], Answer] = {}
        columns = (*UNIT_COLUMNS, self._form.dated_by)
        self._columns = [table.columns[name] for name in columns if name in table.columns]
        self._columns += [position for position, _ in table.parent_columns]

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
        return self._period_reading.find(row)

    def unit_of(self, row: Row, on_date: date) -> tuple[UnitVersion | None, Issue | None]:
        """Return the unit that the row's code and names mean on that day, and the issue to raise."""
        return self._unit_reading.find(row, on_date)
