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
# The facts have the units of 2025-06-30. A figure of 2023 was published about a district that became part of another half a year
# before that day. The records stay without the other part, Long Điền: nothing was reported in its name.
_DISTRICT_MERGER = "1256/NQ-UBTVQH15 ngày 24/10/2024: nhập huyện Long Điền và huyện Đất Đỏ thành huyện Long Đất từ 01/01/2025"
_MERGED_ON, _LAST_DAY_BEFORE = "2025-01-01", "2024-12-31"
_MERGED_DISTRICT = "753"
_NAME_BEFORE = "Huyện Đất Đỏ"


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
    facts = [_dated(fact) for fact in facts]
    (merged,) = (fact for fact in facts if _is_merged_district(fact["level"], fact["code"]))
    before = merged | {"name": _NAME_BEFORE, "valid_from": "", "valid_to": _LAST_DAY_BEFORE}
    return [country, *(_unit(fact) for fact in [*facts, before])]


def make_successions(facts: list[Row]) -> list[Row]:
    """One row per step from a unit version to its successor.

    Where a unit was split, no share was published: each part gets an equal one, and says so in share_source.
    """
    parts = Counter(_from_key(fact) for fact in facts)
    merger = {
        "from_unit_key": unit_key(_MERGED_DISTRICT, ""),
        "to_unit_key": unit_key(_MERGED_DISTRICT, _MERGED_ON),
        "effective_date": _MERGED_ON,
        "kind": "whole",
        "share": "1",
        "share_source": "official",
        "source": _DISTRICT_MERGER,
    }
    return [merger] + [
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


def _is_merged_district(level: str, code: str) -> bool:
    return (level, code) == ("district", _MERGED_DISTRICT)


def _dated(fact: Row) -> Row:
    """Return the fact with the first day of the merged district, as itself or as a parent, which the facts leave open."""
    if _is_merged_district(fact["level"], fact["code"]):
        return fact | {"valid_from": _MERGED_ON, "legal_basis": _DISTRICT_MERGER}
    if _is_merged_district(fact["parent_level"], fact["parent_code"]):
        return fact | {"parent_valid_from": _MERGED_ON}
    return fact


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
