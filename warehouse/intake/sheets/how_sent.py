"""Reads the cell above a table, or the comment line of a CSV, that says how the report is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from warehouse.forms.how_sent import HowSent, is_label, meaning_of
from warehouse.intake.files.addresses import column_letters
from warehouse.intake.files.grids import Grid
from warehouse.intake.messages.findings import Issue
from warehouse.intake.tables.table import Table
from warehouse.text.vietnamese import normalise


def note_how_sent(table: Table, grid: Grid, header_row: int) -> None:
    """Note the choice in the table; a choice that cannot be understood is asked about, since either guess may lose figures."""
    if not table.form.is_accepted_whole:
        return
    said: dict[str, HowSent | None] = {}
    for address, text in _choices(grid, header_row):
        said[address] = meaning_of(text)
        if said[address] is None:
            table.issues.append(Issue("how_sent_unclear", cell=address, found=text))
    table.how_sent = next(filter(None, said.values()), None)
    if len(set(filter(None, said.values()))) > 1:
        table.issues.append(Issue("how_sent_differs", cell=next(iter(said))))


def _choices(grid: Grid, header_row: int) -> Iterator[tuple[str, str]]:
    """Yield the address and the text of each choice: in the cell of the label, or in the next one that is filled in."""
    for number, line in enumerate(grid.comments, 1):
        yield from _choices_in([line.lstrip("# ").replace("=", ":", 1)], number, 0)
    for index, row in enumerate(grid.rows[:header_row]):
        yield from _choices_in(row, grid.first_row + index + 1, grid.first_column)


def _choices_in(row: Sequence[Any], row_number: int, first_column: int) -> Iterator[tuple[str, str]]:
    filled = [(position, cell) for position, cell in enumerate(row) if cell not in ("", None)]
    for (position, cell), (next_position, next_cell) in pairwise([*filled, (0, "")]):
        if not isinstance(cell, str):
            continue
        label, _, rest = normalise(cell).partition(":")
        if not is_label(label):
            continue
        place, found = (position, rest.strip()) if rest.strip() else (next_position, next_cell)
        if found:
            yield f"{column_letters(first_column + place)}{row_number}", normalise(str(found))
