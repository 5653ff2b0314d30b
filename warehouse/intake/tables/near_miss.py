"""Tells which form a table is like that lacks a column by which the form is recognised."""

from __future__ import annotations

from typing import NamedTuple

from warehouse.forms.contract import Form, load_forms
from warehouse.intake.files.addresses import column_letters
from warehouse.intake.files.grids import TEMPLATE_LISTS_SHEET, Grid
from warehouse.intake.messages.findings import Issue
from warehouse.intake.tables.header import HEADER_SEARCH_ROWS, MIN_HEADINGS, matches_of
from warehouse.text.vietnamese import fold

# The template's own sheets list headings without being a table.
_NOT_A_TABLE = frozenset(fold(name) for name in (TEMPLATE_LISTS_SHEET, "Hướng dẫn"))
# Columns of every form, which tell nothing of what a table is about.
_COMMON = frozenset(
    ("unit_code", "unit_name", "parent_name", "period", "note", "level", "content", "category", "topic_code")
)
MIN_OWN_HEADINGS = 2
_COLUMNS_LOOKED_AT = 3


class NearMiss(NamedTuple):
    """A row that looks like the header of a form, and the groups of columns of which it has none."""

    form: Form
    sheet: str
    cell: str
    missing: tuple[tuple[str, ...], ...]

    def of_file(self) -> Issue:
        """Return the question about a file in which no form was found."""
        return self.issue("form_incomplete" if self.missing else "form_transposed")

    def issue(self, rule: str) -> Issue:
        """Return the question to the sender."""
        headings = [[self.form.by_name[name] for name in group] for group in self.missing]
        params = {
            "cell": self.cell,
            "form": self.form.code,
            "form_vi": self.form.name_vi,
            "form_en": self.form.name_en,
            "missing_vi": "; ".join(" / ".join(f'"{one.heading_vi}"' for one in group) for group in headings),
            "missing_en": "; ".join(" / ".join(f'"{one.heading_vi}"' for one in group) for group in headings),
        }
        return Issue(rule, found=self.sheet, params=params, cell=self.cell)


def nearest_form(grid: Grid) -> NearMiss | None:
    """Return the form that the first rows of a sheet are most like, where no form was found in the sheet."""
    if fold(grid.sheet) in _NOT_A_TABLE:
        return None
    found = [
        near
        for index in range(min(HEADER_SEARCH_ROWS, len(grid.rows)))
        if (near := near_miss_at(grid, index))
    ]
    if found:
        return max(found, key=lambda near: len(near[1]))[0]
    return _on_its_side(grid)


def _on_its_side(grid: Grid) -> NearMiss | None:
    """Return the form whose headings stand below each other in one of the first columns."""
    rows = grid.rows[:HEADER_SEARCH_ROWS]
    for position in range(_COLUMNS_LOOKED_AT):
        cells = [row[position] if position < len(row) else "" for row in rows]
        for code, found in matches_of(cells).items():
            form = load_forms()[code]
            own = [name for name in found if name not in _COMMON]
            if len(own) >= MIN_HEADINGS and any(name in form.filled_by for name in own):
                first = min(found.values())
                cell = f"{column_letters(grid.first_column + position)}{grid.first_row + first + 1}"
                return NearMiss(form, grid.sheet, cell, ())
    return None


def near_miss_at(grid: Grid, index: int) -> tuple[NearMiss, tuple[str, ...]] | None:
    """Return the form that a row is most like, and its columns that the row names; None for a row like none."""
    row = grid.rows[index]
    best: tuple[NearMiss, tuple[str, ...]] | None = None
    for code, columns in matches_of(row).items():
        form = load_forms()[code]
        own = tuple(name for name in columns if name not in _COMMON)
        missing = tuple(group for group in form.recognised_by if not any(name in columns for name in group))
        if len(own) < MIN_OWN_HEADINGS or len(columns) < MIN_HEADINGS or not missing:
            continue
        if best is None or len(own) > len(best[1]):
            first = min(columns.values())
            cell = f"{column_letters(grid.first_column + first)}{grid.first_row + index + 1}"
            best = NearMiss(form, grid.sheet, cell, missing), own
    return best
