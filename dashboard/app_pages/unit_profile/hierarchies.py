"""Above and below a unit: the state's hierarchy beside the party's, and what the party's adds up to."""

from __future__ import annotations

import pandas as pd

from dashboard.language import dates, figures, names, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from dashboard.ui import blocks
from dashboard.ui.indicators import Link
from dashboard.ui.tables import Cell, Column, Table
from dashboard.ui.view import View


def draw_hierarchies(view: View, unit: Row) -> None:
    """Draw the units above the unit, its totals in the party, and the units directly below it in the party."""
    language = view.language
    above = view.read("hierarchies", series_key=unit.series_key)
    totals = view.read("party_totals", series_key=unit.series_key)
    members = view.read("party_members", unit_key=unit.unit_key)

    def profile(row: Row) -> str:
        return view.link("unit_profile", {"province": view.shown["province"], "unit": row.unit_key})

    if above.empty and members.empty:
        return
    with blocks.folded(language("profile.hierarchies_title"), language("profile.hierarchies_sentence")):
        if not above.empty:
            blocks.table(view, above_table(above, language, profile))
        if members.empty and "party" not in set(above["hierarchy"]):
            blocks.note(language("profile.no_party"))
            return
    if not totals.empty:
        with blocks.folded(
            language("profile.party_totals_title"), language("profile.party_totals_sentence"), is_open=True
        ):
            blocks.table(view, totals_table(totals, language))
    if not members.empty:
        with blocks.folded(language("profile.party_members_title")):
            blocks.table(view, members_table(members, language, profile))


def above_table(frame: pd.DataFrame, language: Language, link: Link) -> Table:
    """Units directly above, with the days on which they were."""
    keys = ("unit", "hierarchy", "since", "until")
    rows = [
        [
            Cell(row.unit_name, href=link(row)),
            Cell(language.name("hierarchy", row.hierarchy)),
            Cell(_day(row.valid_from, language)),
            Cell(_day(row.valid_to, language)),
        ]
        for row in frame.itertuples()
    ]
    return Table([Column(language(f"column.{key}")) for key in keys], rows)


def totals_table(frame: pd.DataFrame, language: Language) -> Table:
    """Totals along the party's hierarchy; a simulated one says so."""
    keys = ("indicator", "value", "period", "coverage")
    columns = [
        Column(language(f"column.{key}"), "right" if key in ("value", "coverage") else "left") for key in keys
    ]
    rows = [
        [
            Cell(names.indicator_name(row, language), note=_simulated(row, language)),
            Cell(figures.value_text(row, language), note=_value_note(row, language)),
            Cell(dates.period(row.period_code, language)),
            Cell(numbers.coverage(row.reporting_units, row.expected_units, language)),
        ]
        for row in frame.itertuples()
    ]
    return Table(columns, rows)


def members_table(frame: pd.DataFrame, language: Language, link: Link) -> Table:
    """Units directly below in the party, with their latest figures."""
    keys = ("unit", "since", "until", "models_in_force", "cells_briefed")
    columns = [
        Column(language(f"column.{key}"), "right" if key in ("models_in_force", "cells_briefed") else "left")
        for key in keys
    ]
    rows = [
        [
            Cell(row.unit_name, href=link(row), note=_simulated(row, language)),
            Cell(_day(row.valid_from, language)),
            Cell(_day(row.valid_to, language)),
            Cell(
                numbers.measure(row.models_value, "", False, language),
                note=_period(row.models_period, language),
            ),
            Cell(
                numbers.measure(row.cells_value, "%", True, language),
                note=_period(row.cells_period, language),
            ),
        ]
        for row in frame.itertuples()
    ]
    return Table(columns, rows)


def _value_note(row: Row, language: Language) -> str | None:
    return figures.contradiction_text(row, language) or figures.parts_text(row, language) or None


def _simulated(row: Row, language: Language) -> str | None:
    return language("simulated.word") if numbers.is_true(row.is_simulated) else None


def _period(code: object, language: Language) -> str | None:
    return dates.period(code, language) if numbers.is_known(code) else None


def _day(value: object, language: Language) -> str:
    return dates.day(value, language) if numbers.is_known(value) else numbers.MISSING
