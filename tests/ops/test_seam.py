"""The commands of the contract, and the small scripts that a fresh machine needs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from warehouse.settings import PROJECT_DIR

COMMANDS = ("run", "load", "rebuild", "dashboard", "sql", "check", "test", "test-long")


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_exists_and_says_what_it_does(command: str) -> None:
    answer = subprocess.run(["make", "help"], cwd=PROJECT_DIR, capture_output=True, text=True, check=True)
    described = {line.split()[0]: line.split(maxsplit=1)[1] for line in answer.stdout.splitlines()}
    assert len(described[command]) > 10


def test_ci_runs_what_people_run() -> None:
    lines = (PROJECT_DIR / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if line.startswith("make ")] == ["make check", "make test"]
    assert os.access(PROJECT_DIR / ".ci" / "run", os.X_OK)


def test_where_nothing_can_be_installed_it_says_what_to_install(tmp_path: Path) -> None:
    for tool in ("id", "bash", "env"):
        found = subprocess.run(["which", tool], capture_output=True, text=True, check=True).stdout.strip()
        (tmp_path / tool).symlink_to(found)
    answer = subprocess.run(
        [PROJECT_DIR / "ops" / "apt_install.sh", "chromium", "a Chromium for the browser tests"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert answer.stderr == (
        "Missing: a Chromium for the browser tests. Install it as root: apt-get install chromium\n"
    )


def test_another_python_is_refused_by_name(tmp_path: Path) -> None:
    other = tmp_path / "python3"
    other.write_text("#!/bin/sh\necho 3.13\n")
    other.chmod(0o755)
    answer = subprocess.run(
        [PROJECT_DIR / "ops" / "make_venv.sh", other],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1
    assert f"Python 3.11 is needed and {other} is 3.13" in answer.stderr


def test_locks_name_no_index() -> None:
    for path in sorted((PROJECT_DIR / "requirements").rglob("*.txt")):
        text = path.read_text()
        assert "--hash=sha256:" in text, path.name
        assert "://" not in text, path.name
