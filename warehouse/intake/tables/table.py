"""The rows of one form in one sheet, and the addresses of its cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from warehouse.forms.contract import Form
from warehouse.forms.how_sent import HowSent
from warehouse.intake.files.addresses import column_letters
from warehouse.intake.heads.head import Head
from warehouse.intake.messages.findings import Issue


class TotalRow(NamedTuple):
    """A row that says it adds up others. `place` is the number of data rows above it."""

    number: int
    cells: Sequence[Any]
    place: int


@dataclass
class Table:
    """One form's rows in one sheet. `rows` are data rows only; `columns` maps a name to an index in them.

    `other_cells` are cells of the sheet's columns, by name, where `rows` are only a part of the sheet: only a whole column
    shows how its numbers are written. `parent_columns` are the columns of the province or district of a row's unit, nearest
    first, each with whether it holds codes.

    `stated` are columns that the sheet does not have: what they say stands in a heading or in a section's title, at the
    address that is given here, and was added to each row. `totals` are rows that say they add up others.

    `measures` are units of measure that stand in a heading or above the table, by column. `marked` are questions about cells that
    follow from their look or from merging, by (row number, index of the column). `line_issues` are issues of whole lines of a
    CSV, by row number, and `line_width` is its number of columns.
    """

    form: Form
    sheet: str
    columns: dict[str, int]
    rows: Sequence[Sequence[Any]]
    row_numbers: Sequence[int]
    first_column: int
    header_row_number: int
    head: Head = field(default_factory=Head)
    parent_columns: Sequence[tuple[int, bool]] = ()
    issues: list[Issue] = field(default_factory=list)
    is_simulated: bool = False
    how_sent: HowSent | None = None
    other_cells: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    measures: Mapping[str, str] = field(default_factory=dict)
    marked: dict[tuple[int, int], str] = field(default_factory=dict)
    line_issues: dict[int, Issue] = field(default_factory=dict)
    line_width: int = 0
    stated: dict[str, str] = field(default_factory=dict)
    totals: list[TotalRow] = field(default_factory=list)

    def cell(self, row_number: int, column_name: str) -> str | None:
        """Return the address of a cell, such as `G8`; None where the sheet has no such column."""
        if column_name in self.stated:
            return self.stated[column_name]
        letters = self.letters(column_name)
        return f"{letters}{row_number}" if letters else None

    def letters(self, column_name: str) -> str | None:
        """Return the letters of a column, such as `G`; None where the sheet has no such column."""
        number = self.column_number(column_name)
        return column_letters(number - 1) if number else None

    def column_number(self, column_name: str) -> int | None:
        """Return the number of a column in the sheet: 7 for `G`; None where the sheet has no such column."""
        index = None if column_name in self.stated else self.columns.get(column_name)
        return self.first_column + index + 1 if index is not None else None


def state(table: Table, name: str, text: object, address: str) -> None:
    """Add a column to each row of the table: the sheet says it once, in the cell of that address."""
    width = max(max((len(row) for row in table.rows), default=0), max(table.columns.values()) + 1)
    table.rows = [[*row, *[""] * (width - len(row)), text] for row in table.rows]
    table.totals = [
        total._replace(cells=[*total.cells, *[""] * (width - len(total.cells)), text])
        for total in table.totals
    ]
    table.columns = {**table.columns, name: width}
    table.stated[name] = address
