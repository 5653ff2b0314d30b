"""The rules on which room may use which, checked by reading imports and SQL. There is no list of exceptions."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from warehouse.settings import PROJECT_DIR

ROOMS = ("warehouse", "dags", "dashboard", "ops")
DATA_LIBRARIES = {
    *("babel", "dbt", "duckdb", "numpy", "openpyxl", "pandas", "pyarrow", "pydantic", "python_calamine"),
    *("rapidfuzz", "xlrd", "xlsxwriter", "yaml"),
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
        "airflow_api",
        "text",
        "disk",
        "reference",
        "forms",
        "raw",
        "intake",
        "release",
        "inspection",
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
        "heads",
        "tables",
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
DASHBOARD_ROOMS = ("language", "data", "charts", "pages", "ui", "app_pages", "app")
"""Each imports only rooms before it. `pages` is the list of the pages, which links need; `app_pages` are the pages."""

ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
SCALING = (ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
AGGREGATES = {
    *(
        "sum",
        "mean",
        "median",
        "agg",
        "aggregate",
        "pivot_table",
        "cumsum",
        "pct_change",
        "diff",
        "prod",
        "std",
    ),
    *("quantile", "fsum", "isclose"),
}


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
        """Return whether the import names one of these packages or a module inside it."""
        return any(self.name == part or self.name.startswith(part + ".") for part in parts)

    @property
    def is_standard(self) -> bool:
        return self.name.partition(".")[0] in sys.stdlib_module_names


def imports_of(path: Path) -> Iterator[Import]:
    """Return every import of a module, inside functions too; relative imports would escape and are refused."""
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
    """Return every import of the modules in these folders, which must hold some."""
    found = [
        item for folder in folders for path in python_files(folder) for item in imports_of(PROJECT_DIR / path)
    ]
    assert found, f"nothing is imported in {folders}"
    return found


def python_files(folder: str) -> list[Path]:
    """Return the modules of a folder."""
    files = sorted((PROJECT_DIR / folder).rglob("*.py"))
    assert files, f"{folder} has no modules"
    return files


def models(layer: str) -> list[Path]:
    """Return the dbt models of a layer."""
    files = sorted((PROJECT_DIR / "dbt_project" / "models" / layer).rglob("*.sql"))
    assert files, f"{layer} has no models"
    return files


def sql_of(path: Path) -> str:
    """Return a file's SQL without its comments."""
    return SQL_COMMENT.sub(" ", path.read_text(encoding="utf-8"))


def offences(found: list[Import], allowed: tuple[str, ...]) -> list[str]:
    """Return the imports that are neither of the standard library nor allowed."""
    return [item.place for item in found if not item.is_standard and not item.is_of(*allowed)]


def rooms_out_of_order(folder: str, rooms: tuple[str, ...]) -> list[str]:
    """Return the imports inside a folder of a room that stands later in `rooms`, and the modules of no room.

    A room is a folder or a module; `rooms` has every one of them, in the order in which they may import.
    """
    package = folder.replace("/", ".")
    found = [
        f"{folder} has no room {room}"
        for room in rooms
        if not (PROJECT_DIR / folder / room).is_dir() and not (PROJECT_DIR / folder / f"{room}.py").is_file()
    ]
    for path in python_files(folder):
        room = path.relative_to(PROJECT_DIR / folder).parts[0].removesuffix(".py")
        if room == "__init__":
            continue
        if room not in rooms:
            found.append(f"{path.relative_to(PROJECT_DIR)} is in no room")
            continue
        later = [f"{package}.{name}" for name in rooms[rooms.index(room) + 1 :]]
        found += [item.place for item in imports_of(path) if item.is_of(*later)]
    return found


def neighbours_used(folder: str) -> list[str]:
    """Return the imports by which one subfolder uses another: rooms that stand side by side know nothing of each other."""
    package = folder.replace("/", ".")
    rooms = sorted({path.parent for path in python_files(folder)} - {PROJECT_DIR / folder})
    assert len(rooms) > 1, f"{folder} has no rooms"
    names = {
        room: f"{package}.{room.relative_to(PROJECT_DIR / folder).as_posix().replace('/', '.')}"
        for room in rooms
    }
    return [
        item.place
        for room in rooms
        for path in sorted(room.glob("*.py"))
        for item in imports_of(path)
        if item.is_of(*(name for other, name in names.items() if other != room))
    ]


def measures() -> set[str]:
    """Return the columns of the marts that hold measures and counts: an order or a place on the map is an `integer`."""
    found = {
        column["name"]
        for path in (PROJECT_DIR / "dbt_project" / "models" / "marts").rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models") or []
        for column in model["columns"]
        if column["data_type"] in ("double", "bigint")
    }
    assert {"value", "target_value", "numerator", "missed_count"} & found
    return found


def reads_a_measure(node: ast.AST, names: set[str]) -> bool:
    """Return whether an expression reads a measure: `row.value`, `frame["value"]`."""
    return any(
        (isinstance(part, ast.Attribute) and part.attr in names)
        or (
            isinstance(part, ast.Subscript)
            and isinstance(part.slice, ast.Constant)
            and part.slice.value in names
        )
        for part in ast.walk(node)
    )


def arithmetic_on_measures(source: str, names: set[str]) -> list[int]:
    """Return the lines on which an operand of an operation reads a measure."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ARITHMETIC)
        and (reads_a_measure(node.left, names) or reads_a_measure(node.right, names))
    ]


def joins_a_path(node: ast.BinOp) -> bool:
    """Return whether a `/` has a text behind it: it joins a path, for no text can be divided by."""
    is_text = isinstance(node.right, ast.JoinedStr) or (
        isinstance(node.right, ast.Constant) and isinstance(node.right.value, str)
    )
    return isinstance(node.op, ast.Div) and is_text


def scaling_and_aggregates(source: str) -> list[int]:
    """Return the lines that multiply, divide or aggregate anything."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if (isinstance(node, ast.BinOp) and isinstance(node.op, SCALING) and not joins_a_path(node))
        or (isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in AGGREGATES)
    ]


def test_rooms_of_the_warehouse_import_only_rooms_before_them() -> None:
    assert rooms_out_of_order("warehouse", ROOMS_OF_WAREHOUSE) == []


def test_rooms_of_the_intake_import_only_rooms_before_them() -> None:
    assert rooms_out_of_order("warehouse/intake", ROOMS_OF_INTAKE) == []


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
    assert any("parse.py" in place for place in rooms_out_of_order("warehouse/intake", backwards))
    assert any("in no room" in place for place in rooms_out_of_order("warehouse/intake", ROOMS_OF_INTAKE[1:]))


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


def test_rooms_of_the_dashboard_import_only_rooms_before_them() -> None:
    assert rooms_out_of_order("dashboard", DASHBOARD_ROOMS) == []


def test_pages_do_not_import_each_other() -> None:
    assert neighbours_used("dashboard/app_pages") == []


def test_language_and_charts_do_not_know_streamlit() -> None:
    assert (
        offences(imports_in("dashboard/language"), ("babel", "pandas", "yaml", "dashboard", "warehouse"))
        == []
    )
    assert offences(imports_in("dashboard/charts"), ("plotly", "pandas", "numpy", "dashboard.charts")) == []


def test_pages_use_streamlit_charts_and_what_the_warehouse_offers() -> None:
    allowed = ("streamlit", "pandas", "plotly", "dashboard", "warehouse")
    assert offences(imports_in("dashboard/app_pages"), allowed) == []


def test_ops_start_the_others_and_nobody_starts_ops() -> None:
    assert offences(imports_in("ops"), ("ops", "warehouse", "dags.common", "airflow", "psutil")) == []
    assert [item.place for item in imports_in("warehouse", "dags", "dashboard") if item.is_of("ops")] == []


@pytest.mark.parametrize("folder", ["dags", "dashboard"])
def test_no_sql_text_outside_sql_files(folder: str) -> None:
    texts = [
        f"{path.relative_to(PROJECT_DIR)}:{node.lineno}"
        for path in python_files(folder)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL_TEXT.search(node.value)
    ]
    assert texts == []


def test_the_dashboard_does_no_arithmetic_on_measures() -> None:
    """Measures are worked out in dbt. An operation on a measure reads a numeric column of a mart; layout reads none."""
    names = measures()
    found = [
        f"{path.relative_to(PROJECT_DIR)}:{line}"
        for path in python_files("dashboard")
        for line in arithmetic_on_measures(path.read_text(encoding="utf-8"), names)
    ]
    assert found == []


@pytest.mark.parametrize("room", [room for room in DASHBOARD_ROOMS if room != "charts"])
def test_only_charts_scale_and_add_up(room: str) -> None:
    """Charts lay out: they turn figures into places on paper. No other room multiplies, divides or aggregates anything."""
    folder = PROJECT_DIR / "dashboard" / room
    paths = sorted(folder.rglob("*.py")) or [folder.with_suffix(".py")]
    found = [
        f"{path.relative_to(PROJECT_DIR)}:{line}"
        for path in paths
        for line in scaling_and_aggregates(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "is_found"),
    [
        ("share = row.value / 100", True),
        ('gap = frame["value"] - frame["target_value"]', True),
        ("text = value_text(row) + unit", False),
        ("height = 36 + ROW_HEIGHT * len(rows)", False),
    ],
)
def test_arithmetic_on_a_measure_would_be_seen(source: str, is_found: bool) -> None:
    assert bool(arithmetic_on_measures(source, measures())) is is_found


@pytest.mark.parametrize(
    "source", ["x = 2 * y", "n = frame['a'].sum()", "n = sum(counts)", "ok = isclose(a, b)"]
)
def test_scaling_and_adding_up_would_be_seen(source: str) -> None:
    assert scaling_and_aggregates(source) == [1]


def test_joining_a_path_is_no_division() -> None:
    assert scaling_and_aggregates("path = folder / 'a.sql'") == []


def test_queries_read_marts_and_nothing_else() -> None:
    queries = sorted((PROJECT_DIR / "dashboard").rglob("*.sql"))
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


def test_a_room_that_imports_a_later_one_would_be_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = {
        "low/a.py": "import house.high.b\n",
        "high/b.py": "import house.low.a\n",
        "other.py": "",
        "__init__.py": "",
    }
    for name, text in modules.items():
        path = tmp_path / "house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    monkeypatch.setattr(sys.modules[__name__], "PROJECT_DIR", tmp_path)
    assert rooms_out_of_order("house", ("low", "high")) == [
        "house/low/a.py:1 imports house.high.b",
        "house/other.py is in no room",
    ]
    assert [place.partition(":")[0] for place in neighbours_used("house")] == [
        "house/high/b.py",
        "house/low/a.py",
    ]
