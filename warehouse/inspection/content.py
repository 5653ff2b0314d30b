"""What a release knows about a topic of a unit, as tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from warehouse.inspection.queries import read
from warehouse.inspection.request import Request
from warehouse.release.store import Release
from warehouse.text.vietnamese import fold

SUBSTANCE = ("figures", "reported_values", "activities", "documents", "conclusions", "restatements")
"""The tables that answer the inspection; the reports that they come from follow."""
MARTS = {
    "figures": "rpt_indicator_series",
    "reported_values": "fct_indicator_values",
    "activities": "fct_activities",
    "documents": "fct_documents",
    "conclusions": "fct_commitments",
    "restatements": "rpt_restatements",
    "submissions": "fct_submissions",
}
"""The published table behind each table of a pack, whose columns have their names in the glossary."""


@dataclass(frozen=True)
class Content:
    """The tables of a pack by name, in their order, and how many unit versions were looked at."""

    tables: Mapping[str, pd.DataFrame]
    unit_count: int

    @property
    def is_empty(self) -> bool:
        """Whether the release holds nothing on the topic."""
        return all(self.tables[name].empty for name in SUBSTANCE)

    @property
    def is_simulated(self) -> bool:
        """Whether any row is simulated."""
        flags = [table["is_simulated"] for table in self.tables.values() if "is_simulated" in table]
        return any(bool(flag.eq(True).any()) for flag in flags)

    @property
    def incomplete_figures(self) -> int:
        """How many figures lack the report of at least one unit that owed it."""
        return int(self.tables["figures"]["coverage_ratio"].lt(1).sum())


def read_content(release: Release, request: Request) -> Content:
    """Return all that the release knows. Raises what the reader raises: a failed read is no empty table."""
    topic = request.topic
    scope = read(release, "scope", unit_key=request.unit.unit_key)
    days = {"first_day": request.first_day, "last_day": request.last_day}
    of_units = {**days, "unit_keys": scope["unit_key"].tolist()}
    indicators = list(topic.indicators)
    tables = {
        "figures": read(
            release,
            "figures",
            **days,
            own_keys=scope.loc[scope["is_own"], "unit_key"].tolist(),
            indicators=indicators,
        ),
        "reported_values": read(release, "reported_values", **of_units, indicators=indicators),
        "activities": read(
            release,
            "activities",
            **of_units,
            topic_code=topic.code,
            activity_types=list(topic.activity_types),
        ),
        "documents": _mentioning(read(release, "documents", **of_units), "title", topic.document_words),
        "conclusions": _of_topic(read(release, "conclusions", **of_units), request),
        "restatements": read(release, "restatements", **of_units, indicators=indicators),
    }
    sent = {
        str(key)
        for table in tables.values()
        if "submission_id" in table
        for key in table["submission_id"].dropna()
    }
    tables["submissions"] = read(release, "submissions", submission_ids=sorted(sent))
    return Content(tables, len(scope))


def _of_topic(items: pd.DataFrame, request: Request) -> pd.DataFrame:
    topic = request.topic
    listed = items["category"].isin(topic.categories)
    return items[listed | _mentions(items["statement"], topic.document_words)].reset_index(drop=True)


def _mentioning(rows: pd.DataFrame, column: str, words: Sequence[str]) -> pd.DataFrame:
    return rows[_mentions(rows[column], words)].reset_index(drop=True)


def _mentions(texts: pd.Series, words: Sequence[str]) -> pd.Series:
    """Return whether each text has one of the words, compared with tone marks first laid aside: titles are typed both ways."""
    folded = [f" {fold(word)} " for word in words]
    found = [any(word in f" {fold(str(text))} " for word in folded) for text in texts.fillna("")]
    return pd.Series(found, index=texts.index, dtype=bool)
