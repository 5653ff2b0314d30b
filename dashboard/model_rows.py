"""Frames of Dân vận khéo models as what their pictures, sentences and tables need."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import formats
from dashboard.language import Language
from dashboard.records import ELEMENTS
from dashboard.rows import Link
from dashboard.tables import Cell, Column, Table
from dashboard.words import first_named

KINDS = ("collective", "individual")
NAMED_FIELDS = 1


@dataclass(frozen=True)
class Counts:
    """The numbers of the headline. The last three are None while the form that tells them is not collected."""

    registered: int
    with_models: int
    units: int
    recognised: int | None
    awarded: int | None
    replicated: int | None


def counts(funnel: pd.DataFrame, parts: pd.DataFrame) -> Counts:
    """Models by the funnel; units by the parts that live today."""

    def known(column: str) -> int | None:
        figures = funnel[column].dropna()
        return None if figures.empty else int(figures.sum())

    return Counts(
        int(funnel["registered_count"].sum()),
        int((parts["model_count"] > 0).sum()),
        len(parts),
        known("recognised_count"),
        known("awarded_count"),
        known("replicated_count"),
    )


def progress_sentence(counts: Counts, language: Language) -> str:
    """How far the models came, or that it is not collected."""
    if counts.recognised is None:
        return language("dvk.not_collected")
    reached = {"recognised": counts.recognised, "awarded": counts.awarded, "replicated": counts.replicated}
    texts = {name: formats.number(count, language) for name, count in reached.items()}
    return language("dvk.progress", **texts)


def field_names(fields: pd.DataFrame, language: Language) -> dict[str, str]:
    """Names of fields by code, in the list's order."""
    return dict(zip(fields["field_code"], fields[f"field_name_{language.code}"], strict=True))


def source(models: pd.DataFrame, language: Language) -> str:
    """Where the registrations come from."""
    simulated = models["is_simulated"].fillna(False).astype(bool)
    return language("source.simulated_models" if simulated.all() else "source.models")


def by_field(
    funnel: pd.DataFrame, fields: Mapping[str, str], language: Language, separators: str
) -> tuple[Any, ...]:
    """Arguments of `lying_bars`: fields with most models first, collectives and individuals apart."""
    wide = _wide(funnel, fields)
    texts = {
        kind: [formats.number(count, language) if count else "" for count in wide[kind]] for kind in KINDS
    }
    totals = [formats.number(count, language) for count in wide["total"]]
    return wide, {kind: language.name("kind", kind) for kind in KINDS}, separators, texts, totals


def fields_sentence(funnel: pd.DataFrame, fields: Mapping[str, str], language: Language) -> str:
    """Which field has most, and how many individuals there are."""
    wide = _wide(funnel, fields)
    return language(
        "dvk.fields_sentence",
        field=wide["label"].iloc[0],
        n=formats.number(wide["total"].iloc[0], language),
        collective=formats.number(wide["collective"].sum(), language),
        individual=formats.number(wide["individual"].sum(), language),
    )


def _wide(funnel: pd.DataFrame, fields: Mapping[str, str]) -> pd.DataFrame:
    wide = funnel.pivot_table(
        index="field_code", columns="kind", values="registered_count", aggfunc="sum", fill_value=0
    )
    wide = wide.reindex(columns=list(KINDS), fill_value=0)
    wide["total"] = wide.sum(axis=1)
    wide["label"] = [fields.get(code, code) for code in wide.index]
    return wide.sort_values("total", ascending=False, kind="stable").reset_index()


def by_quarter(registered: pd.DataFrame, language: Language, separators: str) -> tuple[Any, ...]:
    """Arguments of `standing_bars`: one column per quarter from the first to the last, those without any included."""
    starts = pd.to_datetime(registered["quarter_start_date"])
    wide = registered.assign(start=starts).pivot_table(
        index="start", columns="kind", values="model_count", aggfunc="sum", fill_value=0
    )
    wide = wide.reindex(pd.date_range(starts.min(), starts.max(), freq="QS"), fill_value=0)
    wide = wide.reindex(columns=list(KINDS), fill_value=0)
    ticks = [formats.short_period(f"{start.year}-Q{start.quarter}", language) for start in wide.index]
    series = {kind: (language.name("kind", kind), wide[kind].tolist()) for kind in KINDS}
    return ticks, series, separators, [formats.number(total, language) for total in wide.sum(axis=1)]


def by_score(quality: pd.DataFrame, language: Language, separators: str) -> tuple[Any, ...]:
    """Arguments of `standing_bars`: one column per score."""
    ticks = [f"{formats.number(score, language)}/{len(ELEMENTS)}" for score in quality["quality_score"]]
    series = {"models": (language("column.models"), quality["model_count"].tolist())}
    return ticks, series, separators, [formats.number(count, language) for count in quality["model_count"]]


def missing_table(missing: pd.DataFrame, registered: int, language: Language) -> Table:
    """Elements left out, most often first."""
    columns = [Column(language("column.element")), Column(language("column.models_without"), "right")]
    rows = [
        [
            Cell(language.name("element", row.element_code)),
            Cell(formats.coverage(row.model_count, registered, language)),
        ]
        for row in missing.itertuples()
    ]
    return Table(columns, rows, is_narrow=True)


def units_sentence(parts: pd.DataFrame, language: Language) -> str:
    """How many units registered none."""
    silent = parts[parts["model_count"] == 0]
    numbers = {"n": formats.number(len(silent), language), "all": formats.number(len(parts), language)}
    if silent.empty:
        return language("dvk.units_all", **numbers)
    return language(
        "dvk.units_none", names=first_named([str(name) for name in silent["unit_name"]], language), **numbers
    )


def units_table(parts: pd.DataFrame, language: Language, link: Link) -> Table:
    """Units with the number of their models, most first."""
    columns = [Column(language("column.unit")), Column(language("column.models"), "right")]
    rows = [
        [
            Cell(row.unit_name, href=link(row)),
            Cell(
                formats.number(row.model_count, language) if row.model_count else language("dvk.none"),
                tone="plain" if row.model_count else "quiet",
            ),
        ]
        for row in parts.itertuples()
    ]
    return Table(columns, rows, is_narrow=True)


def history_table(history: pd.DataFrame, language: Language) -> Table:
    """Totals reported over the years, with how many units they cover."""
    columns = [
        Column(language("column.period")),
        Column(language("column.models_registered"), "right"),
        Column(language("column.coverage"), "right"),
        Column(language("column.nature")),
    ]
    rows = [
        [
            Cell(formats.period(row.period_code, language)),
            Cell(formats.number(row.value, language)),
            Cell(formats.coverage(row.reporting_units, row.expected_units, language)),
            Cell(language("nature.simulated" if row.is_simulated else "nature.real"), tone="quiet"),
        ]
        for row in history.iloc[::-1].itertuples()
    ]
    return Table(columns, rows)


def without_names(models: pd.DataFrame) -> pd.DataFrame:
    """The list for a file: an individual leaves the house under the code alone."""
    return models.assign(model_name=models["model_name"].where(models["kind"] != "individual"))
