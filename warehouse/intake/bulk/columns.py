"""Columns in dictionary encoding: each distinct value is held once, so it is also read and checked once.

A sheet of a million rows then takes a few numbers a row, and a few thousand distinct values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import compress, count, zip_longest
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Codes = npt.NDArray[np.int32]
Offsets = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
BLANK = ("", None)


class EncodedColumn(NamedTuple):
    """The distinct values of a column, and for each row the index of its value."""

    values: Sequence[Any]
    codes: Codes

    def mask(self, flags: Iterable[bool]) -> Mask:
        """Return for each row the flag of its value; `flags` has one for each distinct value."""
        return np.fromiter(flags, np.bool_, len(self.values))[self.codes]

    @property
    def is_blank(self) -> Mask:
        """Return for each row whether its cell is blank."""
        return self.mask(value in BLANK for value in self.values)

    def used_values(self, mask: Mask) -> list[Any]:
        """Return the distinct values of some rows."""
        return list(compress(self.values, self._is_used(self.codes[mask])))

    def below(self, start: int) -> EncodedColumn:
        """Return the column without its first rows, and without the values that only they have."""
        codes = self.codes[start:]
        is_used = self._is_used(codes)
        numbers = np.cumsum(is_used, dtype=np.int32) - 1
        return EncodedColumn(list(compress(self.values, is_used)), numbers[codes])

    def _is_used(self, codes: Codes) -> Mask:
        is_used = np.zeros(len(self.values), np.bool_)
        is_used[codes] = True
        return is_used


class Encoder:
    """Encodes rows that arrive in blocks."""

    def __init__(self) -> None:
        self._known: list[defaultdict[Any, int]] = []
        self._codes: list[list[Codes]] = []
        self._length = 0

    def add(self, rows: Sequence[Sequence[Any]]) -> None:
        """Add rows of any length."""
        number = -1
        for number, column in enumerate(zip_longest(*rows, fillvalue="")):
            cells: Sequence[Any] = column
            if number == len(self._known):
                # A value that is looked up for the first time gets the next number.
                self._known.append(defaultdict(count(1).__next__, {"": 0}))
                self._codes.append([np.zeros(self._length, np.int32)])
            known = self._known[number]
            # True, 1 and 1.0 are one key of a dict, and three values.
            if len(kinds := set(map(type, cells)) - {str}) > 1 or bool in kinds:
                cells = [cell if isinstance(cell, str) else (type(cell), cell) for cell in cells]
            self._codes[number].append(np.fromiter(map(known.__getitem__, cells), np.int32, len(rows)))
        for codes in self._codes[number + 1 :]:
            codes.append(np.zeros(len(rows), np.int32))
        self._length += len(rows)

    def columns(self) -> list[EncodedColumn]:
        """Return the columns of all rows; a short row is filled up with blanks."""
        return [
            EncodedColumn(
                [value[1] if isinstance(value, tuple) else value for value in known], np.concatenate(codes)
            )
            for known, codes in zip(self._known, self._codes, strict=True)
        ]


def encode_rows(rows: Sequence[Sequence[Any]]) -> list[EncodedColumn]:
    """Return rows of cells as encoded columns."""
    encoder = Encoder()
    encoder.add(rows)
    return encoder.columns()


def rows_at(columns: Sequence[EncodedColumn], offsets: Offsets | slice) -> list[list[Any]]:
    """Return some rows as lists of cells."""
    cells = [map(values.__getitem__, codes[offsets].tolist()) for values, codes in columns]
    return list(map(list, zip(*cells, strict=True)))


def combine(columns: Sequence[Codes]) -> Codes:
    """Return one code for each combination of the columns' codes, numbered in order of appearance."""
    combined = columns[0]
    for other in columns[1:]:
        combined = _numbered(combined.astype(np.int64) * (int(other.max(initial=0)) + 1) + other)
    return combined if len(columns) > 1 else _numbered(combined.astype(np.int64))


def _numbered(keys: Offsets) -> Codes:
    codes: Codes = pa.array(keys).dictionary_encode().indices.to_numpy()
    return codes


def first_rows(codes: Codes) -> Offsets:
    """Return for each code from 0 to the highest the first row that has it. Every code has to occur."""
    rows = np.empty(int(codes.max(initial=-1)) + 1, np.int64)
    # Rows are written from the end: where several have the same code, the write of the first row is the last and stays.
    rows[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return rows
