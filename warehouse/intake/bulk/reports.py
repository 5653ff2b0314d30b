"""Find the report of each row of a long sheet. The row path is asked once for each distinct set of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from warehouse.intake.bulk.columns import Codes, EncodedColumn, Mask, Offsets, combine, first_rows
from warehouse.intake.bulk.long_sheet import LongSheet
from warehouse.intake.cells.row import clean_text
from warehouse.intake.cells.row_unit import UNIT_COLUMNS
from warehouse.intake.cells.unit_and_period import UnitAndPeriodReading
from warehouse.raw.submission_id import hash_of, make_submission_ids
from warehouse.reference.periods import Period
from warehouse.reference.units.register import UnitRegister, UnitVersion

Found = TypeVar("Found", UnitVersion, Period)
# The first day, the last day and the unit where a code means none.
_NO_VERSION: tuple[date, date, UnitVersion | None] = (date.max, date.min, None)


@dataclass(frozen=True)
class ReportList:
    """Reports as the index of their unit and of their period; either is None where it was not understood."""

    units: Sequence[UnitVersion | None]
    unit_codes: Codes
    periods: Sequence[Period | None]
    period_codes: Codes

    def __len__(self) -> int:
        return len(self.unit_codes)

    def owner(self, number: int) -> tuple[UnitVersion | None, Period | None]:
        """Return the unit and the period of one report."""
        return self.units[self.unit_codes[number]], self.periods[self.period_codes[number]]

    def submission_ids(self, file_sha256: str, form: str) -> list[str]:
        """Return the id of each report's submission in a file."""
        units = np.array([hash_of(unit and unit.unit_key) for unit in self.units], np.uint64)
        periods = np.array([hash_of(period and period.code) for period in self.periods], np.uint64)
        return make_submission_ids(file_sha256, form, units[self.unit_codes], periods[self.period_codes])

    def take(self, numbers: Offsets) -> ReportList:
        """Return some of the reports."""
        return replace(self, unit_codes=self.unit_codes[numbers], period_codes=self.period_codes[numbers])


class RowReports(NamedTuple):
    """The reports of a sheet, and for each row its report, its period cell, and whether both were clear."""

    reports: ReportList
    report_of_row: Codes
    period_cell_of_row: Codes
    is_clear: Mask


def find_reports(sheet: LongSheet, reading: UnitAndPeriodReading, register: UnitRegister) -> RowReports:
    """Find the unit and the period of each row. They are clear where the row path has nothing to say about them."""
    period_cells, answers = _read_periods(sheet, reading)
    unit_cells = sheet.combination(UNIT_COLUMNS)
    # An owner is a unit as it is written, in a period as it is written.
    owner_of_row = combine([unit_cells, period_cells])
    first_row = first_rows(owner_of_row)
    period_cell_of_owner = period_cells[first_row]
    units, periods = _Numbering[UnitVersion](), _Numbering[Period]()
    days = np.array([on_date.toordinal() for _, on_date, _ in answers])[period_cell_of_owner]
    certain = _certain_units(sheet, register, units, first_rows(unit_cells))
    unit_of_owner = np.full(len(first_row), -1, np.int32)
    cells_of_owner = unit_cells[first_row]
    for first_day, last_day, unit_of_cells in certain:
        is_valid = (first_day[cells_of_owner] <= days) & (days <= last_day[cells_of_owner])
        unit_of_owner = np.where(is_valid, unit_of_cells[cells_of_owner], unit_of_owner)
    is_clear = np.array([is_clear and period is not None for period, _, is_clear in answers])
    is_clear = is_clear[period_cell_of_owner]
    for owner in np.flatnonzero(unit_of_owner < 0).tolist():
        _, on_date, _ = answers[period_cell_of_owner[owner]]
        unit, issue = reading.unit_of(sheet.row_at(first_row[owner], UNIT_COLUMNS), on_date)
        unit_of_owner[owner] = units.number(unit)
        is_clear[owner] &= issue is None and unit is not None
    period_of_cell = np.array([periods.number(period) for period, _, _ in answers], np.int32)
    period_of_owner = period_of_cell[period_cell_of_owner]
    report_of_owner = combine([unit_of_owner, period_of_owner])
    first_owner = first_rows(report_of_owner)
    reports = ReportList(units.found, unit_of_owner[first_owner], periods.found, period_of_owner[first_owner])
    return RowReports(reports, report_of_owner[owner_of_row], period_cells, is_clear[owner_of_row])


def _certain_units(
    sheet: LongSheet, register: UnitRegister, units: _Numbering[UnitVersion], asked: Offsets
) -> Iterator[tuple[Offsets, Offsets, Codes]]:
    """Yield `(first days, last days, units)`: the units that the asked rows certainly mean by their codes on such days.

    A long file names ten thousand units in each of many periods. Nearly all of their codes are as the register has
    them, so the register is asked once for each code, and not once for each code and period. A code that had several
    versions is in several of the answers.
    """
    # Under a title that names a unit, the row path asks whether the row may stand there.
    if sheet.table.head.names_a_unit:
        return
    versions = []
    for offset in asked.tolist():
        code, name, parent = map(sheet.row_at(offset, UNIT_COLUMNS).raw, UNIT_COLUMNS)
        is_asked = isinstance(code, str) and not clean_text(parent)
        versions.append(register.certain_versions(code, clean_text(name)) if is_asked else [])
    for turn in range(max(map(len, versions), default=0)):
        of_turn = [listed[turn] if turn < len(listed) else _NO_VERSION for listed in versions]
        yield (
            np.array([first_day.toordinal() for first_day, _, _ in of_turn]),
            np.array([last_day.toordinal() for _, last_day, _ in of_turn]),
            np.array([units.number(unit) if unit else -1 for _, _, unit in of_turn], np.int32),
        )


def _read_periods(
    sheet: LongSheet, reading: UnitAndPeriodReading
) -> tuple[Codes, list[tuple[Period | None, date, bool]]]:
    """Return the period cell of each row, and by cell `(period, day on which its unit has to exist, is it clear)`."""
    name = sheet.table.form.dated_by
    column = sheet.column(name) or EncodedColumn([""], np.zeros(len(sheet), np.int32))
    found = []
    for cell in column.values:
        row = sheet.row({name: cell})
        on_date = reading.find_period(row)
        found.append((row.period, on_date, not row.issues))
    return column.codes, found


class _Numbering(Generic[Found]):
    """Numbers units or periods in order of appearance, by their first field; None gets a number too."""

    def __init__(self) -> None:
        self.found: list[Found | None] = []
        self._numbers: dict[str | None, int] = {}

    def number(self, found: Found | None) -> int:
        """Return the number of a unit or period."""
        number = self._numbers.setdefault(found[0] if found else None, len(self.found))
        if number == len(self.found):
            self.found.append(found)
        return number
