"""Which report each row of a long sheet belongs to. The row path is asked once for each distinct set of cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, NamedTuple, TypeVar

import numpy as np

from warehouse.intake.bulk.columns import Codes, EncodedColumn, Mask, Offsets, combine, first_rows
from warehouse.intake.bulk.long_sheet import LongSheet
from warehouse.intake.cells.unit_and_period import UNIT_COLUMNS, UnitAndPeriodReading
from warehouse.raw.submission_id import make_submission_id
from warehouse.reference.periods import Period
from warehouse.reference.units.register import UnitVersion

Found = TypeVar("Found", UnitVersion, Period)


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

    def submission_ids(self, file_sha256: str, form: str) -> list[int]:
        """Return the id of each report's submission in a file."""
        owners = map(self.owner, range(len(self)))
        return [
            make_submission_id(file_sha256, form, unit and unit.unit_key, period and period.code)
            for unit, period in owners
        ]

    def take(self, numbers: Offsets) -> ReportList:
        """Return some of the reports."""
        return replace(self, unit_codes=self.unit_codes[numbers], period_codes=self.period_codes[numbers])


class RowReports(NamedTuple):
    """The reports of a sheet, and of each row its report, its period cell, and whether both were clear."""

    reports: ReportList
    report_of_row: Codes
    period_cell_of_row: Codes
    is_clear: Mask


def find_reports(sheet: LongSheet, reading: UnitAndPeriodReading) -> RowReports:
    """Find the unit and the period of each row. They are clear where the row path has nothing to say about them."""
    period_cells, periods = _read_periods(sheet, reading)
    unit_cells = sheet.combination(UNIT_COLUMNS)
    owner_of_row = combine([unit_cells, period_cells])
    units, found_periods = _Numbering[UnitVersion](), _Numbering[Period]()
    unit_of_owner, period_of_owner, is_clear = [], [], []
    for offset in first_rows(owner_of_row).tolist():
        period, on_date, is_period_clear = periods[period_cells[offset]]
        unit, issue = reading.unit_of(sheet.row_at(offset, UNIT_COLUMNS), on_date)
        unit_of_owner.append(units.number(unit))
        period_of_owner.append(found_periods.number(period))
        is_clear.append(is_period_clear and period is not None and unit is not None and issue is None)
    unit_codes, period_codes = np.array(unit_of_owner, np.int32), np.array(period_of_owner, np.int32)
    report_of_owner = combine([unit_codes, period_codes])
    first_owner = first_rows(report_of_owner)
    return RowReports(
        ReportList(units.found, unit_codes[first_owner], found_periods.found, period_codes[first_owner]),
        report_of_owner[owner_of_row],
        period_cells,
        np.array(is_clear, np.bool_)[owner_of_row],
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
