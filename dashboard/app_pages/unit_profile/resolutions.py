"""How far the resolutions are that a unit is held to: each task's value against the resolution's own target."""

from __future__ import annotations

from dashboard.data.release import Frame
from dashboard.language import dates, figures, names, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from dashboard.ui import blocks
from dashboard.ui.tables import Cell, Column, Table
from dashboard.ui.view import View

LEVELS_WITH_RESOLUTIONS = ("country", "province")
"""Resolutions are issued for these; of other units an empty section would say nothing."""


def draw_resolutions(view: View, unit: Row) -> None:
    """Draw a table for each resolution; say in words where a province has none."""
    language = view.language
    found = view.read("resolutions", series_key=unit.series_key)
    if found.empty and unit.level not in LEVELS_WITH_RESOLUTIONS:
        return
    with blocks.folded(language("resolution.title"), language("resolution.sentence"), anchor="nghi-quyet"):
        if found.empty:
            blocks.note(language("resolution.none"))
        for _, tasks in found.groupby("resolution_no", sort=False):
            blocks.table(view, table(tasks, language))


def table(tasks: Frame, language: Language) -> Table:
    """Return the tasks of one resolution, each under the name of its group."""
    keys = ("task", "value", "target", "result", "due", "responsible")
    aligned = {"value": "right", "target": "right"}
    columns = [Column(language(f"resolution.{key}"), aligned.get(key, "left")) for key in keys]  # type: ignore[arg-type]
    rows = [
        [
            Cell(_text(row, "task_name", language), note=_text(row, "group_name", language)),
            _value(row, language),
            Cell(figures.target_text(row, language)),
            result(row, language),
            _due(row, language),
            Cell(
                row.responsible_unit_name if numbers.is_known(row.responsible_unit_name) else numbers.MISSING
            ),
        ]
        for row in tasks.itertuples()
    ]
    first = next(tasks.itertuples())
    simulated = f" · {language('simulated.word')}" if bool(tasks["is_target_simulated"].all()) else ""
    return Table(columns, rows, f"{first.resolution_no} – {_text(first, 'title', language)}{simulated}")


def result(row: Row, language: Language) -> Cell:
    """Return the verdict; an inherited target that was not adopted has none, and says from whom it came and the difference."""
    if not numbers.is_known(row.indicator_code):
        return Cell(language("resolution.unmeasured"), tone="quiet")
    if numbers.is_true(row.is_inherited) and not numbers.is_true(row.is_adopted):
        unit = names.unit_of_measure(row, language)
        far = numbers.signed(row.difference, unit, row.is_rate, language)
        note = language("resolution.difference", text=far) if numbers.is_known(row.difference) else None
        return Cell(language("resolution.inherited", unit=row.scope_unit_name), mark="no_target", note=note)
    if numbers.is_known(row.judged_unit_count):
        share = numbers.coverage(row.met_unit_count, row.judged_unit_count, language)
        return Cell(language("resolution.units_met", text=share))
    if not numbers.is_known(row.value):
        return Cell(language("state.empty"), tone="quiet")
    code = figures.verdict_code(row)
    adopted = None
    if numbers.is_true(row.is_adopted):
        day = dates.day(row.adopted_from, language)
        adopted = language("resolution.adopted", unit=row.scope_unit_name, day=day)
        if numbers.is_true(row.is_target_simulated):
            adopted = f"{adopted} · {language('simulated.word')}"
    return Cell(language.name("verdict", code), mark=code, note=adopted)


def _value(row: Row, language: Language) -> Cell:
    if not numbers.is_known(row.period_code):
        return Cell(numbers.MISSING)
    said = [
        dates.period(row.period_code, language),
        figures.parts_text(row, language),
        figures.counterpart_text(row, language),
    ]
    return Cell(figures.value_text(row, language), note=" · ".join(text for text in said if text))


def _due(row: Row, language: Language) -> Cell:
    if not numbers.is_known(row.due_date):
        return Cell(language("resolution.open_end"), tone="quiet")
    key = "resolution.past" if row.is_past else "resolution.left"
    note = language(key, n=numbers.number(row.days, language))
    return Cell(dates.day(row.due_date, language), note=note)


def _text(row: Row, name: str, language: Language) -> str:
    return str(getattr(row, f"{name}_{language.code}"))
