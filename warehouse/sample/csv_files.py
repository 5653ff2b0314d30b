"""Consolidated CSV files, in the several ways in which offices write them."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.forms.contract import load_form
from warehouse.text.simulated import NOTICE

Row = Mapping[str, Any]
SIMULATED = NOTICE.lower()
_THOUSAND = 1000


@dataclass(frozen=True)
class Style:
    """One way of writing. The defaults are the contract's own way."""

    name: str = "plain"
    delimiter: str = ","
    has_bom: bool = False
    is_vietnamese: bool = False
    form: str = "NFC"
    has_headings: bool = False
    is_reordered: bool = False
    has_totals: bool = False
    names_only: bool = False


PLAIN = Style()
STYLES = (
    PLAIN,
    Style("semicolon", delimiter=";", has_bom=True, is_vietnamese=True),
    Style("nfd", form="NFD"),
    Style("headings", has_headings=True, is_reordered=True, has_bom=True),
    Style("totals", has_headings=True, has_totals=True),
    Style("names", names_only=True),
    Style("own", delimiter=";", is_vietnamese=True, has_headings=True, is_reordered=True, has_totals=True),
)


@cache
def columns_of(form_code: str) -> tuple[str, ...]:
    """The form's columns in a CSV, with the names of unit and parent beside the unit's code."""
    stored = [column.name for column in load_form(form_code).stored_columns]
    return (stored[0], "unit_name", "parent_name", *stored[1:])


def write_csv(
    path: Path, form_code: str, rows: Sequence[Row], style: Style = PLAIN, remark: str = SIMULATED
) -> None:
    """Write rows of one form. The first line names the form and says that the data is simulated."""
    columns = _columns(form_code, style)
    text = io.StringIO(newline="")
    text.write(f"# form={form_code}; {remark}\r\n")
    writer = csv.writer(text, delimiter=style.delimiter)
    writer.writerow([_heading(form_code, name) if style.has_headings else name for name in columns])
    for row in _with_totals(rows, columns) if style.has_totals else rows:
        writer.writerow([_cell(row, name, style) for name in columns])
    content = unicodedata.normalize(style.form, text.getvalue())  # type: ignore[arg-type]
    path.write_bytes(content.encode("utf-8-sig" if style.has_bom else "utf-8"))


def as_typed(value: Any, is_vietnamese: bool) -> str:
    """A value as text: `1.234,0`, `84,5` and `05/11/2026`, or `1234`, `84.5` and `2026-11-05`."""
    if value is None:
        return ""
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}" if is_vietnamese else value.isoformat()
    if not is_vietnamese or isinstance(value, str):
        return str(value)
    if isinstance(value, int) and value < _THOUSAND:
        return str(value)
    return f"{value:,.1f}".translate(str.maketrans(",.", ".,"))


def percentage(row: Row, is_vietnamese: bool) -> str:
    """The percentage that an office writes beside numerator and denominator: `97,5%`."""
    text = f"{100 * row['numerator'] / row['denominator']:.2f}%"
    return text.replace(".", ",") if is_vietnamese else text


def _columns(form_code: str, style: Style) -> list[str]:
    columns = [name for name in columns_of(form_code) if not (style.names_only and name == "unit_code")]
    if style.is_reordered:
        columns = [*columns[2:4], *columns[:2], *columns[:3:-1]]
    return columns


def _heading(form_code: str, name: str) -> str:
    return load_form(form_code).by_name[name].heading_vi


def _cell(row: Row, name: str, style: Style) -> str:
    value = row.get(name)
    if name == "value" and value is None and style.is_vietnamese and row.get("denominator"):
        return percentage(row, style.is_vietnamese)
    return as_typed(value, style.is_vietnamese)


def _with_totals(rows: Sequence[Row], columns: Sequence[str]) -> Iterable[Row]:
    """The rows with a blank row after each unit, the last row twice, and a total that must not be read as a unit."""
    unit: Any = None
    sum_of_numerators = 0
    for row in rows:
        if unit is not None and row["unit_code"] != unit:
            yield {}
        unit = row["unit_code"]
        sum_of_numerators += row.get("numerator") or 0
        yield row
    yield rows[-1]  # copied once too often
    yield {}
    first = columns[0]
    yield {first: "Tổng cộng"} | ({"numerator": sum_of_numerators} if "numerator" in columns else {})
