"""What a page opens with when the address does not say."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from dashboard import address
from dashboard.view import View

RECENT = timedelta(days=366)
"""What was reported within a year counts as recent."""

COUNTRY = "VN"
MOST = 0.5
"""The country is the place to start when at least half of what is expected of it has come."""


def province(view: View) -> tuple[str, pd.Series]:
    """Let the reader choose the country or a province of today: its code, and its row of `scopes`."""
    as_of = view.release.as_of_date
    scopes = view.read("scopes", since_date=as_of - RECENT, until_date=as_of).set_index("unit_code")
    code = address.select(
        view,
        "province",
        label=view.language("choice.scope"),
        options=scopes.index.tolist(),
        default=default_province(scopes),
        text=lambda item: str(scopes.at[item, "unit_name"]),
    )
    return code, scopes.loc[code]


def default_province(scopes: pd.DataFrame) -> str:
    """The code to open with: the country when most of it reports, else the province that reports most indicators.

    `scopes` is indexed by code and has `indicator_count` and `coverage_ratio`.
    """
    if COUNTRY in scopes.index and (scopes["coverage_ratio"].fillna(0).get(COUNTRY, 0.0) >= MOST):
        return COUNTRY
    provinces = scopes.drop(index=COUNTRY, errors="ignore")
    if provinces.empty or provinces["indicator_count"].max() == 0:
        return COUNTRY if COUNTRY in scopes.index else str(scopes.index[0])
    return str(provinces["indicator_count"].idxmax())


def default_indicator(indicators: pd.DataFrame) -> str:
    """The indicator to open a comparison with: one that most provinces have, our own before a panel's."""
    widest = indicators[indicators["province_count"] >= indicators["province_count"].max() * MOST]
    return str(widest["indicator_code"].iloc[0])
