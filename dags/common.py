"""The settings that all DAGs share: the asset, the writer's pool, retries, and the report of a failure."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from airflow.sdk import Asset, Context
from airflow.sdk.exceptions import AirflowFailException

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")

# One slot: DuckDB lets one process write, and a reader blocks the writer too.
WRITER_POOL = "warehouse_writer"

RAW_SUBMISSIONS = Asset(
    "raw_submissions",
    uri="warehouse://raw/submissions",
    extra={"grain": "one event per state of the raw store that is to be built"},
)


def tell_failure(context: Context) -> None:
    """Log which task of which run failed after its last try. An alert by e-mail or chat would be sent from here."""
    task = context["ti"]
    logging.getLogger(__name__).error(
        "%s.%s failed in run %s: %s", task.dag_id, task.task_id, task.run_id, context.get("exception")
    )


def fails_at_once(work: Callable[_Arguments, _Result]) -> Callable[_Arguments, _Result]:
    """Fail a task without a retry where its inputs would fail again until somebody acts."""

    @wraps(work)
    def run_once(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Result:
        from warehouse.disk.damage import LastingFault

        try:
            return work(*arguments, **named)
        except LastingFault as error:
            raise AirflowFailException(str(error)) from error

    return run_once


# A killed or failed task is tried again: every task may be repeated from its start without harm.
TASK_DEFAULTS: dict[str, Any] = {
    "owner": "warehouse",
    "retries": 2,
    "retry_delay": timedelta(seconds=20),
    "execution_timeout": timedelta(minutes=30),
    "on_failure_callback": tell_failure,
}
