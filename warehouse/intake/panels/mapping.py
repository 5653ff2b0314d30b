"""Reads the mapping files, and recognises the workbook of a panel."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from warehouse.intake.files.sent_file import SentFile

MAPPINGS_DIR = Path(__file__).parent
WORKBOOK_EXTENSIONS = (".xlsx", ".xlsm")
SHEET_LIST_MAX_BYTES = 1 << 20

_SHEET_LIST = "xl/workbook.xml"
_SHEET_NAME = re.compile(r"<(?:\w+:)?sheet\s[^>]*?\bname=\"([^\"]*)\"")


@dataclass(frozen=True)
class Total:
    """A measure that is the sum of others, up to `tolerance` in the measure's unit."""

    measure: str
    parts: tuple[str, ...]
    tolerance: float


@dataclass(frozen=True)
class PanelMapping:
    """The layout of one panel's workbook. Rows count from 1, as in the workbook; headings are in its own words."""

    panel_code: str
    sheet_pattern: re.Pattern[str]
    heading_row: int
    first_data_row: int
    unit_level: str
    unit_code_heading: str
    unit_code_digits: int
    unit_name_heading: str
    headings_not_read: frozenset[str] = frozenset()
    other_unit_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes_not_units: frozenset[str] = frozenset()
    totals: tuple[Total, ...] = field(default=())

    def year_of(self, sheet_name: str) -> str | None:
        """Return the year of a sheet by its name; None for another kind of sheet."""
        match = self.sheet_pattern.fullmatch(sheet_name.strip())
        return match["year"] if match else None


@cache
def load_mappings() -> dict[str, PanelMapping]:
    """Return every mapping by panel code. Raises ValueError, naming the file, when one makes no sense."""
    mappings = {}
    for path in sorted(MAPPINGS_DIR.glob("*.yml")):
        try:
            mapping = _from_document(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (TypeError, KeyError, re.error) as error:
            raise ValueError(f"{path.name} is not a panel mapping: {error}") from error
        mappings[mapping.panel_code] = mapping
    return mappings


def recognise(sent: SentFile, file_name: str) -> PanelMapping | None:
    """Return the panel whose workbook this is, by the names of its sheets; None for any other file. Never raises."""
    if Path(file_name).suffix.lower() not in WORKBOOK_EXTENSIONS:
        return None
    names = _sheet_names(sent)
    for mapping in load_mappings().values():
        if any(mapping.year_of(name) for name in names):
            return mapping
    return None


def _sheet_names(sent: SentFile) -> list[str]:
    """Return the names of the sheets from the list inside the workbook. Opening all of it would cost every file twice."""
    try:
        with sent.archive.open(_SHEET_LIST) as stream:
            text = stream.read(SHEET_LIST_MAX_BYTES).decode("utf-8", "replace")
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, EOFError):
        return []
    return [html.unescape(name) for name in _SHEET_NAME.findall(text)]


def _from_document(document: dict[str, Any]) -> PanelMapping:
    totals = tuple(
        Total(total["measure"], tuple(total["parts"]), float(total["tolerance"]))
        for total in document.pop("totals", ())
    )
    return PanelMapping(
        sheet_pattern=re.compile(document.pop("sheet_pattern")),
        headings_not_read=frozenset(document.pop("headings_not_read", ())),
        other_unit_names={code: tuple(names) for code, names in document.pop("other_unit_names", {}).items()},
        codes_not_units=frozenset(document.pop("codes_not_units", ())),
        totals=totals,
        **document,
    )
