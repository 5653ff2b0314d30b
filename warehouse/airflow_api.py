"""The one client of Airflow's REST API. `make run` asks it about tasks; the upload page has it start the collection.

It speaks plain HTTP and imports nothing of Airflow, which lives in a process of its own.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

# Airflow gives no more tasks in one answer ([api] maximum_page_limit).
MAX_TASKS = 100


class NoAnswerError(Exception):
    """Airflow did not answer, or refused; it may be starting."""


class NotFoundError(NoAnswerError):
    """Airflow has nothing under this path."""


class AirflowApi:
    """A client that keeps its token. Every method but `is_healthy` raises `NoAnswerError`.

    With a user it logs in; without, it asks for the token that an Airflow on this machine alone gives to anyone there.
    """

    def __init__(
        self, address: str, answer_seconds: float, user: str | None = None, password: str = ""
    ) -> None:
        self._address = address
        self._answer_seconds = answer_seconds
        self._login = {"username": user, "password": password} if user else None
        self._token: str | None = None
        # Airflow stands on this machine or beside it: no proxy is between.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def is_healthy(self) -> bool:
        """Whether the scheduler and the DAG processor have reported to the database."""
        try:
            health = self._ask("/api/v2/monitor/health")
        except NoAnswerError:
            return False
        return all(health[part]["status"] == "healthy" for part in ("scheduler", "dag_processor"))

    def start_run(self, dag_id: str) -> None:
        """Have Airflow start a run of the DAG now."""
        # Two runs must not have the same logical date, so this run has none.
        self._ask_with_token(f"/api/v2/dags/{dag_id}/dagRuns", {"logical_date": None})

    def tasks_since(self, moment: datetime) -> list[dict[str, Any]]:
        """Return the tasks of all DAGs that changed at or after `moment`, as Airflow describes them."""
        query = urlencode({"updated_at_gte": moment.isoformat(), "limit": MAX_TASKS})
        answer = self._ask_with_token(f"/api/v2/dags/~/dagRuns/~/taskInstances?{query}")
        return list(answer["task_instances"])

    def result(self, dag_id: str, run_id: str, task_id: str, map_index: int) -> Any:
        """Return the value that a task returned; None where it returned nothing."""
        run = f"/api/v2/dags/{dag_id}/dagRuns/{quote(run_id, safe='')}"
        entry = f"/taskInstances/{task_id}/xcomEntries/return_value?map_index={map_index}"
        try:
            return self._ask_with_token(run + entry)["value"]
        except NotFoundError:
            return None

    def _ask_with_token(self, path: str, body: Mapping[str, Any] | None = None) -> Any:
        try:
            if self._token is None:
                self._token = self._new_token()
            return self._ask(path, body, {"Authorization": f"Bearer {self._token}"})
        except NoAnswerError:
            # A token ends after a day: the next question asks for a new one.
            self._token = None
            raise

    def _new_token(self) -> str:
        answer = self._ask("/auth/token", self._login)
        try:
            return str(answer["access_token"])
        except (KeyError, TypeError) as error:
            raise NoAnswerError("the server gives no token: it is no Airflow") from error

    def _ask(
        self, path: str, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Any:
        """Send GET, or POST where there is a body; return the answer."""
        if urlsplit(self._address).scheme not in ("http", "https"):
            raise NoAnswerError(f"{self._address!r} is no address of a web server")
        request = urllib.request.Request(  # noqa: S310 (http or https, see above)
            self._address + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Accept": "application/json", "Content-Type": "application/json", **(headers or {})},
        )
        try:
            with self._opener.open(request, timeout=self._answer_seconds) as answer:
                return json.load(answer)
        except urllib.error.HTTPError as error:
            raise (NotFoundError if error.code == HTTPStatus.NOT_FOUND else NoAnswerError)(path) from error
        except (OSError, ValueError) as error:
            raise NoAnswerError(f"{path}: {error}") from error
