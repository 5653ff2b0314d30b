"""The provinces that send only their own totals: one consolidated CSV a period, one more with the late ones. Simulated.

Provinces can be compared only when all of them report. Cà Mau is the one that is hard to reach: it begins late, is silent in some
periods and late in others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from warehouse.reference.periods import OWN_TYPES, Period, from_code
from warehouse.reference.seeds import read_seed
from warehouse.sample import draws
from warehouse.sample.csv_files import write_csv
from warehouse.sample.outbox import Outbox
from warehouse.sample.province_totals import ProvinceTotals
from warehouse.sample.reports import arrival
from warehouse.sample.units import SampleUnit

# What each of them reports. How punctual they are they need not say: the warehouse counts it.
REPORTED = (
    *("KK_DONGNGUOI", "NTT_XL", "TD_TINH", "TG_VUVIEC", "TTHC_DUNGHAN"),
    *("DT_KL", "DT_SO", "KNTC_GQ", "KNTC_THQD"),
    *("DVK_DK", "DVK_DK_CN", "DVK_DK_TT", "PBXH_TT", "PHOIHOP"),
    *("DVCQ_DIEM", "DVK_CN", "DVK_KTRA", "DVK_NR", "DVK_TLCS", "HAILONG", "LYKIEN", "QCDC_XL", "QT_NQ"),
    *("TH_CBDV", "TH_MTTQ", "TTND_TIEPCAN", "DVK_KT"),
)
HARD_TO_REACH = "96@2025-07-01"
_PARTS_HARD_TO_REACH = ("95@0", "96@0")
_BEGINS = "2025-10"
_SILENT_IN = ("2026-02", "2026-05", "2026-06", "2026-Q1", "2026-6M")
_LATE_IN = ("2025-10", "2025-11", "2026-03", "2026-08", "2026-10", "2025", "2026-9M")
_CHANCE_LATE = 0.05
_ON_TIME_DAYS = (9, 12)
_LATE_DAYS = (24, 33)
Row = dict[str, Any]


def write_other_provinces(
    outbox: Outbox, seeds_dir: Path, left_out: Sequence[str], period_codes: Sequence[str], latest: datetime
) -> None:
    """Write the totals of all provinces but `left_out` for these periods; what would arrive after `latest` is not sent yet."""
    totals = ProvinceTotals(seeds_dir, frozenset(left_out))
    indicators = {row["indicator_code"]: row for row in read_seed(seeds_dir, "indicators")}
    for period_code in period_codes:
        period = from_code(period_code)
        if period is None:
            raise ValueError(f"{period_code!r} is no period")
        owed = [
            indicators[code]
            for code in REPORTED
            if period.period_type in OWN_TYPES[indicators[code]["frequency"]]
        ]
        reporting = [unit for unit in totals.provinces if _reports(unit, period)]
        for is_late, suffix, days in ((False, "", _ON_TIME_DAYS), (True, "_bo-sung", _LATE_DAYS)):
            name = f"BC_cac-tinh_{period_code}{suffix}.csv"
            sent_at = arrival(period.end_date, draws.whole(*days, name), name)
            rows = [
                row
                for unit in reporting
                if _is_late(unit, period_code) is is_late
                for row in _rows(totals, unit, owed, period)
            ]
            if rows and sent_at <= latest:
                write_csv(outbox.add(name, sent_at), "BC", rows)


def _reports(unit: SampleUnit, period: Period) -> bool:
    if not unit.is_alive(period.end_date) or unit.unit_key in _PARTS_HARD_TO_REACH:
        return False
    if unit.unit_key != HARD_TO_REACH:
        return True
    begins = from_code(_BEGINS)
    return begins is not None and period.end_date >= begins.end_date and period.code not in _SILENT_IN


def _is_late(unit: SampleUnit, period_code: str) -> bool:
    if unit.unit_key == HARD_TO_REACH:
        return period_code in _LATE_IN
    return unit.draw("late", period_code) < _CHANCE_LATE


def _rows(
    totals: ProvinceTotals, unit: SampleUnit, owed: Sequence[dict[str, str]], period: Period
) -> Iterator[Row]:
    for indicator in owed:
        numerator, denominator = totals.figure(unit, indicator, period)
        is_rate = denominator is not None
        yield {
            "unit_code": unit.unit_code,
            "unit_name": unit.unit_name,
            "period": period.code,
            "indicator_code": indicator["indicator_code"],
            "numerator": int(numerator) if is_rate else None,
            "denominator": denominator,
            "value": None if is_rate else _plain(numerator),
        }


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else round(number, 2)
