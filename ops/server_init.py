"""The steps that docker-compose.yml runs once before the services: database, pool, first user, and the sample on request.

Repeating them changes only the administrator's password, which is taken from the environment.
"""

from __future__ import annotations

import os
import sys

from airflow.providers.fab.auth_manager.cli_commands.utils import get_application_builder

from ops.airflow_home import prepare_database
from warehouse.sample import ensure_sample
from warehouse.settings import load


def set_administrator(username: str, password: str) -> None:
    """Make the user, or set its password. Raises RuntimeError when the user database refuses."""
    with get_application_builder() as builder:
        users = builder.sm
        if user := users.find_user(username=username):
            done = users.reset_password(user.id, password)
        else:
            done = users.add_user(
                username, username, "", f"{username}@localhost", users.find_role("Admin"), password
            )
    if not done:
        raise RuntimeError(f"the user {username} could not be stored")


def main() -> int:
    """Run the steps and return the exit code."""
    settings = load()
    for folder in (settings.inbox_dir, settings.warehouse_dir, settings.published_dir):
        folder.mkdir(parents=True, exist_ok=True)
    prepare_database()
    set_administrator(os.environ["AIRFLOW_ADMIN_USER"], os.environ["AIRFLOW_ADMIN_PASSWORD"])
    print(f"sample {settings.sample}: {ensure_sample(settings)} files")
    return 0


if __name__ == "__main__":
    sys.exit(main())
