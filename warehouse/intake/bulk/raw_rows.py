"""Reports that were read by column, as rows of the raw tables: the same rows as `reports.output` writes one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from warehouse.forms.contract import Form
from warehouse.forms.how_sent import PART
from warehouse.intake.bulk.columns import Codes, EncodedColumn, Mask, Offsets
from warehouse.intake.bulk.reports import ReportList
from warehouse.intake.checks.figures import Numbers
from warehouse.intake.reports.status import ACCEPTED
from warehouse.intake.tables.table import Table
from warehouse.raw.tables import SUBMISSIONS_TABLE, raw_tables


@dataclass(frozen=True)
class PlainReports:
    """Reports without any finding, and for each of their rows its report, its number in the sheet and its cells as read.

    `texts` hold the meaning of text cells, and the codes of indicators.
    """

    table: Table
    reports: ReportList
    report_of_row: Codes
    row_numbers: Offsets
    numbers: dict[str, Numbers]
    texts: dict[str, EncodedColumn]


def raw_rows(plain: PlainReports, file_sha256: str) -> dict[str, pa.Table]:
    """Return submissions and records by raw table. Texts are dictionary-encoded, which takes little memory."""
    form, reports = plain.table.form, plain.reports
    unit_keys = [unit and unit.unit_key for unit in reports.units]
    period_codes = [period and period.code for period in reports.periods]
    ids = reports.submission_ids(file_sha256, form.code)
    row_counts = np.bincount(plain.report_of_row, minlength=len(ids))
    submissions = {
        "submission_id": pa.array(ids, pa.string()),
        "file_sha256": file_sha256,
        "form": form.code,
        "unit_key": _dictionary(unit_keys, reports.unit_codes),
        "period_code": _dictionary(period_codes, reports.period_codes),
        "status": ACCEPTED,
        "row_count": pa.array(row_counts),
        "error_count": 0,
        "warning_count": 0,
        "sheet": plain.table.sheet,
        "is_part_correction": plain.table.how_sent == PART,
    }
    records = {
        "submission_id": _dictionary(ids, plain.report_of_row),
        "row_number": pa.array(plain.row_numbers),
    }
    if form.table == "bc_rows":
        records |= _bc_columns(plain)
    else:
        records |= {
            "sheet": plain.table.sheet,
            "file_sha256": file_sha256,
            "unit_key": _dictionary(unit_keys, reports.unit_codes[plain.report_of_row]),
            "period_code": _dictionary(period_codes, reports.period_codes[plain.report_of_row]),
            **_form_columns(form, plain),
        }
    return {
        SUBMISSIONS_TABLE: _table(SUBMISSIONS_TABLE, submissions, len(ids)),
        form.table: _table(form.table, records, len(plain.row_numbers)),
    }


def _bc_columns(plain: PlainReports) -> dict[str, Any]:
    numerator, denominator = plain.numbers["numerator"], plain.numbers["denominator"]
    value = plain.numbers["value"]
    has_parts = ~(np.isnan(numerator) | np.isnan(denominator))
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(denominator == 0, np.nan, 100 * numerator / denominator)
    has_no_denominator = np.isnan(denominator)
    return {
        "sheet": None,
        "column_number": _measure_columns(plain, has_no_denominator),
        "denominator_column_number": pa.array(
            np.full(len(denominator), plain.table.column_number("denominator") or 0, np.int64),
            mask=has_no_denominator,
        ),
        "indicator_code": _texts(plain.texts["indicator_code"]),
        "numerator": _numbers(numerator),
        "denominator": _numbers(denominator),
        "value": _numbers(np.where(has_parts, rate, value)),
        "is_not_applicable": False,
        "note": _texts(plain.texts.get("note")),
    }


def _measure_columns(plain: PlainReports, is_value: Mask) -> pa.Array:
    """Return the sheet's column of each row's measure: its value, or its numerator where there is a denominator."""
    table = plain.table
    numbers = [
        table.column_number(name) or table.column_number("indicator_code") or 0
        for name in ("numerator", "value")
    ]
    return pa.array(np.array(numbers, np.int64)[is_value.astype(np.int32)])


def _form_columns(form: Form, plain: PlainReports) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for column in form.stored_columns:
        if column.type == "number":
            columns[column.name] = _numbers(plain.numbers[column.name])
        elif column.type == "integer":
            columns[column.name] = _numbers(plain.numbers[column.name]).cast(pa.int64())
        elif column.type not in ("unit", "period"):
            columns[column.name] = _texts(plain.texts.get(column.name))
    reports = plain.reports
    unit_codes = [unit and unit.unit_code for unit in reports.units]
    period_codes = [period and period.code for period in reports.periods]
    return columns | {
        "unit_code": _dictionary(unit_codes, reports.unit_codes[plain.report_of_row]),
        form.dated_by: _dictionary(period_codes, reports.period_codes[plain.report_of_row]),
    }


def _table(name: str, columns: dict[str, Any], length: int) -> pa.Table:
    """Return a table with the raw table's columns. A single text, number or flag stands for every row."""
    found = {column: columns[column] for column in raw_tables()[name]}
    return pa.table(
        {
            column: value if isinstance(value, pa.Array) else _repeated(value, length)
            for column, value in found.items()
        }
    )


def _repeated(value: str | int | bool | None, length: int) -> pa.Array:
    if value is None:
        return pa.nulls(length, pa.string())
    if isinstance(value, str):
        return _dictionary([value], np.zeros(length, np.int32))
    return pa.repeat(pa.scalar(value), length)


def _dictionary(cells: Sequence[str | None], codes: Codes) -> pa.Array:
    is_none = np.array([cell is None for cell in cells], np.bool_)
    indices = pa.array(codes, mask=is_none[codes] if is_none.any() else None)
    return pa.DictionaryArray.from_arrays(indices, pa.array([cell or "" for cell in cells], pa.string()))


def _texts(column: EncodedColumn | None) -> pa.Array | None:
    return None if column is None else _dictionary(column.values, column.codes)


def _numbers(numbers: Numbers) -> pa.Array:
    return pa.array(numbers, from_pandas=True)
