"""Shared by all tests: dbt parses its project once for the many small warehouses that tests build."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.shared_folder import folder_of_run
from warehouse.release import build
from warehouse.settings import Settings

PARSED = "partial_parse.msgpack"
# The folder of dbt's parsed project for all tests of this run; a fixture sets it.
shared_parse: Path | None = None
# Writing each dbt event to a log file takes a tenth of a small build's time, and nobody reads the logs of tests.
os.environ.setdefault("DBT_LOG_LEVEL_FILE", "none")


@pytest.fixture(scope="session", autouse=True)
def models_parsed_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let builds in this process begin with the project that an earlier build parsed in any folder.

    dbt itself looks whether files, variables and versions are the same, and parses again where not; only the path of the
    database, which no model mentions, is left out of the comparison. Processes that share out the tests share this too.
    """
    global shared_parse  # noqa: PLW0603
    shared_parse = shared = folder_of_run(tmp_path_factory) / PARSED
    original = build._run_dbt

    def with_what_was_parsed(settings: Settings, *arguments: Any, **options: Any) -> list[str]:
        forget_where_the_database_lies()
        lend(shared, build.dbt_target_dir(settings))
        try:
            return original(settings, *arguments, **options)
        finally:
            keep(build.dbt_target_dir(settings), shared)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "_run_dbt", with_what_was_parsed)
        yield


def lend(shared: Path, target_dir: Path) -> None:
    """Copy the parsed project to the folder in which dbt looks for it."""
    if shared.exists() and not (target_dir / PARSED).exists():
        target_dir.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(shared, target_dir / PARSED)


def keep(target_dir: Path, shared: Path) -> None:
    """Keep the parsed project for other builds; the file appears whole."""
    if (target_dir / PARSED).exists() and not shared.exists():
        working = shared.with_name(f"{PARSED}-{os.getpid()}")
        shutil.copyfile(target_dir / PARSED, working)
        working.rename(shared)


def forget_where_the_database_lies() -> None:
    """Have dbt's comparison of profiles find all of them the same, once in a process."""
    # Imported here: most tests do without dbt, which takes seconds.
    from dbt.artifacts.resources import FileHash
    from dbt.contracts.graph.manifest import ManifestStateCheck
    from dbt.parser.manifest import ManifestLoader

    original = ManifestLoader.build_manifest_state_check
    if original.__name__ != "build_manifest_state_check":
        return

    def anywhere(self: ManifestLoader) -> ManifestStateCheck:
        check = original(self)
        check.profile_hash = FileHash.from_contents("any folder of a test")
        return check

    ManifestLoader.build_manifest_state_check = anywhere
