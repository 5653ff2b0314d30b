"""Finds the form in a sheet: its header, the title lines above, the data rows below."""

from __future__ import annotations

from collections.abc import Iterable

from warehouse.intake.files.grids import Grid
from warehouse.intake.messages.findings import Issue
from warehouse.intake.sheets.csv_lines import note_faulty_lines
from warehouse.intake.sheets.data_rows import take_data_rows
from warehouse.intake.sheets.header import find_header, note_headings
from warehouse.intake.sheets.marked_cells import note_marked_cells
from warehouse.intake.sheets.measures import measures_of
from warehouse.intake.sheets.table import Table
from warehouse.intake.sheets.title_lines import read_title_lines
from warehouse.text.simulated import bears_notice


def find_tables(grids: Iterable[Grid]) -> list[list[Table]]:
    """Return the tables of all sheets, grouped by form: a report may be on several sheets."""
    by_form: dict[str, list[Table]] = {}
    for grid in grids:
        table = find_table(grid)
        if table:
            by_form.setdefault(table.form.code, []).append(table)
    return list(by_form.values())


def bears_simulated_notice(grid: Grid, row_count: int) -> bool:
    """Return whether the first rows, or the comments on top of a CSV, bear the notice of simulated data.

    Ask about the rows above the data alone: text in a data row is the sender's own and marks nothing.
    """
    return bears_notice(grid.comments) or any(bears_notice(row) for row in grid.rows[:row_count])


def find_table(grid: Grid) -> Table | None:
    """Return the form in a sheet, or None where no header row of any form is among the first rows."""
    header = find_header(grid)
    if header is None:
        return None
    start = header.first_row + header.depth
    table = Table(
        form=header.form,
        sheet=grid.sheet,
        columns=header.columns,
        rows=[],
        row_numbers=[],
        first_column=grid.first_column,
        header_row_number=grid.first_row + start,
    )
    table.head_unit, table.head_period = read_title_lines(grid.rows[: header.first_row])
    table.measures = measures_of(table, grid, header.first_row, header.depth)
    table.is_simulated = bears_simulated_notice(grid, start)
    if grid.hidden_sheets:
        table.issues.append(Issue("sheets_hidden", found=", ".join(grid.hidden_sheets)))
    note_headings(table, grid, header.first_row, header.depth)
    take_data_rows(table, grid, start)
    note_marked_cells(table, grid, start)
    note_faulty_lines(table, grid, header.first_row, start)
    return table
