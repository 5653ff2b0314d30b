"""Decides the unit of a table from its head: a label, the letterhead, a place in a title, the name of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from warehouse.intake.cells.unit_issues import old_district, unit_issue
from warehouse.intake.heads.head import Head, HeadUnit, Line
from warehouse.intake.messages.findings import Issue
from warehouse.reference.units.names import plain_name, split_type
from warehouse.reference.units.register import UnitMatch, UnitRegister, UnitVersion
from warehouse.text.vietnamese import normalise, without_marks

MAX_NAME_WORDS = 6
_PLACE_IN_TITLE = re.compile(
    r"(?<!\w)(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(?=\w)", re.IGNORECASE
)
_PART_OF_OFFICE = re.compile(r"(?:ban|van phong)\s")
# Lines whose places are not the sender's: recipients, documents, the motto, the place of a signature.
_NOT_OF_SENDER = re.compile(
    r"kinh gui|noi nhan|ban hanh|kem theo|can cu|cong hoa xa hoi|dang cong san|\bso\b|ngay|^\W*-"
)


class HeadUnitFound(NamedTuple):
    """The unit that the head of a table names, or the issue that says why it is not certain.

    `remark` is a warning about a unit that is certain. `parents` are the places in which a unit below has to be looked for.
    """

    unit: UnitVersion | None = None
    issue: Issue | None = None
    remark: Issue | None = None
    parents: str = ""


def find_head_unit(head: Head, units: UnitRegister, on_date: date) -> HeadUnitFound:
    """Return the unit that a head means on a day. A label goes before the letterhead, and that before titles and sheet."""
    parents = _parents(head)
    if head.unit:
        found = _named(units, head.unit, parents, on_date)
        return _against_sheet(found, head, units, on_date)
    office = _of_office(head.offices, parents, units, on_date)
    is_final = office.issue or (office.unit and office.unit.level in ("commune", "body", "village"))
    if is_final or (head.offices and not office.unit):
        return office
    inside = ", ".join(filter(None, (office.unit.unit_name if office.unit else "", parents)))
    for text in (*_places_in(head.titles), *_as_place(head.sheet, bool(inside))):
        unit = units.named(text, None, on_date) or (units.named(text, inside, on_date) if inside else None)
        if unit and (not office.unit or _is_inside(units, unit, office.unit)):
            return HeadUnitFound(unit, parents=parents)
    return office if office.unit else HeadUnitFound(parents=parents)


def resolve_inside(
    units: UnitRegister, code: object, name: str | None, parents: str | None, on_date: date
) -> UnitMatch:
    """Return the match of a code and a name, inside the parents where the name alone is not certain."""
    match = units.resolve(code, name, None, on_date)
    if match.unit_key or not parents:
        return match
    inside = units.resolve(code, name, parents, on_date)
    # Inside the parents the choices are fewer. That the name is of another time is worth more than that it is not there.
    return match if inside.rule == "unknown" and match.rule not in ("unknown", "ambiguous") else inside


def _named(units: UnitRegister, named: HeadUnit, parents: str, on_date: date) -> HeadUnitFound:
    match = resolve_inside(units, named.code or None, named.name, parents, on_date)
    if match.unit_key:
        return HeadUnitFound(units.get(match.unit_key), parents=parents)
    found = " – ".join(text for text in (named.code, named.name) if text)
    if today := units.without_districts(named.code or None, named.name, parents, on_date):
        written = ", ".join(filter(None, (found, parents)))
        return HeadUnitFound(today, remark=old_district(today, written, named.cell), parents=parents)
    issue = unit_issue(units, match, found, has_code=bool(named.code), on_date=on_date)
    return HeadUnitFound(issue=issue._replace(cell=named.cell), parents=parents)


def _of_office(offices: Sequence[Line], parents: str, units: UnitRegister, on_date: date) -> HeadUnitFound:
    """Return the unit of a letterhead: the lowest office, inside those above it.

    A committee or the bureau of a commune reports for the commune. Any other office that is in no list is not the unit above it.
    """
    if not offices:
        return HeadUnitFound(parents=parents)
    *above, last = offices
    uppers = [plain_name(line.text) for line in reversed(above)]
    around = ", ".join(filter(None, (*uppers, parents)))
    for name in (
        last.text,
        *(f"{last.text} {upper}" for upper in (*(line.text for line in reversed(above)), *uppers)),
    ):
        match = resolve_inside(units, None, name, around, on_date)
        if match.unit_key:
            return HeadUnitFound(units.get(match.unit_key), parents=around)
    if not split_type(plain_name(last.text))[0]:
        upper = _of_office(above, parents, units, on_date)
        is_of_commune = (
            upper.unit and upper.unit.level == "commune" and _PART_OF_OFFICE.match(without_marks(last.text))
        )
        return upper if is_of_commune else HeadUnitFound(parents=around)
    found = _named(units, HeadUnit("", plain_name(last.text), last.cell), around, on_date)
    # A line that only looks like a name is no reason to ask about a name.
    is_doubtful = found.issue and found.issue.rule == "unit_unknown" and not found.issue.params["hint_vi"]
    return HeadUnitFound(parents=around) if is_doubtful else found


def _parents(head: Head) -> str:
    """Return the places above the unit, as one text: those of labels, and provinces that the letterhead or a title names."""
    offices = [plain_name(line.text) for line in head.offices] if head.unit else []
    upper = [text for text in offices if split_type(text)[0] in ("tỉnh", "thành phố")]
    return ", ".join(dict.fromkeys((*map(plain_name, head.parents), *upper)))


def _places_in(titles: Sequence[Line]) -> Iterator[str]:
    """Yield the names of places that a title may hold, the longest first: `xã Tân Thành, tỉnh Lạng Sơn`."""
    for line in titles:
        if _NOT_OF_SENDER.search(without_marks(line.text)):
            continue
        for match in _PLACE_IN_TITLE.finditer(line.text):
            words = line.text[match.end() :].split()[:MAX_NAME_WORDS]
            for count in range(len(words), 0, -1):
                name = " ".join(words[:count]).strip(" .,;:-()")
                if name[:1].isupper():
                    yield f"{match[0].strip()} {name}"


def _as_place(sheet: str, has_parent: bool) -> list[str]:
    """Return the name of a sheet where it can be the name of a unit. A name without its type needs a parent."""
    name = normalise(sheet)
    return [name] if split_type(plain_name(name))[0] or has_parent else []


def _against_sheet(found: HeadUnitFound, head: Head, units: UnitRegister, on_date: date) -> HeadUnitFound:
    """Ask where the name of the sheet is another unit than the label above the table: a copy that was not finished."""
    if not found.unit or not split_type(plain_name(normalise(head.sheet)))[0]:
        return found
    parent = next(units.ancestors(found.unit), None)
    match = units.resolve(None, head.sheet, found.unit.unit_name, on_date)
    if not match.unit_key:
        match = resolve_inside(units, None, head.sheet, parent.unit_name if parent else None, on_date)
    if not match.unit_key or match.unit_key == found.unit.unit_key:
        return found
    assert head.unit is not None  # noqa: S101 (the caller found the unit by it)
    params = {"sheet": head.sheet}
    issue = Issue("unit_disagrees", "unit_name", found.unit.unit_name, params=params, cell=head.unit.cell)
    return HeadUnitFound(issue=issue, parents=found.parents)


def _is_inside(units: UnitRegister, unit: UnitVersion, area: UnitVersion) -> bool:
    return any(up.unit_key == area.unit_key for up in units.ancestors(unit))
