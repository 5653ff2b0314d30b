"""A unit's profile: its indicators over time, the latest figures, and where each number came from."""

from __future__ import annotations

import streamlit as st

from dashboard import address, choices, components, formats, labels, rows, words
from dashboard.data import Frame
from dashboard.parts.profile_lines import draw_lines
from dashboard.parts.profile_sources import draw_sources
from dashboard.view import View, current

LENSES = ("current_boundaries", "as_reported")


def render(view: View) -> None:
    """Draw the page."""
    language = view.language
    with st.container(key="choices", horizontal=True):
        province, scope = choices.province(view)
        units = view.read("profile_units", province_code=province).set_index("unit_key", drop=False)
        ordered = _in_order(units)
        key = address.select(
            view,
            "unit",
            label=language("choice.unit"),
            options=ordered,
            default=str(scope.unit_key),
            text=lambda item: labels.unit_label(units.loc[item], language),
        )
        unit = units.loc[key]
        lenses = LENSES if unit.is_current else LENSES[1:]
        lens = address.value(view, "lens", lenses, lenses[0])
        if len(lenses) > 1:
            address.switch(
                view,
                "lens",
                label=language("choice.lens"),
                options=lenses,
                default=lenses[0],
                text=lambda item: language(f"lens.{item}"),
            )
    series = view.read("profile_series", lens=lens, unit_key=key, series_key=unit.series_key)
    latest = (
        series.sort_values("period_end_date", kind="stable").groupby("indicator_code", sort=False).tail(1)
    )
    latest = rows.worst_first(latest).sort_values("is_panel", kind="stable")
    is_simulated = components.simulated_banner(view, [series])
    kicker = " · ".join([language.name("level", unit.level), _life(unit, view)])
    if series.empty:
        components.headline(
            kicker, language("profile.headline_silent", unit=labels.unit_label(unit, language))
        )
        components.empty(view, language("profile.empty"))
    else:
        components.headline(
            kicker, words.profile_headline(latest, labels.unit_label(unit, language), language)
        )
        coverage = words.coverage_span(own if len(own := latest[~latest["is_panel"]]) else latest, language)
        span = language("about.latest")
        about = words.About(
            span, language(f"lens.{lens}"), words.sources(series, language), coverage, is_simulated
        )
        draw_lines(view, series, latest, about)
        components.section(language("profile.latest_title"), language("profile.latest_sentence"))
        components.table(
            view,
            rows.indicators_table(
                latest,
                language,
                lambda row: (
                    view.link(
                        "unit_profile",
                        {**view.shown, "indicator": row.indicator_code, "period": row.period_code},
                    )
                    + "#nguon"
                ),
                has_period=True,
            ),
        )
        components.download(view, series, f"unit_{unit.unit_code}", about)
    draw_sources(view, unit, province, series, latest)
    components.footer(
        view, words.coverage_span(own if len(own := latest[~latest["is_panel"]]) else latest, language)
    )


def _in_order(units: Frame) -> list[str]:
    rank = {"country": 0, "province": 1, "body": 2, "commune": 3, "district": 4}
    keyed = [
        ((not row.is_current, rank.get(row.level, len(rank)), formats.sort_key(row.unit_name)), row.unit_key)
        for row in units.itertuples()
    ]
    return [key for _, key in sorted(keyed)]


def _life(unit: labels.Row, view: View) -> str:
    start, end = formats.day(unit.valid_from, view.language), formats.day(unit.valid_to, view.language)
    if end != formats.MISSING:
        return view.language("unit.until", date=end)
    return (
        view.language("unit.since", date=start) if start != formats.MISSING else view.language("unit.always")
    )


render(current())
