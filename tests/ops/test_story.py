"""The words in which runs are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ops.narrator import failure_reason
from ops.story import Story, TaskState, counts


def task(task_id: str, state: str, map_index: int = -1, run_id: str = "run 1") -> TaskState:
    """A task of some DAG in a state."""
    return TaskState("some_dag", run_id, task_id, map_index, state, 1)


def tell(story: Story, state: TaskState, result: Any = None, reason: str = "") -> str | None:
    """The line for a task that returned `result` or failed for `reason`."""
    return story.tell(state, lambda: result, lambda: reason)


def test_batches_are_told_as_files_in_whatever_order_they_end() -> None:
    story = Story()
    assert tell(story, task("claim", "success"), [["a", "b", "c"], ["d"]]) == "collecting 4 files …"
    assert tell(story, task("parse", "success", 1)) == "collected 1 of 4 files"
    assert tell(story, task("parse", "success", 0)) == "collected 4 of 4 files"


def test_two_runs_are_counted_apart() -> None:
    story = Story()
    tell(story, task("claim", "success"), [["a", "b"]])
    tell(story, task("claim", "success", run_id="run 2"), [["c"]])
    assert tell(story, task("parse", "success", 0, "run 2")) == "collected 1 of 1 files"
    assert tell(story, task("parse", "success", 0)) == "collected 2 of 2 files"


@pytest.mark.parametrize(
    "state",
    [
        task("claim", "success"),
        task("record", "skipped"),
        task("announce", "skipped"),
        task("claim", "running"),
    ],
)
def test_an_idle_sweep_has_nothing_to_tell(state: TaskState) -> None:
    assert tell(Story(), state, []) is None


def test_a_batch_of_a_run_that_began_before_us_is_not_counted() -> None:
    assert tell(Story(), task("parse", "success", 0)) is None


def test_a_build_is_told_step_by_step() -> None:
    steps = [("take_snapshot", True), ("build", None), ("audit", None), ("publish", "r1")]
    told = [
        line
        for name, result in steps
        for state in ("running", "success")
        if (line := tell(Story(), task(name, state), result))
    ]
    assert told == ["building and testing the warehouse …", "built; auditing …", "published r1"]


def test_where_nothing_has_changed_it_says_so_at_once() -> None:
    told = tell(Story(), task("take_snapshot", "success"), False)
    assert told == "nothing has changed: the newest release stays"


def test_failures_are_told_with_their_reason() -> None:
    assert tell(Story(), task("build", "failed"), reason="a test") == "some_dag.build failed: a test"
    assert tell(Story(), task("parse", "up_for_retry"), reason="x") == "some_dag.parse will be tried again: x"


def test_counts_leave_out_what_is_none() -> None:
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
