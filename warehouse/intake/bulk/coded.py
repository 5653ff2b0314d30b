"""A sheet's cells by column, each distinct cell held once: what is asked of a cell is asked once, however many rows
bear it.

A million rows are some numbers a row in memory, and a few thousand distinct cells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, count, zip_longest
from typing import Any, NamedTuple, overload

import numpy as np
import numpy.typing as npt

from warehouse.intake.workers.threads import executor_for

Codes = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
# Rows that are made into lists of cells at a time.
BLOCK_ROWS = 8192
BLANK = ("", None)
# So many times as long as the keys an array may be in which they are looked up.
LONGEST_LOOKUP = 8


class CodedColumn(NamedTuple):
    """The distinct cells of a column, and for each row which of them it bears."""

    cells: Sequence[Any]
    codes: Codes

    def mask(self, flags: Iterable[bool]) -> Mask:
        """For each row what `flags` says of its cell."""
        of_cells = np.fromiter(flags, np.bool_, len(self.cells))
        # Most columns of a long sheet have no blank and no fault, and need not be looked up row by row.
        if len(of_cells) and (of_cells.all() or not of_cells.any()):
            return np.full(len(self.codes), of_cells[0])
        return of_cells[self.codes]

    @property
    def is_blank(self) -> Mask:
        """For each row whether its cell is blank."""
        return self.mask(cell in BLANK for cell in self.cells)

    def take(self, rows: Rows | slice) -> CodedColumn:
        """The column of some rows. Only the cells that they bear are left."""
        codes = self.codes[rows]
        is_used = np.zeros(len(self.cells), np.bool_)
        is_used[codes] = True
        numbers = np.cumsum(is_used, dtype=np.int32) - 1
        return CodedColumn(list(compress(self.cells, is_used)), numbers[codes])


class CodedRows(Sequence[list[Any]]):
    """Rows of a sheet that are held by column. Each row is as long as the longest; blank cells fill it up."""

    def __init__(self, columns: Sequence[CodedColumn]) -> None:
        """The columns are of one length."""
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns[0].codes) if self.columns else 0

    @overload
    def __getitem__(self, place: int) -> list[Any]: ...
    @overload
    def __getitem__(self, place: slice) -> CodedRows: ...
    def __getitem__(self, place: int | slice) -> list[Any] | CodedRows:
        if isinstance(place, slice):
            return CodedRows([CodedColumn(cells, codes[place]) for cells, codes in self.columns])
        return [cells[codes[place]] for cells, codes in self.columns]

    def __iter__(self) -> Iterator[list[Any]]:
        for start in range(0, len(self), BLOCK_ROWS):
            block = [
                map(cells.__getitem__, codes[start : start + BLOCK_ROWS].tolist())
                for cells, codes in self.columns
            ]
            yield from map(list, zip(*block, strict=True))

    def take(self, rows: Rows) -> CodedRows:
        """Some of the rows, in their order. Only the cells that they bear are left."""
        is_span = len(rows) > 0 and rows[-1] - rows[0] + 1 == len(rows)
        # Rows that follow one another need not be picked one by one.
        chosen = slice(int(rows[0]), int(rows[-1]) + 1) if is_span else rows
        with executor_for(len(rows), threads=2) as executor:
            return CodedRows(list(executor.map(lambda column: column.take(chosen), self.columns)))


class Coder:
    """Makes coded columns of rows that come in blocks."""

    def __init__(self) -> None:
        self._known: list[defaultdict[Any, int]] = []
        self._codes: list[list[Codes]] = []
        self._length = 0

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """More rows, of any length."""
        number = -1
        for number, column in enumerate(zip_longest(*rows, fillvalue="")):
            cells: Sequence[Any] = column
            if number == len(self._known):
                # A cell that is looked up for the first time gets the next number.
                self._known.append(defaultdict(count(1).__next__, {"": 0}))
                self._codes.append([np.zeros(self._length, np.int32)])
            known = self._known[number]
            # True, 1 and 1.0 are one key of a dict, and three cells.
            if len(kinds := set(map(type, cells)) - {str}) > 1 or bool in kinds:
                cells = [cell if isinstance(cell, str) else (type(cell), cell) for cell in cells]
            self._codes[number].append(np.fromiter(map(known.__getitem__, cells), np.int32, len(rows)))
        for codes in self._codes[number + 1 :]:
            codes.append(np.zeros(len(rows), np.int32))
        self._length += len(rows)

    def rows(self) -> CodedRows:
        """All rows that were added."""
        return CodedRows(
            [
                CodedColumn(
                    [cell[1] if isinstance(cell, tuple) else cell for cell in known],
                    np.concatenate(codes),
                )
                for known, codes in zip(self._known, self._codes, strict=True)
            ]
        )


def row_numbers(numbers: Rows) -> Sequence[int]:
    """Numbers of rows as plain ones; numpy looks at them without a copy."""
    return memoryview(numbers)  # type: ignore[arg-type] # numpy's types do not tell that an array is a buffer


def code_rows(rows: Sequence[Sequence[Any]]) -> CodedRows:
    """Rows of cells as coded columns."""
    coder = Coder()
    coder.add(rows)
    return coder.rows()


def combine(columns: Sequence[Codes]) -> Codes:
    """One code for each combination of the columns' codes, numbered in order of appearance."""
    combined = columns[0]
    for other in columns[1:]:
        keys = combined.astype(np.int64) * (int(other.max(initial=0)) + 1) + other
        combined = _numbered(keys)
    return _numbered(combined.astype(np.int64)) if len(columns) == 1 else combined


def _numbered(keys: npt.NDArray[np.int64]) -> Codes:
    """Keys from 0 numbered in order of appearance."""
    if int(keys.max(initial=0)) < LONGEST_LOOKUP * len(keys):
        return _looked_up(keys)
    # Rows of a long sheet come in runs, of which there are fewer to sort.
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    _, ranks = np.unique(keys[starts], return_inverse=True)
    return np.repeat(_looked_up(ranks), np.diff(starts, append=len(keys)))


def _looked_up(keys: npt.NDArray[np.int64]) -> Codes:
    """The same, by looking them up in an array as long as their span."""
    span = int(keys.max(initial=0)) + 1
    rows = np.arange(len(keys), dtype=np.int32)
    first_row = np.empty(span, np.int32)
    # Of several rows with the same key the last one that is written stays, which from the end is the first.
    first_row[keys[::-1]] = rows[::-1]
    firsts = np.flatnonzero(first_row[keys] == rows)
    number = np.empty(span, np.int32)
    number[keys[firsts]] = rows[: len(firsts)]
    return number[keys]


def first_rows(codes: Codes) -> Rows:
    """For each code from 0 to the highest the first row that bears it. Each of them has to be borne."""
    rows = np.empty(int(codes.max(initial=-1)) + 1, np.int64)
    # Of several rows with the same code the last one that is written stays, which from the end is the first.
    rows[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return rows
