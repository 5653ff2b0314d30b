"""Tells what the heading of a column speaks of: a column of the form, a unit, an indicator, a period or a kind of figure."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from warehouse.forms.contract import Form
from warehouse.intake.tables.data_rows import names_a_total
from warehouse.intake.tables.header import MAX_HEADING_CHARACTERS, ROW_NUMBERS, column_of
from warehouse.intake.tables.row_kinds import section_unit
from warehouse.reference import periods
from warehouse.reference.context import Reference
from warehouse.text.vietnamese import fold, normalise, tone_key

Kind = Literal[
    "column",
    "unit",
    "indicator",
    "period",
    "share",
    "number",
    "own",
    "cumulative",
    "earlier",
    "total",
    "row_number",
]

_WORDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("share", re.compile(r"(?:ty le|ti le|tl|phan tram)(?: phan tram| dat)?")),
    ("number", re.compile(r"(?:sl|so luong|so nguoi|so tuyet doi)")),
    (
        "own",
        re.compile(
            r"(?:so lieu |so |thuc hien |ket qua |phat sinh )?(?:trong|cua)? ?(?:ky|thang)(?: nay| bao cao)?"
            r"|(?:da |so )?thuc hien"
        ),
    ),
    (
        "cumulative",
        re.compile(
            r"(?:so |ket qua |thuc hien )?(?:luy ke|cong don|tinh)(?: so)?"
            r"(?: (?:tu )?dau nam(?: den nay| den thang bao cao| den het thang)?| den nay| den ky bao cao| ca nam| nam)?"
            r"(?: \d{4})?|tu dau nam(?: den nay)?"
        ),
    ),
    (
        "earlier",
        re.compile(
            r"(?:so |so voi )?(?:ky truoc|thang truoc|cung ky(?: nam truoc| nam ngoai)?|nam truoc)"
            r"|(?:chi tieu |so )?(?:ke hoach|duoc giao)(?: giao| nam)?(?: \d{4})?"
        ),
    ),
)
# Shorter codes of units may be figures.
_CODE = re.compile(r"\d{5}")
_YEARLESS = re.compile(r"(?:thang|t) ?(\d{1,2})")


class Label(NamedTuple):
    """The meaning of a heading: its kind, and the name of a column or unit, an indicator's code or the text of a period."""

    kind: Kind
    value: str


def label_of(text: object, form: Form, reference: Reference) -> Label | None:
    """Return what a heading speaks of; None where nobody can tell."""
    if not isinstance(text, str) or not 0 < len(text.strip()) <= MAX_HEADING_CHARACTERS:
        return None
    words = normalise(text)
    folded = fold(words)
    if folded in ROW_NUMBERS:
        return Label("row_number", words)
    if not folded:
        return Label("share", words) if "%" in words else None
    column = column_of(form.code, words)
    if column and not (column == "value" and folded == "so luong"):
        return Label("column", column)
    for kind, pattern in _WORDS:
        if pattern.fullmatch(folded):
            return Label(kind, words)
    if names_a_total(words):
        return Label("total", words)
    if unit := section_unit(words) or _unit_code(words, reference):
        return Label("unit", unit)
    indicator = indicator_of(words, reference)
    if indicator:
        return Label("indicator", indicator)
    if periods.from_text(words) or _YEARLESS.fullmatch(folded):
        return Label("period", words)
    return None


def _unit_code(words: str, reference: Reference) -> str | None:
    return words if _CODE.fullmatch(words) and reference.units.versions(words) else None


def labels_in(text: object, form: Form, reference: Reference) -> list[Label]:
    """Return what a heading speaks of, which may be two things: `Giá trị tháng 9`, `Xuất sắc SL`, `Tử số - Xã Tân Tri`."""
    whole = label_of(text, form, reference)
    if whole or not isinstance(text, str) or len(text) > MAX_HEADING_CHARACTERS:
        return [whole] if whole else []
    words = re.split(r"[\s\-–:/()]+", normalise(text))
    for cut in range(1, len(words)):
        first = label_of(" ".join(words[:cut]), form, reference)
        second = label_of(" ".join(words[cut:]), form, reference)
        if first and second and first.kind != second.kind:
            return [first, second]
    return []


def period_of(text: str, year: int | None) -> periods.Period | None:
    """Return the period of a heading. A month without a year is in the year that the title names."""
    match = _YEARLESS.fullmatch(fold(text))
    if match:
        return periods.from_code(f"{year:04d}-{int(match[1]):02d}") if year else None
    return periods.from_text(text)


def indicator_of(text: str, reference: Reference) -> str | None:
    """Return the indicator of a code or a name, or None."""
    words = normalise(text)
    code = words.upper().replace(" ", "")
    if code in reference.indicators:
        return code
    return reference.indicators_by_name.get(tone_key(words))
