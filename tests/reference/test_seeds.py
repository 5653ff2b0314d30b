"""The reference seeds against facts that were looked up by hand, not read from their maker."""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from warehouse.forms.contract import load_forms
from warehouse.settings import PROJECT_DIR

SEEDS = PROJECT_DIR / "dbt_project" / "seeds"
SHARED = PROJECT_DIR.parent / "shared"
OPEN_END = "9999-12-31"
Rows = list[dict[str, str]]
OF_THE_PARTY = {
    "QT_CB",
    "DVK_CS",
    *(f"DVK_KT_{kind}_{level}" for kind in ("TT", "CN") for level in ("TU", "DU")),
}


def seed(name: str, folder: Path = SEEDS) -> Rows:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def units() -> Rows:
    return seed("units")


@pytest.fixture(scope="module")
def all_units(units: Rows) -> Rows:
    return units + seed("bodies") + seed("party_units")


def alive(rows: Rows, day: str, level: str) -> Rows:
    return [
        row
        for row in rows
        if row["level"] == level and row["valid_from"] <= day <= (row["valid_to"] or OPEN_END)
    ]


@pytest.mark.parametrize(
    ("day", "level", "count"),
    [
        ("2025-06-30", "province", 63),
        ("2025-07-01", "province", 34),
        ("2026-11-20", "province", 34),
        ("2024-12-31", "district", 696),
        ("2025-06-30", "district", 696),
        ("2025-07-01", "district", 0),
        ("2025-06-30", "commune", 10_033),
        ("2025-07-01", "commune", 3_321),
        ("2025-01-31", "country", 1),
    ],
)
def test_units_alive_on_a_day(units: Rows, day: str, level: str, count: int) -> None:
    assert len(alive(units, day, level)) == count


def test_a_code_alone_names_nothing(units: Rows) -> None:
    by_day = {
        day: {row["unit_code"]: row["unit_name"] for row in alive(units, day, "province")}
        for day in ("2025-06-30", "2025-07-01")
    }
    assert by_day["2025-06-30"]["15"] == "Tỉnh Yên Bái"
    assert by_day["2025-07-01"]["15"] == "Tỉnh Lào Cai"
    assert by_day["2025-06-30"]["10"] == "Tỉnh Lào Cai"
    place = {
        day: {code: name.split(" ", 1)[1] for code, name in names.items()} for day, names in by_day.items()
    }
    reused = {
        code
        for code, name in place["2025-07-01"].items()
        if code in place["2025-06-30"] and place["2025-06-30"][code] != name
    }
    assert reused == {"15", "24", "44", "52", "80", "82", "91"}


def test_cities_of_2026_keep_their_communes_under_the_version_of_2025(units: Rows) -> None:
    names = {row["unit_key"]: row["unit_name"] for row in units}
    assert names["24@2025-07-01"] == "Tỉnh Bắc Ninh"
    assert names["24@2026-09-20"] == "Thành phố Bắc Ninh"
    parents = {row["parent_unit_key"] for row in alive(units, "2026-11-20", "commune")}
    assert {"22@2025-07-01", "24@2025-07-01", "75@2025-07-01"} <= parents
    assert not parents & {"22@2026-09-01", "24@2026-09-20", "75@2026-04-30"}


def test_every_parent_exists_and_was_alive_when_its_child_began(all_units: Rows) -> None:
    by_key = {row["unit_key"]: row for row in all_units}
    assert len(by_key) == len(all_units)
    earlier = {row["unit_key"]: row["parent_unit_key"] for row in seed("earlier_parents")}
    for row in all_units:
        if row["level"] == "country":
            assert row["parent_unit_key"] == ""
            continue
        parent = by_key[earlier.get(row["unit_key"], row["parent_unit_key"])]
        assert parent["valid_from"] <= row["valid_from"] <= (parent["valid_to"] or OPEN_END), row["unit_key"]
    for row in seed("earlier_parents"):
        later = by_key[by_key[row["unit_key"]]["parent_unit_key"]]
        assert (date.fromisoformat(later["valid_from"]) - date.fromisoformat(row["valid_to"])).days == 1


def test_versions_of_a_code_do_not_overlap(all_units: Rows) -> None:
    versions = defaultdict(list)
    for row in all_units:
        assert row["unit_key"] == f"{row['unit_code']}@{row['valid_from'] or '0'}"
        versions[row["unit_code"]].append((row["valid_from"], row["valid_to"] or OPEN_END))
    for code, spans in versions.items():
        spans.sort()
        for (_, end), (start, _) in pairwise(spans):
            assert end < start, code


def test_successions_join_known_versions_and_share_out_the_whole(all_units: Rows) -> None:
    by_key = {row["unit_key"]: row for row in all_units}
    shares: dict[tuple[str, str], float] = defaultdict(float)
    for row in seed("successions") + seed("body_successions"):
        before, after = by_key[row["from_unit_key"]], by_key[row["to_unit_key"]]
        assert row["effective_date"] == after["valid_from"]
        assert (date.fromisoformat(after["valid_from"]) - date.fromisoformat(before["valid_to"])).days == 1
        assert (row["kind"] == "part") == (row["share_source"] == "equal_split")
        shares[row["from_unit_key"], row["effective_date"]] += float(row["share"])
    assert {key: share for key, share in shares.items() if abs(share - 1) > 1e-9} == {}


def test_splits_and_ends_are_those_of_2025() -> None:
    steps = seed("successions")
    parts = Counter(row["from_unit_key"] for row in steps if row["kind"] == "part")
    assert len(parts) == 441
    assert set(parts.values()) == {2, 3, 4, 5}
    dat_do = next(row for row in steps if row["from_unit_key"] == "753@0")
    assert (dat_do["to_unit_key"], dat_do["kind"]) == ("753@2025-01-01", "whole")
    assert dat_do["source"].startswith("1256/NQ-UBTVQH15")
    steps.remove(dat_do)
    districts = {row["from_unit_key"].split("@")[0] for row in steps if len(row["from_unit_key"]) == 5}
    assert districts == {"318", "471", "498", "536", "755"}
    province_steps = {row["from_unit_key"]: row["to_unit_key"] for row in steps}
    assert province_steps["77@0"] == "79@2025-07-01"
    assert province_steps["02@0"] == "08@2025-07-01"


def test_bodies_follow_the_reforms() -> None:
    divisions = {row["unit_key"] for row in seed("bodies") if row["unit_type"] == "Phòng, ban"}
    bodies = {row["unit_key"]: row for row in seed("bodies") if row["unit_key"] not in divisions}
    # 44 commands of the border guard were dissolved and 30 smaller ones founded (Nhân Dân, 2025-06-28).
    assert len(bodies) == 63 * (16 + 7) + 34 * (13 + 3) + 44 + 30
    assert bodies["20-BDBP@0"]["unit_name"] == "Bộ Chỉ huy Bộ đội Biên phòng tỉnh Lạng Sơn"
    assert bodies["08-BDBP@2025-07-01"]["unit_name"] == "Ban Chỉ huy Bộ đội Biên phòng tỉnh Tuyên Quang"
    assert {"08-BDBP@0", "01-BDBP@0", "19-BDBP@2025-07-01"}.isdisjoint(bodies), "provinces without a border"
    assert bodies["20-BDV@0"]["unit_name"] == "Ban Dân vận Tỉnh ủy Lạng Sơn"
    assert bodies["20-BDV@0"]["valid_to"] == "2025-01-31"
    assert bodies["01-BTGDV@2025-07-01"]["unit_name"] == "Ban Tuyên giáo và Dân vận Thành ủy Hà Nội"
    assert bodies["20-DU-UBND@2025-02-01"]["valid_to"] == "2025-06-30"
    assert bodies["08-DU-UBND@2025-07-01"]["unit_name"] == "Đảng ủy UBND tỉnh Tuyên Quang"
    assert bodies["79-BCH@0"]["unit_name"] == "Bộ Tư lệnh Thành phố Hồ Chí Minh"
    assert bodies["24-MTTQ@2025-07-01"]["valid_to"] == ""
    assert bodies["20-SGTVT@0"]["valid_to"] == bodies["20-SXD@0"]["valid_to"] == "2025-02-28"
    assert bodies["79-SNNMT@2025-03-01"]["unit_name"] == (
        "Sở Nông nghiệp và Môi trường Thành phố Hồ Chí Minh"
    )
    steps = {
        (row["from_unit_key"], row["to_unit_key"]): row["share"]
        for row in seed("body_successions")
        if row["from_unit_key"] not in divisions
    }
    assert steps["20-DUK@0", "20-DU-CQD@2025-02-01"] == "0.5"
    assert [to for from_, to in steps if from_ in ("02-SGTVT@0", "02-SXD@0")] == ["02-SXD@2025-03-01"] * 2
    assert steps["02-SXD@2025-03-01", "08-SXD@2025-07-01"] == steps["02-SYT@0", "08-SYT@2025-07-01"] == "1"
    assert [to for from_, to in steps if from_ in ("20-STNMT@0", "20-SNNPTNT@0")] == [
        "20-SNNMT@2025-03-01"
    ] * 2
    assert steps["20-BTG@0", "20-BTGDV@2025-02-01"] == "1"
    assert steps["02-MTTQ@0", "08-MTTQ@2025-07-01"] == "1"
    assert steps["02-BDBP@0", "08-BDBP@2025-07-01"] == "1"
    party = {row["unit_key"] for row in seed("party_units")}
    assert len([step for step in steps if step[0] not in party]) == 63 * (4 + 4 + 13 + 3) + 44


def test_divisions_live_in_a_version_of_their_body_and_go_on_in_the_next() -> None:
    bodies = {row["unit_key"]: row for row in seed("bodies")}
    divisions = [row for row in bodies.values() if row["unit_type"] == "Phòng, ban"]
    assert {row["unit_code"][:2] for row in divisions} == {"02", "08", "20"}
    for row in divisions:
        body = bodies[row["parent_unit_key"]]
        assert row["unit_code"].startswith(f"{body['unit_code']}-P-")
        assert (row["valid_from"], row["valid_to"]) == (body["valid_from"], body["valid_to"])
    steps = {(row["from_unit_key"], row["to_unit_key"]) for row in seed("body_successions")}
    assert ("02-BDV-P-DVCQ@0", "02-BTGDV-P-DV@2025-02-01") in steps
    assert ("02-BTGDV-P-DV@2025-02-01", "08-BTGDV-P-DV@2025-07-01") in steps


def test_villages_lie_in_a_commune_of_today_and_bear_its_code() -> None:
    communes = {row["unit_key"]: row for row in seed("units") if row["level"] == "commune"}
    for row in seed("villages"):
        commune = communes[row["parent_unit_key"]]
        assert re.fullmatch(rf"{commune['unit_code']}-T\d+", row["unit_code"])
        assert row["valid_from"] >= commune["valid_from"] >= "2025-07-01"
        assert (row["level"], row["unit_type"]) == ("village", "Thôn, tổ dân phố")


def test_no_two_parts_of_a_unit_have_one_name() -> None:
    parts = [row for row in seed("bodies") if row["unit_type"] == "Phòng, ban"] + seed("villages")
    names = Counter((row["parent_unit_key"], row["unit_name"].lower()) for row in parts)
    assert max(names.values()) == 1


def proposed_codes() -> set[str]:
    """Codes of the indicators that the project proposes; the others come from the facts."""
    path = PROJECT_DIR / "tools" / "seed_maker" / "proposed_indicators.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"] for row in csv.DictReader(file)}


def test_a_rate_and_only_a_rate_has_a_denominator() -> None:
    indicators = seed("indicators")
    assert len(indicators) == 36 + 41 + 6
    assert {row["indicator_code"] for row in indicators if bool(row["denominator_vi"])} == {
        row["indicator_code"] for row in indicators if row["is_rate"] == "true"
    }
    measures = {row["indicator_code"]: row for row in seed("indicator_measures")}
    for row in indicators:
        assert bool(measures[row["indicator_code"]]["denominator_kind"]) == (row["is_rate"] == "true")


def test_proposed_indicators_say_so_and_ask_communes_for_nothing_each_month() -> None:
    proposed = {
        code: row for row in seed("indicators") if (code := row["indicator_code"]) in proposed_codes()
    }
    assert len(proposed) == 41
    assert sum(row["is_rate"] == "true" for row in proposed.values()) == 26
    assert all(row["source"].startswith("proposal") for row in proposed.values())
    duties = [row for row in seed("reporting_duties") if row["indicator_code"] in proposed]
    assert {row["valid_from"] for row in duties} == {"2025-07-01"}, "they begin with the two-level government"
    monthly = {code for code, row in proposed.items() if row["frequency"] == "month"}
    assert {row["level"] for row in duties if row["indicator_code"] in monthly} == {"division", "province"}
    assert {row["level"] for row in duties} == {
        "commune",
        "department",
        "division",
        "organisation",
        "province",
    }


def test_nothing_is_asked_about_the_religion_or_ethnicity_of_persons() -> None:
    """Core force and prestigious persons are counted per unit, and the religious-affairs system gives places and files."""
    counted = {row["indicator_code"]: row["unit_vi"] for row in seed("indicators") + seed("panel_indicators")}
    about = {code: unit for code, unit in counted.items() if code.startswith(("LLNC", "NCUT", "HTTG"))}
    assert set(about.values()) == {"người", "lượt", "%", "cơ sở", "hồ sơ"}
    assert [code for code, unit in about.items() if unit == "người"] == ["LLNC_SO", "NCUT_SO"]


def test_each_indicator_belongs_to_one_group() -> None:
    members = {row["indicator_code"]: row for row in seed("indicator_group_members")}
    groups = {row["group_code"]: int(row["sort_order"]) for row in seed("indicator_groups")}
    assert sorted(groups.values()) == list(range(1, len(groups) + 1))
    own = {row["indicator_code"] for row in seed("indicators")}
    assert own <= members.keys()
    assert {row["group_code"] for row in members.values()} <= groups.keys()
    assert {
        code for code in own if members[code]["is_headline"] == "false"
    } == proposed_codes() | OF_THE_PARTY


def test_components_are_indicators_of_the_unit_of_their_whole() -> None:
    indicators = {row["indicator_code"]: row for row in seed("indicators")}
    wholes = defaultdict(set)
    for row in seed("indicator_components"):
        whole, part = row["whole_indicator_code"], row["component_indicator_code"]
        wholes[whole].add(part)
        assert indicators[whole]["unit_vi"] == indicators[part]["unit_vi"]
        assert indicators[whole]["aggregation"] == indicators[part]["aggregation"] == "sum"
    assert wholes == {
        "DVK_DK": {"DVK_DK_TT", "DVK_DK_CN"},
        "KK_DONGNGUOI": {"KK_DONG", "KK_VUOT"},
        "KNTC_GQ": {"KN_GQ", "TC_GQ"},
        "QCDC_XL": {"QCDC_XA", "QCDC_CQ", "QCDC_DN"},
    }


def test_party_units_lie_in_the_state_and_stand_in_the_party(all_units: Rows) -> None:
    """Fifteen base committees of the bloc of agencies, as published; after January 2025 they are in two blocs."""
    parents = seed("party_parents")
    known = {row["unit_key"]: row for row in all_units}
    for row in parents:
        assert {row["unit_key"], row["parent_unit_key"]} <= known.keys()
    above = {(row["unit_key"], row["valid_from"]): row["parent_unit_key"] for row in parents}
    assert sum(parent == "20-DUK@0" for parent in above.values()) == 15
    assert sum(parent == "20-DU-CQD@2025-02-01" for parent in above.values()) == 7
    assert sum(parent == "20-DU-UBND@2025-07-01" for parent in above.values()) == 7
    assert above["20-CS-SNV@0", ""] == "20-DUK@0"
    assert above["20-CS-SNV@0", "2025-02-01"] == "20-DU-UBND@2025-02-01"
    assert known["20-CS-SNV@0"]["parent_unit_key"] == "20-SNV@0"
    assert known["05977-DU@2025-07-01"]["parent_unit_key"] == "05977@2025-07-01"
    assert above["05977-DU@2025-07-01", "2025-07-01"] == "20-TU@2025-07-01"
    tops = {row["unit_name"] for row in seed("party_units") if row["unit_type"] == "Tỉnh ủy, Thành ủy"}
    assert {"Tỉnh ủy Lạng Sơn", "Thành ủy Hà Nội", "Thành ủy Thành phố Hồ Chí Minh"} <= tops
    assert len(tops) == 63
    steps = {row["from_unit_key"]: row["to_unit_key"] for row in seed("body_successions")}
    assert steps["20-CS-BDV@0"] == steps["20-CS-BTG@0"] == "20-CS-BTGDV@2025-02-01"
    assert steps["02-TU@0"] == "08-TU@2025-07-01"


def test_indicators_are_the_36_of_the_facts_the_proposed_and_those_of_the_party() -> None:
    proposed = proposed_codes()
    indicators = {
        row["indicator_code"]: row for row in seed("indicators") if row["indicator_code"] not in proposed
    }
    levels = {row["level"] for row in seed("reporting_duties") if row["indicator_code"] in OF_THE_PARTY}
    assert levels == {"party_committee", "bloc_committee"}, "the state's totals are what they were"
    assert indicators.pop("QT_CB")["is_rate"] == "true"
    for code in OF_THE_PARTY - {"QT_CB"}:
        assert indicators.pop(code)["frequency"] == "phase"
    assert len(indicators) == 36
    assert sum(row["is_rate"] == "true" for row in indicators.values()) == 23
    assert {code for code, row in indicators.items() if row["rollup"] == "own_plus_children"} == {
        "TTHC_DUNGHAN",
        "TDUA_THANG",
    }
    assert {code for code, row in indicators.items() if row["direction"] == "lower"} == {
        "KK_DONGNGUOI",
        "NTT_TRE",
        "TG_VUVIEC",
    }
    assert indicators["DVK_TLCS"]["numerator_vi"] == "Cơ sở có đăng ký"


def test_panel_has_30_measures_of_six_dimensions() -> None:
    listed = seed("panel_indicators")
    assert {row["panel_code"] for row in listed} == {"HTTG", "PAPI"}
    measures = [row for row in listed if row["panel_code"] == "PAPI"]
    assert len(measures) == 30
    dimensions = sorted((int(row["sort_order"]), row["source_measure"]) for row in measures)
    assert [name for place, name in dimensions if place % 100 == 0][1:] == [
        "Participation at Local Levels",
        "Transparency",
        "Vertical Accountability",
        "Control of Corruption",
        "Public Administrative Procedures",
        "Public Service Delivery",
    ]
    assert not {row["indicator_code"] for row in listed} & {
        row["indicator_code"] for row in seed("indicators")
    }


def test_duties_and_targets_name_known_things(all_units: Rows) -> None:
    codes = {row["indicator_code"] for row in seed("indicators")}
    keys = {row["unit_key"] for row in all_units}
    duties = seed("reporting_duties")
    targets = seed("targets")
    assert {row["indicator_code"] for row in duties} == codes
    assert {row["valid_to"] for row in duties if row["level"] == "district"} == {"2025-06-30"}
    assert {row["level"] for row in duties if row["indicator_code"] == "TTHC_DUNGHAN"} == {
        "province",
        "district",
        "commune",
        "body",
        "department",
        "organisation",
        "bloc_committee",
    }
    assert {row["scope_unit_key"] for row in targets} <= keys
    assert {row["indicator_code"] for row in targets} <= codes
    published = {
        (row["indicator_code"], row["scope_unit_key"]): (row["operator"], row["target_value"])
        for row in targets
        if row["is_simulated"] == "false"
    }
    assert len(published) == 15
    assert published["KNTC_GQ", "02@0"] == (">", "85")
    assert published["HAILONG", "02@0"] == (">prev", "")
    assert published["TD_XA", "VN@0"] == (">=", "2")
    counts = {row["indicator_code"] for row in seed("indicators") if row["aggregation"] == "sum"} - {
        row["indicator_code"] for row in seed("indicators") if row["is_rate"] == "true"
    }
    levels = {row["level"] for row in targets if row["indicator_code"] in counts}
    assert levels == {"commune", "district", "province"}, "a count that adds up has a target for each level"
    simulated = [row for row in targets if row["is_simulated"] == "true"]
    assert simulated
    assert all("simulated" in row["source"] for row in simulated)


@pytest.mark.parametrize(
    ("period", "previous", "last_year", "end"),
    [
        ("2026-6M", "2025-6M", "2025-6M", "2026-06-30"),
        ("2026-Q1", "2025-Q1", "2025-Q1", "2026-03-31"),
        ("2026-10", "2026-09", "2025-10", "2026-10-31"),
        ("2026-01", "2025-12", "2025-01", "2026-01-31"),
        ("2024-02", "2024-01", "2023-02", "2024-02-29"),
        ("2021-2025", "2016-2020", "", "2025-12-31"),
        ("2009", "", "", "2009-12-31"),
        ("2009-01", "", "", "2009-01-31"),
        ("2011-01", "2010-12", "2010-01", "2011-01-31"),
    ],
)
def test_periods_know_the_one_before(period: str, previous: str, last_year: str, end: str) -> None:
    row = {row["period_code"]: row for row in seed("periods")}[period]
    assert row["previous_period_code"] == previous
    assert row["same_period_last_year_code"] == last_year
    assert row["period_end_date"] == end


def test_every_date_that_a_form_takes_as_its_own_lies_in_the_calendar() -> None:
    """A record belongs to the month of its date, so a form may not take an earlier date than the first month's."""
    first = min(row["period_start_date"] for row in seed("periods") if row["period_type"] == "month")
    assert first == "2009-01-01"
    for form in load_forms().values():
        for name in filter(None, (form.dated_by, form.dated_by_otherwise)):
            column = form.by_name[name]
            if column.type == "date":
                assert str(column.min) >= first, (form.code, name)


def test_cumulative_periods_begin_in_january() -> None:
    rows = seed("periods")
    assert {"quarter", "6M", "9M", "year", "month"} <= {row["period_type"] for row in rows}
    for row in rows:
        if row["period_type"] in ("quarter", "6M", "9M", "year"):
            assert row["is_cumulative"] == "true"
            assert row["period_start_date"].endswith("-01-01")
        else:
            assert row["is_cumulative"] == "false"


def test_populations_are_persons_of_the_right_province() -> None:
    populations = {(row["unit_key"], row["year"]): int(row["population"]) for row in seed("populations")}
    assert len(populations) == 63 * 12 + 34
    assert populations["20@0", "2011"] == 740_800
    assert populations["77@0", "2016"] == 1_092_000
    assert populations["01@0", "2016"] == 7_328_400
    assert populations["79@2025-07-01", "2025"] == 14_002_598
    # Figures of provincial yearbooks: Bình Định and Sóc Trăng (2023), Hòa Bình (2021), in persons.
    yearbooks = {
        ("52", "2021"): 1_508_322,
        ("52", "2022"): 1_504_285,
        ("94", "2020"): 1_195_741,
        ("17", "2021"): 871_724,
    }
    for (code, year), persons in yearbooks.items():
        assert abs(populations[f"{code}@0", year] - persons) <= 5
    country = {
        "2017": 94_286_000,
        "2018": 95_385_200,
        "2019": 96_484_000,
        "2020": 97_582_690,
        "2021": 98_506_190,
        "2022": 99_474_420,
    }
    for year, persons in country.items():
        assert abs(sum(count for (_, listed), count in populations.items() if listed == year) - persons) < 200
    assert {year for _, year in populations} == {str(year) for year in range(2011, 2023)} | {"2025"}
    # The 63 provinces add up to the country, as the statistics print it (rounded to hundreds of persons).
    assert abs(sum(count for (_, year), count in populations.items() if year == "2015") - 91_709_800) < 5_000


def test_tiles_lay_out_34_provinces_and_both_archipelagos() -> None:
    tiles = seed("province_tiles")
    assert len(tiles) == 36
    assert len({(row["tile_row"], row["tile_column"]) for row in tiles}) == 36
    assert {row["label"]: row["unit_code"] for row in tiles if row["label"]} == {
        "Hoàng Sa": "48",
        "Trường Sa": "56",
    }
    assert len(seed("province_facts")) == 34


def test_lists_kept_by_hand_are_dated_and_complete() -> None:
    steps = {row["event"]: row["step_number"] for row in seed("model_steps")}
    assert [steps[f"step_{number}"] for number in range(1, 6)] == list("12345")
    assert {row["code"]: row["valid_to"] for row in seed("model_levels")}["district"] == "2025-06-30"
    assert {row["field_code"] for row in seed("fields") if row["scope_unit_key"] == "VN@0"} == {
        "KT",
        "VHXH",
        "QPAN",
        "HTCT",
    }
    rules = {(row["form"], row["period_type"], row["level"]) for row in seed("due_date_rules")}
    assert {("BC", "month", "commune"), ("BC", "year", "body"), ("TX", "month", "province")} <= rules
    holidays = {row["holiday_date"] for row in seed("holidays")}
    # First day of the lunar year, 2023–2027.
    assert {"2023-01-22", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06"} <= holidays


def test_seeds_are_plain_text_in_one_form() -> None:
    paths = sorted(SEEDS.glob("*.csv"))
    assert len(paths) > 12
    for path in paths:
        text = path.read_bytes().decode("utf-8")
        assert "\r" not in text and text.endswith("\n") and not text.startswith("\ufeff"), path.name
        assert unicodedata.normalize("NFC", text) == text, path.name


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the facts in ../shared, which are not there")
def test_the_maker_gives_the_seeds_that_are_kept(tmp_path: Path) -> None:
    command = [
        sys.executable,
        str(PROJECT_DIR / "tools" / "make_seeds.py"),
        "--shared",
        str(SHARED),
        "--out",
        str(tmp_path),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    made = sorted(tmp_path.glob("*.csv"))
    assert len(made) == 14
    for path in made:
        assert path.read_bytes() == (SEEDS / path.name).read_bytes(), path.name


def test_the_tasks_of_a_resolution_are_its_published_targets_under_seven_groups() -> None:
    """The list of targets is the only place with figures: each published target of the resolution is one task."""
    number = "NQ 33-NQ/TU"
    tasks = [row for row in seed("resolution_tasks") if row["resolution_no"] == number]
    published = {
        (row["indicator_code"], row["valid_from"])
        for row in seed("targets")
        if row["source"].startswith(number) and row["scope_unit_key"] == "02@0"
    }
    assert {(row["indicator_code"], row["valid_from"]) for row in tasks} == published
    assert len(tasks) == len(published) == 12
    groups = {row["group_no"]: row for row in seed("resolution_groups") if row["resolution_no"] == number}
    assert set(groups) == {str(group) for group in range(1, 8)} == {row["group_no"] for row in tasks}
    assert {row["source"] for row in groups.values()} == {"proposal"}, "no source names the groups"


def test_resolutions_and_adoptions_name_known_units(all_units: Rows) -> None:
    keys = {row["unit_key"] for row in all_units}
    adopted = seed("adopted_targets")
    targets = {(row["indicator_code"], row["scope_unit_key"]) for row in seed("targets")}
    assert {row["scope_unit_key"] for row in seed("resolutions")} <= keys
    assert {row["responsible_unit_key"] for row in seed("resolution_tasks")} - {""} <= keys
    assert {row["to_unit_key"] for row in adopted} <= keys
    assert {(row["indicator_code"], row["from_unit_key"]) for row in adopted} <= targets
    assert all("simulated" in row["source"] for row in adopted), "no adoption has been published"
