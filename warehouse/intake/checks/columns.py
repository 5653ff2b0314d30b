"""Runs the checks that follow from a column's own declaration: required, bounds, order of dates, sums, phases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np

from warehouse.forms.contract import Column, When
from warehouse.intake.cells.numbers import is_percent
from warehouse.intake.cells.row import Row
from warehouse.intake.checks.figures import Figures, Mask
from warehouse.intake.messages.findings import Issue, as_text, severity_of
from warehouse.reference import periods
from warehouse.reference.context import Context
from warehouse.text.citizen_numbers import MIN_DIGITS, hide_citizen_numbers

# `cells` reads these, and notes a missing one itself.
_TOLD_ELSEWHERE = ("unit", "period", "indicator")
# A cell of Excel holds so many characters; no person types more.
MAX_TEXT_CHARACTERS = 32_767
# No count of this country is larger. The sum of a million such numbers still is exact, and fits where it is kept.
MAX_NUMBER = 999_999_999_999


def check_column(column: Column, rows: Sequence[Row], context: Context) -> None:
    """Note the errors in the cells of one column, by themselves and against the other columns that the contract names."""
    name = column.name
    check = _CHECKS.get(column.type)
    is_asked_for = is_required(column) or column.expected_for is not None
    if check is None and not is_asked_for:
        return
    shows = _CLEARLY_RIGHT.get(column.type, _never)
    for row in rows:
        value = row.values.get(name)
        if value is None:
            if not is_asked_for:
                continue
            if not any(issue.column == name and _answers(issue, column) for issue in row.issues):
                row.issues.extend(_check_absence(column, row))
        elif check is not None and not shows(column, value):
            row.issues.extend(check(column, value, row, context))


def _answers(issue: Issue, column: Column) -> bool:
    """Whether the issue already says that the cell is missing. A warning, as about a dash, does not send a row back, and
    without a required cell the row cannot be kept.
    """
    return not is_required(column) or severity_of(issue) == "error"


def is_clearly_right(column: Column, value: Any) -> bool:
    """Whether the value alone shows that all checks of its column pass. Most values do."""
    return _CLEARLY_RIGHT.get(column.type, _never)(column, value)


def _never(column: Column, value: Any) -> bool:
    return False


def _is_number_in_bounds(column: Column, value: float) -> bool:
    """Whether the number depends on nothing but its bounds, and is inside them."""
    if column.type != "number" or column.not_above or column.sum_of:
        return False
    return (column.min is None or value >= column.min) and value <= _largest(column)  # type: ignore[operator]


def _is_harmless_text(column: Column, value: str) -> bool:
    """Whether the text is too short for a citizen's number."""
    return len(value) < MIN_DIGITS and not column.not_kept_for


# Quick tests that most values pass.
_CLEARLY_RIGHT: dict[str, Callable[[Column, Any], bool]] = {
    "number": _is_number_in_bounds,
    "text": _is_harmless_text,
    "code": _is_harmless_text,
}


def is_required(column: Column) -> bool:
    """Whether a blank cell of the column is an error here; `cells` notes a missing unit, period or indicator."""
    return column.required and column.type not in _TOLD_ELSEWHERE


def _check_absence(column: Column, row: Row) -> Iterator[Issue]:
    if is_required(column):
        yield Issue("required_missing", column.name)
    elif column.expected_for and _holds(column.expected_for, row):
        yield Issue("expected_missing", column.name, params=_other(row, column.expected_for.column))


def _check_number(column: Column, value: float, row: Row, _: Context) -> Iterator[Issue]:
    if column.min is not None and value < column.min:  # type: ignore[operator]
        yield Issue("number_below_minimum", column.name, value, params={"minimum": as_text(column.min)})
    if value > _largest(column):
        params = {"maximum": as_text(_largest(column))}
        yield Issue("number_above_maximum", column.name, value, params=params)
    if column.type == "integer":
        raw = row.raw(column.name)
        if is_percent(raw):
            yield Issue("percent_in_count", column.name, raw)
            return
        if not isinstance(value, int):
            yield Issue("not_whole", column.name, value)
    bound = row.values.get(column.not_above) if column.not_above else None
    if column.not_above and bound is not None and value > bound:
        yield Issue("number_above_other", column.name, value, params=_other(row, column.not_above))
    yield from _check_sum(column, value, row)


def _largest(column: Column) -> float:
    return MAX_NUMBER if column.max is None else column.max  # type: ignore[return-value]


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


def mask_between_columns(column: Column, figures: Figures) -> Mask | None:
    """`not_above` and `sum_of` for whole columns: the rows of which neither has anything to say. None without either."""
    number = figures.numbers.get(column.name)
    if number is None or not (column.not_above or column.sum_of):
        return None
    mask = np.ones(len(number), np.bool_)
    if column.not_above:
        mask &= ~(number > figures.numbers[column.not_above])
    if column.sum_of:
        total = sum((figures.numbers[name] for name in column.sum_of), np.zeros(len(number)))
        mask &= np.isnan(total) | np.isnan(number) | (total == number)
    return mask


def _check_date(column: Column, value: date, row: Row, context: Context) -> Iterator[Issue]:
    form = row.table.form
    found = list(_check_bounds_of_date(column, value, row, context))
    yield from found
    if not found and column.name in (form.dated_by, form.dated_by_otherwise):
        yield from _check_calendar(column, value, context)


def _check_bounds_of_date(column: Column, value: date, row: Row, context: Context) -> Iterator[Issue]:
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


def _check_calendar(column: Column, value: date, context: Context) -> Iterator[Issue]:
    """A record belongs to the month of its date, and that month has to be a reporting period."""
    calendar = context.reference.calendar
    if not calendar.start_date <= value <= calendar.end_date:
        params = {"first": as_text(calendar.start_date), "last": as_text(calendar.end_date)}
        yield Issue("date_outside_calendar", column.name, value, params=params)


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


def _check_text(column: Column, value: str, row: Row, _: Context) -> Iterator[Issue]:
    """Check a text. Take numbers of citizens out of the row, and do not repeat them in the finding."""
    if len(value) > MAX_TEXT_CHARACTERS:
        params = {"length": len(value), "longest": MAX_TEXT_CHARACTERS}
        yield Issue("text_too_long", column.name, value[:MAX_TEXT_CHARACTERS], params=params)
        return
    if column.not_kept_for and _holds(column.not_kept_for, row):
        row.values[column.name] = None
        yield Issue("text_not_kept", column.name, params=_other(row, column.not_kept_for.column))
        return
    hidden = hide_citizen_numbers(value)
    if hidden != value and not column.helper:
        row.values[column.name] = hidden
        yield Issue("citizen_number_hidden", column.name)


def _check_code(column: Column, value: str, row: Row, _: Context) -> Iterator[Issue]:
    """Return a code with a citizen's number to the sender: without the number it would be the code of other records too."""
    if hide_citizen_numbers(value) != value:
        row.values[column.name] = None
        yield Issue("citizen_number_as_code", column.name)


_CHECKS: dict[str, Callable[[Column, Any, Row, Context], Iterator[Issue]]] = {
    "number": _check_number,
    "integer": _check_number,
    "date": _check_date,
    "phase": _check_phase,
    "text": _check_text,
    "code": _check_code,
}


def _holds(when: When, row: Row) -> bool:
    return row.values.get(when.column) in when.values


def _other(row: Row, name: str) -> dict[str, str]:
    """Return another column's headings and cell for the words of a finding."""
    other = row.table.form.by_name[name]
    shown = row.values.get(name) if other.type == "date" else row.raw(name)
    return {"other": as_text(shown) or "", "other_vi": other.heading_vi, "other_en": other.heading_en}
