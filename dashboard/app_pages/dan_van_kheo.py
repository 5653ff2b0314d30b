"""Dân vận khéo: who registered which models, how concretely, and what was reported over the years."""

from __future__ import annotations

import streamlit as st

from dashboard import address, choices, components, formats, labels, model_rows, records, words
from dashboard.data import Frame
from dashboard.parts.model_pictures import draw_counts, draw_quality
from dashboard.view import View, current

ROW_LIMIT = 1000


def render(view: View) -> None:
    """Draw the page."""
    language = view.language
    with st.container(key="choices", horizontal=True):
        province, unit = choices.province(view)
        phases = view.read("dvk_phases", unit_key=unit.unit_key)["phase"].tolist()
        if phases:
            phase = address.select(
                view,
                "phase",
                label=language("choice.phase"),
                options=phases,
                default=phases[0],
                text=lambda code: formats.period(code, language),
            )
    history = view.read("dvk_history", unit_key=unit.unit_key)
    if not phases:
        components.simulated_banner(view, [history])
        components.headline(
            unit.unit_name,
            language("dvk.headline_none", unit=unit.unit_name),
            [words.latest_total(history, language)],
        )
        components.empty(view, language("dvk.empty"))
        _draw_history(view, history)
        components.footer(view, "")
        return
    scope = {"phase": phase, "province_code": province}
    funnel = view.read("dvk_funnel", unit_key=unit.unit_key, phase=phase)
    models = view.read("dvk_models", **scope, row_limit=ROW_LIMIT)
    parts = view.read("dvk_units", series_key=unit.series_key, phase=phase)
    fields = model_rows.field_names(view.read("dvk_fields"), language)
    counts = model_rows.counts(funnel, parts)
    phase_text = formats.period(phase, language)
    is_simulated = components.simulated_banner(view, [models, history])
    reach = language(
        "about.units_with_models", text=formats.coverage(counts.with_models, counts.units, language)
    )
    about = words.About(
        phase_text,
        language("lens.current_boundaries"),
        model_rows.source(models, language),
        reach,
        is_simulated,
    )
    components.headline(
        f"{unit.unit_name} · {phase_text}",
        words.models_headline(counts.registered, counts.with_models, counts.units, phase_text, language),
        [model_rows.progress_sentence(counts, language)],
    )
    draw_counts(view, funnel, fields, scope, about)
    draw_quality(view, counts.registered, scope, about)
    components.section(language("dvk.units_title"), model_rows.units_sentence(parts, language))
    components.table(view, model_rows.units_table(parts, language, lambda row: _profile(view, province, row)))
    components.section(language("dvk.models_title"), language("dvk.models_sentence"))
    components.table(
        view, records.models_table(models, fields, language, lambda row: _profile(view, province, row))
    )
    components.download(view, model_rows.without_names(models), f"models_{phase}", about)
    _draw_history(view, history)
    components.footer(view, reach)


def _draw_history(view: View, history: Frame) -> None:
    if not history.empty:
        components.section(view.language("dvk.history_title"), view.language("dvk.history_sentence"))
        components.table(view, model_rows.history_table(history, view.language))


def _profile(view: View, province: str, row: labels.Row) -> str:
    code = row.province_code if province == choices.COUNTRY else province
    return view.link("unit_profile", {"province": code, "unit": row.unit_key})


render(current())
