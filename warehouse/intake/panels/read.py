"""Reads a panel's table into rows: one submission for each unit and year, one row for each value.

Nothing is guessed: a measure that is not listed, a unit whose code and name disagree and a cell that is no number each
give a finding. A unit without any figure gets none: a formula over blanks gives 0, which is no score.
"""

from __future__ import annotations

import csv
import io
import logging
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from warehouse.intake.files.csv_rows import rows_of
from warehouse.intake.files.csv_text import open_csv
from warehouse.intake.files.grids import CSV_SHEET
from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.files.unreadable import UnreadableError
from warehouse.intake.messages.wording import listed_briefly
from warehouse.intake.panels.mapping import PanelMapping
from warehouse.intake.panels.result import PanelResult
from warehouse.intake.panels.sheet import SheetReader, SheetRow
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.reference.context import Context
from warehouse.settings import PROJECT_DIR
from warehouse.text.citizen_numbers import public_sheet_names
from warehouse.text.simulated import bears_notice
from warehouse.text.vietnamese import normalise

MEASURES_SEED = PROJECT_DIR / "dbt_project" / "seeds" / "panel_indicators.csv"
SHEET_MAX_CELLS = 1_000_000
MAX_UNITS_SHOWN = 5

_log = logging.getLogger(__name__)


def read_panel(
    sent: SentFile, file_name: str, file_sha256: str, mapping: PanelMapping, context: Context
) -> ParsedFile:
    """Read every sheet that the mapping knows. Never raises on bad input: each fault becomes a finding."""
    result = PanelResult(file_name, file_sha256, mapping.panel_code)
    read_sheets: list[Sequence[SheetRow]] = []
    measures = load_measures(MEASURES_SEED, mapping.panel_code)
    try:
        sheets = list(_sheets(sent))
        years = [mapping.year_of(name, file_name) for name, _, _ in sheets if mapping.is_sheet(name)]
        for name, public_name, rows in sheets:
            year = mapping.year_of(name, file_name)
            if not mapping.is_sheet(name) and name != CSV_SHEET:
                result.submission(None, None).note("panel_sheet_unknown", public_name)
            elif year is not None and years.count(year) > 1:
                result.submission(None, year).note("panel_year_twice", public_name, found=year)
            elif rows is None:
                period_code = year if year in context.reference.period_codes else None
                result.submission(None, period_code).note("panel_sheet_too_large", public_name)
            else:
                SheetReader(public_name, mapping, measures, context, result).read(rows, year)
                read_sheets.append(rows)
    except (CalamineError, UnreadableError) as error:
        result.submission(None, None).note("panel_unreadable", None, found=error)
    _say_where_weights_are_missing(result, mapping.panel_code, context)
    return replace(
        result.parsed_file(), is_simulated=any(_bears_notice(rows, mapping) for rows in read_sheets)
    )


def _bears_notice(rows: Sequence[SheetRow], mapping: PanelMapping) -> bool:
    """Whether the notice of simulated data stands above the headings."""
    return any(bears_notice(row) for row in rows[: mapping.heading_row])


@lru_cache(maxsize=8)
def load_measures(seed: Path, panel_code: str) -> dict[str, str]:
    """Return for one panel the indicator code by the table's own heading."""
    return {normalise(row["source_measure"]): row["indicator_code"] for row in _rows_of(seed, panel_code)}


@lru_cache(maxsize=8)
def _weighted_indicators(seed: Path, panel_code: str) -> frozenset[str]:
    """Return the indicators whose values above the unit are means by population."""
    rows = _rows_of(seed, panel_code)
    return frozenset(row["indicator_code"] for row in rows if row["aggregation"] == "weighted_mean")


def _rows_of(seed: Path, panel_code: str) -> list[dict[str, str]]:
    with seed.open(encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["panel_code"] == panel_code]


def _sheets(sent: SentFile) -> Iterator[tuple[str, str, Sequence[SheetRow] | None]]:
    """Yield own name, public name and rows of each sheet; without rows where it is too large. A CSV is one sheet."""
    if not sent.is_workbook:
        opened = open_csv(sent.content)
        above: list[SheetRow] = [[line] for line in opened.comments]
        rows = [*above, *rows_of(opened)]
        yield CSV_SHEET, CSV_SHEET, None if sum(map(len, rows)) > SHEET_MAX_CELLS else rows
        return
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(sent.content))
    for name, public_name in public_sheet_names(workbook.sheet_names).items():
        sheet = workbook.get_sheet_by_name(name)
        is_too_large = sheet.total_height * sheet.total_width > SHEET_MAX_CELLS
        yield name, public_name, None if is_too_large else sheet.to_python(skip_empty_area=False)


def _say_where_weights_are_missing(result: PanelResult, panel_code: str, context: Context) -> None:
    """Note the years in which the population of some units is not known: no mean can be made of their values."""
    weighted = _weighted_indicators(MEASURES_SEED, panel_code)
    units: dict[str, set[str]] = defaultdict(set)
    for value in result.values():
        unit_key, year = value["unit_key"], value["period_code"]
        if value["indicator_code"] in weighted and (unit_key, year) not in context.reference.populated:
            units[year].add(context.reference.units.get(unit_key).unit_name)
    for year, names in sorted(units.items()):
        _log.warning("%s %s: the population of %d units is not known", panel_code, year, len(names))
        shown = listed_briefly(sorted(names), MAX_UNITS_SHOWN)
        params = {"year": year, "count": len(names)}
        result.submission(None, year).note("panel_weights_missing", None, found=shown, params=params)
