"""The map of the house, held by reading imports and SQL: which part may use what. It has no list of exceptions."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from warehouse.settings import PROJECT_DIR

ROOMS = ("warehouse", "dags", "dashboard", "ops")
DATA_LIBRARIES = {
    *("dbt", "duckdb", "numpy", "openpyxl", "pandas", "pyarrow", "python_calamine", "rapidfuzz", "xlrd"),
    *("xlsxwriter", "yaml"),
}
# The rooms of the intake that a page may call: handing a file in, and sums over its reports.
INTAKE_FOR_PAGES = ("warehouse.intake.upload", "warehouse.intake.reports.sums")
SQL_TEXT = re.compile(
    r"\b(select\b.+\bfrom|insert\s+into|create\s+(table|view)|delete\s+from)\b", re.I | re.S
)
SQL_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/|\{#.*?#\}", re.S)
# Each room imports only rooms before it.
ROOMS_OF_WAREHOUSE = (
    *(
        "settings",
        "text",
        "disk",
        "reference",
        "forms",
        "raw",
        "intake",
        "release",
        "templates",
        "sample",
        "cli",
    ),
    "__main__",
)
# In the order in which a file passes them, as far as imports allow: parse.py calls all that reads and checks one file.
ROOMS_OF_INTAKE = (
    *(
        "messages",
        "arrive",
        "workers",
        "files",
        "sheets",
        "cells",
        "checks",
        "reports",
        "bulk",
        "panels",
        "parse",
    ),
    *("history", "reply", "record", "upload"),
)
LAYERS = ("staging", "intermediate", "marts")


@dataclass(frozen=True)
class Import:
    """One import statement's target, as a dotted name; `at_import` when it runs as the module is imported."""

    path: Path
    line: int
    name: str
    at_import: bool

    @property
    def place(self) -> str:
        return f"{self.path.relative_to(PROJECT_DIR)}:{self.line} imports {self.name}"

    def is_of(self, *parts: str) -> bool:
        """Whether it names one of these packages or something inside it."""
        return any(self.name == part or self.name.startswith(part + ".") for part in parts)

    @property
    def is_standard(self) -> bool:
        return self.name.partition(".")[0] in sys.stdlib_module_names


def imports_of(path: Path) -> Iterator[Import]:
    """Every import of a module, those inside functions too; relative ones would escape and are refused."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    late = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno} imports relatively"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        for name in names:
            yield Import(path, node.lineno, name, id(node) not in late)


def imports_in(*folders: str) -> list[Import]:
    """Every import of the modules in these folders, which must hold some."""
    found = [
        item for folder in folders for path in python_files(folder) for item in imports_of(PROJECT_DIR / path)
    ]
    assert found, f"nothing is imported in {folders}"
    return found


def python_files(folder: str) -> list[Path]:
    """The modules of a folder."""
    files = sorted((PROJECT_DIR / folder).rglob("*.py"))
    assert files, f"{folder} has no modules"
    return files


def models(layer: str) -> list[Path]:
    """The models of a layer."""
    files = sorted((PROJECT_DIR / "dbt_project" / "models" / layer).rglob("*.sql"))
    assert files, f"{layer} has no models"
    return files


def sql_of(path: Path) -> str:
    """A file's SQL without its comments."""
    return SQL_COMMENT.sub(" ", path.read_text(encoding="utf-8"))


def offences(found: list[Import], allowed: tuple[str, ...]) -> list[str]:
    """Imports that are neither of the standard library nor allowed."""
    return [item.place for item in found if not item.is_standard and not item.is_of(*allowed)]


def out_of_order(package: str, rooms: tuple[str, ...]) -> list[str]:
    """Imports in a package from a room that stands after the importing one. Every module has to be in a listed room."""
    folder = PROJECT_DIR.joinpath(*package.split("."))
    present = {
        path.stem for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert present - {"__init__"} == set(rooms), f"{package} has other rooms than those listed"
    found = []
    for item in imports_in(*package.split(".")[:1]):
        inside = (
            item.path.relative_to(folder).with_suffix("").parts if item.path.is_relative_to(folder) else ()
        )
        if not inside or inside[0] == "__init__":
            continue
        named = item.name.removeprefix(f"{package}.").partition(".")[0]
        if item.is_of(package) and named in rooms and rooms.index(named) > rooms.index(inside[0]):
            found.append(item.place)
    return found


def test_rooms_of_the_warehouse_import_only_rooms_before_them() -> None:
    assert out_of_order("warehouse", ROOMS_OF_WAREHOUSE) == []


def test_rooms_of_the_intake_import_only_rooms_before_them() -> None:
    assert out_of_order("warehouse.intake", ROOMS_OF_INTAKE) == []


def test_the_release_does_not_know_the_intake() -> None:
    found = [item.place for item in imports_in("warehouse/release") if item.is_of("warehouse.intake")]
    assert found == []


def test_the_fast_path_has_one_door() -> None:
    """Without its folder and one call everything works, only slower: nobody but parse.py may know it."""
    bulk = PROJECT_DIR / "warehouse" / "intake" / "bulk"
    found = [
        (str(item.path.relative_to(PROJECT_DIR)), item.name)
        for item in imports_in("warehouse", "dags", "dashboard", "ops", "tools")
        if item.is_of("warehouse.intake.bulk") and not item.path.is_relative_to(bulk)
    ]
    assert found == [("warehouse/intake/parse.py", "warehouse.intake.bulk.take_whole_reports")]


def test_a_room_out_of_order_would_be_found() -> None:
    backwards = tuple(reversed(ROOMS_OF_INTAKE))
    assert any("parse.py" in place for place in out_of_order("warehouse.intake", backwards))
    with pytest.raises(AssertionError, match="other rooms"):
        out_of_order("warehouse.intake", ROOMS_OF_INTAKE[1:])


def test_settings_use_the_standard_library_alone() -> None:
    found = list(imports_of(PROJECT_DIR / "warehouse" / "settings.py"))
    assert found
    assert offences(found, ()) == []


def test_the_warehouse_knows_neither_airflow_nor_streamlit() -> None:
    assert offences(imports_in("warehouse"), ("warehouse", *DATA_LIBRARIES)) == []


def test_dags_use_airflow_and_the_warehouse() -> None:
    assert offences(imports_in("dags"), ("airflow", "dags", "warehouse")) == []


def test_dags_import_no_more_of_the_warehouse_than_its_settings_when_they_are_parsed() -> None:
    early = [item for item in imports_in("dags") if item.at_import]
    assert offences(early, ("airflow", "dags", "warehouse.settings")) == []


def test_the_dashboard_knows_neither_airflow_nor_how_data_came_in() -> None:
    allowed = ("dashboard", "streamlit", "plotly", "warehouse", *DATA_LIBRARIES - {"dbt", "duckdb"})
    found = imports_in("dashboard")
    assert offences(found, allowed) == []
    of_intake = [
        item for item in found if item.is_of("warehouse.intake") and not item.is_of(*INTAKE_FOR_PAGES)
    ]
    assert [item.place for item in of_intake] == []
    assert [item.place for item in found if item.is_of("warehouse.sample")] == []


def test_charts_use_plotly_and_the_theme() -> None:
    allowed = ("plotly", "pandas", "numpy", "dashboard.theme", "dashboard.charts")
    assert offences(imports_in("dashboard/charts"), allowed) == []


def test_pages_use_streamlit_queries_charts_and_components() -> None:
    assert (
        offences(
            imports_in("dashboard/app_pages"), ("streamlit", "pandas", "dashboard", "warehouse.settings")
        )
        == []
    )


def test_ops_start_the_others_and_nobody_starts_ops() -> None:
    assert offences(imports_in("ops"), ("ops", "warehouse", "dags.common", "airflow", "psutil")) == []
    assert [item.place for item in imports_in("warehouse", "dags", "dashboard") if item.is_of("ops")] == []


@pytest.mark.parametrize("folder", ["dags", "dashboard/app_pages", "dashboard/charts"])
def test_no_sql_text_outside_sql_files(folder: str) -> None:
    texts = [
        f"{path.relative_to(PROJECT_DIR)}:{node.lineno}"
        for path in python_files(folder)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_TEXT.search(node.value)
    ]
    assert texts == []


def test_pages_do_no_arithmetic() -> None:
    """Measures are worked out in dbt: a page multiplies, divides and aggregates nothing."""
    # Dates are subtracted to say how far back a page looks; a measure that were would be added or divided too.
    operators = (ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
    aggregates = {"sum", "mean", "median", "agg", "pivot_table", "cumsum", "pct_change", "diff"}
    found = []
    for path in python_files("dashboard/app_pages"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            is_operation = isinstance(node, ast.BinOp) and isinstance(node.op, operators)
            is_aggregate = (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute | ast.Name)
                and (node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id) in aggregates
            )
            if is_operation or is_aggregate:
                found.append(f"{path.relative_to(PROJECT_DIR)}:{node.lineno}")
    assert found == []


def test_queries_read_marts_and_nothing_else() -> None:
    queries = sorted((PROJECT_DIR / "dashboard" / "queries").glob("*.sql"))
    assert queries
    for path in queries:
        sql = sql_of(path).lower()
        assert not re.search(
            r"\b(raw|staging|intermediate|seeds|stg_\w+|int_\w+)\s*\.|\b(stg|int)_\w+", sql
        ), path.name
        assert not re.search(
            r"\b(insert|update|delete|create|drop|alter|copy|attach|install|load|pragma)\b", sql
        ), path.name
        assert re.search(r"\bfrom\b", sql), path.name


def test_staging_models_take_one_source_as_it_is() -> None:
    for path in models("staging"):
        sql = sql_of(path).lower()
        assert len(re.findall(r"\b(source|ref)\s*\(", sql)) == 1, path.name
        assert not re.search(r"\b(join|group\s+by|distinct|sum|count|avg|min|max)\b", sql), path.name


@pytest.mark.parametrize("layer", ["intermediate", "marts"])
def test_later_models_read_no_source_and_nothing_after_them(layer: str) -> None:
    later = {path.stem for name in LAYERS[LAYERS.index(layer) + 1 :] for path in models(name)}
    for path in models(layer):
        sql = sql_of(path)
        assert not re.search(r"\bsource\s*\(", sql), path.name
        refs = set(re.findall(r"\bref\s*\(\s*['\"](\w+)['\"]", sql))
        assert not refs & later, f"{path.name} goes backwards: {refs & later}"


def test_a_forbidden_import_would_be_seen(tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(
        "import duckdb\nfrom airflow.sdk import dag\n\ndef late():\n    import streamlit as st\n"
    )
    found = list(imports_of(module))
    assert [(item.name, item.at_import) for item in found] == [
        ("duckdb", True),
        ("airflow.sdk.dag", True),
        ("streamlit", False),
    ]
    assert [item.name for item in found if not item.is_of("airflow")] == ["duckdb", "streamlit"]
