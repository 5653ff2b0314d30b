"""Filled workbooks, changed as people change them, with a record of what each row truly says afterwards.

`mutant(seed, folder)` fills a template of the project's own, takes it apart into cells, applies some mutations of
`mutations.py` and writes it as a workbook or a CSV. Its `truth` maps a sheet and row number to what each column
means. INVALID stands for a cell whose meaning can not be known: its row must not be kept.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import openpyxl

from tests.intake.file_kit import context
from warehouse.forms.contract import Form, load_form
from warehouse.templates.workbook import make_template

PROVINCES = ("20", "08", "68", "01", "79")
# In 2026 this code stands for none of PROVINCES.
OTHER_PROVINCE = "15"
MONTHS = ("2026-03", "2026-09", "2026-10")
# Rows above it, the template's own title lines, hold no heading.
HEADER_ROW = 5


class Invalid:
    """The meaning of a cell that no one can know."""

    def __repr__(self) -> str:
        return "INVALID"


INVALID = Invalid()


@dataclass
class Cell:
    """A cell's written value and its meaning: a number, a date, a code, a text, None or INVALID."""

    written: Any
    means: Any


@dataclass
class Line:
    """One line below the header. `cells` by column name; a line without cells is `filler`, and no data."""

    cells: dict[str, Cell] = field(default_factory=dict)
    filler: list[Any] | None = None
    is_hidden: bool = False


@dataclass
class Draft:
    """A sheet in parts that can be changed one by one. `columns` are names in order of appearance, and may hold
    names that are no column's (their heading is in `headings`, their cells in `extra`).
    """

    form: Form
    unit_key: str
    period_code: str
    above: list[list[Any]]
    columns: list[str]
    headings: dict[str, str]
    lines: list[Line]
    rng: Random
    as_csv: bool = False
    applied: list[str] = field(default_factory=list)
    sheet: str = ""
    down: int = 0
    right: int = 0
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    groups: dict[str, str] = field(default_factory=dict)
    decoys: dict[str, tuple[str, float]] = field(default_factory=dict)
    says_place_above: bool = True
    delimiter: str = ","
    encoding: str = "utf-8"

    @property
    def data(self) -> list[Line]:
        """Return the lines that are data."""
        return [line for line in self.lines if line.filler is None]


@dataclass(frozen=True)
class Mutant:
    """A file to send, its mutations, and the meaning of its rows by `(sheet, row number)`."""

    seed: int
    file_name: str
    content: bytes
    form: Form
    applied: tuple[str, ...]
    truth: Mapping[tuple[str, int], Mapping[str, Any]]
    unit_keys: Mapping[tuple[str, int], Any]
    period_codes: Mapping[tuple[str, int], Any]


def mutant(seed: int, folder: Path) -> Mutant:
    """Make the file of this seed; one seed always gives one file. `folder` is for the template."""
    from tests.intake.mutations import MUTATIONS

    rng = Random(seed)
    draft = _filled(rng, folder)
    for mutate in rng.sample(MUTATIONS, k=rng.randint(1, 6)):
        if mutate(draft):
            draft.applied.append(mutate.__name__)
    return _written(seed, draft)


def _filled(rng: Random, folder: Path) -> Draft:
    """Return a filled template of a form as a draft."""
    code = rng.choice(("BC", "BC", "BC", "TX", "DK"))
    form = load_form(code)
    unit_code = rng.choice(PROVINCES)
    reference = context().reference
    period_code = rng.choice(MONTHS)
    unit_key = reference.units.resolve(unit_code, None, None, date(2026, 10, 1)).unit_key
    assert unit_key is not None
    rows = {"BC": _figures, "TX": _ratings, "DK": _registrations}[code](rng, unit_key, period_code)
    path = folder / "template.xlsx"
    make_template([code], unit_key, period_code, path, reference, prefill={code: rows})
    sheet = openpyxl.load_workbook(path)[code]
    grid = [list(row) for row in sheet.iter_rows(values_only=True)]
    header = grid[HEADER_ROW - 1]
    names = [form.headings[_plain(heading)] for heading in header]
    lines = []
    for values, row in zip(rows, _matching(form, grid[HEADER_ROW:], names, rows), strict=True):
        cells = {name: Cell(written, written) for name, written in zip(names, row, strict=True)}
        for name, value in values.items():
            cells[name].means = value
        cells["unit_code"].means = unit_code
        if form.is_accepted_whole:
            cells["period"].means = period_code
        if "value" in cells and values.get("denominator") is not None:
            cells["value"] = Cell(None, None)
        lines.append(Line(cells))
    return Draft(
        form=form,
        unit_key=unit_key,
        period_code=period_code,
        above=grid[: HEADER_ROW - 1],
        columns=names,
        headings=dict(zip(names, map(str, header), strict=True)),
        lines=lines,
        rng=rng,
        as_csv=rng.random() < 0.3,
        sheet=code,
    )


def _plain(heading: object) -> str:
    from warehouse.text.vietnamese import fold

    return fold(str(heading).replace("*", ""))


def _matching(
    form: Form, grid: list[list[Any]], names: list[str], rows: list[dict[str, Any]]
) -> list[list[Any]]:
    """Return the template's line of each row that was filled in."""
    if form.code != "BC":
        return grid[: len(rows)]
    place = names.index("indicator_code")
    by_code = {line[place]: line for line in grid}
    return [by_code[row["indicator_code"]] for row in rows]


@cache
def _owed(unit_key: str, period_code: str) -> tuple[tuple[str, bool, bool], ...]:
    from warehouse.reference import periods

    reference = context().reference
    period = periods.from_code(period_code)
    assert period is not None
    owed = reference.owed_indicators(reference.units.get(unit_key), period)
    return tuple((item.code, item.is_rate, item.is_whole) for item in owed)


def _figures(rng: Random, unit_key: str, period_code: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for code, is_rate, is_whole in _owed(unit_key, period_code):
        blank = {"numerator": None, "denominator": None, "value": None}
        if is_rate:
            denominator = rng.choice(
                (rng.randint(1, 99), rng.randint(1000, 9999), rng.randint(10_000, 2_000_000))
            )
            parts = {"numerator": rng.randint(0, denominator), "denominator": denominator}
            rows.append({"indicator_code": code, **blank, **parts})
        else:
            value = rng.randint(0, 5000) if is_whole else rng.choice((0.5, 2.25, 1234.5, 12.125, 3))
            rows.append({"indicator_code": code, **blank, "value": value})
    return rows


def _ratings(rng: Random, unit_key: str, period_code: str) -> list[dict[str, Any]]:
    rows = []
    for number in range(rng.randint(1, 6)):
        counts = [rng.choice((0, rng.randint(1, 60), rng.randint(1000, 3000))) for _ in range(4)]
        names = ("outstanding_count", "good_count", "completed_count", "not_completed_count")
        parts = dict(zip(names, counts, strict=True))
        rows.append({"division": f"Khối thi đua số {number + 1}", "rated_count": sum(counts), **parts})
    return rows


def _registrations(rng: Random, unit_key: str, period_code: str) -> list[dict[str, Any]]:
    day = date.fromisoformat(f"{period_code}-01")
    return [
        {
            "model_code": f"M-{number}",
            "model_name": f"Tuyến đường tự quản số {number}",
            "kind": "collective",
            "field_code": rng.choice(("KT", "VHXH", "QPAN", "HTCT")),
            "phase": "2026-2030",
            "level": "commune",
            "registered_date": day + timedelta(days=rng.randint(0, 27)),
            "objective": "Giữ đường sạch, an toàn",
            "due_date": day + timedelta(days=rng.randint(60, 900)),
        }
        for number in range(1, rng.randint(2, 8))
    ]


def _written(seed: int, draft: Draft) -> Mutant:
    """Put the parts of a draft together as a file, and note the row number of each line."""
    grid: list[list[Any]] = [list(row) for row in draft.above] + [[] for _ in range(draft.down)]
    width = len(draft.columns)
    if draft.groups and not draft.as_csv:
        top = [draft.groups.get(name) or draft.headings[name] for name in draft.columns]
        _merge_groups(draft, len(grid) + 1, top)
        grid.append(top)
    grid.append([draft.headings[name] for name in draft.columns])
    truth, units, periods_of, hidden = {}, {}, {}, []
    sheet = "csv" if draft.as_csv else draft.sheet
    for line in draft.lines:
        if line.filler is not None:
            grid.append((list(line.filler) + [None] * width)[:width])
        else:
            grid.append([line.cells[name].written if name in line.cells else None for name in draft.columns])
        number = len(grid)
        if line.is_hidden:
            hidden.append(number)
        if line.filler is None:
            place = (sheet, number)
            truth[place] = {name: cell.means for name, cell in line.cells.items()}
            units[place] = _unit_of(draft, line)
            periods_of[place] = _period_of(draft, line)
    grid = [[None] * draft.right + row for row in grid]
    content = _as_csv(draft, grid) if draft.as_csv else _as_workbook(draft, grid, hidden)
    name = f"{draft.form.code}_{seed}.{'csv' if draft.as_csv else 'xlsx'}"
    return Mutant(seed, name, content, draft.form, tuple(draft.applied), truth, units, periods_of)


def _merge_groups(draft: Draft, row: int, top: list[Any]) -> None:
    """Merge the cells of one group over the columns, and cells without a group downwards."""
    start = 0
    while start < len(top):
        end = start
        is_group = draft.columns[start] in draft.groups
        while is_group and end + 1 < len(top) and draft.groups.get(draft.columns[end + 1]) == top[start]:
            end += 1
        if is_group and end > start:
            draft.merges.append((row, start + 1, row, end + 1))
        elif not is_group:
            draft.merges.append((row, start + 1, row + 1, start + 1))
        start = end + 1


def _unit_of(draft: Draft, line: Line) -> Any:
    """Return the unit's key, or INVALID."""
    code = line.cells["unit_code"]
    if code.written == OTHER_PROVINCE and "unit_code" in draft.columns and "unit_name" not in draft.columns:
        # No name beside it says otherwise.
        return context().reference.units.resolve(OTHER_PROVINCE, None, None, date(2026, 10, 1)).unit_key
    present = [name for name in ("unit_code", "unit_name") if name in draft.columns]
    meanings = [line.cells[name].means for name in present]
    if any(meaning is INVALID for meaning in meanings):
        return INVALID
    if any(meaning is not None for meaning in meanings) or draft.says_place_above:
        return draft.unit_key
    return INVALID


def _period_of(draft: Draft, line: Line) -> Any:
    if not draft.form.is_accepted_whole:
        dated = line.cells[draft.form.dated_by].means
        return f"{dated:%Y-%m}" if isinstance(dated, date) else INVALID
    cell = line.cells.get("period")
    if "period" in draft.columns and cell is not None and cell.means is not None:
        return cell.means
    return draft.period_code if draft.says_place_above else INVALID


def _as_workbook(draft: Draft, grid: list[list[Any]], hidden: list[int]) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = draft.sheet
    for row_number, row in enumerate(grid, 1):
        for column_number, value in enumerate(row, 1):
            if value is not None:
                sheet.cell(row_number, column_number, value)
    for top, left, bottom, right in draft.merges:
        sheet.merge_cells(
            start_row=top, start_column=left + draft.right, end_row=bottom, end_column=right + draft.right
        )
    for number in hidden:
        sheet.row_dimensions[number].hidden = True
    for title, (state, factor) in draft.decoys.items():
        _add_decoy(workbook, title, state, factor, grid)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _add_decoy(
    workbook: openpyxl.Workbook, title: str, state: str, factor: float, grid: list[list[Any]]
) -> None:
    """A second sheet with other figures (a hidden copy) or with none (visible notes)."""
    sheet = workbook.create_sheet(title, 0 if state == "visible" else None)
    sheet.sheet_state = state
    for row in grid if state != "visible" else [["Ghi chú chung"], ["Số liệu đã được kiểm tra", 12345]]:
        sheet.append([value * factor if isinstance(value, int | float) else value for value in row])
    workbook.active = len(workbook.sheetnames) - 1 if state == "visible" else 0


def _as_csv(draft: Draft, grid: list[list[Any]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=draft.delimiter)
    for row in grid:
        writer.writerow(["" if value is None else _csv_text(value, draft) for value in row])
    return buffer.getvalue().encode(draft.encoding)


def _csv_text(value: Any, draft: Draft) -> str:
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, float) and draft.delimiter == ";":
        # A Vietnamese Excel writes a comma, and therefore semicolons between the cells.
        return str(value).replace(".", ",")
    return str(value)
