"""The headline of a comparison, made of the provinces in the table below it."""

from __future__ import annotations

import pandas as pd

from dashboard.language import figures, names, numbers
from dashboard.language.names import Row
from dashboard.language.texts import Language
from dashboard.ui import indicators


def headline(provinces: pd.DataFrame, indicator: str, period: str, language: Language) -> str:
    """Name the best and the last province, or say how many met the target; `provinces` stand best first."""
    first, last = next(provinces.itertuples()), next(provinces.tail(1).itertuples())
    if len(provinces) == 1:
        return language(
            "compare.headline_one",
            province=names.short_name(first.unit_name),
            value=figures.value_text(first, language),
            name=names.in_sentence(indicator, language),
            period=names.in_sentence(period, language),
        )
    judged = indicators.judged(provinces)
    ends = {
        "best": names.short_name(first.unit_name),
        "best_value": figures.value_text(first, language),
        "last": names.short_name(last.unit_name),
        "last_value": figures.value_text(last, language),
    }
    if judged.empty:
        key = "compare.headline_values" if first.direction != "none" else "compare.headline_plain"
        return language(key, **ends)
    met = len(indicators.met(provinces))
    key = "compare.headline" if may_be_ranked(first, last) else "compare.headline_close"
    counts = {"met": numbers.number(met, language), "n": numbers.number(len(judged), language)}
    return language(key, **counts, **ends)


def without_rank(provinces: pd.DataFrame, language: Language) -> str:
    """Say how many provinces cannot be ranked, since their ranges of ranks cover nearly all places; empty for none."""
    count = len(provinces[provinces["is_rankable"].eq(False).fillna(False)])
    if not count:
        return ""
    values = {"n": numbers.number(count, language), "all": numbers.number(len(provinces), language)}
    return language.count("compare.without_rank", count, **values)


def may_be_ranked(first: Row, second: Row) -> bool:
    """Return whether one stands surely before the other: their ranges of ranks do not meet, or neither has one."""
    ranges = (first.rank_low, first.rank_high, second.rank_low, second.rank_high)
    if not all(numbers.is_known(end) for end in ranges):
        return True
    return bool(first.rank_high < second.rank_low or second.rank_high < first.rank_low)
