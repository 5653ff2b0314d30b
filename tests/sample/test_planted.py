"""The doubtful figures that were put in on purpose are there, as planted.csv tells them."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest
from rapidfuzz import fuzz

from warehouse.sample.model_registrations import make_registrations, month_starts
from warehouse.sample.monthly_series import MonthlySeries
from warehouse.sample.planted import load_planted
from warehouse.sample.reports import Reporting
from warehouse.sample.small import OLD_PROVINCES
from warehouse.sample.units import load_units
from warehouse.settings import PROJECT_DIR

SEEDS_DIR = PROJECT_DIR / "dbt_project" / "seeds"
PROVINCES = ("20@2025-07-01", "08@2025-07-01")


@pytest.fixture(scope="module")
def reporting() -> Reporting:
    units = load_units(SEEDS_DIR, PROVINCES)
    months = month_starts(date(2025, 7, 1), date(2026, 10, 1))
    models = make_registrations(units, months, load_planted())
    return Reporting(SEEDS_DIR, units, MonthlySeries(units, 2025, 2026), models, load_planted())


def rows_of(
    reporting: Reporting, unit_key: str, period_code: str
) -> dict[str, tuple[object, object, object]]:
    report = next(report for report in reporting.reports(period_code) if report.unit.unit_key == unit_key)
    return {
        row["indicator_code"]: (row["numerator"], row["denominator"], row["value"]) for row in report.rows
    }


def test_every_planted_unit_exists() -> None:
    known = {unit.unit_key for unit in load_units(SEEDS_DIR, PROVINCES).listed}
    with (PROJECT_DIR / "warehouse" / "sample" / "planted.csv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    assert {case["unit_key"] for case in cases} <= known
    assert {case["case_code"] for case in cases} == {
        "constant_full",
        "copied_period",
        "falling_cumulative",
        "near_duplicate",
        "parts_do_not_sum",
        "round_numbers",
        "sudden_jump",
    }


def test_a_unit_with_always_100_percent_is_planted(reporting: Reporting) -> None:
    for period in ("2025-07", "2026-02", "2026-10"):
        numerator, denominator, _ = rows_of(reporting, "06004@2025-07-01", period)["TTHC_DUNGHAN"]
        assert numerator == denominator > 10


def test_a_month_copied_from_the_one_before_is_planted(reporting: Reporting) -> None:
    april = rows_of(reporting, "00706@2025-07-01", "2026-04")
    may = rows_of(reporting, "00706@2025-07-01", "2026-05")
    assert {code: figure for code, figure in may.items() if april[code] != figure} == {}
    assert rows_of(reporting, "00706@2025-07-01", "2026-06") != may


def test_a_cumulative_figure_that_falls_is_planted(reporting: Reporting) -> None:
    june = rows_of(reporting, "05986@2025-07-01", "2026-6M")["KNTC_GQ"]
    september = rows_of(reporting, "05986@2025-07-01", "2026-9M")["KNTC_GQ"]
    assert september[1] < june[1]


def test_a_jump_and_round_numbers_are_planted(reporting: Reporting) -> None:
    before = rows_of(reporting, "06037@2025-07-01", "2026-07")["TTHC_DUNGHAN"][1]
    jumped = rows_of(reporting, "06037@2025-07-01", "2026-08")["TTHC_DUNGHAN"][1]
    assert jumped > 5 * before
    for period in ("2025-11", "2026-06"):
        numerator, denominator, _ = rows_of(reporting, "06019@2025-07-01", period)["TTHC_DUNGHAN"]
        assert numerator % 10 == denominator % 10 == 0


def test_a_quarter_that_is_not_the_sum_of_its_months_is_planted(reporting: Reporting) -> None:
    months = [rows_of(reporting, "20@2025-07-01", f"2026-0{month}")["TTHC_DUNGHAN"][1] for month in (1, 2, 3)]
    quarter = rows_of(reporting, "20@2025-07-01", "2026-Q1")["TTHC_DUNGHAN"][1]
    assert quarter > 1.1 * sum(months)


def test_copied_registrations_stand_out_from_the_others() -> None:
    units = load_units(SEEDS_DIR, PROVINCES)
    models = make_registrations(units, month_starts(date(2025, 7, 1), date(2026, 10, 1)), load_planted())
    texts = [
        " ".join(str(entry.row[name]) for name in ("model_name", "situation", "objective", "content"))
        for entry in models
    ]
    copies = 0
    for position, text in enumerate(texts):
        others = [fuzz.token_set_ratio(text, other) for other in texts[:position]]
        copies += max(others, default=0) >= 97
    assert 3 <= copies <= 12


def test_no_model_bears_the_code_of_one_registered_before_the_merger() -> None:
    """Many communes bear the code of an ended one; with the number of a model begun anew, two models would have one code."""
    old_units, units = load_units(SEEDS_DIR, OLD_PROVINCES), load_units(SEEDS_DIR, PROVINCES)
    before = make_registrations(old_units, month_starts(date(2025, 1, 1), date(2025, 6, 1)), load_planted())
    after = make_registrations(
        units, month_starts(date(2025, 7, 1), date(2025, 12, 1)), load_planted(), before
    )
    both = {entry.row["unit_code"] for entry in before} & {entry.row["unit_code"] for entry in after}
    assert len(both) > 50, "communes that registered under one code on both sides"
    codes = Counter(entry.row["model_code"] for entry in [*before, *after])
    assert [code for code, count in codes.items() if count > 1] == []
