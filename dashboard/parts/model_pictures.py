"""The pictures of the Dân vận khéo page: fields, quarters, and how concrete the registrations are."""

from __future__ import annotations

import streamlit as st

from dashboard import components, formats, model_rows, words
from dashboard.charts.bars import lying_bars, standing_bars
from dashboard.data import Frame
from dashboard.view import View


def draw_counts(
    view: View, funnel: Frame, fields: dict[str, str], scope: dict[str, str], about: words.About
) -> None:
    """Models by field and kind, and by quarter of registration."""
    language, separators = view.language, formats.SEPARATORS[view.language.code]
    registered = view.read("dvk_registered", **scope)
    left, right = st.columns(2, gap="medium")
    with left:
        components.chart(
            view,
            lying_bars(*model_rows.by_field(funnel, fields, language, separators)),
            "fields",
            title=language("dvk.fields_title"),
            sentence=model_rows.fields_sentence(funnel, fields, language),
            about=about,
        )
    if not registered.empty:
        with right:
            components.chart(
                view,
                standing_bars(*model_rows.by_quarter(registered, language, separators)),
                "registered",
                title=language("dvk.registered_title"),
                sentence=language("dvk.registered_sentence"),
                about=about,
            )


def draw_quality(view: View, registered: int, scope: dict[str, str], about: words.About) -> None:
    """How concretely models are registered, and what they leave out."""
    language, separators = view.language, formats.SEPARATORS[view.language.code]
    quality, missing = view.read("dvk_quality", **scope), view.read("dvk_missing", **scope)
    left, right = st.columns(2, gap="medium")
    with left:
        components.chart(
            view,
            standing_bars(*model_rows.by_score(quality, language, separators)),
            "quality",
            title=language("dvk.quality_title"),
            sentence=words.quality_sentence(quality, missing, language),
            about=about,
        )
    if not missing.empty:
        with right:
            components.section(language("dvk.missing_title"))
            components.table(view, model_rows.missing_table(missing, registered, language))
