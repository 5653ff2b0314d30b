"""A unit's profile: its indicators over time, the latest figures, and the source of each number."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.unit_profile import sentences
from dashboard.app_pages.unit_profile.benchmarks import draw_benchmarks
from dashboard.app_pages.unit_profile.handling import draw_handling
from dashboard.app_pages.unit_profile.hierarchies import draw_hierarchies
from dashboard.app_pages.unit_profile.inspection import draw_inspection
from dashboard.app_pages.unit_profile.lines import draw_lines
from dashboard.app_pages.unit_profile.resolutions import draw_resolutions
from dashboard.app_pages.unit_profile.sources import draw_sources
from dashboard.data.release import Frame
from dashboard.language import names
from dashboard.language.names import Row
from dashboard.ui import address, blocks, choices, frame, indicators
from dashboard.ui.about import About, coverage_span, sources
from dashboard.ui.view import View, current

LENSES = ("current_boundaries", "as_reported")
# In the order of the list of units.
LEVELS = ("country", "province", "body", "commune", "village", "district")


def render(view: View) -> None:
    """Draw the page."""
    language = view.language
    with st.container(key="choices", horizontal=True):
        province, scope = choices.province(view)
        units = view.read("units", province_code=province).set_index("unit_key", drop=False)
        key = address.select(
            view,
            "unit",
            label=language("choice.unit"),
            options=_in_order(units),
            default=str(scope.unit_key),
            text=lambda item: names.unit_label(units.loc[item], language),
        )
        unit = units.loc[key]
        lens = _choose_lens(view, unit)
    series = view.read("series", lens=lens, series_key=unit.series_key)
    # Indicators without a verdict stand in their groups, below those with one.
    latest = series[series["is_latest"]].sort_values(["group_order", "period_end_date"], kind="stable")
    latest = indicators.worst_first(latest).sort_values("is_panel", kind="stable")
    is_simulated = blocks.simulated_banner(view, [series])
    kicker = " · ".join([language.name("level", unit.level), sentences.life(unit, language)])
    label = names.unit_label(unit, language)
    own = latest[~latest["is_panel"]]
    coverage = coverage_span(own if len(own) else latest, language)
    if series.empty:
        frame.headline(kicker, language("profile.headline_silent", unit=label))
        blocks.empty(view, language("profile.empty"))
    else:
        led = indicators.leading(latest)
        said = [indicators.contradictions(led, language), indicators.doubts(led, language)]
        frame.headline(kicker, sentences.headline(led, label, language), said)
        about = About(
            language("about.latest"),
            language(f"lens.{lens}"),
            sources(series, language),
            coverage,
            is_simulated,
        )
        draw_lines(view, series, latest, about)
        blocks.section(language("profile.latest_title"), language("profile.latest_sentence"))
        blocks.table(
            view,
            indicators.indicators_table(latest, language, lambda row: _source_of(view, row), has_period=True),
        )
        blocks.download(view, series.drop(columns="is_latest"), f"unit_{unit.unit_code}", about)
    draw_resolutions(view, unit)
    draw_benchmarks(view, unit, lens)
    draw_handling(view, unit, lens)
    draw_hierarchies(view, unit)
    draw_sources(view, unit, lens, series, latest)
    draw_inspection(view, unit)
    frame.footer(view, coverage)


def _choose_lens(view: View, unit: Row) -> str:
    lenses = LENSES if unit.is_current else LENSES[1:]
    lens = address.value(view, "lens", lenses, lenses[0])
    if len(lenses) > 1:
        address.switch(
            view,
            "lens",
            label=view.language("choice.lens"),
            options=lenses,
            default=lenses[0],
            text=lambda item: view.language(f"lens.{item}"),
        )
    return lens


def _source_of(view: View, row: Row) -> str:
    choice = {**view.shown, "indicator": row.indicator_code, "period": row.period_code}
    return f"{view.link('unit_profile', choice)}#nguon"


def _in_order(units: Frame) -> list[str]:
    def order(row: Row) -> tuple[bool, int, tuple[str, str]]:
        level = LEVELS.index(row.level) if row.level in LEVELS else len(LEVELS)
        return not row.is_current, level, names.sort_key(row.unit_name)

    keyed = [(order(row), row.unit_key) for row in units.itertuples()]
    return [key for _, key in sorted(keyed)]


render(current())
