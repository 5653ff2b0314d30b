"""Divides a sheet into blocks, each with its own header, unit and period.

A sheet may hold the reports of several units or periods below each other, a second form below the first, or a header that
is repeated on every printed page. Without this division the rows of a block would go to the unit and period of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from warehouse.intake.files.grids import Grid
from warehouse.intake.heads.title_lines import read_title_lines
from warehouse.intake.tables.header import HEADER_SEARCH_ROWS, Header, header_at, headers_in, rank_of
from warehouse.intake.tables.near_miss import NearMiss, near_miss_at
from warehouse.intake.tables.row_kinds import (
    MAX_LABEL_CELLS,
    MAX_TITLE_CELLS,
    is_label_line,
    is_period_line,
    may_be_header,
    section_unit,
    texts_of,
)
from warehouse.text.vietnamese import fold

_MOTTOES = ("cong hoa xa hoi", "dang cong san", "doc lap tu do")
_UNIT_COLUMNS = ("unit_code", "unit_name")


@dataclass(frozen=True)
class Section:
    """The title of a section that is a unit: the unit's name, and the place of its cell as indexes in the grid."""

    unit: str
    row: int
    column: int


@dataclass
class Block:
    """Rows of one form, one unit and one period, as indexes in the grid: the data rows are from `start` to before `end`.

    The lines above it are the rows from `top` to before `bottom`; what they leave out the block above says.
    `has_own_header` is false where the header of the block above holds. `repeated` are rows that repeat the header. A block
    that is `unread` is like a form that it lacks a column of.
    """

    header: Header
    top: int
    bottom: int
    start: int
    end: int = 0
    has_own_header: bool = True
    section: Section | None = None
    repeated: list[int] = field(default_factory=list)
    unread: NearMiss | None = None


def first_header(grid: Grid) -> Header | None:
    """Return the first header of a sheet: of those that overlap the one with most columns. None where there is no header."""
    found = headers_in(grid, 0, HEADER_SEARCH_ROWS)
    if not found:
        return None
    best = found[0]
    for header in found[1:]:
        between = grid.rows[best.first_row + best.depth : header.first_row]
        if any(_has_figure(best, row) for row in between) or (between and _has_break(between)):
            break
        if rank_of(grid, header) > rank_of(grid, best):
            best = header
    return best


def _has_break(rows: Sequence[Sequence[Any]]) -> bool:
    return any(not texts_of(row) or is_label_line(row) for row in rows)


def divide(grid: Grid, header: Header) -> list[Block]:
    """Return the blocks of a sheet from its first header on."""
    return _Division(grid, header).blocks


class _Division:
    """Goes through the rows of a sheet once. Nearly every row is data, so the quick tests come first."""

    def __init__(self, grid: Grid, header: Header) -> None:
        self._grid = grid
        self.blocks = [Block(header, 0, header.first_row, header.first_row + header.depth)]
        index = self.blocks[0].start
        while index < len(grid.rows):
            index = self._take(index, grid.rows[index])
        self.blocks[-1].end = len(grid.rows)

    @property
    def _block(self) -> Block:
        return self.blocks[-1]

    def _take(self, index: int, row: Sequence[Any]) -> int:
        """Look at one row; return the index of the next row to look at."""
        if may_be_header(row):
            if header := header_at(self._grid, index):
                self._take_header(header)
                return index + header.depth
            is_below_header = self._block.has_own_header and index == self._block.start
            if not is_below_header and (near := near_miss_at(self._grid, index)):
                self._begin(self._block.header, index, index, index + 1, has_own_header=False)
                self._block.unread = near[0]
                return index + 1
        if self._block.unread:
            return index + 1
        count = len(texts_of(row))
        if 0 < count <= MAX_LABEL_CELLS:
            if is_label_line(row) or (
                count <= MAX_TITLE_CELLS and not _has_figure(self._block.header, row) and is_period_line(row)
            ):
                self._begin_below_line(index)
            elif count <= MAX_TITLE_CELLS and (section := self._section(index, row)):
                self._begin(
                    self._block.header, index, index, index + 1, has_own_header=False, section=section
                )
        return index + 1

    def _take_header(self, header: Header) -> None:
        last, index = self._block, header.first_row
        is_same = last.header.form.code == header.form.code and last.header.columns == header.columns
        gap = self._gap_before(index)
        if is_same and (gap == index or not _says_something(self._grid, gap, index)):
            last.repeated += range(index, index + header.depth)
            return
        section = last.section if is_same and not _says_something(self._grid, gap, index) else None
        if self._is_empty(last, gap):
            # The lines of the last block were those above this header.
            self.blocks.pop()
            gap = last.top
        self._begin(header, gap, index, index + header.depth, section=section)

    def _gap_before(self, index: int) -> int:
        """Return the first row of the lines above a header: those below the last row with figures and a blank row."""
        block = self._block
        last_figure = next(
            (
                at
                for at in range(index - 1, block.start - 1, -1)
                if _has_figure(block.header, self._grid.rows[at])
            ),
            None,
        )
        if last_figure is None:
            return block.start
        blank = (at for at in range(last_figure + 1, index) if not texts_of(self._grid.rows[at]))
        return next(blank, index)

    def _begin_below_line(self, index: int) -> None:
        last = self._block
        if last.has_own_header or last.section or not self._is_empty(last, index):
            top = self._letterhead_above(index)
            self._begin(last.header, top, index + 1, index + 1, has_own_header=False)
        else:
            last.bottom = last.start = index + 1

    def _letterhead_above(self, index: int) -> int:
        """Return the first of the lines of text that stand directly above a line, below a blank row."""
        block, rows = self._block, self._grid.rows
        top = index
        while top > block.start and _is_line(rows[top - 1]) and not _has_figure(block.header, rows[top - 1]):
            top -= 1
        return top if top > block.start and not texts_of(rows[top - 1]) else index

    def _begin(
        self,
        header: Header,
        top: int,
        bottom: int,
        start: int,
        *,
        has_own_header: bool = True,
        section: Section | None = None,
    ) -> None:
        if self.blocks:
            self._block.end = min(top, self._block.end or top)
        self.blocks.append(Block(header, top, bottom, start, 0, has_own_header, section))

    def _section(self, index: int, row: Sequence[Any]) -> Section | None:
        """Return the unit that a row names by itself; beside it only a number of the section may stand."""
        header = self._block.header
        if any(name in header.columns for name in _UNIT_COLUMNS):
            return None
        found = [
            Section(unit, index, column) for column, cell in enumerate(row) if (unit := section_unit(cell))
        ]
        if len(found) != 1:
            return None
        rest = list(row)
        rest[found[0].column] = ""
        return None if _has_figure(header, rest) else found[0]

    def _is_empty(self, block: Block, end: int) -> bool:
        return not any(texts_of(row) for row in self._grid.rows[block.start : end])


def _is_line(row: Sequence[Any]) -> bool:
    cells = texts_of(row)
    return 0 < len(cells) <= MAX_TITLE_CELLS and all(isinstance(cell, str) for cell in cells)


def _has_figure(header: Header, row: Sequence[Any]) -> bool:
    """Whether a row has something in a column that a form's rows are filled by, but for its label or name."""
    names = [name for name in header.form.filled_by if name in header.columns]
    for name in names:
        position = header.columns[name]
        cell = row[position] if position < len(row) else ""
        if cell not in ("", None) and str(cell).strip() and not _is_motto(cell):
            return True
    return False


def _is_motto(cell: object) -> bool:
    """Whether a cell is the right half of a letterhead, which may stand over any column."""
    return isinstance(cell, str) and fold(cell).startswith(_MOTTOES)


def _says_something(grid: Grid, start: int, end: int) -> bool:
    """Whether lines above a header name a unit or a period."""
    head = read_title_lines(grid, start, end)
    return head.names_a_unit or any(found.source != "sheet" for found in head.periods)
