"""Indicators that the project proposes for systems which the sources describe without figures of their own.

`proposed_indicators.csv` lists them with their duties. They begin with the two-level government on 2025-07-01, so that no
district and no unit of the time before owes them.
"""

from __future__ import annotations

from pathlib import Path

from seed_maker.files import Row, read_facts

_FACTS = Path(__file__).with_name("proposed_indicators.csv")
_SOURCE = "proposal (bài viết nguồn {})"


def read_proposals() -> list[Row]:
    """Return the facts, one row per proposed indicator."""
    return read_facts(_FACTS)


def make_indicators(facts: list[Row]) -> list[Row]:
    """Return one row per indicator. An indicator with a denominator is a rate, in per cent."""
    return [_indicator(fact) for fact in facts]


def make_duties(facts: list[Row]) -> list[Row]:
    """Return one row per indicator and level of unit that owes it."""
    return [
        {
            "indicator_code": fact["code"],
            "level": level.strip(),
            "valid_from": fact["valid_from"],
            "valid_to": "",
            "source": "proposal",
        }
        for fact in facts
        for level in fact["reported_by"].split(",")
    ]


def _indicator(fact: Row) -> Row:
    is_rate = bool(fact["denominator"])
    if is_rate != (fact["unit"] == "%"):
        raise ValueError(f"{fact['code']}: percentages, and only they, have a denominator")
    return {
        "indicator_code": fact["code"],
        "indicator_name_vi": fact["name_vi"],
        "indicator_name_en": fact["name_en"],
        "unit_vi": fact["unit"],
        "unit_en": fact["unit_en"],
        "numerator_vi": fact["numerator"],
        "denominator_vi": fact["denominator"],
        "direction": fact["direction"],
        "frequency": fact["period"],
        "is_rate": "true" if is_rate else "false",
        "aggregation": fact["aggregation"],
        "rollup": fact["rollup"],
        "source": _SOURCE.format(fact["seed"].replace(";", ", ")),
        "evidence": fact["evidence"],
    }
