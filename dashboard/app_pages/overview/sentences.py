"""The headline and the sentences below it, made of the figures that stand on the page."""

from __future__ import annotations

import pandas as pd

from dashboard.language import figures, names, numbers
from dashboard.language.texts import Language
from dashboard.ui import indicators


def headline(found: pd.DataFrame, language: Language) -> str:
    """Say how many targets are met, and which indicator is furthest from its target: the first, as `found` is sorted."""
    judged, missed = indicators.judged(found), indicators.missed(found)
    if judged.empty:
        return _without_targets(found, language)
    met = len(indicators.met(found))
    counts = {"met": numbers.number(met, language), "n": numbers.number(len(judged), language)}
    if missed.empty:
        return language.count("overview.headline_all_met", met, **counts)
    worst = next(missed.itertuples())
    return language(
        "overview.headline",
        **counts,
        name=names.in_sentence(names.indicator_name(worst, language), language),
        value=figures.value_text(worst, language),
        target=figures.target_text(worst, language),
    )


def _without_targets(found: pd.DataFrame, language: Language) -> str:
    if len(found) != 1:
        return language.count(
            "overview.headline_no_targets", len(found), n=numbers.number(len(found), language)
        )
    only = next(found.itertuples())
    value, parts = figures.value_text(only, language), figures.parts_text(only, language)
    return language(
        "overview.headline_one",
        name=names.indicator_name(only, language),
        value=f"{value} ({parts})" if parts else value,
    )


def movement(found: pd.DataFrame, language: Language) -> str:
    """Name the indicators that moved beyond chance, or say that none did; empty when none has a direction."""
    judged = found[found["direction"].isin(indicators.DIRECTIONS) & found["change_class"].notna()]
    if judged.empty:
        return ""
    moved = [
        language(f"overview.moved_{kind}", names=names.first_named(of_kind, language))
        for kind in ("better", "worse")
        if (of_kind := _names_in_sentence(judged[judged["change_class"] == kind], language))
    ]
    if moved:
        return " ".join(moved)
    is_early = (judged["change_class"] == "too_few").all()
    return language("overview.too_few_periods" if is_early else "overview.nothing_moved")


def _names_in_sentence(found: pd.DataFrame, language: Language) -> list[str]:
    return [names.in_sentence(names.indicator_name(row, language), language) for row in found.itertuples()]


def with_latest(found: pd.DataFrame, latest: pd.DataFrame, language: Language) -> str:
    """Count the targets met with the latest figures of other indicators too; empty when those add none."""
    if indicators.judged(latest).empty:
        return ""
    both = [found, latest]
    met = [code for frame in both for code in indicators.met(frame)["indicator_code"]]
    judged = [code for frame in both for code in indicators.judged(frame)["indicator_code"]]
    return language(
        "overview.with_latest",
        met=numbers.number(len(met), language),
        n=numbers.number(len(judged), language),
    )


def who_is_behind(units: pd.DataFrame, language: Language) -> str:
    """Name the first three of the units that miss the highest number of targets."""
    behind = units[units["missed_count"] > 0]
    if behind.empty:
        return language("overview.nobody_behind", n=numbers.number(len(units), language))
    most = behind["missed_count"].max()
    unit_names = [str(name) for name in behind.loc[behind["missed_count"] == most, "unit_name"]]
    return language.count(
        "overview.behind",
        len(behind),
        n=numbers.number(len(behind), language),
        all=numbers.number(len(units), language),
        names=names.first_named(unit_names, language),
        most=numbers.number(most, language),
    )
