"""Numbers in both languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language import numbers
from dashboard.language.texts import language

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
def test_numbers_have_the_form_of_each_language(
    value: float | None, decimals: int, vietnamese: str, english: str
) -> None:
    assert numbers.number(value, VI, decimals) == vietnamese
    assert numbers.number(value, EN, decimals) == english


@given(st.floats(min_value=-1e12, max_value=1e12), st.integers(min_value=0, max_value=3))
def test_a_formatted_number_reads_back_as_the_rounded_one(value: float, decimals: int) -> None:
    text = numbers.number(value, VI, decimals)
    read = float(text.replace(".", "").replace(",", ".").replace("−", "-"))
    assert abs(read - value) <= 0.5 / 10**decimals + 1e-3 * (abs(value) > 1e9) + 1e-8


def test_measures_bear_their_unit_and_changes_their_sign() -> None:
    assert numbers.measure(84.64, "%", True, VI) == "84,6%"
    assert numbers.measure(1234.0, "vụ", False, VI) == "1.234\u00a0vụ"
    assert numbers.measure(5.318, "điểm", False, VI) == "5,32\u00a0điểm"
    assert numbers.signed(2.44, "%", True, VI) == "+2,4 điểm %"
    assert numbers.signed(-3.0, "vụ", False, VI) == "−3"
    assert numbers.signed(0.01, "%", True, VI) == "0,0 điểm %"
    assert numbers.signed(None, "%", True, VI) == "–"


def test_a_share_is_a_whole_percentage() -> None:
    assert (numbers.ratio(0.125, VI), numbers.ratio(1.0, EN), numbers.ratio(None, VI)) == ("13%", "100%", "–")


def test_charts_take_their_signs_from_the_language() -> None:
    assert (numbers.separators(VI), numbers.separators(EN)) == (",.", ".,")
