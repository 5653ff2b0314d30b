"""Plain reports written down as rows of the raw tables, the same as `output` writes one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from warehouse.forms.contract import Form
from warehouse.intake.bulk.coded import CodedColumn, Codes, Mask
from warehouse.intake.bulk.plain_checks import Numbers
from warehouse.intake.bulk.plain_rows import Reports
from warehouse.raw.tables import raw_tables


def plain_tables(reports: Reports, file_sha256: str) -> dict[str, pa.Table]:
    """Submissions and records by raw table. Texts are dictionaries of Arrow's, which take little room."""
    form = reports.table.form
    atoms = reports.atoms
    unit_keys, period_codes = atoms.unit_keys(), atoms.period_codes()
    ids = atoms.submission_ids(file_sha256, form.code)
    row_counts = np.bincount(reports.atom_of_row, minlength=len(ids))
    submissions = {
        "submission_id": pa.array(ids, pa.string()),
        "file_sha256": file_sha256,
        "form": form.code,
        "unit_key": _dictionary(unit_keys, atoms.unit_numbers),
        "period_code": _dictionary(period_codes, atoms.period_numbers),
        "status": "accepted",
        "row_count": pa.array(row_counts),
        "error_count": 0,
        "warning_count": 0,
        "sheet": reports.table.sheet,
    }
    records = {
        "submission_id": _dictionary(ids, reports.atom_of_row),
        "row_number": pa.array(reports.row_numbers),
    }
    if form.table == "bc_rows":
        records |= _bc_columns(reports)
    else:
        records |= {
            "sheet": reports.table.sheet,
            "file_sha256": file_sha256,
            "unit_key": _dictionary(unit_keys, atoms.unit_numbers[reports.atom_of_row]),
            "period_code": _dictionary(period_codes, atoms.period_numbers[reports.atom_of_row]),
            **_form_columns(form, reports),
        }
    return {
        "submissions": _table("submissions", submissions, len(ids)),
        form.table: _table(form.table, records, len(reports.row_numbers)),
    }


def _bc_columns(reports: Reports) -> dict[str, Any]:
    numerator, denominator = reports.numbers["numerator"], reports.numbers["denominator"]
    value = reports.numbers["value"]
    has_parts = ~(np.isnan(numerator) | np.isnan(denominator))
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(denominator == 0, np.nan, 100 * numerator / denominator)
    return {
        "sheet": None,
        "column_number": _measure_columns(reports, np.isnan(denominator)),
        "indicator_code": _texts(reports.texts["indicator_code"]),
        "numerator": _numbers(numerator),
        "denominator": _numbers(denominator),
        "value": _numbers(np.where(has_parts, rate, value)),
        "is_not_applicable": False,
        "note": _texts(reports.texts.get("note")),
    }


def _measure_columns(reports: Reports, is_value: Mask) -> pa.Array:
    """The column of each row's measure: its value, or its numerator where there is a denominator."""
    table = reports.table
    numbers = [
        table.column_number(name) or table.column_number("indicator_code") or 0
        for name in ("numerator", "value")
    ]
    return pa.array(np.array(numbers, np.int64)[is_value.astype(np.int32)])


def _form_columns(form: Form, reports: Reports) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for column in form.stored_columns:
        if column.type == "number":
            columns[column.name] = _numbers(reports.numbers[column.name])
        elif column.type == "integer":
            columns[column.name] = _numbers(reports.numbers[column.name]).cast(pa.int64())
        elif column.type not in ("unit", "period"):
            columns[column.name] = _texts(reports.texts.get(column.name))
    atoms = reports.atoms
    unit_codes = [unit and unit.unit_code for unit in atoms.units]
    period_codes = [period and period.code for period in atoms.periods]
    return columns | {
        "unit_code": _dictionary(unit_codes, atoms.unit_numbers[reports.atom_of_row]),
        form.dated_by: _dictionary(period_codes, atoms.period_numbers[reports.atom_of_row]),
    }


def _table(name: str, columns: dict[str, Any], length: int) -> pa.Table:
    """With the raw table's columns; a text, a number or a flag stands for every row."""
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


def _texts(column: CodedColumn | None) -> pa.Array | None:
    return None if column is None else _dictionary(column.cells, column.codes)


def _numbers(numbers: Numbers) -> pa.Array:
    return pa.array(numbers, from_pandas=True)
