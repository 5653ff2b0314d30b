"""A page's view: the language, the release, and the choices that stand in the address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

import streamlit as st

from dashboard.data import release as data
from dashboard.language.texts import Language
from dashboard.pages import FOLDER, PAGES

_STATE_KEY = "_view"


@dataclass(frozen=True)
class View:
    """One run of one page for one reader. `shown` collects the choices in force, for links to this very view."""

    language: Language
    release: data.Release
    page_code: str
    shown: dict[str, str] = field(default_factory=dict)

    def read(self, query: str, /, **parameters: data.Parameter) -> data.Frame:
        """Return the rows of `<query>.sql` in the page's own folder. Raises whatever the reader raises."""
        return data.frame(self.release, FOLDER.joinpath(self.page_code, f"{query}.sql"), **parameters)

    def read_shared(self, query: str, /, **parameters: data.Parameter) -> data.Frame:
        """Return the rows of a query that several pages read. Raises whatever the reader raises."""
        return data.frame(self.release, data.SHARED_QUERIES / f"{query}.sql", **parameters)

    def link(self, page_code: str, choices: Mapping[str, str | None]) -> str:
        """Return the address of a page with these choices, in the reader's language."""
        return address_of(page_code, {"lang": self.language.code, **choices})


def address_of(page_code: str, choices: Mapping[str, str | None]) -> str:
    """Return a relative address: pages lie side by side, the first of them at the root itself."""
    path = "./" if page_code == PAGES[0].code else page_code
    known = {name: value for name, value in choices.items() if value}
    return f"{path}?{urlencode(known)}" if known else path


def hold(view: View) -> None:
    """Keep the view for the page that runs next."""
    st.session_state[_STATE_KEY] = view


def current() -> View:
    """Return the view held by `app.py` for this run."""
    view: View = st.session_state[_STATE_KEY]
    return view
