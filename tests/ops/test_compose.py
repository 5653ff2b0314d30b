"""docker-compose.yml has no password of its own, and opens nothing to others by itself."""

from __future__ import annotations

import re

import yaml

from warehouse.settings import PROJECT_DIR

COMPOSE = (PROJECT_DIR / "docker-compose.yml").read_text(encoding="utf-8")
EXAMPLE = (PROJECT_DIR / ".env.example").read_text(encoding="utf-8")
SERVICES = yaml.safe_load(COMPOSE)["services"]
SECRETS = {
    *("POSTGRES_PASSWORD", "AIRFLOW_FERNET_KEY", "AIRFLOW_SECRET_KEY", "AIRFLOW_JWT_SECRET"),
    *("AIRFLOW_ADMIN_USER", "AIRFLOW_ADMIN_PASSWORD"),
}


def test_every_secret_must_be_given_and_the_example_gives_none() -> None:
    assert set(re.findall(r"\$\{(\w+):\?", COMPOSE)) == SECRETS
    assert set(re.findall(r"^(\w+)=$", EXAMPLE, re.MULTILINE)) == SECRETS
    assert not re.search(r"^\w+=.+$", EXAMPLE, re.MULTILINE)


def test_every_other_variable_is_explained_with_its_default() -> None:
    defaults = dict(re.findall(r"\$\{(\w+):-([^}]+)\}", COMPOSE))
    explained = dict(re.findall(r"^#(\w+)=(.*)$", EXAMPLE, re.MULTILINE))
    assert set(defaults) == set(explained)
    for name in set(defaults) - {"INBOX_DIR"}:
        assert explained[name] == defaults[name]


def test_the_dashboard_knows_no_secret_but_its_own_and_writes_to_the_inbox_alone() -> None:
    assert SERVICES["dashboard"]["environment"] == {
        "AIRFLOW_API_URL": "http://api-server:8080",
        "AIRFLOW_API_USER": "${AIRFLOW_API_USER:-}",
        "AIRFLOW_API_PASSWORD": "${AIRFLOW_API_PASSWORD:-}",
    }
    assert SERVICES["dashboard"]["volumes"] == ["data:/data:ro", "${INBOX_DIR:-inbox}:/data/inbox"]


def test_the_database_is_not_reached_from_outside_and_other_ports_are_local() -> None:
    assert "ports" not in SERVICES["postgres"]
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert len(ports) == 2
    assert all(port.startswith("${BIND_ADDRESS:-127.0.0.1}:") for port in ports)


def test_every_lasting_service_tells_its_health_and_waits_for_init() -> None:
    for name, service in SERVICES.items():
        if name == "init":
            continue
        assert service["healthcheck"]["test"], name
        if name != "postgres":
            assert service["depends_on"] == {"init": {"condition": "service_completed_successfully"}}
            assert service["read_only"] is True


def test_everyone_logs_in() -> None:
    assert "all_admins" not in COMPOSE.lower()
    assert SERVICES["api-server"]["environment"]["AIRFLOW__CORE__AUTH_MANAGER"].endswith("FabAuthManager")
