"""The headline of a unit's profile, and the days between which the unit existed."""

from __future__ import annotations

import pandas as pd

from dashboard.language import dates, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from dashboard.ui import indicators


def headline(latest: pd.DataFrame, unit: str, language: Language) -> str:
    """Say how many targets the unit meets by its last known figures."""
    judged = indicators.judged(latest)
    if judged.empty:
        return language.count(
            "profile.headline_no_targets", len(latest), unit=unit, n=numbers.number(len(latest), language)
        )
    met = len(indicators.met(latest))
    key = "profile.headline_all_met" if met == len(judged) else "profile.headline"
    return language(
        key, unit=unit, met=numbers.number(met, language), n=numbers.number(len(judged), language)
    )


def life(unit: Row, language: Language) -> str:
    """Say until when a former unit existed, or since when a unit of today exists."""
    if numbers.is_known(unit.valid_to):
        return language("unit.until", date=dates.day(unit.valid_to, language))
    if numbers.is_known(unit.valid_from):
        return language("unit.since", date=dates.day(unit.valid_from, language))
    return language("unit.always")
