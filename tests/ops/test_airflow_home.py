"""Airflow's environment on one machine."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from ops.airflow_home import CONFIG_PATH, environment
from ops.lock import AlreadyRunningError, only_one
from warehouse.settings import Settings


def test_keys_are_made_once_and_are_for_the_owner_alone(tmp_path: Path) -> None:
    first = environment(Settings(tmp_path))
    assert environment(Settings(tmp_path)) == first
    path = tmp_path / "airflow" / "keys.json"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Fernet(first["AIRFLOW__CORE__FERNET_KEY"])
    assert (
        environment(Settings(tmp_path / "other"))["AIRFLOW__API_AUTH__JWT_SECRET"]
        != first["AIRFLOW__API_AUTH__JWT_SECRET"]
    )


def test_everyone_is_an_administrator_on_the_loopback_address_alone(tmp_path: Path) -> None:
    variables = environment(Settings(tmp_path, airflow_port=9090))
    assert variables["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS"] == "True"
    assert variables["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert variables["AIRFLOW__API__PORT"] == "9090"
    assert variables["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:9090/execution/"
    assert "all_admins" not in CONFIG_PATH.read_text()


def test_all_state_is_below_the_data_folder(tmp_path: Path) -> None:
    variables = environment(Settings(tmp_path))
    for name in ("AIRFLOW_HOME", "AIRFLOW__LOGGING__BASE_LOG_FOLDER", "AIRFLOW__CORE__PLUGINS_FOLDER"):
        assert Path(variables[name]).is_relative_to(tmp_path)
    assert variables["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].startswith(f"sqlite:///{tmp_path}/")


def test_a_proxy_does_not_stand_between_our_own_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", "intranet")
    assert environment(Settings(tmp_path))["NO_PROXY"] == "127.0.0.1,localhost,intranet"


def test_one_data_folder_has_one_airflow_at_a_time(tmp_path: Path) -> None:
    settings = Settings(tmp_path)
    running = pytest.raises(AlreadyRunningError, match=r"make run \(process \d+\) is at work on")
    with only_one(settings, "make run"), running, only_one(settings, "make load"):
        pass
    with only_one(settings, "make load"):
        pass
