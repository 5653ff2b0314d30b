"""What Airflow says about its tasks, asked over its REST API on this machine."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from ops.ports import LOCAL_HOST
from ops.story import TaskState

ANSWER_SECONDS = 5.0
# Airflow gives no more at a time ([api] maximum_page_limit).
MOST_TASKS = 100


class NoAnswerError(Exception):
    """Airflow did not answer, or refused; it may be starting."""


class NotFoundError(NoAnswerError):
    """There is no such thing."""


class AirflowApi:
    """A client of the REST API; keeps its token. Every method raises `NoAnswerError`."""

    def __init__(self, port: int) -> None:
        self._address = f"http://{LOCAL_HOST}:{port}"
        self._token: str | None = None
        # No proxy stands between two processes of one machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def is_healthy(self) -> bool:
        """Whether the scheduler and the DAG processor have reported to the database."""
        try:
            health = self._get("/api/v2/monitor/health", with_token=False)
        except NoAnswerError:
            return False
        return all(health[part]["status"] == "healthy" for part in ("scheduler", "dag_processor"))

    def tasks_since(self, moment: datetime) -> list[TaskState]:
        """The tasks of all DAGs that changed at or after `moment`."""
        query = urlencode({"updated_at_gte": moment.isoformat(), "limit": MOST_TASKS})
        answer = self._get(f"/api/v2/dags/~/dagRuns/~/taskInstances?{query}")
        return [
            TaskState(
                task["dag_id"],
                task["dag_run_id"],
                task["task_id"],
                task["map_index"],
                task["state"],
                task["try_number"],
            )
            for task in answer["task_instances"]
        ]

    def result(self, task: TaskState) -> Any:
        """What the task returned; None where it returned nothing."""
        run = f"/api/v2/dags/{task.dag_id}/dagRuns/{quote(task.run_id, safe='')}"
        entry = f"/taskInstances/{task.task_id}/xcomEntries/return_value?map_index={task.map_index}"
        try:
            return self._get(run + entry)["value"]
        except NotFoundError:
            return None

    def _get(self, path: str, with_token: bool = True) -> Any:
        headers = {"Accept": "application/json"}
        try:
            if with_token:
                if self._token is None:
                    self._token = self._get("/auth/token", with_token=False)["access_token"]
                headers["Authorization"] = f"Bearer {self._token}"
            request = urllib.request.Request(self._address + path, headers=headers)  # noqa: S310  (our own address)
            with self._opener.open(request, timeout=ANSWER_SECONDS) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            self._token = None
            raise (NotFoundError if error.code == HTTPStatus.NOT_FOUND else NoAnswerError)(path) from error
        except (OSError, ValueError) as error:
            # A token ends after a day: the next question asks for a new one.
            self._token = None
            raise NoAnswerError(f"{path}: {error}") from error
