"""Cuts a sheet into two where two tables stand beside each other. Without it the second table would not be read at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from warehouse.intake.files.grids import Grid, Merge
from warehouse.intake.tables.header import MAX_HEADER_ROWS, ROW_NUMBERS, Header, header_at, matches_of
from warehouse.text.vietnamese import fold

# So many columns of the first table stand in the second one again, where both are of one form.
MIN_REPEATED = 2


def cut_side_by_side(grid: Grid, header: Header) -> list[Grid]:
    """Return the parts of a sheet that each hold a table, from the left; the sheet itself where it holds one."""
    # The header alone decides; only a sheet that is cut is copied as a whole.
    head = replace(grid, rows=grid.rows[: header.first_row + MAX_HEADER_ROWS])
    for position in _candidates(grid, header):
        left, right = columns_of(head, 0, position), columns_of(head, position, None)
        first, second = header_at(left, header.first_row), header_at(right, header.first_row)
        if first is None or second is None:
            continue
        if first.form.code != second.form.code:
            is_second = max(header.columns.values()) < position or header.form.code == second.form.code
        else:
            is_second = len(first.columns.keys() & second.columns.keys()) >= MIN_REPEATED
        if is_second:
            return [
                columns_of(grid, 0, position),
                *cut_side_by_side(columns_of(grid, position, None), second),
            ]
    return [grid]


def _candidates(grid: Grid, header: Header) -> Iterator[int]:
    """Yield the columns at which a second table may begin: where a heading comes again, or behind the last one of the form."""
    row = grid.rows[header.first_row]
    if first := min(header.columns.values()):
        yield _with_row_number(row, first)
    found: set[str] = set()
    for position in range(len(row)):
        names = {name for columns in matches_of([row[position]]).values() for name in columns}
        if not names:
            continue
        if found & names or position > max(header.columns.values()):
            yield _with_row_number(row, position)
        found |= names


def _with_row_number(row: Sequence[Any], position: int) -> int:
    """Return the column of the row numbers that stand before a table's first column, if there is one."""
    before = row[position - 1] if position else ""
    return position - 1 if isinstance(before, str) and fold(before) in ROW_NUMBERS else position


def columns_of(grid: Grid, first: int, end: int | None) -> Grid:
    """Return some columns of a sheet as a sheet of its own, in which every cell keeps its address."""
    rows = [row[first:end] for row in grid.rows]
    left = grid.first_column + first
    right = grid.first_column + end - 1 if end is not None else max(left, 1 << 20)
    merges: list[Merge] = [
        ((top, max(low, left)), (bottom, min(high, right)))
        for (top, low), (bottom, high) in grid.merges
        if low <= right and high >= left
    ]
    return replace(grid, rows=rows, first_column=left, merges=merges)
