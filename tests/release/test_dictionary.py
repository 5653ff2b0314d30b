"""The data dictionary: complete, beside its release, in Vietnamese; the pages' exposures; and the columns of the contract."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from dashboard.data.release import SHARED_QUERIES
from dashboard.pages import PAGES, PageSpec
from warehouse.release import dictionary, publish, store
from warehouse.release.views import is_front_door
from warehouse.settings import PROJECT_DIR, Settings

MARTS = PROJECT_DIR / "dbt_project" / "models" / "marts"
CONTRACT = PROJECT_DIR.parent / "shared" / "design" / "contract.md"
READ_SHARED = re.compile(r'\.read_shared\(\s*"([a-z_]+)"')
MART = re.compile(r"\bmarts\.(\w+)")
NAME = re.compile(r"[a-z][a-z0-9_]*")
# What the contract says in words in place of names, by table.
IN_WORDS = {
    "row counts": ("file_count", "submission_count", "indicator_value_count", "model_count"),
    "code version": ("code_version",),
}
FORM_OF_TABLE = {"fct_activities": "hd", "fct_documents": "vb", "fct_commitments": "kn", "fct_ratings": "tx"}


def described() -> dict[str, dict[str, Any]]:
    """Every mart as its yml describes it; contracts are enforced, so the tables have just these columns."""
    return {
        model["name"]: model
        for path in MARTS.rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models") or []
    }


def exposures() -> dict[str, dict[str, Any]]:
    content = yaml.safe_load((MARTS / "exposures.yml").read_text(encoding="utf-8"))
    return {exposure["name"]: exposure for exposure in content["exposures"]}


def modules_of(page: PageSpec) -> set[Path]:
    """Return the modules of a page's folder and all of the dashboard that they import, directly or not."""
    found: set[Path] = set()
    waiting = sorted(page.folder.glob("*.py"))
    while waiting:
        path = waiting.pop()
        if path in found or not path.exists():
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("dashboard"):
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
                waiting += [PROJECT_DIR / f"{str(name).replace('.', '/')}.py" for name in names]
    return found


def marts_read_by(page: PageSpec) -> set[str]:
    """Return the tables that a page's queries read: its own, and the shared ones that its modules name."""
    texts = [path.read_text(encoding="utf-8") for path in modules_of(page)]
    shared = {SHARED_QUERIES / f"{name}.sql" for text in texts for name in READ_SHARED.findall(text)}
    queries = [*page.folder.glob("*.sql"), *shared]
    return {mart for path in queries for mart in MART.findall(path.read_text(encoding="utf-8"))}


def test_there_is_one_exposure_per_page() -> None:
    assert list(exposures()) == [spec.code for spec in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_a_page_reads_just_the_tables_that_its_exposure_names(page: PageSpec) -> None:
    named = {NAME.findall(ref)[1] for ref in exposures()[page.code]["depends_on"]}
    assert named
    assert marts_read_by(page) == named


def test_every_table_and_column_has_a_vietnamese_name_and_no_word_is_left_over() -> None:
    words = dictionary.glossary()
    marts = described()
    assert {name for name in marts if name not in words["tables"]} == set()
    columns = {(name, column["name"]) for name, mart in marts.items() for column in mart["columns"]}
    assert {place for place in columns if dictionary.vietnamese_name(*place) is None} == set()
    assert words["tables"].keys() - marts.keys() == set(), "of tables that are not there"
    known = {column for _, column in columns} | {f"{table}.{column}" for table, column in columns}
    assert words["columns"].keys() - known == set(), "of columns that are not there"
    assert all(entry["text"].startswith("Mỗi dòng ") for entry in words["tables"].values())


def test_every_column_of_every_table_is_described_in_vietnamese() -> None:
    places = [(name, column["name"]) for name, mart in described().items() for column in mart["columns"]]
    assert len(places) > 1000
    assert [place for place in places if dictionary.vietnamese_description(*place) is None] == []


def test_no_description_is_left_over_or_given_twice() -> None:
    marts, words = described(), dictionary.descriptions()
    common = dictionary.glossary()["descriptions"]
    listed = {(table, column) for table, entry in words.items() for column in entry.get("common", ())}
    own = {(table, column) for table, entry in words.items() for column in entry.get("own", ())}
    published = {(name, column["name"]) for name, mart in marts.items() for column in mart["columns"]}
    assert listed and own
    assert (listed | own) - published == set(), "of columns that are not there"
    assert listed & own == set(), "described twice"
    assert {column for _, column in listed} == common.keys(), (
        "a common text for each listed column, and no other"
    )


def test_tables_are_described_in_the_file_named_after_their_folder_of_marts() -> None:
    folders = {
        model["name"]: path.parent.name
        for path in MARTS.rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models") or []
    }
    files = {
        table: path.stem
        for path in dictionary.DESCRIPTIONS_FOLDER.glob("*.yml")
        for table in yaml.safe_load(path.read_text(encoding="utf-8"))
    }
    assert files == folders


def test_a_common_description_holds_only_in_the_tables_that_list_the_column() -> None:
    common = dictionary.glossary()["descriptions"]["period_code"]
    assert dictionary.vietnamese_description("v_figures", "period_code") == common
    assert dictionary.vietnamese_description("v_promises", "period_code") == "Tháng nêu ra.", (
        "its own goes first"
    )
    assert dictionary.vietnamese_description("a_new_table", "period_code") is None, (
        "it may mean something else there"
    )


def test_the_dictionary_lies_beside_its_release_and_agrees_with_the_file(settings: Settings) -> None:
    release = store.current(settings)
    assert release is not None
    tables = {table.name: table for table in dictionary.read(release)}
    with duckdb.connect(str(release.path), read_only=True) as connection:
        rows = connection.execute(
            "select table_name, column_name, lower(data_type) from duckdb_columns() where schema_name = 'marts'"
        ).fetchall()
    in_file = {(table, column, kind) for table, column, kind in rows}
    told = {
        (table.name, column.name, column.data_type) for table in tables.values() for column in table.columns
    }
    assert told == in_file
    views = {name for name in tables if is_front_door(name)}
    views |= {"dim_unit_peers", "rpt_figure_lineage", "rpt_unit_benchmarks"}
    assert {name: table.row_count for name, table in tables.items() if name not in views} == release.tables
    assert {tables[name].row_count for name in views} == {None}, "a view's rows are not counted"
    assert [is_front_door(name) for name in tables] == [True] * 9 + [False] * (len(tables) - 9), (
        "they stand first"
    )
    assert all(table.grain.startswith("One row per ") for table in tables.values())
    assert [name for name, table in tables.items() if not table.key] == []


def test_the_dictionary_says_what_is_tested_and_who_reads_it(settings: Settings) -> None:
    release = store.current(settings)
    assert release is not None
    tables = {table.name: table for table in dictionary.read(release)}
    units = {column.name: column for column in tables["dim_units"].columns}
    assert tables["dim_units"].key == ("unit_key",) and units["unit_key"].is_key
    assert units["parent_unit_key"].refers_to == "dim_units.unit_key"
    assert units["unit_name"].is_required and not units["valid_to"].is_required
    owed = tables["rpt_obligations"]
    assert owed.key == ("unit_key", "form", "period_code", "inherited_from_unit_key"), (
        "a missing report has no submission"
    )
    joins = {column.name: column.joins_to for column in tables["v_activities"].columns}
    assert (joins["current_unit_key"], joins["unit_name"]) == ("dim_units.unit_key", None)
    assert joins["topic_code"] == "dim_list_items.list_item_key = 'topics:' || …"
    assert (units["valid_from"].unit_vi, units["unit_code"].unit_vi) == ("ngày", None)
    series = {column.name: column for column in tables["rpt_indicator_series"].columns}
    assert tables["rpt_indicator_series"].key == ("lens", "unit_key", "indicator_code", "period_code")
    lens = next(column for column in tables["rpt_activities"].columns if column.name == "lens")
    assert lens.values == ("as_reported", "current_boundaries")
    assert series["coverage_ratio"].unit == "0–1"
    assert "overview" in tables["rpt_indicator_series"].pages
    assert tables["fct_submissions"].name_vi == "Báo cáo đã gửi"


def test_a_dictionary_is_not_taken_for_a_release_and_goes_with_it(settings: Settings) -> None:
    releases = store.releases(settings)
    assert len(releases) == 2 and all(dictionary.path_of(release).exists() for release in releases)
    publish._drop_old(Settings(data_dir=settings.data_dir, releases_kept=1))
    newer, older = releases
    assert dictionary.path_of(newer).exists() and not dictionary.path_of(older).exists()
    assert dictionary.read(older) == ()


def contract_tables() -> Iterator[tuple[str, str]]:
    """Table and its columns in the contract's own words; tables that share a row have their columns parted by `;`."""
    text = CONTRACT.read_text(encoding="utf-8").split("## Published tables", 1)[1]
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or cells[0] in ("table",) or set(cells[0]) == {"-"}:
            continue
        names, columns = cells[0].split(", "), cells[2].split("; ")
        yield from zip(names, columns if len(columns) == len(names) else columns * len(names), strict=True)


def contract_columns(table: str, text: str) -> set[str]:
    """The columns that a cell of the contract names."""
    text = re.sub(r"\([^)]*\)", "", text)
    found: set[str] = set()
    for part in text.split(","):
        words = part.strip()
        if words == "the form's columns":
            found |= _form_columns(FORM_OF_TABLE[table])
        elif " … " in words:
            first, last = words.split(" … ")
            stem, low, high = first.split("_")[0], int(first.split("_")[1]), int(last.split("_")[1])
            found |= {f"{stem}_{number}_count" for number in range(low, high + 1)}
        elif words in IN_WORDS:
            found |= set(IN_WORDS[words])
        else:
            assert NAME.fullmatch(words), f"{table}: {words!r} is no column"
            found.add(words)
    return found


def _form_columns(form: str) -> set[str]:
    content: Mapping[str, Any] = yaml.safe_load(
        (PROJECT_DIR / "warehouse" / "forms" / f"{form}.yml").read_text()
    )
    columns = content["columns"]
    names = columns if isinstance(columns, Mapping) else [column["name"] for column in columns]
    return {str(name) for name in names} - {"unit_name", "parent_name"}


@pytest.mark.shared
@pytest.mark.skipif(not CONTRACT.exists(), reason="needs ../shared/design/contract.md, which is not there")
def test_every_table_and_column_of_the_contract_is_published() -> None:
    marts = {name: {column["name"] for column in mart["columns"]} for name, mart in described().items()}
    contract = dict(contract_tables())
    assert len(contract) == 24
    missing = {
        table: sorted(contract_columns(table, text) - marts.get(table, set()))
        for table, text in contract.items()
    }
    assert {table: columns for table, columns in missing.items() if columns} == {}
