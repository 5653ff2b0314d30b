"""Compare provinces on one indicator: the tile map of today's 34, the ranked picture, the table."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.compare_provinces import sentences, table
from dashboard.app_pages.compare_provinces.choices import LENSES, choose
from dashboard.app_pages.compare_provinces.map import draw_map
from dashboard.app_pages.compare_provinces.ranks import draw_ranks
from dashboard.language import dates, names, numbers
from dashboard.language.names import Row
from dashboard.ui import address, blocks, frame, indicators
from dashboard.ui.about import About, coverage_span, sources
from dashboard.ui.view import View, current


def render(view: View) -> None:
    """Draw the page."""
    language = view.language
    lens = address.value(view, "lens", LENSES, LENSES[0])
    offered = view.read("indicators", lens=lens).set_index("indicator_code", drop=False)
    if offered.empty:
        blocks.empty(view, language("compare.empty"))
        return
    code, period = choose(view, offered, lens)
    found = view.read("provinces", lens=lens, indicator_code=code, period_code=period)
    chosen = address.value(view, "province", found["province_code"].tolist(), "")
    name = names.indicator_name(offered.loc[code], language)
    period_text = dates.period(period, language)
    about = About(
        period_text,
        language(f"lens.{lens}"),
        sources(found, language),
        coverage_span(found, language),
        blocks.simulated_banner(view, [found]),
    )
    frame.headline(
        f"{name} · {period_text}",
        sentences.headline(found, name, period_text, language),
        [
            indicators.doubts(found, language),
            sentences.without_rank(found, language),
            language("compare.estimated") if found["is_estimated"].any() else "",
        ],
    )
    unweighted = view.read("unweighted", lens=lens, indicator_code=code, period_code=period)
    if count := int(unweighted["unit_count"].iloc[0]):
        n = numbers.number(count, language)
        blocks.note(language.count("compare.unweighted", count, n=n, period=period_text))
    if found["is_before_merger"].any():
        blocks.note(language("compare.no_map", n=numbers.number(len(found), language)))
        draw_ranks(view, found, chosen, name, about)
    else:
        with st.container(key="map_and_ranks"):
            left, right = st.columns([2, 3], gap="medium")
            with left:
                draw_map(view, found, chosen, name, about)
            with right:
                draw_ranks(view, found, chosen, name, about)

    def profile(row: Row) -> str:
        choice = {"lens": lens, "indicator": code, "period": period}
        return view.link("unit_profile", {"province": row.today_code, "unit": row.unit_key, **choice})

    blocks.section(language("compare.table_title", name=names.in_sentence(name, language)))
    blocks.table(view, table.provinces(found, language, profile))
    blocks.download(view, found, f"provinces_{code}_{period}", about)
    frame.footer(view, about.coverage)


render(current())
