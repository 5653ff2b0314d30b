"""Run one page in its frame: language, masthead, release, the page itself, and a state in words when it fails."""

from __future__ import annotations

import logging
import sys
import uuid
from pathlib import Path

import streamlit as st

# `streamlit run dashboard/app.py` puts this folder on the path, not the project's.
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from dashboard.data import release as data
from dashboard.language.texts import Language, language
from dashboard.pages import PAGES
from dashboard.ui import address, frame, style, view

ICON = Path(__file__).with_name("assets") / "icon.svg"
log = logging.getLogger("dashboard")


def main() -> None:
    """Draw one page for one reader."""
    words = language(address.wanted_language())
    st.set_page_config(page_title=words("product.name"), page_icon=str(ICON), layout="wide")
    st.html(style.style_sheet())
    pages = {
        spec.code: st.Page(
            spec.script, title=words(f"page.{spec.code}"), url_path=spec.code, default=spec is PAGES[0]
        )
        for spec in PAGES
    }
    page = st.navigation(list(pages.values()), position="hidden")
    page_code = next(code for code, candidate in pages.items() if candidate is page or candidate == page)
    frame.masthead(words, page_code, pages, address.carried())
    try:
        release = data.current_release()
        if release is None:
            frame.no_release(words)
            return
        view.hold(view.View(words, release, page_code))
        with st.spinner(words("state.loading")):
            page.run()
    except data.DamagedRelease as damage:
        _fail(words, page_code, damage.shown_name)
    except Exception:
        _fail(words, page_code)


def _fail(words: Language, page_code: str, damaged_file: str = "") -> None:
    reference = uuid.uuid4().hex[:8]
    log.exception("page %s failed, reference %s", page_code, reference)
    frame.failed(words, reference, damaged_file)


main()
