"""Finds the unit that a person or an office stands for: `Chủ tịch UBND xã`, `Công an xã`, `UBND tỉnh Lạng Sơn`.

Communes have no offices of their own in the register, so an office of a commune means the commune itself. A province's offices
are bodies of the register, where there is such a body.
"""

from __future__ import annotations

import re
from datetime import date

from warehouse.reference.units.register import UnitRegister, UnitVersion
from warehouse.text.vietnamese import normalise, tone_key

_PERSON = (
    r"(?:(?:các )?đồng chí |đ/c |ông |bà )?"
    r"(?:(?:phó )?(?:chủ tịch|bí thư|trưởng|giám đốc|chỉ huy trưởng|chủ nhiệm|chánh)(?: thường trực)?|"
    r"lãnh đạo|thường trực|thủ trưởng|tập thể)?\s*"
)
_OFFICE = (
    r"ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|(?:ban )?(?:thường vụ )?(?:đảng ủy|đảng bộ|tỉnh ủy|thành ủy)|"
    r"(?:ub ?|ủy ban )?(?:mttq|mặt trận tổ quốc)(?: việt nam| vn)?|(?:ban )?công an|"
    r"(?:ban )?(?:chỉ huy )?(?:quân sự|chqs)|văn phòng(?: hđnd(?: và| -|-) ?ubnd| đảng ủy| ubnd)?|"
    r"trung tâm phục vụ hành chính công|phòng [^,;]*?|ban xây dựng đảng|hội [^,;]*?|đoàn thanh niên|công đoàn|"
    r"sở [^,;]*?|ban tuyên giáo và dân vận|ban dân vận"
)
_PLACE = r"(?P<place>(?P<level>xã|phường|đặc khu|thị trấn|huyện|quận|thị xã|tỉnh|thành phố|tp\.?)(?:\s+(?P<name>[^\d,;]+))?)"
_ABOVE = r"(?:,\s*(?P<above>(?:tỉnh|thành phố|tp\.?)\s+[^\d,;]+))?"
_TEXT = re.compile(rf"{_PERSON}(?:(?P<office>{_OFFICE})\s*)?{_PLACE}?{_ABOVE}", re.IGNORECASE)
_LEVELS = {
    **dict.fromkeys(("xã", "phường", "đặc khu", "thị trấn"), "commune"),
    **dict.fromkeys(("huyện", "quận", "thị xã"), "district"),
    **dict.fromkeys(("tỉnh", "thành phố", "tp", "tp."), "province"),
}
_OF_PROVINCE = re.compile(r"tỉnh ủy|thành ủy|sở |ban tuyên giáo|ban dân vận", re.IGNORECASE)
# Offices that a place has whether or not the register lists them.
_EVERYWHERE = re.compile(
    r"ubnd|ủy ban nhân dân|hđnd|hội đồng|đảng|tỉnh ủy|thành ủy|ban thường|thường vụ|văn phòng", re.IGNORECASE
)


def unit_of_office(
    text: str, reporting: UnitVersion | None, units: UnitRegister, on_date: date
) -> UnitVersion | None:
    """Return the unit whose person or office the text names; None where that is not certain."""
    match = _TEXT.fullmatch(normalise(text))
    if match is None or not match["office"]:
        return None
    line = [] if reporting is None else [reporting, *units.ancestors(reporting)]
    name = (match["name"] or "").strip()
    if name:
        return _named(match, name, line, units, on_date)
    level = _LEVELS.get((match["level"] or "").lower())
    if _OF_PROVINCE.match(match["office"]):
        level = "province"
    at_home = next((unit for unit in line if unit.level != "body" and level in (None, unit.level)), None)
    if at_home is None or at_home.level == "country":
        return None
    return _office_of(at_home, match["office"], units, on_date)


def _named(
    match: re.Match[str], name: str, line: list[UnitVersion], units: UnitRegister, on_date: date
) -> UnitVersion | None:
    """Return the place that is named beside an office, its parent's name after a comma apart."""
    level = _LEVELS[match["level"].lower()]
    place = f"{match['level']} {name}"
    own = next((unit for unit in line if unit.level == level and _is_called(unit, place)), None)
    if own is None:
        province = next((unit.unit_name for unit in line if unit.level == "province"), None)
        parent = None if level == "province" else match["above"] or province
        found = units.resolve(None, place, parent, on_date, level)
        own = units.get(found.unit_key) if found.unit_key else None
    return None if own is None else _office_of(own, match["office"], units, on_date)


def _office_of(place: UnitVersion, office: str, units: UnitRegister, on_date: date) -> UnitVersion | None:
    """Return the body that a province has for the office, or the place itself; None for an office that it may not have."""
    if place.level != "province" or _EVERYWHERE.match(office):
        return place
    found = units.resolve(
        None, f"{_name_of_body(office)} {place.unit_name}", place.unit_name, on_date, "body"
    )
    return units.get(found.unit_key) if found.unit_key else None


def _name_of_body(office: str) -> str:
    """Return the name under which the register has a province's office."""
    lower = office.lower()
    if "mttq" in lower or "mặt trận" in lower:
        return "Ủy ban MTTQ Việt Nam"
    return "Bộ Chỉ huy quân sự" if "quân sự" in lower or "chqs" in lower else office


def _is_called(unit: UnitVersion, place: str) -> bool:
    return tone_key(unit.unit_name) == tone_key(place)
