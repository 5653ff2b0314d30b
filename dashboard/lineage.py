"""Which of the values received a figure is made of."""

from __future__ import annotations

import math

import pandas as pd

from dashboard import formats, labels

TOTAL_REPORTED = "total_reported"


def contributing(found: pd.DataFrame, figure: labels.Row) -> tuple[pd.DataFrame, bool]:
    """The rows of `found` behind `figure`, and whether the unit's own report is all there is to it.

    A unit's own report is shown with its earlier revisions when it is the figure. Otherwise the figure is a sum: of all
    values in force, except that where a report is the total of its area (`rollup` is `total_reported`) the values of
    the units below it are not added to it and so left out.
    """
    own = found[found["is_own"].astype(bool)]
    in_force = found[found["known_to"].isna() & found["value"].notna()]
    if any(
        math.isclose(value, figure.value, abs_tol=1e-9)
        for value in own.loc[own["known_to"].isna(), "value"].dropna()
    ):
        return own, True
    if in_force.empty or in_force["rollup"].iloc[0] != TOTAL_REPORTED:
        return in_force, False
    reporting = set(in_force["unit_key"])
    is_below = [
        row.parent_unit_key in reporting
        or (formats.is_known(row.grandparent_unit_key) and row.grandparent_unit_key in reporting)
        for row in in_force.itertuples()
    ]
    return in_force[[not below for below in is_below]], False
