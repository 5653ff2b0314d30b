"""The unit of a row: its own code and names, inside the places that its columns and the head of the table name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from warehouse.intake.cells.head_unit import HeadUnitFound, find_head_unit, resolve_inside
from warehouse.intake.cells.row import Row, clean_text
from warehouse.intake.cells.unit_issues import old_district, unit_issue
from warehouse.intake.messages.findings import Issue
from warehouse.intake.tables.table import Table
from warehouse.reference.context import Context
from warehouse.reference.units.register import UnitVersion, code_as_text

# The columns that name the unit.
UNIT_COLUMNS = ("unit_code", "unit_name", "parent_name")
Answer = tuple[UnitVersion | None, Issue | None]


class UnitReading:
    """Finds the units of one table's rows, and asks the register each distinct question once."""

    def __init__(self, table: Table, context: Context) -> None:
        self._table = table
        self._head = table.head
        self._units = context.reference.units
        self._answers: dict[tuple[Any, ...], Answer] = {}
        self._of_head: dict[date, HeadUnitFound] = {}

    def find(self, row: Row, on_date: date) -> Answer:
        """Return the unit that the row's code and names mean on that day, and the issue to raise."""
        code, name, parent = map(row.raw, UNIT_COLUMNS)
        name, parent = clean_text(name), self._parents_of(row, clean_text(parent), on_date)
        if not code_as_text(code) and not name:
            head = self._head_unit(on_date)
            known = head.unit or head.issue
            return (head.unit, head.issue or head.remark) if known else (None, self._missing())
        question = (code, name, parent, on_date)
        if question not in self._answers:
            unit, issue = self._ask(*question)
            found = " – ".join(text for text in (code_as_text(code), name) if text)
            self._answers[question] = (
                self._in_scope(unit, issue, found, on_date) if self._head.names_a_unit else (unit, issue)
            )
        unit, issue = self._answers[question]
        if unit is None and self._head.names_a_unit:
            # A sheet made for one unit: a row with a wrong code still stands and falls with that unit's report.
            return self._head_unit(on_date).unit, issue
        return unit, issue

    def _ask(self, code: object, name: str | None, parent: str | None, on_date: date) -> Answer:
        match = self._units.resolve(code, name, parent, on_date)
        if match.unit_key:
            return self._units.get(match.unit_key), None
        if parent and name and (own := self._is_the_parent(code, name, parent, on_date)):
            return own, None
        for around in () if parent else self._around(on_date):
            match = resolve_inside(self._units, code, name, around, on_date)
            if match.unit_key:
                return self._units.get(match.unit_key), None
        found = " – ".join(text for text in (code_as_text(code), name, parent) if text)
        if name and (today := self._units.without_districts(code, name, parent, on_date)):
            return today, old_district(today, found)
        return None, unit_issue(self._units, match, found, has_code=bool(code_as_text(code)), on_date=on_date)

    def _in_scope(self, unit: UnitVersion | None, issue: Issue | None, found: str, on_date: date) -> Answer:
        """Return the answer, or the issue that the unit is neither the head's nor below it.

        A body compiles what belongs to its territory.
        """
        head = self._head_unit(on_date).unit
        if unit is None or head is None:
            return unit, issue
        keys = {head.unit_key, self._area_of(head).unit_key}
        if unit.unit_key in keys or any(up.unit_key in keys for up in self._units.ancestors(unit)):
            return unit, issue
        return None, Issue("unit_outside_title", "unit_code", found, params={"head": head.unit_name})

    def _parents_of(self, row: Row, parent: str | None, on_date: date) -> str | None:
        """Return the places above the row's unit: of the parent's column, and of columns for a province or district."""
        parts = [parent] if parent else []
        for position, is_code in self._table.parent_columns:
            cell = row.cells[position]
            text = clean_text(cell)
            if text and is_code:
                match = self._units.resolve(cell, None, None, on_date)
                text = self._units.get(match.unit_key).unit_name if match.unit_key else text
            if text:
                parts.append(text)
        return ", ".join(dict.fromkeys(parts)) or None

    def _missing(self) -> Issue:
        column = next((name for name in UNIT_COLUMNS if name in self._table.columns), None)
        if column:
            return Issue("unit_missing", column)
        where = self._head.free_cell
        return Issue("unit_missing_above", "unit_code", params={"where": where}, cell=where)

    def _is_the_parent(self, code: object, name: str, parent: str, on_date: date) -> UnitVersion | None:
        """Return the unit where the columns of a province and of its units name the province twice: its own row."""
        own = self._units.resolve(code, name, None, on_date).unit_key
        is_same = own is not None and own == self._units.resolve(None, parent, None, on_date).unit_key
        return self._units.get(own) if own and is_same and self._table.parent_columns else None

    def _around(self, on_date: date) -> Iterator[str]:
        """Yield the places in which the head says that the units of the rows lie: its area, then the commune or body itself,
        whose villages or divisions they may be."""
        head = self._head_unit(on_date)
        if not head.unit:
            if head.parents:
                yield head.parents
            return
        area = self._area_of(head.unit)
        if area.level in ("province", "district"):
            yield area.unit_name
        if head.unit.level in ("commune", "body"):
            above = next(self._units.ancestors(head.unit))
            yield f"{head.unit.unit_name}, {above.unit_name}"

    def _area_of(self, unit: UnitVersion) -> UnitVersion:
        """Return the unit itself, or the territory of a body."""
        return next((up for up in (unit, *self._units.ancestors(unit)) if up.level != "body"), unit)

    def _head_unit(self, on_date: date) -> HeadUnitFound:
        if on_date not in self._of_head:
            self._of_head[on_date] = find_head_unit(self._head, self._units, on_date)
        return self._of_head[on_date]
