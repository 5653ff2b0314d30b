"""Asks about cells whose look says something else than their content."""

from __future__ import annotations

from warehouse.intake.cells.row import Row
from warehouse.intake.messages.findings import Issue
from warehouse.intake.sheets.marked_cells import MERGED, STRUCK


def ask_about_marks(row: Row) -> None:
    """Add an issue for each marked cell of the row that holds anything."""
    for name, position in row.table.columns.items():
        mark = row.table.marked.get((row.number, position))
        cell = row.raw(name) if mark else None
        if cell is None:
            continue
        column = row.table.form.by_name[name]
        if mark == STRUCK:
            is_text = column.type == "text" and not column.helper
            rule = "text_struck_through" if is_text else "cell_struck_through"
            row.issues.append(Issue(rule, name, cell))
        elif mark == MERGED:
            row.issues.append(Issue("cells_merged", name, cell))
        elif column.is_numeric and _is_wrong_percentage(row, name, cell):
            shown = f"{100 * cell:.6g}%".replace(".", ",")
            row.issues.append(Issue("cell_shows_percent", name, shown))


def _is_wrong_percentage(row: Row, name: str, cell: object) -> bool:
    """Whether a cell shows a percentage where none is meant; of a rate the value is one, and 0 is 0 however it is shown."""
    if not isinstance(cell, int | float) or cell == 0:
        return False
    return not (row.indicator is not None and row.indicator.is_rate and name == "value")
