"""Changes that people make to a form, one function each: it changes a draft and keeps its meanings true.

Each returns whether it did anything. MUTATIONS lists them all.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from tests.intake.mutator import INVALID, OTHER_PROVINCE, Cell, Draft, Line
from warehouse.forms.contract import Column
from warehouse.intake.cells.dates import EXCEL_EPOCH

Mutation = Callable[[Draft], bool]
LONGEST_PLAIN = 999


def _columns(draft: Draft, *types: str) -> list[Column]:
    by_name = draft.form.by_name
    return [by_name[name] for name in draft.columns if name in by_name and by_name[name].type in types]


def _some(draft: Draft, share: float = 0.4) -> list[Line]:
    chosen = [line for line in draft.data if draft.rng.random() < share]
    return chosen or draft.rng.sample(draft.data, 1)


def _numbers(draft: Draft, line: Line) -> list[Cell]:
    """Return the cells of the line that hold a number which the sender typed."""
    names = {column.name for column in _columns(draft, "number", "integer")}
    return [
        cell
        for name, cell in line.cells.items()
        if name in names and isinstance(cell.written, int | float) and cell.means is not INVALID
    ]


# --- the table's shape


def reorder_columns(draft: Draft) -> bool:
    """Put the columns in another order."""
    draft.rng.shuffle(draft.columns)
    return not draft.groups


def rename_columns(draft: Draft) -> bool:
    """Rename headings as other offices do."""
    for column in draft.form.columns:
        if column.name in draft.headings and draft.rng.random() < 0.5:
            known = (column.name, column.heading_vi, column.heading_en, *column.aliases)
            draft.headings[column.name] = draft.rng.choice(known)
    return True


def decorate_headings(draft: Draft) -> bool:
    """Add capitals, stars, units and line breaks to the headings."""
    for name in draft.columns:
        change = draft.rng.choice(
            (str.upper, str.lower, _broken, lambda text: f"{text} (*)", lambda text: f" {text} ")
        )
        draft.headings[name] = change(draft.headings[name])
    return True


def _broken(text: str) -> str:
    return text.replace(" ", "\n", 1)


def nfd_everywhere(draft: Draft) -> bool:
    """Write text in the decomposed form, as a Mac does."""

    def nfd(value: Any) -> Any:
        return unicodedata.normalize("NFD", value) if isinstance(value, str) else value

    draft.headings = {name: nfd(text) for name, text in draft.headings.items()}
    draft.above = [[nfd(cell) for cell in row] for row in draft.above]
    for line in draft.data:
        for cell in line.cells.values():
            cell.written = nfd(cell.written)
    return True


def drop_helpers(draft: Draft) -> bool:
    """Leave out columns that only explain."""
    helpers = [
        name for name in draft.columns if name in draft.form.by_name and draft.form.by_name[name].helper
    ]
    draft.columns = [name for name in draft.columns if name not in helpers]
    return bool(helpers)


def drop_place(draft: Draft) -> bool:
    """Leave unit or period to the title lines."""
    gone = draft.rng.choice((("unit_code", "unit_name"), ("period",), ("unit_code",)))
    draft.columns = [name for name in draft.columns if name not in gone]
    return True


def drop_titles(draft: Draft) -> bool:
    """Cut off the title lines."""
    draft.above = []
    draft.says_place_above = False
    return True


def move_table(draft: Draft) -> bool:
    """Move the table lower and further right."""
    draft.down, draft.right = draft.rng.randint(0, 8), draft.rng.randint(0, 3)
    return True


def more_titles(draft: Draft) -> bool:
    """Add the national motto, a decision, a note of a unit of measure."""
    lines = [
        ["TỈNH ỦY", None, "ĐẢNG CỘNG SẢN VIỆT NAM"],
        ["BAN DÂN VẬN", None, "Hà Nội, ngày 05 tháng 11 năm 2026"],
        ["(Ban hành kèm theo Quyết định số 12-QĐ/BDV ngày 01/02/2026)"],
        [None, None, None, "Đơn vị tính: người, hồ sơ"],
    ]
    draft.above = lines[: draft.rng.randint(1, 4)] + draft.above
    return True


def group_header(draft: Draft) -> bool:
    """Put a merged heading over two or more neighbouring columns."""
    if draft.as_csv or len(draft.columns) < 4:
        return False
    start = draft.rng.randrange(len(draft.columns) - 2)
    draft.groups = dict.fromkeys(draft.columns[start : start + 2], "Thông tin báo cáo")
    return True


def unknown_column(draft: Draft) -> bool:
    """Add a column of the sender's own with figures."""
    draft.columns.insert(draft.rng.randrange(len(draft.columns) + 1), "_own")
    draft.headings["_own"] = draft.rng.choice(("Xếp hạng nội bộ", "So với tháng trước", "Mã hồ sơ nội bộ"))
    for line in draft.data:
        line.cells["_own"] = Cell(draft.rng.randint(1, 100), None)
    return True


def repeated_column(draft: Draft) -> bool:
    """Repeat the column of a measure with other figures: no one knows which counts."""
    columns = _columns(draft, "number", "integer")
    if not columns or draft.groups:
        return False
    column = draft.rng.choice(columns)
    draft.columns.append("_again")
    draft.headings["_again"] = draft.rng.choice((column.heading_vi, column.heading_en, *column.aliases))
    for line in draft.data:
        cell = line.cells[column.name]
        if isinstance(cell.written, int | float):
            line.cells["_again"] = Cell(cell.written + 1, None)
            cell.means = INVALID
    return True


# --- lines


def blank_lines(draft: Draft) -> bool:
    """Insert blank lines."""
    for _ in range(draft.rng.randint(1, 4)):
        draft.lines.insert(draft.rng.randint(0, len(draft.lines)), Line(filler=[]))
    return True


def _filler(draft: Draft, text: str, words_at: int) -> Line:
    filler: list[Any] = [None] * len(draft.columns)
    filler[words_at] = text
    names = {column.name for column in _columns(draft, "number", "integer")}
    for position, name in enumerate(draft.columns):
        if name in names and position != words_at:
            filler[position] = draft.rng.randint(100, 99_999)
    return Line(filler=filler)


def subtotals(draft: Draft) -> bool:
    """Insert lines that add up other lines."""
    texts = [
        place
        for place, name in enumerate(draft.columns)
        if name in ("unit_name", "indicator_name", "division")
    ]
    if not texts:
        return False
    for word in ("Tổng cộng", "Cộng", "TỔNG SỐ", "Cộng toàn tỉnh", "Tổng")[: draft.rng.randint(1, 3)]:
        draft.lines.insert(
            draft.rng.randint(0, len(draft.lines)), _filler(draft, word, draft.rng.choice(texts))
        )
    return True


def numbering_line(draft: Draft) -> bool:
    """Insert `(1) (2) (3)` under the header."""
    style = draft.rng.choice(("({})", "{}", "({})"))
    draft.lines.insert(0, Line(filler=[style.format(number) for number in range(1, len(draft.columns) + 1)]))
    return True


def signatures(draft: Draft) -> bool:
    """Add the names of author and signatory."""
    draft.lines += [
        Line(filler=[]),
        Line(filler=[None, "NGƯỜI LẬP BIỂU", None, None, "TRƯỞNG BAN"]),
        Line(filler=[None, "(Ký, ghi rõ họ tên)"]),
    ]
    return True


def hide_lines(draft: Draft) -> bool:
    """Hide rows as a filter does: they are still part of the report."""
    for line in _some(draft):
        line.is_hidden = True
    return not draft.as_csv


def hidden_copy(draft: Draft) -> bool:
    """Add a hidden sheet with last month's figures."""
    draft.decoys["Bản cũ"] = (draft.rng.choice(("hidden", "veryHidden")), 3.0)
    return not draft.as_csv


def sheet_of_notes(draft: Draft) -> bool:
    """Add a sheet without a form before the form."""
    draft.decoys["Ghi chú"] = ("visible", 1.0)
    return not draft.as_csv


def repeat_line(draft: Draft) -> bool:
    """Insert a copy of a line."""
    line = draft.rng.choice(draft.data)
    copy = Line({name: Cell(cell.written, cell.means) for name, cell in line.cells.items()})
    draft.lines.insert(draft.rng.randint(0, len(draft.lines)), copy)
    return True


def contradict_line(draft: Draft) -> bool:
    """Insert a copy of a line with another figure: neither may be taken."""
    line = draft.rng.choice(draft.data)
    numbers = _numbers(draft, line)
    if not numbers:
        return False
    copy = Line({name: Cell(cell.written, cell.means) for name, cell in line.cells.items()})
    cell = draft.rng.choice(_numbers(draft, copy))
    cell.written += 1
    for each in (line, copy):
        each.cells["unit_code"].means = INVALID
    draft.lines.insert(draft.rng.randint(0, len(draft.lines)), copy)
    return "unit_code" in draft.columns or "unit_name" in draft.columns


# --- figures


def _vietnamese(value: float) -> str:
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.3f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def _english(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.3f}".rstrip("0").rstrip(".")


def _spaced(value: float) -> str:
    return f"{value:,}".replace(",", "\u00a0") if isinstance(value, int) else _vietnamese(value)


def number_style(draft: Draft) -> bool:
    """Write figures as text, one style to a column: 1.234,5 or 1,234.5 or 1 234."""
    for column in _columns(draft, "number", "integer"):
        style = draft.rng.choice((_vietnamese, _english, _spaced, str))
        for line in draft.data:
            cell = line.cells[column.name]
            if isinstance(cell.written, int | float) and cell.means is not INVALID:
                cell.written = style(cell.written)
    return True


def text_numbers(draft: Draft) -> bool:
    """Write some figures as text with blanks around them."""
    for line in _some(draft):
        for cell in _numbers(draft, line):
            if isinstance(cell.written, int):
                cell.written = draft.rng.choice(
                    (f" {cell.written}", f"{cell.written}\u00a0", f"{cell.written}")
                )
    return True


def footnotes(draft: Draft) -> bool:
    """Put a footnote mark behind a figure."""
    for line in _some(draft, 0.2):
        for cell in _numbers(draft, line)[:1]:
            if isinstance(cell.written, int) and cell.written <= LONGEST_PLAIN:
                cell.written = f"{cell.written}{draft.rng.choice(('*', '(*)', ' (1)', '¹', ' [2]'))}"
    return True


def spoil_digits(draft: Draft) -> bool:
    """Write text that looks like a figure and is none."""
    for line in _some(draft, 0.2):
        for cell in _numbers(draft, line)[:1]:
            text = str(cell.written)
            cell.written = draft.rng.choice(
                (
                    text[:-1] + "O",
                    f"{text}-{text}",
                    f"khoảng {text}",
                    f"{text} nghìn",
                    f"{text}/{text}",
                    f"{text}?",
                    f"l{text}",
                    f"{text}..{text}",
                    f"{text}e2",
                    f"~{text}",
                    f">{text}",
                    "nhiều",
                    True,
                    datetime(2026, 3, 4),
                )
            )
            cell.means = INVALID
    return True


def error_cells(draft: Draft) -> bool:
    """Replace a figure by the error of a failed formula."""
    for line in _some(draft, 0.2):
        for cell in _numbers(draft, line)[:1]:
            cell.written, cell.means = draft.rng.choice(("#REF!", "#N/A", "#DIV/0!", "#VALUE!")), INVALID
    return True


def uncalculated(draft: Draft) -> bool:
    """Replace a figure by a formula without a stored result."""
    if draft.as_csv:
        return False
    for line in _some(draft, 0.2):
        for cell in _numbers(draft, line)[:1]:
            cell.written, cell.means = f"={cell.written}+0", INVALID
    return True


def percent_counts(draft: Draft) -> bool:
    """Write a share where a count is asked for."""
    changed = False
    for line in _some(draft, 0.3):
        cell = line.cells.get("numerator")
        if cell and isinstance(cell.written, int) and cell.written <= LONGEST_PLAIN:
            cell.written, cell.means, changed = f"{cell.written}%", INVALID, True
    return changed


def rate_values(draft: Draft) -> bool:
    """Type the rate beside its parts, as 85, 85%, 0,85 or 85,3."""
    if draft.form.code != "BC" or "value" not in draft.columns:
        return False
    for line in draft.data:
        numerator, denominator = line.cells["numerator"], line.cells["denominator"]
        if (
            not isinstance(denominator.means, int)
            or not isinstance(numerator.means, int)
            or not denominator.means
        ):
            continue
        rate = 100 * numerator.means / denominator.means
        style = draft.rng.choice(("number", "percent", "share", "text"))
        line.cells["value"].written = {
            "number": round(rate, 2),
            "percent": f"{rate:.1f}%".replace(".", ","),
            "share": round(rate / 100, 4),
            "text": f"{rate:.2f}".replace(".", ","),
        }[style]
    return True


def dashes(draft: Draft) -> bool:
    """Write a dash or dots where nothing is known: not zero."""
    for line in _some(draft, 0.2):
        for cell in _numbers(draft, line)[:1]:
            cell.written, cell.means = draft.rng.choice(("-", "…", "...", "x")), None
    return True


def drop_cells(draft: Draft) -> bool:
    """Delete figures."""
    for line in _some(draft, 0.2):
        for cell in _numbers(draft, line)[:1]:
            cell.written, cell.means = None, None
    return True


def swap_parts(draft: Draft) -> bool:
    """Swap numerator and denominator: the figures then show it, or are asked back."""
    for line in _some(draft, 0.3):
        if "numerator" in line.cells and isinstance(line.cells["denominator"].written, int):
            upper, lower = line.cells["numerator"], line.cells["denominator"]
            upper.written, lower.written = lower.written, upper.written
            upper.means, lower.means = lower.means, upper.means
    return draft.form.code == "BC"


# --- codes, periods, dates


def wrong_unit_codes(draft: Draft) -> bool:
    """Write codes of no unit, or of another unit than the name beside them."""
    if "unit_code" not in draft.columns or "unit_name" not in draft.columns:
        return False
    for line in _some(draft, 0.3):
        code = draft.rng.choice(("99", "2", "20A", "00020", "020", "ABC", OTHER_PROVINCE))
        line.cells["unit_code"] = Cell(code, INVALID)
    return True


def codes_as_numbers(draft: Draft) -> bool:
    """Make numbers of codes as Excel does, without the leading zero; the name still identifies the unit."""
    for line in draft.data:
        cell = line.cells["unit_code"]
        if cell.means is not INVALID and isinstance(cell.written, str) and cell.written.isdecimal():
            cell.written = int(cell.written)
    return "unit_name" in draft.columns and "unit_code" in draft.columns


def wrong_indicators(draft: Draft) -> bool:
    """Write indicator codes with a slip."""
    if draft.form.code != "BC":
        return False
    for line in _some(draft, 0.3):
        cell = line.cells["indicator_code"]
        cell.written, cell.means = f"{cell.written}X", INVALID
    return True


def period_style(draft: Draft) -> bool:
    """Write the period in other words."""
    if "period" not in draft.columns:
        return False
    year, month = draft.period_code.split("-")
    number = int(month)
    ways: list[Any] = [
        f"{number}/{year}",
        f"Tháng {number}/{year}",
        f"tháng {number} năm {year}",
        f"{year}-{month}",
    ]
    ways += [f"T{number}/{year}", datetime(int(year), number, 1)]
    way = draft.rng.choice(ways)
    for line in draft.data:
        if line.cells["period"].means is not INVALID:
            line.cells["period"].written = way
    return True


def wrong_periods(draft: Draft) -> bool:
    """Write periods that do not exist or have no year."""
    if "period" not in draft.columns:
        return False
    for line in _some(draft, 0.3):
        line.cells["period"] = Cell(
            draft.rng.choice(("Tháng 13/2026", "tháng trước", "10", "2026-00", "Q7/2026")), INVALID
        )
    return True


def dates_as_text(draft: Draft) -> bool:
    """Write dates as text, day first, or as Excel's day numbers."""
    columns = _columns(draft, "date")
    for column in columns:
        way = draft.rng.choice(
            (
                "{:%d/%m/%Y}",
                "{:%d-%m-%Y}",
                "{:%d.%m.%Y}",
                "{:%Y-%m-%d}",
                "ngày {0.day} tháng {0.month} năm {0.year}",
                "",
            )
        )
        for line in draft.data:
            cell = line.cells[column.name]
            if isinstance(cell.means, date):
                cell.written = way.format(cell.means) if way else (cell.means - EXCEL_EPOCH).days
    return bool(columns)


def month_first_dates(draft: Draft) -> bool:
    """Write dates as an English Excel does; days above 12 show the order."""
    changed = False
    for column in _columns(draft, "date"):
        days = [line.cells[column.name].means for line in draft.data]
        if all(isinstance(day, date) for day in days) and any(day.day > 12 for day in days):
            for line in draft.data:
                line.cells[column.name].written = f"{line.cells[column.name].means:%m/%d/%Y}"
            changed = True
    return changed


def impossible_dates(draft: Draft) -> bool:
    """Write days that no calendar has."""
    columns = _columns(draft, "date")
    for column in columns[:1]:
        for line in _some(draft, 0.3):
            text = draft.rng.choice(("31/02/2026", "2026", "00/10/2026", "cuối tháng 10", "5/10/26", "45"))
            line.cells[column.name] = Cell(text, INVALID)
    return bool(columns)


def list_words(draft: Draft) -> bool:
    """Write list codes in their Vietnamese words, in any case."""
    words = {
        "collective": "Tập thể",
        "commune": "Cấp xã",
        "KT": "Phát triển kinh tế",
        "QPAN": "Bảo đảm quốc phòng - an ninh",
        "VHXH": "Văn hóa – xã hội",
        "HTCT": "XÂY DỰNG HỆ THỐNG CHÍNH TRỊ",
    }
    columns = _columns(draft, "list")
    for column in columns:
        for line in draft.data:
            cell = line.cells[column.name]
            cell.written = words.get(str(cell.means), cell.written)
    return bool(columns)


def unknown_list_values(draft: Draft) -> bool:
    """Write values that are in no list."""
    columns = _columns(draft, "list")
    for column in columns[:1]:
        for line in _some(draft, 0.3):
            line.cells[column.name] = Cell(draft.rng.choice(("Khác", "Chưa rõ", "KTX", "1")), INVALID)
    return bool(columns)


# --- the file


def csv_dialect(draft: Draft) -> bool:
    """Write the CSV with semicolons or tabs, with a byte-order mark, or in UTF-16."""
    draft.delimiter = draft.rng.choice((";", "\t"))
    draft.encoding = draft.rng.choice(("utf-8-sig", "utf-8", "utf-16"))
    return draft.as_csv


def sheet_name(draft: Draft) -> bool:
    """Give the sheet any name."""
    draft.sheet = draft.rng.choice(("Sheet1", "Tháng 10", "BIỂU 1", "Báo cáo"))
    return not draft.as_csv


MUTATIONS: list[Mutation] = [
    reorder_columns,
    rename_columns,
    decorate_headings,
    nfd_everywhere,
    drop_helpers,
    drop_place,
    drop_titles,
    move_table,
    more_titles,
    group_header,
    unknown_column,
    repeated_column,
    blank_lines,
    subtotals,
    numbering_line,
    signatures,
    hide_lines,
    hidden_copy,
    sheet_of_notes,
    repeat_line,
    contradict_line,
    number_style,
    text_numbers,
    footnotes,
    spoil_digits,
    error_cells,
    uncalculated,
    percent_counts,
    rate_values,
    dashes,
    drop_cells,
    swap_parts,
    wrong_unit_codes,
    codes_as_numbers,
    wrong_indicators,
    period_style,
    wrong_periods,
    dates_as_text,
    month_first_dates,
    impossible_dates,
    list_words,
    unknown_list_values,
    csv_dialect,
    sheet_name,
]
