"""The collection killed at random moments, again and again, and then left to finish: every file
exactly once.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.intake.history.ledger_kit import (
    RECEIVED_AT,
    collect,
    count,
    drop,
    figures,
    files_below,
    table_hashes,
)
from warehouse.intake.arrive.archive import archived_hashes
from warehouse.intake.workers.pool import WORKER_MODULE
from warehouse.raw.store import open_store
from warehouse.settings import PROJECT_DIR, Settings

FILES_PER_KILL = 4
WORKERS_END_SECONDS = 30.0
# Workers are given this variable, which tells them from the workers of other tests.
MARK = "DATA_DIR"


class KilledCollection:
    """A data folder whose collection is killed; an undisturbed one beside it gets the same files."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.settings = Settings(data_dir=folder / "killed")
        self.undisturbed = Settings(data_dir=folder / "undisturbed")
        self.random = random.Random(seed)
        self.hashes: set[str] = set()
        self.mark = f"{MARK}={folder}"

    def send_files(self, number: int) -> None:
        """Send new files, one file a second time, a wrong one and one that cannot be read."""
        for index in range(number, number + FILES_PER_KILL):
            content = figures(month=index % 10 + 1, numerator=index // 10)
            if index % 5 == 3:
                content = content.replace(b"TTHC_DUNGHAN", b"NO_SUCH_INDICATOR")
            if index % 11 == 7:
                content = b"\x00 nonsense %d" % index
            names = (f"{index}.csv", f"again {index}.csv") if index % 4 == 1 else (f"{index}.csv",)
            for name in names:
                for settings in (self.settings, self.undisturbed):
                    sidecar = {"received_at": RECEIVED_AT, "file_name": f"{index}.csv", "is_simulated": True}
                    self.hashes.add(drop(settings, name, content, sidecar))

    def run(self, die_at_step: int | None = None, kill_after: float | None = None) -> tuple[int, int, float]:
        """Run one pass, and return its exit code, the steps that it took, and the seconds."""
        command = [sys.executable, "-m", "tests.intake.collect_once", str(self.settings.data_dir)]
        command += [] if die_at_step is None else [str(die_at_step)]
        name, _, value = self.mark.partition("=")
        with subprocess.Popen(
            command, cwd=PROJECT_DIR, stdout=subprocess.PIPE, text=True, env=os.environ | {name: value}
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            started = time.monotonic()
            if kill_after is not None:
                time.sleep(kill_after)
                process.kill()
            steps = process.stdout.read().strip()
            code = process.wait()
        return code, int(steps or 0), time.monotonic() - started

    def living_workers(self) -> list[str]:
        """Return the worker processes that a killed pass left behind."""
        living = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                command = (process / "cmdline").read_bytes()
                if (
                    WORKER_MODULE.encode() in command
                    and self.mark.encode() in (process / "environ").read_bytes()
                ):
                    living.append(process.name)
            except OSError:
                continue
        return living

    def check_no_worker_stays(self) -> None:
        deadline = time.monotonic() + WORKERS_END_SECONDS
        while self.living_workers():
            assert time.monotonic() < deadline, "a worker outlived its killed parent"
            time.sleep(0.1)

    def check_each_file_exactly_once(self) -> None:
        settings = self.settings
        assert set(archived_hashes(settings)) == self.hashes
        with open_store(settings, read_only=True) as connection:
            recorded = [sha for (sha,) in connection.execute("select file_sha256 from raw.files").fetchall()]
        assert sorted(recorded) == sorted(self.hashes)
        assert table_hashes(settings) == table_hashes(self.undisturbed)
        assert count(settings, "submissions") == len(self.hashes)
        assert files_below(settings.inbox_dir) == []
        assert [path for path in files_below(settings.staged_dir) if not path.startswith(".")] == []
        returned = visible(settings.returned_dir)
        assert returned == visible(self.undisturbed.returned_dir)
        assert sum(path.endswith("/receipt.txt") for path in returned) == len(self.hashes)


def visible(folder: Path) -> list[str]:
    """Return the names without working folders of a killed process, which are removed a minute later."""
    return [path for path in files_below(folder) if not path.startswith(".")]


@pytest.mark.parametrize("kills", [2, pytest.param(100, marks=pytest.mark.long)])
def test_killed_at_any_moment_every_file_is_accounted_for_exactly_once(tmp_path: Path, kills: int) -> None:
    """Kills by turns at a moment of time and before a random step; more files come between any
    two of them.
    """
    seed = random.SystemRandom().randrange(10**6)
    print(f"seed {seed}")
    collection = KilledCollection(tmp_path, seed)
    collection.send_files(0)
    code, steps, seconds = collection.run()
    assert code == 0
    killed = 0
    for turn in range(1, kills + 1):
        collection.send_files(turn * FILES_PER_KILL)
        if turn % 2:
            code, _, _ = collection.run(kill_after=collection.random.uniform(0, seconds))
        else:
            code, _, _ = collection.run(die_at_step=collection.random.randrange(steps))
        assert code in (0, -signal.SIGKILL)
        killed += code != 0
        collection.check_no_worker_stays()
    assert killed >= kills // 2
    code, _, _ = collection.run()
    assert code == 0
    collect(collection.undisturbed)
    collection.check_each_file_exactly_once()
