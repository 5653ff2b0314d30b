"""The processes of one run: each has its own log, is watched, and ends together with all processes that it started."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import psutil

from warehouse.settings import PROJECT_DIR

# From linux/prctl.h.
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
# Airflow's parts stop in 4 seconds when idle; an interrupted task runs again after the next start.
GRACE_SECONDS = 10.0
KILL_SECONDS = 5.0
POLL_SECONDS = 0.1


@dataclass
class Part:
    """One process of this run, in a session of its own, so that Ctrl-C does not reach it directly."""

    name: str
    process: subprocess.Popen[bytes]
    log_path: Path
    is_service: bool

    def is_running(self) -> bool:
        """Whether the process runs."""
        return self.process.poll() is None

    def has_failed(self) -> bool:
        """Whether the process failed: a service that has ended at all, or a step that has ended with an error."""
        return not self.is_running() and (self.is_service or self.process.returncode != 0)

    def last_lines(self, count: int = 15) -> list[str]:
        """The end of the log."""
        with self.log_path.open(encoding="utf-8", errors="replace") as log:
            return [line.rstrip() for line in deque(log, maxlen=count)]


def adopt_orphans() -> None:
    """Become the parent of each process below us whose parent ends, so that `stop_all` finds all of them."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def start(
    name: str, command: Sequence[str], environment: Mapping[str, str], log_dir: Path, is_service: bool
) -> Part:
    """Start `command` from the project's folder; its log is `log_dir/NAME.log`, and the log before is kept."""
    log_dir.mkdir(parents=True, exist_ok=True)
    log_path = log_dir / f"{name}.log"
    if log_path.exists():
        log_path.replace(log_dir / f"{name}.previous.log")
    with log_path.open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=PROJECT_DIR,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=partial(_end_with_parent, os.getpid()),  # noqa: PLW1509  (this process has no threads)
        )
    return Part(name, process, log_path, is_service)


def stop_all(parts: Sequence[Part]) -> None:
    """End the parts in the reverse order of their start, so that none loses a part it needs; kill what remains."""
    deadline = time.monotonic() + GRACE_SECONDS
    for part in reversed(parts):
        part.process.terminate()
        while part.is_running() and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)
    deadline = time.monotonic() + KILL_SECONDS
    # A process may start another one meanwhile: look again until there is none.
    while (left := psutil.Process().children(recursive=True)) and time.monotonic() < deadline:
        for process in left:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        # Waiting for an adopted process also removes its entry from the table of processes.
        psutil.wait_procs(left, timeout=1)


def _end_with_parent(parent: int) -> None:
    """In the child: have the kernel end this process when its parent is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
