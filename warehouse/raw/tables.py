"""The raw tables: their columns, once, for DuckDB and for Parquet. Meaning and grain:
docs/architecture.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache

from warehouse.forms.contract import Form, load_forms

RAW_SCHEMA = "raw"
LEDGER_TABLE = "files"
SUBMISSIONS_TABLE = "submissions"
FINDINGS_TABLE = "findings"
REPLIES_TABLE = "replies"
RELEASES_TABLE = "releases"
# In a row of `submissions`: whether any part of the report counts.
IS_ACCEPTED = "status in ('accepted', 'accepted_with_warnings')"
_RECORD_TABLE_SUFFIX = "_rows"
_RETURNED_TABLE_SUFFIX = "_returned"

# Column types of the contracts that are not stored as text.
_RAW_TYPE_OF_COLUMN_TYPE = {"integer": "bigint", "number": "double", "date": "date"}

_RECORD_COLUMNS = {
    "submission_id": "varchar",
    "file_sha256": "varchar",
    "sheet": "varchar",
    "row_number": "bigint",
    "unit_key": "varchar",
    "period_code": "varchar",
}

_FIXED_TABLES: dict[str, dict[str, str]] = {
    LEDGER_TABLE: {
        "file_sha256": "varchar",
        "file_name": "varchar",
        "received_at": "timestamp",
        "size_bytes": "bigint",
        "source_kind": "varchar",
        "is_simulated": "boolean",
        "outcome": "varchar",
        "parser_version": "varchar",
    },
    SUBMISSIONS_TABLE: {
        "submission_id": "varchar",
        "file_sha256": "varchar",
        "form": "varchar",
        "unit_key": "varchar",
        "period_code": "varchar",
        "status": "varchar",
        "row_count": "bigint",
        "error_count": "bigint",
        "warning_count": "bigint",
        "sheet": "varchar",
        "is_part_correction": "boolean",
    },
    FINDINGS_TABLE: {
        "submission_id": "varchar",
        "file_sha256": "varchar",
        "finding_number": "bigint",
        "sheet": "varchar",
        "cell": "varchar",
        "column_name": "varchar",
        "severity": "varchar",
        "rule_code": "varchar",
        "message_vi": "varchar",
        "message_en": "varchar",
        "found_value": "varchar",
        "suggested_value": "varchar",
        "row_key": "varchar",
    },
    # Half of all rows are here, so file, unit and period are columns of the submission alone.
    "bc_rows": {
        "submission_id": "varchar",
        "sheet": "varchar",
        "row_number": "bigint",
        "column_number": "bigint",
        "denominator_column_number": "bigint",
        "indicator_code": "varchar",
        "numerator": "double",
        "denominator": "double",
        "value": "double",
        "is_not_applicable": "boolean",
        "note": "varchar",
    },
    "panel_rows": {
        "submission_id": "varchar",
        "file_sha256": "varchar",
        "sheet": "varchar",
        "row_number": "bigint",
        "cell": "varchar",
        "panel_code": "varchar",
        "unit_key": "varchar",
        "period_code": "varchar",
        "indicator_code": "varchar",
        "value": "double",
    },
    "sheet_columns": {
        "file_sha256": "varchar",
        "sheet": "varchar",
        "column_name": "varchar",
        "column_letters": "varchar",
    },
    REPLIES_TABLE: {
        "file_sha256": "varchar",
        "folder_name": "varchar",
    },
    RELEASES_TABLE: {
        "release_id": "varchar",
        "built_at": "timestamp",
        "as_of_date": "date",
        "code_version": "varchar",
        "input_fingerprint": "varchar",
        "file_count": "bigint",
        "submission_count": "bigint",
        "indicator_value_count": "bigint",
        "model_count": "bigint",
    },
}


@cache
def raw_tables() -> Mapping[str, Mapping[str, str]]:
    """Return every table of the raw store: name → column → DuckDB type. A form's own columns come from
    its contract.
    """
    tables = dict(_FIXED_TABLES)
    for form in load_forms().values():
        own = {
            column.name: _RAW_TYPE_OF_COLUMN_TYPE.get(column.type, "varchar")
            for column in form.stored_columns
        }
        tables.setdefault(form.table, _RECORD_COLUMNS | own)
        if form.is_accepted_whole:
            tables[returned_table(form)] = tables[form.table]
    return tables


def returned_table(form: Form) -> str:
    """Return the table of the rows understood in returned reports, for a form whose reports are kept or returned whole.

    These rows count nowhere. History checks read them, and by them a corrected report is recognised.
    """
    return form.code.lower() + _RETURNED_TABLE_SUFFIX


@cache
def parsed_tables() -> tuple[str, ...]:
    """Return the tables that parsing fills; the reply and the release write the others."""
    return tuple(name for name in raw_tables() if name not in (REPLIES_TABLE, RELEASES_TABLE))


@cache
def record_tables() -> tuple[str, ...]:
    """Return the tables of reported rows: one a form, and one for all panels."""
    return tuple(name for name in raw_tables() if name.endswith(_RECORD_TABLE_SUFFIX))


def rows_of_files(table: str, files: str, every_row: Callable[[str], str]) -> str:
    """Return a SELECT of the rows of a raw table that belong to some files: `files` is a table of their `file_sha256`, and
    `every_row` gives the SELECT of all rows of a raw table, wherever they lie, up to its FROM clause.
    """
    if "file_sha256" in raw_tables()[table]:
        return f"{every_row(table)} semi join {files} using (file_sha256)"
    submissions = rows_of_files(SUBMISSIONS_TABLE, files, every_row)
    return f"{every_row(table)} semi join ({submissions}) as sent using (submission_id)"
