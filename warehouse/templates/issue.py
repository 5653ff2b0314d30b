"""Issuing workbooks: which periods open or end, which units take part, and one file a period and unit.

A province takes part when its units owe reports (`rpt_obligations`), which begins with its first accepted report; a figure
published about the past does not count. The other provinces get no files, since nobody there would use them.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from warehouse.reference import periods
from warehouse.reference.context import Reference, load_reference
from warehouse.reference.periods import Period
from warehouse.reference.units.register import UnitVersion
from warehouse.release import reader, store
from warehouse.settings import Settings
from warehouse.templates.registered_models import MODEL_FORM, registered_models
from warehouse.templates.workbook import make_template

# Each unit gets the sheet of its indicators, where it owes any, and the sheet in which it registers models; a unit that has
# registered models gets the sheet for their progress too.
INDICATOR_FORM = "BC"
ISSUED_FORMS = (INDICATOR_FORM, "DK")
# A child process is started for no less work than this.
UNITS_A_TIME = 20
# Late reports are accepted for a year.
REPORTED_UNTIL = timedelta(days=366)

# The grain of the answer: one row per unit alive on the day in a province of today that takes part.
_UNITS_TAKING_PART = """
select units.unit_key
from marts.dim_units as units
where
    (units.valid_from is null or units.valid_from <= $on_date)
    and (units.valid_to is null or units.valid_to >= $on_date)
    and units.current_province_code in (
        select obligations.current_province_code
        from marts.rpt_obligations as obligations
        where obligations.form = 'BC'
    )
order by units.unit_key
"""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Issued:
    """How many workbooks one call wrote, and how many were there before."""

    written: int
    already_there: int


def periods_at(on_date: date, reference: Reference) -> list[Period]:
    """Periods for which workbooks are due in the month of that day: the month itself, and all that ended with the
    month before it. Earliest end first; phases are reported in other ways.
    """
    first = on_date.replace(day=1)
    found = [
        period
        for period in map(periods.from_code, reference.period_codes)
        if period and period.period_type != "phase"
    ]
    opening = [period for period in found if period.period_type == "month" and period.start_date == first]
    ended = [period for period in found if period.end_date == first - timedelta(days=1)]
    return sorted([*ended, *opening], key=lambda period: (period.end_date, period.code))


def owed_forms(
    forms: Sequence[str], unit: UnitVersion, period: Period, reference: Reference
) -> tuple[str, ...]:
    """The forms that the unit can fill in for the period: BC only where it owes an indicator."""
    owes_indicators = bool(reference.owed_indicators(unit, period))
    return tuple(form for form in forms if form != INDICATOR_FORM or owes_indicators)


def issue_templates(settings: Settings, on_date: date, period_code: str | None = None) -> Issued:
    """Write the workbooks that are not there yet to `templates/<period>/<unit_code>.xlsx`.

    For the periods of `periods_at`, or the one asked for. A unit that owes no indicator for a period gets no workbook
    for it. Without a release, or before anyone has sent a report, there is nothing to do. Raises ValueError for a
    period that is none.
    """
    reference = load_reference(settings.seeds_dir)
    written = there = 0
    for period in _wanted(period_code, on_date, reference):
        units = list(_owing_units(settings, period, reference))
        missing = [unit for unit in units if not template_path(settings, period, unit).exists()]
        _write_all(missing, period, settings)
        written += len(missing)
        there += len(units) - len(missing)
        _log.info(
            "%s: %d workbooks written, %d were there", period.code, len(missing), len(units) - len(missing)
        )
    return Issued(written, there)


def template_path(settings: Settings, period: Period, unit: UnitVersion) -> Path:
    """Return the path of the workbook of a unit for a period. A code names one unit on the last day of a period."""
    return settings.templates_dir / period.code / f"{unit.unit_code}.xlsx"


def _wanted(period_code: str | None, on_date: date, reference: Reference) -> list[Period]:
    if not period_code:
        return periods_at(on_date, reference)
    period = periods.from_code(period_code)
    if period is None or period.period_type == "phase":
        raise ValueError(f"{period_code!r} is not a reporting period; write 2026-10, 2026-Q1, 2026-6M, 2026")
    return [period]


def _owing_units(settings: Settings, period: Period, reference: Reference) -> Iterator[UnitVersion]:
    release = store.current(settings)
    if release is None:
        return
    found = reader.query(release, _UNITS_TAKING_PART, {"on_date": period.end_date})
    for unit_key in found["unit_key"]:
        unit = reference.units.get(unit_key)
        if reference.owed_indicators(unit, period):
            yield unit


def _write_all(units: Sequence[UnitVersion], period: Period, settings: Settings) -> None:
    if not units:
        return
    (settings.templates_dir / period.code).mkdir(parents=True, exist_ok=True)
    keys = [unit.unit_key for unit in units]
    write = partial(_write, period_code=period.code, settings=settings)
    if len(keys) <= UNITS_A_TIME:
        for key in keys:
            write(key)
        return
    # Not forked: the caller may hold threads and open releases.
    with ProcessPoolExecutor(settings.parse_processes, mp_context=get_context("spawn")) as children:
        for _ in children.map(write, keys, chunksize=UNITS_A_TIME):
            pass


def _write(unit_key: str, *, period_code: str, settings: Settings) -> None:
    reference = load_reference(settings.seeds_dir)
    unit, period = reference.units.get(unit_key), periods.from_code(period_code)
    assert period is not None  # noqa: S101  (the caller made it from this code)
    target = template_path(settings, period, unit)
    working = target.with_name(f".{target.name}")
    models = registered_models(unit_key, period, settings)
    forms = owed_forms(ISSUED_FORMS, unit, period, reference) + ((MODEL_FORM,) if models else ())
    make_template(forms, unit_key, period.code, working, reference, prefill={MODEL_FORM: models})
    # The rename makes a workbook appear whole; a call that was cut off leaves only the working file.
    working.rename(target)


def workbook(forms: Sequence[str], unit_key: str, period_code: str, settings: Settings) -> bytes:
    """The bytes of one prefilled workbook. Raises what `make_template` raises."""
    period = periods.from_code(period_code)
    models = registered_models(unit_key, period, settings) if period and MODEL_FORM in forms else []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        reference = load_reference(settings.seeds_dir)
        make_template(forms, unit_key, period_code, path, reference, prefill={MODEL_FORM: models})
        return path.read_bytes()


def offered_periods(on_date: date, reference: Reference) -> list[Period]:
    """Return periods for which a person may want a workbook now: begun, and not ended for more than a year; the latest first."""
    found = [
        period
        for period in map(periods.from_code, reference.period_codes)
        if period
        and period.period_type != "phase"
        and period.start_date <= on_date
        and period.end_date >= on_date - REPORTED_UNTIL
    ]
    return sorted(found, key=lambda period: (period.end_date, period.start_date), reverse=True)
