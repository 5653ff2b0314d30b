"""A unit is a code and a time."""

from __future__ import annotations

import duckdb

from tests.marts.conftest import World


def name_of(world: World, code: str, day: str) -> list[str]:
    return [
        name
        for (name,) in world.rows(
            "select unit_name from marts.dim_units where unit_code = ? and coalesce(valid_from, date '1900-01-01') <= ?::date"
            " and coalesce(valid_to, date '9999-12-31') >= ?::date",
            code,
            day,
            day,
        )
    ]


def test_code_15_is_yen_bai_in_june_2025_and_lao_cai_in_july(world: World) -> None:
    assert name_of(world, "15", "2025-06-30") == ["Tỉnh Yên Bái"]
    assert name_of(world, "15", "2025-07-01") == ["Tỉnh Lào Cai"]


def test_a_renamed_province_is_the_same_unit(world: World) -> None:
    rows = world.rows(
        "select unit_name, series_key, is_current from marts.dim_units where unit_code = '22' order by valid_from"
    )
    assert [name for name, _, _ in rows] == ["Tỉnh Quảng Ninh", "Thành phố Quảng Ninh", "Tỉnh Quảng Ninh"]
    assert len({key for _, key, _ in rows}) == 2
    assert [name for name, _, current in rows if current] == ["Thành phố Quảng Ninh"]


def test_todays_unit_is_named_where_there_is_one(world: World) -> None:
    found = dict(world.rows("select unit_key, current_unit_key from marts.dim_units"))
    assert found["02@0"] == "08@2025-07-01"
    assert found["77@0"] == "79@2025-07-01"
    assert found["178@0"] is None
    assert found["498@0"] == "20333@2025-07-01"
    assert found["24@0"] == "24@2026-09-20"
    assert found["20-DUK@0"] is None


def test_every_unit_but_the_country_lies_in_a_province_of_today(world: World) -> None:
    rows = world.rows(
        "select unit_key, current_province_code from marts.dim_units where current_province_code is null"
    )
    assert rows == [("VN@0", None)]
    assert world.rows("select count(distinct current_province_code) from marts.dim_units") == [(34,)]
    assert dict(
        world.rows(
            "select unit_key, current_province_code from marts.dim_units where unit_key in ('753@0', '00688@0')"
        )
    ) == {
        "753@0": "79",
        "00688@0": "08",
    }


def test_eleven_provinces_and_132_communes_were_untouched_by_the_mergers(world: World) -> None:
    """The count that the reference facts give; a random warehouse holds only some of them."""
    with duckdb.connect(str(world.settings.build_path), read_only=True) as connection:
        counts = connection.execute(
            "select level, count(*) from intermediate.int_unchanged_units join intermediate.int_units using (unit_key)"
            " where level in ('province', 'commune') group by level order by level"
        ).fetchall()
    assert counts == [("commune", 132), ("province", 11)]


def test_untouched_units_show_the_same_figure_in_every_lens(world: World) -> None:
    rows = world.rows(
        "select unit_key, count(distinct value) from marts.rpt_indicator_series where value is not null and"
        " unit_key in (select unit_key from marts.rpt_indicator_series where lens = 'unchanged_units')"
        " group by unit_key, indicator_code, period_code"
    )
    assert rows
    assert {count for _, count in rows} == {1}
    provinces = world.rows(
        "select distinct unit_name from marts.rpt_indicator_series where lens = 'unchanged_units' and level = 'province'"
    )
    assert provinces == [("Tỉnh Lạng Sơn",)]
