"""One file in, findings and rows out: a pure function of the bytes, the reference and the day."""

from __future__ import annotations

import logging
from pathlib import Path

from warehouse.forms.contract import Form, load_forms
from warehouse.intake.bulk.plain_rows import set_apart
from warehouse.intake.cells.interpret import interpret
from warehouse.intake.cells.row import Row
from warehouse.intake.checks.columns import check_column
from warehouse.intake.checks.rows import checks_of
from warehouse.intake.files.grids import UnreadableError, read_sent
from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.messages.findings import Issue
from warehouse.intake.reports.gather import Atom, decide, gather
from warehouse.intake.reports.output import Output
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.reports.refusals import refuse, unreadable_file
from warehouse.intake.sheets.find_table import find_table
from warehouse.intake.sheets.table import Table
from warehouse.intake.workers.threads import executor_for_file
from warehouse.reference.lists import Context

_log = logging.getLogger(__name__)


def parse_file(
    path: Path, file_name: str, file_sha256: str, context: Context, keep_tables: bool = False
) -> ParsedFile:
    """Read and check the file at `path`; `file_name` is what the sender called it.

    With `keep_tables` what was taken from long sheets at once comes as Arrow tables, else as rows like all others.
    Never raises on bad input: what cannot be read comes back with outcome `unreadable` and one finding that
    says why and what to do.
    """
    return parse_sent(SentFile(path), file_name, file_sha256, context, keep_tables)


def parse_sent(
    sent: SentFile, file_name: str, file_sha256: str, context: Context, keep_tables: bool = False
) -> ParsedFile:
    """The same of a file that others look into too."""
    output = Output(file_name, file_sha256)
    try:
        tables = _find_tables(sent, context)
        if not tables:
            forms = {"forms": ", ".join(load_forms())}
            return unreadable_file(file_name, file_sha256, Issue("form_not_recognised", params=forms))
        for form in dict.fromkeys(table.form.code for table in tables):
            _parse_form(
                load_forms()[form], [table for table in tables if table.form.code == form], context, output
            )
        parsed = output.finish(tables)
        return parsed if keep_tables else parsed.in_rows()
    except UnreadableError as error:
        return refuse(file_name, file_sha256, error.rule)
    except MemoryError:
        # Whoever set the limit says so in their own words.
        raise
    except Exception as error:
        _log.exception("parsing %r (%s) failed", file_name, file_sha256)
        return unreadable_file(file_name, file_sha256, Issue("file_unexpected", found=type(error).__name__))


def _find_tables(sent: SentFile, context: Context) -> list[Table]:
    """The sheets that hold a form. Of a large file neither the bytes nor the cells around the table are kept any longer."""
    with executor_for_file(len(sent.content)) as meanwhile:
        # To cut a large file into columns leaves Python to others.
        units = meanwhile.submit(getattr, context.reference, "units")
        grids = read_sent(sent)
        units.result()
    sent.forget()
    return [table for grid in grids if (table := find_table(grid))]


def _parse_form(form: Form, tables: list[Table], context: Context, output: Output) -> None:
    """Check one form's rows, from all sheets that hold it, and hand over its atoms."""
    if len(tables) > 1:
        _parse_rows(form, tables, context, output)
        return
    (whole,) = tables
    reports, parts = set_apart(whole, context)
    if reports:
        output.add_plain(reports)
    for part in parts:
        _parse_rows(form, [part], context, output, None if part is whole else whole)


def _parse_rows(
    form: Form, tables: list[Table], context: Context, output: Output, whole: Table | None = None
) -> None:
    """The same row by row. `whole` is the table of which the one given is a part."""
    checks = checks_of(form)
    rows: list[Row] = []
    blanks: list[Row] = []
    for table in tables:
        filled, left_blank = interpret(table, context, whole)
        rows += filled
        blanks += left_blank
    for column in form.columns:
        check_column(column, rows, context)
    for check in checks:
        check(rows, context)
    atoms = gather(form, rows, blanks)
    for table in tables:
        _tell_of_sheet(table, atoms)
    for atom in atoms:
        decide(atom)
        output.add(atom)


def _tell_of_sheet(table: Table, atoms: list[Atom]) -> None:
    """What is wrong with a whole sheet stands with each atom in it; what is only told, with the first."""
    concerned = [atom for atom in atoms if any(row.table is table for row in (*atom.rows, *atom.blanks))]
    for issue in table.issues:
        for atom in concerned if issue.rule == "column_repeated" else concerned[:1]:
            atom.add(table, None, issue)
