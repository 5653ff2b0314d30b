"""Reads one sheet of a panel: its columns, its years, and one row a unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from warehouse.intake.files.addresses import column_letters
from warehouse.intake.panels import cells
from warehouse.intake.panels.mapping import PanelMapping
from warehouse.intake.panels.result import PanelResult, PanelSubmission
from warehouse.reference import periods
from warehouse.reference.context import Context
from warehouse.text.vietnamese import normalise

# No score or share comes near; the sum of many such numbers still is exact.
LARGEST_VALUE = 999_999_999

SheetRow = Sequence[object]
Columns = dict[str, int]


class SheetReader:
    """Reads one sheet, which holds one year, or several years in its columns or its rows."""

    def __init__(
        self,
        name: str,
        mapping: PanelMapping,
        measures: Mapping[str, str],
        context: Context,
        result: PanelResult,
    ) -> None:
        """Take the sheet's public name, and the indicator of each measure."""
        self.name = name
        self.mapping = mapping
        self.measures = measures
        self.context = context
        self.result = result
        self._headings: Columns = {}
        # The columns of the measures; by year where the years stand in columns.
        self._columns: Columns = {}
        self._columns_of_year: dict[str, Columns] = {}
        self._known: set[tuple[str, str]] = set()

    def read(self, rows: Sequence[SheetRow], year: str | None) -> None:
        """Add the values and findings of the sheet to the result; `year` is that of the sheet's name."""
        if year is not None and self._period(year) is None:
            self.result.submission(None, None).note("panel_year_unknown", self.name, found=year)
            return
        if not self._find_columns(rows, year):
            return
        for number, row in enumerate(rows[self.mapping.first_data_row - 1 :], self.mapping.first_data_row):
            if any(value not in ("", None) for value in row) and not self._is_no_unit(row):
                for text, columns in self._years_of(row, number, year):
                    self._read_row(row, number, text, columns)

    def _find_columns(self, rows: Sequence[SheetRow], year: str | None) -> bool:
        """Note the column of each heading; return False where a heading is missing that the sheet cannot be read without."""
        heading_row = self.mapping.heading_row
        needed = [*self.mapping.unit_headings]
        if self.mapping.years_in == "rows":
            needed.append(str(self.mapping.year_heading))
        for index, value in enumerate(rows[heading_row - 1] if len(rows) >= heading_row else ()):
            heading = cells.as_heading(value)
            if not heading or heading in self.mapping.headings_not_read:
                continue
            cell = f"{column_letters(index)}{heading_row}"
            measure = None if heading in needed else self._measure_of(heading)
            if heading in self._headings or (measure and not self._is_first(measure, index)):
                self._of_sheet(year).note(
                    "panel_heading_twice", self.name, cell, column=heading, found=heading
                )
                return False
            self._headings[heading] = index
            if heading not in needed and measure is None:
                self._of_sheet(year).note(
                    "panel_measure_unknown", self.name, cell, column=heading, found=heading
                )
        for heading in needed:
            if heading not in self._headings:
                self._of_sheet(year).note("panel_heading_missing", self.name, suggested=heading)
                return False
        return True

    def _measure_of(self, heading: str) -> tuple[str | None, str] | None:
        """Return the year, where the heading says one, and the listed measure of a column; None for any other column."""
        year, name = None, heading
        if self.mapping.years_in == "columns":
            found = self.mapping.year_and_measure(heading)
            if found is None:
                return None
            year, name = found[0], normalise(found[1])
        measure = self.mapping.other_headings.get(name, name)
        return (year, measure) if measure in self.measures else None

    def _is_first(self, measure: tuple[str | None, str], index: int) -> bool:
        """Note the column of a measure and year; return False where another column has them too."""
        year, name = measure
        columns = self._columns if year is None else self._columns_of_year.setdefault(year, {})
        return columns.setdefault(name, index) == index

    def _years_of(self, row: SheetRow, number: int, year: str | None) -> list[tuple[str, Columns]]:
        """Return the years of which the row holds figures, each with its columns."""
        if self.mapping.years_in == "columns":
            found = []
            for text, columns in self._columns_of_year.items():
                if self._period(text):
                    found.append((text, columns))
                elif number == self.mapping.first_data_row:
                    cell = f"{column_letters(min(columns.values()))}{self.mapping.heading_row}"
                    self._of_sheet(None).note("panel_year_unknown", self.name, cell, found=text)
            return found
        if year is None:
            heading = str(self.mapping.year_heading)
            year = self.mapping.period_code(cells.as_code(self._value(row, heading)))
            if self._period(year) is None:
                cell = self._cell(number, self._headings[heading])
                self._of_sheet(None).note("panel_year_not_read", self.name, cell, column=heading, found=year)
                return []
        return [(year, self._columns)]

    def _read_row(self, row: SheetRow, number: int, year: str, columns: Columns) -> None:
        period = self._period(year)
        unit_key = self._find_unit(row, number, year, period.end_date) if period else None
        if unit_key is None:
            return
        submission = self.result.submission(unit_key, year)
        if (unit_key, year) in self._known:
            submission.values.clear()
            submission.note("panel_unit_twice", self.name, self._cell_of_unit(number))
            return
        self._known.add((unit_key, year))
        self._read_values(row, number, submission, columns)

    def _is_no_unit(self, row: SheetRow) -> bool:
        """Whether the row is a total, an average or another row of no unit, which the mapping names."""
        code, name = self._code_and_name(row)
        return code in self.mapping.codes_not_units or name in self.mapping.names_not_units

    def _code_and_name(self, row: SheetRow) -> tuple[str, str]:
        code, name = self.mapping.unit_code_heading, self.mapping.unit_name_heading
        return (
            cells.as_code(self._value(row, code)) if code else "",
            normalise(str(self._value(row, name))) if name else "",
        )

    def _find_unit(self, row: SheetRow, number: int, year: str, on_date: date) -> str | None:
        """Return the key of the unit that had this code and this name at the end of the year, else None.

        A table with both headings needs both cells: one alone would hide that the other is missing.
        """
        units, mapping = self.context.reference.units, self.mapping
        code, name = self._code_and_name(row)
        is_complete = bool(code or not mapping.unit_code_heading) and bool(
            name or not mapping.unit_name_heading
        )
        if is_complete and (code or name):
            padded = code.zfill(mapping.unit_code_digits) if code else self._code_of_other_name(name)
            is_other_name = name in mapping.other_unit_names.get(padded, ())
            match = units.resolve(
                padded, None if is_other_name else name or None, None, on_date, mapping.unit_level
            )
            if match.unit_key and units.get(match.unit_key).level == mapping.unit_level:
                return match.unit_key
        heading = mapping.unit_headings[0]
        found = f"{code} {name}".strip()
        self._of_sheet(year).note(
            "panel_unit_unknown", self.name, self._cell_of_unit(number), column=heading, found=found
        )
        return None

    def _code_of_other_name(self, name: str) -> str:
        """Return the code of a unit that the mapping knows by this name; empty where it knows none."""
        return next((code for code, names in self.mapping.other_unit_names.items() if name in names), "")

    def _read_values(self, row: SheetRow, number: int, submission: PanelSubmission, columns: Columns) -> None:
        values: dict[str, float] = {}
        blank = []
        for measure in self.measures:
            if measure not in columns:
                continue
            found = row[columns[measure]] if columns[measure] < len(row) else ""
            value = cells.number_in(found, self.mapping.decimal_mark)
            cell = self._cell(number, columns[measure])
            if cells.is_missing(found, self.mapping.missing):
                blank.append(measure)
            elif value is None:
                submission.note("panel_value_not_a_number", self.name, cell, column=measure, found=found)
            elif abs(value) > LARGEST_VALUE:
                submission.note("panel_value_too_large", self.name, cell, column=measure, found=found)
            else:
                values[measure] = value
        self._check_totals(values, number, submission, columns)
        if not values and not submission.row["error_count"]:
            submission.note("panel_unit_without_values", self.name, self._cell_of_unit(number))
            return
        for measure in blank:
            cell = self._cell(number, columns[measure])
            submission.note("panel_value_missing", self.name, cell, column=measure)
        for measure, value in values.items():
            cell = self._cell(number, columns[measure])
            submission.keep(self.name, number, cell, self.measures[measure], value)

    def _check_totals(
        self, values: dict[str, float], number: int, submission: PanelSubmission, columns: Columns
    ) -> None:
        """Drop a total where one of its parts is missing; note a total that is not the sum of its parts."""
        for total in self.mapping.totals:
            if total.measure not in values:
                continue
            cell = self._cell(number, columns[total.measure])
            found = values[total.measure]
            if any(part not in values for part in total.parts):
                del values[total.measure]
                if values:
                    submission.note(
                        "panel_total_without_parts", self.name, cell, column=total.measure, found=found
                    )
                continue
            expected = sum(values[part] for part in total.parts)
            if abs(found - expected) > total.tolerance:
                submission.note(
                    "panel_total_differs",
                    self.name,
                    cell,
                    column=total.measure,
                    found=found,
                    suggested=f"{expected:.6f}",
                )

    def _period(self, year: str) -> periods.Period | None:
        """Return the period of a code that the panel may have, that the calendar has and that has begun."""
        period = periods.from_code(year) if year in self.context.reference.period_codes else None
        is_of_panel = period is not None and period.period_type in self.mapping.period_types
        return period if is_of_panel and period and period.start_date <= self.context.as_of_date else None

    def _value(self, row: SheetRow, heading: str) -> object:
        index = self._headings[heading]
        return row[index] if index < len(row) else ""

    def _cell(self, row_number: int, index: int) -> str:
        return f"{column_letters(index)}{row_number}"

    def _cell_of_unit(self, row_number: int) -> str:
        return self._cell(row_number, self._headings[self.mapping.unit_headings[0]])

    def _of_sheet(self, year: str | None) -> PanelSubmission:
        """Return the submission for findings that belong to no single unit."""
        return self.result.submission(None, year)
