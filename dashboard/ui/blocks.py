"""The blocks that a page is made of: sections, notes, legends, charts, tables, files to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.charts import theme
from dashboard.charts.base import CONFIG
from dashboard.language.texts import Language
from dashboard.ui import exports, tables
from dashboard.ui.about import About
from dashboard.ui.view import View, address_of

LONG_TABLE = 20
"""A table with more rows scrolls in a box of its own."""


def section(title: str, sentence: str = "", anchor: str = "") -> None:
    """Draw the heading of a part of the page and a sentence on it; `anchor` lets a link lead here."""
    line = f"<p>{escape(sentence)}</p>" if sentence else ""
    place = f' id="{escape(anchor, quote=True)}"' if anchor else ""
    st.html(f'<div class="section"{place}><h2>{escape(title)}</h2>{line}</div>')


@contextmanager
def folded(title: str, sentence: str = "", anchor: str = "", is_open: bool = False) -> Iterator[None]:
    """Draw a long part of the page under its title alone; the reader opens it."""
    if anchor:
        st.html(f'<div id="{escape(anchor, quote=True)}"></div>')
    with st.expander(f"**{title}**", expanded=is_open):
        if sentence:
            note(sentence)
        yield


def note(text: str) -> None:
    """Draw a quiet line."""
    st.html(f'<p class="quiet">{escape(text)}</p>')


def alert(text: str) -> None:
    """Draw a warning that the reader must see before going on."""
    st.html(f'<p class="alert" role="alert">{escape(text)}</p>')


def empty(view: View, text: str) -> None:
    """Say that nothing was reported: grey, in words, without axes that could be taken for zero."""
    st.html(
        f'<div class="state empty"><p><strong>{escape(view.language("state.empty"))}</strong></p>'
        f"<p>{escape(text)}</p></div>"
    )


def legend(language: Language, codes: Sequence[str] = tuple(theme.VERDICTS)) -> None:
    """Draw the marks of the verdicts with their words."""
    items = "".join(
        f"<li>{tables.mark(code)} {escape(language.name('verdict', code))}</li>" for code in codes
    )
    st.html(f'<ul class="legend">{items}</ul>')


def colour_legend(items: Sequence[tuple[str, str]], notes: Sequence[str] = ()) -> None:
    """Draw colours with their words, then notes on what else the picture uses."""
    swatches = "".join(
        f'<li><span class="swatch" style="background:{colour}"></span>{escape(text)}</li>'
        for colour, text in items
    )
    lines = "".join(f"<li>{escape(line)}</li>" for line in notes)
    st.html(f'<ul class="legend">{swatches}{lines}</ul>')


def simulated_banner(view: View, frames: Iterable[pd.DataFrame]) -> bool:
    """Say which figures and targets of the page are simulated; return whether any figure is."""
    flags = [frame for frame in frames if not frame.empty and "is_simulated" in frame.columns]
    is_simulated = any(frame["is_simulated"].fillna(False).astype(bool).any() for frame in flags)
    targets = [frame["is_target_simulated"] for frame in flags if "is_target_simulated" in frame.columns]
    has_simulated_target = any(target.fillna(False).astype(bool).any() for target in targets)
    if not is_simulated and not has_simulated_target:
        if flags:
            note(view.language("simulated.real"))
        return False
    has_real = any((~frame["is_simulated"].fillna(False).astype(bool)).any() for frame in flags)
    key = "simulated.targets" if not is_simulated else ("simulated.some" if has_real else "simulated.all")
    word = view.language("simulated.word")
    st.html(
        f'<p class="simulated" role="note"><strong>{escape(word)}</strong> {escape(view.language(key))}</p>'
    )
    return is_simulated


def chart(
    view: View,
    figure: go.Figure,
    name: str,
    *,
    title: str,
    sentence: str,
    about: About,
    draw_legend: Callable[[], None] | None = None,
) -> None:
    """Draw a picture with its title, the sentence that describes it, its legend and its sources."""
    section(title, sentence)
    if draw_legend:
        draw_legend()
    plot(view, figure, name, alt=f"{title}. {sentence}")
    caption(view, about)


def plot(view: View, figure: go.Figure, name: str, *, alt: str) -> None:
    """Draw a figure alone; `name` is its own on the page, `alt` describes it in words."""
    st.plotly_chart(figure, config=CONFIG, theme=None, key=f"chart_{view.page_code}_{name}", alt=alt)


def caption(view: View, about: About) -> None:
    """Draw period, boundaries, source, coverage and release of the figures above."""
    st.html(f'<p class="about">{escape(" · ".join(about.lines(view.release.release_id, view.language)))}</p>')


def table(view: View, content: tables.Table) -> None:
    """Draw a table; a long one scrolls in its own box."""
    st.html(tables.html(tables.without_blank_columns(content), is_long=len(content.rows) > LONG_TABLE))


def download(view: View, frame: pd.DataFrame, name: str, about: About) -> None:
    """Offer the figures as a file for Excel, with their sources in its first lines."""
    notes = [
        view.language(f"page.{view.page_code}"),
        *about.lines(view.release.release_id, view.language),
        f"{view.language('about.address')}: {address_of(view.page_code, {**view.shown, 'lang': view.language.code})}",
    ]
    st.download_button(
        view.language("download.csv"),
        lambda: exports.csv_bytes(frame, notes, view.language),
        file_name=f"{name}_{view.release.release_id}.csv",
        mime="text/csv",
        key=f"download_{view.page_code}_{name}",
        on_click="ignore",
        type="tertiary",
        icon=":material/download:",
    )
