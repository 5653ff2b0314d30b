"""The table of indicators, its cells and the rows of dotted charts, for pages that show figures of one kind."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dashboard.language import dates, figures, names, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from dashboard.ui.tables import Cell, Column, Table

WORST_FIRST = ("missed", "narrowly_missed", "narrowly_met", "met", "no_target")
"""The verdicts in the order in which a reader should look at them."""
DIRECTIONS = ("higher", "lower")
"""The directions of indicators that can get better or worse."""

Link = Callable[[Row], str]
COLUMNS = ("value", "target", "verdict", "change", "gap", "coverage")


def indicators_table(frame: pd.DataFrame, language: Language, link: Link, has_period: bool = False) -> Table:
    """Indicators with value, target, verdict, change, gap, and how many units are in the figure."""
    columns = [Column(language("column.indicator")), *figure_columns(COLUMNS, language)]
    rows = [
        [
            Cell(
                names.indicator_name(row, language),
                href=link(row),
                note=_place(row, language) if has_period else None,
            ),
            value_cell(row, language),
            Cell(figures.target_text(row, language)),
            verdict_cell(row, language),
            change_cell(row, language),
            Cell(figures.gap_text(row, language)),
            coverage_cell(row, language),
        ]
        for row in frame.itertuples()
    ]
    return Table(columns, rows)


def _place(row: Row, language: Language) -> str:
    """Return the group of the indicator, where the query reads it, and the period."""
    said = names.group_name(row, language), dates.period(row.period_code, language)
    return " · ".join(text for text in said if text)


def figure_columns(keys: tuple[str, ...], language: Language) -> list[Column]:
    """Headings of figures, which stand right; a verdict stands left and whole."""
    return [Column(language(f"column.{key}"), "whole" if key == "verdict" else "right") for key in keys]


def value_cell(row: Row, language: Language) -> Cell:
    """Return the value, the cases that it is made of, and what contradicts it or was counted beside it."""
    said = [figures.parts_text(row, language), figures.contradiction_text(row, language)]
    said.append(figures.counterpart_text(row, language))
    return Cell(figures.value_text(row, language), note=" · ".join(text for text in said if text) or None)


def verdict_cell(row: Row, language: Language) -> Cell:
    """Return the verdict as mark and word, and below it why it may not be the last one."""
    code = figures.verdict_code(row)
    is_judged = code in WORST_FIRST[:-1]
    return Cell(
        language.name("verdict", code),
        mark=code,
        note=figures.verdict_doubts(row, language) or None,
        tone="plain" if is_judged else "quiet",
    )


def change_cell(row: Row, language: Language) -> Cell:
    """Return the difference from the period before, and in words whether the series moved beyond chance."""
    is_judged = figures.is_known(row.change) and row.direction in DIRECTIONS
    word = language(f"change.{row.change_class}") if is_judged else None
    return Cell(figures.change_text(row, language), tone=figures.change_tone(row), note=word)


def coverage_cell(row: Row, language: Language) -> Cell:
    """Say how many of the reports that the figure expects are in it, and whose they are."""
    return Cell(figures.coverage_text(row, language), tone="quiet")


def worst_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Sort by verdict, the worst on top; among those that miss, the furthest from its target comes first."""
    order = {code: place for place, code in enumerate(WORST_FIRST)}
    ranked = frame.assign(order=frame["verdict"].map(order).fillna(len(order)))
    ranked = ranked.sort_values(["order", "target_distance"], ascending=[True, False], kind="stable")
    return ranked.drop(columns="order")


def judged(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that meet or miss a target."""
    return frame[frame["is_met"].notna()]


def met(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that meet their target."""
    return frame[frame["is_met"].eq(True).fillna(False)]


def missed(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep the rows that miss their target."""
    return frame[frame["is_met"].eq(False).fillna(False)]


def leading(frame: pd.DataFrame) -> pd.DataFrame:
    """Keep one row of each pair that is both reported and counted: the one that leads, or the only one there is."""
    has_other = frame["counterpart_code"].isin(frame["indicator_code"])
    return frame[frame["is_leading"].astype(bool) | ~has_other]


def contradictions(frame: pd.DataFrame, language: Language) -> str:
    """Name the first of the totals that are below the sum of their parts, with both figures; empty for none."""
    found = frame[frame["is_contradicted"].eq(True)]
    if found.empty:
        return ""
    first = next(found.itertuples())
    return language.count(
        "contradiction",
        len(found),
        n=numbers.number(len(found), language),
        name=names.in_sentence(names.indicator_name(first, language), language),
        value=figures.value_text(first, language),
        parts=figures.amount_text(first, first.parts_value, language),
    )


def doubts(frame: pd.DataFrame, language: Language) -> str:
    """Say how many of the verdicts silent units could still turn, and how many rest on too few cases; empty for none."""
    known = judged(frame)
    so_far = len(known[known["is_provisional"]])
    small = len(known[known["is_small"] & known["is_met"].eq(True)])
    said = [
        language.count(f"doubts.{key}", count, n=numbers.number(count, language))
        for key, count in (("so_far", so_far), ("small", small))
        if count
    ]
    return " ".join(said)


def dots(frame: pd.DataFrame, language: Language, key: str, label: Link) -> pd.DataFrame:
    """Return rows for `ranked_dots` in the order given; `key` names the column that tells rows apart."""
    rows = list(frame.itertuples())
    return pd.DataFrame(
        {
            "key": frame[key].tolist(),
            "label": [label(row) for row in rows],
            "value": frame["value"].tolist(),
            "value_low": frame["value_low"].tolist(),
            "value_high": frame["value_high"].tolist(),
            "target_value": frame["target_value"].tolist(),
            "verdict": [figures.verdict_code(row) for row in rows],
            "text": [figures.value_text(row, language, with_unit=False) for row in rows],
            "hover": [figures.hover_text(label(row), row, language) for row in rows],
        }
    )
