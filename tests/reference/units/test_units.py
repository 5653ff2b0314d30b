"""A unit is a code and a time: by code, by name, and never by likeness."""

from __future__ import annotations

from datetime import date

import pytest

from warehouse.reference.units.names import name_key, names_agree, split_parent, split_type
from warehouse.reference.units.register import UnitRegister
from warehouse.settings import PROJECT_DIR

JUNE, JULY, AUTUMN = date(2025, 6, 30), date(2025, 7, 1), date(2026, 10, 31)
# Seven codes that another province bears since 2025-07-01: (code, before, after).
REUSED = [
    ("15", "Yên Bái", "Lào Cai"),
    ("24", "Bắc Giang", "Bắc Ninh"),
    ("44", "Quảng Bình", "Quảng Trị"),
    ("52", "Bình Định", "Gia Lai"),
    ("80", "Long An", "Tây Ninh"),
    ("82", "Tiền Giang", "Đồng Tháp"),
    ("91", "Kiên Giang", "An Giang"),
]


@pytest.fixture(scope="module")
def units() -> UnitRegister:
    return UnitRegister(PROJECT_DIR / "dbt_project" / "seeds")


def name_at(units: UnitRegister, code: str, day: date) -> str:
    unit = units.version_at(code, day)
    assert unit is not None
    return unit.unit_name


@pytest.mark.parametrize(("code", "before", "after"), REUSED)
def test_reused_codes_name_another_province_since_july_2025(
    units: UnitRegister, code: str, before: str, after: str
) -> None:
    assert names_agree(before, name_at(units, code, JUNE))
    assert names_agree(after, name_at(units, code, JULY))


@pytest.mark.parametrize(("code", "before", "after"), REUSED)
def test_a_reused_code_with_the_old_name_is_recognised_as_the_old_list(
    units: UnitRegister, code: str, before: str, after: str
) -> None:
    match = units.resolve(code, before, None, AUTUMN)
    assert (match.unit_key, match.rule) == (None, "old_list")
    assert match.suggestion is not None
    assert match.suggestion.valid_to is None or match.suggestion.valid_to >= AUTUMN
    early = units.resolve(code, after, None, JUNE)
    assert (early.unit_key, early.rule) == (None, "new_list")
    assert early.suggestion is not None
    assert names_agree(after, early.suggestion.unit_name)
    assert early.suggestion.level == "province"


@pytest.mark.parametrize(
    ("code", "unit_key"),
    [("20", "20@2025-07-01"), (20, "20@2025-07-01"), (20.0, "20@2025-07-01"), (" 20 ", "20@2025-07-01")],
)
def test_a_code_alone_names_the_unit_of_the_day(units: UnitRegister, code: object, unit_key: str) -> None:
    assert units.resolve(code, None, None, AUTUMN).unit_key == unit_key


def test_lost_zeros_are_put_back_only_where_one_unit_fits(units: UnitRegister) -> None:
    # 4 may be Cao Bằng (04) or a ward of Hà Nội (00004).
    assert units.resolve(4, None, None, AUTUMN).rule == "ambiguous"
    assert units.resolve(4, "Cao Bằng", None, AUTUMN).unit_key == "04@2025-07-01"
    assert units.resolve("4", "Phường Ba Đình", None, AUTUMN).unit_key == "00004@2025-07-01"


def test_a_body_by_its_code_follows_the_time(units: UnitRegister) -> None:
    assert units.resolve("08-DU-UBND", None, None, AUTUMN).unit_key == "08-DU-UBND@2025-07-01"
    assert units.resolve("20-du-ubnd", None, None, AUTUMN).unit_key == "20-DU-UBND@2025-07-01"


@pytest.mark.parametrize(
    ("name", "parent", "unit_key"),
    [
        ("Tỉnh Lạng Sơn", None, "20@2025-07-01"),
        ("LẠNG SƠN", None, "20@2025-07-01"),
        ("Lang Son", None, "20@2025-07-01"),
        ("Xã Tân Thành", "Lạng Sơn", "06445@2025-07-01"),
        ("Xã Tân Thành, tỉnh Lạng Sơn", None, "06445@2025-07-01"),
        ("xã tân thành (tỉnh Lạng Sơn)", None, "06445@2025-07-01"),
        ("TP Huế", None, "46@2025-07-01"),
        ("Tỉnh Khánh Hoà", None, "56@2025-07-01"),
    ],
)
def test_a_name_that_one_unit_bears_is_found(
    units: UnitRegister, name: str, parent: str | None, unit_key: str
) -> None:
    assert units.resolve(None, name, parent, AUTUMN).unit_key == unit_key


def test_names_that_repeat_are_asked_back(units: UnitRegister) -> None:
    match = units.resolve(None, "Xã Tân Thành", None, AUTUMN)
    assert (match.unit_key, match.rule) == (None, "ambiguous")
    assert len(match.candidates) > 1


def test_without_marks_two_names_may_be_one(units: UnitRegister) -> None:
    """Tân Thành and Tân Thạnh of one province are the same without marks: nothing is certain then."""
    pairs: dict[tuple[str, str], set[str]] = {}
    for code in [f"{number:05d}" for number in range(33_000)]:
        unit = units.version_at(code, AUTUMN)
        if unit and unit.level == "commune":
            pairs.setdefault((unit.parent_unit_key, unit.unit_name), set()).add(code)
    thanh = [key for key in pairs if key[1] == "Xã Tân Thành"]
    thanh_too = [key for key in pairs if key[1] == "Xã Tân Thạnh"]
    both = {key[0] for key in thanh} & {key[0] for key in thanh_too}
    parent = units.get(min(both))
    assert units.resolve(None, "Tan Thanh", parent.unit_name, AUTUMN).rule == "ambiguous"
    assert units.resolve(None, "Tân Thạnh", parent.unit_name, AUTUMN).unit_key is not None


def test_a_likeness_is_only_a_suggestion(units: UnitRegister) -> None:
    match = units.resolve(None, "Lạng Sn", None, AUTUMN)
    assert (match.unit_key, match.rule) == (None, "unknown")
    assert "Tỉnh Lạng Sơn" in [unit.unit_name for unit in match.candidates]


def test_a_parent_that_disagrees_is_asked_back(units: UnitRegister) -> None:
    assert units.resolve("06445", "Xã Tân Thành", "Tuyên Quang", AUTUMN).rule == "parent_disagrees"
    assert units.resolve("06445", "Xã Tân Thành", "Lạng Sơn", AUTUMN).rule == "code_and_name"


def test_a_unit_that_ended_is_told_with_its_successor(units: UnitRegister) -> None:
    match = units.resolve("02", None, None, AUTUMN)
    assert match.rule == "not_alive"
    assert match.suggestion is not None
    assert match.suggestion.unit_name == "Tỉnh Tuyên Quang"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Thành phố Huế", ("thành phố", "Huế")),
        ("TP. Huế", ("thành phố", "Huế")),
        ("Thị trấn Đồng Đăng", ("thị trấn", "Đồng Đăng")),
        ("Phường 1", ("phường", "1")),
        ("Tam Kỳ", ("", "Tam Kỳ")),
        ("Xã", ("", "Xã")),
    ],
)
def test_the_word_for_the_type_is_understood(name: str, parts: tuple[str, str]) -> None:
    assert split_type(name) == parts


def test_keys_of_names() -> None:
    assert name_key("Phường 01") == name_key("phường 1")
    assert split_parent("Xã Tân Thành, tỉnh Lạng Sơn") == ("Xã Tân Thành", "tỉnh Lạng Sơn")
    assert split_parent("Xã Ba Vì - TP Hà Nội") == ("Xã Ba Vì", "TP Hà Nội")


MARCH = date(2025, 3, 31)


@pytest.mark.parametrize(
    ("name", "parent", "day", "unit_key"),
    [
        ("Sở Y tế tỉnh Lạng Sơn", None, AUTUMN, "20-SYT@2025-07-01"),
        ("Sở Y tế Lạng Sơn", None, JUNE, "20-SYT@0"),
        ("Sở Y tế", "Lạng Sơn", AUTUMN, "20-SYT@2025-07-01"),
        ("Sở GTVT", "Tỉnh Lạng Sơn", date(2025, 2, 28), "20-SGTVT@0"),
        ("Sở GTVT Hà Giang", None, date(2024, 12, 31), "02-SGTVT@0"),
        ("SỞ TN&MT", "Hà Giang", date(2024, 12, 31), "02-STNMT@0"),
        ("Sở TN và MT tỉnh Hà Giang", None, date(2024, 12, 31), "02-STNMT@0"),
        ("Sở NN&PTNT Lạng Sơn", None, date(2024, 12, 31), "20-SNNPTNT@0"),
        ("Sở NN&MT Lạng Sơn", None, MARCH, "20-SNNMT@2025-03-01"),
        ("Sở Xây dựng", "Lạng Sơn", date(2025, 2, 28), "20-SXD@0"),
        ("Sở XD", "Lạng Sơn", MARCH, "20-SXD@2025-03-01"),
        ("Sở Xây dựng TP. Hồ Chí Minh", None, AUTUMN, "79-SXD@2025-07-01"),
    ],
)
def test_a_department_is_found_by_the_names_that_its_people_use(
    units: UnitRegister, name: str, parent: str | None, day: date, unit_key: str
) -> None:
    assert units.resolve(None, name, parent, day).unit_key == unit_key


def test_a_department_that_ended_is_of_the_old_list_and_has_an_heir(units: UnitRegister) -> None:
    match = units.resolve(None, "Sở GTVT", "Lạng Sơn", AUTUMN)
    assert (match.unit_key, match.rule) == (None, "old_list")
    assert match.suggestion is not None and match.suggestion.unit_key == "20-SXD@2025-07-01"
    assert units.resolve(None, "Sở Y tế", None, AUTUMN).rule == "ambiguous"
    assert units.resolve("20-SYT", "Sở YT", None, AUTUMN).unit_key == "20-SYT@2025-07-01"


@pytest.mark.parametrize(
    ("code", "name", "parent", "unit_key"),
    [
        (None, "Phòng Dân vận", "Ban Tuyên giáo và Dân vận Tỉnh ủy Lạng Sơn", "20-BTGDV-P-DV@2025-07-01"),
        ("20-btgdv-p-dv", "Phòng Dân vận", None, "20-BTGDV-P-DV@2025-07-01"),
        ("20-BTGDV-P-DV", None, None, "20-BTGDV-P-DV@2025-07-01"),
        (None, "Thôn 1", "Xã Hoa Thám, Tỉnh Lạng Sơn", "06073-T1@2025-07-01"),
        (None, "thôn 01", "xã Hoa Thám, tỉnh Lạng Sơn", "06073-T1@2025-07-01"),
        ("6073-T1", None, None, "06073-T1@2025-07-01"),
        ("06073-t1", "Thôn 1", "Xã Hoa Thám", "06073-T1@2025-07-01"),
    ],
)
def test_a_division_and_a_village_are_found_inside_their_unit(
    units: UnitRegister, code: str | None, name: str | None, parent: str | None, unit_key: str
) -> None:
    assert units.resolve(code, name, parent, AUTUMN).unit_key == unit_key


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("Thôn 1", None),
        ("Thôn 1", "Tỉnh Lạng Sơn"),
        ("Văn phòng", None),
        ("Văn phòng", "Tỉnh Lạng Sơn"),
        ("Phòng Dân vận", "Hội Nông dân tỉnh Lạng Sơn"),
    ],
)
def test_a_name_of_a_part_means_nothing_without_its_unit(
    units: UnitRegister, name: str, parent: str | None
) -> None:
    assert units.resolve(None, name, parent, AUTUMN).unit_key is None


def test_a_division_lives_as_long_as_its_body(units: UnitRegister) -> None:
    body = "Ban Dân vận Tỉnh ủy Hà Giang"
    named = "Phòng Dân vận các cơ quan nhà nước"
    assert units.resolve(None, named, body, date(2025, 1, 31)).unit_key == "02-BDV-P-DVCQ@0"
    later = units.resolve("02-BDV-P-DVCQ", named, None, AUTUMN)
    assert later.unit_key is None
    assert later.suggestion is not None and later.suggestion.unit_key == "08-BTGDV-P-DV@2025-07-01"
