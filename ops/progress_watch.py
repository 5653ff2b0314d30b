"""The progress of the DAGs of a running Airflow, which is asked over its REST API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from ops.progress import Progress, TaskState
from warehouse.airflow_api import AirflowApi, NoAnswerError

# Each question reaches a little into the past, since a state becomes visible some time after it was written.
OVERLAP = timedelta(seconds=10)


class ProgressWatch:
    """Asks Airflow again and again, and gives the line of each step once."""

    def __init__(self, api: AirflowApi, task_log_dir: Path) -> None:
        self._api = api
        self._task_log_dir = task_log_dir
        self._progress = Progress()
        self._since = datetime.now(UTC)
        self._told: set[TaskState] = set()

    def new_lines(self) -> Iterator[str]:
        """The lines since the last question; none while Airflow does not answer."""
        asked_at = datetime.now(UTC)
        try:
            tasks = [_state(task) for task in self._api.tasks_since(self._since)]
            for task in tasks:
                if task not in self._told:
                    line = self._progress.line_of(
                        task,
                        partial(self._api.result, task.dag_id, task.run_id, task.task_id, task.map_index),
                        partial(failure_reason, task, self._task_log_dir),
                    )
                    self._told.add(task)
                    if line:
                        yield line
        except NoAnswerError:
            return
        self._told = set(tasks)
        self._since = asked_at - OVERLAP


def _state(task: Mapping[str, Any]) -> TaskState:
    """The state of a task as Airflow's API describes it."""
    return TaskState(
        task["dag_id"],
        task["dag_run_id"],
        task["task_id"],
        task["map_index"],
        task["state"],
        task["try_number"],
    )


def failure_reason(task: TaskState, task_log_dir: Path) -> str:
    """The last error in the task's own log (one JSON object a line), and the path of the log."""
    folder = task_log_dir / f"dag_id={task.dag_id}/run_id={task.run_id}/task_id={task.task_id}"
    if task.map_index >= 0:
        folder /= f"map_index={task.map_index}"
    path = folder / f"attempt={task.try_number}.log"
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.exists() else []
    for line in reversed(lines):
        try:
            details = json.loads(line).get("error_detail")
        except ValueError:
            continue
        if details:
            return f"{details[0]['exc_type']}: {details[0]['exc_value']} ({path})"
    return f"it was ended from outside ({path})"
