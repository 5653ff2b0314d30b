"""The small sample, 2024-01 to 2026-10. Simulated.

Lạng Sơn and Tuyên Quang (before July 2025 with Hà Giang) report with every commune, the other provinces their own totals.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from warehouse.reference.context import load_reference
from warehouse.reference.periods import from_code
from warehouse.sample import party, province_files, record_files
from warehouse.sample.model_registrations import Registration, make_registrations, month_starts
from warehouse.sample.monthly_series import MonthlySeries
from warehouse.sample.other_provinces import write_other_provinces
from warehouse.sample.outbox import Outbox
from warehouse.sample.panel_workbook import write_panel_workbook
from warehouse.sample.planted import load_planted
from warehouse.sample.reports import Report, Reporting
from warehouse.sample.unit_workbooks import FAULTS, WorkbookWriter, in_month
from warehouse.sample.units import SampleUnit, load_units
from warehouse.settings import LOCAL_ZONE

OLD_PROVINCES = ("20@0", "02@0", "08@0")
NEW_PROVINCES = ("20@2025-07-01", "08@2025-07-01")
FIRST_MONTH, LAST_OLD_MONTH = date(2024, 1, 1), date(2025, 6, 1)
FIRST_NEW_MONTH, LAST_MONTH = date(2025, 7, 1), date(2026, 10, 1)
OLD_CUMULATIVE = ("2024-Q1", "2024-6M", "2024-9M", "2024", "2025-Q1", "2025-6M")
NEW_CUMULATIVE = ("2025-9M", "2025", "2021-2025", "2026-Q1", "2026-6M", "2026-9M")
WORKBOOK_MONTHS = ("2026-09", "2026-10")
# Some reports of the latest cumulative period are workbooks: those of the provinces, and of one commune in so many.
_CUMULATIVE_WORKBOOKS = "2026-9M"
_EVERY = 12
# The last day on which anything of the sample arrives.
LATEST = datetime(2026, 11, 19, 9, 0, tzinfo=LOCAL_ZONE)
_LAST_DAY = LATEST.date()


def make_small(outbox: Outbox, seeds_dir: Path, last_day_of_totals: date = _LAST_DAY) -> None:
    """Write every file of the small sample into the outbox, with the other provinces' totals of periods up to that day."""
    planted = load_planted()
    old_units = load_units(seeds_dir, OLD_PROVINCES)
    new_units = load_units(seeds_dir, NEW_PROVINCES)
    old_models = make_registrations(old_units, month_starts(FIRST_MONTH, LAST_OLD_MONTH), planted)
    new_models = make_registrations(new_units, month_starts(FIRST_NEW_MONTH, LAST_MONTH), planted, old_models)
    old = Reporting(seeds_dir, old_units, MonthlySeries(old_units, 2024, 2025), old_models, planted)
    new = Reporting(
        seeds_dir, new_units, MonthlySeries(new_units, 2025, 2026), old_models + new_models, planted
    )
    old_periods = [*_codes(FIRST_MONTH, LAST_OLD_MONTH), *OLD_CUMULATIVE]
    new_periods = [*_codes(FIRST_NEW_MONTH, LAST_MONTH), *NEW_CUMULATIVE]
    _write_history(outbox, old, old_periods)
    _write_history(outbox, new, [code for code in new_periods if code not in WORKBOOK_MONTHS])
    wanted = [
        code
        for code in old_periods + new_periods
        if (period := from_code(code)) and period.end_date <= last_day_of_totals
    ]
    write_other_provinces(outbox, seeds_dir, OLD_PROVINCES + NEW_PROVINCES, wanted, LATEST)
    _write_models(outbox, old, old_models)
    _write_models(
        outbox,
        new,
        [entry for entry in new_models if f"{entry.registered_date:%Y-%m}" not in WORKBOOK_MONTHS],
    )
    _write_workbooks(outbox, new, new_models, WorkbookWriter(outbox, load_reference(seeds_dir)))
    write_panel_workbook(outbox, seeds_dir)
    months = month_starts(FIRST_NEW_MONTH, LAST_MONTH)
    record_files.write_records(outbox, new_units.listed, months, LATEST, new.people_rated)
    # Some of the latest registrations have no code: the intake gives them one that is not known here.
    coded = [
        entry for entry in old_models + new_models if f"{entry.registered_date:%Y-%m}" not in WORKBOOK_MONTHS
    ]
    units = {unit.unit_key: unit for unit in (*old_units.listed, *new_units.listed)}
    record_files.write_progress(outbox, coded, units, old_units.main_successor, LAST_MONTH)
    party.write_party(outbox, seeds_dir, units, month_starts(FIRST_MONTH, LAST_MONTH))


def _write_history(outbox: Outbox, reporting: Reporting, period_codes: Sequence[str]) -> None:
    units = _by_key(reporting)
    for period_code in period_codes:
        sent = [report for report in reporting.reports(period_code) if not _is_workbook(report, period_code)]
        for province_code, reports in province_files.by_province(sent, units).items():
            province_files.write_reports(outbox, province_code, reports)
            province_files.write_revision(outbox, province_code, reports, LATEST)


def _write_models(outbox: Outbox, reporting: Reporting, registrations: Sequence[Registration]) -> None:
    units = _by_key(reporting)
    months = sorted({f"{entry.registered_date:%Y-%m}" for entry in registrations})
    for month in months:
        entries = [entry for entry in registrations if f"{entry.registered_date:%Y-%m}" == month]
        province_files.write_registrations(outbox, month, entries, units)


def _write_workbooks(
    outbox: Outbox, reporting: Reporting, registrations: Sequence[Registration], writer: WorkbookWriter
) -> None:
    for report in reporting.reports(_CUMULATIVE_WORKBOOKS):
        if _is_workbook(report, _CUMULATIVE_WORKBOOKS):
            writer.write(report)
    for period_code in WORKBOOK_MONTHS:
        period = from_code(period_code)
        models = in_month(registrations, period.start_date) if period else {}
        reports = list(reporting.reports(period_code))
        faults = _faults(reports, models) if period_code == WORKBOOK_MONTHS[-1] else {}
        _write_parts(outbox, reports)
        for report in reports:
            key = report.unit.unit_key
            if report.unit.is_part:
                continue
            if key in faults:
                writer.write_faulty(report, *faults[key])
            else:
                writer.write(report, models.get(key, ()))
        silent = models.keys() - {report.unit.unit_key for report in reports}
        entries = [entry for key in sorted(silent) for entry in models[key]]
        province_files.write_registrations(outbox, f"{period_code}_rieng", entries, _by_key(reporting))
    _write_oddities(reports, models, faults, writer)


def _write_parts(outbox: Outbox, reports: Sequence[Report]) -> None:
    """Write the reports of divisions and villages: one CSV a body or commune, which collects them."""
    parts = sorted((report for report in reports if report.unit.is_part), key=_holder_code)
    for code, collected in groupby(parts, key=_holder_code):
        province_files.write_reports(outbox, code, list(collected))


def _holder_code(report: Report) -> str:
    return report.unit.parent_key.partition("@")[0]


def _write_oddities(
    reports: Sequence[Report],
    models: dict[str, list[Registration]],
    faults: dict[str, tuple[str, bool]],
    writer: WorkbookWriter,
) -> None:
    """Write one unreadable file, one file twice, and some corrections."""
    plain = _plain_communes(reports, models, faults)
    broken, twice, *corrected = plain[-6:]
    writer.write_unreadable(writer.path_of(broken), broken)
    writer.write_duplicate(writer.path_of(twice), twice)
    for report in corrected:
        writer.write_revision(report)


def _faults(reports: Sequence[Report], models: dict[str, list[Registration]]) -> dict[str, tuple[str, bool]]:
    plain = _plain_communes(reports, models, {})
    return {report.unit.unit_key: fault for report, fault in zip(plain[3::7], FAULTS, strict=False)}


def _plain_communes(
    reports: Sequence[Report], models: dict[str, list[Registration]], apart: dict[str, tuple[str, bool]]
) -> list[Report]:
    return [
        report
        for report in reports
        if report.unit.level == "commune"
        and not report.is_late
        and report.unit.unit_key not in models
        and report.unit.unit_key not in apart
        and report.unit.unit_key not in load_planted().unit_keys
    ]


def _is_workbook(report: Report, period_code: str) -> bool:
    if period_code != _CUMULATIVE_WORKBOOKS:
        return False
    is_one_of_many = report.unit.level == "commune" and int(report.unit.unit_code) % _EVERY == 0
    return report.unit.level == "province" or is_one_of_many


def _by_key(reporting: Reporting) -> dict[str, SampleUnit]:
    return {unit.unit_key: unit for unit in reporting.units.listed}


def _codes(first: date, last: date) -> list[str]:
    return [f"{month:%Y-%m}" for month in month_starts(first, last)]
