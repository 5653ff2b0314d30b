"""Airflow reads exactly our DAGs from dags/: thin, retried, and every task that opens the raw store in its pool."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ops.airflow_home import environment
from warehouse.settings import PROJECT_DIR, Settings

DAGS_DIR = PROJECT_DIR / "dags"
MOST_LINES = 80
DESCRIBE = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(sys.argv[1])

def schedule_of(timetable):
    cron = getattr(timetable, "timetable", timetable)
    at_once = cron.run_immediately
    return {
        "cron": cron.expression,
        "timezone": str(cron.timezone),
        "run_immediately": at_once if isinstance(at_once, bool) else at_once.total_seconds(),
        "assets": [asset.name for asset in timetable.asset_condition.objects] if timetable.asset_condition else [],
    }

heavy = {"duckdb", "dbt", "pandas", "pyarrow", "openpyxl", "streamlit"} & set(sys.modules)
print(json.dumps({
    "errors": bag.import_errors,
    "heavy": sorted(heavy),
    "dags": {
        dag.dag_id: {
            "catchup": dag.catchup,
            "max_active_runs": dag.max_active_runs,
            "doc_md": dag.doc_md,
            "tags": sorted(dag.tags),
            "schedule": schedule_of(dag.timetable),
            "tasks": {
                task.task_id: {
                    "pool": task.pool,
                    "retries": task.retries,
                    "retry_delay": task.retry_delay.total_seconds(),
                    "timeout": task.execution_timeout.total_seconds(),
                    "is_told": bool(task.on_failure_callback),
                    "outlets": [outlet.name for outlet in task.outlets],
                    "after": sorted(task.upstream_task_ids),
                    "priority": task.priority_weight,
                }
                for task in dag.tasks
            },
        }
        for dag in bag.dags.values()
    },
}))
"""


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    """Read the DAG bag in a fresh Airflow, since Airflow takes its configuration at import."""
    import json

    settings = Settings(tmp_path_factory.mktemp("data"))
    answer = subprocess.run(
        [sys.executable, "-c", DESCRIBE, str(DAGS_DIR)],
        cwd=PROJECT_DIR,
        env={**os.environ, **environment(settings)},
        capture_output=True,
        text=True,
        check=True,
    )
    described: dict[str, dict] = json.loads(answer.stdout.splitlines()[-1])
    return described


def test_exactly_these_dags_and_no_import_error(bag: dict[str, dict]) -> None:
    assert bag["errors"] == {}
    assert set(bag["dags"]) == {"collect_submissions", "build_warehouse", "issue_templates"}


def test_each_dag_stands_in_the_table_of_the_readme(bag: dict[str, dict]) -> None:
    readme = (DAGS_DIR / "README.md").read_text(encoding="utf-8")
    rows = {line.split("|")[1].strip().strip("`") for line in readme.splitlines() if line.startswith("| `")}
    assert rows == set(bag["dags"])


def test_reading_a_dag_file_imports_no_data_library(bag: dict[str, dict]) -> None:
    assert bag["heavy"] == []


def test_no_dag_runs_twice_at_a_time_or_catches_up(bag: dict[str, dict]) -> None:
    assert bag["dags"]
    for dag in bag["dags"].values():
        assert dag["max_active_runs"] == 1
        assert dag["catchup"] is False
        assert dag["tags"]
        for part in ("**What.**", "**Grain.**", "**Rerun.**"):
            assert part in dag["doc_md"]


def test_each_dag_has_its_schedule(bag: dict[str, dict]) -> None:
    """The schedules in dags/README.md: each minute; at 00:05 and after the collection; on the first at 00:30."""
    hanoi = {"timezone": "Asia/Ho_Chi_Minh"}
    assert {dag_id: dag["schedule"] for dag_id, dag in bag["dags"].items()} == {
        "collect_submissions": {
            "cron": "* * * * *",
            "timezone": "UTC",
            "run_immediately": True,
            "assets": [],
        },
        "build_warehouse": {
            "cron": "5 0 * * *",
            **hanoi,
            "run_immediately": 0,
            "assets": ["raw_submissions"],
        },
        "issue_templates": {"cron": "30 0 1 * *", **hanoi, "run_immediately": False, "assets": []},
    }
    assert bag["dags"]["collect_submissions"]["tasks"]["announce"]["outlets"] == ["raw_submissions"]


def test_every_task_is_retried_bounded_and_told_of(bag: dict[str, dict]) -> None:
    assert bag["dags"]
    for dag in bag["dags"].values():
        assert dag["tasks"]
        for task in dag["tasks"].values():
            assert task["retries"] >= 1
            assert task["retry_delay"] >= 10
            assert task["timeout"] <= 2 * 3600
            assert task["is_told"]


def test_each_task_has_its_order_and_its_pool(bag: dict[str, dict]) -> None:
    """Whatever opens the raw store is in the writer's pool; the others stay out of it, so that both DAGs go on."""
    tasks = {
        f"{dag_id}.{task_id}": (task["after"], task["pool"])
        for dag_id, dag in bag["dags"].items()
        for task_id, task in dag["tasks"].items()
    }
    assert tasks == {
        "collect_submissions.claim": ([], "warehouse_writer"),
        "collect_submissions.parse": (["claim"], "default_pool"),
        "collect_submissions.record": (["parse"], "warehouse_writer"),
        "collect_submissions.announce": (["record"], "warehouse_writer"),
        "build_warehouse.take_snapshot": ([], "warehouse_writer"),
        "build_warehouse.build": (["take_snapshot"], "default_pool"),
        "build_warehouse.audit": (["build"], "default_pool"),
        "build_warehouse.publish": (["audit"], "default_pool"),
        "issue_templates.issue": ([], "default_pool"),
    }


def test_a_build_goes_before_a_sweep_in_the_pool(bag: dict[str, dict]) -> None:
    sweep = bag["dags"]["collect_submissions"]["tasks"].values()
    snapshot = bag["dags"]["build_warehouse"]["tasks"]["take_snapshot"]
    assert snapshot["priority"] > sum(task["priority"] for task in sweep)


@pytest.mark.parametrize("path", sorted(DAGS_DIR.glob("*.py")), ids=lambda path: path.name)
def test_files_are_thin_and_airflow_sees_them(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    # Airflow skips files that lack either word.
    assert "dag" in text.lower()
    assert "airflow" in text.lower()


def test_a_first_start_after_midnight_collects_before_it_builds(tmp_path: Path) -> None:
    """Airflow makes up for a run missed by less than a tenth of the interval: two hours after midnight, on a day's."""
    ask = (
        "import sys; import pendulum; from airflow.dag_processing.dagbag import DagBag;"
        "from airflow.timetables import trigger;"
        "now = pendulum.datetime(2026, 11, 20, 17, 7, tz='UTC');"
        "trigger.utcnow = lambda: now;"
        "daily = DagBag(sys.argv[1]).dags['build_warehouse'].timetable.timetable;"
        "inner = trigger.CronTriggerTimetable("
        "daily.expression, timezone=daily.timezone, run_immediately=daily.run_immediately);"
        "print((inner._calc_first_run() - now).total_seconds() > 0)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", ask, str(DAGS_DIR)],
        cwd=PROJECT_DIR,
        env={**os.environ, **environment(Settings(tmp_path))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.splitlines()[-1] == "True"
