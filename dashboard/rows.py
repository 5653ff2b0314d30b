"""Frames as the rows of tables and pictures, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd

from dashboard import formats, labels
from dashboard.language import Language
from dashboard.tables import Cell, Column, Table
from dashboard.theme import BAD_VERDICTS

WORST_FIRST = ("missed", "narrowly_missed", "narrowly_met", "met", "no_target")

Link = Callable[[labels.Row], str]


def indicators_table(frame: pd.DataFrame, language: Language, link: Link, has_period: bool = False) -> Table:
    """Indicators with value, target, verdict, change, what is lacking, and how many units are in it."""
    right = [
        "column.value",
        "column.target",
        "column.verdict",
        "column.change",
        "column.gap",
        "column.coverage",
    ]
    columns = [Column(language("column.indicator"))]
    columns += [Column(language(key), "whole" if key == "column.verdict" else "right") for key in right]
    rows = []
    for row in frame.itertuples():
        period = formats.period(row.period_code, language) if has_period else None
        rows.append(
            [
                Cell(labels.indicator_name(row, language), href=link(row), note=period),
                Cell(labels.value_text(row, language), note=labels.parts_text(row, language) or None),
                Cell(labels.target_text(row, language)),
                verdict_cell(row, language),
                change_cell(row, language),
                Cell(labels.gap_text(row, language)),
                Cell(formats.coverage(row.reporting_units, row.expected_units, language), tone="quiet"),
            ]
        )
    return Table(columns, rows)


def verdict_cell(row: labels.Row, language: Language) -> Cell:
    """The verdict as mark and word."""
    code = labels.verdict_code(row)
    return Cell(
        language.name("verdict", code), mark=code, tone="plain" if code in WORST_FIRST[:-1] else "quiet"
    )


def change_cell(row: labels.Row, language: Language) -> Cell:
    """The change, and in words whether it is for the better."""
    tone = labels.change_tone(row)
    word = language(f"change.{tone}") if tone != "plain" else None
    return Cell(labels.change_text(row, language), tone=tone, note=word)


def behind_table(frame: pd.DataFrame, names: Mapping[str, str], language: Language, link: Link) -> Table:
    """Units with the targets they miss, most first; `names` gives an indicator's name by its code."""
    columns = [
        Column(language("column.unit")),
        Column(language("column.missed"), "right"),
        Column(language("column.met"), "right"),
        Column(language("column.missed_indicators")),
    ]
    rows = []
    for row in frame.itertuples():
        codes = str(row.missed_codes).split(",") if formats.is_known(row.missed_codes) else []
        rows.append(
            [
                Cell(row.unit_name, href=link(row)),
                Cell(formats.number(row.missed_count, language), mark="missed" if row.missed_count else None),
                Cell(formats.number(row.met_count, language)),
                Cell("; ".join(names.get(code, code) for code in codes) or formats.MISSING, tone="quiet"),
            ]
        )
    return Table(columns, rows)


def provinces_table(frame: pd.DataFrame, language: Language, link: Link) -> Table:
    """Provinces with value, interval, verdict, rank and coverage."""
    keys = [
        "column.value",
        "column.interval",
        "column.verdict",
        "column.rank",
        "column.change",
        "column.coverage",
    ]
    columns = [Column(language("column.province"))]
    columns += [Column(language(key), "whole" if key == "column.verdict" else "right") for key in keys]
    rows = [
        [
            Cell(
                row.unit_name,
                href=link(row),
                note=language("estimate.word") if labels.is_true(row.is_estimated) else None,
            ),
            Cell(labels.value_text(row, language), note=labels.parts_text(row, language) or None),
            Cell(interval_text(row, language), tone="quiet"),
            verdict_cell(row, language),
            Cell(rank_text(row, language), tone="quiet"),
            change_cell(row, language),
            Cell(formats.coverage(row.reporting_units, row.expected_units, language), tone="quiet"),
        ]
        for row in frame.itertuples()
    ]
    return Table(columns, rows)


def interval_text(row: labels.Row, language: Language) -> str:
    """`81,2–88,0%`."""
    if not formats.is_known(row.value_low) or not formats.is_known(row.value_high):
        return formats.MISSING
    low = formats.number(row.value_low, language, formats.RATE_DECIMALS)
    return f"{low}–{formats.number(row.value_high, language, formats.RATE_DECIMALS)}%"


def rank_text(row: labels.Row, language: Language) -> str:
    """A range of ranks, `3–7/34`: nobody is crowned by chance."""
    if not formats.is_known(row.rank_low) or not formats.is_known(row.rank_high):
        return formats.MISSING
    low, high = formats.number(row.rank_low, language), formats.number(row.rank_high, language)
    place = low if low == high else f"{low}–{high}"
    return f"{place}/{formats.number(row.ranked_units, language)}"


def worst_first(frame: pd.DataFrame) -> pd.DataFrame:
    """What misses its target on top, the furthest first; what has no target at the end."""
    order = {code: place for place, code in enumerate(WORST_FIRST)}
    distance = -(frame["value"] - frame["target_value"]).abs().where(frame["verdict"].isin(BAD_VERDICTS))
    ranked = frame.assign(order=frame["verdict"].map(order).fillna(len(order)), distance=distance)
    return ranked.sort_values(["order", "distance"], kind="stable").drop(columns=["order", "distance"])


def indicator_dots(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Rates with a target for the picture of the overview, the furthest from it first."""
    aimed = worst_first(frame[frame["is_rate"].astype(bool) & frame["verdict"].isin(WORST_FIRST[:-1])])
    return _dots(aimed, language, "indicator_code", lambda row: labels.indicator_name(row, language))


def province_dots(frame: pd.DataFrame, language: Language) -> pd.DataFrame:
    """Provinces for the ranked picture, in the order given."""
    return _dots(frame, language, "province_code", lambda row: labels.short_name(row.unit_name))


def _dots(frame: pd.DataFrame, language: Language, key: str, label: Link) -> pd.DataFrame:
    rows = list(frame.itertuples())
    return pd.DataFrame(
        {
            "key": frame[key].tolist(),
            "label": [label(row) for row in rows],
            "value": frame["value"].tolist(),
            "value_low": frame["value_low"].tolist(),
            "value_high": frame["value_high"].tolist(),
            "target_value": frame["target_value"].tolist(),
            "verdict": [labels.verdict_code(row) for row in rows],
            "text": [labels.value_text(row, language, with_unit=False) for row in rows],
            "hover": [hover_text(label(row), row, language) for row in rows],
        }
    )


def hover_text(name: str, row: labels.Row, language: Language) -> str:
    """What stands in the box beside a dot."""
    lines = [f"<b>{name}</b>", labels.value_text(row, language)]
    interval = interval_text(row, language)
    if interval != formats.MISSING:
        lines.append(language("hover.interval", text=interval))
    target = labels.target_text(row, language)
    if target != formats.MISSING:
        lines.append(
            f"{language('column.target')}: {target} – {language.name('verdict', labels.verdict_code(row))}"
        )
    parts = labels.parts_text(row, language)
    if parts:
        lines.append(parts)
    return "<br>".join(lines)


def line_points(timeline: pd.DataFrame, language: Language) -> pd.DataFrame:
    """One indicator's timeline for a small line."""
    rows = list(timeline.itertuples())
    names = [formats.period(row.period_code, language) for row in rows]
    return timeline.assign(
        tick=[formats.short_period(row.period_code, language) for row in rows],
        verdict=[labels.verdict_code(row) for row in rows],
        hover=[hover_text(name, row, language) for name, row in zip(names, rows, strict=True)],
    )
