"""The way of one file on one page: open → grids → tables → cells → checks → reports → status.

A pure function of the bytes, the reference and the day.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from warehouse.forms.contract import load_forms
from warehouse.forms.how_sent import HowSent
from warehouse.intake.bulk import take_whole_reports
from warehouse.intake.cells.interpret import interpret
from warehouse.intake.cells.row import Row
from warehouse.intake.checks.columns import check_column
from warehouse.intake.checks.registry import checks_of
from warehouse.intake.files.csv_text import is_misread
from warehouse.intake.files.grids import Grid, read_grids
from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.files.unreadable import UnreadableError
from warehouse.intake.messages.findings import Issue
from warehouse.intake.panels.mapping import recognise
from warehouse.intake.panels.read import read_panel
from warehouse.intake.reports.gather import decide, gather, note_sheet_issues
from warehouse.intake.reports.how_sent import note_how_sent
from warehouse.intake.reports.output import Output
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.reports.refusals import refuse, unreadable_file
from warehouse.intake.reports.totals import ask_about_totals
from warehouse.intake.sheets.find_table import bears_simulated_notice, find_tables
from warehouse.intake.tables.header import HEADER_SEARCH_ROWS
from warehouse.intake.tables.near_miss import nearest_form
from warehouse.intake.tables.table import Table
from warehouse.reference.context import Context

_log = logging.getLogger(__name__)


def parse_file(
    path: Path,
    file_name: str,
    file_sha256: str,
    context: Context,
    *,
    keep_tables: bool = False,
    how_sent: HowSent | None = None,
) -> ParsedFile:
    """Read and check the file at `path`; `file_name` is the sender's own name for it, `how_sent` the choice made on the page.

    Never raises on bad input: a file that cannot be read gives outcome `unreadable` and one finding that says why.
    With `keep_tables` reports that were read by column stay Arrow tables; without it they become plain rows.
    """
    try:
        sent = SentFile(path)
        panel = recognise(sent, file_name)
        if panel:
            return read_panel(sent, file_name, file_sha256, panel, context)
        output = Output(file_name, file_sha256, how_sent)
        tables, is_simulated, question = _read_forms(sent, context, output)
        if not tables:
            if not sent.is_workbook and is_misread(sent.content):
                raise UnreadableError("file_wrong_code_page")
            return unreadable_file(file_name, file_sha256, question)
        parsed = replace(output.finish(tables), is_simulated=is_simulated)
        return parsed if keep_tables else parsed.in_rows()
    except UnreadableError as error:
        return refuse(file_name, file_sha256, error.rule)
    except MemoryError:
        # The caller set the limit of memory and reports it.
        raise
    except Exception as error:
        _log.exception("parsing %r (%s) failed", file_name, file_sha256)
        unexpected = Issue("file_unexpected", found=type(error).__name__)
        return unreadable_file(file_name, file_sha256, unexpected)


def _read_forms(sent: SentFile, context: Context, output: Output) -> tuple[list[Table], bool, Issue]:
    """Write down all reports of a file; return the tables in which they stood, whether the file says it is simulated, and the
    question where there are no tables.
    """
    question = Issue("form_not_recognised", params={"forms": ", ".join(load_forms())})
    taken = take_whole_reports(sent, output.file_sha256, context)
    if taken:
        output.add_tables(taken.raw_tables)
        groups, is_simulated = [[table] for table in taken.rest], taken.is_simulated
    else:
        grids = read_grids(sent)
        groups = find_tables(grids, context.reference)
        is_simulated = _is_simulated(grids, groups)
        near = None if groups else next(filter(None, map(nearest_form, grids)), None)
        question = near.of_file() if near else question
        sent.forget()
    for tables in groups:
        _read_reports(tables, context, output)
    return [table for tables in groups for table in tables], is_simulated, question


def _is_simulated(grids: Sequence[Grid], groups: Sequence[Sequence[Table]]) -> bool:
    """Return whether any sheet bears the notice of simulated data above its rows, a sheet without a form included."""
    sheets = {table.sheet: table.is_simulated for tables in groups for table in tables}
    return any(
        sheets.get(grid.sheet, False)
        or (grid.sheet not in sheets and bears_simulated_notice(grid, HEADER_SEARCH_ROWS))
        for grid in grids
    )


def _read_reports(tables: Sequence[Table], context: Context, output: Output) -> None:
    """Write down the reports of one form, from all tables that hold it."""
    form = tables[0].form
    rows: list[Row] = []
    blanks: list[Row] = []
    for table in tables:
        filled, left_blank = interpret(table, context)
        rows += filled
        blanks += left_blank
    checked = [row for row in rows if not row.is_faulty_line]
    for column in form.columns:
        check_column(column, checked, context)
    for check in checks_of(form):
        check.note(checked, context)
    for table in tables:
        ask_about_totals(table, rows, context)
    reports = gather(form, rows, blanks)
    note_how_sent(reports, tables, output.how_sent)
    note_sheet_issues(reports, tables)
    for report in reports:
        decide(report)
        output.add(report)
