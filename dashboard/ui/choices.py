"""The choice of the country or a province of today, which most pages open with."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from dashboard.ui import address
from dashboard.ui.view import View

RECENT = timedelta(days=366)
"""A report of the last year counts as recent."""

COUNTRY = "VN"
MOST = 0.5
"""A page opens with the country when at least half of the reports that it expects are there."""


def scopes(view: View) -> pd.DataFrame:
    """Return the country and today's provinces by code, with what they reported lately."""
    as_of = view.release.as_of_date
    found = view.read_shared("scopes", since_date=as_of - RECENT, until_date=as_of)
    return found.set_index("unit_code")


def province(view: View) -> tuple[str, pd.Series]:
    """Let the reader choose the country or a province of today; return its code and its row of `scopes`."""
    offered = scopes(view)
    code = address.select(
        view,
        "province",
        label=view.language("choice.scope"),
        options=offered.index.tolist(),
        default=default_province(offered),
        text=lambda item: str(offered.at[item, "unit_name"]),
    )
    return code, offered.loc[code]


def default_province(offered: pd.DataFrame) -> str:
    """Return the code to open with: the country when most of it reports, else the province with most indicators.

    `offered` is indexed by code and has `indicator_count` and `coverage_ratio`.
    """
    if COUNTRY in offered.index and (offered["coverage_ratio"].fillna(0).get(COUNTRY, 0.0) >= MOST):
        return COUNTRY
    provinces = offered.drop(index=COUNTRY, errors="ignore")
    if provinces.empty or provinces["indicator_count"].max() == 0:
        return COUNTRY if COUNTRY in offered.index else str(offered.index[0])
    return str(provinces["indicator_count"].idxmax())
