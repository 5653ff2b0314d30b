"""Helpers that run the real commands in a folder of their own, and find the processes that remain."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psutil

from warehouse.intake.arrive.inbox import sidecar_path
from warehouse.settings import PROJECT_DIR

HEADER = "unit_code,unit_name,period,indicator_code,numerator,denominator,value,note"
# A province's true figures, as its report of 2023 has them: 379 of 481 is 78.8 %.
GOOD_CSV = f"{HEADER}\n68,Tỉnh Lâm Đồng,2023,KNTC_GQ,379,481,,\n"
# More cases are settled than there were: the report goes back to its sender.
WRONG_CSV = f"{HEADER}\n77,Tỉnh Bà Rịa - Vũng Tàu,2021,DVK_CN,3000,2071,,\n"
# A build without dbt's own tests takes half of the time; tests that are not about them use it.
MODELS_ALONE = {"DBT_EXCLUDE_RESOURCE_TYPES": "test unit_test"}


def free_port() -> int:
    """Return a port that no process uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(data_dir: Path, **variables: str) -> dict[str, str]:
    """Return the environment variables for a command on this data folder, without a sample."""
    return {
        **os.environ,
        "DATA_DIR": str(data_dir),
        "SAMPLE": "none",
        "AS_OF_DATE": "2026-11-20",
        **variables,
    }


def drop(data_dir: Path, name: str, text: str, **metadata: str) -> None:
    """Put a file into the inbox, whole at once, with its metadata beside it."""
    inbox = data_dir / "inbox"
    inbox.mkdir(parents=True, exist_ok=True)
    if metadata:
        sidecar_path(inbox / name).write_text(json.dumps(metadata), encoding="utf-8")
    draft = inbox / f".{name}"
    draft.write_text(text, encoding="utf-8")
    draft.rename(inbox / name)


def run(module: str, environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run one of our commands to its end."""
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=PROJECT_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def processes_of(data_dir: Path) -> list[psutil.Process]:
    """Return every living process that was started for this data folder, found by its environment."""
    found = []
    for process in psutil.process_iter():
        try:
            if (
                process.environ().get("DATA_DIR") == str(data_dir)
                and process.status() != psutil.STATUS_ZOMBIE
            ):
                found.append(process)
        except psutil.Error:
            continue
    return found


class Running:
    """A command that is running, with its output so far."""

    def __init__(self, module: str, environment: dict[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", module],
            cwd=PROJECT_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def wait_for(self, words: str, seconds: float) -> str:
        """Return the first line with these words; fail, showing the whole output, when there is none in time."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for line in list(self.lines):
                if words in line:
                    return line
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError(f"{words!r} was not said:\n" + "\n".join(self.lines))

    def end(self, number: int | None = None, seconds: float = 40) -> int:
        """Send a signal, wait for the end, and return the exit code."""
        if number is not None:
            self.process.send_signal(number)
        code = self.process.wait(seconds)
        self._reader.join(5)
        return code

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line.rstrip())
