"""Asks about rows that add up other rows of their own report: kept as they are, they would be counted twice.

"Khối Đảng 10", and below it its branches "Chi bộ 1" with 4 and "Chi bộ 2" with 6, are ten people, not twenty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from warehouse.forms.contract import Form
from warehouse.intake.cells.row import Row, clean_text
from warehouse.intake.messages.findings import Issue
from warehouse.text.vietnamese import fold

# Fewer rows than these cannot be a whole and its parts.
MIN_ROWS = 3
MIN_PARTS = 2
# Among small numbers that bear the same kind of name a sum may be chance.
CERTAIN_SIZE = 100
# A longer report is left to the row path.
LONGEST_COMPARED = 40
_PARTS_FOLLOW = "trong do"
_PART = re.compile(r"\s*(?:\d+\.\d+|[-+•*]\s*\S)")
Numbers = npt.NDArray[np.float64]


class Family(NamedTuple):
    """The index of a row, and of its first and last part."""

    whole: int
    first: int
    last: int


def column_with_whole(form: Form) -> tuple[str, tuple[str, ...]] | None:
    """Return the column that counts all of a row and the columns that divide it; None for a form without."""
    found = [(column.name, column.sum_of) for column in form.columns if column.sum_of]
    return found[0] if found and form.is_accepted_whole else None


def ask_about_parents(rows: Sequence[Row], blanks: Sequence[Row]) -> None:
    """Note a row of a report whose figures are the sum of the rows below it, or above it, in every column.

    The words "Trong đó", and numbers such as 1.1 below 1, say the same of the row before them, whatever the sums.
    """
    columns = column_with_whole(rows[0].table.form) if rows else None
    if columns is None:
        return
    said = _said_in_words(rows, blanks)
    if said:
        _ask(rows, said, columns[0])
    if said or len(rows) < MIN_ROWS:
        return
    whole_column, part_columns = columns
    names = (whole_column, *part_columns)
    figures = [[row.values.get(name) for name in names] for row in rows]
    known = np.array([[np.nan if one is None else float(one) for one in row] for row in figures])
    labels = [_label(row) for row in rows]
    for family in families(known):
        if _is_certain(family, known, labels):
            _ask(rows, family, whole_column)
            return


def families(figures: Numbers) -> list[Family]:
    """Return each row with the run of rows directly below it, or directly above it, of which it is the sum."""
    found = []
    count = len(figures)
    for whole in range(count):
        for step in (1, -1):
            added = np.zeros(figures.shape[1])
            for other in range(whole + step, count if step > 0 else -1, step):
                added = added + figures[other]
                parts = abs(other - whole)
                if parts >= MIN_PARTS and figures[whole][0] > 0 and np.array_equal(added, figures[whole]):
                    found.append(Family(whole, min(whole + step, other), max(whole + step, other)))
                    break
                if not added[0] <= figures[whole][0]:
                    break
    return found


def _is_certain(family: Family, figures: Numbers, labels: Sequence[str]) -> bool:
    parts = range(family.first, family.last + 1)
    if not all(figures[part][0] > 0 for part in parts):
        return False
    kind = labels[family.whole].split(" ")[0]
    kinds = {labels[part].split(" ")[0] for part in parts}
    return kind not in kinds or figures[family.whole][0] >= CERTAIN_SIZE


def _said_in_words(rows: Sequence[Row], blanks: Sequence[Row]) -> Family | None:
    for row in (*rows, *blanks):
        if _label(row).startswith(_PARTS_FOLLOW):
            first = next((at for at, other in enumerate(rows) if other.number >= row.number), len(rows))
            if 0 < first < len(rows):
                return Family(first - 1, first, len(rows) - 1)
    levels = [_is_below(row) for row in rows]
    first = levels.index(True) if True in levels else 0
    if first == 0:
        return None
    last = next((at for at in range(first, len(rows)) if not levels[at]), len(rows)) - 1
    return Family(first - 1, first, last)


def _is_below(row: Row) -> bool:
    """Whether a row is numbered as a part of another (`1.1`), or begins with the dash of a list."""
    name = row.table.columns.get(row.table.form.key[-1])
    if name is None:
        return False
    number = row.cells[name - 1] if name else None
    if isinstance(number, float) and not number.is_integer():
        return True
    return any(isinstance(cell, str) and _PART.match(cell) for cell in (number, row.cells[name]))


def _label(row: Row) -> str:
    name = row.table.form.key[-1]
    return fold(clean_text(row.raw(name)) or "")


def _ask(rows: Sequence[Row], family: Family, column: str) -> None:
    whole = rows[family.whole]
    params = {
        "first": rows[family.first].number,
        "last": rows[family.last].number,
        "name": clean_text(whole.raw(whole.table.form.key[-1])) or "",
    }
    whole.issues.append(Issue("row_contains_others", column, whole.values[column], params=params))


def may_hold_parents(wholes: Numbers, report_of_row: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """Mark for each report whether it may hold such a row. It may mark a report without one, never leave one out.

    Only the column that counts all of a row is compared: with running totals, and one length of the run after the other.
    """
    sizes = np.bincount(report_of_row)
    may_hold = sizes > LONGEST_COMPARED
    order = np.argsort(report_of_row, kind="stable")
    reports, counts = report_of_row[order], np.nan_to_num(wholes[order])
    running = np.concatenate([[0.0], np.cumsum(counts)])
    longest = min(int(sizes.max(initial=0)), LONGEST_COMPARED)
    for parts in range(MIN_PARTS, longest):
        sums = running[parts:] - running[:-parts]
        # Rows `parts` apart are of one report when the rows between them are.
        of_one = reports[parts:] == reports[:-parts]
        is_below = (sums[1:] == counts[:-parts]) & of_one
        is_above = (sums[:-1] == counts[parts:]) & of_one
        may_hold[reports[:-parts][is_below | is_above]] = True
    return may_hold
