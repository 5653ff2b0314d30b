"""The styles of a template's cells, which also decide which cells may be typed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format

from warehouse.forms.contract import Column

INK, HEADER_FILL, LOCKED_FILL, LINE, NOTICE_INK = "#1F2933", "#DCE3EA", "#F1F3F5", "#9AA5B1", "#C4501B"
PARTS_OF_A_RATE = ("numerator", "denominator")


class Styles:
    """The few cell formats of a workbook."""

    def __init__(self, workbook: xlsxwriter.Workbook) -> None:
        def style(**properties: Any) -> Format:
            base = {"font_name": "Times New Roman", "font_size": 11, "font_color": INK, "valign": "vcenter"}
            return workbook.add_format(base | properties)

        box = {"border": 1, "border_color": LINE}
        locked = box | {"bg_color": LOCKED_FILL}
        typed = box | {"locked": False}
        self.title = style(bold=True, font_size=14)
        self.strong = style(bold=True)
        self.label = style(bold=True, align="right")
        self.plain = style()
        self.hint = style(italic=True, text_wrap=True)
        self.notice = style(bold=True, font_color=NOTICE_INK, text_wrap=True)
        self.heading = style(bold=True, text_wrap=True, align="center", bg_color=HEADER_FILL, **box)
        self.locked = style(text_wrap=True, **locked)
        self.locked_code = style(num_format="@", **locked)
        self.locked_decimal = style(num_format="#,##0.00", **locked)
        self.text = style(text_wrap=True, **typed)
        self.code = style(num_format="@", **typed)
        self.whole = style(num_format="#,##0", **typed)
        self.decimal = style(num_format="#,##0.00", **typed)
        self.day = style(num_format="dd/mm/yyyy", **typed)


def entry_style(column: Column, row: Mapping[str, Any], styles: Styles) -> Format:
    """The style of a cell, which also locks it or leaves it open."""
    is_rate = row.get("_is_rate")
    if column.prefilled or (is_rate is False and column.name in PARTS_OF_A_RATE):
        return styles.locked_code if column.type in ("unit", "period", "indicator") else styles.locked
    if column.type == "number":
        return styles.whole if column.name in PARTS_OF_A_RATE or row.get("_is_whole") else styles.decimal
    if column.type == "integer":
        return styles.whole
    if column.type == "date":
        return styles.day
    return styles.code if column.type in ("code", "phase") else styles.text
