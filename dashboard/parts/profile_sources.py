"""The lower half of a unit's profile: from a number to its cell, what was received, and the unit's own history."""

from __future__ import annotations

import streamlit as st

from dashboard import address, components, formats, labels, lineage, records
from dashboard.data import Frame
from dashboard.view import View

ROW_LIMIT = 400
LINEAGE_LIMIT = 8000
"""More values than all units of the country send for one indicator and period."""

NO_CHOICE = ""


def draw_sources(view: View, unit: labels.Row, province: str, series: Frame, latest: Frame) -> None:
    """Lineage of one figure, submissions with their findings, predecessors and successors."""
    if not series.empty:
        _draw_lineage(view, unit, province, series, latest)
    _draw_submissions(view, unit)
    relations = view.read("profile_relations", unit_key=unit.unit_key)
    if not relations.empty:
        components.section(view.language("profile.relations_title"))
        components.table(
            view,
            records.relations_table(
                relations,
                view.language,
                lambda row: view.link("unit_profile", {"province": province, "unit": row.unit_key}),
            ),
        )


def _draw_lineage(view: View, unit: labels.Row, province: str, series: Frame, latest: Frame) -> None:
    language = view.language
    names = {row.indicator_code: labels.indicator_name(row, language) for row in latest.itertuples()}
    components.section(language("lineage.title"), language("lineage.sentence"), anchor="nguon")
    with st.container(key="lineage_choices", horizontal=True):
        code = address.select(
            view,
            "indicator",
            label=language("choice.indicator"),
            options=list(names),
            default=next(iter(names)),
            text=names.__getitem__,
        )
        periods = series.loc[series["indicator_code"] == code, "period_code"].tolist()[::-1]
        period = address.select(
            view,
            "period",
            label=language("choice.period"),
            options=periods,
            default=periods[0],
            text=lambda item: formats.period(item, language),
        )
    figure = next(series[(series["indicator_code"] == code) & (series["period_code"] == period)].itertuples())
    found = view.read(
        "profile_lineage",
        unit_key=unit.unit_key,
        series_key=unit.series_key,
        province_code=province,
        is_province_of_today=bool(unit.level == "province" and unit.is_current),
        indicator_code=code,
        period_code=period,
        row_limit=LINEAGE_LIMIT,
    )
    shown, is_own = lineage.contributing(found, figure)
    said = {"value": labels.value_text(figure, language), "n": formats.number(len(shown), language)}
    if shown.empty:
        components.note(language("lineage.none", **said))
        return
    components.note(language("lineage.own" if is_own else "lineage.parts", **said))
    shown = shown.head(ROW_LIMIT)
    identifiers = ",".join(sorted(set(shown["submission_id"].dropna())))
    files = view.read("profile_files", submission_ids=identifiers)
    components.table(view, records.lineage_table(shown, files, language))


def _draw_submissions(view: View, unit: labels.Row) -> None:
    language = view.language
    received = view.read(
        "profile_submissions", unit_key=unit.unit_key, series_key=unit.series_key, row_limit=ROW_LIMIT
    )
    components.section(language("profile.submissions_title"))
    if received.empty:
        components.note(language("profile.no_submissions"))
        return
    components.table(view, records.submissions_table(received, language))
    questioned = received[(received["error_count"] > 0) | (received["warning_count"] > 0)]
    if questioned.empty:
        return
    texts = {
        row.submission_id: f"{row.file_name} · {formats.moment(row.received_at, language)}"
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
        found = view.read("profile_findings", submission_id=chosen, row_limit=ROW_LIMIT)
        components.table(view, records.findings_table(found, language))
