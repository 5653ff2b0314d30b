"""The rows of one form in one sheet, and the addresses of its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from warehouse.forms.contract import Form
from warehouse.intake.messages.findings import Issue
from warehouse.intake.sheets.title_lines import HeadUnit
from warehouse.reference import periods


@dataclass
class Table:
    """One form's rows in one sheet. `rows` are data rows only; `columns` maps a name to an index in them.

    `other_cells` are cells of the sheet's columns, by name, where `rows` are only a part of the sheet: only a whole column
    shows how its numbers are written. `measures` are units of measure that stand in a heading or above the table, by column.
    `marked` are questions about cells that follow from their look or from merging, by (row number, index of the column).
    `line_issues` are issues of whole lines of a CSV, by row number, and `line_width` is its number of columns.
    """

    form: Form
    sheet: str
    columns: dict[str, int]
    rows: Sequence[Sequence[Any]]
    row_numbers: Sequence[int]
    first_column: int
    header_row_number: int
    head_unit: HeadUnit | None = None
    head_period: periods.Period | None = None
    issues: list[Issue] = field(default_factory=list)
    is_simulated: bool = False
    other_cells: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)
    marked: dict[tuple[int, int], str] = field(default_factory=dict)
    line_issues: dict[int, Issue] = field(default_factory=dict)
    line_width: int = 0

    def cell(self, row_number: int, column_name: str) -> str | None:
        """Return the address of a cell, such as `G8`; None where the sheet has no such column."""
        letters = self.letters(column_name)
        return f"{letters}{row_number}" if letters else None

    def letters(self, column_name: str) -> str | None:
        """Return the letters of a column, such as `G`; None where the sheet has no such column."""
        number = self.column_number(column_name)
        return column_letters(number - 1) if number else None

    def column_number(self, column_name: str) -> int | None:
        """Return the number of a column in the sheet: 7 for `G`; None where the sheet has no such column."""
        index = self.columns.get(column_name)
        return self.first_column + index + 1 if index is not None else None


@lru_cache(maxsize=1024)
def column_letters(index: int) -> str:
    """Return the letters of a column by its index: `A` for 0, `AA` for 26."""
    letters = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters
