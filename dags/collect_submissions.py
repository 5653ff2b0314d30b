"""**What.** Sweeps the inbox every minute: archives each file, parses it, records it in the raw store.

**Grain.** One run per sweep; one `parse` task per batch of files; one asset event on `raw_submissions` when
a build is due.

**Rerun.** Clear any task, or trigger the DAG: a file is pending until it is in the ledger, so work that
was interrupted continues and nothing is recorded twice. Where no file is pending the other tasks are skipped.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from airflow.sdk import CronTriggerTimetable, dag, task
from airflow.sdk.exceptions import AirflowSkipException

from dags.common import RAW_SUBMISSIONS, TASK_DEFAULTS, WRITER_POOL, fails_at_once
from warehouse.settings import load


@dag(
    # The first sweep runs at once: a person who has just started Airflow waits for figures.
    schedule=CronTriggerTimetable("* * * * *", timezone="UTC", run_immediately=True),
    catchup=False,
    max_active_runs=1,
    default_args=TASK_DEFAULTS,
    doc_md=__doc__,
    tags=["intake"],
)
def collect_submissions() -> None:
    @task(pool=WRITER_POOL)
    @fails_at_once
    def claim() -> list[list[str]]:
        """Archive the complete files of the inbox; return the hashes that the ledger does not have, in batches."""
        from warehouse.intake.arrive.claim import claim_inbox
        from warehouse.intake.record.batch import plan_batches

        settings = load()
        return plan_batches(claim_inbox(settings), settings)

    # Each batch starts child processes; one batch at a time keeps a small machine responsive.
    @task(max_active_tis_per_dagrun=1)
    def parse(batch: list[str]) -> str:
        """Parse one batch into a folder of Parquet, which appears only when it is complete."""
        from warehouse.intake.record.batch import parse_batch

        return parse_batch(batch, load())

    @task(pool=WRITER_POOL)
    @fails_at_once
    def record() -> dict[str, Any]:
        """Write the staged batches into the raw store, one transaction a batch."""
        from warehouse.intake.record.recording import record_staged

        return asdict(record_staged(load()))

    @task(pool=WRITER_POOL, outlets=[RAW_SUBMISSIONS], trigger_rule="none_failed")
    @fails_at_once
    def announce() -> None:
        """Start `build_warehouse` by an asset event, unless no build is due."""
        from warehouse.release.last_build import needs_build

        if not needs_build(load()):
            raise AirflowSkipException("No build is due.")

    parse.expand(batch=claim()) >> record() >> announce()


collect_submissions()
