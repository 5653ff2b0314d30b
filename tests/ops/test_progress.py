"""The lines that say what a run does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ops.progress import Progress, TaskState, counts
from ops.progress_watch import failure_reason


def task(task_id: str, state: str, map_index: int = -1, run_id: str = "run 1") -> TaskState:
    """Return a task of a DAG in a state."""
    return TaskState("some_dag", run_id, task_id, map_index, state, 1)


def line_of(progress: Progress, state: TaskState, result: Any = None, reason: str = "") -> str | None:
    """Return the line for a task that returned `result` or failed for `reason`."""
    return progress.line_of(state, lambda: result, lambda: reason)


def test_batches_count_as_files_in_any_order() -> None:
    progress = Progress()
    assert line_of(progress, task("claim", "success"), [["a", "b", "c"], ["d"]]) == "collecting 4 files …"
    assert line_of(progress, task("parse", "success", 1)) == "collected 1 of 4 files"
    assert line_of(progress, task("parse", "success", 0)) == "collected 4 of 4 files"


def test_two_runs_have_separate_counts() -> None:
    progress = Progress()
    line_of(progress, task("claim", "success"), [["a", "b"]])
    line_of(progress, task("claim", "success", run_id="run 2"), [["c"]])
    assert line_of(progress, task("parse", "success", 0, "run 2")) == "collected 1 of 1 files"
    assert line_of(progress, task("parse", "success", 0)) == "collected 2 of 2 files"


@pytest.mark.parametrize(
    "state",
    [
        task("claim", "success"),
        task("record", "skipped"),
        task("announce", "skipped"),
        task("claim", "running"),
    ],
)
def test_an_idle_sweep_has_no_line(state: TaskState) -> None:
    assert line_of(Progress(), state, []) is None


def test_a_batch_of_an_earlier_run_has_no_line() -> None:
    assert line_of(Progress(), task("parse", "success", 0)) is None


def test_each_step_of_a_build_has_a_line() -> None:
    steps = [("take_snapshot", True), ("build", None), ("audit", None), ("publish", "r1")]
    lines = [
        line
        for name, result in steps
        for state in ("running", "success")
        if (line := line_of(Progress(), task(name, state), result))
    ]
    assert lines == ["building and testing the warehouse …", "built; auditing …", "published r1"]


def test_a_snapshot_without_changes_says_that_the_release_stays() -> None:
    line = line_of(Progress(), task("take_snapshot", "success"), False)
    assert line == "nothing has changed: the newest release stays"


def test_a_failure_has_its_reason() -> None:
    assert line_of(Progress(), task("build", "failed"), reason="a test") == "some_dag.build failed: a test"
    assert (
        line_of(Progress(), task("parse", "up_for_retry"), reason="x")
        == "some_dag.parse will be tried again: x"
    )


def test_counts_leave_out_zeros() -> None:
    assert counts({"files": 3, "returned": 0, "rows_kept": 12}) == "files 3, rows kept 12"
    assert counts({"files": 0}) == "nothing"


def test_the_reason_is_the_last_exception_in_the_tasks_own_log(tmp_path: Path) -> None:
    folder = tmp_path / "dag_id=some_dag" / "run_id=run 1" / "task_id=parse" / "map_index=2"
    folder.mkdir(parents=True)
    error = {"event": "Task failed", "error_detail": [{"exc_type": "ValueError", "exc_value": "too old"}]}
    lines = [json.dumps({"event": "start"}), "not JSON", json.dumps(error), json.dumps({"event": "end"})]
    (folder / "attempt=1.log").write_text("\n".join(lines))
    reason = failure_reason(task("parse", "failed", 2), tmp_path)
    assert reason == f"ValueError: too old ({folder / 'attempt=1.log'})"


def test_a_task_that_was_killed_has_no_exception(tmp_path: Path) -> None:
    assert failure_reason(task("build", "failed"), tmp_path).startswith("it was ended from outside (")
