"""Choices that live in the address, so that a shared link opens the same view.

The address is the only memory: each widget is set from it before it is drawn and writes to it when it is used. A value
that is not among the options falls back to the default, so that an old link still opens.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard.language.texts import DEFAULT_LANGUAGE, LANGUAGES
from dashboard.ui.view import View

CARRIED = ("lang", "province")
"""Choices that go along from page to page."""

LONGEST_TEXT = 80
"""A search is a few words; an address must stay short enough to be sent on."""

SMALL_CHOICE = 4
"""Up to so many options lie open side by side; more are folded into a list."""


def wanted_language() -> str:
    """Return the language that the address asks for."""
    code = st.query_params.get("lang", DEFAULT_LANGUAGE)
    return code if code in LANGUAGES else DEFAULT_LANGUAGE


def set_language(code: str) -> None:
    """Put the language into the address; all other choices stay."""
    st.query_params["lang"] = code


def carried() -> dict[str, str]:
    """Return the choices to hand to another page."""
    return {name: st.query_params[name] for name in CARRIED if name in st.query_params}


def value(view: View, name: str, options: Sequence[str], default: str) -> str:
    """Return the choice in force, without a widget."""
    asked = st.query_params.get(name, default)
    chosen = asked if asked in options else default
    view.shown[name] = chosen
    return chosen


def select(
    view: View, name: str, *, label: str, options: Sequence[str], default: str, text: Callable[[str], str]
) -> str:
    """A list to choose from, searchable by typing."""
    key = _prepare(view, name, options, default)
    st.selectbox(label, options, format_func=text, key=key, on_change=_remember, args=(name, key))
    return view.shown[name]


def switch(
    view: View, name: str, *, label: str, options: Sequence[str], default: str, text: Callable[[str], str]
) -> str:
    """A few options side by side, one of them chosen."""
    key = _prepare(view, name, options, default)
    st.segmented_control(
        label, options, format_func=text, key=key, required=True, on_change=_remember, args=(name, key)
    )
    return view.shown[name]


def slide(
    view: View, name: str, *, label: str, options: Sequence[str], default: str, text: Callable[[str], str]
) -> str:
    """Options in an order, to slide along; few of them lie open instead."""
    if len(options) <= SMALL_CHOICE:
        return switch(view, name, label=label, options=options, default=default, text=text)
    key = _prepare(view, name, options, default)
    st.select_slider(label, options, format_func=text, key=key, on_change=_remember, args=(name, key))
    return view.shown[name]


def text(view: View, name: str, *, label: str, hint: str) -> str:
    """Words to search for; `hint` stands in the empty field."""
    key = f"choice_{view.page_code}_{name}_{view.language.code}"
    st.session_state[key] = view.shown[name] = st.query_params.get(name, "")[:LONGEST_TEXT]
    st.text_input(
        label, key=key, placeholder=hint, max_chars=LONGEST_TEXT, on_change=_remember, args=(name, key)
    )
    return view.shown[name]


def _prepare(view: View, name: str, options: Sequence[str], default: str) -> str:
    # The language is part of the key: a widget whose labels change must not keep the old ones.
    key = f"choice_{view.page_code}_{name}_{view.language.code}"
    st.session_state[key] = value(view, name, options, default)
    return key


def _remember(name: str, key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen is not None:
        st.query_params[name] = chosen
