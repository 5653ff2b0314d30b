"""Calling the collection over Airflow's REST API, so that a file is not left to wait for the sweep of the minute."""

from __future__ import annotations

import json
import logging
import os
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from warehouse.settings import Settings

DAG_ID = "collect_submissions"
# The reader waits for this; the sweep comes in a minute anyway.
ANSWER_SECONDS = 3.0
USER_VARIABLE, PASSWORD_VARIABLE = "AIRFLOW_API_USER", "AIRFLOW_API_PASSWORD"

_log = logging.getLogger(__name__)
# Airflow stands on this machine or beside it: no proxy is between.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def call_collection(settings: Settings) -> bool:
    """Have Airflow start the collection; False where it cannot be reached or refuses, and the sweep will come.

    With AIRFLOW_API_USER and AIRFLOW_API_PASSWORD in the environment it logs in as that user; without, it asks for
    the token that an Airflow on this machine alone gives to anyone there.
    """
    address = settings.airflow_api_url
    if urlsplit(address).scheme not in ("http", "https"):
        _log.warning("AIRFLOW_API_URL is no address: %r", address)
        return False
    try:
        token = _token(address)
        # A logical date would have to be the only one of its moment.
        _ask(f"{address}/api/v2/dags/{DAG_ID}/dagRuns", {"logical_date": None}, token)
    except (OSError, ValueError, KeyError, TypeError) as error:
        _log.info("the collection was not called, the sweep will come: %s", error)
        return False
    return True


def _token(address: str) -> str:
    user = os.environ.get(USER_VARIABLE)
    login = {"username": user, "password": os.environ.get(PASSWORD_VARIABLE, "")} if user else None
    return str(_ask(f"{address}/auth/token", login)["access_token"])


def _ask(address: str, body: dict[str, Any] | None, token: str | None = None) -> Any:
    headers = {"Accept": "application/json", "Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data=data, headers=headers)  # noqa: S310  (http or https, see above)
    with _opener.open(request, timeout=ANSWER_SECONDS) as answer:
        return json.load(answer)
