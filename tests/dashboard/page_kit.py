"""Helpers that open pages without a browser: the app's script, and the text of a page."""

from __future__ import annotations

import re
from html import unescape

from streamlit.testing.v1 import AppTest

from warehouse.settings import PROJECT_DIR

APP = str(PROJECT_DIR / "dashboard" / "app.py")
TIMEOUT_SECONDS = 60


def said(test: AppTest) -> str:
    """Return all the text of the page, without its mark-up."""
    html = " ".join(str(element.proto.body) for element in test.get("html"))
    return re.sub(r"\s+", " ", unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL)))
