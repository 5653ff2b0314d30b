"""Overview: how a province (or the country) stands on its targets in one period, and which parts of it are behind."""

from __future__ import annotations

import streamlit as st

from dashboard import address, choices, components, formats, labels, rows, timeline, words
from dashboard.charts.dots import ranked_dots
from dashboard.parts.units_behind import draw_units_behind
from dashboard.view import View, current

LENS = "current_boundaries"


def render(view: View) -> None:
    """Draw the page."""
    language, as_of = view.language, view.release.as_of_date
    with st.container(key="choices", horizontal=True):
        province, unit = choices.province(view)
        periods = view.read("overview_periods", unit_key=unit.unit_key)
        if periods.empty:
            components.empty(view, language("overview.empty", unit=unit.unit_name))
            return
        period = address.select(
            view,
            "period",
            label=language("choice.period"),
            options=periods["period_code"].tolist(),
            default=timeline.latest_complete(periods, as_of),
            text=lambda code: formats.period(code, language),
        )
    indicators = view.read("overview_indicators", unit_key=unit.unit_key, period_code=period)
    end = indicators["period_end_date"].max().date()
    latest = view.read(
        "overview_latest", unit_key=unit.unit_key, since_date=end - choices.RECENT, until_date=end
    )
    latest = latest[~latest["indicator_code"].isin(indicators["indicator_code"])]
    parts = view.read("overview_units", series_key=unit.series_key, period_code=period)

    own, panels = indicators[~indicators["is_panel"]], indicators[indicators["is_panel"]]
    main = rows.worst_first(own if not own.empty else panels)
    period_text = formats.period(period, language)
    about = words.About(
        period_text,
        language("lens.current_boundaries"),
        words.sources(main, language),
        words.coverage_span(main, language),
        components.simulated_banner(view, [indicators, latest, parts]),
    )
    components.headline(
        f"{unit.unit_name} · {period_text}",
        words.overview_headline(main, language),
        [
            words.with_latest(main, latest, language),
            words.overview_movement(main, language),
            words.who_is_behind(parts, language) if len(parts) else "",
        ],
    )

    def profile(row: labels.Row) -> str:
        return view.link(
            "unit_profile",
            {
                "province": province,
                "unit": unit.unit_key,
                "indicator": row.indicator_code,
                "period": row.period_code,
            },
        )

    dots = rows.indicator_dots(own, language)
    if not dots.empty:
        components.chart(
            view,
            ranked_dots(
                dots, formats.SEPARATORS[language.code], target_text=language("column.target"), suffix="%"
            ),
            "targets",
            title=language("overview.chart_title", period=formats.in_sentence(period_text, language)),
            sentence=language("overview.chart_sentence"),
            about=about,
            draw_legend=lambda: components.legend(language),
        )
    components.section(language("overview.table_title", period=formats.in_sentence(period_text, language)))
    components.table(view, rows.indicators_table(main, language, profile))
    if dots.empty:
        components.caption(view, about)
    components.download(view, main, "overview", about)
    if not own.empty and not panels.empty:
        components.section(language("overview.panels_title"))
        components.table(view, rows.indicators_table(panels, language, profile))

    draw_units_behind(view, parts, period_text)
    if not latest.empty:
        components.section(language("overview.latest_title"), language("overview.latest_sentence"))
        components.table(
            view, rows.indicators_table(rows.worst_first(latest), language, profile, has_period=True)
        )
    components.footer(view, about.coverage)


render(current())
