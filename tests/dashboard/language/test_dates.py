"""Days, moments and periods in both languages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dashboard.language import dates
from dashboard.language.texts import language
from warehouse.reference import periods

VI, EN = language("vi"), language("en")


@pytest.mark.parametrize(
    ("code", "vietnamese", "english", "short"),
    [
        ("2026-10", "Tháng 10/2026", "October 2026", "10/26"),
        ("2026-Q1", "Quý I/2026", "First quarter of 2026", "I/26"),
        ("2026-6M", "6 tháng đầu năm 2026", "First six months of 2026", "6T/26"),
        ("2026-9M", "9 tháng năm 2026", "First nine months of 2026", "9T/26"),
        ("2026", "Năm 2026", "Year 2026", "2026"),
        ("2017-2020", "Giai đoạn 2017–2020", "Phase 2017–2020", "2017–20"),
        ("whatever", "whatever", "whatever", "whatever"),
    ],
)
def test_periods_have_names_in_both_languages(code: str, vietnamese: str, english: str, short: str) -> None:
    assert dates.period(code, VI) == vietnamese
    assert dates.period(code, EN) == english
    assert dates.short_period(code, VI) == short


def test_dates_and_times_are_those_of_viet_nam() -> None:
    late = datetime(2026, 11, 19, 18, 30, tzinfo=UTC)
    assert dates.day(late.date(), VI) == "19/11/2026"
    assert dates.moment(late, VI) == "01:30 20/11/2026"
    assert dates.moment(datetime(2026, 11, 19, 18, 30), EN) == "01:30 20 Nov 2026"
    assert dates.day(None, VI) == "–"


@pytest.mark.parametrize(
    ("first_day", "vietnamese", "english"),
    [(date(2026, 1, 1), "I/26", "Q1/26"), (date(2026, 10, 1), "IV/26", "Q4/26")],
)
def test_quarters_of_registration_on_an_axis(first_day: date, vietnamese: str, english: str) -> None:
    assert (dates.short_quarter(first_day, VI), dates.short_quarter(first_day, EN)) == (vietnamese, english)


@pytest.mark.parametrize("code", ["2026-10", "2026-Q1", "2026-6M", "2026-9M", "2026", "2021-2025"])
def test_pages_give_a_period_the_name_that_messages_and_templates_give_it(code: str) -> None:
    assert dates.period(code, VI) == periods.label_vi(code)
    assert dates.period(code, EN).lower() == periods.label_en(code).lower()
