"""The commands of the contract, and the small scripts that a fresh machine needs."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from warehouse.settings import PROJECT_DIR

# The command lines with which each command ends, once everything that it needs is installed.
COMMANDS = {
    "run": ["exec .venv/bin/python -m ops.run"],
    "load": ["exec .venv/bin/python -m ops.load"],
    "rebuild": ["exec .venv/bin/python -m ops.load --rebuild"],
    "dashboard": ["exec .venv/bin/python -m ops.dashboard"],
    "sql": ["exec .venv/bin/python -m ops.sql"],
    "check": [
        "ruff format --check .",
        "ruff check .",
        "mypy",
        "sqlfluff lint dbt_project/models dbt_project/tests --processes 2 --disable-progress-bar",
        "pytest tests/test_architecture.py",
    ],
    "test": ["ops/need_chromium.sh", 'pytest -m "not long" --numprocesses 2 --dist loadfile'],
    "test-long": ["ops/need_chromium.sh", "pytest"],
    "bench": [".venv/bin/python -m tools.bench --size quick"],
}


def made(*arguments: str) -> list[str]:
    """Return the lines that make prints, also where these tests run under `make test`."""
    of_an_outer_make = ("SIZE", "MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    own = {name: value for name, value in os.environ.items() if name not in of_an_outer_make}
    answer = subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=PROJECT_DIR,
        env=own,
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.splitlines()


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_ends_with_its_own_command_lines(command: str) -> None:
    """`make -n` prints what it would do and does nothing."""
    expected = COMMANDS[command]
    assert made("-n", command)[-len(expected) :] == expected


def test_the_help_lists_every_command_with_a_sentence() -> None:
    described = dict(line.split(maxsplit=1) for line in made("help"))
    assert set(described) == {"help", "clean", *COMMANDS}
    assert described["run"].startswith("Airflow and the dashboard")
    assert described["rebuild"] == "the warehouse again from the archive alone"


def test_ci_runs_what_people_run() -> None:
    lines = (PROJECT_DIR / ".ci" / "run").read_text().splitlines()
    assert [line for line in lines if line.startswith("make ")] == ["make check", "make test"]
    assert os.access(PROJECT_DIR / ".ci" / "run", os.X_OK)


def test_where_nothing_can_be_installed_setup_says_what_to_install(tmp_path: Path) -> None:
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
    locks = sorted((PROJECT_DIR / "requirements").rglob("*.txt"))
    assert locks
    for path in locks:
        text = path.read_text()
        assert "--hash=sha256:" in text, path.name
        assert "://" not in text, path.name
