"""The points of one indicator's line: which periods stand in it, and where figures are missing."""

from __future__ import annotations

import pandas as pd

from dashboard.language import dates, figures
from dashboard.language.texts import Language

MONTH = "month"
PHASE = "phase"


def with_gaps(series: pd.DataFrame, periods: pd.DataFrame) -> pd.DataFrame:
    """Return one indicator's figures, with a row of nulls for every period in between that has none.

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


def points(timeline: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Return a timeline with the texts and verdicts that `small_line` draws."""
    rows = list(timeline.itertuples())
    names = [dates.period(row.period_code, language) for row in rows]
    return timeline.assign(
        tick=[dates.short_period(row.period_code, language) for row in rows],
        verdict=[figures.verdict_code(row) for row in rows],
        hover=[figures.hover_text(name, row, language) for name, row in zip(names, rows, strict=True)],
    )
