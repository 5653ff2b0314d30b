"""The latest months: a workbook from each unit, most on the template, some of its own making, a few faulty."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from warehouse.forms.template import make_template
from warehouse.periods import label_vi
from warehouse.reference import Reference
from warehouse.sample import chance
from warehouse.sample.history import revised
from warehouse.sample.outbox import Outbox
from warehouse.sample.own_workbooks import WORKBOOK_STYLES, write_own_workbook
from warehouse.sample.registrations import Registration
from warehouse.sample.reports import Report
from warehouse.simulated import NOTICE
from warehouse.text import fold

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
        """A workbook as the unit sent it. Registrations go with the template only."""
        path = self._outbox.add(_name(report), report.received_at)
        own = chance.uniform(report.place.unit_key, report.period_code, "own making") < _CHANCE_OF_OWN_MAKING
        if own and not registrations:
            style = chance.pick(WORKBOOK_STYLES, report.place.unit_key, report.period_code, "style")
            write_own_workbook(path, report, style)
        else:
            self._fill_template(path, report, registrations)
        return path

    def path_of(self, report: Report) -> Path:
        """Where the unit's own workbook was written."""
        return self._outbox.folder / _name(report)

    def write_revision(self, report: Report) -> None:
        """The report again, put right, half a day later."""
        again = revised(report)
        path = self._outbox.add(_name(report, "_sua-doi"), report.received_at + _HALF_DAY)
        self._fill_template(path, again, ())

    def write_duplicate(self, path: Path, report: Report) -> None:
        """The same file once more, under another name."""
        shutil.copyfile(path, self._outbox.add(f"Copy of {path.name}", report.received_at + _HALF_DAY))

    def write_unreadable(self, path: Path, report: Report) -> None:
        """A file that broke off while it was sent."""
        broken = self._outbox.add(f"loi_{path.name}", report.received_at - _HALF_DAY)
        broken.write_bytes(path.read_bytes()[:_TRUNCATED_BYTES])

    def write_faulty(self, report: Report, fault: str, is_mended: bool) -> None:
        """A report with one fault that must be sent back; mended half a day later or not at all."""
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
            report.place.unit_key,
            report.period_code,
            path,
            self._reference,
            prefill=prefill,
            notice=NOTICE,
        )


def faulty(rows: Sequence[dict[str, Any]], fault: str) -> list[dict[str, Any]]:
    """The rows with one fault. Raises ValueError for a fault that is not known."""
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
    place = report.place
    if chance.uniform(place.unit_key, report.period_code, "plain name") < _CHANCE_OF_PLAIN_NAME:
        period = label_vi(report.period_code).replace("/", "-")
        return f"Báo cáo {period} {place.unit_name} ({place.unit_code}){suffix}.xlsx"
    slug = fold(place.unit_name).title().replace(" ", "-")
    return f"BC_{place.unit_code}_{slug}_{report.period_code}{suffix}.xlsx"


def _without_names(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("unit_name", "parent_name")}


def _registration_row(entry: Registration) -> dict[str, Any]:
    row = {name: value for name, value in entry.row.items() if value is not None}
    if chance.uniform(row["model_code"], "without code") < _CHANCE_WITHOUT_MODEL_CODE:
        del row["model_code"]
    return row


def in_month(registrations: Sequence[Registration], month: date) -> dict[str, list[Registration]]:
    """Registrations of a month by unit."""
    found: dict[str, list[Registration]] = {}
    for entry in registrations:
        if (entry.registered_date.year, entry.registered_date.month) == (month.year, month.month):
            found.setdefault(entry.unit_key, []).append(entry)
    return found
