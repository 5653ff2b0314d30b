"""Numbers as people write them; a number that could be read two ways is never read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.intake.cells.numbers import NOT_APPLICABLE, convert, is_percent


def read(*cells: object) -> tuple[list[object], list[str | None]]:
    values, issues = convert("value", cells)
    return values, [issue.rule if issue else None for issue in issues]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (12, 12.0),
        (12.5, 12.5),
        ("12", 12.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("1.234.567", 1234567.0),
        ("1,234,567", 1234567.0),
        ("1 234 567", 1234567.0),
        ("1\u00a0234,5", 1234.5),
        ("0,85", 0.85),
        ("0.853", 0.853),
        ("12345,678", 12345.678),
        ("85%", 85.0),
        ("85,5 %", 85.5),
        ("−5", -5.0),
        ("  7 ", 7.0),
        ("1\u202f234\u202f567", 1234567.0),
        ("\ufeff85\u200b%", 85.0),
        ("–5", -5.0),
        ("", None),
        (None, None),
    ],
)
def test_a_clear_number_is_read(cell: object, value: float | None) -> None:
    assert read(cell) == ([value], [None])


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("12*", 12.0),
        ("1.234,5 (1)", 1234.5),
        ("123¹", 123.0),
        ("(1)   419.278.223", 419278223.0),
        ("7 [2]", 7.0),
    ],
)
def test_footnote_marks_are_removed_and_reported(cell: str, value: float) -> None:
    assert read(cell) == ([value], ["number_footnote"])


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("1.234", "number_ambiguous"),
        ("12,345", "number_ambiguous"),
        ("mười", "number_unreadable"),
        ("12 vụ", "number_with_unit"),
        ("không", "number_zero_in_words"),
        ("Không phát sinh", "number_zero_in_words"),
        ("n/a?", "number_doubtful"),
        ("12?", "number_doubtful"),
        ("khoảng 12", "number_unreadable"),
        ("12 (ước)", "number_doubtful"),
        ("12 vụ (chưa đầy đủ)", "number_doubtful"),
        ("12-14", "number_unreadable"),
        ("12/13", "number_unreadable"),
        ("1.250 (tăng 5)", "number_ambiguous"),
        ("1.23,456", "number_unreadable"),
        ("(12)", "number_unreadable"),
        ("#REF!", "number_error_value"),
        ("#N/A", "number_error_value"),
        ("..", "dash_as_missing"),
        ("-", "dash_as_missing"),
        (True, "number_unreadable"),
        (float("inf"), "number_unreadable"),
        ("9" * 400, "number_unreadable"),
        ("12.345.678.901.234.567", "number_unreadable"),
        ("1e5", "number_unreadable"),
        ("nan", "number_unreadable"),
    ],
)
def test_a_number_that_is_not_clear_is_not_read(cell: object, rule: str) -> None:
    assert read(cell) == ([None], [rule])


@pytest.mark.parametrize(
    ("cell", "value", "rule"),
    [
        ("1.2E+03", 1200.0, "number_scientific"),
        ("1,25E+5", 125000.0, "number_scientific"),
        ("12,", 12.0, "number_stray_mark"),
        ("12.", 12.0, "number_stray_mark"),
        ("2 (20%)", 2.0, "number_with_remark"),
        ("1.234,5 (tăng 2)", 1234.5, "number_with_remark"),
        ("12; tăng 2 so với tháng trước", 12.0, "number_with_remark"),
    ],
)
def test_a_number_with_a_remark_is_read_and_reported(cell: str, value: float, rule: str) -> None:
    assert read(cell) == ([value], [rule])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("85%", True),
        ("85% (tăng 2%)", True),
        ("85%*", True),
        ("2 (20%)", False),
        ("85", False),
        (85.0, False),
    ],
)
def test_a_percentage_is_one_whatever_stands_beside_it(cell: object, expected: bool) -> None:
    assert is_percent(cell) is expected


def test_the_column_decides_what_one_cell_leaves_open() -> None:
    assert read("1.234", "0,5", "12") == ([1234.0, 0.5, 12.0], [None, None, None])
    assert read("1.234", "0.5") == ([1.234, 0.5], [None, None])


def test_a_column_that_contradicts_itself_decides_nothing() -> None:
    values, issues = read("1.234", "0,5", "0.5")
    assert values == [None, 0.5, 0.5]
    assert issues == ["number_ambiguous", None, None]


def test_the_question_names_both_readings() -> None:
    _, issues = convert("value", ["1.234"])
    assert issues[0] is not None
    assert issues[0].params == {"reading_1": "1234", "reading_2": "1,234"}


@pytest.mark.parametrize("cell", ["Không áp dụng", "KHÔNG ÁP DỤNG", "n/a", "N/A", "kad"])
def test_words_for_not_applicable_are_read(cell: str) -> None:
    assert read(cell)[0] == [NOT_APPLICABLE]


@given(st.decimals(0, 10**9, places=2), st.booleans())
def test_both_ways_of_writing_give_the_same_number(number: object, is_vietnamese: bool) -> None:
    text = f"{number:,.2f}"
    if is_vietnamese:
        text = text.translate(str.maketrans(",.", ".,"))
    values, issues = read(text)
    assert issues == [None]
    assert values[0] == pytest.approx(float(number))  # type: ignore[arg-type]


@given(st.text(max_size=20))
def test_any_text_is_read_or_asked_about_and_never_raises(text: str) -> None:
    values, issues = read(text)
    assert (
        issues[0] is not None
        or values[0] is None
        or isinstance(values[0], float)
        or values[0] is NOT_APPLICABLE
    )
