"""Some models, or one rule, run by dbt itself on tables that a test makes."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from tests import conftest
from warehouse.settings import PROJECT_DIR

if TYPE_CHECKING:
    from dbt.cli.main import dbtRunnerResult
    from dbt.contracts.graph.manifest import Manifest

DBT_PROJECT = PROJECT_DIR / "dbt_project"
AS_OF = date(2026, 11, 20)
NO_TESTS = ("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test")
SCHEMAS = ("staging", "intermediate", "marts", "seeds")


class SmallBuild:
    """A private build file: a test makes the tables that some models read, dbt builds the models.

    It stands for a DuckDB connection. A table that a test makes under the name of a model or a seed is the one that dbt reads.
    dbt needs the file for itself, so `run` closes the connection and opens another: what was registered is gone then.
    """

    def __init__(self, folder: Path, as_of: date = AS_OF) -> None:
        self._folder = folder
        self._as_of = as_of
        self._path = folder / "build.duckdb"
        self._connection = self._open()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def run(self, *models: str) -> None:
        """Build these models in their order of dependence; `+model` builds all that it rests on, seeds included.

        Raises AssertionError with the messages of those that fail.
        """
        made = self._stand_in()
        self._connection.close()
        chosen = ["--select", *models, *(["--exclude", *made] if made else [])]
        try:
            invoke(self._folder, "build", *NO_TESTS, *chosen, as_of=self._as_of)
        finally:
            self._connection = self._open()

    def _open(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(str(self._path))
        for schema in SCHEMAS:
            connection.execute(f"create schema if not exists {schema}")
        connection.execute(f"set search_path = 'main,{','.join(SCHEMAS)}'")
        return connection

    def _stand_in(self) -> list[str]:
        """Put the test's own tables where dbt looks for them, and return their names."""
        schemas = schemas_by_name()
        rows = self._connection.execute("select table_name from duckdb_tables() where schema_name = 'main'")
        made = [name for (name,) in rows.fetchall() if name in schemas]
        for name in made:
            self._connection.execute(f"create or replace view {schemas[name]}.{name} as from main.{name}")
        return made


@contextmanager
def small_build(as_of: date = AS_OF) -> Iterator[SmallBuild]:
    """Open a private build file in a folder that is removed with it."""
    with tempfile.TemporaryDirectory() as folder:
        build = SmallBuild(Path(folder), as_of)
        try:
            yield build
        finally:
            build.close()


def invoke(
    folder: Path, command: str, *arguments: str, as_of: date = AS_OF, raw_path: Path | None = None
) -> Any:
    """Return the results of a dbt command on `build.duckdb` in the folder. Raises AssertionError when it fails."""
    if raw_path is None:
        raw_path = folder / "raw.duckdb"
        duckdb.connect(str(raw_path)).close()
    result = _invoke(folder, [command, *arguments], as_of, raw_path, _manifest(as_of))
    nodes = getattr(result.result, "results", [])
    failed = [
        f"{node.node.name}: {node.message}" for node in nodes if str(node.status) not in ("success", "pass")
    ]
    assert result.success, result.exception or failed
    return nodes


def compiled(template: str) -> str:
    """Return the SQL that dbt makes of a template with the project's macros."""
    with tempfile.TemporaryDirectory() as folder:
        (node,) = invoke(Path(folder), "compile", "--inline", template)
    sql: str = node.node.compiled_code
    return sql


def evaluate(*expressions: str) -> tuple[Any, ...]:
    """The values of some expressions in the project's macros, for example `{{ wilson_limit("1", "29", "-") }}`."""
    row = duckdb.execute(compiled(f"select {', '.join(expressions)}")).fetchone()
    assert row is not None
    return row


def schemas_by_name() -> dict[str, str]:
    """Return the schema of every dbt model and seed by its name."""
    return {
        node.name: node.schema
        for node in _manifest(AS_OF).nodes.values()
        if node.resource_type in ("model", "seed")
    }


@cache
def _manifest(as_of: date) -> Manifest:
    """Return the project as dbt parses it, once for all runs of this process with one as-of date."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        conftest.forget_where_the_database_lies()
        if conftest.shared_parse is not None:
            conftest.lend(conftest.shared_parse, folder / "target")
        duckdb.connect(str(folder / "raw.duckdb")).close()
        result = _invoke(folder, ["parse"], as_of, folder / "raw.duckdb", None)
        assert result.success, result.exception
        if conftest.shared_parse is not None:
            conftest.keep(folder / "target", conftest.shared_parse)
    manifest: Manifest = result.result
    return manifest


def _invoke(
    folder: Path, arguments: list[str], as_of: date, raw_path: Path, manifest: Manifest | None
) -> dbtRunnerResult:
    # Imported here: dbt takes a second to import, and only these tests need it.
    from dbt.adapters.duckdb.connections import DuckDBConnectionManager
    from dbt.cli.main import dbtRunner

    os.environ |= {"RAW_PATH": str(raw_path), "BUILD_PATH": str(folder / "build.duckdb")}
    project = str(DBT_PROJECT)
    arguments = [*arguments, "--project-dir", project, "--profiles-dir", project, "--quiet"]
    arguments += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
    arguments += ["--vars", json.dumps({"as_of_date": as_of.isoformat()})]
    try:
        return dbtRunner(manifest=manifest).invoke(arguments)
    finally:
        # dbt keeps its DuckDB file open until the process ends.
        if DuckDBConnectionManager._ENV is not None:
            DuckDBConnectionManager._ENV.close()
        DuckDBConnectionManager.close_all_connections()
