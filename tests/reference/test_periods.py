"""Periods: their codes, and the words people use for them."""

from __future__ import annotations

from datetime import date, datetime

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from warehouse.reference import periods
from warehouse.settings import PROJECT_DIR


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-10", "2026-10"),
        ("10/2026", "2026-10"),
        ("Tháng 10/2026", "2026-10"),
        ("tháng 10 năm 2026", "2026-10"),
        ("THÁNG 2-2026", "2026-02"),
        ("T10/2026", "2026-10"),
        ("Quý I/2026", "2026-Q1"),
        ("quý 1 năm 2026", "2026-Q1"),
        ("Q1/2026", "2026-Q1"),
        ("6 tháng 2026", "2026-6M"),
        ("6 tháng đầu năm 2026", "2026-6M"),
        ("2026-6m", "2026-6M"),
        ("9 tháng năm 2026", "2026-9M"),
        ("Năm 2026", "2026"),
        ("2026", "2026"),
        ("2021-2025", "2021-2025"),
        ("Giai đoạn 2021–2025", "2021-2025"),
        ("nhiệm kỳ 2026 - 2030", "2026-2030"),
    ],
)
def test_words_for_a_period_give_its_code(text: str, code: str) -> None:
    found = periods.from_text(text)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize(
    "text",
    ["2026-13", "Quý II/2026", "6 tháng cuối năm 2026", "12/10/2026", "26-10", "", "tháng này", "2026-2020"],
)
def test_text_that_is_no_period_gives_none(text: str) -> None:
    assert periods.from_text(text) is None


def test_a_month_that_excel_turned_into_a_date_is_read() -> None:
    found = periods.from_cell(datetime(2026, 10, 1))
    assert found is not None
    assert found.code == "2026-10"
    assert periods.from_cell(datetime(2026, 10, 2)) is None


def test_a_year_is_read_from_a_number() -> None:
    found = periods.from_cell(2026.0)
    assert found is not None
    assert (found.start_date, found.end_date) == (date(2026, 1, 1), date(2026, 12, 31))


def test_cumulative_periods_begin_in_january() -> None:
    six_months = periods.from_code("2026-6M")
    assert six_months is not None
    assert (six_months.start_date, six_months.end_date) == (date(2026, 1, 1), date(2026, 6, 30))


@given(st.integers(1990, 2100), st.integers(1, 12))
def test_labels_are_read_back(year: int, month: int) -> None:
    for code in (f"{year}-{month:02d}", f"{year}-Q1", f"{year}-6M", f"{year}-9M", f"{year}"):
        found = periods.from_text(periods.label_vi(code))
        assert found is not None
        assert found.code == code


CODES = ("2026-10", "2026-Q1", "2026-6M", "2026-9M", "2026", "2021-2025")


def test_each_period_has_one_name_in_each_language() -> None:
    assert [periods.label_vi(code) for code in CODES] == [
        "Tháng 10/2026",
        "Quý I/2026",
        "6 tháng đầu năm 2026",
        "9 tháng năm 2026",
        "Năm 2026",
        "Giai đoạn 2021–2025",
    ]
    assert [periods.label_en(code) for code in CODES] == [
        "October 2026",
        "first quarter of 2026",
        "first six months of 2026",
        "first nine months of 2026",
        "year 2026",
        "phase 2021–2025",
    ]
    assert (periods.label_vi("whatever"), periods.label_en("2026-13")) == ("whatever", "2026-13")


@pytest.mark.parametrize("code", CODES)
def test_questions_that_dbt_writes_give_a_period_the_same_name(code: str) -> None:
    macros = PROJECT_DIR / "dbt_project" / "macros" / "rules" / "plausibility.sql"
    module = Environment(autoescape=False).from_string(macros.read_text(encoding="utf-8")).module
    found = periods.from_code(code)
    assert found is not None
    literals = (f"'{code}'", f"'{found.period_type}'")
    sql = f"select {module.period_label_vi(*literals)}, {module.period_label_en(*literals)}"
    in_vietnamese, in_english = duckdb.sql(sql).fetchone()
    assert in_vietnamese == periods.label_vi(code)[:1].lower() + periods.label_vi(code)[1:]
    # A sentence in English has an article before most periods, and a bare number for a year.
    assert in_english.removeprefix("the ") == periods.label_en(code).removeprefix("year ")
