"""Where in a sheet the header of a form is, and which column each heading names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from warehouse.forms.contract import Form, load_forms
from warehouse.intake.files.grids import Grid
from warehouse.intake.messages.findings import Issue
from warehouse.intake.sheets.table import Table, column_letters
from warehouse.text.vietnamese import fold, normalise

HEADER_SEARCH_ROWS = 30
LONGEST_HEADING = 200
MIN_HEADINGS = 3
MOST_HEADER_ROWS = 4

_DECORATION = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")


class Header(NamedTuple):
    """The header of a form: `columns` maps a name to an index; its first row in the grid, and how many rows it has."""

    form: Form
    columns: dict[str, int]
    first_row: int
    depth: int


def find_header(grid: Grid) -> Header | None:
    """The header that names most columns, or None where none of any form is among the first rows."""
    best: tuple[int, Header] | None = None
    forms = load_forms()
    wanted = [forms[grid.declared_form]] if grid.declared_form in forms else list(forms.values())
    # Those of the header's own rows; a long sheet may have thousands below it.
    last_top = grid.first_row + HEADER_SEARCH_ROWS + MOST_HEADER_ROWS
    header_merges = [merge for merge in grid.merges if merge[0][0] <= last_top]
    top = replace(grid, merges=header_merges)
    matches = [_matches(row) for row in grid.rows[: HEADER_SEARCH_ROWS + MOST_HEADER_ROWS - 1]]
    for index, found in enumerate(matches[:HEADER_SEARCH_ROWS]):
        below = matches[index + 1 : index + MOST_HEADER_ROWS]
        for form in wanted:
            if form.code not in found:
                continue
            columns, depth = found[form.code], 1
            if header_merges or any(form.code in row for row in below):
                columns, depth = _header_columns(form, top, index, columns)
            if len(columns) < MIN_HEADINGS or not _is_recognised(form, columns):
                continue
            score = len(columns) + (fold(grid.sheet) == fold(form.code))
            if best is None or score > best[0]:
                best = (score, Header(form, columns, index, depth))
    return best[1] if best else None


@lru_cache(maxsize=16_384)
def column_of(form_code: str, heading: str) -> str | None:
    """The column that a heading stands for, whatever stars, units and footnotes stand beside it."""
    headings = load_forms()[form_code].headings
    return headings.get(fold(heading)) or headings.get(fold(_DECORATION.sub(" ", heading)))


@lru_cache(maxsize=16_384)
def _columns_of(heading: str) -> tuple[tuple[str, str], ...]:
    """`(form, column)` for each form in which the heading names a column."""
    found = ((code, column_of(code, heading)) for code in load_forms())
    return tuple((code, name) for code, name in found if name)


def _matches(row: Sequence[Any]) -> dict[str, dict[str, int]]:
    """By form, the columns that a row's cells name; of two equal headings the first counts."""
    found: dict[str, dict[str, int]] = {}
    for position, cell in enumerate(row):
        if isinstance(cell, str) and 0 < len(cell) <= LONGEST_HEADING:
            for code, name in _columns_of(cell):
                found.setdefault(code, {}).setdefault(name, position)
    return found


def _header_columns(form: Form, grid: Grid, index: int, single: dict[str, int]) -> tuple[dict[str, int], int]:
    """Columns found when the header is taken to be this row, or this row and up to three under it."""
    best, depth = single, 1
    for rows in range(2, min(MOST_HEADER_ROWS, len(grid.rows) - index) + 1):
        combined = _columns_below(form, grid, index, rows, single)
        # Two new names at least: one alone may be a value that happens to read like a heading.
        if len(combined.keys() - best.keys()) > 1:
            best, depth = combined, rows
    return best, depth


def _columns_below(form: Form, grid: Grid, index: int, rows: int, single: dict[str, int]) -> dict[str, int]:
    """Columns of a header of so many rows. A heading over several columns names the group; its columns are named below."""
    combined, groups = dict(single), list[dict[int, str]]()
    for row_index in range(index + 1, index + rows):
        groups.insert(0, _spread_merged(grid, row_index - 1))
        combined = {name: position for name, position in combined.items() if position not in groups[0]}
        taken = set(combined.values())
        for position, lower in enumerate(grid.rows[row_index]):
            if (
                position in taken
                or not isinstance(lower, str)
                or not 0 < len(lower.strip()) <= LONGEST_HEADING
            ):
                continue
            # By itself, or with the name of a group above it, the nearest first.
            texts = [lower, *(f"{group[position]} {lower}" for group in groups if group.get(position))]
            name = next((found for text in texts if (found := column_of(form.code, text))), None)
            if name and name not in combined:
                combined[name] = position
    return combined


def _spread_merged(grid: Grid, index: int) -> dict[int, str]:
    """The heading that lies over each column of a merged header cell."""
    row_number = grid.first_row + index
    spread: dict[int, str] = {}
    for (top, left), (bottom, right) in grid.merges:
        if top <= row_number <= bottom and right > left:
            position = left - grid.first_column
            if 0 <= position < len(grid.rows[index]):
                text = str(grid.rows[index][position])
                spread.update(dict.fromkeys(range(position, right - grid.first_column + 1), text))
    return spread


def _is_recognised(form: Form, columns: dict[str, int]) -> bool:
    return all(any(name in columns for name in group) for group in form.recognised_by)


def note_headings(table: Table, grid: Grid, index: int, depth: int) -> None:
    """Tell of columns that are not the form's, and ask about one that is there twice."""
    used = set(table.columns.values())
    for row_index in range(index, index + depth):
        for position, cell in enumerate(grid.rows[row_index]):
            if position in used or not isinstance(cell, str) or not cell.strip():
                continue
            name = column_of(table.form.code, cell)
            place = f"{column_letters(grid.first_column + position)}{grid.first_row + row_index + 1}"
            if name is None:
                table.issues.append(Issue("column_unknown", cell=place, found=normalise(cell)))
                continue
            below = grid.rows[index + depth :]
            is_used = any(position < len(row) and row[position] not in ("", None) for row in below)
            if is_used and not table.form.by_name[name].helper:
                table.issues.append(Issue("column_repeated", name, cell=place, found=normalise(cell)))
