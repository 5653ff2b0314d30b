"""The progress of the DAGs in plain lines, one for each step of each run. An idle sweep has no line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class TaskState:
    """The state of one task of one run. `map_index` is -1 for a task that is not mapped."""

    dag_id: str
    run_id: str
    task_id: str
    map_index: int
    state: str | None
    try_number: int


class Progress:
    """The number of files that each run collects, kept so that the line of a batch can say how many are done."""

    def __init__(self) -> None:
        self._batch_sizes: dict[str, list[int]] = {}
        self._collected: dict[str, int] = {}

    def line_of(self, task: TaskState, result: Callable[[], Any], reason: Callable[[], str]) -> str | None:
        """Return the line of a task in its state, if there is one: `result` gives its result, `reason` why it failed."""
        match (task.task_id, task.state):
            case (_, "failed"):
                return f"{task.dag_id}.{task.task_id} failed: {reason()}"
            case (_, "up_for_retry"):
                return f"{task.dag_id}.{task.task_id} will be tried again: {reason()}"
            case ("claim", "success"):
                sizes = [len(batch) for batch in result()]
                self._batch_sizes[task.run_id] = sizes
                return f"collecting {sum(sizes)} files …" if sizes else None
            case ("parse", "success") if task.run_id in self._batch_sizes:
                sizes = self._batch_sizes[task.run_id]
                self._collected[task.run_id] = self._collected.get(task.run_id, 0) + sizes[task.map_index]
                return f"collected {self._collected[task.run_id]} of {sum(sizes)} files"
            case ("record", "success"):
                return f"recorded: {counts(result())}"
            case ("take_snapshot", "success"):
                return None if result() else "nothing has changed: the newest release stays"
            case ("build", "running"):
                return "building and testing the warehouse …"
            case ("build", "success"):
                return "built; auditing …"
            case ("publish", "success"):
                return f"published {result()}"
        return None


def counts(summary: Mapping[str, object]) -> str:
    """Return `{"accepted_files": 3, …}` as `accepted files 3, …`, without counts of 0."""
    told = (f"{name.replace('_', ' ')} {value}" for name, value in summary.items() if value)
    return ", ".join(told) or "nothing"
