"""Dân vận khéo: registered models by unit, how concretely they are described, and reported totals over the years."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.dan_van_kheo import sentences, tables
from dashboard.app_pages.dan_van_kheo.one_model import draw_one_model
from dashboard.app_pages.dan_van_kheo.pictures import Scope, draw_counts, draw_quality
from dashboard.app_pages.dan_van_kheo.reviews import draw_reviews
from dashboard.data.release import Frame
from dashboard.language import dates, numbers
from dashboard.language.names import Row
from dashboard.ui import address, blocks, choices, frame
from dashboard.ui.about import About
from dashboard.ui.view import View, current

ROW_LIMIT = 1000


def render(view: View) -> None:
    """Draw the page."""
    language = view.language
    with st.container(key="choices", horizontal=True):
        province, unit = choices.province(view)
        phases = view.read("phases", unit_key=unit.unit_key)["phase"].tolist()
        if phases:
            phase = address.select(
                view,
                "phase",
                label=language("choice.phase"),
                options=phases,
                default=phases[0],
                text=lambda code: dates.period(code, language),
            )
    history = view.read("history", unit_key=unit.unit_key)
    if not phases:
        _draw_without_models(view, unit.unit_name, history)
        return
    scope = Scope(unit.unit_key, province, phase)
    totals = next(view.read("totals", unit_key=unit.unit_key, phase=phase).itertuples())
    models = view.read("models", phase=phase, province_code=province, row_limit=ROW_LIMIT)
    parts = view.read("units", series_key=unit.series_key, phase=phase)
    fields = _field_names(view)
    with_models = len(parts[parts["model_count"] > 0])
    phase_text = dates.period(phase, language)
    is_simulated = blocks.simulated_banner(view, [models, history])
    reach = language("about.units_with_models", text=numbers.coverage(with_models, len(parts), language))
    about = About(
        phase_text,
        language("lens.current_boundaries"),
        sentences.source(models, language),
        reach,
        is_simulated,
    )
    frame.headline(
        f"{unit.unit_name} · {phase_text}",
        sentences.headline(int(totals.registered_count), with_models, len(parts), phase_text, language),
        [sentences.progress(totals, language)],
    )
    draw_counts(view, totals, fields, scope, about)
    draw_quality(view, totals, scope, about)
    draw_reviews(view, view.read("reviews", unit_key=unit.unit_key, phase=phase))
    blocks.section(language("dvk.units_title"), sentences.units(parts, language))
    blocks.table(view, tables.units(parts, language, lambda row: _profile(view, province, row)))
    blocks.section(language("dvk.models_title"), language("dvk.models_sentence"))
    blocks.table(view, tables.models(models, fields, language, lambda row: _profile(view, province, row)))
    blocks.download(view, tables.without_names(models), f"models_{phase}", about)
    draw_one_model(view, models)
    _draw_history(view, history)
    frame.footer(view, reach)


def _draw_without_models(view: View, unit_name: str, history: Frame) -> None:
    language = view.language
    blocks.simulated_banner(view, [history])
    frame.headline(
        unit_name,
        language("dvk.headline_none", unit=unit_name),
        [sentences.latest_total(history, language)],
    )
    blocks.empty(view, language("dvk.empty"))
    _draw_history(view, history)
    frame.footer(view, "")


def _draw_history(view: View, history: Frame) -> None:
    if not history.empty:
        blocks.section(view.language("dvk.history_title"), view.language("dvk.history_sentence"))
        blocks.table(view, tables.history(history, view.language))


def _field_names(view: View) -> dict[str, str]:
    found = view.read("field_names")
    return dict(zip(found["field_code"], found[f"field_name_{view.language.code}"], strict=True))


def _profile(view: View, province: str, row: Row) -> str:
    code = row.province_code if province == choices.COUNTRY else province
    return view.link("unit_profile", {"province": code, "unit": row.unit_key})


render(current())
