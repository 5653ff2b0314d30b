"""Territorial units and their successions."""

from __future__ import annotations

from collections import Counter

from seed_maker.files import Row, unit_key

COUNTRY_KEY = "VN@0"
UNIT_COLUMNS = [
    "unit_key",
    "unit_code",
    "unit_name",
    "level",
    "unit_type",
    "parent_unit_key",
    "valid_from",
    "valid_to",
    "source",
]
SUCCESSION_COLUMNS = [
    "from_unit_key",
    "to_unit_key",
    "effective_date",
    "kind",
    "share",
    "share_source",
    "source",
]
_OLD_LIST = "Danh mục đơn vị hành chính đến 2025-06-30"


def make_units(facts: list[Row]) -> list[Row]:
    """One row per unit version: the country, provinces, districts and communes as the facts date them."""
    country = {
        "unit_key": COUNTRY_KEY,
        "unit_code": "VN",
        "unit_name": "Việt Nam",
        "level": "country",
        "unit_type": "Quốc gia",
        "parent_unit_key": "",
        "valid_from": "",
        "valid_to": "",
        "source": _OLD_LIST,
    }
    return [country, *(_unit(fact) for fact in facts)]


def make_successions(facts: list[Row]) -> list[Row]:
    """One row per step from a unit version to its successor.

    Where a unit was split, no share was published: each part gets an equal one, and says so in share_source.
    """
    parts = Counter(_from_key(fact) for fact in facts)
    return [
        {
            "from_unit_key": _from_key(fact),
            "to_unit_key": unit_key(fact["to_code"], fact["to_valid_from"]),
            "effective_date": fact["effective_date"],
            "kind": fact["kind"],
            "share": fact["share"] or repr(1 / parts[_from_key(fact)]),
            "share_source": "official" if fact["share"] else "equal_split",
            "source": fact["legal_basis"],
        }
        for fact in facts
    ]


def _unit(fact: Row) -> Row:
    parent = unit_key(fact["parent_code"], fact["parent_valid_from"]) if fact["parent_code"] else COUNTRY_KEY
    return {
        "unit_key": unit_key(fact["code"], fact["valid_from"]),
        "unit_code": fact["code"],
        "unit_name": fact["name"],
        "level": fact["level"],
        "unit_type": fact["type"],
        "parent_unit_key": parent,
        "valid_from": fact["valid_from"],
        "valid_to": fact["valid_to"],
        "source": fact["legal_basis"] or _OLD_LIST,
    }


def _from_key(fact: Row) -> str:
    return unit_key(fact["from_code"], fact["from_valid_from"])
