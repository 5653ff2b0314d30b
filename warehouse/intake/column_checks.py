"""The checks that follow from a column's own declaration: required, bounds, order of dates, phases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from warehouse import periods
from warehouse.forms.contract import Column
from warehouse.intake.findings import Issue, as_text
from warehouse.intake.row import Row
from warehouse.reference import Context

# Answered where the row is placed; a missing one is told there.
_TOLD_ELSEWHERE = ("unit", "period", "indicator")


def check_columns(row: Row, context: Context) -> Iterator[Issue]:
    """What is wrong with the row's cells one by one."""
    asked_already = {issue.column for issue in row.issues}
    for column in row.table.form.columns:
        name = column.name
        value = row.values.get(name)
        if value is None:
            if column.required and column.type not in _TOLD_ELSEWHERE and name not in asked_already:
                yield Issue("required_missing", name)
        elif column.type in ("number", "integer"):
            yield from _check_number(column, value)
        elif column.type == "date":
            yield from _check_date(column, value, row, context)
        elif column.type == "phase":
            yield from _check_phase(column, value, row, context)


def _check_number(column: Column, value: float) -> Iterator[Issue]:
    if column.min is not None and value < column.min:  # type: ignore[operator]
        yield Issue("number_below_minimum", column.name, value, params={"minimum": as_text(column.min)})
    if column.max is not None and value > column.max:  # type: ignore[operator]
        yield Issue("number_above_maximum", column.name, value, params={"maximum": as_text(column.max)})
    if column.type == "integer" and not isinstance(value, int):
        yield Issue("not_whole", column.name, value)


def _check_date(column: Column, value: date, row: Row, context: Context) -> Iterator[Issue]:
    if isinstance(column.min, date) and value < column.min:
        yield Issue("date_too_early", column.name, value, params={"minimum": as_text(column.min)})
    if column.not_in_future and value > context.as_of_date:
        yield Issue("date_in_future", column.name, value, params={"today": as_text(context.as_of_date)})
    other = row.values.get(column.not_before) if column.not_before else None
    if column.not_before and other and value < other:
        other_column = row.table.form.by_name[column.not_before]
        params = {
            "other": as_text(other),
            "other_vi": other_column.heading_vi,
            "other_en": other_column.heading_en,
        }
        yield Issue("date_before_other", column.name, value, params=params)


def _check_phase(column: Column, value: str, row: Row, context: Context) -> Iterator[Issue]:
    period = periods.from_text(value)
    known = context.reference.period_codes
    if period and period.period_type == "phase" and period.code in known:
        row.values[column.name] = period.code
        return
    phases = sorted(
        code for code in known if (other := periods.from_code(code)) and other.period_type == "phase"
    )
    yield Issue("phase_unreadable", column.name, value, params={"choices": "; ".join(phases)})
