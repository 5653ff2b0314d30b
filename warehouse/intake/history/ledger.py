"""One set of views over all recorded files (the raw store or its snapshot), and over the file of a dry run.

Each view is called `ledger_` and the name of its raw table, and has the columns that the history checks read. So each check
is written once, and a dry run finds what the collection will find.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self

import duckdb

from warehouse.intake.reports.parsed import ParsedFile
from warehouse.raw.arrow import arrow_table
from warehouse.raw.sql import listed, quoted
from warehouse.raw.tables import LEDGER_TABLE, RAW_SCHEMA, raw_tables, rows_of_files

_BC_COLUMNS = (
    "submission_id, sheet, row_number, indicator_code, numerator, denominator, value, is_not_applicable"
)
_TX_COLUMNS = (
    "submission_id, sheet, row_number, unit_key, period_code, division, rated_count, outstanding_count,"
    " good_count, completed_count, not_completed_count, rewarded_count, disciplined_count"
)
# The columns that the questions use, by raw table.
_COLUMNS: Mapping[str, str] = {
    "files": "file_sha256, file_name, received_at, is_tried",
    "submissions": "submission_id, file_sha256, form, unit_key, period_code, status, sheet, is_part_correction",
    "findings": "submission_id, severity, rule_code, column_name, sheet, cell, row_key",
    "bc_rows": _BC_COLUMNS,
    "bc_returned": _BC_COLUMNS,
    "dk_rows": "submission_id, sheet, row_number, unit_key, model_code, kind, registered_date",
    "td_rows": "submission_id, sheet, row_number, unit_key, model_code, event, event_date",
    "hd_rows": "submission_id, sheet, row_number, unit_key, activity_code, activity_type, activity_date",
    "vb_rows": "submission_id, sheet, row_number, unit_key, document_no, organisations_done",
    "kn_rows": "submission_id, sheet, row_number, unit_key, item_code, status, closed_date",
    "tx_rows": _TX_COLUMNS,
    "tx_returned": _TX_COLUMNS,
    "sheet_columns": "file_sha256, sheet, column_name, column_letters",
}
_RECORDED = {"files": "file_sha256, file_name, received_at, false as is_tried"}


@dataclass(frozen=True)
class StagedBatch:
    """A folder of staged Parquet, compared with the ledger: the table `new_files` lists its new files."""

    files: Mapping[str, Sequence[Path]]
    is_all_new: bool

    @classmethod
    def compared(cls, connection: duckdb.DuckDBPyConnection, files: Mapping[str, Sequence[Path]]) -> Self:
        """Make the table `new_files`, which lists the files of the batch that the ledger does not have. `files` are its Parquet
        files by raw table.

        Raises duckdb.Error.
        """
        sent = _read_parquet(files.get(LEDGER_TABLE, []))
        connection.execute(
            "create or replace temp table new_files as"
            f" select file_sha256, outcome from {sent} anti join {RAW_SCHEMA}.{LEDGER_TABLE} using (file_sha256)"
        )
        counts = connection.execute(
            f"select (select count(*) from {sent}), (select count(*) from new_files)"
        ).fetchone()
        return cls(files, is_all_new=counts is not None and counts[0] == counts[1])

    def has(self, table: str) -> bool:
        """Whether the batch has rows of a raw table."""
        return table in self.files

    def rows(self, table: str) -> str:
        """Return a SELECT of the new rows of a raw table."""
        # Comparing the hash of each of a million rows would take half as long as recording them.
        return (
            self._every_row(table) if self.is_all_new else rows_of_files(table, "new_files", self._every_row)
        )

    def _every_row(self, table: str) -> str:
        """Return a SELECT of all rows, with the columns that file and raw table share: another version may have staged more or
        fewer.
        """
        known = f"columns(name -> name in {listed(raw_tables()[table])})"
        return f"select {known} from {_read_parquet(self.files[table])} as staged"


def _read_parquet(paths: Sequence[Path]) -> str:
    return f"read_parquet([{', '.join(map(quoted, paths))}])"


def view_store(connection: duckdb.DuckDBPyConnection, staged: StagedBatch | None = None) -> None:
    """Make the views over the open raw store and the `new_files` of a staged batch, as if they were recorded already."""
    for table, columns in _COLUMNS.items():
        seen = _RECORDED.get(table, columns)
        parts = [f"select {seen} from {RAW_SCHEMA}.{table}"]
        if staged and staged.has(table):
            parts.append(f"select {seen} from ({_whole_rows(table, staged)})")
        _view(connection, table, " union all ".join(parts))


def _whole_rows(table: str, staged: StagedBatch) -> str:
    """Return a SELECT of the new rows with all columns of the raw table; a column that the batch lacks, since its contract
    gained it later, is null.
    """
    return f"select * from {RAW_SCHEMA}.{table} where false union all by name {staged.rows(table)}"


def view_with_file(
    connection: duckdb.DuckDBPyConnection,
    parsed: ParsedFile,
    received_at: datetime,
    store: str | None = None,
) -> None:
    """Make the views over the attached `store` and a file that is not recorded, as if it arrived last.

    `received_at` is naive UTC; `store` is the name of an attached database, and without it the file is alone. An earlier arrival
    of the same content is left out. Raises duckdb.Error where the attached database lacks a table or column.
    """
    own: dict[str, Sequence[Mapping[str, Any]]] = {
        "submissions": parsed.submissions,
        "findings": parsed.findings,
        "sheet_columns": parsed.sheet_columns,
        **parsed.records,
        **parsed.returned_rows,
    }
    own_rows = {
        "files": f"select {quoted(parsed.file_sha256)}, {quoted(parsed.file_name)}, timestamp '{received_at}', true"
    }
    for table, columns in _COLUMNS.items():
        if table != "files":
            bring_rows(connection, f"own_{table}", table, own.get(table, []))
            own_rows[table] = f"select {columns} from own_{table}"
    for table, columns in _COLUMNS.items():
        earlier = f"select {_RECORDED.get(table, columns)} from {store}.{RAW_SCHEMA}.{table}" if store else ""
        if table in ("files", "submissions"):
            earlier = (
                earlier and f"select * from ({earlier}) where file_sha256 <> {quoted(parsed.file_sha256)}"
            )
        elif earlier and table != "sheet_columns":
            earlier = f"select * from ({earlier}) anti join own_submissions using (submission_id)"
        _view(connection, table, " union all ".join(filter(None, [earlier, own_rows[table]])))


def bring_rows(
    connection: duckdb.DuckDBPyConnection, name: str, table: str, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Make a temporary table from rows of a raw table. A view of Arrow rows would fail: DuckDB's joins push filters into it that
    Arrow cannot apply.
    """
    connection.register("brought", arrow_table(table, rows))
    connection.execute(f"create or replace temp table {name} as from brought")
    connection.unregister("brought")


def _view(connection: duckdb.DuckDBPyConnection, table: str, query: str) -> None:
    connection.execute(f"create or replace temp view ledger_{table} ({_COLUMNS[table]}) as {query}")
