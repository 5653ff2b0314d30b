"""Which periods of an indicator stand in one line, and where figures are missing."""

from __future__ import annotations

from datetime import date

import pandas as pd

MONTH = "month"
PHASE = "phase"
CUMULATIVE_TYPES = ("quarter", "6M", "9M", "year")
COMPLETE_COVERAGE = 0.8
"""A period of which four in five reports are in is complete enough to open with."""


DAYS_LOOKED_BACK = 366
"""What is complete but more than a year older than the latest figure is no place to open."""


def latest_complete(periods: pd.DataFrame, as_of: date) -> str:
    """The period to open with: the latest that has ended and is nearly all reported, else the latest that has ended.

    `periods` has `period_code`, `period_type`, `period_end_date`, `coverage_ratio` and is sorted, latest first. Raises
    IndexError when it is empty.
    """
    ended = periods[(periods["period_end_date"] <= pd.Timestamp(as_of)) & (periods["period_type"] != PHASE)]
    recent = ended[
        ended["period_end_date"] >= ended["period_end_date"].max() - pd.Timedelta(days=DAYS_LOOKED_BACK)
    ]
    complete = recent[recent["coverage_ratio"].fillna(0) >= COMPLETE_COVERAGE]
    for candidates in (complete, ended, periods):
        if not candidates.empty:
            return str(candidates["period_code"].iloc[0])
    raise IndexError("no period has a figure")


def with_gaps(series: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """One indicator's figures with a row of nulls for every period in between that has none.

    Figures of different lengths are not mixed: a monthly indicator keeps to its months; a cumulative rate runs through
    quarter, six months, nine months, year; a cumulative count keeps to the type of its last period, since it starts
    anew each January.
    """
    last_type = series.sort_values(["period_end_date", "period_code"])["period_type"].iloc[-1]
    if series["frequency"].iloc[0] == MONTH and (series["period_type"] == MONTH).any():
        last_type = MONTH
    is_running_rate = bool(series["is_rate"].iloc[0]) and last_type in CUMULATIVE_TYPES
    candidates = CUMULATIVE_TYPES if is_running_rate else (last_type,)
    # What is reported by year alone has no gap at each quarter.
    types = tuple(kind for kind in candidates if (series["period_type"] == kind).any())
    kept = series[series["period_type"].isin(types)]
    if last_type == PHASE:
        # Phases overlap, each as its guidance set it: one is no gap in another.
        return kept.sort_values(["period_end_date", "period_code"], ignore_index=True)
    span = periods[
        periods["period_type"].isin(types)
        & periods["period_end_date"].between(kept["period_end_date"].min(), kept["period_end_date"].max())
    ]
    known = kept.drop(columns=["period_type", "period_end_date"])
    whole = span[["period_code", "period_type", "period_end_date"]].merge(known, on="period_code", how="left")
    return whole.sort_values(["period_end_date", "period_code"], ignore_index=True)
