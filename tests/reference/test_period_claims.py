"""Mentions of periods in running text: with and without a year, spans that are no period, dates that are none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.reference.period_claims import Claim
from warehouse.reference.period_words import claims_in
from warehouse.reference.periods import from_code


def codes(text: str, is_bare: bool = False) -> list[str | None]:
    """Return the code of each mention, None for one that names no period of the calendar."""
    return [claim.period.code if claim.period else None for _, claim in claims_in(text, is_bare)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BÁO CÁO CÔNG TÁC DÂN VẬN THÁNG 9 NĂM 2026", ["2026-09"]),
        ("tháng 9-2026", ["2026-09"]),
        ("THÁNG CHÍN NĂM 2026", ["2026-09"]),
        ("Tháng: 9 Năm: 2026", ["2026-09"]),
        ("T9/2026", ["2026-09"]),
        ("6 tháng đầu năm 2026", ["2026-6M"]),
        ("chín tháng đầu năm 2026", ["2026-9M"]),
        ("tháng 1 đến tháng 6 năm 2026", ["2026-6M"]),
        ("QUÝ I NĂM 2026", ["2026-Q1"]),
        ("12 tháng năm 2026", ["2026"]),
        ("giai đoạn 2021–2025", ["2021-2025"]),
        ("từ ngày 01/9/2026 đến hết ngày 30/9/2026", ["2026-09"]),
        ("tháng 9 và 9 tháng đầu năm 2026", [None, "2026-9M"]),
        ("6 tháng cuối năm 2026", [None]),
        ("Quý II/2026", [None]),
        ("tháng 7, 8 năm 2026", [None]),
        ("từ 15/8/2026 đến 14/9/2026", [None]),
        ("Tháng 9/26", [None]),
        ("Tân Thành, ngày 02 tháng 10 năm 2026", []),
        ("ngày … tháng 10 năm 2026", []),
        ("ngày 02/10/2026", []),
        ("Nghị định 59/2023/NĐ-CP", []),
        ("tháng …… năm 2026", []),
        ("quỹ 1 năm", []),
        ("giám sát định kỳ 6 tháng", []),
    ],
)
def test_mentions_in_a_title(text: str, expected: list[str | None]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9/2026", ["2026-09"]),
        ("Thang 9.2026", ["2026-09"]),
        ("9T 2026", ["2026-9M"]),
        ("2026", ["2026"]),
        ("2021-2025", ["2021-2025"]),
        ("T9", [None]),
        ("10/26", [None]),
        ("Sheet9", []),
        ("Biểu 1", []),
    ],
)
def test_bare_mentions_behind_a_label_or_in_the_name_of_a_sheet(
    text: str, expected: list[str | None]
) -> None:
    assert codes(text, is_bare=True) == expected
    if text != "Thang 9.2026":
        assert codes(text) == []


def test_a_month_without_a_year_takes_the_year_that_it_is_given() -> None:
    ((_, claim),) = claims_in("tháng 9")
    assert claim.needs_year
    period = claim.in_year(2026).period
    assert period is not None
    assert period.code == "2026-09"


def test_days_without_a_year_run_over_new_year() -> None:
    ((_, claim),) = claims_in("Từ ngày 15/12 đến 14/01/2027")
    assert claim.days == (date(2026, 12, 15), date(2027, 1, 14))


@pytest.mark.parametrize(
    ("text", "allowed", "refused"),
    [
        ("năm 2026", ["2026-09", "2026-9M", "2026"], ["2025-09", "2025"]),
        ("giai đoạn 2021-2025", ["2023", "2021-2025"], ["2026", "2026-01"]),
        ("tháng 9", ["2026-09", "2025-09"], ["2026-10", "2026-9M"]),
        ("9 tháng đầu năm 2026", ["2026-9M"], ["2026-09", "2026"]),
        ("quý III/2026", ["2026-09"], ["2026-06", "2026-9M"]),
        ("từ 15/8/2026 đến 14/9/2026", ["2026-09"], ["2026-08", "2026-9M"]),
    ],
)
def test_a_text_allows_the_periods_that_it_can_stand_above(
    text: str, allowed: list[str], refused: list[str]
) -> None:
    ((_, claim),) = claims_in(text)
    assert [code for code in (*allowed, *refused) if claim.allows(from_code(code))] == allowed  # type: ignore[arg-type]


@given(st.text(max_size=60), st.booleans())
def test_any_text_can_be_asked(text: str, is_bare: bool) -> None:
    for place, claim in claims_in(text, is_bare):
        assert place >= 0
        assert isinstance(claim, Claim)
        assert claim.period is None or claim.allows(claim.period)


@given(st.integers(2009, 2035), st.integers(1, 12))
def test_every_month_is_read_as_itself(year: int, month: int) -> None:
    code = f"{year}-{month:02d}"
    for text in (f"tháng {month} năm {year}", f"THÁNG {month:02d}/{year}", f"({code})"):
        assert codes(f"Báo cáo {text}") == [code]
