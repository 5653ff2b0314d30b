"""**What.** One dbt build of the whole warehouse in a private file, its audit, and the release.

**Grain.** One run per release, or per call that found nothing to do. It starts when `raw_submissions`
changes, and each day just after midnight in Viet Nam, so that due dates and late reports move on.

**Rerun.** Trigger the DAG, or clear the run; with the parameter `force` it builds even where nothing has
changed. Until `publish` has switched the pointer the last good release stays current: a run that failed or was killed harms no
reader.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, Param, dag, get_current_context, task

from dags.common import RAW_SUBMISSIONS, TASK_DEFAULTS, WRITER_POOL, fails_at_once
from warehouse.settings import LOCAL_ZONE, load


@dag(
    schedule=AssetOrTimeSchedule(
        # A first start must not build at once: the collection runs first and asks for a build. `False` would still make up
        # for a run that was missed by less than a tenth of a day; a span of zero does not.
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
    # Where both wait for the raw store, the snapshot goes before a sweep. The build reads the snapshot, so sweeps go on.
    @task.short_circuit(pool=WRITER_POOL, priority_weight=10)
    @fails_at_once
    def take_snapshot() -> bool:
        """Copy the raw store; return False, which skips the other tasks, when the newest release is up to date."""
        from warehouse.release import build, last_build

        settings = load()
        if not last_build.needs_build(settings, again=True) and not get_current_context()["params"]["force"]:
            return False
        build.begin(settings)
        return True

    @task(execution_timeout=timedelta(hours=2))
    @fails_at_once
    def build() -> None:
        """Run models and tests on the snapshot, in the private build file."""
        from warehouse.release.build import build_snapshot

        build_snapshot(load())

    @task
    @fails_at_once
    def audit() -> None:
        """Compare the build file with the raw store."""
        from warehouse.release.audit import audit

        audit(load())

    @task
    @fails_at_once
    def publish() -> str:
        """Copy the marts under the release's own name, switch the pointer, and return the release_id."""
        from warehouse.release.publish import publish

        return publish(load())

    take_snapshot() >> build() >> audit() >> publish()


build_warehouse()
