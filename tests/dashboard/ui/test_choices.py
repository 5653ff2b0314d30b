"""The scope that a page opens with."""

from __future__ import annotations

import pandas as pd

from dashboard.ui import choices


def scopes(country_coverage: float | None, counts: dict[str, int]) -> pd.DataFrame:
    """Return scopes by code, with their latest reports."""
    frame = pd.DataFrame({"indicator_count": counts})
    frame["coverage_ratio"] = [country_coverage if code == "VN" else 1.0 for code in frame.index]
    return frame


def test_a_page_opens_with_a_scope_that_reports() -> None:
    assert choices.default_province(scopes(0.06, {"VN": 20, "08": 12, "20": 14})) == "20"
    assert choices.default_province(scopes(0.9, {"VN": 20, "08": 12, "20": 14})) == "VN"
    assert choices.default_province(scopes(None, {"VN": 0, "08": 0, "20": 0})) == "VN"
