"""Helpers that open pages without a browser: the app's script, and the text of a page."""

from __future__ import annotations

import re
from html import unescape

import pandas as pd
from streamlit.testing.v1 import AppTest

from warehouse.settings import PROJECT_DIR

APP = str(PROJECT_DIR / "dashboard" / "app.py")
TIMEOUT_SECONDS = 60


def said(test: AppTest) -> str:
    """Return all the text of the page, without its mark-up; titles of folded parts stand last."""
    titles = [part.label.strip("*") for part in test.expander]
    html = " ".join([*(str(element.proto.body) for element in test.get("html")), *titles])
    return re.sub(r"\s+", " ", unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)))


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
