"""The files of the benchmarks: correct BC reports of real communes, with simulated figures."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import xlsxwriter

from warehouse.reference import periods
from warehouse.reference.context import Reference, load_reference
from warehouse.reference.units.register import UnitVersion
from warehouse.settings import PROJECT_DIR

HEADINGS_VI = (
    *("Mã đơn vị", "Tên đơn vị", "Kỳ báo cáo", "Mã chỉ tiêu"),
    *("Tử số", "Mẫu số", "Giá trị", "Ghi chú"),
)
COLUMNS = ("unit_code", "unit_name", "period", "indicator_code", "numerator", "denominator", "value", "note")
# Newest first. All periods have ended on the benchmark's as-of date.
PERIODS = [f"{year}-{month:02d}" for year in (2026, 2025, 2024, 2023) for month in range(12, 0, -1)][2:]
SEEDS_DIR = PROJECT_DIR / "dbt_project" / "seeds"
AS_OF_DATE = date(2026, 11, 20)
LARGEST_COUNT = 997
# Some counts are days, and a short month has 28 of them.
MOST_DAYS = 25
NOTE = "mô phỏng"
Row = tuple[str, str, str, str, int | None, int | None, int | None, str]


def rows(number: int, offset: int = 0) -> Iterator[Row]:
    """The first `number` rows of form BC, no two of one unit, period and indicator; `offset` changes the figures."""
    return islice(_rows(load_reference(SEEDS_DIR), offset), number)


def _rows(reference: Reference, offset: int) -> Iterator[Row]:
    for number, code in enumerate(PERIODS):
        period = periods.from_code(code)
        assert period is not None  # noqa: S101 (our own list)
        communes = _communes(reference, period.end_date)
        owed = reference.owed_indicators(communes[0], period)
        count = offset
        for unit in communes:
            for indicator in owed:
                count += 1
                # The figures of a unit change a little each month, so that no check has a question.
                done = count % LARGEST_COUNT + number % 3
                place = (unit.unit_code, unit.unit_name, code, indicator.code)
                if indicator.is_rate:
                    yield (*place, done, done + count % 7, None, NOTE)
                else:
                    yield (*place, None, None, count % MOST_DAYS + number % 3, NOTE)


def _communes(reference: Reference, day: date) -> list[UnitVersion]:
    with (SEEDS_DIR / "units.csv").open(encoding="utf-8", newline="") as lines:
        units = [
            reference.units.get(row["unit_key"]) for row in csv.DictReader(lines) if row["level"] == "commune"
        ]
    return [
        unit
        for unit in units
        if (unit.valid_from is None or unit.valid_from <= day)
        and (unit.valid_to is None or day <= unit.valid_to)
    ]


def write_workbooks(folder: Path, number: int, rows_each: int) -> list[Path]:
    """Write different workbooks, each with one sheet like the template's."""
    paths = []
    every = list(rows(rows_each))
    for file_number in range(number):
        path = folder / f"bao-cao-{file_number:05d}.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
            sheet = workbook.add_worksheet("BC")
            sheet.write_row(0, 0, ["BÁO CÁO CHỈ TIÊU (BC), SỐ LIỆU MÔ PHỎNG"])
            sheet.write_row(1, 0, HEADINGS_VI)
            for line, row in enumerate(every, 2):
                sheet.write_row(line, 0, (*row[:-1], f"{NOTE} {file_number}"))
        paths.append(path)
    return paths


def write_csv(path: Path, number: int) -> Path:
    """Write one consolidated CSV."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(COLUMNS)
        writer.writerows(rows(number))
    return path
