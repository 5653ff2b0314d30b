"""Targets: published ones, and simulated ones for the country and the provinces of the sample."""

from __future__ import annotations

from seed_maker.files import Row, unit_key

TARGET_COLUMNS = [
    "indicator_code",
    "scope_unit_key",
    "level",
    "operator",
    "target_value",
    "valid_from",
    "valid_to",
    "source",
    "is_simulated",
]
_SIMULATED_FROM, _SIMULATED_TO = "2024-01-01", "2026-12-31"
_SIMULATED_SOURCE = "Mô phỏng (simulated)"
# Hà Giang is left out: it has published targets until it ended.
_LANG_SON = ("20@0", "20@2025-07-01")
_TUYEN_QUANG = ("08@0", "08@2025-07-01")
# Indicator → operator, level in Lạng Sơn, level in Tuyên Quang.
_SIMULATED = {
    "KNTC_GQ": (">=", 85, 88),
    "TTHC_DUNGHAN": (">=", 97, 98),
    "TODV_THON": (">=", 90, 85),
    "TH_CBDV": ("=", 100, 100),
    "DT_KL": (">=", 80, 80),
    "NTT_XL": (">=", 80, 85),
    "BC_DUNGHAN": (">=", 90, 95),
    "DVK_TLCS": (">=", 80, 80),
    "DVK_CN": (">=", 85, 80),
    "DVK_KTRA": (">=", 50, 60),
    "TDUA_THANG": (">=", 90, 90),
    "PHOIHOP": (">=", 90, 85),
    "PBXH_TT": (">=", 75, 75),
}
# Targets of the proposed indicators, which began with the provinces of July 2025.
_SIMULATED_SINCE_THE_MERGER = {
    "KN_GQ": (">=", 85, 88),
    "TC_GQ": (">=", 85, 88),
    "TTHC_TINH": (">=", 98, 98),
    "TTHC_XA": (">=", 97, 98),
    "DDCV_PA": (">=", 90, 90),
    "DAT_GQ": (">=", 75, 80),
    "GPMB_DT": (">=", 85, 85),
    "TM_TIEPTHU": (">=", 70, 70),
    "MT_KN": (">=", 75, 75),
    "HDND_KN": (">=", 85, 85),
}
# For the country and for provinces without targets of their own.
_SIMULATED_OF_PROVINCES = {
    "KNTC_GQ": 85,
    "TTHC_DUNGHAN": 97,
    "DT_KL": 80,
    "NTT_XL": 80,
    "BC_DUNGHAN": 90,
    "DVK_TLCS": 80,
    "DVK_CN": 80,
    "DVK_KTRA": 50,
    "PHOIHOP": 85,
    "PBXH_TT": 75,
}
# A count adds up, so that one number cannot bind a commune and its province: level → number, a proposal.
_SIMULATED_COUNT_SOURCE = f"{_SIMULATED_SOURCE}; số theo cấp là đề xuất (proposal)"
_SIMULATED_COUNTS = {"KK_DONGNGUOI": ("<=", {"commune": 1, "district": 2, "province": 5})}


def make_targets(facts: list[Row]) -> list[Row]:
    """One row per target. `>prev` (better than the period before) has no value."""
    return [*_published(facts), *_simulated(), *_simulated_of_provinces(), *_simulated_counts()]


def _published(facts: list[Row]) -> list[Row]:
    return [
        {
            "indicator_code": fact["code"],
            "scope_unit_key": unit_key(fact["target_scope"], ""),
            "level": _level_bound(fact),
            "operator": fact["target_op"],
            "target_value": fact["target_value"],
            "valid_from": fact["target_valid_from"],
            "valid_to": fact["target_valid_to"],
            "source": fact["target_source"],
            "is_simulated": "false",
        }
        for fact in facts
        if fact["target_op"]
    ]


def _level_bound(fact: Row) -> str:
    """Return the one level that reports a count, such as the days of a commune's secretary; empty for several."""
    levels = fact["reported_by"].split(", ")
    return levels[0] if len(levels) == 1 and not fact["denominator"] else ""


def _simulated_of_provinces() -> list[Row]:
    return [
        {
            "indicator_code": indicator,
            "scope_unit_key": "VN@0",
            "level": level,
            "operator": ">=",
            "target_value": str(value),
            "valid_from": _SIMULATED_FROM,
            "valid_to": _SIMULATED_TO,
            "source": _SIMULATED_SOURCE,
            "is_simulated": "true",
        }
        for indicator, value in _SIMULATED_OF_PROVINCES.items()
        for level in ("country", "province")
    ]


def _simulated() -> list[Row]:
    return [
        {
            "indicator_code": indicator,
            "scope_unit_key": scope,
            "level": "",
            "operator": operator,
            "target_value": str(level),
            "valid_from": _SIMULATED_FROM,
            "valid_to": _SIMULATED_TO,
            "source": _SIMULATED_SOURCE,
            "is_simulated": "true",
        }
        for listed, first_scope in ((_SIMULATED, 0), (_SIMULATED_SINCE_THE_MERGER, 1))
        for indicator, (operator, lang_son, tuyen_quang) in listed.items()
        for scopes, level in ((_LANG_SON, lang_son), (_TUYEN_QUANG, tuyen_quang))
        for scope in scopes[first_scope:]
    ]


def _simulated_counts() -> list[Row]:
    return [
        {
            "indicator_code": indicator,
            "scope_unit_key": scope,
            "level": level,
            "operator": operator,
            "target_value": str(number),
            "valid_from": _SIMULATED_FROM,
            "valid_to": _SIMULATED_TO,
            "source": _SIMULATED_COUNT_SOURCE,
            "is_simulated": "true",
        }
        for indicator, (operator, numbers) in _SIMULATED_COUNTS.items()
        for scope in (*_LANG_SON, *_TUYEN_QUANG)
        for level, number in numbers.items()
        if level != "district" or scope.endswith("@0")
    ]
