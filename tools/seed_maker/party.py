"""The party's own committees and cells, and who stands above whom in the party: a proposal.

Every province has its provincial committee, above the committees of blocs that the seed `bodies` lists. Two provinces show
the levels below: the base committees of agencies, some cells, and the committees of some communes. A unit lies in the state
where its agency or commune lies; its place in the party is a row of `party_parents`, which follows the end of the bloc of
agencies on 2025-01-31.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from seed_maker.bodies import PARTY_MERGER, PROVINCE_MERGER
from seed_maker.files import Row, unit_key

PARENT_COLUMNS = ["unit_key", "parent_unit_key", "valid_from", "valid_to", "source"]
LAST_DAY_OF_BLOCS, LAST_DAY_OF_63 = "2025-01-31", "2025-06-30"
BLOC, PARTY_BLOC, STATE_BLOC = "DUK", "DU-CQD", "DU-UBND"
_SOURCE = "proposal"
# Provinces whose base committees, cells and communes' committees are listed: those of the sample.
_SHOWN_IN_FULL = ("08", "20")
_COMMUNES_SHOWN, _COMMUNES_WITH_CELLS, _CELLS = 10, 2, (1, 2, 3)
_HO_CHI_MINH_CITY = "79"


@dataclass(frozen=True)
class Agency:
    """An agency with a base committee. `body` says under which code the seed `bodies` has the agency, if it does."""

    code: str
    name: str
    bloc: str
    body: bool = False
    cells: bool = False
    valid_from: str = ""
    became: str = ""


AGENCIES = (
    Agency("VPTU", "Văn phòng {uy}", PARTY_BLOC),
    Agency("BTC", "Ban Tổ chức {uy}", PARTY_BLOC),
    Agency("BDV", "Ban Dân vận {uy}", PARTY_BLOC, body=True, became="BTGDV"),
    Agency("BTG", "Ban Tuyên giáo {uy}", PARTY_BLOC, body=True, became="BTGDV"),
    Agency("BTGDV", "Ban Tuyên giáo và Dân vận {uy}", PARTY_BLOC, body=True, valid_from=PARTY_MERGER),
    Agency("MTTQ", "Ủy ban MTTQ Việt Nam {tinh}", PARTY_BLOC, body=True),
    Agency("HND", "Hội Nông dân {tinh}", PARTY_BLOC, body=True),
    Agency("HPN", "Hội Liên hiệp Phụ nữ {tinh}", PARTY_BLOC, body=True),
    Agency("DTN", "Tỉnh đoàn {place}", PARTY_BLOC, body=True),
    Agency("VPUB", "Văn phòng UBND {tinh}", STATE_BLOC),
    Agency("SNV", "Sở Nội vụ {tinh}", STATE_BLOC, body=True, cells=True),
    Agency("STP", "Sở Tư pháp {tinh}", STATE_BLOC, body=True, cells=True),
    Agency("STC", "Sở Tài chính {tinh}", STATE_BLOC),
    Agency("SCT", "Sở Công Thương {tinh}", STATE_BLOC),
    Agency("SGD", "Sở Giáo dục và Đào tạo {tinh}", STATE_BLOC),
    Agency("SVH", "Sở Văn hóa, Thể thao và Du lịch {tinh}", STATE_BLOC),
)


def make_units(units: list[Row]) -> list[Row]:
    """One row per version of a committee or a cell, each with its place in the state as parent."""
    return [unit for unit, _ in _units_and_parents(units)]


def make_parents(units: list[Row]) -> list[Row]:
    """One row per unit, unit above it in the party, and span of days."""
    rows = [parent for _, parents in _units_and_parents(units) for parent in parents]
    for province in _provinces(units):
        top = unit_key(f"{province['unit_code']}-TU", province["valid_from"])
        for code, first, last in _blocs(bool(province["valid_from"])):
            rows.append(_parent(unit_key(f"{province['unit_code']}-{code}", first), top, first, last))
    return rows


def make_successions(units: list[Row], successions: list[Row]) -> list[Row]:
    """One row per step of a committee or a cell, whole: the party merger, then the merger of provinces."""
    merged_into = {row["from_unit_key"]: row["to_unit_key"].split("@")[0] for row in successions}
    old_provinces = [province for province in _provinces(units) if not province["valid_from"]]
    new_codes = {province["unit_code"]: merged_into[province["unit_key"]] for province in old_provinces}
    made = {unit["unit_key"] for unit in make_units(units)}
    became = {agency.code: agency.became for agency in AGENCIES if agency.became}
    rows = []
    for unit in make_units(units):
        if not unit["valid_to"]:
            continue
        province, _, rest = unit["unit_code"].partition("-")
        agency = rest.removeprefix("CS-")
        if agency in became:
            heir = unit_key(f"{province}-CS-{became[agency]}", PARTY_MERGER)
        else:
            heir = unit_key(f"{new_codes[province]}-{rest}", PROVINCE_MERGER)
        if heir in made:
            rows.append(_step(unit["unit_key"], heir))
    return rows


def _units_and_parents(units: list[Row]) -> Iterator[tuple[Row, list[Row]]]:
    for province in _provinces(units):
        words = _words(province)
        code, first = province["unit_code"], province["valid_from"]
        last = "" if first else LAST_DAY_OF_63
        top = _unit(f"{code}-TU", words["uy"], "Tỉnh ủy, Thành ủy", province["unit_key"], (first, last))
        yield top, []
        if code in _SHOWN_IN_FULL:
            for agency in AGENCIES:
                yield from _base_committee(agency, province, words)
            if first:
                yield from _commune_committees(units, province, top)


def _base_committee(agency: Agency, province: Row, words: Row) -> Iterator[tuple[Row, list[Row]]]:
    is_new = bool(province["valid_from"])
    if is_new and agency.became:
        return
    first = PROVINCE_MERGER if is_new else agency.valid_from
    last = "" if is_new else LAST_DAY_OF_BLOCS if agency.became else LAST_DAY_OF_63
    place = unit_key(f"{province['unit_code']}-{agency.code}", first) if agency.body else province["unit_key"]
    name = agency.name.format(**words)
    code = f"{province['unit_code']}-CS-{agency.code}"
    base = _unit(code, f"Đảng bộ {name}", "Tổ chức cơ sở đảng", place, (first, last))
    parents = []
    for bloc, bloc_first, bloc_last in _blocs(is_new):
        joint_first, joint_last = max(first, bloc_first), min(last or "9999", bloc_last or "9999")
        if bloc in (BLOC, agency.bloc) and joint_first <= joint_last:
            above = unit_key(f"{province['unit_code']}-{bloc}", bloc_first)
            parents.append(_parent(base["unit_key"], above, joint_first, joint_last.removesuffix("9999")))
    yield base, parents
    for number in _CELLS if agency.cells else ():
        cell = _unit(f"{code}-CB-{number}", f"Chi bộ {number} {name}", "Chi bộ", place, (first, last))
        yield cell, [_parent(cell["unit_key"], base["unit_key"], first, last)]


def _commune_committees(units: list[Row], province: Row, top: Row) -> Iterator[tuple[Row, list[Row]]]:
    communes = [unit for unit in units if unit["parent_unit_key"] == province["unit_key"]]
    communes = sorted(
        (unit for unit in communes if unit["level"] == "commune"), key=lambda unit: unit["unit_code"]
    )
    for position, commune in enumerate(communes[:_COMMUNES_SHOWN]):
        code, place, first = f"{commune['unit_code']}-DU", commune["unit_key"], commune["valid_from"]
        name = commune["unit_name"][0].lower() + commune["unit_name"][1:]
        committee = _unit(code, f"Đảng ủy {name}", "Đảng ủy xã, phường", place, (first, ""))
        yield committee, [_parent(committee["unit_key"], top["unit_key"], first, "")]
        for number in _CELLS if position < _COMMUNES_WITH_CELLS else ():
            cell = _unit(f"{code}-CB-{number}", f"Chi bộ {number} {name}", "Chi bộ", place, (first, ""))
            yield cell, [_parent(cell["unit_key"], committee["unit_key"], first, "")]


def _blocs(is_new: bool) -> tuple[tuple[str, str, str], ...]:
    """Code, first and last day of each committee of a bloc, before or after the merger of provinces."""
    if is_new:
        return (PARTY_BLOC, PROVINCE_MERGER, ""), (STATE_BLOC, PROVINCE_MERGER, "")
    return (
        (BLOC, "", LAST_DAY_OF_BLOCS),
        (PARTY_BLOC, PARTY_MERGER, LAST_DAY_OF_63),
        (STATE_BLOC, PARTY_MERGER, LAST_DAY_OF_63),
    )


def _provinces(units: list[Row]) -> list[Row]:
    return [
        unit for unit in units if unit["level"] == "province" and unit["valid_from"] in ("", PROVINCE_MERGER)
    ]


def _words(province: Row) -> Row:
    is_city = province["unit_type"] == "Thành phố"
    place = province["unit_name"].removeprefix(province["unit_type"]).strip()
    if province["unit_code"] == _HO_CHI_MINH_CITY:  # its bodies say "Thành phố" as a part of the proper name
        place = "Thành phố Hồ Chí Minh"
    stem, word = ("Thành", "thành phố") if is_city else ("Tỉnh", "tỉnh")
    return {"uy": f"{stem} ủy {place}", "tinh": f"{word} {place}", "place": place}


def _unit(code: str, name: str, unit_type: str, place: str, days: tuple[str, str]) -> Row:
    first, last = days
    return {
        "unit_key": unit_key(code, first),
        "unit_code": code,
        "unit_name": name,
        "level": "body",
        "unit_type": unit_type,
        "parent_unit_key": place,
        "valid_from": first,
        "valid_to": last,
        "source": _SOURCE,
    }


def _parent(key: str, above: str, first: str, last: str) -> Row:
    return {
        "unit_key": key,
        "parent_unit_key": above,
        "valid_from": first,
        "valid_to": last,
        "source": _SOURCE,
    }


def _step(from_key: str, to_key: str) -> Row:
    return {
        "from_unit_key": from_key,
        "to_unit_key": to_key,
        "effective_date": to_key.split("@")[1],
        "kind": "whole",
        "share": "1",
        "share_source": _SOURCE,
        "source": _SOURCE,
    }
