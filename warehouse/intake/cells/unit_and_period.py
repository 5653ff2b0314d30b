"""The unit and the period that a row belongs to. The period comes first: a code may mean different units over time."""

from __future__ import annotations

from datetime import date
from typing import Any

from warehouse.intake.cells.head_period import decide_period, disagreement, issue_of_text, years_of
from warehouse.intake.cells.head_unit import HeadUnitFound, find_head_unit, resolve_inside
from warehouse.intake.cells.row import Row, clean_text
from warehouse.intake.cells.unit_issues import unit_issue
from warehouse.intake.messages.findings import Issue, as_text
from warehouse.intake.sheets.table import Table
from warehouse.reference import periods
from warehouse.reference.context import Context
from warehouse.reference.period_claims import claims_in
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
        self._head = table.head
        self._head_units: dict[date, HeadUnitFound] = {}
        self._head_period = decide_period(table.head, self._form.dated_by, context.as_of_date)
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
        name = self._form.dated_by
        raw = row.raw(name)
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            row.period = self._head_period.period
            if row.period is None:
                row.issues.append(self._missing_period(name))
        else:
            self._read_period(row, name, raw)
        if row.period is None:
            return self._as_of_date
        self._note_period(row, name, row.period)
        return row.period.end_date

    def _read_period(self, row: Row, name: str, raw: object) -> None:
        """Give the row the period of its own cell. It must agree with the head of the table."""
        if raw not in self._periods:
            self._periods[raw] = self._period_of_cell(raw)
        period = self._periods[raw]
        if period is None:
            claims = [claim for _, claim in claims_in(raw, is_bare=True)] if isinstance(raw, str) else []
            row.issues.append(issue_of_text(claims, raw, name, self._as_of_date))
        elif all(source.claim.allows(period) for source in self._head.periods):
            row.period = period
            return
        else:
            in_column = (self._table.cell(row.number, name) or "", as_text(raw) or "")
            row.issues.append(disagreement(self._head.periods, name, in_column))
        row.period = self._head_period.period

    def _period_of_cell(self, raw: object) -> periods.Period | None:
        """Return the period of a cell. A month without a year takes the only year that the head names."""
        period = periods.from_cell(raw)
        if period or not isinstance(raw, str):
            return period
        found = {claim._replace(text="") for _, claim in claims_in(raw, is_bare=True)}
        if len(found) != 1:
            return None
        claim, years = found.pop(), years_of(self._head)
        is_month_alone = claim.needs_year and not claim.short_year and len(years) == 1
        return claim.in_year(years.pop()).period if is_month_alone else claim.period

    def _missing_period(self, name: str) -> Issue:
        if self._head_period.issue:
            return self._head_period.issue
        if name in self._table.columns:
            return Issue("period_missing", name)
        return Issue("period_missing_above", name, params={"where": self._head.free_cell}, cell=self._head.free_cell)

    def _note_period(self, row: Row, name: str, period: periods.Period) -> None:
        """Note a period outside the calendar or in the future, and figures that the head calls estimates."""
        if period.code not in self._reference.period_codes:
            calendar = self._reference.calendar
            params = {"first": calendar.first_day.year, "last": calendar.last_day.year}
            row.issues.append(Issue("period_unknown", name, period.code, params=params))
        elif period.start_date > self._as_of_date:
            params = {"today": as_text(self._as_of_date)}
            row.issues.append(Issue("period_in_future", name, period.code, params=params))
        if self._head.estimate:
            params = {"period_vi": periods.label_vi(period.code), "period_en": periods.label_en(period.code)}
            line = self._head.estimate
            row.issues.append(Issue("period_estimated", name, line.text, params=params, cell=line.cell))

    def unit_of(self, row: Row, on_date: date) -> tuple[UnitVersion | None, Issue | None]:
        """Return the unit that the row's code and names mean on that day, or the issue to raise."""
        code, name, parent = map(row.raw, UNIT_COLUMNS)
        name, parent = clean_text(name), self._parents_of(row, clean_text(parent), on_date)
        head = self._head_unit(on_date)
        if not code_as_text(code) and not name:
            if head.unit or head.issue:
                return head.unit, head.issue or head.remark
            return None, self._missing_unit()
        question = (code, name, parent, on_date)
        if question not in self._units:
            unit, issue = self._ask(code, name, parent, head, on_date)
            is_ours = self._head.names_a_unit and unit and head.unit
            if unit and is_ours and not self._is_in_scope(unit, head.unit):
                found = " – ".join(text for text in (code_as_text(code), name) if text)
                unit, issue = (
                    None,
                    Issue("unit_outside_title", "unit_code", found, params={"head": head.unit.unit_name}),
                )
            self._units[question] = unit, issue
        unit, issue = self._units[question]
        if unit is None and self._head.names_a_unit:
            # A sheet made for one unit: a row with a wrong code still stands and falls with that unit's report.
            return head.unit, issue
        return unit, issue

    def _parents_of(self, row: Row, parent: str | None, on_date: date) -> str | None:
        """Return the places above the row's unit: of the parent's column, and of columns for a province or district."""
        parts = [parent] if parent else []
        for position, is_code in self._table.parent_columns:
            cell = row.cells[position]
            text = clean_text(cell)
            if text and is_code:
                match = self._reference.units.resolve(cell, None, None, on_date)
                text = self._reference.units.get(match.unit_key).unit_name if match.unit_key else text
            if text:
                parts.append(text)
        return ", ".join(dict.fromkeys(parts)) or None

    def _missing_unit(self) -> Issue:
        column = next((name for name in UNIT_COLUMNS if name in self._table.columns), None)
        if column:
            return Issue("unit_missing", column)
        return Issue(
            "unit_missing_above", "unit_code", params={"where": self._head.free_cell}, cell=self._head.free_cell
        )

    def _ask(
        self, code: object, name: str | None, parent: str | None, head: HeadUnitFound, on_date: date
    ) -> tuple[UnitVersion | None, Issue | None]:
        units = self._reference.units
        match: UnitMatch = units.resolve(code, name, parent, on_date)
        if match.unit_key:
            return units.get(match.unit_key), None
        if parent and name and (own := self._is_the_parent(code, name, parent, on_date)):
            return own, None
        if not parent and (around := self._around(head)):
            match = resolve_inside(units, code, name, around, on_date)
            if match.unit_key:
                return units.get(match.unit_key), None
        found = " – ".join(text for text in (code_as_text(code), name, parent) if text)
        if name and (today := units.without_districts(code, name, parent, on_date)):
            params = {"unit": f"{today.unit_code} ({today.unit_name})"}
            return today, Issue("unit_old_district", "unit_name", found, params=params)
        return None, unit_issue(units, match, found, has_code=bool(code_as_text(code)), on_date=on_date)

    def _is_the_parent(self, code: object, name: str, parent: str, on_date: date) -> UnitVersion | None:
        """Return the unit where the columns of a province and of its units name the province twice: its own row."""
        units = self._reference.units
        own = units.resolve(code, name, None, on_date).unit_key
        is_same = own is not None and own == units.resolve(None, parent, None, on_date).unit_key
        return units.get(own) if own and is_same and self._table.parent_columns else None

    def _around(self, head: HeadUnitFound) -> str | None:
        """Return the places in which the head says that the units of the rows lie."""
        if not head.unit:
            return head.parents or None
        area = next((up for up in (head.unit, *self._reference.units.ancestors(head.unit)) if up.level != "body"), None)
        return area.unit_name if area and area.level != "country" else None

    def _head_unit(self, on_date: date) -> HeadUnitFound:
        if on_date not in self._head_units:
            self._head_units[on_date] = find_head_unit(self._head, self._reference.units, on_date)
        return self._head_units[on_date]

    def _is_in_scope(self, unit: UnitVersion, head: UnitVersion) -> bool:
        """Whether a sheet of the head's may speak of the unit: itself and those below it. A body compiles what belongs to
        its territory.
        """
        units = self._reference.units
        scope = next((up for up in (head, *units.ancestors(head)) if up.level != "body"), head)
        keys = {head.unit_key, scope.unit_key}
        return unit.unit_key in keys or any(up.unit_key in keys for up in units.ancestors(unit))
