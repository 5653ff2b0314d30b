"""`make load`: run the DAGs once over the files in the inbox, in this process, without scheduler or server.

Exit 0 when a release was published or nothing had changed, 1 when not. Files sent back do not make it fail.
With `--rebuild` the raw store is made again from the archive alone, and the warehouse from that store.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from ops.airflow_home import environment, log_dir, prepare_database
from ops.lock import AlreadyRunningError, only_one
from ops.progress import Progress, TaskState, counts
from warehouse.disk.damage import LastingFault
from warehouse.settings import PROJECT_DIR, Settings, load


def main() -> int:
    """Run once and return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rebuild", action="store_true", help="from the archive alone")
    rebuild = parser.parse_args().rebuild
    try:
        settings = load()
        with only_one(settings, "make rebuild" if rebuild else "make load"):
            return _run(settings, rebuild)
    except (ValueError, AlreadyRunningError, LastingFault) as error:
        print(error, file=sys.stderr)
        return 1


def _run(settings: Settings, rebuild: bool) -> int:
    # Before the first import of Airflow, which reads its configuration then.
    os.environ.update(environment(settings))
    log_path = log_dir(settings) / "load.log"
    with _output_to(log_path) as out:
        say = partial(_say, out, time.monotonic())
        prepare_database()
        if rebuild:
            from warehouse.intake.record.rebuild import rebuild_raw

            say("reading the archive again …")
            say(f"recorded: {counts(asdict(rebuild_raw(settings, say)))}")
        else:
            from warehouse.sample import ensure_sample

            if made := ensure_sample(settings):
                say(f"sample {settings.sample}: {made} files")
        before = _current_release(settings, say)
        dag_ids = ["build_warehouse"] if rebuild else ["collect_submissions", "build_warehouse"]
        succeeded = _run_dags(dag_ids, {"force": rebuild}, say)
        after = _current_release(settings, say)
    if not succeeded or after is None:
        print(f"No release was published. The log: {log_path}", file=sys.stderr)
        return 1
    print(f"Release {after}" + (" is current; nothing had changed." if after == before else " is published."))
    return 0


def _run_dags(dag_ids: list[str], conf: dict[str, Any], say: Any) -> bool:
    """Run the DAGs in order, each once. Return False when a DAG fails; the DAGs after it do not run."""
    from airflow.dag_processing.dagbag import DagBag
    from airflow.sdk.listener import get_listener_manager

    bag = DagBag(PROJECT_DIR / "dags")
    for path, error in bag.import_errors.items():
        say(f"{path} cannot be read: {error}")
    get_listener_manager().add_listener(_listener(say))
    return all(bag.dags[dag_id].test(run_conf=conf).state == "success" for dag_id in dag_ids)


def _listener(say: Any) -> object:
    """Return the listener that Airflow calls as tasks start and end: it prints the lines that `make run` prints."""
    from airflow.listeners import hookimpl

    progress = Progress()

    def say_progress(task: Any, state: str, reason: str = "") -> None:
        state_of_task = TaskState(
            task.dag_id, task.run_id, task.task_id, task.map_index, state, task.try_number
        )
        line = progress.line_of(
            state_of_task,
            lambda: task.xcom_pull(task_ids=task.task_id, map_indexes=task.map_index),
            lambda: reason,
        )
        if line:
            say(line)

    class Listener:
        @hookimpl
        def on_task_instance_running(self, task_instance: Any) -> None:
            say_progress(task_instance, "running")

        @hookimpl
        def on_task_instance_success(self, task_instance: Any) -> None:
            say_progress(task_instance, "success")

        @hookimpl
        def on_task_instance_failed(self, task_instance: Any, error: Any) -> None:
            say_progress(task_instance, "failed", f"{type(error).__name__}: {error}")

    return Listener()


def _current_release(settings: Settings, say: Any) -> str | None:
    """Return the release that readers see; a damaged release is named in the output and counts as none."""
    from warehouse.release.store import current, damage_of_current

    damage = damage_of_current(settings, with_content=True)
    if damage:
        say(str(damage))
        return None
    release = current(settings)
    return release.release_id if release else None


@contextmanager
def _output_to(log_path: Path) -> Iterator[TextIO]:
    """Send the output of Airflow, dbt and their child processes to the log; yield the terminal."""
    log_path.parent.mkdir(parents=True, exist_ok=True)
    kept = {stream: os.dup(stream) for stream in (1, 2)}
    with log_path.open("w") as log, os.fdopen(os.dup(1), "w", buffering=1) as terminal:
        try:
            for stream in kept:
                os.dup2(log.fileno(), stream)
            yield terminal
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            for stream, copy in kept.items():
                os.dup2(copy, stream)
                os.close(copy)


def _say(out: TextIO, started: float, line: str) -> None:
    print(f"[{time.monotonic() - started:4.0f} s] {line}", file=out, flush=True)


if __name__ == "__main__":
    sys.exit(main())
