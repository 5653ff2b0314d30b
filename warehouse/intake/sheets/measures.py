"""Finds units of measure in headings (`Giá trị (nghìn hồ sơ)`) and above the table (`Đơn vị tính: nghìn người`)."""

from __future__ import annotations

from warehouse.intake.files.grids import Grid
from warehouse.intake.sheets.blocks import Block
from warehouse.intake.tables.table import Table
from warehouse.reference.measures import in_heading, over_table


def measures_of(table: Table, grid: Grid, block: Block) -> dict[str, str]:
    """Return by column of numbers the unit that is said to hold for the whole column, where it is a multiple or a time."""
    numeric = {
        name: position for name, position in table.columns.items() if table.form.by_name[name].is_numeric
    }
    found: dict[str, str] = {}
    for row in grid.rows[block.top : block.bottom]:
        for cell in row:
            unit = over_table(cell) if isinstance(cell, str) else None
            if unit:
                found |= dict.fromkeys(numeric, unit)
    header = block.header
    for row in grid.rows[header.first_row : header.first_row + header.depth]:
        for name, position in numeric.items():
            cell = row[position] if position < len(row) else None
            unit = in_heading(cell) if isinstance(cell, str) else None
            if unit:
                found[name] = unit
    return found
