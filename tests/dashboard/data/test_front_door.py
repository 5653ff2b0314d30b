"""The views for people who write SQL: no join doubles or drops a row, and every code has its word."""

from __future__ import annotations

import json
from typing import Any

import jinja2
import pytest
import yaml

from tests.dashboard.built_records import FIRST_COMMUNE
from warehouse.forms.contract import load_form, load_forms
from warehouse.release import dictionary, reader
from warehouse.release.store import Release
from warehouse.release.views import in_order, is_front_door
from warehouse.settings import PROJECT_DIR

TABLES = {
    "v_activities": "marts.fct_activities",
    "v_figures": "(from marts.rpt_indicator_series where lens = 'current_boundaries' and value is not null)",
    "v_model_steps": "marts.fct_model_events",
    "v_models": "marts.fct_model_registrations",
    "v_promises": "marts.fct_commitments",
    "v_reports_owed": "marts.rpt_obligations",
}
WORDS = PROJECT_DIR / "dbt_project" / "macros" / "rules" / "words_of_codes.sql"


def count(built: Release, table: str) -> int:
    return int(reader.query(built, f"select count(*) as n from {table}")["n"].iloc[0])


@pytest.mark.parametrize("view", TABLES)
def test_a_view_has_each_row_of_its_table_once(view: str, built: Release) -> None:
    rows = count(built, TABLES[view])
    assert rows > 0
    assert count(built, f"marts.{view}") == rows


def test_an_inspection_and_its_conclusion_lead_to_each_other(built: Release) -> None:
    """Conclusion KN-2 of inspection HD-5 was due on 31 August and is open."""
    sql = """
        select promises.item_code, promises.activity_type_name_vi, promises.activity_date = date '2026-04-01' as is_its_day,
            activities.subject_unit_key, activities.conclusion_count, activities.overdue_conclusion_count
        from marts.v_activities as activities
        inner join marts.v_promises as promises
            on promises.activity_unit_key = activities.unit_key and promises.activity_code = activities.activity_code
    """
    assert reader.query(built, sql).to_numpy().tolist() == [
        ["KN-2", "Kiểm tra", True, f"{FIRST_COMMUNE}@2025-07-01", 1, 1]
    ]


def test_questions_are_those_about_figures_and_those_about_models(built: Release) -> None:
    parts = [count(built, f"marts.{table}") for table in ("rpt_plausibility_flags", "rpt_model_questions")]
    assert min(parts) > 0
    assert count(built, "marts.v_questions") == sum(parts)


def test_the_newest_figure_is_one_of_each_unit_and_indicator(built: Release) -> None:
    pairs = count(built, "(select distinct unit_key, indicator_code from marts.v_figures)")
    assert pairs == count(built, "marts.v_latest_figures") == count(built, "marts.v_changes")
    sql = """
        select figures.period_code, figures.period_end_date > latest.period_end_date as is_newer
        from marts.v_figures as figures inner join marts.v_latest_figures as latest using (unit_key, indicator_code)
    """
    assert not reader.query(built, sql)["is_newer"].any()


@pytest.mark.parametrize("view", ["v_figures", "v_reports_owed", "v_promises", "v_models", "v_activities"])
def test_every_unit_has_its_names(view: str, built: Release) -> None:
    sql = f"""
        select count(*) as n from marts.{view}
        where unit_name is null or level_name_vi is null
            or (level <> 'country' and (province_name is null or current_province_name is null or parent_unit_name is null))
    """
    assert reader.query(built, sql)["n"].iloc[0] == 0


def test_every_code_of_a_view_has_its_word(built: Release) -> None:
    """A code without a word would leave the name beside it empty."""
    pairs = 0
    for table in dictionary.read(built):
        names = {column.name for column in table.columns}
        for name in sorted(names):
            code = name.removesuffix("_name_vi")
            if not is_front_door(table.name) or not name.endswith("_name_vi") or code not in names:
                continue
            pairs += 1
            bare = f"marts.{table.name} where {code} is not null and {name} is null"
            assert count(built, bare) == 0, f"{table.name}.{name}"
    assert pairs > 15


def test_every_foreign_key_that_the_dictionary_names_is_one(built: Release) -> None:
    """Rows that sum all items have the word `all` in place of a code, and a step of no model event is `registered`."""
    looked_at = 0
    for table in dictionary.read(built):
        for column in table.columns:
            if column.joins_to is None:
                continue
            key, _, prefix = column.joins_to.partition(" = ")
            target, target_column = key.split(".")
            code = f"concat({prefix.split(' || ')[0]}, {column.name})" if prefix else column.name
            lost = (
                f"marts.{table.name} where {column.name} not in ('all', 'registered')"
                f" and {code} not in (select {target_column} from marts.{target})"
            )
            assert count(built, lost) == 0, f"{table.name}.{column.name} is not in {column.joins_to}"
            looked_at += 1
    assert looked_at > 150


@pytest.mark.parametrize("list_name", ["dim_list_items.list_item_key", "dim_model_fields.field_key"])
def test_a_list_joined_by_its_key_doubles_nothing(list_name: str, built: Release) -> None:
    table, key = list_name.split(".")
    assert count(built, f"marts.{table}") == count(built, f"(select distinct {key} from marts.{table})")
    codes = "concat(list_name, ':', code)" if table == "dim_list_items" else "field_code"
    plain = f"(select distinct {codes} as plain from marts.{table}) inner join marts.{table} on {key} = plain"
    assert count(built, plain) == count(built, f"(select distinct {codes} from marts.{table})")


@pytest.mark.parametrize(
    ("table", "scope", "measure"),
    [
        ("rpt_activities", "lens, unit_key, period_code", "held_count"),
        ("rpt_commitments", "lens, role, unit_key", "item_count"),
        ("rpt_model_step_durations", "lens, unit_key, phase, step_code", "model_count"),
    ],
)
def test_rows_that_sum_the_others_are_marked_in_one_way(
    table: str, scope: str, measure: str, built: Release
) -> None:
    frame = reader.query(
        built,
        f"select sum({measure}) filter (is_total) as totals, sum({measure}) filter (not is_total) as details,"
        f" count(*) filter (is_total) as total_rows from marts.{table} group by {scope}",
    )
    assert len(frame) > 0
    assert frame["totals"].tolist() == frame["details"].tolist()
    assert set(frame["total_rows"]) == {1}


def test_the_older_name_of_a_count_of_models_holds_the_same(built: Release) -> None:
    for table in ("rpt_model_awards", "rpt_model_step_durations"):
        frame = reader.query(built, f"select model_count, models_count from marts.{table}")
        assert len(frame) > 0
        assert frame["model_count"].tolist() == frame["models_count"].tolist()


def words(family: str) -> dict[str, str]:
    """Return a family of words as dbt's macro has them."""
    environment = jinja2.Environment()
    environment.globals["return"] = json.dumps
    module: Any = environment.from_string(WORDS.read_text(encoding="utf-8")).module
    found: dict[str, str] = json.loads(module.words_of_codes(family))
    return found


@pytest.mark.parametrize("family", ["kind", "level", "verdict"])
def test_views_and_pages_use_the_same_words(family: str) -> None:
    language = yaml.safe_load((PROJECT_DIR / "dashboard" / "language" / "vi.yml").read_text(encoding="utf-8"))
    assert words(family).items() <= language[family].items()


def test_views_and_forms_use_the_same_words() -> None:
    assert words("form") == {form.code: form.name_vi for form in load_forms().values()}
    sources = next(column for column in load_form("KN").columns if column.name == "source_type")
    assert words("source_type") == dict(sources.values or {})


def test_a_view_stands_after_the_views_that_it_reads() -> None:
    queries = {
        "v_changes": "select * from marts.v_latest",
        "v_latest": "select * from marts.v_figures",
        "v_figures": "select 'v_changes_of_old' as v from marts.rpt_indicator_series",
    }
    assert in_order(queries) == ("v_figures", "v_latest", "v_changes")
