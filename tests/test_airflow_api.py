"""The client of Airflow's REST API, against a small server that answers as Airflow does."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, ClassVar

import pytest

from warehouse.airflow_api import AirflowApi, NoAnswerError

TASK = {"dag_id": "build_warehouse", "task_id": "publish", "state": "success"}
HEALTHY, SICK = {"status": "healthy"}, {"status": "unhealthy"}


class Airflow(BaseHTTPRequestHandler):
    """Gives the answer of each path, and 401 to a token that has ended; notes what was asked."""

    answers: ClassVar[dict[str, Any]] = {}
    asked: ClassVar[list[tuple[str, str | None]]] = []
    token: ClassVar[str | None] = "first"

    def do_GET(self) -> None:
        """Answer one question."""
        path = self.path.partition("?")[0]
        token = self.headers.get("Authorization")
        self.asked.append((self.path, token))
        answer = (
            {"access_token": self.token} if self.token and path == "/auth/token" else self.answers.get(path)
        )
        is_refused = token is not None and token != f"Bearer {self.token}"
        self.send_response(401 if is_refused else 200 if answer is not None else 404)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture
def api() -> Iterator[AirflowApi]:
    """Return a client of a server that has no answers yet."""
    Airflow.answers, Airflow.asked, Airflow.token = {}, [], "first"
    server = HTTPServer(("127.0.0.1", 0), Airflow)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield AirflowApi(f"http://127.0.0.1:{server.server_port}", answer_seconds=5)
    server.shutdown()
    server.server_close()


def test_one_token_serves_until_it_ends(api: AirflowApi) -> None:
    tasks = "/api/v2/dags/~/dagRuns/~/taskInstances"
    Airflow.answers[tasks] = {"task_instances": [TASK]}
    moment = datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert api.tasks_since(moment) == [TASK]
    assert api.tasks_since(moment) == [TASK]
    Airflow.token = "second"
    with pytest.raises(NoAnswerError):
        api.tasks_since(moment)
    assert api.tasks_since(moment) == [TASK]
    asked = f"{tasks}?updated_at_gte=2026-11-20T08%3A00%3A00%2B00%3A00&limit=100"
    assert Airflow.asked == [
        ("/auth/token", None),
        *[(asked, "Bearer first")] * 3,
        ("/auth/token", None),
        (asked, "Bearer second"),
    ]


def test_a_server_that_gives_no_token_is_no_airflow(api: AirflowApi) -> None:
    Airflow.token, Airflow.answers["/auth/token"] = None, {"hello": "world"}
    with pytest.raises(NoAnswerError, match="no token"):
        api.start_run("collect_submissions")


def test_the_result_of_a_task_is_its_value_or_none(api: AirflowApi) -> None:
    place = "/api/v2/dags/d/dagRuns/manual__2026%2B00%3A00/taskInstances/t/xcomEntries/return_value"
    Airflow.answers[place] = {"value": {"accepted_files": 3}}
    assert api.result("d", "manual__2026+00:00", "t", 4) == {"accepted_files": 3}
    assert Airflow.asked[-1][0] == f"{place}?map_index=4"
    assert api.result("d", "another", "t", -1) is None


@pytest.mark.parametrize(("dag_processor", "is_healthy"), [(HEALTHY, True), (SICK, False)])
def test_health_is_asked_without_a_token(api: AirflowApi, dag_processor: Any, is_healthy: bool) -> None:
    Airflow.answers["/api/v2/monitor/health"] = {"scheduler": HEALTHY, "dag_processor": dag_processor}
    assert api.is_healthy() is is_healthy
    assert Airflow.asked == [("/api/v2/monitor/health", None)]


@pytest.mark.parametrize("address", ["http://127.0.0.1:9", "nowhere", "file:///etc/passwd"])
def test_an_address_where_no_airflow_answers(address: str) -> None:
    api = AirflowApi(address, answer_seconds=1)
    assert api.is_healthy() is False
    with pytest.raises(NoAnswerError):
        api.start_run("collect_submissions")
