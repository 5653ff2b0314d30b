"""The sentences of the page, made of the figures that stand below them."""

from __future__ import annotations

import pandas as pd

from dashboard.language import dates, figures, names, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language


def headline(registered: int, with_models: int, units_total: int, phase: str, language: Language) -> str:
    """Say how many models were registered, and in how many of the units that could have."""
    return language.count(
        "dvk.headline",
        registered,
        n=numbers.number(registered, language),
        phase=names.in_sentence(phase, language),
        units=numbers.number(with_models, language),
        all=numbers.number(units_total, language),
    )


def progress(totals: Row, language: Language) -> str:
    """Say how many models reached which step, or that progress is not reported."""
    if not numbers.is_known(totals.recognised_count):
        return language("dvk.not_collected")
    return language(
        "dvk.progress",
        recognised=numbers.number(totals.recognised_count, language),
        awarded=numbers.number(totals.awarded_count, language),
        replicated=numbers.number(totals.replicated_count, language),
    )


def source(models: pd.DataFrame, language: Language) -> str:
    """Name where the registrations come from."""
    simulated = models["is_simulated"].fillna(False).astype(bool)
    return language("source.simulated_models" if simulated.all() else "source.models")


def fields(by_field: pd.DataFrame, labels: dict[str, str], totals: Row, language: Language) -> str:
    """Name the field with most models, and say how many models individuals hold."""
    first = next(by_field.itertuples())
    return language(
        "dvk.fields_sentence",
        field=labels.get(first.field_code, first.field_code),
        n=numbers.number(first.registered_count, language),
        collective=numbers.number(totals.collective_count, language),
        individual=numbers.number(totals.individual_count, language),
    )


def quality(by_score: pd.DataFrame, missing: pd.DataFrame, language: Language) -> str:
    """Say how many models name all seven elements, and which elements are left out most."""
    best = next(by_score.tail(1).itertuples())
    first = language(
        "dvk.quality_sentence",
        n=numbers.number(best.model_count, language),
        all=numbers.number(best.scored_count, language),
    )
    if missing.empty:
        return first
    elements = [language.name("element", code) for code in missing["element_code"].head(names.NAMED)]
    return f"{first} {language('dvk.missing_sentence', names=names.listed(elements, language))}"


def units(parts: pd.DataFrame, language: Language) -> str:
    """Say how many units registered no model, and name the first of them."""
    silent = parts[parts["model_count"] == 0]
    counts = {"n": numbers.number(len(silent), language), "all": numbers.number(len(parts), language)}
    if silent.empty:
        return language("dvk.units_all", **counts)
    unit_names = [str(name) for name in silent["unit_name"]]
    return language("dvk.units_none", names=names.first_named(unit_names, language), **counts)


def latest_total(history: pd.DataFrame, language: Language) -> str:
    """Give the last total of models that was reported or published; empty when there is none."""
    if history.empty:
        return ""
    last = next(history.tail(1).itertuples())
    return language(
        "dvk.history_latest",
        value=numbers.number(last.value, language),
        period=names.in_sentence(dates.period(last.period_code, language), language),
        coverage=figures.coverage_text(last, language),
    )
