"""Which unit and which period each row of a long table is about, asked once for each distinct answer in the cells."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from warehouse.intake.bulk.coded import CodedColumn, CodedRows, Codes, Mask, Rows, combine, first_rows
from warehouse.intake.cells.places import WHO, PlaceReading
from warehouse.intake.cells.row import Row, clean_text
from warehouse.intake.sheets.table import Table
from warehouse.raw.submission_id import hash_of, make_submission_ids
from warehouse.reference.periods import Period
from warehouse.reference.units.register import UnitRegister, UnitVersion

Found = TypeVar("Found", UnitVersion, Period)
# First day, last day and number of a unit that there is not.
_NO_LIFE = (1, 0, -1)


class Atoms(NamedTuple):
    """Units and periods, and of each atom which of them are its own; None where one was not understood."""

    units: Sequence[UnitVersion | None]
    unit_numbers: Codes
    periods: Sequence[Period | None]
    period_numbers: Codes

    def place(self, number: int) -> tuple[UnitVersion | None, Period | None]:
        """Unit and period of one atom."""
        return self.units[self.unit_numbers[number]], self.periods[self.period_numbers[number]]

    def unit_keys(self) -> list[str | None]:
        """The key of each of the units."""
        return [unit and unit.unit_key for unit in self.units]

    def period_codes(self) -> list[str | None]:
        """The code of each of the periods."""
        return [period and period.code for period in self.periods]

    def submission_ids(self, file_sha256: str, form: str) -> list[str]:
        """The id of each atom's submission in a file."""
        units = np.array([hash_of(key) for key in self.unit_keys()], np.uint64)
        periods = np.array([hash_of(code) for code in self.period_codes()], np.uint64)
        return make_submission_ids(file_sha256, form, units[self.unit_numbers], periods[self.period_numbers])

    def take(self, numbers: Rows) -> Atoms:
        """Some of the atoms."""
        return self._replace(
            unit_numbers=self.unit_numbers[numbers], period_numbers=self.period_numbers[numbers]
        )


class Sheet:
    """A table's columns by name, and rows made up of single cells to ask about."""

    def __init__(self, table: Table, rows: CodedRows) -> None:
        self.table = table
        self.rows = rows

    def __len__(self) -> int:
        return len(self.rows)

    def column(self, name: str) -> CodedColumn | None:
        """The column, or None where the sheet has none."""
        place = self.table.columns.get(name)
        return None if place is None else self.rows.columns[place]

    def combination(self, names: Sequence[str]) -> Codes:
        """One code for each combination of the columns' cells."""
        columns = [column.codes for name in names if (column := self.column(name)) is not None]
        return combine(columns or [np.zeros(len(self), np.int32)])

    def cells_of(self, name: str, rows: Rows) -> list[Any]:
        """The cells of a column in some rows; None for each where the sheet has no such column."""
        column = self.column(name)
        if column is None:
            return [None] * len(rows)
        return [column.cells[code] for code in column.codes[rows].tolist()]

    def row(self, cells: dict[str, Any]) -> Row:
        """A row with these cells alone."""
        listed: list[Any] = [""] * len(self.rows.columns)
        for name, cell in cells.items():
            if name in self.table.columns:
                listed[self.table.columns[name]] = cell
        return Row(self.table, 0, listed)

    def row_of(self, names: Sequence[str], place: int) -> Row:
        """A row with some of the cells of the row at a place."""
        columns = {name: column for name in names if (column := self.column(name)) is not None}
        return self.row({name: column.cells[column.codes[place]] for name, column in columns.items()})


class Places:
    """The rows' atoms; `is_clear` says of which rows unit and period were understood without a remark."""

    def __init__(self, sheet: Sheet, reading: PlaceReading, units: UnitRegister) -> None:
        self._sheet = sheet
        self._reading = reading
        self._register = units
        self._units = _Numbering[UnitVersion]()
        self.period_codes, self._periods = self._read_periods()
        who = sheet.combination(WHO)
        places = combine([who, self.period_codes])
        first_of_place = first_rows(places)
        period_of_place = self.period_codes[first_of_place]
        unit_of_place, is_clear = self._read_units(first_rows(who), who[first_of_place], period_of_place)
        periods = _Numbering[Period]()
        period_numbers = np.array([periods.number(period) for period, _, _ in self._periods], np.int32)
        atom_of_place = combine([unit_of_place, period_numbers[period_of_place]])
        first_of_atom = first_rows(atom_of_place)
        self.atoms = Atoms(
            self._units.found,
            unit_of_place[first_of_atom],
            periods.found,
            period_numbers[period_of_place[first_of_atom]],
        )
        self.atom_of_row: Codes = atom_of_place[places]
        self.is_clear: Mask = is_clear[places]

    def _read_periods(self) -> tuple[Codes, list[tuple[Period | None, date, bool]]]:
        """`(period, day on which its unit has to be alive, whether there is nothing to tell)` by code."""
        name = self._sheet.table.form.dated_by
        column = self._sheet.column(name)
        if column is None:
            column = CodedColumn([""], np.zeros(len(self._sheet), np.int32))
        found = []
        for cell in column.cells:
            row = self._sheet.row({name: cell})
            on_date = self._reading.place_in_period(row)
            found.append((row.period, on_date, not row.issues))
        return column.codes, found

    def _read_units(self, asked: Rows, who: Codes, period_codes: Codes) -> tuple[Codes, Mask]:
        """The number of each place's unit; `asked` has one row for each code of `who`.

        Most units are certain by their code; the others are asked for one by one.
        """
        days = np.array([day.toordinal() for _, day, _ in self._periods])[period_codes]
        units = self._certain_units(asked, who, days)
        is_clear = np.array([is_clear and period is not None for period, _, is_clear in self._periods])
        is_clear = is_clear[period_codes]
        for place in np.flatnonzero(units < 0):
            on_date = self._periods[period_codes[place]][1]
            unit, issue = self._reading.unit_of(self._sheet.row_of(WHO, asked[who[place]]), on_date)
            units[place] = self._units.number(unit)
            is_clear[place] &= issue is None and unit is not None
        return units, is_clear

    def _certain_units(self, asked: Rows, who: Codes, days: Rows) -> Codes:
        """For each place the number of the unit that its code means for certain on that day, else -1."""
        found = np.full(len(who), -1, np.int32)
        # Under a title that names a unit, it is asked whether the row may be there.
        if self._sheet.table.head_unit:
            return found
        lives = list(map(self._lives, *(self._sheet.cells_of(name, asked) for name in WHO)))
        for turn in range(max(map(len, lives), default=0)):
            of_turn = [life[turn] if turn < len(life) else _NO_LIFE for life in lives]
            first, last, unit = (np.array(values, np.int32)[who] for values in zip(*of_turn, strict=True))
            found = np.where((first <= days) & (days <= last), unit, found)
        return found

    def _lives(self, code: object, name: object, parent: object) -> list[tuple[int, int, int]]:
        """`(first day, last day, number of the unit)` of each unit that the code means for certain beside such names."""
        if not code or not isinstance(code, str) or clean_text(parent):
            return []
        versions = _certain_versions(self._register, code, clean_text(name))
        return [(first, last, self._units.number(unit)) for first, last, unit in versions]


# A province's long files list the same units month after month.
@lru_cache(maxsize=32_768)
def _certain_versions(units: UnitRegister, code: str, name: str | None) -> list[tuple[int, int, UnitVersion]]:
    return [
        (first.toordinal(), last.toordinal(), unit)
        for first, last, unit in units.certain_versions(code, name)
    ]


class _Numbering(Generic[Found]):
    """Numbers for what is found, in order of appearance; None has one too."""

    def __init__(self) -> None:
        self.found: list[Found | None] = []
        self._numbers: dict[str | None, int] = {}

    def number(self, found: Found | None) -> int:
        """The same for the same unit or period, which its first field tells."""
        number = self._numbers.setdefault(found[0] if found else None, len(self.found))
        if number == len(self.found):
            self.found.append(found)
        return number
