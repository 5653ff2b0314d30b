"""The checks that follow from a column's own declaration: required, bounds, order of dates, sums, phases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from warehouse import periods
from warehouse.forms.contract import Column, When
from warehouse.intake.citizen_numbers import hide_citizen_numbers
from warehouse.intake.findings import MAX_FOUND_CHARACTERS, Issue, as_text
from warehouse.intake.row import Row
from warehouse.reference import Context

# Answered where the row is placed; a missing one is told there.
_TOLD_ELSEWHERE = ("unit", "period", "indicator")
# What one cell of Excel can hold; whatever is longer was not typed by a person.
LONGEST_TEXT = 32_767


def check_columns(row: Row, context: Context) -> Iterator[Issue]:
    """What is wrong with the row's cells one by one, and between them where the contract says so."""
    asked_already = {issue.column for issue in row.issues}
    for column in row.table.form.columns:
        name = column.name
        value = row.values.get(name)
        if value is None:
            if name not in asked_already:
                yield from _check_absence(column, row)
        elif column.type in ("number", "integer"):
            yield from _check_number(column, value, row)
        elif column.type == "date":
            yield from _check_date(column, value, row, context)
        elif column.type == "phase":
            yield from _check_phase(column, value, row, context)
        elif column.type == "text":
            yield from _check_text(column, value, row)


def _check_absence(column: Column, row: Row) -> Iterator[Issue]:
    if column.required and column.type not in _TOLD_ELSEWHERE:
        yield Issue("required_missing", column.name)
    elif column.expected_for and _holds(column.expected_for, row):
        yield Issue("expected_missing", column.name, params=_other(row, column.expected_for.column))


def _check_number(column: Column, value: float, row: Row) -> Iterator[Issue]:
    if column.min is not None and value < column.min:  # type: ignore[operator]
        yield Issue("number_below_minimum", column.name, value, params={"minimum": as_text(column.min)})
    if column.max is not None and value > column.max:  # type: ignore[operator]
        yield Issue("number_above_maximum", column.name, value, params={"maximum": as_text(column.max)})
    if column.type == "integer":
        raw = row.raw(column.name)
        if isinstance(raw, str) and raw.rstrip().endswith("%"):
            yield Issue("percent_in_count", column.name, raw)
            return
        if not isinstance(value, int):
            yield Issue("not_whole", column.name, value)
    bound = row.values.get(column.not_above) if column.not_above else None
    if column.not_above and bound is not None and value > bound:
        yield Issue("number_above_other", column.name, value, params=_other(row, column.not_above))
    yield from _check_sum(column, value, row)


def _check_sum(column: Column, value: float, row: Row) -> Iterator[Issue]:
    parts = [row.values.get(name) for name in column.sum_of]
    known = [part for part in parts if part is not None]
    if not parts or len(known) < len(parts) or sum(known) == value:
        return
    columns = [row.table.form.by_name[name] for name in column.sum_of]
    params = {
        "sum": as_text(float(sum(known))),
        "parts_vi": "; ".join(part.heading_vi.lower() for part in columns),
        "parts_en": "; ".join(part.heading_en.lower() for part in columns),
    }
    yield Issue("sum_disagrees", column.name, value, params=params)


def _check_date(column: Column, value: date, row: Row, context: Context) -> Iterator[Issue]:
    today = {"today": as_text(context.as_of_date)}
    if isinstance(column.min, date) and value < column.min:
        yield Issue("date_too_early", column.name, value, params={"minimum": as_text(column.min)})
    if column.not_in_future and value > context.as_of_date:
        yield Issue("date_in_future", column.name, value, params=today)
    if column.max_years_ahead is not None and value.year > context.as_of_date.year + column.max_years_ahead:
        yield Issue("date_too_far", column.name, value, params=today)
    for name in column.not_before:
        other = row.values.get(name)
        if other and value < other:
            yield Issue("date_before_other", column.name, value, params=_other(row, name))
            return


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


def _check_text(column: Column, value: str, row: Row) -> Iterator[Issue]:
    """What must not be kept is taken out of the row and not repeated in the finding."""
    if len(value) > LONGEST_TEXT:
        params = {"length": len(value), "longest": LONGEST_TEXT}
        yield Issue("text_too_long", column.name, value[:MAX_FOUND_CHARACTERS], params=params)
        return
    if column.not_kept_for and _holds(column.not_kept_for, row):
        row.values[column.name] = None
        yield Issue("text_not_kept", column.name, params=_other(row, column.not_kept_for.column))
        return
    hidden = hide_citizen_numbers(value)
    if hidden != value and not column.helper:
        row.values[column.name] = hidden
        yield Issue("citizen_number_hidden", column.name)


def _holds(when: When, row: Row) -> bool:
    return row.values.get(when.column) in when.values


def _other(row: Row, name: str) -> dict[str, str]:
    """Another column and what the sender wrote there, for the words of a finding."""
    other = row.table.form.by_name[name]
    shown = row.values.get(name) if other.type == "date" else row.raw(name)
    return {"other": as_text(shown) or "", "other_vi": other.heading_vi, "other_en": other.heading_en}
