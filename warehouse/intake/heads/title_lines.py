"""Reads the lines above a table into its head: labels, the letterhead, and the titles with their periods."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from warehouse.intake.files.addresses import column_letters
from warehouse.intake.files.grids import Grid
from warehouse.intake.heads.head import Head, HeadUnit, Line, PeriodSource, Source
from warehouse.intake.heads.letterhead import offices_among
from warehouse.intake.heads.title_periods import periods_of_line
from warehouse.reference import periods
from warehouse.reference.period_claims import Claim
from warehouse.reference.period_words import claims_in
from warehouse.text.vietnamese import fold, normalise

_PLACE = r"(?:tỉnh|thành phố|tp|huyện|quận|thị xã)"
_OWN_PLACE = r"(?:xã|phường|thị trấn|đặc khu)"
_LABEL = re.compile(
    r"(?P<parent>(?:đơn vị|cơ quan) (?:chủ quản|cấp trên)|(?:trực )?thuộc"
    rf"|(?:thuộc )?(?:tên )?{_PLACE}(?:\s*[/,(-]\s*{_PLACE}\)?)*)"
    r"|(?P<unit>(?:tên )?(?:đơn vị|cơ quan|địa phương)(?: báo cáo| đăng ký| gửi| thực hiện| lập)?(?: báo cáo| biểu)?"
    rf"|(?:tên )?{_OWN_PLACE}(?:\s*[/,(-]\s*{_OWN_PLACE}\)?)*)"
    r"|(?P<period>kỳ(?: báo cáo| số liệu| bình xét)?|(?:tháng|thời gian|thời kỳ) báo cáo)",
    re.IGNORECASE,
)
# A label inside a longer line, behind a semicolon, a dash, a comma or a bracket.
_INNER_LABEL = re.compile(rf"(?:^|[;|,(]\s*|\s-\s+)(?:{_LABEL.pattern})\s*:", re.IGNORECASE)
_OPEN_LABEL = re.compile(r"(?:tháng|năm|quý)\s*:?|.*:", re.IGNORECASE)
_CODE_IN_HEAD = re.compile(r"\(?\bmã(?: số| đơn vị)?\s*:?\s*(\d{2,5}(?:-[A-Z0-9-]+)?)\)?", re.IGNORECASE)
_BARE_CODE = re.compile(r"(\d{2,5}(?:-[A-Z0-9-]+)?)(?:\s*-\s*|\s+|$)")
_BLANK_VALUE = "._ …-"


def read_title_lines(grid: Grid, start: int, end: int) -> Head:
    """Return the head that the rows of a sheet from `start` up to `end`, and the sheet's name, make for the table below."""
    head = Head(sheet="" if grid.is_csv else grid.sheet, free_cell=_free_cell(grid, start, end))
    lines: list[tuple[Line, int, int]] = []
    for row_index in range(start, end):
        row = grid.rows[row_index]
        filled = [(column, cell) for column, cell in enumerate(row) if cell not in ("", None)]
        is_value = False
        for place, (column, cell) in enumerate(filled):
            if is_value or not isinstance(cell, str):
                is_value = False
                continue
            address = f"{column_letters(grid.first_column + column)}{grid.first_row + row_index + 1}"
            following = filled[place + 1][1] if place + 1 < len(filled) else ""
            is_value = _OPEN_LABEL.fullmatch(cell.strip()) is not None or _is_label(cell)
            if labelled := _with_labels(head, cell, following, address):
                head = labelled
                continue
            text = f"{cell} {_as_typed(following)}" if is_value else cell
            parts = [part for part in map(normalise, text.split("\n")) if part]
            lines += [(Line(part, address), row_index, column) for part in parts]
            if len(parts) > 1 and not any(map(claims_in, parts)):
                # A period may be broken over two lines of one cell.
                head = _with_title(head, Line(normalise(text), address))
    offices = offices_among(lines)
    head = replace(
        head, offices=offices, titles=(*head.titles, *(line for line, _, _ in lines if line not in offices))
    )
    for line, _, _ in lines:
        if line not in offices:
            head = _with_title(head, line)
    named = [PeriodSource("sheet", None, claim) for _, claim in claims_in(head.sheet, is_bare=True)]
    return replace(head, periods=(*head.periods, *named))


def _free_cell(grid: Grid, start: int, end: int) -> str:
    """Return the blank cell nearest above the table, or the first cell of the table where no row is free."""
    letters = column_letters(grid.first_column)
    for index in range(end - 1, start - 1, -1):
        if not any(cell not in ("", None) for cell in grid.rows[index]):
            return f"{letters}{grid.first_row + index + 1}"
    if end == 0 and grid.first_row:
        return f"{letters}{grid.first_row}"
    return f"{letters}{grid.first_row + end + 1}"


def begins_with_label(text: str) -> bool:
    """Whether a cell is the label of a unit, of a place above it or of a period, with a colon, and perhaps its value."""
    written = normalise(text)
    return ":" in written and bool(_INNER_LABEL.match(written) or _is_label(written))


def _is_label(text: str) -> bool:
    return _LABEL.fullmatch(normalise(text).rstrip(": ")) is not None


def _with_labels(head: Head, text: str, following: object, cell: str) -> Head | None:
    """Return the head with what the labels of a cell say, or None where the cell has no label.

    A label alone in its cell speaks of the next one. A label whose value is blank is still a label, and no title.
    """
    written = normalise(text)
    whole = _LABEL.fullmatch(written.rstrip(": "))
    if whole:
        return _with_value(head, whole, following, cell)
    found = list(_INNER_LABEL.finditer(written))
    if not found:
        return None
    for place, match in enumerate(found):
        end = found[place + 1].start() if place + 1 < len(found) else len(written)
        head = _with_value(head, match, written[match.end() : end].strip(" ;|,"), cell)
    before = Line(written[: found[0].start()].strip(), cell)
    return _with_title(replace(head, titles=(*head.titles, before)), before) if before.text else head


def _with_value(head: Head, label: re.Match[str], value: object, cell: str) -> Head:
    text = normalise(_as_typed(value))
    if label["period"]:
        return _with_period(head, value, text, cell)
    if not text.strip(_BLANK_VALUE):
        return head
    if label["parent"]:
        return replace(head, parents=(*head.parents, _with_type(label["parent"], text)))
    name = _with_type(label["unit"], text)
    return replace(head, unit=_head_unit(name, cell) or head.unit)


def _with_type(label: str, text: str) -> str:
    """Return `Xã Tân Thành` for the label `Xã` and the text `Tân Thành`; a label with two types says none."""
    words = re.findall(rf"{_PLACE}|{_OWN_PLACE}", label, re.IGNORECASE)
    if len(words) != 1 or words[0].lower() == "tp" or fold(text).startswith(fold(words[0])):
        return text
    return f"{words[0]} {text}"


def _head_unit(text: str, cell: str) -> HeadUnit | None:
    match = _CODE_IN_HEAD.search(text) or _BARE_CODE.match(text)
    if match:
        name = (text[: match.start()] + text[match.end() :]).strip(" -,()")
        return HeadUnit(match.group(1).upper(), name, cell)
    return HeadUnit("", text, cell)


def _with_period(head: Head, value: object, text: str, cell: str) -> Head:
    """Return the head with the period that stands behind its label."""
    if isinstance(value, str):
        claims, planned, is_estimate = _claims_of_label(text)
    else:
        period = periods.from_cell(value)
        claims, planned, is_estimate = (_claims_of(period.code) if period else ()), (), False
    head = replace(
        head,
        periods=(*head.periods, *_sources("label", cell, claims)),
        planned=(*head.planned, *planned),
        estimate=head.estimate or (Line(text, cell) if is_estimate else None),
    )
    if not claims and text.strip(_BLANK_VALUE):
        return replace(head, unread_period=Line(text, cell))
    return head


def _claims_of_label(text: str) -> tuple[Sequence[Claim], Sequence[Claim], bool]:
    code_in_brackets = re.search(r"\(([\w-]+)\)\s*$", text)
    period = periods.from_code(code_in_brackets.group(1).upper()) if code_in_brackets else None
    if period is None:
        period = periods.from_text(text)
    if period:
        return _claims_of(period.code), (), False
    said = periods_of_line(text)
    own = said.own or said.estimated or [claim for _, claim in claims_in(text, is_bare=True)]
    return own, said.planned, said.is_estimate


def _claims_of(code: str) -> list[Claim]:
    return [claim._replace(text=periods.label_vi(code)) for _, claim in claims_in(code, is_bare=True)]


def _with_title(head: Head, line: Line) -> Head:
    said = periods_of_line(line.text, follows_own=any(found.source == "title" for found in head.periods))
    own, planned = said.own, said.planned
    if not own and not any(found.source != "sheet" for found in head.periods):
        own = said.estimated
    else:
        # An estimate of the whole year is made in that year.
        planned += tuple(claim._replace(first=claim.last) for claim in said.estimated)
    return replace(
        head,
        periods=(*head.periods, *_sources("title", line.cell, own)),
        planned=(*head.planned, *planned),
        estimate=head.estimate or (line if said.is_estimate else None),
    )


def _sources(source: Source, cell: str, claims: Sequence[Claim]) -> list[PeriodSource]:
    return [PeriodSource(source, cell, claim) for claim in claims]


def _as_typed(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return "" if value is None else str(value)
