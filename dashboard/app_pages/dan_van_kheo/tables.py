"""The tables of the page: units, models, elements left out, totals over the years."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.language import dates, figures, numbers
from dashboard.language.texts import Language
from dashboard.ui.indicators import Link
from dashboard.ui.received import text_or_dash
from dashboard.ui.tables import Cell, Column, Table

ELEMENTS = ("measure", "baseline", "target", "due_date", "owner", "resources", "beneficiaries")
"""The elements of a concrete registration: one point each."""


def score_text(score: object, language: Language) -> str:
    """`5/7`."""
    return f"{numbers.number(score, language)}/{len(ELEMENTS)}"


def missing(frame: pd.DataFrame, registered: int, language: Language) -> Table:
    """Elements left out, most often first."""
    columns = [Column(language("column.element")), Column(language("column.models_without"), "right")]
    rows = [
        [
            Cell(language.name("element", row.element_code)),
            Cell(numbers.coverage(row.model_count, registered, language)),
        ]
        for row in frame.itertuples()
    ]
    return Table(columns, rows, is_narrow=True)


def units(parts: pd.DataFrame, language: Language, link: Link) -> Table:
    """Units with the number of their models, most first."""
    columns = [Column(language("column.unit")), Column(language("column.models"), "right")]
    rows = [
        [
            Cell(row.unit_name, href=link(row)),
            Cell(
                numbers.number(row.model_count, language) if row.model_count else language("dvk.none"),
                tone="plain" if row.model_count else "quiet",
            ),
        ]
        for row in parts.itertuples()
    ]
    return Table(columns, rows, is_narrow=True)


def models(frame: pd.DataFrame, fields: Mapping[str, str], language: Language, link: Link) -> Table:
    """Models under their names; an individual stands under the code alone."""
    sides = {"quality": "right", "kind": "whole"}
    keys = ("model", "unit", "kind", "field", "registered", "quality", "lacking")
    columns = [Column(language(f"column.{key}"), sides.get(key, "left")) for key in keys]  # type: ignore[arg-type]
    rows = []
    for row in frame.itertuples():
        is_individual = row.kind == "individual"
        lacking = str(row.missing_elements).split(",") if numbers.is_known(row.missing_elements) else []
        elements = ", ".join(language.name("element", code) for code in lacking)
        name = (
            language("dvk.individual", code=row.model_code) if is_individual else text_or_dash(row.model_name)
        )
        rows.append(
            [
                Cell(name, note=None if is_individual else row.model_code),
                Cell(row.unit_name, href=link(row)),
                Cell(language.name("kind", row.kind)),
                Cell(fields.get(row.field_code, text_or_dash(row.field_code))),
                Cell(dates.day(row.registered_date, language)),
                Cell(score_text(row.quality_score, language)),
                Cell(elements or numbers.MISSING, tone="quiet"),
            ]
        )
    return Table(columns, rows)


def history(frame: pd.DataFrame, language: Language) -> Table:
    """Totals reported over the years, with how many units they cover; the latest first. Units that are silent may add to one."""
    columns = [
        Column(language("column.period")),
        Column(language("column.models_registered"), "right"),
        Column(language("column.coverage"), "right"),
        Column(language("column.nature")),
    ]
    rows = [
        [
            Cell(dates.period(row.period_code, language)),
            Cell(
                numbers.number(row.value, language),
                note=language("verdict_doubt.so_far") if row.reporting_units < row.expected_units else None,
            ),
            Cell(figures.coverage_text(row, language)),
            Cell(language("nature.simulated" if row.is_simulated else "nature.real"), tone="quiet"),
        ]
        for row in frame.iloc[::-1].itertuples()
    ]
    return Table(columns, rows)


def without_names(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the list for a file, in which an individual has a code and no name."""
    return frame.assign(model_name=frame["model_name"].where(frame["kind"] != "individual"))
