"""The data dictionary of a release: the meaning of each published table and column, in Vietnamese and English.

Written beside the release as `<release_id>.dictionary.json`, from dbt's manifest (grain, types, descriptions, tests, the
pages that read a table) and from `glossary.yml` and `descriptions/` (Vietnamese). It adds nothing to these sources.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from warehouse.disk.durable import write_file
from warehouse.release import joins, tested
from warehouse.release.store import Release
from warehouse.release.views import is_front_door

GLOSSARY_PATH = Path(__file__).with_name("glossary.yml")
DESCRIPTIONS_FOLDER = Path(__file__).with_name("descriptions")
SUFFIX = ".dictionary.json"
_SCHEMA = "marts"
# The naming rules of the project give the unit of measure of a column; a boolean or a text has none.
_UNITS_BY_NAME_PART = {
    "_ratio": ("từ 0 đến 1", "0–1"),
    "days": ("ngày", "days"),
    "_count": ("số đếm", "count"),
}
_UNITS_BY_TYPE = {"timestamp": ("giờ UTC", "UTC time"), "date": ("ngày", "date")}


@dataclass(frozen=True)
class Column:
    """One column. `unit` follows from its name and type; null where the description gives it.

    `refers_to` is tested in each build; `joins_to` says to which key of another table the column is joined, tested or not.
    """

    name: str
    name_vi: str | None
    data_type: str
    unit: str | None
    unit_vi: str | None
    description: str
    is_key: bool
    is_required: bool
    values: tuple[str, ...]
    refers_to: str | None
    # Dictionaries of earlier releases lack these.
    description_vi: str | None = None
    joins_to: str | None = None


@dataclass(frozen=True)
class Table:
    """One published table. `key` are the columns that name a row; `pages` those of the dashboard that read it."""

    name: str
    name_vi: str | None
    grain: str
    description: str
    description_vi: str | None
    key: tuple[str, ...]
    row_count: int | None
    pages: tuple[str, ...]
    columns: tuple[Column, ...]


def path_of(release: Release) -> Path:
    """Return the path of the release's dictionary."""
    return release.folder / f"{release.release_id}{SUFFIX}"


def write(release: Release, manifest_path: Path) -> None:
    """Write the dictionary beside the release, from the manifest of its build."""
    save(release, tables(json.loads(manifest_path.read_text(encoding="utf-8")), release.tables))


def save(release: Release, content: Iterable[Table]) -> None:
    """Write these tables beside the release as its dictionary, whole or not at all."""
    entries = [asdict(table) for table in content]
    text = json.dumps({"release_id": release.release_id, "tables": entries}, ensure_ascii=False, indent=1)
    write_file(path_of(release), f"{text}\n".encode())


def read(release: Release) -> tuple[Table, ...]:
    """Return the release's tables; none where it was published without a dictionary."""
    try:
        content = json.loads(path_of(release).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ()
    return tuple(_table(entry) for entry in content["tables"])


def tables(manifest: Mapping[str, Any], row_counts: Mapping[str, int]) -> Iterator[Table]:
    """Return every table of the marts as dbt's manifest describes it: views for people who write SQL first, then by name."""
    words = glossary()["tables"]
    tests = tested.tests_by_table(manifest)
    pages = _pages_by_table(manifest)
    marts = [
        (unique_id, node)
        for unique_id, node in manifest["nodes"].items()
        if node["resource_type"] == "model" and node["schema"] == _SCHEMA
    ]
    for unique_id, node in sorted(marts, key=lambda item: _place(item[1]["name"])):
        name, table_tests = node["name"], tests.get(unique_id, [])
        required = tested.required_columns(table_tests)
        key = tested.key_columns(table_tests, required)
        description = " ".join(node["description"].split())
        yield Table(
            name=name,
            name_vi=words.get(name, {}).get("name"),
            grain=_first_sentence(description),
            description=description,
            description_vi=words.get(name, {}).get("text"),
            key=key,
            row_count=row_counts.get(name),
            pages=tuple(pages.get(unique_id, ())),
            columns=tuple(
                _column(name, column, table_tests, key, required) for column in node["columns"].values()
            ),
        )


@cache
def glossary() -> dict[str, dict[str, Any]]:
    """Return the Vietnamese words: `tables` by name, names of columns by `column` or `table.column`, common `descriptions`."""
    content: dict[str, dict[str, Any]] = yaml.safe_load(GLOSSARY_PATH.read_text(encoding="utf-8"))
    return content


@cache
def descriptions() -> dict[str, dict[str, Any]]:
    """Return how the columns of each table are described: in the table's `own` words, or as in `common` ones that hold there."""
    paths = sorted(DESCRIPTIONS_FOLDER.glob("*.yml"))
    return {
        table: words
        for path in paths
        for table, words in yaml.safe_load(path.read_text(encoding="utf-8")).items()
    }


def vietnamese_name(table: str, column: str) -> str | None:
    """Return a column's Vietnamese name, the table's own before the common one; None where there is none."""
    names = glossary()["columns"]
    found: str | None = names.get(f"{table}.{column}", names.get(column))
    return found


def vietnamese_description(table: str, column: str) -> str | None:
    """Return a column's description in Vietnamese: the table's own, or the common one where the table lists the column.

    A table that does not list the column has no common description: there the name may mean something else.
    """
    words = descriptions().get(table, {})
    common = glossary()["descriptions"].get(column) if column in words.get("common", ()) else None
    found: str | None = words.get("own", {}).get(column, common)
    return found


def _column(
    table: str,
    column: Mapping[str, Any],
    tests: list[Mapping[str, Any]],
    key: tuple[str, ...],
    required: frozenset[str],
) -> Column:
    name, data_type = column["name"], column["data_type"]
    own = {
        test["test_metadata"]["name"]: test["test_metadata"]["kwargs"] for test in tests if _is_of(test, name)
    }
    unit_vi, unit = _unit(name, data_type)
    target = own.get("relationships")
    refers_to = f"{_referred(target['to'])}.{target['field']}" if target else None
    items = joins.list_of(table, name)
    return Column(
        name=name,
        name_vi=vietnamese_name(table, name),
        data_type=data_type,
        unit=unit,
        unit_vi=unit_vi,
        description=column["description"],
        is_key=name in key,
        is_required=name in required,
        values=tuple(str(value) for value in own.get("accepted_values", {}).get("values", ())),
        refers_to=refers_to,
        description_vi=vietnamese_description(table, name),
        joins_to=joins.list_item_join(items) if items else refers_to or joins.joined_to(table, name),
    )


def _unit(name: str, data_type: str) -> tuple[str | None, str | None]:
    """Return the unit of measure of a column, in Vietnamese and English."""
    if data_type in _UNITS_BY_TYPE:
        return _UNITS_BY_TYPE[data_type]
    if data_type in ("bigint", "double", "integer"):
        for part, unit in _UNITS_BY_NAME_PART.items():
            if part in name and not (part == "days" and name.endswith("_count")):
                return unit
    return None, None


def _pages_by_table(manifest: Mapping[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for exposure in manifest.get("exposures", {}).values():
        for unique_id in exposure["depends_on"]["nodes"]:
            found.setdefault(unique_id, []).append(exposure["name"])
    return found


def _place(name: str) -> tuple[bool, str]:
    """Return a table's place in the order of the dictionary."""
    return not is_front_door(name), name


def _is_of(test: Mapping[str, Any], column: str) -> bool:
    return bool(test["test_metadata"]["kwargs"].get("column_name") == column)


def _referred(ref: str) -> str:
    """Return `dim_units` for `ref('dim_units')`."""
    return ref.split("'")[1]


def _first_sentence(text: str) -> str:
    return text.split(". ", 1)[0].rstrip(".")


def _table(entry: Mapping[str, Any]) -> Table:
    columns = tuple(Column(**{**column, "values": tuple(column["values"])}) for column in entry["columns"])
    sequences = {"key": tuple(entry["key"]), "pages": tuple(entry["pages"]), "columns": columns}
    return Table(**{**entry, **sequences})
