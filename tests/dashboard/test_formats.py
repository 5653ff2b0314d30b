"""Numbers, dates and periods in both languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import formats
from dashboard.language import language

VI, EN = language("vi"), language("en")


@pytest.mark.parametrize(
    ("value", "decimals", "vietnamese", "english"),
    [
        (1234.5, 1, "1.234,5", "1,234.5"),
        (2071, 0, "2.071", "2,071"),
        (0, 0, "0", "0"),
        (-3.25, 1, "−3,3", "−3.3"),
        (78.79417879, 1, "78,8", "78.8"),
        (0.25, 1, "0,3", "0.3"),
        (-0.04, 1, "0,0", "0.0"),
        (None, 0, "–", "–"),
        (float("nan"), 2, "–", "–"),
    ],
)
def test_numbers(value: float | None, decimals: int, vietnamese: str, english: str) -> None:
    assert formats.number(value, VI, decimals) == vietnamese
    assert formats.number(value, EN, decimals) == english


@given(st.floats(min_value=-1e12, max_value=1e12), st.integers(min_value=0, max_value=3))
def test_a_formatted_number_reads_back_as_the_rounded_one(value: float, decimals: int) -> None:
    text = formats.number(value, VI, decimals)
    read = float(text.replace(".", "").replace(",", ".").replace("−", "-"))
    assert abs(read - value) <= 0.5 / 10**decimals + 1e-3 * (abs(value) > 1e9) + 1e-8


@pytest.mark.parametrize(
    ("code", "vietnamese", "english", "short"),
    [
        ("2026-10", "Tháng 10/2026", "October 2026", "10/26"),
        ("2026-Q1", "Quý I/2026", "Q1 2026", "I/26"),
        ("2026-6M", "6 tháng năm 2026", "First 6 months of 2026", "6T/26"),
        ("2026-9M", "9 tháng năm 2026", "First 9 months of 2026", "9T/26"),
        ("2026", "Năm 2026", "Year 2026", "2026"),
        ("2017-2020", "Giai đoạn 2017–2020", "Phase 2017–2020", "2017–20"),
        ("whatever", "whatever", "whatever", "whatever"),
    ],
)
def test_periods(code: str, vietnamese: str, english: str, short: str) -> None:
    assert formats.period(code, VI) == vietnamese
    assert formats.period(code, EN) == english
    assert formats.short_period(code, VI) == short


def test_dates_and_the_clock_in_viet_nam() -> None:
    late = datetime(2026, 11, 19, 18, 30, tzinfo=UTC)
    assert formats.day(late.date(), VI) == "19/11/2026"
    assert formats.moment(late, VI) == "01:30 20/11/2026"
    assert formats.moment(datetime(2026, 11, 19, 18, 30), EN) == "01:30 20 Nov 2026"
    assert formats.day(None, VI) == "–"


def test_measures_bear_their_unit_and_changes_their_sign() -> None:
    assert formats.measure(84.64, "%", True, VI) == "84,6%"
    assert formats.measure(1234.0, "vụ", False, VI) == "1.234\u00a0vụ"
    assert formats.measure(5.318, "điểm", False, VI) == "5,32\u00a0điểm"
    assert formats.signed(2.44, "%", True, VI) == "+2,4 điểm %"
    assert formats.signed(-3.0, "vụ", False, VI) == "−3"
    assert formats.signed(0.01, "%", True, VI) == "0,0 điểm %"
    assert formats.signed(None, "%", True, VI) == "–"


def test_names_inside_a_sentence() -> None:
    assert formats.in_sentence("Tháng 10/2026", VI) == "tháng 10/2026"
    assert formats.in_sentence("PAPI chung", VI) == "PAPI chung"
    assert formats.in_sentence("October 2026", EN) == "October 2026"


def test_vietnamese_alphabetical_order() -> None:
    expected = [
        "An",
        "Ân Thi",
        "Ba Bể",
        "Dân Chủ",
        "Đà Bắc",
        "Đồng Đăng",
        "Hòa",
        "Lạng",
        "Lăng",
        "Ô Môn",
        "Ơ",
    ]
    shuffled = [*expected[5:], *expected[:5]]
    assert sorted(shuffled, key=formats.sort_key) == expected
