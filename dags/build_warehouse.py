"""**What.** One dbt build of the whole warehouse in a private file, its audit, and the release.

**Grain.** One run per release, or per call that found nothing to do. It starts when `raw_submissions`
changes, and each day just after midnight in Viet Nam, so that due dates and late reports move on.

**Rerun.** Trigger the DAG, or clear the run; with the parameter `force` it builds even where nothing has
changed. Until `publish` has switched the pointer the last good release stays: a run that failed or was
killed harms no reader.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, Param, dag, get_current_context, task
from airflow.sdk.exceptions import AirflowFailException

from dags.common import RAW_SUBMISSIONS, TASK_DEFAULTS, WRITER_POOL
from warehouse.settings import LOCAL_ZONE, load


@dag(
    schedule=AssetOrTimeSchedule(
        # Never at once on a first start: what lies in the inbox is collected first, and that asks for a build. `False` would
        # still make up for a run missed by less than a tenth of a day.
        timetable=CronTriggerTimetable("5 0 * * *", timezone=LOCAL_ZONE.key, run_immediately=timedelta(0)),
        assets=[RAW_SUBMISSIONS],
    ),
    catchup=False,
    max_active_runs=1,
    default_args=TASK_DEFAULTS,
    params={"force": Param(False, type="boolean", title="Build even where nothing has changed")},
    doc_md=__doc__,
    tags=["release"],
)
def build_warehouse() -> None:
    # It goes before a sweep where both wait for the raw store; the build itself reads the copy, and sweeps go on beside it.
    @task.short_circuit(pool=WRITER_POOL, priority_weight=10)
    def take_snapshot() -> bool:
        """Copy what is to be built; False, which skips the rest, when the newest release is up to date."""
        from warehouse.release import build, last_build

        settings = load()
        if not last_build.needs_build(settings, again=True) and not get_current_context()["params"]["force"]:
            return False
        build.begin(settings)
        return True

    @task(execution_timeout=timedelta(hours=2))
    def build() -> None:
        """Run models and tests on the snapshot, in the private file."""
        from warehouse.release.build import BuildFailed, build_snapshot

        try:
            build_snapshot(load())
        except BuildFailed as error:
            # The same rows fail the same test again: no retry, the reason at once.
            raise AirflowFailException(str(error)) from error

    @task
    def audit() -> None:
        """Compare the private file with what was sent."""
        from warehouse.release.audit import AuditFailed, audit

        try:
            audit(load())
        except AuditFailed as error:
            raise AirflowFailException(str(error)) from error

    @task
    def publish() -> str:
        """Copy the marts under the release's own name and switch the pointer; the release_id."""
        from warehouse.release.publish import publish

        return publish(load())

    take_snapshot() >> build() >> audit() >> publish()


build_warehouse()
