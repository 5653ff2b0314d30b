"""`make run`: make the sample when nothing was ever loaded, then run Airflow and the dashboard until Ctrl-C.

The Airflow parts are the parts of `airflow standalone` without its triggerer, which nothing here uses; started one by
one, so that the end of any part is noticed and no other port is opened. Exit 0 after Ctrl-C, 1 when a part ended.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from types import FrameType

from ops import dashboard
from ops.airflow_home import environment, log_dir
from ops.lock import AlreadyRunningError, only_one
from ops.parts import Part, adopt_orphans, start, stop_all
from ops.ports import LOCAL_HOST, answers, check_port
from ops.progress_watch import ProgressWatch
from warehouse.airflow_api import AirflowApi
from warehouse.release import store
from warehouse.release.last_build import forget_unfinished
from warehouse.settings import Settings, load

LOOK_SECONDS = 0.5
API_SECONDS = 5.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PartEndedError(Exception):
    """A part ended by itself. The text has the end of its log."""


class Supervisor:
    """Starts the parts in their order, prints the progress, and ends all parts together."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._log_dir = log_dir(settings)
        self._environment = {**os.environ, **environment(settings), "PYTHONUNBUFFERED": "1"}
        self._started = time.monotonic()
        self._parts: list[Part] = []
        self._stop_asked = False
        api = AirflowApi(f"http://{LOCAL_HOST}:{settings.airflow_port}", API_SECONDS)
        self._progress = ProgressWatch(api, self._log_dir / "tasks")
        pages = f"dashboard http://{LOCAL_HOST}:{settings.dashboard_port}"
        airflow = f"Airflow http://{LOCAL_HOST}:{settings.airflow_port}"
        self._untold: dict[str, Callable[[], bool]] = {
            f"ready: {airflow}": api.is_healthy,
            f"open: {pages} · {airflow} (Ctrl-C stops both)": lambda: (
                self._shows_release() and answers(settings.airflow_port)
            ),
        }
        self._told_damage = ""
        if self._has_release():
            self._untold = {f"open: {pages}, with the last release": self._shows_release, **self._untold}

    def run(self) -> None:
        """Run until a signal or a `PartEndedError`. Every part has ended when this returns or raises."""
        for number in STOP_SIGNALS:
            signal.signal(number, self._ask_to_stop)
        starting = self._start_parts()
        try:
            while not self._stop_asked:
                next(starting, None)
                self._tell_news()
                for part in self._parts:
                    if part.has_failed():
                        lines = "\n  ".join(part.last_lines())
                        raise PartEndedError(f"{part.name} ended. The end of {part.log_path}:\n  {lines}")
                time.sleep(LOOK_SECONDS)
        finally:
            self._say("stopping …")
            stop_all(self._parts)
            self._say("stopped")

    def _start_parts(self) -> Iterator[None]:
        """Start the dashboard at once, Airflow while the sample is made, and its scheduler when the sample is ready."""
        self._say(f"environment ready; data in {self._settings.data_dir}, logs in {self._log_dir}")
        forget_unfinished(self._settings)
        self._start("dashboard", *dashboard.command(self._settings))
        self._say(f"sample {self._settings.sample}: made when nothing was ever loaded; Airflow starting …")
        sample = self._start("sample", sys.executable, "-m", "ops.make_sample", is_service=False)
        database = self._start("airflow-database", sys.executable, "-m", "ops.airflow_home", is_service=False)
        while database.is_running():
            yield
        airflow = (sys.executable, "-m", "airflow")
        self._start("airflow-api-server", *airflow, "api-server")
        self._start("airflow-dag-processor", *airflow, "dag-processor")
        while sample.is_running():
            yield
        for line in sample.last_lines(1):
            self._say(line)
        # Tasks run on this machine, so their logs are read from its disk, without a server of logs.
        self._start("airflow-scheduler", *airflow, "scheduler", "--skip-serve-logs")

    def _start(self, name: str, *command: str, is_service: bool = True) -> Part:
        part = start(name, command, self._environment, self._log_dir, is_service)
        self._parts.append(part)
        return part

    def _tell_news(self) -> None:
        damage = store.damage_of_current(self._settings)
        if damage and str(damage) != self._told_damage:
            self._say(f"{damage} The next sweep asks for a build.")
        self._told_damage = str(damage or "")
        for line in [line for line, is_so in self._untold.items() if is_so()]:
            self._say(line)
            del self._untold[line]
        for line in self._progress.new_lines():
            self._say(line)

    def _shows_release(self) -> bool:
        return self._has_release() and answers(self._settings.dashboard_port)

    def _has_release(self) -> bool:
        return self._settings.current_path.exists() and not store.damage_of_current(self._settings)

    def _ask_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop_asked = True

    def _say(self, line: str) -> None:
        """Print one line of progress, with the seconds since the start."""
        with suppress(BrokenPipeError):
            print(f"[{time.monotonic() - self._started:4.0f} s] {line}", flush=True)


def check_ports(settings: Settings) -> None:
    """Raise ValueError, naming the port and the variable, when one of ours cannot be used."""
    if settings.dashboard_port == settings.airflow_port:
        raise ValueError(f"DASHBOARD_PORT and AIRFLOW_PORT are both {settings.airflow_port}: choose two.")
    check_port("DASHBOARD_PORT", settings.dashboard_port)
    check_port("AIRFLOW_PORT", settings.airflow_port)


def main() -> int:
    """Run until stopped and return the exit code."""
    try:
        settings = load()
        with only_one(settings, "make run"):
            check_ports(settings)
            adopt_orphans()
            Supervisor(settings).run()
    except (ValueError, AlreadyRunningError, PartEndedError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
