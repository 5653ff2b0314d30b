"""The style sheet of all pages; colours and marks that charts share are in `dashboard.charts.theme`."""

from __future__ import annotations

from pathlib import Path


def style_sheet() -> str:
    """Return the style sheet as a `<style>` element."""
    return f"<style>{Path(__file__).with_name('style.css').read_text(encoding='utf-8')}</style>"
