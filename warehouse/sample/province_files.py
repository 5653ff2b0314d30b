"""The files of the older months: one CSV a province, period and form, compiled by the province's office."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from warehouse.sample import draws
from warehouse.sample.csv_files import PLAIN, STYLES, Style, write_csv
from warehouse.sample.model_registrations import Registration
from warehouse.sample.outbox import Outbox
from warehouse.sample.reports import Report, arrival
from warehouse.sample.units import SampleUnit

_CHANCE_OF_REVISION = 0.25
_CHANCE_OF_TIDY = 0.4
_REVISED_UNITS = 3
_CHANCE_OF_SLIP = 0.06
_CHANCE_OF_UNKNOWN_FIELD = 0.12
Row = dict[str, Any]
_REVISION_DAYS = (5, 16)
_DK_DAYS = (3, 8)


def write_reports(outbox: Outbox, province_code: str, reports: Sequence[Report]) -> None:
    """Write the reports of one province for one period: one file with the timely reports, one with the late ones."""
    for is_late, suffix in ((False, ""), (True, "_bo-sung")):
        chosen = [report for report in reports if report.is_late is is_late]
        if not chosen:
            continue
        period_code = chosen[0].period_code
        name = f"BC_{province_code}_{period_code}{suffix}.csv"
        rows = [row for report in chosen for row in report.rows]
        if draws.uniform(name, "slip") < _CHANCE_OF_SLIP:
            rows = with_slip(rows, draws.pick(chosen, name, "who").unit.unit_code)
        path = outbox.add(name, max(report.received_at for report in chosen))
        write_csv(path, "BC", rows, style_of(name))


def with_slip(rows: Sequence[Row], unit_code: str) -> list[Row]:
    """The rows, with one rate of one unit whose numerator exceeds its denominator, so that its report is sent back."""
    slipped = next(
        (number for number, row in enumerate(rows) if row["unit_code"] == unit_code and row["denominator"]),
        None,
    )
    return [
        row | {"numerator": row["denominator"] + 1} if number == slipped else row
        for number, row in enumerate(rows)
    ]


def write_revision(outbox: Outbox, province_code: str, reports: Sequence[Report], latest: datetime) -> None:
    """Sometimes write a file in which a few units correct a figure and send the whole report again."""
    in_time = [report for report in reports if not report.is_late and report.unit.level == "commune"]
    if not in_time:
        return
    names = (province_code, in_time[0].period_code, "revision")
    if draws.uniform(*names) >= _CHANCE_OF_REVISION:
        return
    rows = []
    for number in range(_REVISED_UNITS):
        rows += revised(draws.pick(in_time, *names, number)).rows
    unique = {(row["unit_code"], row["indicator_code"]): row for row in rows}
    sent = max(report.received_at for report in in_time) + timedelta(
        days=draws.whole(*_REVISION_DAYS, *names)
    )
    path = outbox.add(f"BC_{province_code}_{in_time[0].period_code}_sua-doi.csv", min(sent, latest))
    write_csv(path, "BC", list(unique.values()))


def revised(report: Report) -> Report:
    """A copy of the report with its first rate and its count of gatherings corrected."""
    rows: list[dict[str, Any]] = [dict(row) for row in report.rows]
    rate = next((row for row in rows if row["denominator"]), None)
    if rate is not None:
        rate["denominator"] += 1
        rate["note"] = "Số liệu sửa đổi"
    count = next((row for row in rows if row["indicator_code"] == "KK_DONGNGUOI"), None)
    if count is not None:
        count["value"] += 1
    return Report(report.unit, report.period_code, rows, report.received_at, report.is_late)


def write_registrations(
    outbox: Outbox, month_code: str, registrations: Iterable[Registration], units: dict[str, SampleUnit]
) -> None:
    """Write the registrations of one month, one file a province."""
    by_province = defaultdict(list)
    for entry in registrations:
        unit = units[entry.unit_key]
        row = entry.row | {"unit_name": unit.unit_name, "parent_name": unit.parent_name}
        by_province[province_code_of(unit, units)].append((entry.registered_date, row))
    for province_code, dated_rows in sorted(by_province.items()):
        name = f"DK_{province_code}_{month_code}.csv"
        last_day = max(day for day, _ in dated_rows)
        end = (last_day.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        rows = [row for _, row in dated_rows]
        if draws.uniform(name, "slip") < _CHANCE_OF_UNKNOWN_FIELD:
            # No list has this field: the row is asked back, the others are kept.
            rows[0] = rows[0] | {"field_code": "KHAC"}
        path = outbox.add(name, arrival(end, draws.whole(*_DK_DAYS, name), name))
        write_csv(path, "DK", rows, style_of(name))


def by_province(reports: Iterable[Report], units: dict[str, SampleUnit]) -> dict[str, list[Report]]:
    """Reports by the code of the province that compiles them."""
    grouped = defaultdict(list)
    for report in reports:
        grouped[province_code_of(report.unit, units)].append(report)
    return dict(sorted(grouped.items()))


def province_code_of(unit: SampleUnit, units: dict[str, SampleUnit]) -> str:
    """The code of the province above a unit, or its own."""
    while unit.level != "province":
        unit = units[unit.parent_key]
    return unit.unit_code


def style_of(name: str) -> Style:
    """The way in which the office of this file writes: often the contract's own, otherwise one of several."""
    return PLAIN if draws.uniform(name, "tidy") < _CHANCE_OF_TIDY else draws.pick(STYLES, name, "style")
