"""Overview: how a province (or the country) stands on its targets in one period, and which parts of it are behind."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.overview import sentences
from dashboard.app_pages.overview.periods import latest_complete
from dashboard.app_pages.overview.targets import draw_targets
from dashboard.app_pages.overview.units_behind import draw_units_behind
from dashboard.language import dates, names
from dashboard.language.names import Row
from dashboard.ui import address, blocks, choices, frame, indicators
from dashboard.ui.about import About, coverage_span, sources
from dashboard.ui.view import View, current


def render(view: View) -> None:
    """Draw the page."""
    language, as_of = view.language, view.release.as_of_date
    with st.container(key="choices", horizontal=True):
        province, unit = choices.province(view)
        periods = view.read("periods", unit_key=unit.unit_key)
        if periods.empty:
            blocks.empty(view, language("overview.empty", unit=unit.unit_name))
            return
        period = address.select(
            view,
            "period",
            label=language("choice.period"),
            options=periods["period_code"].tolist(),
            default=latest_complete(periods, as_of),
            text=lambda code: dates.period(code, language),
        )
    found = indicators.worst_first(view.read("indicators", unit_key=unit.unit_key, period_code=period))
    end = found["period_end_date"].max().date()
    latest = indicators.worst_first(
        view.read("latest", unit_key=unit.unit_key, since_date=end - choices.RECENT, until_date=end)
    )
    shown = found["indicator_code"]
    latest = latest[~(latest["indicator_code"].isin(shown) | latest["counterpart_code"].isin(shown))]
    parts = view.read("units", series_key=unit.series_key, period_code=period)

    own, panels = found[~found["is_panel"]], found[found["is_panel"]]
    main = own if not own.empty else panels
    period_text = dates.period(period, language)
    about = About(
        period_text,
        language("lens.current_boundaries"),
        sources(main, language),
        coverage_span(main, language),
        blocks.simulated_banner(view, [found, latest, parts]),
    )
    frame.headline(
        f"{unit.unit_name} · {period_text}",
        sentences.headline(main, language),
        [
            indicators.contradictions(main, language),
            sentences.with_latest(main, latest, language),
            indicators.doubts(main, language),
            sentences.movement(main, language),
            sentences.who_is_behind(parts, language) if len(parts) else "",
        ],
    )

    def profile(row: Row) -> str:
        choice = {"indicator": row.indicator_code, "period": row.period_code}
        return view.link("unit_profile", {"province": province, "unit": unit.unit_key, **choice})

    has_picture = draw_targets(view, own, period_text, about)
    when = names.in_sentence(period_text, language)
    blocks.section(language("overview.table_title", period=when))
    blocks.table(view, indicators.indicators_table(main, language, profile))
    if not has_picture:
        blocks.caption(view, about)
    blocks.download(view, main, "overview", about)
    if not own.empty and not panels.empty:
        blocks.section(language("overview.panels_title"))
        blocks.table(view, indicators.indicators_table(panels, language, profile))

    draw_units_behind(view, parts, when)
    if not latest.empty:
        blocks.section(language("overview.latest_title"), language("overview.latest_sentence"))
        blocks.table(view, indicators.indicators_table(latest, language, profile, has_period=True))
    frame.footer(view, about.coverage)


render(current())
