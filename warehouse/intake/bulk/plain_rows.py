"""Whole reports of which there is nothing to tell, taken out of a long table all at once.

A row is plain when each of its cells is understood without a remark and no check has anything to tell of it; an
atom is plain when all its rows are. What a cell, a unit, a period or an indicator means is asked of the very
functions that read row by row, once for each distinct question. All other atoms are left to be read row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from warehouse.forms.contract import Column, Form
from warehouse.intake.bulk.coded import (
    CodedColumn,
    CodedRows,
    Codes,
    Mask,
    Rows,
    combine,
    first_rows,
    row_numbers,
)
from warehouse.intake.bulk.plain_checks import ABOUT_PLACE, IN_FIGURES, Figures, Numbers, nothing_to_tell
from warehouse.intake.bulk.plain_places import Atoms, Places, Sheet
from warehouse.intake.cells.interpret import BLANK_CELLS, Reading, take_answer
from warehouse.intake.cells.numbers import NOT_APPLICABLE
from warehouse.intake.checks.columns import check_column, is_clearly_right, is_required
from warehouse.intake.checks.rows import CHECKS
from warehouse.intake.sheets.table import Table
from warehouse.intake.workers.threads import executor_for
from warehouse.reference.context import Context
from warehouse.reference.indicators import Indicator

_READ_TYPES = ("unit", "period", "indicator", "text", "number", "integer")
_NUMBER_TYPES = ("number", "integer")
_INDICATOR = ("indicator_code", "indicator_name")
# Whole numbers above this are not all of them a double.
_LARGEST_WHOLE = 2**53
# Rows that are read one by one at a time, so that memory does not grow with the file.
PART_ROWS = 50_000


@dataclass(frozen=True)
class Reports:
    """Plain atoms, and of each row its atom, its place in the sheet and what it says.

    `texts` hold what the cells of text columns mean; so too the indicators' codes.
    """

    table: Table
    atoms: Atoms
    atom_of_row: Codes
    row_numbers: Rows
    numbers: dict[str, Numbers]
    texts: dict[str, CodedColumn]


def set_apart(table: Table, context: Context) -> tuple[Reports | None, list[Table]]:
    """`(plain reports, the table's other rows)`; the latter in parts, no atom of which is in two of them."""
    if not isinstance(table.rows, CodedRows) or not len(table.rows) or not _may_be_plain(table):
        return None, [table]
    sorting = _Sorting(table, table.rows, context)
    return sorting.plain_reports(), list(sorting.other_parts())


def _may_be_plain(table: Table) -> bool:
    """Whether all that the form declares can be told of many rows at once."""
    form = table.form
    return (
        form.is_accepted_whole
        and not form.successor_may_report
        and not form.key_prefix
        and all(form.by_name[name].type in _NUMBER_TYPES for name in form.filled_by)
        and all(name in IN_FIGURES or name in ABOUT_PLACE for name in form.checks)
        and all(_is_read_alone(column, form) for column in form.columns)
        and all(column.name in table.columns for column in form.columns if is_required(column))
        and not any(issue.rule == "column_repeated" for issue in table.issues)
    )


def _is_read_alone(column: Column, form: Form) -> bool:
    depends = column.expected_for or column.not_kept_for or column.is_private_for
    is_figure = column.type not in _NUMBER_TYPES or column.name in form.filled_by
    return column.type in _READ_TYPES and not depends and is_figure


class _Sorting:
    """One table's rows, sorted into atoms, and the atoms into plain ones and others."""

    def __init__(self, table: Table, rows: CodedRows, context: Context) -> None:
        self.table = table
        self.form = table.form
        self.context = context
        self.sheet = Sheet(table, rows)
        self.reading = Reading(table, context)
        self.numbers: dict[str, Numbers] = {}
        self.texts: dict[str, CodedColumn] = {}
        # Of each indicator asked about what it is, and of each row which of them it asks about.
        self.indicators: Sequence[Indicator | None] = []
        self.asked: Codes | None = None
        with executor_for(len(rows), threads=1) as meanwhile:
            # Cells are looked up in arrays, which leaves Python to those who ask about units.
            cells_read = meanwhile.submit(self._read_cells)
            self.places = Places(self.sheet, self.reading.places, context.reference.units)
            cells_read.result()
        self.atoms, self.atom_of_row = self.places.atoms, self.places.atom_of_row
        self.is_plain &= self.places.is_clear
        self._check_places()
        self.is_odd_atom = self._odd_atoms()

    def plain_reports(self) -> Reports | None:
        """The plain atoms, numbered anew."""
        chosen = np.flatnonzero(~self.is_odd_atom)
        if not len(chosen):
            return None
        numbers_of_rows = np.asarray(self.table.row_numbers, np.int64)
        if len(chosen) == len(self.is_odd_atom):
            return Reports(
                self.table,
                self.atoms,
                self.atom_of_row,
                numbers_of_rows,
                self.numbers,
                self.texts,
            )
        rows = np.flatnonzero(~self.is_odd_atom[self.atom_of_row]).astype(np.int64)
        new_numbers = np.cumsum(~self.is_odd_atom, dtype=np.int32) - 1
        return Reports(
            table=self.table,
            atoms=self.atoms.take(chosen),
            atom_of_row=new_numbers[self.atom_of_row[rows]],
            row_numbers=numbers_of_rows[rows],
            numbers={name: numbers[rows] for name, numbers in self.numbers.items()},
            texts={name: CodedColumn(text.cells, text.codes[rows]) for name, text in self.texts.items()},
        )

    def other_parts(self) -> Iterator[Table]:
        """The other atoms' rows, in the order in which they would be read; what is told of the sheet goes with the
        first.
        """
        others = np.flatnonzero(self.is_odd_atom[self.atom_of_row]).astype(np.int64)
        issues = self.table.issues
        for rows in self._in_parts(others):
            numbers = row_numbers(np.asarray(self.table.row_numbers, np.int64)[rows])
            yield replace(
                self.table,
                rows=self.sheet.rows.take(rows),
                row_numbers=numbers,
                issues=issues,
            )
            issues = []

    def _in_parts(self, rows: Rows) -> Iterator[Rows]:
        if len(rows) <= PART_ROWS:
            yield from [rows] if len(rows) else []
            return
        # Atoms in which something is filled in come first, in order of their first such row.
        order = np.full(len(self.atoms.unit_numbers), 2 * len(self.atom_of_row), np.int64)
        late = np.where(self.is_filled, 0, len(self.atom_of_row))[rows]
        np.minimum.at(order, self.atom_of_row[rows], rows + late)
        atom_order = order[self.atom_of_row[rows]]
        by_atom = rows[np.argsort(atom_order, kind="stable")]
        ends = np.flatnonzero(np.diff(np.sort(atom_order), append=-1)) + 1
        start = 0
        while start < len(by_atom):
            last = min(int(np.searchsorted(ends, start + PART_ROWS)), len(ends) - 1)
            end = int(ends[last])
            yield np.sort(by_atom[start:end])
            start = end

    def _read_cells(self) -> None:
        """What the cells mean that can be understood without knowing unit or period."""
        self.is_filled = ~np.logical_and.reduce([self._is_blank(name) for name in self.form.filled_by])
        self.is_plain: Mask = self.is_filled.copy()
        for column in self.form.columns:
            if column.type not in ("unit", "period", "indicator") and not column.helper:
                self._read(column)
        has_figure = [~np.isnan(self.numbers[name]) for name in self.form.filled_by]
        self.is_plain &= np.logical_or.reduce(has_figure)
        is_rate = is_whole = np.zeros(len(self.sheet), np.bool_)
        if any(column.type == "indicator" for column in self.form.columns):
            self._read_indicators()
            is_rate = np.array([item is not None and item.is_rate for item in self.indicators])[self.asked]
            is_whole = np.array([item is not None and item.is_whole for item in self.indicators])[self.asked]
        self.is_plain &= nothing_to_tell(self.form, Figures(self.numbers, is_rate, is_whole))

    def _is_blank(self, name: str) -> Mask:
        column = self.sheet.column(name)
        if column is None:
            return np.ones(len(self.sheet), np.bool_)
        return column.mask(cell in BLANK_CELLS or not str(cell).strip() for cell in column.cells)

    def _read(self, column: Column) -> None:
        """What the cells of a column mean, and which of them are understood without a remark."""
        name, coded = column.name, self.sheet.column(column.name)
        is_number = column.type in _NUMBER_TYPES
        if coded is None:
            if is_number:
                self.numbers[name] = np.full(len(self.sheet), np.nan)
            return
        values, issues = self.reading.read_cells(column, coded.cells)
        values = list(values)
        is_understood = []
        for place, (cell, value, issue) in enumerate(zip(coded.cells, values, issues, strict=True)):
            is_answered = issue is None and value is not None and value is not NOT_APPLICABLE
            if is_answered and is_clearly_right(column, value) and not _depends(cell, value):
                is_understood.append(True)
                continue
            row = self.sheet.row({name: cell})
            take_answer(row, name, value, issue)
            check_column(column, [row], self.context)
            values[place] = row.values[name]
            is_understood.append(not (row.issues or row.is_not_applicable or _depends(cell, values[place])))
        self.is_plain &= coded.mask(is_understood)
        if is_number:
            known = [np.nan if value is None else float(value) for value in values]
            self.numbers[name] = np.array(known, np.float64)[coded.codes]
        else:
            self.texts[name] = CodedColumn(values, coded.codes)

    def _read_indicators(self) -> None:
        """Which indicator each row is about; rows of which that is not clear are not plain."""
        column = self.form.by_name["indicator_code"]
        self.asked = asked = self.sheet.combination(_INDICATOR)
        answers, is_clear = [], []
        for first in first_rows(asked):
            row = self.sheet.row_of(_INDICATOR, first)
            self.reading.find_indicator(row, column)
            answers.append(row.values[column.name])
            is_clear.append(not row.issues and row.values[column.name] is not None)
        self.is_plain &= np.array(is_clear, np.bool_)[asked]
        self.texts[column.name] = CodedColumn(answers, asked)
        known = self.context.reference.indicators
        self.indicators = [known.get(code) if code else None for code in answers]

    def _check_places(self) -> None:
        """Rows with an indicator that has no place with such a unit or in such a period are not plain."""
        if self.asked is None:
            return
        checks = [CHECKS[name] for name in self.form.checks if name in ABOUT_PLACE]
        levels: dict[str | None, int] = {}
        of_unit = [levels.setdefault(unit.level if unit else None, len(levels)) for unit in self.atoms.units]
        level_of_atom = np.array(of_unit, np.int32)[self.atoms.unit_numbers]
        places = combine([self.asked, level_of_atom[self.atom_of_row], self.places.period_codes])
        is_in_place = []
        for first in first_rows(places):
            row = self.sheet.row({})
            row.unit, row.period = self.atoms.place(self.atom_of_row[first])
            row.indicator = self.indicators[self.asked[first]]
            for check in checks:
                check([row], self.context)
            is_in_place.append(not row.issues)
        self.is_plain &= np.array(is_in_place, np.bool_)[places]

    def _odd_atoms(self) -> Mask:
        """Atoms that are not plain: with such a row, with a key twice, and the one with which the sheet's own remarks
        go.
        """
        is_odd = np.zeros(len(self.atoms.unit_numbers), np.bool_)
        is_odd[self.atom_of_row[~self.is_plain]] = True
        keys = [
            self._key(name)
            for name in self.form.key
            if self.form.by_name[name].type not in ("unit", "period")
        ]
        told = combine([self.atom_of_row, *keys])
        is_odd[self.atom_of_row[np.bincount(told)[told] > 1]] = True
        if self.table.issues:
            first = self.is_filled.argmax()
            is_odd[self.atom_of_row[first]] = True
        return is_odd

    def _key(self, name: str) -> Codes:
        """Equal where what the cells mean is equal."""
        text = self.texts.get(name)
        if text is None:
            return np.zeros(len(self.sheet), np.int32)
        known: dict[Any, int] = {}
        return np.array([known.setdefault(value, len(known)) for value in text.cells], np.int32)[text.codes]


def _depends(cell: object, value: object) -> bool:
    """Whether the cell is not to be understood alone: a percentage depends on what it stands for."""
    is_percent = isinstance(cell, str) and cell.rstrip().endswith("%")
    return is_percent or (isinstance(value, int | float) and abs(value) >= _LARGEST_WHOLE)
