"""Compare provinces on one indicator: the tile map of today's 34, the ranked picture, the table."""

from __future__ import annotations

import streamlit as st

from dashboard import address, components, formats, labels, rows, words
from dashboard.choices import default_indicator
from dashboard.parts.province_pictures import draw_map, draw_ranks
from dashboard.view import View, current

LENSES = ("current_boundaries", "as_reported")


def render(view: View) -> None:
    """Draw the page."""
    language = view.language
    lens = address.value(view, "lens", LENSES, LENSES[0])
    indicators = view.read("compare_indicators", lens=lens).set_index("indicator_code", drop=False)
    if indicators.empty:
        components.empty(view, language("compare.empty"))
        return
    names = {row.indicator_code: _indicator_text(row, view) for row in indicators.itertuples()}
    with st.container(key="choices", horizontal=True):
        code = address.select(
            view,
            "indicator",
            label=language("choice.indicator"),
            options=list(names),
            default=default_indicator(indicators),
            text=names.__getitem__,
        )
        periods = view.read("compare_periods", lens=lens, indicator_code=code)["period_code"].tolist()
        period = address.slide(
            view,
            "period",
            label=language("choice.period"),
            options=periods,
            default=periods[-1],
            text=lambda item: formats.period(item, language),
        )
        address.switch(
            view,
            "lens",
            label=language("choice.lens"),
            options=LENSES,
            default=LENSES[0],
            text=lambda item: language(f"lens.{item}"),
        )
    found = words.best_first(
        view.read("compare_provinces", lens=lens, indicator_code=code, period_code=period)
    )
    chosen = address.value(view, "province", found["province_code"].tolist(), "")
    name = labels.indicator_name(indicators.loc[code], language)
    period_text = formats.period(period, language)
    about = words.About(
        period_text,
        language(f"lens.{lens}"),
        words.sources(found, language),
        words.coverage_span(found, language),
        components.simulated_banner(view, [found]),
    )
    components.headline(
        f"{name} · {period_text}",
        words.compare_headline(found, name, period_text, language),
        [language("compare.estimated") if found["is_estimated"].any() else ""],
    )
    if found["is_before_merger"].any():
        components.note(language("compare.no_map", n=formats.number(len(found), language)))
        draw_ranks(view, found, chosen, name, about)
    else:
        with st.container(key="map_and_ranks"):
            left, right = st.columns([2, 3], gap="medium")
            with left:
                draw_map(view, found, chosen, name, about)
            with right:
                draw_ranks(view, found, chosen, name, about)
    components.section(language("compare.table_title", name=formats.in_sentence(name, language)))
    components.table(
        view,
        rows.provinces_table(
            found,
            language,
            lambda row: view.link(
                "unit_profile",
                {
                    "province": row.today_code,
                    "unit": row.unit_key,
                    "lens": lens,
                    "indicator": code,
                    "period": period,
                },
            ),
        ),
    )
    components.download(view, found, f"provinces_{code}_{period}", about)
    components.footer(view, about.coverage)


def _indicator_text(row: labels.Row, view: View) -> str:
    name = labels.indicator_name(row, view.language)
    return f"{row.panel_code} – {name}" if row.is_panel else name


render(current())
