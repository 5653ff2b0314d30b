"""Tells data rows from totals, column numbers and signatures below a header."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from warehouse.intake.files.addresses import column_letters
from warehouse.intake.files.grids import Grid
from warehouse.intake.messages.findings import Issue
from warehouse.intake.messages.wording import listed_briefly
from warehouse.intake.tables.table import Table, TotalRow
from warehouse.text.vietnamese import normalise

# Rows under the header that may hold formula numbers `(1) (2) (3=1/2)` or units of measure.
NUMBERING_ROWS = 2
MAX_TOTAL_CHARACTERS = 40
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
# The columns that say whose a row is. Such a cell, merged over several rows, stands for each of them.
_IDENTITY = ("unit_code", "unit_name", "parent_name", "period")
_TOTAL_INITIALS = ("T", "t", "C", "c", " ")


def take_data_rows(
    table: Table, grid: Grid, start: int, end: int | None = None, repeated: Collection[int] = ()
) -> None:
    """Give the table its data rows, and note which other rows were passed over.

    `start` is the index of the first row below the header, `end` that of the first row behind the table, and `repeated` are
    the indexes of rows that repeat the header.

    A data row has something in an anchor column, and is neither a total nor a line of column numbers nor a signature.
    """
    width = max([*table.columns.values(), *(position for position, _ in table.parent_columns)]) + 1
    _spread_downwards(table, grid, start)
    anchors, named = anchor_positions(table), named_positions(table)
    own = [table.columns[name] for name in table.columns if not table.form.by_name[name].prefilled]
    rows: list[Sequence[Any]] = []
    numbers: list[int] = []
    passed: dict[int, Sequence[Any]] = {}
    is_after_gap = False
    previous_number = 0
    first_offset = 0
    for offset, (number, cells) in enumerate(islice(grid.numbered_rows(start), end and end - start)):
        # A CSV may have short rows.
        row = cells if len(cells) >= width else [*cells, *[""] * (width - len(cells))]
        # Rows that were taken out of the grid are data, so no gap reaches over them.
        is_after_gap = is_after_gap and number == previous_number + 1
        previous_number = number
        if start + offset in repeated:
            passed[number] = row
            first_offset = offset + 1
        elif not any(row[position] not in ("", None) for position in anchors):
            if any(isinstance(row[position], str) and row[position].strip() for position in own):
                passed[number] = row
            is_after_gap = True
        elif _is_total(row, named):
            passed[number] = row
            table.totals.append(TotalRow(number, row, len(rows)))
        elif (offset - first_offset < NUMBERING_ROWS and _is_numbering(row)) or (
            is_after_gap and _is_signature(row)
        ):
            passed[number] = row
        else:
            rows.append(row)
            numbers.append(number)
            is_after_gap = False
    own_totals = _whole_unit(table, rows) if table.totals else {}
    if not rows:
        own_totals = own_totals or _own_totals(table, passed)
    if own_totals:
        table.totals = []
        found = {**dict(zip(numbers, rows, strict=True)), **own_totals}
        numbers = sorted(found)
        rows = [found[number] for number in numbers]
        passed = {number: row for number, row in passed.items() if number not in own_totals}
    table.rows, table.row_numbers = rows, numbers
    hidden = [number for number in numbers if number - 1 in grid.hidden_rows] if grid.hidden_rows else []
    _note_list(table, "rows_passed_over", list(map(str, passed)))
    _note_list(table, "rows_hidden", list(map(str, hidden)))
    _note_list(table, "columns_hidden", [column_letters(column) for column in _hidden_columns(table, grid)])


def anchor_positions(table: Table) -> list[int]:
    """Return the columns of which a data row fills at least one."""
    return [table.columns[name] for name in table.form.anchors if name in table.columns]


def named_positions(table: Table) -> list[int]:
    """Return the columns in which the word for a total may stand."""
    return [table.columns[name] for name in table.columns if table.form.by_name[name].type != "number"]


def _note_list(table: Table, rule: str, names: Sequence[str]) -> None:
    if names:
        shown = listed_briefly(names, MAX_ROWS_SHOWN)
        table.issues.append(Issue(rule, found=shown, params={"count": len(names)}))


def _whole_unit(table: Table, rows: Sequence[Sequence[Any]]) -> dict[int, list[Any]]:
    """Return the only total of a form by divisions of which no division has a figure, as the row of the whole unit."""
    form = table.form
    name = form.key[-1]
    if not form.is_accepted_whole or form.by_name[name].type != "text" or len(table.totals) != 1:
        return {}
    filled = [table.columns[column] for column in form.filled_by if column in table.columns]
    if any(row[position] not in ("", None) for row in rows for position in filled):
        return {}
    total = table.totals[0]
    row = list(total.cells)
    if name in table.columns:
        row[table.columns[name]] = ""
    return {total.number: row}


def _own_totals(table: Table, passed: Mapping[int, Sequence[Any]]) -> dict[int, list[Any]]:
    """Return the passed rows that say "Toàn tỉnh" in place of the unit's name, without those words, by row number.

    Beside rows of units such a row is their sum, whatever code it has, so this is for sheets without any row of a unit.
    There the row is what the unit of its code, or of the title, reports of itself.
    """
    name, code = table.columns.get("unit_name"), table.columns.get("unit_code")
    if name is None:
        return {}
    own = {}
    for number, cells in passed.items():
        row = list(cells)
        has_code = code is not None and row[code] not in ("", None)
        if (
            isinstance(row[name], str)
            and _ALONE.fullmatch(normalise(row[name]))
            and (has_code or table.head.names_a_unit)
        ):
            row[name] = ""
            own[number] = row
    return own


def _hidden_columns(table: Table, grid: Grid) -> list[int]:
    """Return the columns of the form that the sheet hides. Other columns were not read anyway."""
    used = sorted(table.first_column + position for position in table.columns.values())
    return [column for column in used if any(first <= column <= last for first, last in grid.hidden_columns)]


def _spread_downwards(table: Table, grid: Grid, start: int) -> None:
    """Give each row under a cell merged downwards the unit or period that it shows."""
    columns = {table.columns[name] for name in _IDENTITY if name in table.columns}
    columns |= {position for position, _ in table.parent_columns}
    for (top, left), (bottom, right) in grid.merges:
        row_index, position = top - grid.first_row, left - grid.first_column
        if bottom == top or left != right or position not in columns or row_index < start:
            continue
        for row in grid.rows[row_index + 1 : bottom - grid.first_row + 1]:
            if isinstance(row, list) and row[position] in ("", None):
                row[position] = grid.rows[row_index][position]


def _is_signature(row: Sequence[Any]) -> bool:
    """Whether a row has a few texts without a digit: `Người lập biểu`, `THỦ TRƯỞNG ĐƠN VỊ`, `Nơi nhận:`."""
    cells = [cell for cell in row if cell not in ("", None)]
    return len(cells) <= MAX_SIGNATURES and all(
        isinstance(cell, str) and not any(letter.isdigit() for letter in cell) for cell in cells
    )


def _is_numbering(row: Sequence[Any]) -> bool:
    cells = [str(cell).strip() for cell in row if cell not in ("", None)]
    return len(cells) > 1 and all(_NUMBERING.fullmatch(cell.removesuffix(".0")) for cell in cells)


def _is_total(row: Sequence[Any], named: Sequence[int]) -> bool:
    for position in named:
        cell = row[position]
        if isinstance(cell, str) and cell[:1] in _TOTAL_INITIALS and names_a_total(cell):
            return True
    return False


def names_a_total(cell: object) -> bool:
    """Whether a cell is the word for a total, and nothing else."""
    return (
        isinstance(cell, str)
        and cell[:1] in _TOTAL_INITIALS
        and len(cell) <= MAX_TOTAL_CHARACTERS
        and _is_total_word(cell)
    )


# Names of units and indicators repeat from file to file.
@lru_cache(maxsize=16_384)
def _is_total_word(text: str) -> bool:
    return _TOTAL.fullmatch(normalise(text)) is not None
