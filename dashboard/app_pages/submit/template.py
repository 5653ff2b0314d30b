"""The prefilled workbook of one unit and period, and the files received from that unit."""

from __future__ import annotations

import streamlit as st

from dashboard.language import dates, names
from dashboard.language.names import Row
from dashboard.ui import address, blocks, choices, received
from dashboard.ui.view import View
from warehouse import settings
from warehouse.forms.contract import load_forms
from warehouse.reference.context import load_reference
from warehouse.reference.periods import Period
from warehouse.reference.units.register import UnitVersion
from warehouse.templates.issue import INDICATOR_FORM, ISSUED_FORMS, offered_periods, owed_forms, workbook

LEVELS = ("province", "body", "commune", "village")
RECEIVED_SHOWN = 12
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_template(view: View) -> None:
    """Let the reader choose province, unit, period and forms; offer the workbook made out for them."""
    language = view.language
    current = settings.load()
    reference = load_reference(current.seeds_dir)
    blocks.section(language("submit.template"), language("submit.template_sentence"))
    with st.container(key="choices", horizontal=True):
        unit_row = _choose_unit(view)
        unit = reference.units.get(unit_row.unit_key)
        offered = offered_periods(current.as_of_date(), reference)
        ended = [period for period in offered if period.end_date < current.as_of_date()]
        owed = [period for period in ended if reference.owed_indicators(unit, period)]
        code = address.select(
            view,
            "period",
            label=language("choice.period"),
            options=[period.code for period in offered],
            default=(owed or offered)[0].code,
            text=lambda item: dates.period(item, language),
        )
    period = next(period for period in offered if period.code == code)
    _draw_forms(view, unit, period)
    _draw_received(view, unit_row.unit_name, unit.unit_key, unit_row.series_key)


def _choose_unit(view: View) -> Row:
    language = view.language
    provinces = choices.scopes(view).drop(index=choices.COUNTRY, errors="ignore")
    province = address.select(
        view,
        "province",
        label=language("column.province"),
        options=provinces.index.tolist(),
        default=choices.default_province(provinces),
        text=lambda item: str(provinces.at[item, "unit_name"]),
    )
    units = view.read("units", province_code=province)
    ranked = sorted(
        (row for row in units.itertuples() if row.level in LEVELS),
        key=lambda row: (LEVELS.index(row.level), names.sort_key(row.unit_name)),
    )
    by_key = {row.unit_key: row for row in ranked}
    chosen = address.select(
        view,
        "unit",
        label=language("choice.unit"),
        options=list(by_key),
        default=ranked[0].unit_key,
        text=lambda key: names.unit_label(by_key[key], language),
    )
    return by_key[chosen]


def _draw_forms(view: View, unit: UnitVersion, period: Period) -> None:
    language = view.language
    current = settings.load()
    possible = owed_forms(tuple(load_forms()), unit, period, load_reference(current.seeds_dir))
    if INDICATOR_FORM not in possible:
        blocks.note(language("submit.no_indicators"))
    forms = st.pills(
        language("submit.forms"),
        possible,
        default=[form for form in ISSUED_FORMS if form in possible],
        selection_mode="multi",
        format_func=lambda form: language("submit.form_choice", code=form, name=language.name("form", form)),
        key=f"submit_forms_{language.code}_{len(possible)}",
    )
    if not forms:
        blocks.note(language("submit.template_none"))
        return
    st.download_button(
        language("submit.template_save"),
        # Made when it is asked for; in the form's own order, not that of the clicks.
        lambda: workbook([form for form in possible if form in forms], unit.unit_key, period.code, current),
        file_name=f"{'_'.join(form for form in possible if form in forms)}_{unit.unit_code}_{period.code}.xlsx",
        mime=XLSX,
        key="submit_template",
        on_click="ignore",
        icon=":material/download:",
    )


def _draw_received(view: View, unit_name: str, unit_key: str, series_key: str) -> None:
    found = view.read_shared(
        "submissions", unit_key=unit_key, series_key=series_key, row_limit=RECEIVED_SHOWN
    )
    blocks.section(view.language("submit.received", unit=unit_name))
    if found.empty:
        blocks.empty(view, view.language("submit.received_none", unit=unit_name))
    else:
        blocks.table(view, received.submissions_table(found, view.language))
