"""The marts that dbt makes of models drawn at random."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import duckdb
import pytest

from tests.marts.model_draws import AS_OF, ModelWorld, draw_world
from warehouse.raw.store import open_store
from warehouse.release import partial
from warehouse.release.snapshot import take_snapshot
from warehouse.settings import Settings


@pytest.fixture(scope="session")
def model_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelWorld]:
    """The random models, built: only what is made of models, without dbt's own tests."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("models"), fixed_as_of_date=AS_OF)
    world = draw_world(settings)
    record(settings, world)
    take_snapshot(settings)
    partial.lay_out(settings, partial.whole("only what is made of models"))
    run_dbt(settings, "+rpt_model_reconciliation", "+rpt_model_funnel", "+rpt_model_reach", "+rpt_model_step_durations",
            "+rpt_model_awards", "+rpt_model_questions", "+rpt_model_similarities", "+fct_model_registrations",
            "+fct_model_events")  # fmt: skip
    yield world


def run_dbt(settings: Settings, *selected: str) -> None:
    """Seeds and models without tests. Raises AssertionError when one fails."""
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    os.environ |= {"RAW_PATH": str(settings.snapshot_path), "BUILD_PATH": str(settings.build_path)}
    project = str(settings.dbt_project_dir)
    arguments = ["build", "--project-dir", project, "--profiles-dir", project, "--quiet"]
    arguments += ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"]
    arguments += ["--target-path", str(settings.warehouse_dir / "dbt_target")]
    arguments += ["--log-path", str(settings.warehouse_dir / "dbt_logs")]
    arguments += ["--vars", json.dumps({"as_of_date": AS_OF.isoformat()}), "--select", *selected]
    try:
        result = dbtRunner().invoke(arguments)
    finally:
        if DuckDBConnectionManager._ENV is not None:
            DuckDBConnectionManager._ENV.close()
        DuckDBConnectionManager.close_all_connections()
    assert result.success, result.exception or [f"{r.node.name}: {r.message}" for r in result.result.results]


def record(settings: Settings, world: ModelWorld) -> None:
    """Straight into the raw store: what the intake makes of files is tested elsewhere."""
    settings.warehouse_dir.mkdir(parents=True)
    with open_store(settings) as connection:
        connection.begin()
        file = ["file", "file.csv", datetime(2026, 11, 1), 1, "inbox", True, "accepted", "test"]
        _insert(connection, "files", [file])
        submissions: dict[tuple[str, str, str], int] = {}
        for table, form, rows in (
            ("dk_rows", "DK", world.registrations), ("td_rows", "TD", world.events), ("bc_rows", "BC", world.figures)
        ):  # fmt: skip
            columns = [name for name, *_ in connection.execute(f"describe raw.{table}").fetchall()]
            lines = []
            for number, row in enumerate(rows, start=2):
                day = row.get("registered_date") or row.get("event_date")
                period = row.get("period_code") or f"{day:%Y-%m}"
                report = (form, row["unit_key"], period)
                submission = submissions.setdefault(report, len(submissions))
                told = row | {
                    "submission_id": submission,
                    "file_sha256": "file",
                    "sheet": "csv",
                    "row_number": number,
                }
                told |= {
                    "period_code": period,
                    "unit_code": row["unit_key"].partition("@")[0],
                    "is_not_applicable": False,
                }
                lines.append([told.get(column) for column in columns])
            _insert(connection, table, lines)
        _insert(
            connection,
            "submissions",
            [
                [identity, "file", *report, "accepted", 1, 0, 0, None]
                for report, identity in submissions.items()
            ],
        )
        connection.commit()


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[list[Any]]) -> None:
    connection.executemany(f"insert into raw.{table} values ({', '.join('?' for _ in rows[0])})", rows)
