"""Lines over time: gaps stay gaps, and the page opens with a period that is reported."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest

from dashboard import timeline

CALENDAR = pd.DataFrame(
    [
        ("2025-6M", "6M", "2025-06-30"),
        ("2025", "year", "2025-12-31"),
        ("2026-01", "month", "2026-01-31"),
        ("2026-02", "month", "2026-02-28"),
        ("2026-03", "month", "2026-03-31"),
        ("2026-Q1", "quarter", "2026-03-31"),
        ("2026-6M", "6M", "2026-06-30"),
    ],
    columns=["period_code", "period_type", "period_end_date"],
).astype({"period_end_date": "datetime64[ns]"})


def series(codes: list[str], is_rate: bool = True, frequency: str = "month") -> pd.DataFrame:
    """Figures of one indicator in these periods."""
    frame = CALENDAR[CALENDAR["period_code"].isin(codes)].copy()
    return frame.assign(value=range(len(frame)), is_rate=is_rate, frequency=frequency)


def test_a_month_without_a_report_is_a_row_without_a_value() -> None:
    line = timeline.with_gaps(series(["2026-01", "2026-03", "2026-Q1"]), CALENDAR)
    assert line["period_code"].tolist() == ["2026-01", "2026-02", "2026-03"]
    assert line["value"].isna().tolist() == [False, True, False]


@pytest.mark.parametrize("is_rate", [True, False])
def test_a_cumulative_figure_keeps_to_one_type(is_rate: bool) -> None:
    line = timeline.with_gaps(
        series(["2025-6M", "2025", "2026-6M"], is_rate=is_rate, frequency="6M"), CALENDAR
    )
    assert line["period_code"].tolist() == ["2025-6M", "2026-6M"]


def test_phases_overlap_and_have_no_gaps() -> None:
    phases = pd.DataFrame(
        {
            "period_code": ["2017-2020", "2021-2025"],
            "period_type": "phase",
            "period_end_date": pd.to_datetime(["2020-12-31", "2025-12-31"]),
            "value": [50.0, 60.0],
            "is_rate": False,
            "frequency": "phase",
        }
    )
    assert timeline.with_gaps(phases, CALENDAR)["value"].tolist() == [50.0, 60.0]


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
    assert timeline.latest_complete(periods, date(2026, 7, 15)) == expected


def test_an_old_complete_period_does_not_hide_a_newer_one() -> None:
    periods = pd.DataFrame(
        {
            "period_code": ["2023", "2016"],
            "period_type": "year",
            "period_end_date": pd.to_datetime(["2023-12-31", "2016-12-31"]),
            "coverage_ratio": [1 / 3, 1.0],
        }
    )
    assert timeline.latest_complete(periods, date(2026, 11, 20)) == "2023"


def test_a_period_that_has_not_ended_is_not_opened_with() -> None:
    periods = CALENDAR.iloc[[6, 5]].assign(coverage_ratio=1.0)
    assert timeline.latest_complete(periods, date(2026, 6, 1)) == "2026-Q1"
    with pytest.raises(IndexError):
        timeline.latest_complete(periods.iloc[:0], date(2026, 6, 1))
