"""Reads the mapping files, and recognises the table of a panel."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from warehouse.intake.files.sent_file import OLE_MARK, ZIP_MARK, SentFile
from warehouse.reference import periods

MAPPINGS_DIR = Path(__file__).parent
WORKBOOK_EXTENSIONS = (".xlsx", ".xlsm")
OLD_WORKBOOK_EXTENSION, CSV_EXTENSION = ".xls", ".csv"
SHEET_LIST_MAX_BYTES = 1 << 20
PERIOD_TYPES = sorted({kind for kinds in periods.ACCEPTED_TYPES.values() for kind in kinds})
YearsIn = Literal["sheets", "files", "columns", "rows"]

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
    """The layout of one panel's table; docs/panels.md describes each key. Rows count from 1; headings are in its own words.

    With years in columns, `year_heading` is a pattern that finds the year, and the measure unless `measure` names the only one.
    With years in rows, `year_heading` is the heading of the column of years. Where `period_types` has more than the year, a
    quarter or six months may stand wherever a year may, as `2026-Q1` or in words.
    """

    panel_code: str
    heading_row: int
    first_data_row: int
    unit_level: str
    sheet_pattern: re.Pattern[str] | None = None
    file_pattern: re.Pattern[str] | None = None
    years_in: YearsIn = "sheets"
    period_types: frozenset[str] = frozenset({"year"})
    year_heading: str | None = None
    measure: str | None = None
    unit_code_heading: str | None = None
    unit_code_digits: int = 2
    unit_name_heading: str | None = None
    decimal_mark: str = "."
    missing: frozenset[str] = frozenset()
    headings_not_read: frozenset[str] = frozenset()
    other_headings: Mapping[str, str] = field(default_factory=dict)
    other_unit_names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    codes_not_units: frozenset[str] = frozenset()
    names_not_units: frozenset[str] = frozenset()
    totals: tuple[Total, ...] = field(default=())

    def __post_init__(self) -> None:
        """Raise ValueError, in words for the author of the mapping, for keys that do not fit together."""
        faults = {
            "a sheet_pattern or a file_pattern is needed": not (self.sheet_pattern or self.file_pattern),
            f"years_in is one of {', '.join(get_args(YearsIn))}": self.years_in not in get_args(YearsIn),
            "years in sheets need (?P<year>…) in sheet_pattern": self.years_in == "sheets"
            and not _has_group(self.sheet_pattern, "year"),
            "years in files need (?P<year>…) in file_pattern": self.years_in == "files"
            and not _has_group(self.file_pattern, "year"),
            "years in columns or rows need year_heading": self.years_in in ("columns", "rows")
            and not self.year_heading,
            "years in columns need (?P<year>…) in year_heading": self.years_in == "columns"
            and not _has_group(re.compile(self.year_heading or ""), "year"),
            "years in columns need measure, or (?P<measure>…) in year_heading": self.years_in == "columns"
            and not (self.measure or _has_group(re.compile(self.year_heading or ""), "measure")),
            "unit_code_heading or unit_name_heading is needed": not (
                self.unit_code_heading or self.unit_name_heading
            ),
            "decimal_mark is . or ,": self.decimal_mark not in (".", ","),
            f"period_types are of {', '.join(PERIOD_TYPES)}": not (
                self.period_types and self.period_types <= set(PERIOD_TYPES)
            ),
        }
        for text, is_fault in faults.items():
            if is_fault:
                raise ValueError(text)

    @property
    def unit_headings(self) -> tuple[str, ...]:
        """Return the headings that name the unit: code, name or both."""
        return tuple(filter(None, (self.unit_code_heading, self.unit_name_heading)))

    def is_sheet(self, sheet_name: str) -> bool:
        """Whether a sheet of that name holds figures."""
        return self.sheet_pattern is None or bool(self.sheet_pattern.fullmatch(sheet_name.strip()))

    def year_of(self, sheet_name: str, file_name: str) -> str | None:
        """Return the year that the name of the sheet or of the file says; None where the years stand in columns or rows."""
        if self.years_in == "files" and self.file_pattern:
            match = self.file_pattern.fullmatch(Path(file_name).stem)
        elif self.years_in == "sheets" and self.sheet_pattern:
            match = self.sheet_pattern.fullmatch(sheet_name.strip())
        else:
            return None
        return self.period_code(match["year"]) if match else None

    def period_code(self, text: str) -> str:
        """Return the code of the period that a text names; of a panel by year, and where it names none, the text itself."""
        found = None if self.period_types == {"year"} else periods.from_text(text)
        return found.code if found else text

    def year_and_measure(self, heading: str) -> tuple[str, str] | None:
        """Return the year and the measure of a column; None for a column of another kind."""
        match = re.fullmatch(self.year_heading or "", heading)
        if self.years_in != "columns" or match is None:
            return None
        return self.period_code(match["year"]), self.measure or match["measure"].strip()


@cache
def load_mappings() -> dict[str, PanelMapping]:
    """Return every mapping by the name of its file: a panel may have several layouts. Raises ValueError, naming the file, when
    one makes no sense."""
    mappings = {}
    for path in sorted(MAPPINGS_DIR.glob("*.yml")):
        try:
            mappings[path.stem] = _from_document(yaml.safe_load(path.read_text(encoding="utf-8")))
        except (TypeError, KeyError, ValueError, re.error) as error:
            raise ValueError(f"{path.name} is not a panel mapping: {error}") from error
    return mappings


def recognise(sent: SentFile, file_name: str) -> PanelMapping | None:
    """Return the panel whose table this is, by the names of file and sheets; None for any other file. Never raises."""
    path = Path(file_name)
    suffix = path.suffix.lower()
    is_table = suffix in (*WORKBOOK_EXTENSIONS, OLD_WORKBOOK_EXTENSION, CSV_EXTENSION)
    names: list[str] | None = None
    for mapping in load_mappings().values() if is_table else ():
        if mapping.file_pattern and not mapping.file_pattern.fullmatch(path.stem):
            continue
        if mapping.sheet_pattern is None:
            return mapping
        if names is None:
            names = sheet_names(sent, suffix)
        if any(map(mapping.is_sheet, names)):
            return mapping
    return None


def sheet_names(sent: SentFile, suffix: str) -> list[str]:
    """Return the names of the sheets; none for a CSV, which has no sheets, and for a file that cannot be opened."""
    if suffix in WORKBOOK_EXTENSIONS:
        return _names_in_zip(sent)
    if suffix == OLD_WORKBOOK_EXTENSION and _begins_like_a_workbook(sent):
        return _names_in_workbook(sent)
    return []


def _names_in_zip(sent: SentFile) -> list[str]:
    """Return the names from the list inside the workbook. Opening all of it would cost every file twice."""
    try:
        with sent.archive.open(_SHEET_LIST) as stream:
            text = stream.read(SHEET_LIST_MAX_BYTES).decode("utf-8", "replace")
    except (OSError, KeyError, ValueError, NotImplementedError, RuntimeError, zipfile.BadZipFile, EOFError):
        return []
    return [html.unescape(name) for name in _SHEET_NAME.findall(text)]


def _begins_like_a_workbook(sent: SentFile) -> bool:
    try:
        return sent.content.startswith((OLE_MARK, ZIP_MARK))
    except OSError:
        return False


def _names_in_workbook(sent: SentFile) -> list[str]:
    import io  # noqa: PLC0415

    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    try:
        return list(CalamineWorkbook.from_filelike(io.BytesIO(sent.content)).sheet_names)
    except BaseException as error:
        # A panic in calamine's Rust code is no Exception.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            return []
        raise


def _has_group(pattern: re.Pattern[str] | None, name: str) -> bool:
    return pattern is not None and name in pattern.groupindex


def _from_document(document: dict[str, Any]) -> PanelMapping:
    totals = tuple(
        Total(total["measure"], tuple(total["parts"]), float(total["tolerance"]))
        for total in document.pop("totals", ())
    )
    for name in ("sheet_pattern", "file_pattern"):
        if name in document:
            document[name] = re.compile(document[name])
    for name in ("headings_not_read", "codes_not_units", "names_not_units", "missing"):
        document[name] = frozenset(document.get(name, ()))
    if "period_types" in document:
        document["period_types"] = frozenset(document["period_types"])
    names = {code: tuple(names) for code, names in document.pop("other_unit_names", {}).items()}
    return PanelMapping(other_unit_names=names, totals=totals, **document)
