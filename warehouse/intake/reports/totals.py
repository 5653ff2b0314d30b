"""Compares the rows that say they add up others ("Tổng cộng", "Toàn tỉnh") with the rows themselves.

A total that its rows contradict shows that some figure in the table is wrong, and only the sender knows which.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from warehouse.intake.cells.interpret import interpret
from warehouse.intake.cells.row import Row
from warehouse.intake.messages.findings import Issue, as_text, severity_of
from warehouse.intake.tables.table import Table
from warehouse.reference.context import Context

# A longer table is not compared: the fast path reads it in parts.
MAX_COMPARED_ROWS = 50_000
_ROUNDING = 1e-9


class Difference(NamedTuple):
    """A column in which a total and its rows do not agree."""

    column: str
    total: float
    added: float


def ask_about_totals(table: Table, rows: Sequence[Row], context: Context) -> None:
    """Note each total row of a table that no plausible choice of its rows adds up to. `rows` are all rows of the form."""
    if not table.totals or len(table.rows) > MAX_COMPARED_ROWS:
        return
    own = [row for row in rows if row.table is table]
    for row, spans in _totals(table, own, context):
        comparable = [list(_comparable(row, span)) for span in spans]
        differences = [_differences(row, span) for span in comparable if span]
        if not differences or not all(differences):
            continue
        found = min(differences, key=len)[0]
        _ask(table, row, own, found)


def _ask(table: Table, total: Row, rows: Sequence[Row], found: Difference) -> None:
    column = table.form.by_name[found.column]
    reports = {(row.unit and row.unit.unit_key, row.period and row.period.code) for row in rows}
    is_one = len(reports) == 1 and table.form.is_accepted_whole
    params = {"row": total.number, "sum": as_text(found.added)}
    table.issues.append(
        Issue(
            "total_disagrees" if is_one else "total_of_rows_disagrees",
            column.name,
            found.total,
            found.added,
            params,
            table.cell(total.number, column.name),
        )
    )


def _totals(table: Table, rows: Sequence[Row], context: Context) -> Iterator[tuple[Row, list[list[Row]]]]:
    """Yield each total as a row, with the choices of rows that it may add up."""
    named = {total.number: total for total in table.totals}
    found = replace(
        table,
        rows=[total.cells for total in table.totals],
        row_numbers=list(named),
        issues=[],
        totals=[],
        other_cells=table.other_cells
        or {name: [cells[at] for cells in table.rows] for name, at in table.columns.items()},
    )
    filled, _ = interpret(found, context)
    levels = {row.unit.level if row.unit else None for row in rows}
    numbers = table.row_numbers
    for row in filled:
        place = named[row.number].place
        places = [total.place for total in table.totals]
        before = max((other for other in places if other < place), default=0)
        after = min((other for other in places if other > place), default=len(numbers))
        spans = [(0, len(numbers)), (0, place), (before, place), (place, len(numbers)), (place, after)]
        choices = [
            [one for one in rows if first <= bisect_left(numbers, one.number) < last]
            for first, last in dict.fromkeys(spans)
            if first < last
        ]
        if len(levels) > 1:
            choices += [
                [one for one in rows if (one.unit.level if one.unit else None) == level] for level in levels
            ]
        yield row, choices


def _comparable(total: Row, rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the rows of the total's own indicator and period; nothing where it is not clear which ones are meant."""
    form = total.table.form
    if any(column.type == "indicator" for column in form.columns):
        codes = {row.indicator.code for row in rows if row.indicator}
        code = total.indicator.code if total.indicator else (codes.pop() if len(codes) == 1 else None)
        rows = [row for row in rows if row.indicator and row.indicator.code == code]
    if total.raw(form.dated_by) not in (None, ""):
        rows = [row for row in rows if row.period == total.period]
    elif form.is_accepted_whole and len({row.period for row in rows}) > 1:
        return
    yield from rows


def _differences(total: Row, rows: Sequence[Row]) -> list[Difference]:
    """Return the columns of which the rows do not add up to the total. Rows with an unread figure are asked about already."""
    found = []
    for name in _summed(total, rows):
        said = total.values.get(name)
        parts = [row.values.get(name) for row in rows]
        if said is None or any(_is_asked_back(row, name) for row in rows):
            continue
        known = [part for part in parts if part is not None]
        if known and abs(sum(known) - said) > _ROUNDING * max(1.0, abs(said)):
            found.append(Difference(name, said, float(sum(known))))
    return found


def _is_asked_back(row: Row, name: str) -> bool:
    return any(issue.column == name and severity_of(issue) == "error" for issue in row.issues)


def _summed(total: Row, rows: Sequence[Row]) -> tuple[str, ...]:
    """Return the columns that can be added up."""
    form = total.table.form
    indicator = next((row.indicator for row in rows if row.indicator), None)
    if indicator is not None:
        return indicator.figures if indicator.adds_up else ()
    return tuple(
        column.name for column in form.columns if column.type == "integer" and column.name in total.values
    )
