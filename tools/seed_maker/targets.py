"""Targets: published ones, and simulated ones for the provinces of the sample."""

from __future__ import annotations

from seed_maker.files import Row, unit_key

TARGET_COLUMNS = [
    "indicator_code",
    "scope_unit_key",
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
    "KK_DONGNGUOI": ("<=", 1, 1),
}


def make_targets(facts: list[Row]) -> list[Row]:
    """One row per target. `>prev` (better than the period before) has no value."""
    return [*_published(facts), *_simulated()]


def _published(facts: list[Row]) -> list[Row]:
    return [
        {
            "indicator_code": fact["code"],
            "scope_unit_key": unit_key(fact["target_scope"], ""),
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


def _simulated() -> list[Row]:
    return [
        {
            "indicator_code": indicator,
            "scope_unit_key": scope,
            "operator": operator,
            "target_value": str(level),
            "valid_from": _SIMULATED_FROM,
            "valid_to": _SIMULATED_TO,
            "source": _SIMULATED_SOURCE,
            "is_simulated": "true",
        }
        for indicator, (operator, lang_son, tuyen_quang) in _SIMULATED.items()
        for scopes, level in ((_LANG_SON, lang_son), (_TUYEN_QUANG, tuyen_quang))
        for scope in scopes
    ]
