"""The one way in which tests put reports into a raw store: the intake's own reading of files is tested elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.forms.contract import load_form
from warehouse.raw.store import open_store
from warehouse.settings import Settings

Row = dict[str, Any]
RECEIVED_AT = datetime(2026, 11, 1)


@dataclass(frozen=True)
class SentReport:
    """One form of one unit and period. Reports with the same `file` lie in one file; a row needs only its own columns."""

    submission_id: int
    form: str
    unit_key: str
    period_code: str
    rows: list[Row] = field(default_factory=list)
    file: str = ""
    received_at: datetime = RECEIVED_AT
    is_accepted: bool = True
    is_simulated: bool = True

    @property
    def file_sha256(self) -> str:
        """Return the name of the report's file, which stands for its hash; without a file, a name of the report's own."""
        return self.file or f"file{self.submission_id:06}"


def record(settings: Settings, reports: Iterable[SentReport]) -> None:
    """Record the reports in the raw store, which is made where there is none."""
    settings.warehouse_dir.mkdir(parents=True, exist_ok=True)
    contents: dict[str, list[Row]] = defaultdict(list)
    files: dict[str, Row] = {}
    for report in reports:
        status = "accepted" if report.is_accepted else "returned"
        files[report.file_sha256] = {
            "file_sha256": report.file_sha256,
            "file_name": f"file{report.submission_id}.csv",
            "received_at": report.received_at,
            "size_bytes": 1,
            "source_kind": "inbox",
            "is_simulated": report.is_simulated,
            "outcome": status,
            "parser_version": "test",
        }
        of_report = {
            "submission_id": f"{report.submission_id:016x}",
            "file_sha256": report.file_sha256,
            "unit_key": report.unit_key,
            "period_code": report.period_code,
        }
        counts = {"row_count": max(len(report.rows), 1), "error_count": 0, "warning_count": 0}
        contents["submissions"].append(of_report | counts | {"form": report.form, "status": status})
        for number, row in enumerate(report.rows, start=2):
            of_row = {
                "sheet": report.form,
                "row_number": number,
                "column_number": 6,
                "denominator_column_number": 7 if row.get("denominator") is not None else None,
                "is_not_applicable": False,
            }
            of_row["unit_code"] = report.unit_key.partition("@")[0]
            contents[load_form(report.form).table].append(of_report | of_row | row)
    contents["files"] = list(files.values())
    with open_store(settings) as connection:
        connection.begin()
        for table, rows in contents.items():
            _insert(connection, table, rows)
        connection.commit()


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[Row]) -> None:
    """Insert rows: columns that the table lacks are left out; columns that the rows lack are null."""
    columns = [name for name, *_ in connection.execute(f"describe raw.{table}").fetchall()]
    names = [name for name in columns if any(name in row for row in rows)]
    if not names:
        return
    connection.register("rows_of_table", pa.table({name: [row.get(name) for row in rows] for name in names}))
    connection.execute(f"insert into raw.{table} by name select * from rows_of_table")
    connection.unregister("rows_of_table")
