"""Dates: day/month/year, Excel's numbers, ISO; the impossible and the ambiguous are asked back."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.intake.cells.dates import convert

DAY = date(2026, 3, 5)


def read(*cells: object) -> tuple[list[date | None], list[str | None]]:
    values, issues = convert("due_date", cells)
    return values, [issue.rule if issue else None for issue in issues]


@pytest.mark.parametrize(
    "cell",
    [
        DAY,
        datetime(2026, 3, 5, 10, 30),
        46086,
        46086.0,
        "46086",
        "05/03/2026",
        "5/3/2026",
        "5-3-2026",
        "5.3.2026",
        "2026-03-05",
        "2026-03-05T00:00:00",
        "ngày 5 tháng 3 năm 2026",
        "Ngày 05 tháng 03 năm 2026",
        "5 thg 3, 2026",
        "05-thg3-2026",
        "5-Mar-2026",
        "05/03/2026 10:30",
        "2026/03/05",
        "2026.3.5",
    ],
)
def test_a_clear_date_is_read(cell: object) -> None:
    assert read(cell) == ([DAY], [None])


@pytest.mark.parametrize(
    ("cell", "rule"),
    [
        ("31/02/2026", "date_unreadable"),
        ("10/25/2026", "date_unreadable"),
        ("5/3/26", "date_ambiguous"),
        ("tháng 3/2026", "date_unreadable"),
        ("2026", "date_unreadable"),
        (2026, "date_unreadable"),
        (True, "date_unreadable"),
        ("2026-13-05", "date_unreadable"),
        ("5-Mai-2026", "date_unreadable"),
        ("2026/03-05", "date_unreadable"),
    ],
)
def test_what_is_not_a_clear_date_is_asked_back(cell: object, rule: str) -> None:
    assert read(cell) == ([None], [rule])


def test_a_column_with_months_first_makes_its_other_dates_doubtful() -> None:
    values, issues = read("03/04/2026", "10/25/2026", "05/05/2026")
    assert values == [None, None, date(2026, 5, 5)]
    assert issues == ["date_ambiguous", "date_unreadable", None]


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_back_as_officers_write_it(day: date) -> None:
    assert read(f"{day:%d/%m/%Y}") == ([day], [None])
