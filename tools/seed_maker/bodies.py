"""Bodies of the provinces that report in their own name: a proposal, with one list for all provinces.

Three things end a body: the merger of party bodies on 2025-02-01, the merger of departments on 2025-03-01, and the
merger of provinces on 2025-07-01. A province that was only renamed (2026) keeps its bodies under the version of
2025, as it does its communes. The days are a proposal where a province's own differ.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from seed_maker import border_guards
from seed_maker.files import Row, unit_key

PARTY_MERGER = "2025-02-01"
DEPARTMENT_MERGER = "2025-03-01"
PROVINCE_MERGER = "2025-07-01"
_SOURCE = "proposal"
_HO_CHI_MINH_CITY = "79"
# The two cities whose military command is a "Bộ Tư lệnh".
_COMMANDS = {"01": "Bộ Tư lệnh Thủ đô Hà Nội", _HO_CHI_MINH_CITY: "Bộ Tư lệnh Thành phố Hồ Chí Minh"}


@dataclass(frozen=True)
class BodyKind:
    """A kind of body. `name` is filled with {uy} (Tỉnh ủy X), {tinh} (tỉnh X) and {doan} (Tỉnh đoàn X).

    `became`: the codes of the bodies that begin on the day after `valid_to` in its place.
    """

    code: str
    name: str
    unit_type: str
    valid_from: str = ""
    valid_to: str = ""
    became: tuple[str, ...] = ()


_LAST_DAY_BEFORE_PARTY_MERGER = "2025-01-31"
_LAST_DAY_BEFORE_DEPARTMENT_MERGER = "2025-02-28"
KINDS = (
    BodyKind("BDV", "Ban Dân vận {uy}", "Ban Đảng", "", _LAST_DAY_BEFORE_PARTY_MERGER, ("BTGDV",)),
    BodyKind("BTG", "Ban Tuyên giáo {uy}", "Ban Đảng", "", _LAST_DAY_BEFORE_PARTY_MERGER, ("BTGDV",)),
    BodyKind("BTGDV", "Ban Tuyên giáo và Dân vận {uy}", "Ban Đảng", PARTY_MERGER),
    BodyKind(
        "DUK",
        "Đảng ủy Khối các cơ quan {tinh}",
        "Đảng ủy",
        "",
        _LAST_DAY_BEFORE_PARTY_MERGER,
        ("DU-CQD", "DU-UBND"),
    ),
    BodyKind("DU-CQD", "Đảng ủy các cơ quan Đảng {tinh}", "Đảng ủy", PARTY_MERGER),
    BodyKind("DU-UBND", "Đảng ủy UBND {tinh}", "Đảng ủy", PARTY_MERGER),
    BodyKind("MTTQ", "Ủy ban MTTQ Việt Nam {tinh}", "MTTQ và đoàn thể"),
    BodyKind("HND", "Hội Nông dân {tinh}", "MTTQ và đoàn thể"),
    BodyKind("HPN", "Hội Liên hiệp Phụ nữ {tinh}", "MTTQ và đoàn thể"),
    BodyKind("DTN", "{doan}", "MTTQ và đoàn thể"),
    BodyKind("CCB", "Hội Cựu chiến binh {tinh}", "MTTQ và đoàn thể"),
    BodyKind("LDLD", "Liên đoàn Lao động {tinh}", "MTTQ và đoàn thể"),
    BodyKind("SNV", "Sở Nội vụ {tinh}", "Sở, ngành"),
    BodyKind("STP", "Sở Tư pháp {tinh}", "Sở, ngành"),
    BodyKind("SYT", "Sở Y tế {tinh}", "Sở, ngành"),
    BodyKind(
        "SGTVT", "Sở Giao thông vận tải {tinh}", "Sở, ngành", "", _LAST_DAY_BEFORE_DEPARTMENT_MERGER, ("SXD",)
    ),
    BodyKind("SXD", "Sở Xây dựng {tinh}", "Sở, ngành", "", _LAST_DAY_BEFORE_DEPARTMENT_MERGER, ("SXD",)),
    BodyKind("SXD", "Sở Xây dựng {tinh}", "Sở, ngành", DEPARTMENT_MERGER),
    BodyKind(
        "STNMT",
        "Sở Tài nguyên và Môi trường {tinh}",
        "Sở, ngành",
        "",
        _LAST_DAY_BEFORE_DEPARTMENT_MERGER,
        ("SNNMT",),
    ),
    BodyKind(
        "SNNPTNT",
        "Sở Nông nghiệp và Phát triển nông thôn {tinh}",
        "Sở, ngành",
        "",
        _LAST_DAY_BEFORE_DEPARTMENT_MERGER,
        ("SNNMT",),
    ),
    BodyKind("SNNMT", "Sở Nông nghiệp và Môi trường {tinh}", "Sở, ngành", DEPARTMENT_MERGER),
    BodyKind("CAT", "Công an {tinh}", "Lực lượng vũ trang"),
    BodyKind("BCH", "Bộ Chỉ huy quân sự {tinh}", "Lực lượng vũ trang"),
    BodyKind(border_guards.CODE, border_guards.NAME_BEFORE, "Lực lượng vũ trang"),
)


def make_bodies(units: list[Row], successions: list[Row]) -> list[Row]:
    """One row per version of a body, for each province before and after the merger of provinces."""
    border = border_guards.provinces(_merged_into(successions))
    return [body for province in _provinces(units) for body in _bodies_of(province, border)]


def make_body_successions(units: list[Row], successions: list[Row]) -> list[Row]:
    """One row per step of a body: the mergers inside a province, then the mergers of provinces."""
    merged_into = _merged_into(successions)
    border = border_guards.provinces(merged_into)
    rows = []
    for province in _provinces(units):
        if province["valid_from"]:
            continue
        code = province["unit_code"]
        for kind in _kinds_of(province, border):
            begun = unit_key(f"{code}-{kind.code}", kind.valid_from)
            for successor in kind.became:
                day_after = _next_day(kind.valid_to)
                to_key = unit_key(f"{code}-{successor}", day_after)
                rows.append(_step(begun, to_key, day_after, len(kind.became)))
            if not kind.valid_to:
                new_code = merged_into[province["unit_key"]].split("@")[0]
                to_key = unit_key(f"{new_code}-{kind.code}", PROVINCE_MERGER)
                rows.append(_step(begun, to_key, PROVINCE_MERGER, 1))
    return rows


def _next_day(day: str) -> str:
    return str(date.fromisoformat(day) + timedelta(days=1))


def _provinces(units: list[Row]) -> list[Row]:
    return [
        unit for unit in units if unit["level"] == "province" and unit["valid_from"] in ("", PROVINCE_MERGER)
    ]


def _merged_into(successions: list[Row]) -> dict[str, str]:
    return {row["from_unit_key"]: row["to_unit_key"] for row in successions}


def _kinds_of(province: Row, border: frozenset[str]) -> list[BodyKind]:
    """Return the kinds of body that a province has: border guards only on a border."""
    return [kind for kind in KINDS if kind.code != border_guards.CODE or province["unit_key"] in border]


def _bodies_of(province: Row, border: frozenset[str]) -> list[Row]:
    is_new = bool(province["valid_from"])
    day_before = str(date.fromisoformat(PROVINCE_MERGER) - timedelta(days=1))
    rows = []
    for kind in _kinds_of(province, border):
        if is_new and kind.valid_to:
            continue
        code = f"{province['unit_code']}-{kind.code}"
        valid_from = PROVINCE_MERGER if is_new else kind.valid_from
        rows.append(
            {
                "unit_key": unit_key(code, valid_from),
                "unit_code": code,
                "unit_name": _name(kind, province),
                "level": "body",
                "unit_type": kind.unit_type,
                "parent_unit_key": province["unit_key"],
                "valid_from": valid_from,
                "valid_to": "" if is_new else kind.valid_to or day_before,
                "source": _SOURCE,
            }
        )
    return rows


def _name(kind: BodyKind, province: Row) -> str:
    code = province["unit_code"]
    if kind.code == "BCH" and code in _COMMANDS:
        return _COMMANDS[code]
    is_city = province["unit_type"] == "Thành phố"
    place = province["unit_name"].removeprefix(province["unit_type"]).strip()
    word = "thành phố" if is_city else "tỉnh"
    if code == _HO_CHI_MINH_CITY:  # its bodies say "Thành phố" as a part of the proper name
        place, with_word = "Thành phố Hồ Chí Minh", "Thành phố Hồ Chí Minh"
    else:
        with_word = f"{word} {place}"
    stem = "Thành" if is_city else "Tỉnh"
    is_small_command = kind.code == border_guards.CODE and province["valid_from"]
    name = border_guards.NAME_SINCE if is_small_command else kind.name
    return name.format(uy=f"{stem} ủy {place}", tinh=with_word, doan=f"{stem} đoàn {place}")


def _step(from_key: str, to_key: str, effective_date: str, part_count: int) -> Row:
    return {
        "from_unit_key": from_key,
        "to_unit_key": to_key,
        "effective_date": effective_date,
        "kind": "whole" if part_count == 1 else "part",
        "share": "1" if part_count == 1 else repr(1 / part_count),
        "share_source": _SOURCE if part_count == 1 else "equal_split",
        "source": _SOURCE,
    }
