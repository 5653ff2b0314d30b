"""Checks of a row's indicator against its period and its unit."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.intake.cells.row import Row
from warehouse.intake.messages.findings import Issue
from warehouse.reference import periods
from warehouse.reference.context import Context

_FREQUENCIES_VI = {
    "month": "tháng",
    "quarter": "quý I",
    "6M": "6 tháng",
    "9M": "9 tháng",
    "year": "năm",
    "phase": "giai đoạn",
}
_FREQUENCIES_EN = {
    "month": "month",
    "quarter": "first quarter",
    "6M": "six months",
    "9M": "nine months",
    "year": "year",
    "phase": "phase",
}


def period_accepted(rows: Sequence[Row], context: Context) -> None:
    """An indicator is reported for the periods of its frequency and any coarser one."""
    for row in rows:
        indicator = row.indicator
        if indicator and row.period and row.period.period_type not in indicator.accepted_types:
            params = {
                "indicator": indicator.code,
                "period_vi": periods.label_vi(row.period.code),
                "period_en": periods.label_en(row.period.code),
                "accepted_vi": ", ".join(_FREQUENCIES_VI[name] for name in indicator.accepted_types),
                "accepted_en": ", ".join(_FREQUENCIES_EN[name] for name in indicator.accepted_types),
            }
            row.issues.append(Issue("period_not_accepted", "period", row.period.code, params=params))


def indicator_is_owed(rows: Sequence[Row], context: Context) -> None:
    """A unit reports the indicators that its kind owes. Another figure is kept, with a warning."""
    for row in rows:
        indicator = row.indicator
        if not indicator or not row.unit or not row.period:
            continue
        if not context.reference.is_owed(indicator.code, row.unit, row.period.end_date):
            params = {"indicator": indicator.code, "unit": row.unit.unit_name}
            row.issues.append(Issue("indicator_not_owed", "indicator_code", indicator.code, params=params))
