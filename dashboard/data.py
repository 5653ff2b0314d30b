"""The one door to the figures: named queries on the current release, cached by release."""

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

QUERIES_DIR = Path(__file__).with_name("queries")
CACHED_FRAMES = 400
"""Frames kept over all readers and releases; the largest are some thousand rows."""

__all__ = ["DamagedRelease", "Frame", "Parameter", "Release", "current_release", "frame"]


def current_release() -> Release | None:
    """The release that CURRENT.json names, or None when nothing was ever published.

    Raises DamagedRelease where the pointer or the release's file is gone or cut off. Each page view looks at the file's
    size alone; what DuckDB finds when it reads raises the same error in `frame`.
    """
    return store.current(settings.load())


def frame(release: Release, query: str, /, **parameters: Parameter) -> Frame:
    """The rows of `queries/<query>.sql` with these `$parameters`; a copy that the caller may change.

    Raises FileNotFoundError for an unknown query, DamagedRelease for a damaged file, and whatever else the reader raises
    when a read fails: a failed read is never an empty frame.
    """
    return _cached_frame(release.release_id, query, parameters, release)


@st.cache_data(max_entries=CACHED_FRAMES, show_spinner=False)
def _cached_frame(release_id: str, query: str, parameters: dict[str, Parameter], _release: Release) -> Frame:
    return reader.query(_release, sql(query), parameters)


@cache
def sql(query: str) -> str:
    """The text of one named query."""
    return (QUERIES_DIR / f"{query}.sql").read_text(encoding="utf-8")
