"""Reads the lines above a table: the unit that reports, and the period."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from warehouse.reference import periods
from warehouse.text.vietnamese import normalise

_HEAD_LABEL = re.compile(
    r"(?P<unit>(?:tên )?đơn vị(?: báo cáo| đăng ký| gửi)?)|(?P<period>kỳ(?: báo cáo| số liệu)?)",
    re.IGNORECASE,
)
_CODE_IN_HEAD = re.compile(r"\(?\bmã(?: số| đơn vị)?\s*:?\s*(\d{2,5}(?:-[A-Z0-9-]+)?)\)?", re.IGNORECASE)


@dataclass(frozen=True)
class HeadUnit:
    """The unit that the title lines name, by a code, a name or both."""

    code: str
    name: str


def read_title_lines(rows: Sequence[Sequence[Any]]) -> tuple[HeadUnit | None, periods.Period | None]:
    """Return the unit and the period of the title lines. Each may stand in the cell of its label or in the next one."""
    unit: HeadUnit | None = None
    period: periods.Period | None = None
    title_periods = set()
    for row in rows:
        texts = [cell for cell in row if cell not in ("", None)]
        for position, cell in enumerate(texts):
            if not isinstance(cell, str):
                continue
            label, colon, rest = normalise(cell).partition(":")
            match = _HEAD_LABEL.fullmatch(label.strip())
            if match is None:
                title_periods.add(periods.in_title(cell))
                continue
            value = rest.strip() if colon and rest.strip() else next(iter(texts[position + 1 :]), "")
            if match["unit"] and isinstance(value, str | float | int):
                unit = _head_unit(normalise(str(value)))
            elif match["period"]:
                period = _head_period(value)
    title_periods.discard(None)
    if period is None and len(title_periods) == 1:
        period = title_periods.pop()
    return unit, period


def _head_unit(text: str) -> HeadUnit | None:
    match = _CODE_IN_HEAD.search(text)
    if match:
        name = (text[: match.start()] + text[match.end() :]).strip(" -,()")
        return HeadUnit(match.group(1).upper(), name)
    return HeadUnit("", text) if text and text.strip("._ …") else None


def _head_period(value: object) -> periods.Period | None:
    if isinstance(value, str):
        code_in_brackets = re.search(r"\(([\w-]+)\)\s*$", value)
        found = periods.from_code(code_in_brackets.group(1)) if code_in_brackets else None
        return found or periods.from_text(value) or periods.in_title(value)
    return periods.from_cell(value)
