"""`make run` for real: Airflow's scheduler and the dashboard, a file that arrives, Ctrl-C, a part that dies."""

from __future__ import annotations

import json
import signal
import socket
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import duckdb
import psutil
import pytest

from tests.ops import kit


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """Make a data folder with two files in its inbox and free ports; processes that a failed test leaves are ended."""
    data_dir = tmp_path_factory.mktemp("data")
    kit.drop(data_dir, "lam_dong.csv", kit.GOOD_CSV)
    kit.drop(data_dir, "vung_tau.csv", kit.WRONG_CSV)
    ports = {"DASHBOARD_PORT": str(kit.free_port()), "AIRFLOW_PORT": str(kit.free_port())}
    yield kit.environment(data_dir, **ports, **kit.MODELS_ALONE)
    for process in kit.processes_of(data_dir):
        process.kill()


@pytest.fixture(scope="module")
def first_run(environment: dict[str, str]) -> kit.Running:
    """Run until the first release is published, then stop by Ctrl-C."""
    running = kit.Running("ops.run", environment)
    running.wait_for("published r", 240)
    line = running.wait_for("open: dashboard", 30)
    assert environment["DASHBOARD_PORT"] in line
    assert environment["AIRFLOW_PORT"] in line
    for path in (f"{environment['DASHBOARD_PORT']}/_stcore/health", f"{environment['AIRFLOW_PORT']}/"):
        with urllib.request.urlopen(f"http://127.0.0.1:{path}", timeout=10) as answer:
            assert answer.status == 200
    answer = kit.run("ops.load", environment)
    assert answer.returncode == 1
    assert "make run (process" in answer.stderr
    assert running.end(signal.SIGINT) == 0
    return running


def test_a_file_in_the_inbox_becomes_a_release(first_run: kit.Running, environment: dict[str, str]) -> None:
    published = Path(environment["DATA_DIR"]) / "published"
    pointer = json.loads((published / "CURRENT.json").read_text())
    with duckdb.connect(str(published / pointer["file"]), read_only=True) as release:
        values = release.execute("select numerator, denominator from marts.fct_indicator_values").fetchall()
        statuses = release.execute("select status from marts.fct_submissions order by status").fetchall()
    assert values == [(379, 481)]
    assert [status for (status,) in statuses] == ["accepted", "returned"]
    assert any("recorded: files 2" in line for line in first_run.lines)


def test_ctrl_c_leaves_nothing_behind(first_run: kit.Running, environment: dict[str, str]) -> None:
    assert first_run.process.returncode == 0
    assert kit.processes_of(Path(environment["DATA_DIR"])) == []
    assert first_run.lines[-1].endswith("stopped")


def test_a_second_run_opens_at_once_loads_nothing_and_ends_with_a_part_that_dies(
    first_run: kit.Running, environment: dict[str, str]
) -> None:
    data_dir = Path(environment["DATA_DIR"])
    pointer = (data_dir / "published" / "CURRENT.json").read_text()
    running = kit.Running("ops.run", environment)
    running.wait_for("with the last release", 20)
    running.wait_for("ready: Airflow", 90)
    victim = next(process for process in kit.processes_of(data_dir) if "dag-processor" in process.cmdline())
    psutil.Process(victim.pid).kill()
    assert running.end() == 1
    assert "airflow-dag-processor ended. The end of" in "\n".join(running.lines)
    assert kit.processes_of(data_dir) == []
    assert not any("collecting" in line or "published" in line for line in running.lines)
    assert (data_dir / "published" / "CURRENT.json").read_text() == pointer


@pytest.mark.parametrize("variable", ["DASHBOARD_PORT", "AIRFLOW_PORT"])
def test_a_taken_port_is_named_with_its_variable(tmp_path: Path, variable: str) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ports = {"DASHBOARD_PORT": str(kit.free_port()), "AIRFLOW_PORT": str(kit.free_port())}
        answer = kit.run("ops.run", kit.environment(tmp_path, **{**ports, variable: str(port)}))
    assert answer.returncode == 1
    assert f"Port {port} cannot be used" in answer.stderr
    assert f"{variable}=" in answer.stderr
    assert kit.processes_of(tmp_path) == []


def test_one_port_for_both_is_refused(tmp_path: Path) -> None:
    port = str(kit.free_port())
    answer = kit.run("ops.run", kit.environment(tmp_path, DASHBOARD_PORT=port, AIRFLOW_PORT=port))
    assert answer.returncode == 1
    assert "choose two" in answer.stderr
