"""The files of the latest months: a workbook a unit, most on the template, some of the office's own design, a few faulty."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from warehouse.reference.context import Reference
from warehouse.reference.periods import label_vi
from warehouse.sample import draws
from warehouse.sample.model_registrations import Registration
from warehouse.sample.outbox import Outbox
from warehouse.sample.own_workbooks import WORKBOOK_STYLES, write_own_workbook
from warehouse.sample.province_files import revised
from warehouse.sample.reports import Report
from warehouse.templates.workbook import make_template
from warehouse.text.simulated import NOTICE
from warehouse.text.vietnamese import fold

_CHANCE_OF_OWN_MAKING = 0.2
_CHANCE_OF_PLAIN_NAME = 0.15
_CHANCE_WITHOUT_MODEL_CODE = 0.3
_HALF_DAY = timedelta(hours=6)
_TRUNCATED_BYTES = 3000


class WorkbookWriter:
    """Writes one unit's workbook for one period into the outbox."""

    def __init__(self, outbox: Outbox, reference: Reference) -> None:
        self._outbox = outbox
        self._reference = reference

    def write(self, report: Report, registrations: Sequence[Registration] = ()) -> Path:
        """Write the workbook of a unit. Only the template has a sheet for registrations."""
        path = self._outbox.add(_name(report), report.received_at)
        own = draws.uniform(report.unit.unit_key, report.period_code, "own making") < _CHANCE_OF_OWN_MAKING
        if own and not registrations:
            style = draws.pick(WORKBOOK_STYLES, report.unit.unit_key, report.period_code, "style")
            write_own_workbook(path, report, style)
        else:
            self._fill_template(path, report, registrations)
        return path

    def path_of(self, report: Report) -> Path:
        """Return the path to which the unit's own workbook was written."""
        return self._outbox.folder / _name(report)

    def write_revision(self, report: Report) -> None:
        """Write the corrected report, received half a day later."""
        again = revised(report)
        path = self._outbox.add(_name(report, "_sua-doi"), report.received_at + _HALF_DAY)
        self._fill_template(path, again, ())

    def write_duplicate(self, path: Path, report: Report) -> None:
        """Write a copy of the file under another name."""
        shutil.copyfile(path, self._outbox.add(f"Copy of {path.name}", report.received_at + _HALF_DAY))

    def write_unreadable(self, path: Path, report: Report) -> None:
        """Write the first bytes of the file, as after a broken transfer."""
        broken = self._outbox.add(f"loi_{path.name}", report.received_at - _HALF_DAY)
        broken.write_bytes(path.read_bytes()[:_TRUNCATED_BYTES])

    def write_faulty(self, report: Report, fault: str, is_mended: bool) -> None:
        """Write a report with one fault that must be sent back, and its correction half a day later where `is_mended`."""
        rows = faulty(report.rows, fault)
        path = self._outbox.add(_name(report, f"_{fault}"), report.received_at)
        write_own_workbook(path, report, WORKBOOK_STYLES[0], rows)
        if is_mended:
            mended = replace(report, received_at=report.received_at + _HALF_DAY)
            self._fill_template(self._outbox.add(_name(report), mended.received_at), mended, ())

    def _fill_template(self, path: Path, report: Report, registrations: Sequence[Registration]) -> None:
        forms = ["BC", "DK"] if registrations else ["BC"]
        rows = [_without_names(row) for row in report.rows]
        prefill: dict[str, list[dict[str, Any]]] = {"BC": rows}
        if registrations:
            prefill["DK"] = [_registration_row(entry) for entry in registrations]
        make_template(
            forms,
            report.unit.unit_key,
            report.period_code,
            path,
            self._reference,
            prefill=prefill,
            notice=NOTICE,
        )


def faulty(rows: Sequence[dict[str, Any]], fault: str) -> list[dict[str, Any]]:
    """A copy of the rows with one fault. Raises ValueError for an unknown fault."""
    bent = [dict(row) for row in rows]
    rate = next(row for row in bent if row["denominator"])
    if fault == "tu-lon-hon-mau":
        rate["numerator"] = rate["denominator"] + 5
    elif fault == "chi-tieu-la":
        rate["indicator_code"] = "TTHC_DUNGHEN"
    elif fault == "sai-don-vi":
        for row in bent:
            row["unit_code"] = "99999"
    elif fault == "chu-thay-so":
        rate["numerator"] = "khoảng chín mươi"
    else:
        raise ValueError(f"no fault is called {fault!r}")
    return bent


FAULTS = (
    ("tu-lon-hon-mau", True),
    ("tu-lon-hon-mau", False),
    ("chi-tieu-la", True),
    ("sai-don-vi", False),
    ("chu-thay-so", True),
)


def _name(report: Report, suffix: str = "") -> str:
    unit = report.unit
    if draws.uniform(unit.unit_key, report.period_code, "plain name") < _CHANCE_OF_PLAIN_NAME:
        period = label_vi(report.period_code).replace("/", "-")
        return f"Báo cáo {period} {unit.unit_name} ({unit.unit_code}){suffix}.xlsx"
    slug = fold(unit.unit_name).title().replace(" ", "-")
    return f"BC_{unit.unit_code}_{slug}_{report.period_code}{suffix}.xlsx"


def _without_names(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("unit_name", "parent_name")}


def _registration_row(entry: Registration) -> dict[str, Any]:
    row = {name: value for name, value in entry.row.items() if value is not None}
    if draws.uniform(row["model_code"], "without code") < _CHANCE_WITHOUT_MODEL_CODE:
        del row["model_code"]
    return row


def in_month(registrations: Sequence[Registration], month: date) -> dict[str, list[Registration]]:
    """The registrations of a month by unit."""
    found: dict[str, list[Registration]] = {}
    for entry in registrations:
        if (entry.registered_date.year, entry.registered_date.month) == (month.year, month.month):
            found.setdefault(entry.unit_key, []).append(entry)
    return found
