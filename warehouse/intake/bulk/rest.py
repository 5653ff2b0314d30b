"""The rows of a long sheet that are left to the row path, as ordinary tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from warehouse.intake.bulk.columns import Codes, Mask
from warehouse.intake.bulk.long_sheet import LongSheet
from warehouse.intake.cells.interpret import filled_in_tests
from warehouse.intake.reports.gather import RULES_OF_EVERY_REPORT
from warehouse.intake.sheets.find_table import find_table
from warehouse.intake.tables.table import Table
from warehouse.reference.context import Reference

# The row path holds so many rows at a time, so that memory does not grow with the file.
PART_ROWS = 50_000


def rest_in_parts(
    sheet: LongSheet, is_doubtful: Mask, report_of_row: Codes, is_odd_report: Mask, reference: Reference
) -> list[Table] | None:
    """Return the rows of the odd reports as tables that share no report; None where the whole sheet is in doubt.

    The row path finds header and data rows of what is left as it does of any sheet. What it says about the sheet
    goes with the first table.
    """
    offsets = np.flatnonzero(is_odd_report[report_of_row])
    table = find_table(sheet.thinned(offsets), reference)
    # Some issues of the sheet stand with every report in it.
    if table is None or any(issue.rule in RULES_OF_EVERY_REPORT for issue in table.issues):
        return None
    # A sheet with totals to compare never comes here.
    table.totals = []
    for column in table.form.columns:
        encoded = sheet.column(column.name)
        if encoded and column.is_numeric:
            position = table.columns[column.name]
            cells = [*encoded.used_values(~is_doubtful), *(row[position] for row in table.rows)]
            table.other_cells = {**table.other_cells, column.name: list(dict.fromkeys(cells))}
    first_number = sheet.grid.first_row + sheet.start + 1
    reports = report_of_row[np.asarray(table.row_numbers, np.int64) - first_number].tolist()
    return list(_in_parts(table, reports))


def _in_parts(table: Table, reports: Sequence[int]) -> Iterator[Table]:
    """Yield the table in parts of whole reports, in the order in which the row path would come to them."""
    if len(table.rows) <= PART_ROWS:
        yield table
        return
    issues = table.issues
    for indexes in _parts(table, reports):
        yield replace(
            table,
            rows=[table.rows[index] for index in indexes],
            row_numbers=[table.row_numbers[index] for index in indexes],
            issues=issues,
        )
        issues = []


def _parts(table: Table, reports: Sequence[int]) -> Iterator[list[int]]:
    rows_of_report: dict[int, list[int]] = defaultdict(list)
    for index, report in enumerate(reports):
        rows_of_report[report].append(index)
    tests = filled_in_tests(table)
    filled = (
        report
        for report, number, row in zip(reports, table.row_numbers, table.rows, strict=True)
        if number in table.line_issues or any(is_filled(row) for is_filled in tests)
    )
    part: list[int] = []
    # Reports in which something is filled in come first, then those that were left blank.
    for report in dict.fromkeys([*filled, *reports]):
        part += rows_of_report[report]
        if len(part) >= PART_ROWS:
            yield sorted(part)
            part = []
    if part:
        yield sorted(part)
