"""One data row: the meaning of its cells, and its issues."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from warehouse.intake.messages.findings import Issue, as_text, severity_of
from warehouse.intake.tables.table import Table
from warehouse.reference import periods
from warehouse.reference.indicators import Indicator
from warehouse.reference.units.register import UnitVersion
from warehouse.text.vietnamese import normalise, unescape

MAX_CACHED_CHARACTERS = 100


class Row:
    """One data row: the meaning of its cells, and its issues."""

    __slots__ = (
        "cells",
        "indicator",
        "is_not_applicable",
        "issues",
        "number",
        "period",
        "table",
        "unit",
        "values",
    )

    def __init__(self, table: Table, number: int, cells: Sequence[Any]) -> None:
        self.table = table
        self.number = number
        self.cells = cells
        self.values: dict[str, Any] = {}
        self.issues: list[Issue] = []
        self.unit: UnitVersion | None = None
        self.period: periods.Period | None = None
        self.indicator: Indicator | None = None
        self.is_not_applicable = False

    def raw(self, column_name: str) -> Any:
        """Return the cell as it was sent; None where it is blank or the sheet has no such column."""
        index = self.table.columns.get(column_name)
        cell = self.cells[index] if index is not None else None
        return None if cell == "" else cell

    @property
    def is_faulty_line(self) -> bool:
        """Whether the row is a line of a CSV of which only the unit and the period can be read."""
        return self.number in self.table.line_issues

    @property
    def says_nothing(self) -> bool:
        """Whether no figure is left of the row: only marks such as `-` or `…`, which are no zero."""
        for name in self.table.form.filled_by:
            if self.values.get(name) is not None:
                return False
        return not self.is_not_applicable

    @property
    def has_errors(self) -> bool:
        """Whether the row has an error, so that it goes back to the sender."""
        return bool(self.issues) and any(severity_of(issue) == "error" for issue in self.issues)


def _clean(text: str) -> str | None:
    return normalise(unescape(text) if "<U+" in text else text) or None


# Names and notes repeat; a long text in the cache would only take memory.
_clean_short = lru_cache(maxsize=16_384)(_clean)


def clean_text(cell: object) -> str | None:
    """Return text in its normal form, numbers and dates as a person would type them, and None for a blank."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, str):
        return _clean_short(cell) if len(cell) <= MAX_CACHED_CHARACTERS else _clean(cell)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return as_text(cell)
    return str(cell)
