"""Where in a sheet the form is: its header row, its columns, what the lines above say, which rows are data."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from warehouse import periods
from warehouse.forms.contract import Form, load_forms
from warehouse.intake.coded import CodedRows
from warehouse.intake.findings import Issue
from warehouse.intake.read import Grid
from warehouse.intake.title_lines import HeadUnit, read_title_lines
from warehouse.text import fold, normalise

HEADER_SEARCH_ROWS = 30
LONGEST_HEADING = 200
MIN_HEADINGS = 3
MOST_HEADER_ROWS = 4
# Rows under the header that may hold formula numbers `(1) (2) (3=1/2)` or units of measure.
NUMBERING_ROWS = 2
LONGEST_TOTAL = 40
MAX_SIGNATURES = 3
MAX_ROWS_SHOWN = 10

_DECORATION = re.compile(r"\([^)]*\)|\[[^\]]*\]|\*")
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


@dataclass
class Table:
    """One form's rows in one sheet. `rows` are data rows only; `columns` maps a name to an index in them."""

    form: Form
    sheet: str
    columns: dict[str, int]
    rows: Sequence[Sequence[Any]]
    row_numbers: Sequence[int]
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
    # Those of the header's own rows; a long sheet may have thousands below it.
    last_top = grid.first_row + HEADER_SEARCH_ROWS + MOST_HEADER_ROWS
    header_merges = [merge for merge in grid.merges if merge[0][0] <= last_top]
    top = replace(grid, merges=header_merges)
    matches = [_matches(row) for row in grid.rows[: HEADER_SEARCH_ROWS + MOST_HEADER_ROWS - 1]]
    for index, found in enumerate(matches[:HEADER_SEARCH_ROWS]):
        below = matches[index + 1 : index + MOST_HEADER_ROWS]
        for form in wanted:
            if form.code not in found:
                continue
            columns, depth = found[form.code], 1
            if header_merges or any(form.code in row for row in below):
                columns, depth = _header_columns(form, top, index, columns)
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
    """Columns found when the header is taken to be this row, or this row and up to three under it."""
    best, depth = single, 1
    for rows in range(2, min(MOST_HEADER_ROWS, len(grid.rows) - index) + 1):
        combined = _columns_below(form, grid, index, rows, single)
        # Two new names at least: one alone may be a value that happens to read like a heading.
        if len(combined.keys() - best.keys()) > 1:
            best, depth = combined, rows
    return best, depth


def _columns_below(form: Form, grid: Grid, index: int, rows: int, single: dict[str, int]) -> dict[str, int]:
    """Columns of a header of so many rows. A heading over several columns names the group; its columns are named below."""
    combined, groups = dict(single), list[dict[int, str]]()
    for row_index in range(index + 1, index + rows):
        groups.insert(0, _spread_merged(grid, row_index - 1))
        combined = {name: position for name, position in combined.items() if position not in groups[0]}
        taken = set(combined.values())
        for position, lower in enumerate(grid.rows[row_index]):
            if (
                position in taken
                or not isinstance(lower, str)
                or not 0 < len(lower.strip()) <= LONGEST_HEADING
            ):
                continue
            # By itself, or with the name of a group above it, the nearest first.
            texts = [lower, *(f"{group[position]} {lower}" for group in groups if group.get(position))]
            name = next((found for text in texts if (found := column_of(form.code, text))), None)
            if name and name not in combined:
                combined[name] = position
    return combined


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
        table.rows, table.row_numbers = coded.take(kept), array("q", (kept + first_number).tobytes())
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
    is_doubtful = len(blanks) - np.add.reduce(blanks, dtype=np.int32) <= MAX_SIGNATURES
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
        if not isinstance(cell, str) or cell[:1] not in _TOTAL_INITIALS or len(cell) > LONGEST_TOTAL:
            continue
        if _TOTAL.fullmatch(normalise(cell)):
            return True
    return False
