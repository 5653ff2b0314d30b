"""The period of a row: its own cell, which must agree with the head of the table, or what the head says."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from warehouse.intake.cells.row import Row
from warehouse.intake.heads.head_period import decide_period, disagreement, issue_of_text
from warehouse.intake.messages.findings import Issue, as_text
from warehouse.intake.tables.table import Table
from warehouse.reference import periods
from warehouse.reference.context import Context
from warehouse.reference.period_words import claims_in
from warehouse.text.vietnamese import fold

_LABEL = re.compile(r"^\s*kỳ(?: báo cáo)?\s*:?\s*", re.IGNORECASE)


class PeriodReading:
    """Finds the periods of one table's rows, for a form that is reported for periods."""

    def __init__(self, table: Table, context: Context) -> None:
        self._table = table
        self._column = table.form.dated_by
        self._head = table.head
        self._reference = context.reference
        self._as_of_date = context.as_of_date
        self._of_head = decide_period(table.head, self._column, context.as_of_date)
        self._of_cells: dict[Any, periods.Period | None] = {}

    def find(self, row: Row) -> date:
        """Give the row its period; return the day on which its unit has to exist."""
        raw, cell = row.raw(self._column), None
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            row.period, cell = self._of_head.period, self._of_head.cell
            if row.period is None:
                row.issues.append(self._missing())
        else:
            self._read(row, raw)
        if row.period is None:
            return self._as_of_date
        self._note(row, row.period, cell)
        return row.period.end_date

    def _read(self, row: Row, raw: object) -> None:
        """Give the row the period of its own cell, or of the head where the cell cannot be taken."""
        if raw not in self._of_cells:
            self._of_cells[raw] = self._period_of_cell(raw)
        period = self._of_cells[raw]
        if period is None:
            claims = [claim for _, claim in claims_in(raw, is_bare=True)] if isinstance(raw, str) else []
            row.issues.append(issue_of_text(claims, raw, self._column, self._as_of_date))
        elif all(source.claim.allows(period) for source in self._head.periods):
            row.period = period
            return
        else:
            in_column = (self._table.cell(row.number, self._column) or "", as_text(raw) or "")
            row.issues.append(disagreement(self._head.periods, self._column, in_column))
        row.period = self._of_head.period

    def _period_of_cell(self, raw: object) -> periods.Period | None:
        """Return the period of a cell. A month without a year takes the only year that the head names."""
        period = periods.from_cell(raw)
        if period or not isinstance(raw, str):
            return period
        found = [claim for _, claim in claims_in(raw, is_bare=True)]
        # A cell that says more than its period may mean another one.
        if len(found) != 1 or fold(found[0].text) != fold(_LABEL.sub("", raw)):
            return None
        claim, years = found[0], set(self._head.years)
        is_month_alone = claim.needs_year and not claim.short_year and len(years) == 1
        return claim.in_year(years.pop()).period if is_month_alone else claim.period

    def _missing(self) -> Issue:
        if self._of_head.issue:
            return self._of_head.issue
        if self._column in self._table.columns:
            return Issue("period_missing", self._column)
        where = self._head.free_cell
        return Issue("period_missing_above", self._column, params={"where": where}, cell=where)

    def _note(self, row: Row, period: periods.Period, cell: str | None) -> None:
        """Note a period outside the calendar or in the future, and figures that the head calls estimates.

        `cell` is where the head names the period; None where the row does.
        """
        if period.code not in self._reference.period_codes:
            years = [day.year for day in self._reference.calendar]
            params: dict[str, Any] = {"first": years[0], "last": years[1]}
            row.issues.append(Issue("period_unknown", self._column, period.code, params=params, cell=cell))
        elif period.start_date > self._as_of_date:
            params = {"today": as_text(self._as_of_date)}
            row.issues.append(Issue("period_in_future", self._column, period.code, params=params, cell=cell))
        if line := self._head.estimate:
            params = {"period_vi": periods.label_vi(period.code), "period_en": periods.label_en(period.code)}
            row.issues.append(
                Issue("period_estimated", self._column, line.text, params=params, cell=line.cell)
            )
