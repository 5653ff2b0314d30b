"""The issues of a report's rows. What all rows of a table lack is told once, and not once a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from warehouse.intake.cells.row import Row
from warehouse.intake.messages.findings import Issue
from warehouse.intake.messages.wording import listed_briefly
from warehouse.intake.tables.table import Table

MAX_ROWS_SHOWN = 12
# The unit is blank in these rows, or the period is blank or not clear, in the same words.
_OF_MANY_ROWS = ("unit_missing", "period_")
_Key = tuple[int, str, str | None, str]


def issues_of_rows(rows: Sequence[Row]) -> Iterator[tuple[Table, Row, Issue]]:
    """Yield each issue with its table and row; an issue of a whole table with its first row and the numbers of all."""
    rows_of: dict[_Key, list[Row]] = defaultdict(list)
    for row in rows:
        for issue in row.issues:
            if _is_about_table(issue):
                rows_of[_key(row, issue)].append(row)
    for row in rows:
        for issue in row.issues:
            if not _is_about_table(issue):
                yield row.table, row, issue
            elif (concerned := rows_of.pop(_key(row, issue), None)) is not None:
                numbers = [str(other.number) for other in concerned]
                shown = listed_briefly(numbers, MAX_ROWS_SHOWN)
                params = {**issue.params, "rows": shown, "count": len(numbers)}
                yield row.table, row, issue._replace(params=params)


def _is_about_table(issue: Issue) -> bool:
    """Whether an issue of a row is one of all rows like it: it names a cell above the table, or is about whose they are."""
    is_of_period = issue.rule.startswith(_OF_MANY_ROWS) and issue.rule != "period_not_accepted"
    return issue.cell is not None or is_of_period


def _key(row: Row, issue: Issue) -> _Key:
    return id(row.table), issue.rule, issue.cell, str(issue.found)
