"""A rule or a single model on a few rows of one's own, without the warehouse around it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import duckdb
from jinja2 import Environment

from warehouse.settings import PROJECT_DIR

DBT_PROJECT = PROJECT_DIR / "dbt_project"


class _Adapter:
    """Finds the macro that DuckDB uses, as dbt's own adapter does."""

    def __init__(self, macros: Mapping[str, Callable[..., str]]) -> None:
        self._macros = macros

    def dispatch(self, name: str, _namespace: str | None = None) -> Callable[..., str]:
        """The engine's own macro where there is one, else the default."""
        return self._macros.get(f"duckdb__{name}") or self._macros[f"default__{name}"]


@cache
def _environment(variables: tuple[tuple[str, str], ...]) -> Environment:
    """The project's macros, read once for all templates with the same variables."""
    environment = Environment(extensions=["jinja2.ext.do"])
    given = dict(variables)
    macros: dict[str, Callable[..., str]] = {}
    environment.globals |= {
        "return": lambda value: value,
        "ref": lambda name: name,
        "config": lambda **_: "",
        "var": lambda name, default=None: given.get(name, default),
        "adapter": _Adapter(macros),
    }
    source = "".join(path.read_text() for path in sorted((DBT_PROJECT / "macros").rglob("*.sql")))
    module = environment.from_string(source).make_module()
    macros |= {name: getattr(module, name) for name in dir(module) if not name.startswith("_")}
    environment.globals |= macros
    return environment


def render(template: str, variables: Mapping[str, str] | None = None) -> str:
    """SQL of a template that uses the project's macros; a `ref` is a table of that name."""
    return _environment(tuple(sorted((variables or {}).items()))).from_string(template).render()


def evaluate(expression: str) -> object:
    """What a rule gives, for example `{{ wilson_limit("1", "29", "-") }}`."""
    row = duckdb.execute(f"select {render(expression)}").fetchone()
    assert row is not None
    return row[0]


def run_model(
    connection: duckdb.DuckDBPyConnection, path: str, variables: Mapping[str, str] | None = None
) -> None:
    """Make the table of a model (its path below models/) from tables that stand in for those that it reads."""
    model = DBT_PROJECT / "models" / path
    connection.execute(f"create or replace table {Path(path).stem} as {render(model.read_text(), variables)}")
