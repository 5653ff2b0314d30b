"""Finds the header of a form in a sheet, and the column that each heading names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from warehouse.forms.contract import Form, load_forms
from warehouse.intake.files.addresses import column_letters
from warehouse.intake.files.grids import Grid
from warehouse.intake.messages.findings import Issue
from warehouse.intake.tables.table import Table
from warehouse.text.vietnamese import fold, normalise

HEADER_SEARCH_ROWS = 30
MAX_HEADING_CHARACTERS = 200
MIN_HEADINGS = 3
MAX_HEADER_ROWS = 4
# Columns that number the rows: nobody needs to hear that they are not read.
ROW_NUMBERS = frozenset(("stt", "tt", "so tt", "so thu tu", "thu tu", "no", "s t t"))
_DECORATION = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")


class Header(NamedTuple):
    """The header of a form. `columns` maps a name to an index; `first_row` is an index in the grid, `depth` a number of rows."""

    form: Form
    columns: dict[str, int]
    first_row: int
    depth: int


def header_at(grid: Grid, index: int) -> Header | None:
    """Return the header that begins in one row, or None."""
    found = headers_in(grid, index, index + 1)
    return max(found, key=lambda header: rank_of(grid, header), default=None)


def headers_in(grid: Grid, first: int, end: int) -> list[Header]:
    """Return the header of each form that begins in each of some rows."""
    forms = load_forms()
    wanted = [forms[grid.declared_form]] if grid.declared_form in forms else list(forms.values())
    # Only merged cells near the header matter; a long sheet may have thousands below it.
    last_top = grid.first_row + end + MAX_HEADER_ROWS
    header_merges = [merge for merge in grid.merges if merge[0][0] <= last_top]
    top = replace(grid, merges=header_merges)
    matches = [matches_of(row) for row in grid.rows[first : end + MAX_HEADER_ROWS - 1]]
    headers = []
    for offset, found in enumerate(matches[: end - first]):
        below = matches[offset + 1 : offset + MAX_HEADER_ROWS]
        for form in wanted:
            if form.code not in found:
                continue
            columns, depth = found[form.code], 1
            if header_merges or any(form.code in row for row in below):
                columns, depth = _header_columns(form, top, first + offset, columns)
            # Only the first header of a sheet may be so short: below it two headings are words in a row.
            is_enough = len(columns) >= MIN_HEADINGS or (
                first == 0 and _is_whole_row(form, columns, grid.rows[offset])
            )
            if is_enough and _is_recognised(form, columns):
                headers.append(Header(form, columns, first + offset, depth))
    return headers


def rank_of(grid: Grid, header: Header) -> int:
    """Return how well a header fits: the number of its columns, and whether the sheet bears the form's code."""
    return len(header.columns) + (fold(grid.sheet) == fold(header.form.code))


@lru_cache(maxsize=16_384)
def column_of(form_code: str, heading: str) -> str | None:
    """Return the column that a heading names, whatever stars, units of measure and footnotes stand beside it."""
    headings = load_forms()[form_code].headings
    return headings.get(fold(heading)) or headings.get(bare_heading(heading))


def bare_heading(heading: str) -> str:
    """Return a heading in folded form without what stands in brackets and without stars."""
    return fold(_DECORATION.sub(" ", heading))


@lru_cache(maxsize=16_384)
def _columns_of(heading: str) -> tuple[tuple[str, str], ...]:
    """Return `(form, column)` for each form in which the heading names a column."""
    found = ((code, column_of(code, heading)) for code in load_forms())
    return tuple((code, name) for code, name in found if name)


def is_heading(cell: object) -> bool:
    """Whether a cell names a column of any form. Cells that begin with a digit are figures, codes or dates."""
    if not isinstance(cell, str) or not 0 < len(cell) <= MAX_HEADING_CHARACTERS or cell[0].isdigit():
        return False
    return fold(cell) in _all_headings() or bare_heading(cell) in _all_headings()


@lru_cache(maxsize=1)
def _all_headings() -> frozenset[str]:
    return frozenset(heading for form in load_forms().values() for heading in form.headings)


def matches_of(row: Sequence[Any]) -> dict[str, dict[str, int]]:
    """Return by form the columns that the cells of a row name. Of two equal headings the first counts."""
    found: dict[str, dict[str, int]] = {}
    for position, cell in enumerate(row):
        if isinstance(cell, str) and 0 < len(cell) <= MAX_HEADING_CHARACTERS:
            for code, name in _columns_of(cell):
                found.setdefault(code, {}).setdefault(name, position)
    return found


def _header_columns(form: Form, grid: Grid, index: int, single: dict[str, int]) -> tuple[dict[str, int], int]:
    """Return the columns and the depth of the header that begins in a row and may go on in up to three rows below."""
    best, depth = single, 1
    for rows in range(2, min(MAX_HEADER_ROWS, len(grid.rows) - index) + 1):
        combined = _columns_below(form, grid, index, rows, single)
        # At least two new names: a single one may be a value that happens to read like a heading.
        if len(combined.keys() - best.keys()) > 1:
            best, depth = combined, rows
    return best, depth


def _columns_below(form: Form, grid: Grid, index: int, rows: int, single: dict[str, int]) -> dict[str, int]:
    """Return the columns of a header of so many rows. A heading over several columns names a group of the headings below."""
    combined, groups = dict(single), list[dict[int, str]]()
    for row_index in range(index + 1, index + rows):
        groups.insert(0, _spread_merged(grid, row_index - 1))
        combined = {name: position for name, position in combined.items() if position not in groups[0]}
        taken = set(combined.values())
        for position, lower in enumerate(grid.rows[row_index]):
            if (
                position in taken
                or not isinstance(lower, str)
                or not 0 < len(lower.strip()) <= MAX_HEADING_CHARACTERS
            ):
                continue
            # The heading by itself, or with the name of a group above it, the nearest group first.
            texts = [lower, *(f"{group[position]} {lower}" for group in groups if group.get(position))]
            name = next((found for text in texts if (found := column_of(form.code, text))), None)
            if name and name not in combined:
                combined[name] = position
    return combined


def _spread_merged(grid: Grid, index: int) -> dict[int, str]:
    """Return by column the heading of the merged header cell that lies over it."""
    row_number = grid.first_row + index
    spread: dict[int, str] = {}
    for (top, left), (bottom, right) in grid.merges:
        if top <= row_number <= bottom and right > left:
            position = left - grid.first_column
            if 0 <= position < len(grid.rows[index]):
                text = str(grid.rows[index][position])
                spread.update(dict.fromkeys(range(position, right - grid.first_column + 1), text))
    return spread


def _is_whole_row(form: Form, columns: dict[str, int], row: Sequence[Any]) -> bool:
    """Whether the headings are all that the row has, and one of them is required."""
    is_all = len(columns) == sum(cell not in ("", None) for cell in row)
    return is_all and any(form.by_name[name].required for name in columns)


def _is_recognised(form: Form, columns: dict[str, int]) -> bool:
    return all(any(name in columns for name in group) for group in form.recognised_by)


def headings_of(grid: Grid, header: Header) -> dict[int, str]:
    """Return the lowest heading of each column of the header."""
    rows = grid.rows[header.first_row : header.first_row + header.depth]
    return {
        position: cell for row in rows for position, cell in enumerate(row) if isinstance(cell, str) and cell
    }


def note_headings(table: Table, grid: Grid, index: int, depth: int) -> None:
    """Note columns that are not part of the form, and columns that stand in the sheet twice."""
    used = {*table.columns.values(), *(position for position, _ in table.parent_columns)}
    for row_index in range(index, index + depth):
        for position, cell in enumerate(grid.rows[row_index]):
            if position in used or not isinstance(cell, str) or not cell.strip():
                continue
            name = column_of(table.form.code, cell)
            address = f"{column_letters(grid.first_column + position)}{grid.first_row + row_index + 1}"
            if name is None:
                if fold(cell) in ROW_NUMBERS:
                    continue
                table.issues.append(Issue("column_unknown", cell=address, found=normalise(cell)))
                continue
            below = grid.rows[index + depth :]
            is_used = any(position < len(row) and row[position] not in ("", None) for row in below)
            if table.form.by_name[name].helper:
                is_used = any(_differs(row, table.columns.get(name), position) for row in below)
            if is_used:
                table.issues.append(Issue("column_repeated", name, cell=address, found=normalise(cell)))


def _differs(row: Sequence[Any], first: int | None, second: int) -> bool:
    """Whether two columns of one name say different things in a row."""
    cells = [
        row[position] if position is not None and position < len(row) else "" for position in (first, second)
    ]
    return "" not in cells and None not in cells and fold(str(cells[0])) != fold(str(cells[1]))
