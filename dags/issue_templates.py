"""**What.** Writes the workbooks that units fill in, for the month that opens and the periods that have just ended.

**Grain.** One run per month, on its first day in Viet Nam; one workbook per period and unit, in
`templates/<period>/<unit_code>.xlsx` of the data folder, for the units of provinces that take part.

**Rerun.** Trigger the DAG, or clear the run: an existing workbook stays. Remove a workbook to have it written again. The
parameter `period` issues that period alone.
"""

from __future__ import annotations

from dataclasses import asdict

from airflow.sdk import CronTriggerTimetable, Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

from dags.common import TASK_DEFAULTS, fails_at_once
from warehouse.settings import LOCAL_ZONE, load


@dag(
    # This runs after the build of the day, which says which provinces take part.
    schedule=CronTriggerTimetable("30 0 1 * *", timezone=LOCAL_ZONE.key),
    catchup=False,
    max_active_runs=1,
    default_args=TASK_DEFAULTS,
    params={
        "period": Param(None, type=["null", "string"], title="This period alone, such as 2026-9M or 2026-10")
    },
    doc_md=__doc__,
    tags=["intake"],
)
def issue_templates() -> None:
    @task
    @fails_at_once
    def issue() -> dict[str, int]:
        """Write the missing workbooks; return how many were written and how many existed."""
        from warehouse.templates.issue import issue_templates

        settings = load()
        period = get_current_context()["params"]["period"]
        try:
            return asdict(issue_templates(settings, settings.as_of_date(), period))
        except ValueError as error:
            raise AirflowFailException(str(error)) from error

    issue()


issue_templates()
