"""Names as senders write them: every real dirty name is matched or asked about, and none is matched wrongly."""

from __future__ import annotations

import csv
import random
from datetime import date

import pytest

from tests.reference.units.name_damage import HARMLESS, LOSING, Damage, without_marks
from warehouse.reference.units.names import plain_name, readings
from warehouse.reference.units.patterns import NamePattern
from warehouse.reference.units.register import UnitRegister, UnitVersion
from warehouse.settings import PROJECT_DIR

REAL = PROJECT_DIR.parent / "shared" / "real" / "names" / "dirty_province_names.csv"
BEFORE, TODAY = date(2024, 12, 31), date(2026, 10, 31)
# The names of the file's right column that differ from ours.
OTHER_ENDINGS = {"Ho Chi Minh City": "ho chi minh", "Thua Thien - Hue": "hue", "Thua Thien – Hue": "hue"}
ENDED_BEFORE_THE_RECORDS = ("Ha Tay", "Ha Bac")
Living = dict[tuple[str, date], list[UnitVersion]]
TYPES = ("Thành phố ", "Tỉnh ", "Xã ", "Phường ", "Thị trấn ", "Đặc khu ")


@pytest.fixture(scope="module")
def units() -> UnitRegister:
    return UnitRegister(PROJECT_DIR / "dbt_project" / "seeds")


@pytest.fixture(scope="module")
def living(units: UnitRegister) -> Living:
    """Return the units by level and day."""
    codes = {
        "province": [f"{code:02d}" for code in range(100)],
        "commune": [f"{code:05d}" for code in range(33_400)],
    }
    return {
        (level, day): [unit for code in codes[level] if (unit := units.version_at(code, day))]
        for level in codes
        for day in (BEFORE, TODAY)
    }


def bare(name: str) -> str:
    return next((name.removeprefix(word) for word in TYPES if name.startswith(word)), name)


@pytest.mark.shared
@pytest.mark.skipif(not REAL.exists(), reason="needs the real names in ../shared")
def test_real_dirty_names_of_provinces(units: UnitRegister) -> None:
    with REAL.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 333
    wrong, asked = [], []
    for row in rows:
        match = units.resolve(None, row["original"], None, BEFORE)
        if match.unit_key is None:
            asked.append(row)
            continue
        unit = units.get(match.unit_key)
        wanted = OTHER_ENDINGS.get(row["fixed"], row["fixed"].lower().replace(" - ", " "))
        found = without_marks(unit.unit_name).lower().replace(" - ", " ")
        if unit.level != "province" or found.split(" ", 1 if found.startswith("tinh ") else 2)[-1] != wanted:
            wrong.append((row, unit.unit_name))
    assert wrong == []
    assert {row["fixed"] for row in asked} <= set(ENDED_BEFORE_THE_RECORDS)
    assert sum(row["fixed"] in ENDED_BEFORE_THE_RECORDS for row in rows) == len(asked)


@pytest.mark.parametrize("day", [BEFORE, TODAY], ids=str)
def test_every_official_name_inside_its_parents_is_found(
    units: UnitRegister, living: Living, day: date
) -> None:
    assert len(living["commune", day]) > 3_000
    for unit in living["province", day] + living["commune", day]:
        parents = ", ".join(parent.unit_name for parent in units.ancestors(unit) if parent.level != "country")
        assert units.resolve(None, unit.unit_name, parents, day).unit_key == unit.unit_key


@pytest.mark.parametrize("damage", [*HARMLESS, *LOSING], ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("day", [BEFORE, TODAY], ids=str)
def test_every_province_under_every_kind_of_damage(
    units: UnitRegister, living: Living, damage: Damage, day: date
) -> None:
    chance = random.Random(f"{damage.__name__}{day}")
    provinces = living["province", day]
    assert len(provinces) == (63 if day == BEFORE else 34)
    asked = 0
    for unit in provinces:
        for name in (unit.unit_name, bare(unit.unit_name), bare(unit.unit_name).upper()):
            match = units.resolve(None, damage(name, chance), None, day)
            assert match.unit_key in (unit.unit_key, None), (damage(name, chance), match)
            asked += match.unit_key is None
    assert asked <= 0.05 * 3 * len(provinces)


@pytest.mark.parametrize("damage", [*HARMLESS, *LOSING], ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("day", [BEFORE, TODAY], ids=str)
def test_communes_inside_their_parents_are_never_taken_for_another(
    units: UnitRegister, living: Living, damage: Damage, day: date
) -> None:
    chance = random.Random(f"{damage.__name__}{day}")
    asked = 0
    sample = chance.sample(living["commune", day], 40)
    official = {unit.unit_name for unit in living["commune", day]}
    for unit in sample:
        parents = ", ".join(parent.unit_name for parent in units.ancestors(unit) if parent.level != "country")
        name = damage(unit.unit_name, chance)
        if name in official and name != unit.unit_name:
            # The damaged name is exactly another unit's name, and nothing in it shows the damage.
            continue
        match = units.resolve(None, name, parents, day)
        assert match.unit_key in (unit.unit_key, None), match
        asked += match.unit_key is None
    assert asked <= 0.2 * len(sample)


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("TP.HCM", BEFORE, "79"),
        ("TPHCM", TODAY, "79"),
        ("Sài Gòn", BEFORE, "79"),
        ("TT-Huế", BEFORE, "46"),
        ("tỉnh Thừa Thiên Huế", BEFORE, "46"),
        ("Thua Thien Hue", BEFORE, "46"),
        ("BR-VT", BEFORE, "77"),
        ("Bà Rịa Vũng Tàu", BEFORE, "77"),
        ("Bắc Cạn", BEFORE, "06"),
        ("Đắc Lắc", TODAY, "66"),
        ("DAKLAK", TODAY, "66"),
        ("Hanoi", TODAY, "01"),
        ("Tỉnh ủy Lạng Sơn", TODAY, "20"),
        ("TỈNH UỶ LẠNG SƠN", TODAY, "20"),
        ("UBND tỉnh Lạng Sơn", TODAY, "20"),
        ("Ủy ban nhân dân tỉnh Lạng Sơn", TODAY, "20"),
        ("Thành ủy Đà Nẵng", TODAY, "48"),
        ("1. Lạng Sơn", TODAY, "20"),
        ("Đảng ủy UBND tỉnh Lạng Sơn", TODAY, "20-DU-UBND"),
        ("Đảng ủy xã Tân Thành, tỉnh Lạng Sơn", TODAY, "06445"),
        ("xã Tân Thành, Lạng Sơn", TODAY, "06445"),
        ("Tỉnh đoàn Lạng Sơn", TODAY, "20-DTN"),
        ("Ban Dân vận Tỉnh ủy Lạng Sơn", BEFORE, "20-BDV"),
    ],
)
def test_other_names_in_use_are_found(units: UnitRegister, name: str, day: date, code: str) -> None:
    match = units.resolve(None, name, None, day)
    assert match.unit_key, match
    assert units.get(match.unit_key).unit_code == code


@pytest.mark.parametrize(
    ("name", "day", "rule"),
    [
        ("Hà Tây", BEFORE, "unknown"),
        ("Hà Bắc", BEFORE, "unknown"),
        # A ward of today bears the name of the province that ended: the list is old, the ward is not meant.
        ("Bắc Kạn", TODAY, "old_list"),
        ("Tỉnh Bắc Kạn", TODAY, "old_list"),
        ("Thừa Thiên Huế", TODAY, "old_list"),
        ("Bà Rịa Vũng Tàu", TODAY, "old_list"),
        # The city inside the province ended; the province of that name is not the city.
        ("Thành phố Thái Nguyên", TODAY, "old_list"),
        ("Thành phố Đồng Nai", date(2025, 12, 31), "new_list"),
        ("L\ufffd\ufffd\ufffd", BEFORE, "unknown"),
        ("\ufffd" * 7, BEFORE, "unknown"),
        ("Lạng Sn", BEFORE, "unknown"),
        ("Nam", BEFORE, "unknown"),
        ("Tân Thành", TODAY, "ambiguous"),
        ("Phường Tân Thành, tỉnh Lạng Sơn", TODAY, "unknown"),
        ("x" * 100_000, BEFORE, "unknown"),
    ],
)
def test_an_uncertain_name_is_asked_about(units: UnitRegister, name: str, day: date, rule: str) -> None:
    match = units.resolve(None, name, None, day)
    assert (match.unit_key, match.rule) == (None, rule)


def test_an_old_name_brings_its_successor(units: UnitRegister) -> None:
    match = units.resolve(None, "Bắc Kạn", None, TODAY)
    assert match.suggestion is not None
    assert match.suggestion.unit_name == "Tỉnh Thái Nguyên"


def test_a_bare_name_without_a_parent_is_a_province(units: UnitRegister) -> None:
    """Cities, districts and communes bear the same names as provinces; they need their type or their parent."""
    assert units.resolve(None, "Hoà Bình", None, BEFORE).unit_key == "17@0"
    city = units.resolve(None, "TP. Hòa Bình", None, BEFORE)
    assert city.unit_key is not None
    assert units.get(city.unit_key).level == "district"


def test_an_old_parent_with_its_old_commune_is_the_old_list(units: UnitRegister) -> None:
    match = units.resolve(None, "Xã Tân Quang", "tỉnh Hà Giang", TODAY)
    assert (match.unit_key, match.rule) == (None, "old_list")


def test_a_code_agrees_with_a_damaged_name(units: UnitRegister) -> None:
    assert units.resolve("20", "L<U+1EA0>NG SON", None, TODAY).unit_key == "20@2025-07-01"
    assert units.resolve("66", "Đắc Lắc", None, TODAY).unit_key == "66@2025-07-01"
    assert units.resolve("20", "Cao B\ufffdng", None, TODAY).rule == "name_disagrees"


@pytest.mark.parametrize(
    ("given", "official", "is_fit"),
    [
        ("H\ufffd Nam", "Hà Nam", True),
        ("\ufffdH\ufffd\ufffdNam", "Hà Nam", True),
        ("H?i D??ng", "Hải Dương", True),
        ("HUNG YÊN", "Hưng Yên", True),
        ("Tân Thanh", "Tân Thành", True),
        ("Tấn Thanh", "Tân Thành", False),
        ("Tân Thánh", "Tân Thành", False),
        ("T\ufffdn Thánh", "Tân Thành", False),
        ("Mường", "Mương", False),
        ("Phường 01", "Phường 1", True),
        ("Ba Be", "Ba Bể", True),
        ("Bể Ba", "Ba Bể", False),
    ],
)
def test_the_undamaged_letters_of_a_name_must_agree(given: str, official: str, is_fit: bool) -> None:
    assert NamePattern(given).fits(official) is is_fit


def test_the_word_for_the_type_may_be_damaged_too() -> None:
    assert ("tỉnh", "L\ufffdng Sơn") in readings("T\ufffdnh L\ufffdng Sơn")
    assert ("quận", "Hoa") in readings("Quan Hoa")
    assert ("", "Quan Hoa") in readings("Quan Hoa")


def test_names_are_made_plain() -> None:
    assert plain_name("Láº¡ng SÆ¡n") == "Lạng Sơn"
    assert plain_name("L&#7841;ng S\\u01a1n") == "Lạng Sơn"
    assert plain_name("Thành uỷ Hà Nội") == "thành phố Hà Nội"
