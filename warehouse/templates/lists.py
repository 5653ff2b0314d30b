"""The hidden sheet of lists, from which the drop-downs of a template take their choices, in Vietnamese."""

from __future__ import annotations

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from warehouse.forms.contract import Column
from warehouse.reference import periods
from warehouse.reference.context import Reference
from warehouse.reference.units.register import UnitVersion


class Lists:
    """Writer of the lists: writes each list once and returns the address of its cells."""

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
        """Return the names of a list column's choices by code; empty for other columns."""
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
        """The Vietnamese name of a code of a list; any other text unchanged."""
        return self.choices(column).get(value, value) if column.type == "list" else value

    def range_of(self, column: Column) -> str | None:
        """The cells that hold the column's choices, written on first use."""
        choices = self.choices(column)
        if not choices:
            return None
        # The key is the list itself, not the column's name: forms share columns, and some names mean different lists.
        offered = tuple(choices.values())
        if offered not in self._ranges:
            position = len(self._ranges)
            self._sheet.write_string(0, position, column.heading_vi)
            self._sheet.write_column(1, position, offered)
            letters = xl_col_to_name(position)
            self._ranges[offered] = f"='{self._sheet_name}'!${letters}$2:${letters}${len(choices) + 1}"
        return self._ranges[offered]
