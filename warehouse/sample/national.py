"""The national sample: the small one, and the other 32 provinces for the months of 2026, as plain CSV. Simulated.

The other provinces are simple on purpose: one file a province and month, no faults; until 2025 they send only their totals. The
sample serves measurements.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from warehouse.reference.seeds import read_seed
from warehouse.sample import province_files
from warehouse.sample.csv_files import write_csv
from warehouse.sample.model_registrations import make_registrations, month_starts
from warehouse.sample.monthly_series import MonthlySeries
from warehouse.sample.outbox import Outbox
from warehouse.sample.planted import Planted
from warehouse.sample.reports import Reporting
from warehouse.sample.small import LAST_MONTH, NEW_PROVINCES, make_small
from warehouse.sample.units import load_units

FIRST_MONTH = date(2026, 1, 1)
CUMULATIVE = ("2026-Q1", "2026-6M", "2026-9M")
_TODAY = "2025-07-01"


def make_national(outbox: Outbox, seeds_dir: Path) -> None:
    """Write every file of the national sample into the outbox."""
    make_small(outbox, seeds_dir, FIRST_MONTH - timedelta(days=1))
    for province_key in other_provinces(seeds_dir):
        write_province(outbox, seeds_dir, province_key)


def other_provinces(seeds_dir: Path) -> list[str]:
    """The provinces of today that are not in the small sample."""
    provinces = [
        row["unit_key"]
        for row in read_seed(seeds_dir, "units")
        if row["level"] == "province" and row["valid_from"] == _TODAY
    ]
    return [key for key in provinces if key not in NEW_PROVINCES]


def write_province(outbox: Outbox, seeds_dir: Path, province_key: str) -> None:
    """Write every file of one province for the months of 2026."""
    units = load_units(seeds_dir, (province_key,))
    months = month_starts(FIRST_MONTH, LAST_MONTH)
    models = make_registrations(units, months, Planted())
    series = MonthlySeries(units, FIRST_MONTH.year, LAST_MONTH.year)
    reporting = Reporting(seeds_dir, units, series, models, Planted())
    code = province_key.split("@", maxsplit=1)[0]
    for period_code in [*(f"{month:%Y-%m}" for month in months), *CUMULATIVE]:
        reports = list(reporting.reports(period_code))
        # Three provinces were renamed within the year, so the rows have no names: code and period say which unit is meant.
        rows = [row | {"unit_name": None, "parent_name": None} for report in reports for row in report.rows]
        path = outbox.add(f"BC_{code}_{period_code}.csv", min(report.received_at for report in reports))
        write_csv(path, "BC", rows)
    listed = {unit.unit_key: unit for unit in units.listed}
    for month in months:
        entries = [entry for entry in models if entry.registered_date.replace(day=1) == month]
        province_files.write_registrations(outbox, f"{month:%Y-%m}", entries, listed)
