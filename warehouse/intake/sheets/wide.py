"""Finds headings that stand for units, indicators, periods or kinds of figures, so that a row of the sheet holds several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.forms.contract import Form, load_forms
from warehouse.intake.files.addresses import column_letters
from warehouse.intake.files.grids import Grid
from warehouse.intake.sheets.labels import Kind, Label, indicator_of, labels_in
from warehouse.intake.tables.header import HEADER_SEARCH_ROWS, MAX_HEADER_ROWS, Header
from warehouse.intake.tables.row_kinds import is_label_line
from warehouse.reference.context import Reference
from warehouse.text.vietnamese import normalise

WIDE_FORM = "BC"
DIMENSIONS: dict[Kind, str] = {"unit": "unit_name", "indicator": "indicator_code", "period": "period"}
_QUANTITIES: tuple[Kind, ...] = ("share", "number", "own", "cumulative", "earlier", "total")
# One row of the sheet names one of each.
_NAMED_BY: dict[Kind, tuple[str, ...]] = {
    "unit": ("unit_code", "unit_name"),
    "indicator": ("indicator_code", "indicator_name"),
    "period": ("period",),
}
_MAX_PLACES = 400
_MIN_LABELS = 2
_ROWS_LOOKED_AT = 20


@dataclass(frozen=True)
class Place:
    """One column of figures: where it stands, what its headings say, and the address of the lowest of them."""

    position: int
    column: str
    stated: dict[Kind, Label]
    cells: dict[Kind, str]
    cell: str
    words: str

    @property
    def group(self) -> tuple[str, ...]:
        """Return what the column speaks of; columns of one group make one table."""
        return tuple(self.stated[kind].value if kind in self.stated else "" for kind in DIMENSIONS)


@dataclass(frozen=True)
class Layout:
    """The columns of a wide header: those that name a row, and those that hold figures. `depth` counts its rows."""

    form: Form
    named: dict[str, int]
    places: tuple[Place, ...]
    first_row: int
    depth: int
    unknown: tuple[tuple[str, str], ...] = ()

    def as_header(self) -> Header:
        """Return the layout as a header, for the division of the sheet into blocks."""
        first = {place.column: place.position for place in reversed(self.places)}
        return Header(self.form, {**self.named, **first}, self.first_row, self.depth)


def below_header(grid: Grid, header: Header, reference: Reference) -> Layout | None:
    """Return the layout of a header below which a further row of headings stands, such as `SL` and `%`, or months."""
    index = header.first_row + header.depth
    named = {at for name, at in header.columns.items() if name not in header.form.filled_by}
    if index < len(grid.rows) and _is_heading_row(grid.rows[index], header.form, reference, named):
        layout = _layout(grid, header.form, header.first_row, header.depth + 1, reference)
    elif _has_dimension(grid, header, reference):
        layout = _layout(grid, header.form, header.first_row, header.depth, reference)
    else:
        return None
    needed = {name for name in header.columns if name in header.form.filled_by}
    return layout if layout and needed <= {place.column for place in layout.places} else None


def _has_dimension(grid: Grid, header: Header, reference: Reference) -> bool:
    """Whether a heading that is no column of the form is a unit, an indicator or a period."""
    known = set(header.columns.values())
    return any(
        label.kind in DIMENSIONS
        for row in grid.rows[header.first_row : header.first_row + header.depth]
        for position, cell in enumerate(row)
        if isinstance(cell, str) and cell and (header.depth > 1 or position not in known)
        for label in labels_in(cell, header.form, reference)
    )


def find_wide(grid: Grid, reference: Reference) -> Layout | None:
    """Return the layout of a sheet of form BC whose headings are units, indicators, periods or kinds of figures."""
    form = load_forms()[WIDE_FORM]
    if grid.declared_form not in (None, WIDE_FORM):
        return None
    for index in range(min(HEADER_SEARCH_ROWS, len(grid.rows))):
        row = grid.rows[index]
        if is_label_line(row) or sum(bool(labels_in(cell, form, reference)) for cell in row) < _MIN_LABELS:
            continue
        depth = 1
        while (
            depth < MAX_HEADER_ROWS
            and index + depth < len(grid.rows)
            and _is_heading_row(
                grid.rows[index + depth], form, reference, _named_in(grid.rows[index], form, reference)
            )
        ):
            depth += 1
        layout = _layout(grid, form, index, depth, reference)
        if layout and (_is_complete(layout) or _names_indicators(grid, layout, reference)):
            return layout
    return None


def _is_complete(layout: Layout) -> bool:
    """Whether rows are named, and what names no row is stated in the headings of every column."""
    has_rows = any(name in layout.named for names in _NAMED_BY.values() for name in names)
    says_indicator = any(name in layout.named for name in _NAMED_BY["indicator"]) or all(
        "indicator" in place.stated for place in layout.places
    )
    is_wide = any(place.stated for place in layout.places)
    return has_rows and says_indicator and is_wide


def _names_indicators(grid: Grid, layout: Layout, reference: Reference) -> bool:
    """Whether a table of two columns, such as `Chỉ tiêu` and `Kết quả`, holds indicators that are known."""
    positions = [layout.named[name] for name in _NAMED_BY["indicator"] if name in layout.named]
    rows = grid.rows[layout.first_row + layout.depth :][:_ROWS_LOOKED_AT]
    return any(
        indicator_of(cell, reference)
        for row in rows
        for position in positions
        if position < len(row) and isinstance(cell := row[position], str)
    )


def _is_heading_row(row: Sequence[Any], form: Form, reference: Reference, named: Collection[int]) -> bool:
    """Whether a row below a header goes on with it. Under the columns that name a row, `named`, only such names may stand:
    the first row of data has a unit, an indicator or a period there.
    """
    cells = [(position, cell) for position, cell in enumerate(row) if cell not in ("", None)]
    found = [
        (position, labels_in(cell, form, reference) if isinstance(cell, str) else [])
        for position, cell in cells
    ]
    return len(cells) > 1 and all(
        labels and (position not in named or all(label.kind == "column" for label in labels))
        for position, labels in found
    )


def _named_in(row: Sequence[Any], form: Form, reference: Reference) -> set[int]:
    """Return the positions of the headings in a row that name a row of data."""
    return {
        position
        for position, cell in enumerate(row)
        for label in (labels_in(cell, form, reference) if isinstance(cell, str) else ())
        if label.kind == "column" and label.value not in form.filled_by
    }


def _layout(grid: Grid, form: Form, first: int, depth: int, reference: Reference) -> Layout | None:
    named: dict[str, int] = {}
    places: list[Place] = []
    unknown: list[tuple[str, str]] = []
    for position, headings in _headings(grid, first, depth).items():
        found = [(label, cell, text) for text, cell in headings for label in labels_in(text, form, reference)]
        columns = [label.value for label, _, _ in found if label.kind == "column"]
        figure = next((name for name in reversed(columns) if name in form.filled_by), None)
        stated = {label.kind: label for label, _, _ in found if label.kind not in ("column", "row_number")}
        if columns and figure is None:
            named.setdefault(columns[-1], position)
        elif figure or stated:
            places.append(
                Place(
                    position,
                    figure or "value",
                    stated,
                    {label.kind: cell for label, cell, _ in found},
                    headings[-1][1],
                    " – ".join(dict.fromkeys(normalise(text) for text, _ in headings)),
                )
            )
        if not found or stated.keys() & {"earlier"}:
            unknown.append((headings[-1][1], normalise(headings[-1][0])))
    if not places or len(places) > _MAX_PLACES or any(place.column not in form.by_name for place in places):
        return None
    return Layout(form, named, tuple(places), first, depth, tuple(unknown))


def _headings(grid: Grid, first: int, depth: int) -> dict[int, list[tuple[str, str]]]:
    """Return by column its headings from the top down, each with its address. A merged heading is that of each column below."""
    found: dict[int, list[tuple[str, str]]] = {}
    width = max(len(row) for row in grid.rows[first : first + depth])
    covered = {
        (row - grid.first_row, column - grid.first_column): (top - grid.first_row, left - grid.first_column)
        for (top, left), (bottom, right) in grid.merges
        if first <= top - grid.first_row < first + depth
        for row in range(top, min(bottom, grid.first_row + first + depth - 1) + 1)
        for column in range(left, right + 1)
    }
    for position in range(width):
        own: list[tuple[str, str]] = []
        for index in range(first, first + depth):
            row, column = covered.get((index, position), (index, position))
            text = _text(grid, row, column)
            if not text and index < first + depth - 1 and not covered:
                column = _group_of(grid, index, position, first + depth)
                text = _text(grid, row, column)
            address = f"{column_letters(grid.first_column + column)}{grid.first_row + row + 1}"
            if text and (text, address) not in own:
                own.append((text, address))
        if own:
            found[position] = own
    return found


def _group_of(grid: Grid, index: int, position: int, end: int) -> int:
    """Return the column of the heading that a blank heading continues, where no cell of the sheet is merged."""
    if not any(_text(grid, below, position) for below in range(index + 1, end)):
        return position
    column = position
    while column > 0 and not _text(grid, index, column):
        column -= 1
    is_group = any(_text(grid, below, column) for below in range(index + 1, end))
    return column if is_group else position


def _text(grid: Grid, row: int, column: int) -> str:
    cells = grid.rows[row]
    cell = cells[column] if 0 <= column < len(cells) else ""
    return cell.strip() if isinstance(cell, str) else ""
