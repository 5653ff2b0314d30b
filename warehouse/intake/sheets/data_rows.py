"""Which rows under the header are data: what is no total, no formula number, no signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from warehouse.intake.bulk.coded import CodedRows, row_numbers
from warehouse.intake.files.grids import Grid
from warehouse.intake.messages.findings import Issue
from warehouse.intake.sheets.table import Table, column_letters
from warehouse.text.vietnamese import normalise

# Rows under the header that may hold formula numbers `(1) (2) (3=1/2)` or units of measure.
NUMBERING_ROWS = 2
LONGEST_TOTAL = 40
MAX_SIGNATURES = 3
MAX_ROWS_SHOWN = 10

_NUMBERING = re.compile(r"\(?\s*(?:\d{1,2}|[A-Z]|STT)\s*\)?\s*(?:=[\d\s()+\-*/x:%]+)?\)?", re.IGNORECASE)
_WHOLE_AREA = r"(?:toàn|cả) (?:tỉnh|thành phố|huyện|quận|xã|phường|ngành|đơn vị|quốc|nước)"
_TOTAL = re.compile(
    rf"(?:{_WHOLE_AREA}|(?:tổng cộng|tổng số|tổng|cộng)(?: {_WHOLE_AREA})?)"
    r"(?: (?:mục|phần|nhóm))?(?:\s*\(?(?:[\d.,+\s]|\b[IVX]+\b|\b[A-E]\b)*\)?)?\s*[:.]?",
    re.IGNORECASE,
)
_ALONE = re.compile(_WHOLE_AREA, re.IGNORECASE)
# What says whose a row is; merged over several rows, such a cell stands for each of them.
_IDENTITY = ("unit_code", "unit_name", "parent_name", "period")
_TOTAL_INITIALS = ("T", "t", "C", "c", " ")


def take_data_rows(table: Table, grid: Grid, start: int) -> None:
    """Keep rows that say something in an anchor column; say which other lines were passed over."""
    form = table.form
    width = max(table.columns.values()) + 1
    _spread_downwards(table, grid, start)
    anchors = [table.columns[name] for name in form.anchors if name in table.columns]
    named = [table.columns[name] for name in table.columns if form.by_name[name].type != "number"]
    told = [table.columns[name] for name in table.columns if not form.by_name[name].prefilled]
    rows = grid.rows[start:]
    coded = rows if isinstance(rows, CodedRows) else None
    looked_at = enumerate(rows) if coded is None else _doubtful_rows(coded, anchors, named)
    first_number = grid.first_row + start + 1
    taken: list[Sequence[Any]] = []
    taken_numbers: list[int] = []
    dropped: list[int] = []
    passed: list[int] = []
    is_after_gap = False
    previous = -1
    for offset, row in looked_at:
        # The rows between that are not looked at are data.
        is_after_gap = is_after_gap and offset == previous + 1
        previous = offset
        if len(row) < width:
            row = [*row, *[""] * (width - len(row))]  # noqa: PLW2901 (a CSV's short row)
        row_number = first_number + offset
        if not any(row[position] not in ("", None) for position in anchors):
            if any(isinstance(row[position], str) and row[position].strip() for position in told):
                passed.append(row_number)
            dropped.append(offset)
            is_after_gap = True
        elif (
            (offset < NUMBERING_ROWS and _is_numbering(row))
            or _is_total(row, named)
            or (is_after_gap and _is_signature(row))
        ):
            passed.append(row_number)
            dropped.append(offset)
        else:
            if coded is None:
                taken.append(row)
                taken_numbers.append(row_number)
            is_after_gap = False
    if not taken and coded is None and (own := _own_totals(table, grid, start, passed)):
        taken_numbers = [number for number in passed if number in own]
        taken = [own[number] for number in taken_numbers]
        passed = [number for number in passed if number not in own]
    table.rows, table.row_numbers = taken, taken_numbers
    if coded is not None:
        kept = np.delete(np.arange(len(coded), dtype=np.int64), dropped)
        table.rows, table.row_numbers = coded.take(kept), row_numbers(kept + first_number)
    hidden = (
        [number for number in table.row_numbers if number - 1 in grid.hidden_rows] if grid.hidden_rows else []
    )
    letters = [column_letters(column) for column in _hidden_columns(table, grid)]
    told_of = (("rows_passed_over", list(map(str, passed))), ("rows_hidden", list(map(str, hidden))))
    for rule, places in (*told_of, ("columns_hidden", letters)):
        if places:
            more = " …" if len(places) > MAX_ROWS_SHOWN else ""
            shown = ", ".join(places[:MAX_ROWS_SHOWN]) + more
            table.issues.append(Issue(rule, found=shown, params={"count": len(places)}))


def _own_totals(table: Table, grid: Grid, start: int, passed: Sequence[int]) -> dict[int, list[Any]]:
    """Rows of a sheet without any unit's rows that say "Toàn tỉnh" where the unit's name stands, without those words.

    Beside the rows of units such a row is their sum, whatever code it bears. Alone it is what the unit of its code, or
    of the title, reports of itself.
    """
    name, code = table.columns.get("unit_name"), table.columns.get("unit_code")
    if name is None:
        return {}
    own = {}
    for number in passed:
        row = list(grid.rows[number - grid.first_row - 1])
        row += [""] * (max(table.columns.values()) + 1 - len(row))
        has_code = code is not None and row[code] not in ("", None)
        if (
            isinstance(row[name], str)
            and _ALONE.fullmatch(normalise(row[name]))
            and (has_code or table.head_unit)
        ):
            row[name] = ""
            own[number] = row
    return own


def _hidden_columns(table: Table, grid: Grid) -> list[int]:
    """Columns of the form that the sheet hides; others were not read anyway."""
    used = sorted(table.first_column + position for position in table.columns.values())
    return [column for column in used if any(first <= column <= last for first, last in grid.hidden_columns)]


def _doubtful_rows(
    rows: CodedRows, anchors: Sequence[int], named: Sequence[int]
) -> Iterator[tuple[int, Sequence[Any]]]:
    """`(offset, row)` of those rows that may be no data: few of a long sheet's."""
    blanks = [column.is_blank for column in rows.columns]
    filled_count = np.zeros(len(rows), np.int16)
    for is_blank in blanks:
        filled_count += ~is_blank
    is_doubtful = filled_count <= MAX_SIGNATURES
    is_doubtful |= np.logical_and.reduce([blanks[position] for position in anchors])
    for position in named:
        column = rows.columns[position]
        is_doubtful |= column.mask(_is_total((cell,), (0,)) for cell in column.cells)
    is_doubtful[:NUMBERING_ROWS] = True
    return ((offset, rows[offset]) for offset in np.flatnonzero(is_doubtful).tolist())


def _spread_downwards(table: Table, grid: Grid, start: int) -> None:
    """Give each row under a cell merged downwards the unit or period that it shows."""
    columns = {table.columns[name] for name in _IDENTITY if name in table.columns}
    for (top, left), (bottom, right) in grid.merges:
        row_index, position = top - grid.first_row, left - grid.first_column
        if bottom == top or left != right or position not in columns or row_index < start:
            continue
        for row in grid.rows[row_index + 1 : bottom - grid.first_row + 1]:
            if isinstance(row, list) and row[position] in ("", None):
                row[position] = grid.rows[row_index][position]


def _is_signature(row: Sequence[Any]) -> bool:
    """One or two texts without a digit, under a blank line: `Người lập biểu`, `THỦ TRƯỞNG ĐƠN VỊ`, `Nơi nhận:`."""
    cells = [cell for cell in row if cell not in ("", None)]
    return len(cells) <= MAX_SIGNATURES and all(
        isinstance(cell, str) and not any(letter.isdigit() for letter in cell) for cell in cells
    )


def _is_numbering(row: Sequence[Any]) -> bool:
    cells = [str(cell).strip() for cell in row if cell not in ("", None)]
    return len(cells) > 1 and all(_NUMBERING.fullmatch(cell.removesuffix(".0")) for cell in cells)


def _is_total(row: Sequence[Any], named: Sequence[int]) -> bool:
    """Whether one of the row's texts is a word for a total, and nothing else."""
    for position in named:
        cell = row[position]
        if (
            isinstance(cell, str)
            and cell[:1] in _TOTAL_INITIALS
            and len(cell) <= LONGEST_TOTAL
            and _names_a_total(cell)
        ):
            return True
    return False


# Names of units and indicators come again in each file.
@lru_cache(maxsize=16_384)
def _names_a_total(text: str) -> bool:
    return _TOTAL.fullmatch(normalise(text)) is not None
