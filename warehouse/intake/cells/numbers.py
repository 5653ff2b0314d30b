"""Reads numbers as people write them. The whole column decides between `1.234,5` and `1,234.5`; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import isfinite
from typing import Any, NamedTuple

from warehouse.intake.cells import number_words
from warehouse.intake.files.faults import UNCALCULATED
from warehouse.intake.messages.findings import Issue
from warehouse.text.vietnamese import fold, normalise

# Marks in the place of a figure. None of them is zero: statistical usage differs from file to file.
MISSING_MARKS = frozenset({"-", "--", "---", ".", "..", "...", "…", "x", "X", "?"})
MAX_NOT_APPLICABLE_CHARACTERS = 30
NOT_APPLICABLE_WORDS = frozenset({"khong ap dung", "n a", "na", "kad", "not applicable"})

_FOOTNOTE = re.compile(r"(?:\s*(?:\(\*+\)|\*+|[†‡¹²³⁴⁵⁶⁷⁸⁹⁰⁽⁾ᵃᵇᶜᵈᵉ]+|\[\d{1,2}\]|(?<=\d)\s*\(\d{1,2}\)))+$")
_LEADING_FOOTNOTE = re.compile(r"^(?:\*+|\(\*+\)|\(\d{1,2}\)|[†‡¹²³⁴⁵⁶⁷⁸⁹⁰⁽⁾ᵃᵇᶜᵈᵉ]+|\[\d{1,2}\])\s*(?=\d)")
_PLAIN = re.compile(r"\d+")
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_DOT_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+,\d+")
_COMMA_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3}){2,}|\d{1,3}(?:,\d{3})+\.\d+")
_SINGLE = re.compile(r"(\d+)([.,])(\d+)")
_THOUSANDS_DIGITS = 3
# A double keeps so many digits; a longer number would change.
MAX_DIGITS = 15


class NotApplicable:
    """The type of NOT_APPLICABLE: the sender says that the figure does not concern them."""

    def __repr__(self) -> str:
        return "NOT_APPLICABLE"


NOT_APPLICABLE = NotApplicable()


class Number(NamedTuple):
    """A number read from text. `is_percent`: it had a percent sign; `decimals`: digits after the mark."""

    value: float
    is_percent: bool
    decimals: int


def is_not_applicable(cell: object) -> bool:
    """Whether the cell says that the figure does not concern the unit."""
    if not isinstance(cell, str) or len(cell) > MAX_NOT_APPLICABLE_CHARACTERS or cell.startswith("#"):
        return False
    if "?" in cell:
        # The sender is not certain either.
        return False
    return fold(cell) in NOT_APPLICABLE_WORDS


def decimal_mark(cells: Sequence[Any]) -> str | None:
    """Return `,` or `.` where the texts of the column agree; None where none of them is clear, or two contradict."""
    marks = decimal_marks(cells)
    return marks.pop() if len(marks) == 1 else None


def decimal_marks(cells: Sequence[Any]) -> set[str]:
    """Return each mark that is certainly a decimal one in some text by itself."""
    return {mark for cell in cells if isinstance(cell, str) and (mark := _evidence(_bare(cell)[0]))}


def convert(
    column: str, cells: Sequence[Any], evidence: Sequence[Any] | None = None
) -> tuple[list[Any], list[Issue | None]]:
    """Return each cell as float, None (blank) or NOT_APPLICABLE, and for each cell its issue or None.

    `evidence` are the cells that decide the decimal mark, where `cells` are not the whole column.
    """
    values: list[Any] = []
    issues: list[Issue | None] = []
    mark: str | None = None
    is_mark_known = False
    for cell in cells:
        value, issue = cell, None
        if type(cell) is float:
            if not isfinite(cell):
                value, issue = None, Issue("number_unreadable", column, cell)
        elif cell is None or cell == "":
            value = None
        elif isinstance(cell, str):
            if not is_mark_known:
                mark, is_mark_known = decimal_mark(cells if evidence is None else evidence), True
            value, issue = from_text(column, cell, mark)
        elif isinstance(cell, int) and not isinstance(cell, bool):
            value = float(cell)
        else:
            value, issue = None, Issue("number_unreadable", column, cell)
        values.append(value)
        issues.append(issue)
    return values, issues


def from_text(column: str, cell: str, mark: str | None) -> tuple[Any, Issue | None]:
    """Read one text cell, with the decimal mark of its column."""
    text = normalise(cell)
    if not text:
        return None, None
    if text in MISSING_MARKS:
        return None, Issue("dash_as_missing", column, text)
    if is_not_applicable(text):
        return NOT_APPLICABLE, None
    if text == UNCALCULATED:
        return None, Issue("number_not_calculated", column)
    if text.startswith("#"):
        return None, Issue("number_error_value", column, text)
    bare, had_footnote = _bare(text)
    number = parse(bare, mark)
    if number is not None:
        issue = Issue("number_footnote", column, text, number.value) if had_footnote else None
        return number.value, issue
    return _from_words(column, text, bare, mark)


def _from_words(column: str, text: str, bare: str, mark: str | None) -> tuple[Any, Issue | None]:
    """Read a text in which words stand beside the number or in its place. A later step judges the words by the indicator."""
    if fold(text) in number_words.ZERO_WORDS and "?" not in text:
        return None, Issue("number_zero_in_words", column, text, 0)
    scientific = number_words.scientific(bare)
    if scientific is not None:
        return scientific, Issue("number_scientific", column, text, scientific)
    said = number_words.take_apart(bare)
    number = parse(said.number, mark) if said else None
    if said is None:
        single = _SINGLE.fullmatch(bare.lstrip("-"))
    elif said.is_doubtful:
        return None, Issue("number_doubtful", column, text)
    elif number is None:
        single = _SINGLE.fullmatch(said.number.lstrip("-"))
    elif not said.unit:
        return number.value, Issue(said.rule, column, text, number.value)
    else:
        # Whether the unit is the expected one is known only with the row's indicator.
        return None, Issue("number_with_unit", column, text, number.value, {"unit": said.unit})
    if single:
        as_decimal, as_thousands = f"{single[1]},{single[3]}", f"{single[1]}{single[3]}"
        readings = {"reading_1": as_thousands, "reading_2": as_decimal}
        return None, Issue("number_ambiguous", column, text, params=readings)
    return None, Issue("number_doubtful" if "?" in text else "number_unreadable", column, text)


def in_thousands(cell: str, marks: set[str]) -> float | None:
    """Return the number that an ambiguous `1.250` is where only whole things are counted: its mark parts thousands.

    Return None where another text of the column shows this mark to be a decimal one (`marks`): then it may be a slip.
    """
    bare, _ = _bare(cell)
    own_mark, other_mark = (".", ",") if "." in bare else (",", ".")
    number = None if own_mark in marks else parse(bare, other_mark)
    return None if number is None or number.decimals else number.value


def is_percent(cell: object) -> bool:
    """Whether the cell is a text whose number is a percentage, whatever remark or footnote stands beside it."""
    if not isinstance(cell, str) or "%" not in cell:
        return False
    bare = _bare(cell)[0]
    said = None if bare.endswith("%") else number_words.take_apart(bare)
    return bare.endswith("%") if said is None else said.number.endswith("%")


def parse(bare: str, mark: str | None) -> Number | None:
    """Return the number of a text without footnotes; None where it is no number, or an ambiguous one."""
    is_percent = bare.endswith("%")
    text = bare.removesuffix("%").rstrip()
    sign = -1.0 if text.startswith("-") else 1.0
    text = text.removeprefix("-").lstrip()
    if sum(map(str.isdigit, text)) > MAX_DIGITS:
        return None
    if _PLAIN.fullmatch(text):
        return Number(sign * float(text), is_percent, 0)
    own_mark = _evidence(text)
    if own_mark is None:
        if mark is None or not _SINGLE.fullmatch(text):
            return None
        own_mark = mark
    thousands = "." if own_mark == "," else ","
    plain = text.replace(" ", "").replace(thousands, "").replace(own_mark, ".")
    return Number(sign * float(plain), is_percent, len(plain.partition(".")[2]))


def _bare(cell: str) -> tuple[str, bool]:
    """Return the text without footnote marks, and whether it had any."""
    text = normalise(cell)
    bare = _LEADING_FOOTNOTE.sub("", _FOOTNOTE.sub("", text)).strip()
    return bare, bare != text


def _evidence(text: str) -> str | None:
    """Return the decimal mark that this text makes certain by itself, or None."""
    text = text.removesuffix("%").strip().removeprefix("-")
    if _SPACED.fullmatch(text):
        return "." if "." in text else ","
    if _DOT_THOUSANDS.fullmatch(text):
        return ","
    if _COMMA_THOUSANDS.fullmatch(text):
        return "."
    single = _SINGLE.fullmatch(text)
    if single and (
        len(single[3]) != _THOUSANDS_DIGITS or len(single[1]) > _THOUSANDS_DIGITS or single[1].startswith("0")
    ):
        return single[2]
    return None
