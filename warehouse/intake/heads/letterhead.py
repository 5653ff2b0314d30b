"""Finds the lines of a letterhead that name offices: `UBND TỈNH LẠNG SƠN` above `UBND XÃ TÂN THÀNH`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from warehouse.intake.heads.head import Line
from warehouse.reference.units.names import split_type
from warehouse.text.vietnamese import without_marks

_ORGAN = (
    r"(?:ubnd|hdnd|uy ban nhan dan|hoi dong nhan dan|(?:ban chap hanh |bch )?dang (?:uy|bo)|tinh uy|thanh uy|huyen uy"
    r"|quan uy|thi uy)"
)
_PLACE = r"(?:tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|thi tran|dac khu)"
_OFFICE = re.compile(
    rf"(?:{_ORGAN}\s+)?{_PLACE}\s+(?!hoi\b|luan\b)\w[\w\s.,'-]{{0,60}}|(?:tinh|thanh|huyen|quan|thi) uy \w[\w\s'-]{{1,40}}"
)
_ORGAN_ALONE = re.compile(rf"{_ORGAN}")
_STARTS_WITH_ORGAN = re.compile(rf"{_ORGAN}\s")
_PLACE_ALONE = re.compile(rf"{_PLACE}\s+\w[\w\s.'-]{{0,40}}")
_MOTTO = re.compile(r"cong hoa xa hoi|dang cong san|doc lap|tu do|hanh phuc")
# A line that is no name of an office, whatever it begins with.
_OTHER = re.compile(
    r"\d{4}|[:;*]|(?<!\w)(?:bao cao|phu luc|kinh gui|noi nhan|ngay|(?:thang|nam|so|bieu)\s*\d|quy\s*(?:[1-4]|i))"
)
_HAS_PLACE = re.compile(rf"(?<!\w){_PLACE}\s+\w|(?<!\w)(?:tinh|thanh|huyen|quan|thi) uy \w")
MAX_OFFICES = 4


def offices_among(lines: Sequence[tuple[Line, int, int]]) -> tuple[Line, ...]:
    """Return the lines of offices, highest first. `lines` have the row and the column in which each stands.

    The line below an office in the same column belongs to it, and so does one beside the national motto: the office that
    signs may be one that only its name tells. An office without a place goes on in the place below it.
    """
    found: list[Line] = []
    last: tuple[int, int] | None = None
    beside_motto = {row for line, row, _ in lines if _MOTTO.search(without_marks(line.text))}
    for line, row, column in lines:
        plain = without_marks(line.text).strip()
        if _MOTTO.search(plain):
            continue
        follows = last is not None and last[1] == column and row - last[0] <= 1
        if _OTHER.search(plain) or plain.startswith(("-", "(")):
            last = None if follows else last
            continue
        is_place = _PLACE_ALONE.fullmatch(plain) is not None
        if follows and is_place and not _HAS_PLACE.search(without_marks(found[-1].text)):
            found[-1] = Line(f"{found[-1].text} {line.text}", found[-1].cell)
        elif (
            _names_an_office(line.text, plain)
            or _ORGAN_ALONE.fullmatch(plain)
            or (line.text.isupper() and (follows or row in beside_motto))
        ):
            found.append(line)
        else:
            continue
        last = (row, column)
    return tuple(found[:MAX_OFFICES])


def _names_an_office(text: str, plain: str) -> bool:
    """Whether a line is the name of an office or place. `Quán triệt …` reads like `Quận …` once its marks are gone."""
    if not _OFFICE.fullmatch(plain):
        return False
    return bool(_STARTS_WITH_ORGAN.match(plain) or split_type(text)[0])
