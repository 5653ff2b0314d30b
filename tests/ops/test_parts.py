"""Starting and ending a tree of processes, such as ones that will not end or hide from their parent."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ops.parts import start
from tests.ops import kit
from warehouse.settings import PROJECT_DIR

# A service that ignores SIGTERM and has a grandchild in a session of its own, whose parent has ended.
STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if os.fork() == 0:
    os.setsid()
    if os.fork() > 0:
        os._exit(0)
print("up", flush=True)
time.sleep(600)
"""
SUPERVISE = """
import os, sys, time
from pathlib import Path
import ops.parts as parts
parts.GRACE_SECONDS = 0.5
parts.adopt_orphans()
part = parts.start("stubborn", [sys.executable, "-c", sys.argv[1]], os.environ, Path(sys.argv[2]), True)
while part.log_path.read_text().count("up") < 2:
    time.sleep(0.05)
print("ready", flush=True)
if sys.argv[3] == "stop":
    parts.stop_all([part])
else:
    time.sleep(600)
"""


def supervise(data_dir: Path, then: str, service: str = STUBBORN) -> subprocess.Popen[str]:
    """Run a supervisor in its own process, since it adopts orphans and ends everything below it."""
    return subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, service, str(data_dir), then],
        cwd=PROJECT_DIR,
        env=kit.environment(data_dir),
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_process_that_ignores_the_request_or_hides_is_ended_by_force(tmp_path: Path) -> None:
    supervisor = supervise(tmp_path, "stop")
    assert supervisor.wait(20) == 0
    assert kit.processes_of(tmp_path) == []


def test_a_part_is_told_to_end_when_its_supervisor_is_killed(tmp_path: Path) -> None:
    polite = STUBBORN.replace("signal.SIG_IGN", "signal.SIG_DFL").replace(
        "if os.fork() == 0:", 'print("up")\nif False:'
    )
    supervisor = supervise(tmp_path, "wait", polite)
    assert supervisor.stdout
    assert supervisor.stdout.readline() == "ready\n"
    assert len(kit.processes_of(tmp_path)) == 2
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait(5)
    deadline = time.monotonic() + 5
    while kit.processes_of(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert kit.processes_of(tmp_path) == []


@pytest.mark.parametrize(
    ("code", "is_service", "has_failed"),
    [(0, False, False), (3, False, True), (0, True, True), (3, True, True)],
)
def test_a_service_fails_at_any_end_and_a_step_by_its_exit_code(
    tmp_path: Path, code: int, is_service: bool, has_failed: bool
) -> None:
    part = start("step", [sys.executable, "-c", f"print('last'); exit({code})"], {}, tmp_path, is_service)
    assert part.process.wait(10) == code
    assert part.has_failed() is has_failed
    assert part.last_lines() == ["last"]


def test_the_log_of_the_run_before_is_kept(tmp_path: Path) -> None:
    for word in ("first", "second"):
        start("step", ["echo", word], {"PATH": "/usr/bin:/bin"}, tmp_path, False).process.wait(10)
    assert (tmp_path / "step.previous.log").read_text() == "first\n"
    assert (tmp_path / "step.log").read_text() == "second\n"
