"""Odd files of every form and of a panel: dates, periods, numbers, texts and units that nobody expects.

No such file may stop a release. Each file holds one kind of oddity, so that a failing build can be halved down to
the file that is the cause: `python -m tests.release.odd_files [AS_OF_DATE]`.
"""

from __future__ import annotations

import csv
import io
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from tests.intake.checks import (
    test_dk_checks,
    test_hd_checks,
    test_kn_checks,
    test_td_checks,
    test_tx_checks,
    test_vb_checks,
)
from tests.intake.history.ledger_kit import collect, drop
from tests.release.odd_cases import (
    BC_ROWS,
    BC_TABLES,
    PANEL_SHEETS,
    PERIODS,
    PROVINCES,
    RECORD_CASES,
    SAME_PLACE,
    UNITS,
    VALUES_BY_TYPE,
)
from warehouse.forms.contract import Form, load_form
from warehouse.release import audit, build, publish
from warehouse.settings import Settings

Row = Mapping[str, Any]
GOOD_ROWS: Mapping[str, Row] = {
    "DK": test_dk_checks.GOOD,
    "TD": test_td_checks.GOOD,
    "HD": test_hd_checks.HELD,
    "VB": test_vb_checks.GOOD,
    "KN": test_kn_checks.GOOD,
    "TX": test_tx_checks.GOOD,
}
BC_HEADER = ("unit_code", "period", "indicator_code", "numerator", "denominator", "value", "note")


def all_files() -> dict[str, bytes]:
    """Return the content of each file by its name."""
    files = {f"BC-{name}.csv": _csv(BC_HEADER, rows) for name, rows in BC_ROWS.items()}
    files |= {f"BC-{name}.xlsx": _workbook([(BC_HEADER, *rows)]) for name, rows in BC_ROWS.items()}
    files |= {f"BC-{name}.csv": _csv(*_split(rows)) for name, rows in BC_TABLES.items()}
    for code, good in GOOD_ROWS.items():
        files |= _files_of_form(load_form(code), good)
    for name, sheets in PANEL_SHEETS.items():
        files[f"PAPI-{name}.xlsx"] = _panel(sheets)
    return files


def publish_files(settings: Settings, files: Mapping[str, bytes]) -> str:
    """Send the files through the whole chain, from the inbox to a release. Raises BuildFailed and AuditFailed."""
    for name, content in files.items():
        drop(settings, name, content)
    collect(settings)
    return publish_again(settings)


def publish_again(settings: Settings) -> str:
    """Build, audit and publish the recorded reports, and return the id of the release."""
    build.build(settings)
    audit.audit(settings)
    return publish.publish(settings)


def failing(files: Mapping[str, bytes], as_of_date: date) -> dict[str, str]:
    """Return the error of each file that stops a release by itself or with few others, found by halving the files."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            publish_files(Settings(data_dir=Path(folder), fixed_as_of_date=as_of_date), files)
        except (build.BuildFailed, audit.AuditFailed) as error:
            reason = str(error)
        else:
            return {}
    if len(files) == 1:
        return {next(iter(files)): reason}
    names = list(files)
    halves = names[: len(names) // 2], names[len(names) // 2 :]
    found = [failing({name: files[name] for name in half}, as_of_date) for half in halves]
    return (found[0] | found[1]) or {", ".join(names): reason}


def _files_of_form(form: Form, good: Row) -> dict[str, bytes]:
    """Return one file for each column of the form, and one for each of its own cases."""
    files: dict[str, bytes] = {}
    for number, column in enumerate(form.columns):
        if column.type == "unit":
            changes = [{column.name: unit, **days} for unit in UNITS for days in _days_of(form)]
        elif column.type == "period":
            changes = [{column.name: period} for period in PERIODS]
        else:
            changes = [{column.name: value} for value in VALUES_BY_TYPE[column.type]]
        rows = [
            _with_own_key(form, good, change, f"{number}-{place}") for place, change in enumerate(changes)
        ]
        if column.type in ("text", "code", "list"):
            # A cell of a workbook holds no longer text than the intake takes.
            files[f"{form.code}-{column.name}.csv"] = _csv(*_split(_table(rows)))
        else:
            files[f"{form.code}-{column.name}.xlsx"] = _workbook([_table(rows)])
    for name, changes in RECORD_CASES.get(form.code, {}).items():
        files[f"{form.code}-{name}.csv"] = _csv(*_split(_table([{**good, **change} for change in changes])))
    if form.code in SAME_PLACE:
        sheets = [_table([{**good, **change}]) for change in SAME_PLACE[form.code]]
        files[f"{form.code}-one_key_in_two_sheets.xlsx"] = _workbook(sheets)
    return files


def _days_of(form: Form) -> Iterator[Row]:
    """Return days before and after the reform of July 2025, for the column by which a row is dated."""
    if form.by_name[form.dated_by].type == "period":
        yield from ({form.dated_by: period} for period in ("2025-06", "2026-10"))
    else:
        yield from ({form.dated_by: day} for day in ("15/06/2025", "15/10/2026"))


def _with_own_key(form: Form, good: Row, change: Row, key: str) -> Row:
    """Return the good row with a change and its own key; in a form that is accepted whole or not, its own month."""
    if not form.is_accepted_whole:
        return {**good, form.key[0]: f"{form.code}-{key}", **change}
    column, place = map(int, key.split("-"))
    months = 2025 * 12 + 6 + column
    month = {
        form.dated_by: f"{months // 12}-{1 + months % 12:02d}",
        "unit_code": PROVINCES[place % len(PROVINCES)],
    }
    return {**good, **month, **change}


def _table(rows: Sequence[Row]) -> tuple[Sequence[Any], ...]:
    header = list(dict.fromkeys(name for row in rows for name in row))
    return (header, *([row.get(name, "") for name in header] for row in rows))


def _split(table: Sequence[Sequence[Any]]) -> tuple[Sequence[Any], Sequence[Sequence[Any]]]:
    return table[0], table[1:]


def _csv(header: Sequence[Any], rows: Sequence[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode()


def _workbook(sheets: Sequence[Sequence[Sequence[Any]]]) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets, 1):
        sheet = workbook.create_sheet(f"Sheet{number}")
        for row in rows:
            sheet.append(list(row))
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def _panel(sheets: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return content.getvalue()


if __name__ == "__main__":
    day = date.fromisoformat(sys.argv[1]) if len(sys.argv) > 1 else date(2026, 11, 20)
    for file_name, why in failing(all_files(), day).items():
        print(file_name, why, sep="\n", end="\n\n")
