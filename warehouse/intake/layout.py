"""Where in a sheet the form is: its header row, its columns, what the lines above say, which rows are data."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from warehouse import periods
from warehouse.forms.contract import Form, load_forms
from warehouse.intake.findings import Issue
from warehouse.intake.read import Grid
from warehouse.intake.title_lines import HeadUnit, read_title_lines
from warehouse.text import fold, normalise

HEADER_SEARCH_ROWS = 30
LONGEST_HEADING = 200
MIN_HEADINGS = 3
# Rows under the header that may hold formula numbers `(1) (2) (3=1/2)` or units of measure.
NUMBERING_ROWS = 2
LONGEST_TOTAL = 40
MAX_SIGNATURES = 3
MAX_ROWS_SHOWN = 10

_DECORATION = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")
_NUMBERING = re.compile(r"\(?\s*(?:\d{1,2}|[A-Z]|STT)\s*\)?\s*(?:=[\d\s()+\-*/x:%]+)?\)?", re.IGNORECASE)
_TOTAL = re.compile(
    r"(?:tổng cộng|tổng số|tổng|cộng)(?: (?:toàn|cả) (?:tỉnh|thành phố|huyện|quận|xã|phường|ngành|đơn vị))?"
    r"(?: (?:mục|phần|nhóm))?(?:\s*\(?(?:[\d.,+\s]|\b[IVX]+\b|\b[A-E]\b)*\)?)?\s*[:.]?",
    re.IGNORECASE,
)
# What says whose a row is; merged over several rows, such a cell stands for each of them.
_IDENTITY = ("unit_code", "unit_name", "parent_name", "period")
_TOTAL_INITIALS = ("T", "t", "C", "c", " ")


@dataclass
class Table:
    """One form's rows in one sheet. `rows` are data rows only; `columns` maps a name to an index in them."""

    form: Form
    sheet: str
    columns: dict[str, int]
    rows: list[Sequence[Any]]
    row_numbers: list[int]
    first_column: int
    header_row_number: int
    head_unit: HeadUnit | None = None
    head_period: periods.Period | None = None
    issues: list[Issue] = field(default_factory=list)

    def cell(self, row_number: int, column_name: str) -> str | None:
        """The address of a cell, such as `G8`; None where the sheet has no such column."""
        index = self.columns.get(column_name)
        return f"{column_letters(self.first_column + index)}{row_number}" if index is not None else None


@lru_cache(maxsize=1024)
def column_letters(index: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    index += 1
    while index:
        index, remainder = divmod(index - 1, 26)
        letters = chr(65 + remainder) + letters
    return letters


def find_table(grid: Grid) -> Table | None:
    """The form in a sheet, or None where no header row of any form is among the first rows."""
    best: tuple[int, int, int, Form, dict[str, int]] | None = None
    forms = load_forms()
    wanted = [forms[grid.declared_form]] if grid.declared_form in forms else list(forms.values())
    matches = [_matches(row) for row in grid.rows[: HEADER_SEARCH_ROWS + 1]]
    for index, found in enumerate(matches[:HEADER_SEARCH_ROWS]):
        below = matches[index + 1] if index + 1 < len(matches) else {}
        for form in wanted:
            if form.code not in found:
                continue
            columns, depth = found[form.code], 1
            if grid.merges or form.code in below:
                columns, depth = _header_columns(form, grid, index, columns)
            if len(columns) < MIN_HEADINGS or not _is_recognised(form, columns):
                continue
            score = len(columns) + (fold(grid.sheet) == fold(form.code))
            if best is None or score > best[0]:
                best = (score, index, depth, form, columns)
    if best is None:
        return None
    _, index, depth, form, columns = best
    table = Table(
        form=form,
        sheet=grid.sheet,
        columns=columns,
        rows=[],
        row_numbers=[],
        first_column=grid.first_column,
        header_row_number=grid.first_row + index + depth,
    )
    table.head_unit, table.head_period = read_title_lines(grid.rows[:index])
    if grid.hidden_sheets:
        table.issues.append(Issue("sheets_hidden", found=", ".join(grid.hidden_sheets)))
    _note_headings(table, grid, index, depth)
    _take_data_rows(table, grid, index + depth)
    return table


@lru_cache(maxsize=16_384)
def column_of(form_code: str, heading: str) -> str | None:
    """The column that a heading stands for, whatever stars, units and footnotes stand beside it."""
    headings = load_forms()[form_code].headings
    return headings.get(fold(heading)) or headings.get(fold(_DECORATION.sub(" ", heading)))


@lru_cache(maxsize=16_384)
def _columns_of(heading: str) -> tuple[tuple[str, str], ...]:
    """`(form, column)` for each form in which the heading names a column."""
    found = ((code, column_of(code, heading)) for code in load_forms())
    return tuple((code, name) for code, name in found if name)


def _matches(row: Sequence[Any]) -> dict[str, dict[str, int]]:
    """By form, the columns that a row's cells name; of two equal headings the first counts."""
    found: dict[str, dict[str, int]] = {}
    for position, cell in enumerate(row):
        if isinstance(cell, str) and 0 < len(cell) <= LONGEST_HEADING:
            for code, name in _columns_of(cell):
                found.setdefault(code, {}).setdefault(name, position)
    return found


def _header_columns(form: Form, grid: Grid, index: int, single: dict[str, int]) -> tuple[dict[str, int], int]:
    """Columns found when the header is taken to be this row, or this row and the next one under it."""
    if index + 1 >= len(grid.rows):
        return single, 1
    groups = _spread_merged(grid, index)
    # A heading over several columns names the group; its columns are named below it.
    combined = {name: position for name, position in single.items() if position not in groups}
    taken = set(combined.values())
    for position, lower in enumerate(grid.rows[index + 1]):
        if position in taken or not isinstance(lower, str) or not 0 < len(lower.strip()) <= LONGEST_HEADING:
            continue
        group = groups.get(position, "")
        name = column_of(form.code, lower) or (column_of(form.code, f"{group} {lower}") if group else None)
        if name and name not in combined:
            combined[name] = position
    # Two new names at least: one alone may be a value that happens to read like a heading.
    return (combined, 2) if len(combined.keys() - single.keys()) > 1 else (single, 1)


def _spread_merged(grid: Grid, index: int) -> dict[int, str]:
    """The heading that lies over each column of a merged header cell."""
    row_number = grid.first_row + index
    spread: dict[int, str] = {}
    for (top, left), (bottom, right) in grid.merges:
        if top <= row_number <= bottom and right > left:
            position = left - grid.first_column
            if 0 <= position < len(grid.rows[index]):
                text = str(grid.rows[index][position])
                spread.update(dict.fromkeys(range(position, right - grid.first_column + 1), text))
    return spread


def _is_recognised(form: Form, columns: dict[str, int]) -> bool:
    return all(any(name in columns for name in group) for group in form.recognised_by)


def _note_headings(table: Table, grid: Grid, index: int, depth: int) -> None:
    """Tell of columns that are not the form's, and ask about one that is there twice."""
    used = set(table.columns.values())
    for row_index in range(index, index + depth):
        for position, cell in enumerate(grid.rows[row_index]):
            if position in used or not isinstance(cell, str) or not cell.strip():
                continue
            name = column_of(table.form.code, cell)
            place = f"{column_letters(grid.first_column + position)}{grid.first_row + row_index + 1}"
            if name is None:
                table.issues.append(Issue("column_unknown", cell=place, found=normalise(cell)))
                continue
            below = grid.rows[index + depth :]
            is_used = any(position < len(row) and row[position] not in ("", None) for row in below)
            if is_used and not table.form.by_name[name].helper:
                table.issues.append(Issue("column_repeated", name, cell=place, found=normalise(cell)))


def _take_data_rows(table: Table, grid: Grid, start: int) -> None:
    """Keep rows that say something in an anchor column; say which other lines were passed over."""
    form = table.form
    width = max(table.columns.values()) + 1
    _spread_downwards(table, grid, start)
    anchors = [table.columns[name] for name in form.anchors if name in table.columns]
    named = [table.columns[name] for name in table.columns if form.by_name[name].type != "number"]
    told = [table.columns[name] for name in table.columns if not form.by_name[name].prefilled]
    passed: list[int] = []
    is_after_gap = False
    for offset, row in enumerate(grid.rows[start:]):
        if len(row) < width:
            row = [*row, *[""] * (width - len(row))]  # noqa: PLW2901 (a CSV's short row)
        row_number = grid.first_row + start + offset + 1
        if not any(row[position] not in ("", None) for position in anchors):
            if any(isinstance(row[position], str) and row[position].strip() for position in told):
                passed.append(row_number)
            is_after_gap = True
        elif (
            (offset < NUMBERING_ROWS and _is_numbering(row))
            or _is_total(row, named)
            or (is_after_gap and _is_signature(row))
        ):
            passed.append(row_number)
        else:
            table.rows.append(row)
            table.row_numbers.append(row_number)
            is_after_gap = False
    hidden = (
        [number for number in table.row_numbers if number - 1 in grid.hidden_rows] if grid.hidden_rows else []
    )
    for rule, numbers in (("rows_passed_over", passed), ("rows_hidden", hidden)):
        if numbers:
            more = " …" if len(numbers) > MAX_ROWS_SHOWN else ""
            shown = ", ".join(map(str, numbers[:MAX_ROWS_SHOWN])) + more
            table.issues.append(Issue(rule, found=shown, params={"count": len(numbers)}))


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
        if not isinstance(cell, str) or cell[:1] not in _TOTAL_INITIALS or len(cell) > LONGEST_TOTAL:
            continue
        if _TOTAL.fullmatch(normalise(cell)):
            return True
    return False
