"""The one door to the figures: named queries on the open release, cached by release."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pandas as pd
import streamlit as st

from warehouse import settings
from warehouse.release import reader, store
from warehouse.release.store import DamagedRelease, Release

Frame: TypeAlias = pd.DataFrame
Parameter: TypeAlias = str | int | float | bool | date | None

SHARED_QUERIES = Path(__file__).parent
"""The queries that several pages read lie beside this module."""

CACHED_FRAMES = 400
"""Frames kept over all readers and releases; the largest are some thousand rows."""

__all__ = [
    "SHARED_QUERIES",
    "DamagedRelease",
    "Frame",
    "Parameter",
    "Release",
    "current_release",
    "frame",
]


def current_release() -> Release | None:
    """Return the release that CURRENT.json names, or None when nothing was ever published.

    Raises DamagedRelease where the pointer or the release's file is gone or cut off. Each page view looks at the file's
    size alone; an error of DuckDB while it reads raises DamagedRelease in `frame`.
    """
    return store.current(settings.load())


def frame(release: Release, query: Path, /, **parameters: Parameter) -> Frame:
    """Return the rows of a query file with these `$parameters`, as a copy that the caller may change.

    Raises FileNotFoundError for an unknown query, DamagedRelease for a damaged file, and whatever else the reader raises
    when a read fails: a failed read is never an empty frame.
    """
    return _cached_frame(release.release_id, str(query), parameters, release)


@st.cache_data(max_entries=CACHED_FRAMES, show_spinner=False)
def _cached_frame(release_id: str, query: str, parameters: dict[str, Parameter], _release: Release) -> Frame:
    return reader.query(_release, _sql(query), parameters)


@cache
def _sql(query: str) -> str:
    return Path(query).read_text(encoding="utf-8")
