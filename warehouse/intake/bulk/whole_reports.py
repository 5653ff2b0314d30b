"""Take reports without any finding out of a long sheet, all at once, and leaves all other rows to the row path.

A row is plain when each of its cells is understood without a remark and no check has anything to say about it; a
report is plain when all its rows are. The meaning of a cell, a unit, a period or an indicator is asked of the functions that read
row by row, once for each distinct
question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from warehouse.forms.contract import Column, Form
from warehouse.intake.bulk.columns import Codes, EncodedColumn, Mask, combine, first_rows
from warehouse.intake.bulk.long_sheet import LongSheet, read_long_sheet
from warehouse.intake.bulk.raw_rows import PlainReports, raw_rows
from warehouse.intake.bulk.reports import RowReports, find_reports
from warehouse.intake.bulk.rest import rest_in_parts
from warehouse.intake.cells.interpret import BLANK_CELLS, Reading, take_answer
from warehouse.intake.cells.numbers import NOT_APPLICABLE
from warehouse.intake.checks.columns import (
    check_column,
    is_clearly_right,
    is_required,
    mask_between_columns,
)
from warehouse.intake.checks.figures import Figures, Numbers
from warehouse.intake.checks.registry import checks_of
from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.reports.parents import column_with_whole, may_hold_parents
from warehouse.intake.tables.table import Table
from warehouse.reference.context import Context
from warehouse.reference.indicators import Indicator

_READ_TYPES = ("unit", "period", "indicator", "text", "number", "integer")
_INDICATOR_COLUMNS = ("indicator_code", "indicator_name", "unit_of_measure")
# A double holds every whole number up to this one.
_MAX_WHOLE = 2**53


@dataclass(frozen=True)
class Taken:
    """The result for a long file: rows of the reports that were taken at once, by raw table, and tables left to the row path.

    No report is in two of the `rest`, so they can be read one after the other.
    """

    raw_tables: dict[str, pa.Table]
    rest: list[Table]
    is_simulated: bool


def take_long(sent: SentFile, file_sha256: str, context: Context) -> Taken | None:
    """Take the plain reports of a long file at once; return None for a file that only the row path can read.

    Raises UnreadableError.
    """
    sheet = read_long_sheet(sent, context.reference)
    if sheet is None or not _can_be_read_by_column(sheet.table):
        return None
    sent.forget()
    sorted_rows = _SortedRows(sheet, context)
    rest = rest_in_parts(
        sheet, sorted_rows.is_doubtful, sorted_rows.rows.report_of_row, sorted_rows.is_odd, context.reference
    )
    if rest is None:
        return None
    plain = sorted_rows.plain_reports()
    raw_tables = raw_rows(plain, file_sha256) if len(plain.reports) else {}
    return Taken(raw_tables, rest, sheet.table.is_simulated)


def _can_be_read_by_column(table: Table) -> bool:
    """Whether each check and column of the form can be judged for whole columns."""
    form = table.form
    return (
        form.is_accepted_whole
        and not table.measures
        and not table.parent_columns
        and not form.successor_may_report
        and not form.key_prefix
        and all(form.by_name[name].is_numeric for name in form.filled_by)
        and all(check.mask or check.is_about_report for check in checks_of(form))
        and all(_is_read_alone(column, form) for column in form.columns)
        and all(column.name in table.columns for column in form.columns if is_required(column))
    )


def _is_read_alone(column: Column, form: Form) -> bool:
    depends = column.expected_for or column.not_kept_for or column.is_private_for
    is_figure = not column.is_numeric or column.name in form.filled_by
    return column.type in _READ_TYPES and not depends and is_figure


class _SortedRows:
    """The rows of a sheet, sorted into reports, and the reports into plain and odd ones."""

    def __init__(self, sheet: LongSheet, context: Context) -> None:
        self.sheet = sheet
        self.form = sheet.table.form
        self.context = context
        # Rows that are no data may stand among the others, so an ambiguous number is left to the row path.
        numbers = {column.name: () for column in self.form.columns if column.is_numeric}
        self.reading = Reading(replace(sheet.table, other_cells=numbers), context)
        self.numbers: dict[str, Numbers] = {}
        self.texts: dict[str, EncodedColumn] = {}
        self.is_doubtful = sheet.is_doubtful()
        self.rows: RowReports = find_reports(sheet, self.reading.unit_and_period, context.reference.units)
        self.is_filled = ~np.logical_and.reduce([self._is_blank(name) for name in self.form.filled_by])
        self.is_plain: Mask = self.is_filled & ~self.is_doubtful & self.rows.is_clear
        self._read_cells()
        self._check_figures()
        self.is_odd = self._odd_reports()

    def plain_reports(self) -> PlainReports:
        """Return the plain reports, numbered anew, with all that their rows say."""
        rows = np.flatnonzero(~self.is_odd[self.rows.report_of_row])
        new_numbers = np.cumsum(~self.is_odd, dtype=np.int32) - 1
        first_number = self.sheet.grid.first_row + self.sheet.start + 1
        return PlainReports(
            table=self.sheet.table,
            reports=self.rows.reports.take(np.flatnonzero(~self.is_odd)),
            report_of_row=new_numbers[self.rows.report_of_row[rows]],
            row_numbers=rows + first_number,
            numbers={name: numbers[rows] for name, numbers in self.numbers.items()},
            texts={name: EncodedColumn(text.values, text.codes[rows]) for name, text in self.texts.items()},
        )

    def _is_blank(self, name: str) -> Mask:
        column = self.sheet.column(name)
        if column is None:
            return np.ones(len(self.sheet), np.bool_)
        return column.mask(value in BLANK_CELLS or not str(value).strip() for value in column.values)

    def _read_cells(self) -> None:
        """Read the cells that can be understood without knowing unit or period."""
        for column in self.form.columns:
            if column.type not in ("unit", "period", "indicator") and not column.helper:
                self._read(column)
        has_figure = [~np.isnan(self.numbers[name]) for name in self.form.filled_by]
        self.is_plain &= np.logical_or.reduce(has_figure)

    def _read(self, column: Column) -> None:
        """Read the cells of a column. Rows with a cell that needs a remark are not plain."""
        name, encoded = column.name, self.sheet.column(column.name)
        is_number = column.is_numeric
        if encoded is None:
            if is_number:
                self.numbers[name] = np.full(len(self.sheet), np.nan)
            return
        answers, issues = self.reading.read_cells(column, encoded.values)
        values: list[Any] = []
        is_understood = []
        for cell, answer, issue in zip(encoded.values, answers, issues, strict=True):
            is_answered = issue is None and answer is not None and answer is not NOT_APPLICABLE
            if is_answered and is_clearly_right(column, answer):
                values.append(answer)
                is_understood.append(not _depends(cell, answer))
                continue
            row = self.sheet.row({name: cell})
            take_answer(row, name, answer, issue)
            check_column(column, [row], self.context)
            values.append(row.values[name])
            is_understood.append(not (row.issues or row.is_not_applicable or _depends(cell, values[-1])))
        self.is_plain &= encoded.mask(is_understood)
        if is_number:
            known = [np.nan if value is None else float(value) for value in values]
            self.numbers[name] = np.array(known, np.float64)[encoded.codes]
        else:
            self.texts[name] = EncodedColumn(values, encoded.codes)

    def _check_figures(self) -> None:
        """Run the checks of the form as masks. Rows that a mask leaves unmarked are not plain."""
        is_rate = is_whole = is_day_count = np.zeros(len(self.sheet), np.bool_)
        if any(column.type == "indicator" for column in self.form.columns):
            asked = self.sheet.combination(_INDICATOR_COLUMNS)
            indicators = self._read_indicators(asked)
            is_rate = np.array([item is not None and item.is_rate for item in indicators])[asked]
            is_whole = np.array([item is not None and item.is_whole for item in indicators])[asked]
            is_day_count = np.array([item is not None and item.counts_days for item in indicators])[asked]
            self._check_indicators(asked, indicators)
        figures = Figures(self.numbers, is_rate, is_whole, is_day_count)
        for check in checks_of(self.form):
            if check.mask:
                self.is_plain &= check.mask(figures)
        for column in self.form.columns:
            mask = mask_between_columns(column, figures)
            if mask is not None:
                self.is_plain &= mask

    def _read_indicators(self, asked: Codes) -> Sequence[Indicator | None]:
        """Return the indicator of each distinct question. Rows of which it is not clear are not plain."""
        column = self.form.by_name["indicator_code"]
        codes, is_clear = [], []
        for offset in first_rows(asked).tolist():
            row = self.sheet.row_at(offset, _INDICATOR_COLUMNS)
            self.reading.find_indicator(row, column)
            codes.append(row.values[column.name])
            is_clear.append(not row.issues and row.values[column.name] is not None)
        self.is_plain &= np.array(is_clear, np.bool_)[asked]
        self.texts[column.name] = EncodedColumn(codes, asked)
        known = self.context.reference.indicators
        return [known.get(code) if code else None for code in codes]

    def _check_indicators(self, asked: Codes, indicators: Sequence[Indicator | None]) -> None:
        """Check the indicators against units and periods, once for each indicator, reporting level and period."""
        checks = [check for check in checks_of(self.form) if check.is_about_report]
        reports, report_of_row = self.rows.reports, self.rows.report_of_row
        level_of, levels = self.context.reference.reporting_level, dict[str | None, int]()
        level_of_unit = [
            levels.setdefault(level_of(unit) if unit else None, len(levels)) for unit in reports.units
        ]
        level_of_report = np.array(level_of_unit, np.int32)[reports.unit_codes]
        questions = combine([asked, level_of_report[report_of_row], self.rows.period_cell_of_row])
        is_right = []
        for offset in first_rows(questions).tolist():
            row = self.sheet.row({})
            row.unit, row.period = reports.owner(report_of_row[offset])
            row.indicator = indicators[asked[offset]]
            for check in checks:
                check.note([row], self.context)
            is_right.append(not row.issues)
        self.is_plain &= np.array(is_right, np.bool_)[questions]

    def _odd_reports(self) -> Mask:
        """Mark the reports that are left to the row path: with a row that is not plain, or with a key twice.

        The first report is always among them, so that the sheet's own findings stand with it.
        """
        report_of_row = self.rows.report_of_row
        is_odd = np.zeros(len(self.rows.reports), np.bool_)
        is_odd[report_of_row[~self.is_plain]] = True
        names = [name for name in self.form.key if self.form.by_name[name].type not in ("unit", "period")]
        keys = combine([report_of_row, *map(self._key, names)])
        is_odd[report_of_row[np.bincount(keys)[keys] > 1]] = True
        first_filled = np.flatnonzero(self.is_filled & ~self.is_doubtful)[:1]
        is_odd[report_of_row[first_filled]] = True
        columns = column_with_whole(self.form)
        if columns:
            is_odd |= may_hold_parents(self.numbers[columns[0]], report_of_row)
        return is_odd

    def _key(self, name: str) -> Codes:
        """Return equal codes for cells that mean the same."""
        text = self.texts.get(name)
        if text is None:
            return np.zeros(len(self.sheet), np.int32)
        known: dict[Any, int] = {}
        return np.array([known.setdefault(value, len(known)) for value in text.values], np.int32)[text.codes]


def _depends(cell: object, value: object) -> bool:
    """Whether the cell cannot be understood alone: a percentage depends on its indicator."""
    is_percent = isinstance(cell, str) and cell.rstrip().endswith("%")
    return is_percent or (isinstance(value, int | float) and abs(value) >= _MAX_WHOLE)
