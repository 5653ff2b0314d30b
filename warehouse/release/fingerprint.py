"""The inputs of a release as one hash: the same inputs give the same figures, so they need not be built twice."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import duckdb

from warehouse.raw.store import open_store
from warehouse.settings import PROJECT_DIR, Settings

_MODEL_SUFFIXES = {".sql", ".yml", ".csv"}
_NOT_INPUT = {"target", "logs", "dbt_packages"}


def model_files(settings: Settings) -> list[Path]:
    """Return the files of the dbt project that decide figures: models, macros, seeds, tests and their descriptions."""
    root = settings.dbt_project_dir
    return sorted(
        path
        for path in root.rglob("*")
        if path.suffix in _MODEL_SUFFIXES and not _NOT_INPUT & set(path.relative_to(root).parts)
    )


def code_version(settings: Settings) -> str:
    """Return the commit and a hash of the dbt models, so that a change that is not committed counts too."""
    digest = hashlib.sha256()
    for path in model_files(settings):
        digest.update(str(path.relative_to(settings.dbt_project_dir)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return f"{_commit()}+{digest.hexdigest()[:12]}"


def input_fingerprint(settings: Settings, as_of: date, connection: duckdb.DuckDBPyConnection | None) -> str:
    """Hash over the models, the as-of date, and the ledger of files in the open raw store or snapshot, if there is one."""
    digest = hashlib.sha256(code_version(settings).partition("+")[2].encode())
    digest.update(as_of.isoformat().encode())
    for row in _ledger(connection) if connection else []:
        digest.update("|".join(row).encode() + b"\n")
    return digest.hexdigest()


def current_inputs(settings: Settings) -> str:
    """Return the fingerprint of the present inputs of a build."""
    as_of = settings.as_of_date()
    if not settings.raw_path.exists():
        return input_fingerprint(settings, as_of, None)
    with open_store(settings, read_only=True) as connection:
        return input_fingerprint(settings, as_of, connection)


def _ledger(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, ...]]:
    return connection.execute(
        "select file_sha256, outcome, coalesce(parser_version, ''), cast(received_at as varchar)"
        " from raw.files order by file_sha256"
    ).fetchall()


def _commit() -> str:
    """Return the commit of this checkout. A container's image has neither git nor a checkout, so it sets CODE_COMMIT."""
    told = os.environ.get("CODE_COMMIT")
    if told or shutil.which("git") is None:
        return told or "no-commit"
    answer = subprocess.run(
        ["git", "-C", str(PROJECT_DIR), "rev-parse", "--short=12", "HEAD"],
        capture_output=True,
        text=True,
        check=False,
    )
    return answer.stdout.strip() or "no-commit"
