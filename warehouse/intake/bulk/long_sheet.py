"""The only long sheet of a file, by column, and which of its rows the row path has to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from warehouse.intake.bulk.columns import (
    Codes,
    EncodedColumn,
    Mask,
    Offsets,
    combine,
    encode_rows,
    rows_at,
)
from warehouse.intake.bulk.csv_columns import read_csv_columns
from warehouse.intake.cells.row import Row
from warehouse.intake.files.csv_text import open_csv
from warehouse.intake.files.grids import Grid, csv_grid, read_grids
from warehouse.intake.files.other_kinds import refuse_other_kinds
from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.reports.totals import MAX_COMPARED_ROWS
from warehouse.intake.sheets.find_table import find_table, tables_in
from warehouse.intake.tables.data_rows import (
    MAX_SIGNATURES,
    anchor_positions,
    named_positions,
    names_a_total,
)
from warehouse.intake.tables.header import (
    HEADER_SEARCH_ROWS,
    MAX_HEADER_ROWS,
    MIN_HEADINGS,
    column_of,
    is_heading,
)
from warehouse.intake.tables.near_miss import nearest_form
from warehouse.intake.tables.row_kinds import (
    MAX_LABEL_CELLS,
    MAX_TITLE_CELLS,
    is_label,
    is_period_title,
    section_unit,
)
from warehouse.intake.tables.table import Table
from warehouse.reference.context import Reference

_INDICATOR_COLUMNS = ("indicator_code", "indicator_name")
# The header is found from these rows alone. The row path gets all of them.
HEAD_ROWS = HEADER_SEARCH_ROWS + MAX_HEADER_ROWS


@dataclass(frozen=True)
class LongSheet:
    """The data area of a sheet by column. `grid` has only the first rows of the sheet, and `table` is what they hold.

    `start` is the index of the first row below the header; offsets of rows count from there. `widths` are the numbers of cells
    of a CSV's data rows, where they are not all the same.
    """

    grid: Grid
    table: Table
    columns: Sequence[EncodedColumn]
    start: int
    widths: Codes | None = None

    def __len__(self) -> int:
        return len(self.columns[0].codes)

    def column(self, name: str) -> EncodedColumn | None:
        """Return the column of that name, or None where the sheet has none."""
        position = self.table.columns.get(name)
        return None if position is None else self.columns[position]

    def combination(self, names: Sequence[str]) -> Codes:
        """Return one code for each combination of the columns' cells."""
        columns = [column.codes for name in names if (column := self.column(name)) is not None]
        return combine(columns or [np.zeros(len(self), np.int32)])

    def row(self, cells: dict[str, Any]) -> Row:
        """Return a row with these cells alone, to ask the row path about."""
        listed: list[Any] = [""] * len(self.columns)
        for name, cell in cells.items():
            if name in self.table.columns:
                listed[self.table.columns[name]] = cell
        return Row(self.table, 0, listed)

    def row_at(self, offset: int, names: Sequence[str]) -> Row:
        """Return a row with some of the cells of the row at an offset."""
        columns = {name: column for name in names if (column := self.column(name)) is not None}
        return self.row({name: column.values[column.codes[offset]] for name, column in columns.items()})

    def thinned(self, offsets: Offsets) -> Grid:
        """Return the sheet as a grid of its header and of some data rows, each with its own number."""
        first_number = self.grid.first_row + 1
        numbers = [*range(first_number, first_number + self.start)]
        numbers += (offsets + first_number + self.start).tolist()
        data = rows_at(self.columns, offsets)
        if self.widths is not None:
            data = _cut(data, self.widths[offsets])
        rows = [*self.grid.rows[: self.start], *data]
        return replace(self.grid, rows=rows, row_numbers=numbers)

    def is_doubtful(self) -> Mask:
        """Mark each row that may be no data row, or that decides what is said about the sheet. All others are data."""
        blanks = [column.is_blank for column in self.columns]
        is_doubtful = np.sum([~is_blank for is_blank in blanks], axis=0) <= MAX_SIGNATURES
        is_doubtful |= np.logical_and.reduce([blanks[position] for position in anchor_positions(self.table)])
        for position in named_positions(self.table):
            column = self.columns[position]
            is_doubtful |= column.mask(map(names_a_total, column.values))
        for position in set(range(len(blanks))) - set(self.table.columns.values()):
            # Whether a repeated heading has anything below it.
            is_doubtful[np.flatnonzero(~blanks[position])[:1]] = True
        if self.widths is not None:
            is_doubtful |= self.widths != self.table.line_width
        first_number = self.grid.first_row + self.start + 1
        is_doubtful[[number - first_number for number in self.grid.line_faults if number >= first_number]] = (
            True
        )
        is_doubtful[: max(HEAD_ROWS - self.start, 0)] = True
        return is_doubtful

    def has_totals_to_compare(self) -> bool:
        """Whether a row adds up others that can be told; all of them are needed to say whether the sum is right."""
        if len(self) > MAX_COMPARED_ROWS:
            return False
        columns = [self.columns[position] for position in named_positions(self.table)]
        is_total = np.logical_or.reduce(
            [column.mask(map(names_a_total, column.values)) for column in columns]
        )
        if not is_total.any():
            return False
        named = [column for name in _INDICATOR_COLUMNS if (column := self.column(name)) is not None]
        if not named:
            return True
        says_which = any((is_total & ~column.is_blank).any() for column in named)
        is_data = ~is_total
        of_one = all(len({*column.used_values(is_data)} - {"", None}) <= 1 for column in named)
        return bool(says_which or of_one)

    def has_repeated_helper(self) -> bool:
        """Whether a heading stands twice that matters only where the two columns differ, which takes all rows to say."""
        used = self.table.columns.values()
        names = {
            column_of(self.table.form.code, cell)
            for row in self.grid.rows[: self.start]
            for position, cell in enumerate(row)
            if position not in used and isinstance(cell, str) and is_heading(cell)
        }
        return any(name and self.table.form.by_name[name].helper for name in names)

    def has_one_block(self) -> bool:
        """Whether no row is a header, a line about unit or period, or a section of a unit. Such a row speaks of those below."""
        filled = np.sum([~column.is_blank for column in self.columns], axis=0)
        labels = np.logical_or.reduce([column.mask(map(is_label, column.values)) for column in self.columns])
        headings = np.sum([column.mask(map(is_heading, column.values)) for column in self.columns], axis=0)
        is_short = (filled > 0) & (filled <= MAX_TITLE_CELLS)
        titles = (value for column in self.columns for value in column.used_values(is_short))
        return not (
            (labels & (filled <= MAX_LABEL_CELLS)).any()
            or (headings >= MIN_HEADINGS).any()
            or any(is_period_title(value) or section_unit(value) for value in titles)
        )


def read_long_sheet(sent: SentFile, reference: Reference) -> LongSheet | None:
    """Return the sheet of a CSV, or of a workbook with a form in one sheet only; None for an unusual file.

    Raises UnreadableError.
    """
    if sent.is_workbook:
        heads = [(grid, tables_in(_head(grid), reference)) for grid in read_grids(sent)]
        grids = [grid for grid, tables in heads if tables]
        if len(grids) != 1 or _needs_all_rows(grids[0]):
            return None
        if any(nearest_form(_head(grid)) for grid, tables in heads if not tables):
            return None
        return _long_sheet(_head(grids[0]), encode_rows(grids[0].rows), reference)
    refuse_other_kinds(sent.content)
    opened = open_csv(sent.content)
    columns, widths, faults = read_csv_columns(opened)
    head = rows_at(columns, slice(HEAD_ROWS))
    if widths is not None:
        head = _cut(head, widths)
    return _long_sheet(csv_grid(opened, head, faults), columns, reference, widths)


def _cut(rows: Sequence[list[Any]], widths: Codes) -> list[list[Any]]:
    """Return the rows without the blanks that fill short ones up."""
    return [row[:width] for row, width in zip(rows, widths.tolist(), strict=False)]


def _head(grid: Grid) -> Grid:
    return replace(grid, rows=grid.rows[:HEAD_ROWS])


def _needs_all_rows(grid: Grid) -> bool:
    """Whether rows are hidden, all of which the sender hears about, have marked cells, or share cells merged downwards."""
    last_of_head = grid.first_row + HEAD_ROWS
    is_merged = any(bottom > top and bottom >= last_of_head for (top, _), (bottom, _) in grid.merges)
    return is_merged or bool(grid.hidden_rows or grid.marks)


def _long_sheet(
    grid: Grid, columns: Sequence[EncodedColumn], reference: Reference, widths: Codes | None = None
) -> LongSheet | None:
    table = find_table(grid, reference) if columns else None
    if table is None:
        return None
    start = table.header_row_number - grid.first_row
    below = [column.below(start) for column in columns]
    sheet = LongSheet(grid, table, below, start, None if widths is None else widths[start:])
    needs_all_rows = sheet.has_totals_to_compare() or sheet.has_repeated_helper()
    return sheet if sheet.has_one_block() and not needs_all_rows else None
