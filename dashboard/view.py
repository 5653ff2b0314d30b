"""What a page is given: the language, the release, and the choices that stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import streamlit as st

from dashboard import data
from dashboard.language import Language
from dashboard.pages import PAGES

_STATE_KEY = "_view"


@dataclass(frozen=True)
class View:
    """One run of one page for one reader. `shown` collects the choices in force, for links to this very view."""

    language: Language
    release: data.Release
    page_code: str
    shown: dict[str, str] = field(default_factory=dict)

    def read(self, query: str, /, **parameters: data.Parameter) -> data.Frame:
        """The rows of `queries/<query>.sql` in this release. Raises whatever the reader raises."""
        return data.frame(self.release, query, **parameters)

    def link(self, page_code: str, choices: Mapping[str, str | None]) -> str:
        """The address of a page with these choices, in the reader's language."""
        return address_of(page_code, {"lang": self.language.code, **choices})


def address_of(page_code: str, choices: Mapping[str, str | None]) -> str:
    """A relative address: pages lie side by side, the first of them at the root itself."""
    path = "./" if page_code == PAGES[0].code else page_code
    known = {name: value for name, value in choices.items() if value}
    return f"{path}?{urlencode(known)}" if known else path


def hold(view: View) -> None:
    """Keep the view for the page that runs next."""
    st.session_state[_STATE_KEY] = view


def current() -> View:
    """The view held by `app.py` for this run."""
    view: View = st.session_state[_STATE_KEY]
    return view
