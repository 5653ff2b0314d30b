"""The period that the overview opens with."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard.app_pages.overview.periods import latest_complete
from tests.dashboard.page_kit import CALENDAR


@pytest.mark.parametrize(
    ("coverages", "expected"),
    [
        ({"2026-6M": 0.9, "2026-Q1": 1.0}, "2026-6M"),
        ({"2026-6M": 0.3, "2026-Q1": 1.0}, "2026-Q1"),
        ({"2026-6M": 0.3, "2026-Q1": 0.1}, "2026-6M"),
        ({"2026-6M": None, "2026-Q1": 0.8}, "2026-Q1"),
    ],
)
def test_the_page_opens_with_the_latest_complete_period(coverages: dict[str, float], expected: str) -> None:
    periods = CALENDAR[CALENDAR["period_code"].isin(list(coverages))].sort_values(
        "period_end_date", ascending=False
    )
    periods = periods.assign(coverage_ratio=periods["period_code"].map(coverages))
    assert latest_complete(periods, date(2026, 7, 15)) == expected


def test_an_old_complete_period_does_not_hide_a_newer_one() -> None:
    periods = pd.DataFrame(
        {
            "period_code": ["2023", "2016"],
            "period_type": "year",
            "period_end_date": pd.to_datetime(["2023-12-31", "2016-12-31"]),
            "coverage_ratio": [1 / 3, 1.0],
        }
    )
    assert latest_complete(periods, date(2026, 11, 20)) == "2023"


def test_a_period_that_has_not_ended_is_not_opened_with() -> None:
    periods = CALENDAR.iloc[[6, 5]].assign(coverage_ratio=1.0)
    assert latest_complete(periods, date(2026, 6, 1)) == "2026-Q1"
    with pytest.raises(IndexError):
        latest_complete(periods.iloc[:0], date(2026, 6, 1))
