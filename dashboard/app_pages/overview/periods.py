"""The period that the overview opens with."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd

PHASE = "phase"
COMPLETE_COVERAGE = 0.8
"""A period of which four in five reports are in is complete enough to open with."""

LOOKED_BACK = timedelta(days=366)
"""A complete period is not opened with when it ended more than a year before the latest figure."""


def latest_complete(periods: pd.DataFrame, as_of: date) -> str:
    """Return the latest period that has ended and is nearly all reported, else the latest that has ended.

    `periods` has `period_code`, `period_type`, `period_end_date`, `coverage_ratio` and is sorted, latest first. Raises
    IndexError when it is empty.
    """
    ended = periods[(periods["period_end_date"] <= pd.Timestamp(as_of)) & (periods["period_type"] != PHASE)]
    recent = ended[ended["period_end_date"] >= ended["period_end_date"].max() - LOOKED_BACK]
    complete = recent[recent["coverage_ratio"].fillna(0) >= COMPLETE_COVERAGE]
    for candidates in (complete, ended, periods):
        if not candidates.empty:
            return str(candidates["period_code"].iloc[0])
    raise IndexError("no period has a figure")
