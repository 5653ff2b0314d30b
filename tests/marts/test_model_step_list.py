"""The steps of models are a dated list: another guidance, another order, without a line of SQL."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.marts.dbt_kit import DBT_PROJECT, SmallBuild, compiled, small_build

UNIT = "20@2025-07-01"


@pytest.fixture(scope="module")
def connection() -> Iterator[SmallBuild]:
    """Build two models. Until 2026-06-30 check (step_4) follows implementation (step_3); from July on it precedes it."""
    with small_build() as connection:
        connection.execute(f"""
            create table int_units as
                select '{UNIT}' as unit_key, '{UNIT}' as series_key, date '2025-07-01' as alive_from,
                    date '9999-12-31' as alive_to;
            create table int_single_successors as select '{UNIT}' as unit_key, '{UNIT}' as current_unit_key;
            create table int_unit_paths_to_current as select '{UNIT}' as from_unit_key, '{UNIT}' as to_unit_key;
            create table model_steps (event varchar, step_number integer, valid_from date, valid_to date);
            insert into model_steps values
                ('step_3', 3, null, '2026-06-30'), ('step_4', 4, null, '2026-06-30'),
                ('step_3', 4, '2026-07-01', null), ('step_4', 3, '2026-07-01', null), ('recognised', null, null, null);
            create table int_model_registrations as
                select '{UNIT}' as unit_key, '{UNIT}' as series_key, unnest(['OLD', 'NEW']) as model_code,
                    date '2026-01-01' as registered_date;
            create table int_model_events_latest (
                unit_key varchar, series_key varchar, model_code varchar, event varchar, event_date date
            );
        """)
        events = [
            ("OLD", "step_3", date(2026, 2, 1)),
            ("OLD", "step_4", date(2026, 3, 1)),
            ("NEW", "step_4", date(2026, 8, 1)),
            ("NEW", "step_3", date(2026, 9, 1)),
        ]
        rows = [(UNIT, UNIT, *event) for event in events]
        connection.executemany("insert into int_model_events_latest values (?, ?, ?, ?, ?)", rows)
        connection.run("int_model_events", "int_model_progress", "int_model_step_times")
        yield connection


def test_the_furthest_step_is_told_by_the_list_of_its_day(connection: SmallBuild) -> None:
    rows = connection.execute(
        "select model_code, current_step, reached_step_number, step_start_date from int_model_progress order by 1"
    ).fetchall()
    assert rows == [("NEW", "step_3", 4, date(2026, 9, 1)), ("OLD", "step_4", 4, date(2026, 3, 1))]


def test_times_run_in_the_order_of_the_list(connection: SmallBuild) -> None:
    rows = connection.execute(
        "select model_code, step_code, days_in_step, outcome from int_model_step_times"
        " where step_code <> 'registered' order by model_code, step_number"
    ).fetchall()
    assert rows == [
        ("NEW", "step_4", 31, "finished"),
        ("NEW", "step_3", 80, "open"),
        ("OLD", "step_3", 28, "finished"),
        ("OLD", "step_4", 264, "open"),
    ]


def test_rows_of_one_step_may_not_overlap(connection: SmallBuild) -> None:
    path = DBT_PROJECT / "tests" / "steps_of_models_are_dated_without_overlap.sql"
    check = compiled(path.read_text(encoding="utf-8"))
    assert connection.execute(check).fetchall() == []
    connection.execute("insert into model_steps values ('step_4', 5, '2026-08-01', null)")
    assert len(connection.execute(check).fetchall()) == 1
