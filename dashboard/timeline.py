"""Which periods of an indicator stand in one line, and where figures are missing."""

from __future__ import annotations

from datetime import date

import pandas as pd

MONTH = "month"
PHASE = "phase"
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

    Figures of different lengths are not mixed: a monthly indicator keeps to its months, any other to the type of its last
    period. Cumulative figures start anew each January, so a line from a year to the next six months would show a fall
    where there is none.
    """
    last_type = series.sort_values(["period_end_date", "period_code"])["period_type"].iloc[-1]
    if series["frequency"].iloc[0] == MONTH and (series["period_type"] == MONTH).any():
        last_type = MONTH
    kept = series[series["period_type"] == last_type]
    if last_type == PHASE:
        # Phases overlap, each as its guidance set it: one is no gap in another.
        return kept.sort_values(["period_end_date", "period_code"], ignore_index=True)
    span = periods[
        (periods["period_type"] == last_type)
        & periods["period_end_date"].between(kept["period_end_date"].min(), kept["period_end_date"].max())
    ]
    known = kept.drop(columns=["period_type", "period_end_date"])
    whole = span[["period_code", "period_type", "period_end_date"]].merge(known, on="period_code", how="left")
    return whole.sort_values(["period_end_date", "period_code"], ignore_index=True)
