"""Cells of a panel: numbers, codes and headings, typed or written as text."""

from __future__ import annotations

import re
from collections.abc import Collection

from warehouse.text.vietnamese import normalise

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def as_code(value: object) -> str:
    """Return a code or a year as text; a number has no decimals."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else normalise(str(value))


def as_heading(value: object) -> str:
    """Return a heading as text; a year that is a number has no decimals."""
    return "" if value is None else as_code(value)


def is_missing(value: object, marks: Collection[str]) -> bool:
    """Whether a cell is blank, or holds one of the table's marks for a missing figure."""
    return value is None or (isinstance(value, str) and value.strip() in {"", *marks})


def number_in(value: object, decimal_mark: str) -> float | None:
    """Return a number, or the number that a text writes with this decimal mark; None for anything else.

    A text with a sign that groups digits is no number: a point in it could be either sign.
    """
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, str):
        return None
    text = value.strip()
    if decimal_mark == ",":
        text = "" if "." in text else text.replace(",", ".")
    return float(text) if _NUMBER.fullmatch(text) else None
