"""The lower half of a unit's profile: from a number to its cell, the unit's reports, and the unit's own history."""

from __future__ import annotations

import streamlit as st

from dashboard.app_pages.unit_profile import tables
from dashboard.data.release import Frame
from dashboard.language import dates, figures, names, numbers
from dashboard.language.names import Row
from dashboard.ui import address, blocks, received
from dashboard.ui.view import View

# Levels of unit that can have divisions or villages.
HOLDERS = ("body", "commune")
ROW_LIMIT = 400
NO_CHOICE = ""


def draw_sources(view: View, unit: Row, lens: str, series: Frame, latest: Frame) -> None:
    """Draw the lineage of one figure, submissions with their findings, predecessors and successors."""
    if not series.empty:
        _draw_lineage(view, unit, lens, series, latest)
    _draw_submissions(view, unit)

    def profile(row: Row) -> str:
        return view.link("unit_profile", {"province": view.shown["province"], "unit": row.unit_key})

    found = view.read("parts", series_key=unit.series_key) if unit.level in HOLDERS else None
    if found is not None and not found.empty:
        blocks.section(view.language("profile.parts_title"), view.language("profile.parts_sentence"))
        blocks.table(view, tables.parts(found[found["is_latest"]], view.language, profile))
    relations = view.read("relations", unit_key=unit.unit_key)
    if not relations.empty:
        blocks.section(view.language("profile.relations_title"))
        blocks.table(view, tables.relations(relations, view.language, profile))


def _draw_lineage(view: View, unit: Row, lens: str, series: Frame, latest: Frame) -> None:
    language = view.language
    labels = {row.indicator_code: names.indicator_name(row, language) for row in latest.itertuples()}
    blocks.section(language("lineage.title"), language("lineage.sentence"), anchor="nguon")
    with st.container(key="lineage_choices", horizontal=True):
        code = address.select(
            view,
            "indicator",
            label=language("choice.indicator"),
            options=list(labels),
            default=next(iter(labels)),
            text=labels.__getitem__,
        )
        periods = series.loc[series["indicator_code"] == code, "period_code"].tolist()[::-1]
        period = address.select(
            view,
            "period",
            label=language("choice.period"),
            options=periods,
            default=periods[0],
            text=lambda item: dates.period(item, language),
        )
    figure = next(series[(series["indicator_code"] == code) & (series["period_code"] == period)].itertuples())
    found = view.read(
        "lineage",
        lens=lens,
        unit_key=figure.unit_key,
        series_key=unit.series_key,
        indicator_code=code,
        period_code=period,
        row_limit=ROW_LIMIT,
    )
    value = figures.value_text(figure, language)
    if found.empty:
        key = "lineage.recorded" if figure.source_kind == "recorded" else "lineage.none"
        blocks.note(language(key, value=value))
        return
    key = "lineage.own" if found["is_own"].all() else "lineage.parts"
    count = numbers.number(found["part_count"].iloc[0], language)
    blocks.note(language(key, value=value, n=count))
    blocks.table(view, tables.lineage(found, language))


def _draw_submissions(view: View, unit: Row) -> None:
    language = view.language
    found = view.read_shared(
        "submissions", unit_key=unit.unit_key, series_key=unit.series_key, row_limit=ROW_LIMIT
    )
    blocks.section(language("profile.submissions_title"))
    if found.empty:
        blocks.note(language("profile.no_submissions"))
        return
    blocks.table(view, received.submissions_table(found, language))
    questioned = found[(found["error_count"] > 0) | (found["warning_count"] > 0)]
    if questioned.empty:
        return
    texts = {
        row.submission_id: f"{row.file_name} · {dates.moment(row.received_at, language)}"
        for row in questioned.itertuples()
    }
    texts = {NO_CHOICE: language("profile.choose_submission"), **texts}
    chosen = address.select(
        view,
        "submission",
        label=language("choice.submission"),
        options=list(texts),
        default=NO_CHOICE,
        text=texts.__getitem__,
    )
    if chosen != NO_CHOICE:
        findings = view.read("findings", submission_id=chosen, row_limit=ROW_LIMIT)
        blocks.table(view, tables.findings(findings, language))
