"""Start the collection at once, so that a file does not wait for the sweep of the next minute."""

from __future__ import annotations

import logging
import os

from warehouse.airflow_api import AirflowApi, NoAnswerError
from warehouse.settings import Settings

DAG_ID = "collect_submissions"
# The reader of the page waits for the answer.
ANSWER_SECONDS = 3.0
USER_VARIABLE, PASSWORD_VARIABLE = "AIRFLOW_API_USER", "AIRFLOW_API_PASSWORD"

_log = logging.getLogger(__name__)


def call_collection(settings: Settings) -> bool:
    """Have Airflow start the collection; False where Airflow cannot be reached or refuses: then the sweep takes the file.

    Airflow's user is AIRFLOW_API_USER with AIRFLOW_API_PASSWORD, where they are in the environment.
    """
    user, password = os.environ.get(USER_VARIABLE), os.environ.get(PASSWORD_VARIABLE, "")
    try:
        AirflowApi(settings.airflow_api_url, ANSWER_SECONDS, user, password).start_run(DAG_ID)
    except NoAnswerError as error:
        _log.info("the collection was not started, the sweep will take the file: %s", error)
        return False
    return True
