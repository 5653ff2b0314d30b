"""Divisions of bodies as units below them: a proposal that a province extends in `divisions.csv`.

A division lives as long as the version of its body. It goes on in the division of the same short name, or in the one
that the column `became` names, of the body that took its own body over.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from seed_maker.files import Row, read_facts, unit_key

_FACTS = Path(__file__).with_name("divisions.csv")
_UNIT_TYPE = "Phòng, ban"


def make_divisions(bodies: list[Row]) -> list[Row]:
    """One row per version of a division. Raises ValueError for a division of a body that the list of bodies lacks."""
    rows = [
        body
        | {
            "unit_key": unit_key(_code(fact), body["valid_from"]),
            "unit_code": _code(fact),
            "unit_name": fact["unit_name"],
            "unit_type": _UNIT_TYPE,
            "parent_unit_key": body["unit_key"],
        }
        for fact in read_facts(_FACTS)
        for body in _versions(bodies, fact["body_code"])
    ]
    lost = {_code(fact) for fact in read_facts(_FACTS)} - {row["unit_code"] for row in rows}
    if lost:
        raise ValueError(f"{_FACTS.name}: no such body for {', '.join(sorted(lost))}")
    return rows


def make_division_successions(bodies: list[Row], body_steps: list[Row]) -> list[Row]:
    """One row per step of a division, on the day on which its body went into another one or into a new version."""
    facts: dict[str, list[Row]] = defaultdict(list)
    for fact in read_facts(_FACTS):
        facts[fact["body_code"]].append(fact)
    by_key = {row["unit_key"]: row for row in bodies}
    known = {row["unit_key"] for row in make_divisions(bodies)}
    rows = []
    for step in body_steps:
        before, after = by_key[step["from_unit_key"]], by_key[step["to_unit_key"]]
        for fact in facts[before["unit_code"]]:
            heir = (fact["became"] if after["unit_code"] != before["unit_code"] else "") or fact["short_name"]
            to_key = unit_key(f"{after['unit_code']}-P-{heir}", after["valid_from"])
            if to_key in known:
                rows.append(
                    step
                    | {
                        "from_unit_key": unit_key(_code(fact), before["valid_from"]),
                        "to_unit_key": to_key,
                    }
                )
    return rows


def _code(fact: Row) -> str:
    return f"{fact['body_code']}-P-{fact['short_name']}"


def _versions(bodies: list[Row], code: str) -> list[Row]:
    return [row for row in bodies if row["unit_code"] == code]
