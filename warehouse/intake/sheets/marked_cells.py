"""Finds the cells of a form that are struck through, shown as a percentage, or merged over several figures."""

from __future__ import annotations

from warehouse.intake.files.grids import Grid
from warehouse.intake.sheets.blocks import Block
from warehouse.intake.tables.table import Table

STRUCK, PERCENT, MERGED = "struck", "percent", "merged"


def note_marked_cells(table: Table, grid: Grid, block: Block) -> None:
    """Give the table of a block its marked cells."""
    table.marked = {}
    for mark, cells in ((PERCENT, grid.marks.percents), (STRUCK, grid.marks.struck)):
        for row, column in cells:
            table.marked[row + 1, column - grid.first_column] = mark
    columns = [table.form.by_name[name] for name in table.columns]
    figures = {table.columns[column.name] for column in columns if column.is_numeric or column.type == "date"}
    data_rows = set(table.row_numbers)
    for (top, left), (bottom, right) in grid.merges:
        position = left - grid.first_column
        if position not in figures or top < grid.first_row + block.start:
            continue
        is_over_rows = any(number in data_rows for number in range(top + 2, bottom + 2))
        is_over_figures = any(
            other in figures for other in range(position + 1, right - grid.first_column + 1)
        )
        if is_over_rows or is_over_figures:
            table.marked[top + 1, position] = MERGED
