"""Airflow on one machine: its environment, its keys, its database and the writer's pool, all below DATA_DIR.

`environment` imports no Airflow, which reads its configuration while it is imported. Run as a module this
prepares the database of the environment that it finds; docker-compose.yml does so too.
"""

from __future__ import annotations

import json
import logging
import os
import secrets
from base64 import urlsafe_b64encode
from pathlib import Path

from ops.ports import LOCAL_HOST
from warehouse.settings import PROJECT_DIR, Settings

CONFIG_PATH = Path(__file__).with_name("airflow.cfg")
KEY_BYTES = 32


def environment(settings: Settings) -> dict[str, str]:
    """The environment variables with which Airflow runs for this DATA_DIR, to be added to the present ones.

    Every user of the loopback address is an administrator, so Airflow listens on no other address.
    """
    home = settings.airflow_home
    address = f"http://{LOCAL_HOST}:{settings.airflow_port}"
    keys = _keys(home / "keys.json")
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW_CONFIG": str(CONFIG_PATH),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PROJECT_DIR / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(home / "plugins"),
        "AIRFLOW__CORE__FERNET_KEY": keys["fernet_key"],
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH": str(home / "bundles"),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(log_dir(settings) / "tasks"),
        "AIRFLOW__LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY": str(log_dir(settings) / "dag-files"),
        "AIRFLOW__API__HOST": LOCAL_HOST,
        "AIRFLOW__API__PORT": str(settings.airflow_port),
        "AIRFLOW__API__BASE_URL": address,
        "AIRFLOW__API__SECRET_KEY": keys["secret_key"],
        "AIRFLOW__API_AUTH__JWT_SECRET": keys["jwt_secret"],
        "DATA_DIR": str(settings.data_dir),
        "PYTHONPATH": _joined(str(PROJECT_DIR), os.environ.get("PYTHONPATH"), os.pathsep),
        # Tasks reach the server on this machine directly, whatever proxy is set for other addresses.
        "NO_PROXY": _joined(f"{LOCAL_HOST},localhost", os.environ.get("NO_PROXY"), ","),
        "no_proxy": _joined(f"{LOCAL_HOST},localhost", os.environ.get("no_proxy"), ","),
    }


def log_dir(settings: Settings) -> Path:
    """The folder of the logs of parts and tasks."""
    return settings.data_dir / "logs"


def prepare_database() -> None:
    """Make or migrate Airflow's database and the one-slot pool; repeating it changes nothing."""
    from airflow.models.pool import Pool
    from airflow.utils.db import initdb

    from dags.common import WRITER_POOL

    initdb()
    Pool.create_or_update_pool(
        WRITER_POOL, slots=1, description="Whatever opens raw.duckdb", include_deferred=False
    )


def _keys(path: Path) -> dict[str, str]:
    """The keys of this installation, made once and readable by their owner alone."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        keys = {
            "fernet_key": urlsafe_b64encode(secrets.token_bytes(KEY_BYTES)).decode(),
            "secret_key": secrets.token_urlsafe(KEY_BYTES),
            "jwt_secret": secrets.token_urlsafe(KEY_BYTES),
        }
        draft = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            json.dump(keys, file)
        draft.replace(path)
    loaded: dict[str, str] = json.loads(path.read_text())
    return loaded


def _joined(first: str, rest: str | None, separator: str) -> str:
    return f"{first}{separator}{rest}" if rest else first


if __name__ == "__main__":
    logging.getLogger("alembic").setLevel(logging.WARNING)
    prepare_database()
