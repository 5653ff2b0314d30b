"""The data dictionary of the open release: read once per release, searched without marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from dashboard.data.release import Release
from warehouse.release import dictionary
from warehouse.text.vietnamese import fold

CACHED_RELEASES = 4
SEARCHED = (
    "indicator_code",
    "indicator_name_vi",
    "indicator_name_en",
    "numerator_vi",
    "denominator_vi",
    "group_name_vi",
    "group_name_en",
    "source",
)
"""The columns in which a word for an indicator is looked for."""


@dataclass(frozen=True)
class Place:
    """One column in the table that has it."""

    table: dictionary.Table
    column: dictionary.Column


def tables(release: Release) -> tuple[dictionary.Table, ...]:
    """Return the release's tables; none where it was published without a dictionary."""
    return _cached_tables(release.release_id, release)


@st.cache_data(max_entries=CACHED_RELEASES, show_spinner=False)
def _cached_tables(release_id: str, _release: Release) -> tuple[dictionary.Table, ...]:
    return dictionary.read(_release)


def matches(asked: str, *texts: str | None) -> bool:
    """Return whether every word asked for stands in the texts, without marks and case; no word matches all."""
    found = fold(" ".join(text for text in texts if text))
    return all(word in found for word in fold(asked).split())


def tables_found(content: Sequence[dictionary.Table], asked: str) -> list[dictionary.Table]:
    """Return the tables whose name or description has the words."""
    return [
        table
        for table in content
        if matches(asked, table.name, table.name_vi, table.description, table.description_vi)
    ]


def columns_found(content: Sequence[dictionary.Table], asked: str) -> list[Place]:
    """Return the columns whose name or description has the words; none when nothing is asked."""
    if not fold(asked):
        return []
    return [
        Place(table, column)
        for table in content
        for column in table.columns
        if matches(asked, column.name, column.name_vi, column.description, column.description_vi)
    ]


def indicators_found(indicators: pd.DataFrame, asked: str) -> pd.DataFrame:
    """Return the indicators whose code, name, definition or source has the words."""
    found = [
        matches(asked, *(str(text) for text in row if pd.notna(text)))
        for row in indicators[list(SEARCHED)].itertuples(index=False)
    ]
    return indicators[found]
