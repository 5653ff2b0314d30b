"""The blocks that this page alone has: receipt, progress of a mended file, the words of the widget for files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st


def receipt(title: str, lines: Sequence[str], next_step: str) -> None:
    """Draw what was handed in, as on a slip of paper."""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    st.html(
        f'<div class="receipt" role="status"><h3>{escape(title)}</h3><ul>{items}</ul><p>{escape(next_step)}</p></div>'
    )


def progress(title: str, lines: Sequence[str], source: str, *, is_settled: bool) -> None:
    """Say what became of the findings of an earlier file; `source` names that file."""
    more = "".join(f"<p>{escape(line)}</p>" for line in lines)
    kind = f"progress{' settled' if is_settled else ''}"
    st.html(
        f'<div class="{kind}" role="status"><p><strong>{escape(title)}</strong></p>{more}'
        f'<p class="quiet">{escape(source)}</p></div>'
    )


def uploader_words(words: Mapping[str, str]) -> None:
    """Set the words inside the widget for files, which speaks English alone: the style sheet shows these instead."""
    values = "".join(f"--uploader-{name}: {_css_text(text)};" for name, text in words.items())
    st.html(f"<style>.st-key-submit_files {{ {values} }}</style>")


def _css_text(text: str) -> str:
    plain = text.replace("\\", "").replace('"', "'").replace("<", "").replace("\n", " ")
    return f'"{plain}"'
