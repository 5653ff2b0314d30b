"""Reads a panel's workbook into rows: one submission for each unit and year, one row for each value.

Nothing is guessed: a measure that is not listed, a unit whose code and name disagree and a cell that is no number each
give a finding. A unit without any figure gets none: a formula over blanks gives 0, which is no score.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.panels.mapping import PanelMapping
from warehouse.intake.panels.result import PanelResult, PanelSubmission
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.sheets.table import column_letters
from warehouse.reference import periods
from warehouse.reference.context import Context
from warehouse.reference.units.register import UnitRegister
from warehouse.settings import PROJECT_DIR
from warehouse.text.citizen_numbers import public_sheet_names
from warehouse.text.vietnamese import normalise

MEASURES_SEED = PROJECT_DIR / "dbt_project" / "seeds" / "panel_indicators.csv"
SHEET_MAX_CELLS = 1_000_000
# No score or share comes near; the sum of many such numbers still is exact.
LARGEST_VALUE = 999_999_999

SheetRow = Sequence[object]


def read_panel(
    sent: SentFile, file_name: str, file_sha256: str, mapping: PanelMapping, context: Context
) -> ParsedFile:
    """Read every sheet that the mapping knows. Never raises on bad input: each fault becomes a finding."""
    result = PanelResult(file_name, file_sha256, mapping.panel_code)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(sent.content))
        public_names = public_sheet_names(workbook.sheet_names)
        years = [mapping.year_of(name) for name in workbook.sheet_names]
        for (name, public_name), year in zip(public_names.items(), years, strict=True):
            period = periods.from_code(year) if year in context.reference.period_codes else None
            if year is None:
                result.submission(None, None).note("panel_sheet_unknown", public_name)
            elif period is None or period.start_date > context.as_of_date:
                result.submission(None, None).note("panel_year_unknown", public_name, found=year)
            elif years.count(year) > 1:
                result.submission(None, year).note("panel_year_twice", public_name, found=year)
            else:
                sheet = workbook.get_sheet_by_name(name)
                _SheetReader(public_name, period, mapping, context.reference.units, result).read(sheet)
    except CalamineError as error:
        result.submission(None, None).note("panel_unreadable", None, found=error)
    return result.parsed_file()


@lru_cache(maxsize=8)
def load_measures(seed: Path, panel_code: str) -> dict[str, str]:
    """Return for one panel the indicator code by the workbook's own heading."""
    with seed.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["panel_code"] == panel_code]
    return {normalise(row["source_measure"]): row["indicator_code"] for row in rows}


class _SheetReader:
    """Reads one sheet, which holds one year."""

    def __init__(
        self,
        name: str,
        period: periods.Period,
        mapping: PanelMapping,
        units: UnitRegister,
        result: PanelResult,
    ) -> None:
        self.name = name
        self.period = period
        self.mapping = mapping
        self.units = units
        self.result = result
        self.measures = load_measures(MEASURES_SEED, mapping.panel_code)
        self.columns: dict[str, int] = {}

    def read(self, sheet: CalamineSheet) -> None:
        """Add the values and findings of the sheet to the result."""
        if sheet.total_height * sheet.total_width > SHEET_MAX_CELLS:
            size = f"{sheet.total_height} × {sheet.total_width}"
            self._of_sheet().note("panel_sheet_too_large", self.name, found=size)
            return
        rows = sheet.to_python(skip_empty_area=False)
        if not self._find_columns(rows):
            return
        known_units: set[str] = set()
        for number, row in enumerate(rows[self.mapping.first_data_row - 1 :], self.mapping.first_data_row):
            if not any(value != "" for value in row) or self._code(row) in self.mapping.codes_not_units:
                continue
            unit_key = self._find_unit(row, number)
            if unit_key is None:
                continue
            submission = self.result.submission(unit_key, self.period.code)
            if unit_key in known_units:
                submission.values.clear()
                submission.note("panel_unit_twice", self.name, self._cell(number, self._code_heading))
                continue
            known_units.add(unit_key)
            self._read_values(row, number, submission)

    def _find_columns(self, rows: Sequence[SheetRow]) -> bool:
        """Note the column of each heading; return False where a heading is missing that the sheet cannot be read without."""
        heading_row = self.mapping.heading_row
        known = {*self.measures, self._code_heading, self.mapping.unit_name_heading}
        for index, value in enumerate(rows[heading_row - 1] if len(rows) >= heading_row else ()):
            heading = normalise(str(value))
            if not heading or heading in self.mapping.headings_not_read:
                continue
            cell = f"{column_letters(index)}{heading_row}"
            if heading in self.columns:
                self._of_sheet().note("panel_heading_twice", self.name, cell, column=heading, found=heading)
                return False
            self.columns[heading] = index
            if heading not in known:
                self._of_sheet().note("panel_measure_unknown", self.name, cell, column=heading, found=heading)
        for needed in (self._code_heading, self.mapping.unit_name_heading):
            if needed not in self.columns:
                self._of_sheet().note("panel_heading_missing", self.name, suggested=needed)
                return False
        return True

    def _find_unit(self, row: SheetRow, number: int) -> str | None:
        """Return the key of the unit that had both this code and this name at the end of the year, else None."""
        code = self._code(row)
        unit_name = normalise(str(row[self.columns[self.mapping.unit_name_heading]]))
        if code and unit_name:
            padded = code.zfill(self.mapping.unit_code_digits)
            is_known_name = unit_name in self.mapping.other_unit_names.get(padded, ())
            name_to_match = None if is_known_name else unit_name
            match = self.units.resolve(padded, name_to_match, None, self.period.end_date)
            if match.unit_key and self.units.get(match.unit_key).level == self.mapping.unit_level:
                return match.unit_key
        found = f"{code} {unit_name}".strip()
        cell = self._cell(number, self._code_heading)
        self._of_sheet().note("panel_unit_unknown", self.name, cell, column=self._code_heading, found=found)
        return None

    def _read_values(self, row: SheetRow, number: int, submission: PanelSubmission) -> None:
        values: dict[str, float] = {}
        blank = []
        for heading in self.measures:
            if heading not in self.columns:
                continue
            value = row[self.columns[heading]]
            if value == "":
                blank.append(heading)
            elif isinstance(value, bool) or not isinstance(value, int | float):
                cell = self._cell(number, heading)
                submission.note("panel_value_not_a_number", self.name, cell, column=heading, found=value)
            elif abs(value) > LARGEST_VALUE:
                cell = self._cell(number, heading)
                submission.note("panel_value_too_large", self.name, cell, column=heading, found=value)
            else:
                values[heading] = float(value)
        self._check_totals(values, number, submission)
        if not values and not submission.row["error_count"]:
            cell = self._cell(number, self._code_heading)
            submission.note("panel_unit_without_values", self.name, cell)
            return
        for heading in blank:
            submission.note("panel_value_missing", self.name, self._cell(number, heading), column=heading)
        for heading, value in values.items():
            submission.keep(self.name, number, self._cell(number, heading), self.measures[heading], value)

    def _check_totals(self, values: dict[str, float], number: int, submission: PanelSubmission) -> None:
        """Drop a total where one of its parts is missing; note a total that is not the sum of its parts."""
        for total in self.mapping.totals:
            if total.measure not in values:
                continue
            cell = self._cell(number, total.measure)
            if any(part not in values for part in total.parts):
                found = values.pop(total.measure)
                if values:
                    submission.note(
                        "panel_total_without_parts",
                        self.name,
                        cell,
                        column=total.measure,
                        found=found,
                    )
                continue
            expected = sum(values[part] for part in total.parts)
            found = values[total.measure]
            if abs(found - expected) > total.tolerance:
                submission.note(
                    "panel_total_differs",
                    self.name,
                    cell,
                    column=total.measure,
                    found=found,
                    suggested=f"{expected:.6f}",
                )

    @property
    def _code_heading(self) -> str:
        return self.mapping.unit_code_heading

    def _code(self, row: SheetRow) -> str:
        value = row[self.columns[self._code_heading]]
        return str(int(value)) if isinstance(value, float) and value.is_integer() else normalise(str(value))

    def _cell(self, row_number: int, heading: str) -> str:
        return f"{column_letters(self.columns[heading])}{row_number}"

    def _of_sheet(self) -> PanelSubmission:
        """Return the submission for findings that belong to no single unit."""
        return self.result.submission(None, self.period.code)
