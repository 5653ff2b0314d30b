"""The pictures of the page: models by field and by quarter, and how concretely they are registered."""

from __future__ import annotations

from dataclasses import dataclass

import plotly.graph_objects as go
import streamlit as st

from dashboard.app_pages.dan_van_kheo import sentences, tables
from dashboard.charts.bars import lying_bars, standing_bars
from dashboard.data.release import Frame
from dashboard.language import dates, numbers
from dashboard.language.names import Row
from dashboard.ui import blocks
from dashboard.ui.about import About
from dashboard.ui.view import View

KINDS = ("collective", "individual")


@dataclass(frozen=True)
class Scope:
    """The unit, its province of today (or `VN`) and the phase that the reader chose."""

    unit_key: str
    province_code: str
    phase: str


def draw_counts(view: View, totals: Row, fields: dict[str, str], scope: Scope, about: About) -> None:
    """Draw the models by field and kind, and by quarter of registration."""
    language = view.language
    by_field = view.read("by_field", unit_key=scope.unit_key, phase=scope.phase)
    by_quarter = view.read("by_quarter", province_code=scope.province_code, phase=scope.phase)
    left, right = st.columns(2, gap="medium")
    with left:
        labelled = by_field.assign(label=[fields.get(code, code) for code in by_field["field_code"]])
        blocks.chart(
            view,
            lying_bars(
                labelled,
                {kind: language.name("kind", kind) for kind in KINDS},
                numbers.separators(language),
                {kind: [_number_or_blank(n, view) for n in by_field[kind]] for kind in KINDS},
                [numbers.number(n, language) for n in by_field["registered_count"]],
            ),
            "fields",
            title=language("dvk.fields_title"),
            sentence=sentences.fields(by_field, fields, totals, language),
            about=about,
        )
    if not by_quarter.empty:
        with right:
            blocks.chart(
                view,
                standing_bars(
                    [dates.short_quarter(day, language) for day in by_quarter["quarter_start_date"]],
                    {kind: (language.name("kind", kind), by_quarter[kind].tolist()) for kind in KINDS},
                    numbers.separators(language),
                    [numbers.number(n, language) for n in by_quarter["model_count"]],
                ),
                "registered",
                title=language("dvk.registered_title"),
                sentence=language("dvk.registered_sentence"),
                about=about,
            )


def draw_quality(view: View, totals: Row, scope: Scope, about: About) -> None:
    """Draw how concretely the models are registered, and which elements they leave out."""
    language = view.language
    chosen = {"province_code": scope.province_code, "phase": scope.phase}
    by_score, missing = view.read("by_score", **chosen), view.read("missing", **chosen)
    left, right = st.columns(2, gap="medium")
    with left:
        blocks.chart(
            view,
            _score_bars(by_score, view),
            "quality",
            title=language("dvk.quality_title"),
            sentence=sentences.quality(by_score, missing, language),
            about=about,
        )
    if not missing.empty:
        with right:
            blocks.section(language("dvk.missing_title"))
            blocks.table(view, tables.missing(missing, int(totals.registered_count), language))


def _score_bars(by_score: Frame, view: View) -> go.Figure:
    language = view.language
    counts = by_score["model_count"].tolist()
    return standing_bars(
        [tables.score_text(score, language) for score in by_score["quality_score"]],
        {"models": (language("column.models"), counts)},
        numbers.separators(language),
        [numbers.number(count, language) for count in counts],
    )


def _number_or_blank(count: int, view: View) -> str:
    return numbers.number(count, view.language) if count else ""
