"""Totals of the party along its own hierarchy, worked out by hand: a province, its blocs, base committees and a cell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from tests.marts.dbt_kit import SmallBuild, small_build

Total = tuple[float | None, float | None, float | None, float | None, int, int, bool]
FIRST, LAST = date(1900, 1, 1), date(9999, 12, 31)
MOVED = date(2025, 2, 1)
ENDED = date(2025, 1, 31)
# unit, kind, first and last day
UNITS = [
    ("TU", "provincial_committee", FIRST, LAST),
    ("DUK", "bloc_committee", FIRST, ENDED),
    ("DU-CQD", "bloc_committee", MOVED, LAST),
    ("DU-UBND", "bloc_committee", MOVED, LAST),
    *((f"BASE-{number}", "party_committee", FIRST, LAST) for number in (1, 2, 3, 4)),
    ("CELL-1", "party_cell", FIRST, LAST),
    ("AGENCY", "body", FIRST, LAST),
]
# unit, unit above, first and last day
PARENTS = [
    ("DUK", "TU", None, ENDED),
    ("DU-CQD", "TU", MOVED, None),
    ("DU-UBND", "TU", MOVED, None),
    *((f"BASE-{number}", "DUK", None, ENDED) for number in (1, 2, 3, 4)),
    ("BASE-1", "DU-CQD", MOVED, None),
    *((f"BASE-{number}", "DU-UBND", MOVED, None) for number in (2, 3, 4)),
    ("CELL-1", "BASE-1", None, None),
]
PERIODS = [("2024", date(2024, 12, 31)), ("2025", date(2025, 12, 31))]
# unit, indicator, period, numerator, denominator, value, "not applicable"
REPORTED = [
    # In 2024 three base committees are below the one bloc, and the fourth is silent.
    ("BASE-1", "RATE", "2024", 3, 4, 75, False),
    ("BASE-2", "RATE", "2024", 5, 5, 100, False),
    ("BASE-3", "RATE", "2024", 0, 1, 0, False),
    # An agency is not a unit of the party.
    ("AGENCY", "RATE", "2024", 900, 900, 100, False),
    # In 2025 they are below two; one answers that it does not apply. The cell of the silent one has a figure.
    ("CELL-1", "RATE", "2025", 1, 2, 50, False),
    ("BASE-2", "RATE", "2025", 2, 5, 40, False),
    ("BASE-3", "RATE", "2025", None, None, None, True),
    # A bloc's own total wins, and is below what its base committees say.
    ("DUK", "COUNT", "2024", None, None, 5, False),
    ("BASE-1", "COUNT", "2024", None, None, 4, False),
    ("BASE-2", "COUNT", "2024", None, None, 3, False),
    # Of the two blocs one is silent.
    ("DU-CQD", "COUNT", "2025", None, None, 2, False),
    # A score is nobody's but its own.
    ("BASE-2", "SCORE", "2024", None, None, 80, False),
]
# The warehouse counts models for whoever registered them: a committee's own desk is one part more.
RECORDED = [
    ("DUK", "DVK_DK_GN", "2024", 2),
    ("BASE-1", "DVK_DK_GN", "2024", 3),
    ("CELL-1", "DVK_DK_GN", "2025", 1),
    ("BASE-4", "DVK_DK_GN", "2025", 0),
]
INDICATORS = [
    # code, is_rate, aggregation, rollup
    ("RATE", True, "sum", "total_reported"),
    ("COUNT", False, "sum", "total_reported"),
    ("SCORE", False, "none", "total_reported"),
    ("DVK_DK_GN", False, "sum", "own_plus_children"),
    ("DVK_TLCS_DANG_GN", True, "sum", "own_plus_children"),
]
DUTIES = [("RATE", "party_committee"), ("COUNT", "bloc_committee"), ("RATE", "body")]


@pytest.fixture(scope="module")
def party() -> Iterator[SmallBuild]:
    with small_build() as build:
        build.execute(
            "create table int_units (unit_key varchar, reporting_level varchar, alive_from date, alive_to date)"
        )
        build.executemany("insert into int_units values (?, ?, ?, ?)", UNITS)
        build.execute(
            "create table party_parents (unit_key varchar, parent_unit_key varchar, valid_from date, valid_to date)"
        )
        build.executemany("insert into party_parents values (?, ?, ?, ?)", PARENTS)
        build.execute("create table int_periods (period_code varchar, period_end_date date)")
        build.executemany("insert into int_periods values (?, ?)", PERIODS)
        build.execute(
            "create table int_indicator_values (unit_key varchar, indicator_code varchar, period_code varchar, numerator double,"
            " denominator double, value double, is_not_applicable boolean,"
            " is_simulated boolean default false, known_to timestamp)"
        )
        insert = "insert into int_indicator_values (unit_key, indicator_code, period_code, numerator, denominator, value,"
        build.executemany(f"{insert} is_not_applicable) values (?, ?, ?, ?, ?, ?, ?)", REPORTED)
        # A figure that was replaced counts nowhere.
        build.execute(
            f"{insert} is_not_applicable, known_to) values ('BASE-1', 'RATE', '2024', 0, 99, 0, false, now())"
        )
        build.execute(
            "create table int_recorded_values (unit_key varchar, indicator_code varchar, period_code varchar, value double,"
            " numerator double, denominator double, is_simulated boolean default true)"
        )
        build.executemany(
            "insert into int_recorded_values (unit_key, indicator_code, period_code, value) values (?, ?, ?, ?)",
            RECORDED,
        )
        build.execute(
            "create table int_indicators (indicator_code varchar, is_rate boolean, aggregation varchar, rollup varchar)"
        )
        build.executemany("insert into int_indicators values (?, ?, ?, ?)", INDICATORS)
        build.execute(
            "create table dim_indicators as select *, indicator_code as indicator_name_vi, indicator_code as indicator_name_en,"
            " '' as unit, '' as unit_en, 'reported' as source_kind from int_indicators"
        )
        build.execute(
            "create table int_indicator_duties as select a as indicator_code, b as level, date '1900-01-01' as valid_from,"
            f" date '9999-12-31' as valid_to from (values {', '.join(map(str, DUTIES))}) as duties(a, b)"
        )
        build.execute(
            "create table dim_units as select unit_key, unit_key as unit_name, 'Chi bộ' as unit_type, '20' as province_code,"
            " '20' as current_province_code from int_units"
        )
        build.run(
            "int_values_in_force", "int_party_ways", "int_party_values", "int_party_parts", "rpt_party_totals"
        )
        yield build


def totals(party: SmallBuild, indicator: str, period: str) -> dict[str, Total]:
    found = party.execute(
        "select unit_key, numerator, denominator, value, parts_value, reporting_units, expected_units, is_contradicted"
        " from rpt_party_totals where indicator_code = ? and period_code = ?",
        [indicator, period],
    ).fetchall()
    return {row[0]: row[1:] for row in found}


def test_base_committees_add_up_to_the_bloc_and_the_province(party: SmallBuild) -> None:
    """3/4 + 5/5 + 0/1 = 8/10; the fourth base committee is waited for."""
    found = totals(party, "RATE", "2024")
    assert found["DUK"] == found["TU"] == (8, 10, 80, 80, 3, 4, False)
    assert found["BASE-3"] == (0, 1, 0, None, 1, 1, False)
    assert "AGENCY" not in found
    assert "DU-UBND" not in found, "this bloc began in 2025"


def test_after_the_bloc_ended_its_base_committees_count_in_two_others(party: SmallBuild) -> None:
    """One cell of the silent BASE-1 stands for it. BASE-3 answered that it does not apply; BASE-4 is waited for."""
    found = totals(party, "RATE", "2025")
    assert "DUK" not in found
    assert found["DU-CQD"] == (1, 2, 50, 50, 1, 1, False)
    assert found["DU-UBND"] == (2, 5, 40, 40, 1, 2, False)
    assert found["TU"] == (3, 7, pytest.approx(100 * 3 / 7), pytest.approx(100 * 3 / 7), 2, 3, False)
    assert "BASE-3" not in found


def test_a_committees_own_total_wins_and_says_that_its_parts_say_more(party: SmallBuild) -> None:
    found = totals(party, "COUNT", "2024")
    assert found["DUK"] == (None, None, 5, 7, 1, 1, True)
    assert found["TU"] == (None, None, 5, 5, 1, 1, False)
    assert totals(party, "COUNT", "2025")["TU"] == (None, None, 2, 2, 1, 2, False)


def test_a_score_is_not_added_up(party: SmallBuild) -> None:
    assert totals(party, "SCORE", "2024") == {"BASE-2": (None, None, 80, None, 1, 1, False)}


def test_models_of_committee_and_cell_add_up(party: SmallBuild) -> None:
    found = totals(party, "DVK_DK_GN", "2024")
    assert (found["DUK"][2], found["TU"][2], found["BASE-1"][2]) == (2 + 3, 5, 3)


def test_base_committees_with_a_model_out_of_all(party: SmallBuild) -> None:
    """In 2024 one of four has a model; in 2025 a cell's model counts for its base committee, and 0 models are none."""
    found = totals(party, "DVK_TLCS_DANG_GN", "2024")
    assert found["DUK"][:3] == found["TU"][:3] == (1, 4, 25)
    assert found["BASE-2"][:3] == (0, 1, 0)
    later = totals(party, "DVK_TLCS_DANG_GN", "2025")
    assert (later["DU-CQD"][:2], later["DU-UBND"][:2], later["TU"][:2]) == ((1, 1), (0, 3), (1, 4))
    low, high = party.execute(
        "select value_low, value_high from rpt_party_totals where indicator_code = 'DVK_TLCS_DANG_GN' and unit_key = 'DUK'"
    ).fetchone()
    # Wilson (1927) for 1 of 4, worked out by hand.
    assert (round(low, 1), round(high, 1)) == (4.6, 69.9)
