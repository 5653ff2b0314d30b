"""Form HD: activities planned and held, each by itself; codes given; no text on topics of which only counts are kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.intake.file_kit import parse, rules, write_xlsx
from tests.intake.record.record_kit import kept_of, parse_form

GOOD: dict[str, Any] = {
    "unit_code": "20",
    "activity_code": "LS-HD-01",
    "activity_type": "Đối thoại trực tiếp",
    "planned_date": "10/10/2026",
    "activity_date": "15/10/2026",
    "level": "Cấp tỉnh",
    "host_role": "Chủ tịch UBND",
    "participants": 1250,
    "topic_code": "Đất đai",
    "conclusions": "Giao các xã rà soát hồ sơ trong quý IV",
    "note": "",
}
HELD = GOOD | {"participants": 250}


def test_an_activity_that_was_held_is_kept(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "HD", HELD)
    assert parsed.outcome == "accepted", parsed.findings
    (row,) = kept_of(parsed, "HD")
    assert (row["unit_key"], row["period_code"]) == ("20@2025-07-01", "2026-10")
    assert {name: row[name] for name in ("activity_type", "level", "host_role", "topic_code")} == {
        "activity_type": "dialogue",
        "level": "province",
        "host_role": "committee_chair",
        "topic_code": "land",
    }
    assert (row["planned_date"], row["activity_date"]) == (date(2026, 10, 10), date(2026, 10, 15))
    assert row["participants"] == 250


def test_an_activity_planned_bears_the_month_for_which_it_is_planned(tmp_path: Path) -> None:
    planned = HELD | {"planned_date": "05/12/2026", "activity_date": "", "participants": ""}
    parsed = parse_form(tmp_path, "HD", planned)
    assert parsed.outcome == "accepted", parsed.findings
    (row,) = kept_of(parsed, "HD")
    assert (row["period_code"], row["activity_date"], row["participants"]) == ("2026-12", None, None)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"activity_type": ""}, "required_missing"),
        ({"activity_type": "Liên hoan"}, "list_value_unknown"),
        ({"planned_date": "", "activity_date": ""}, "activity_without_date"),
        ({"activity_date": "21/11/2026"}, "date_in_future"),
        ({"activity_date": "tháng 10"}, "date_unreadable"),
        ({"planned_date": "05/12/2206"}, "date_too_far"),
        ({"planned_date": "05/12/2006"}, "date_too_early"),
        ({"participants": -1}, "number_below_minimum"),
        ({"participants": "12,5"}, "not_whole"),
        ({"participants": "khoảng 50"}, "number_unreadable"),
        ({"host_role": "Ông A"}, "list_value_unknown"),
        ({"topic_code": "?"}, "list_value_unknown"),
        ({"level": "district"}, "list_value_not_valid"),
    ],
)
def test_each_rule_of_an_activity_gives_its_finding(
    tmp_path: Path, change: dict[str, Any], rule: str
) -> None:
    parsed = parse_form(tmp_path, "HD", HELD | change, HELD | {"activity_code": "LS-HD-02"})
    assert rule in rules(parsed, "error")
    assert [row["activity_code"] for row in kept_of(parsed, "HD")] == ["LS-HD-02"]


def test_participants_are_whole_so_that_a_mark_before_three_digits_parts_thousands(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "HD", HELD | {"participants": "1.250"})
    assert parsed.outcome == "accepted", parsed.findings
    assert [row["participants"] for row in kept_of(parsed, "HD")] == [1250]
    assert rules(parsed, "info") == ["number_read_as_whole"]


def test_a_code_is_given_that_stays_when_the_planned_activity_is_held(tmp_path: Path) -> None:
    planned = parse_form(tmp_path, "HD", HELD | {"activity_code": "", "activity_date": ""})
    held = parse_form(tmp_path, "HD", HELD | {"activity_code": ""})
    code = kept_of(planned, "HD")[0]["activity_code"]
    assert code.startswith("HD-20-")
    assert kept_of(held, "HD")[0]["activity_code"] == code
    assert rules(planned, "info") == ["key_given"]
    assert planned.given_keys[0]["key"] == code
    assert planned.given_keys[0]["record"] == "Đối thoại trực tiếp"
    other_day = parse_form(tmp_path, "HD", HELD | {"activity_code": "", "planned_date": "11/10/2026"})
    assert kept_of(other_day, "HD")[0]["activity_code"] != code


def test_of_ethnicity_and_religion_only_counts_are_kept(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "HD", HELD | {"topic_code": "Dân tộc, tôn giáo", "note": "Ghi chú"})
    assert rules(parsed, "warning") == ["text_not_kept", "text_not_kept"]
    (row,) = kept_of(parsed, "HD")
    assert (row["topic_code"], row["participants"]) == ("ethnicity_religion", 250)
    assert (row["conclusions"], row["note"]) == (None, None)
    assert HELD["conclusions"] not in str(parsed.findings)


@pytest.mark.parametrize("count", [10**12, 9 * 10**18, 10**19, 1e300])
def test_a_number_beyond_any_count_is_asked_about(tmp_path: Path, count: float) -> None:
    """Such numbers would not fit where they are kept, or their sum would not."""
    header = [*HELD]
    row = HELD | {"participants": count}
    parsed = parse(write_xlsx(tmp_path / "hd.xlsx", [header, [row[name] for name in header]]))
    assert rules(parsed, "error") == ["number_above_maximum"]
    assert "999999999999" in parsed.findings[0]["message_vi"]


INSPECTION = HELD | {"activity_type": "Kiểm tra", "document_no": "28-KH/MP", "co_hosts": "Ủy ban MTTQ tỉnh"}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("06337", "06337"), ("UBND xã Tân Tri", "06337"), ("20-MTTQ", "20-MTTQ"), ("", None)],
)
def test_an_inspection_names_the_unit_that_it_was_paid_to(
    tmp_path: Path, typed: str, stored: str | None
) -> None:
    parsed = parse_form(tmp_path, "HD", INSPECTION | {"subject_unit_code": typed})
    assert rules(parsed, "error") == rules(parsed, "warning") == []
    (row,) = kept_of(parsed, "HD")
    assert (row["subject_unit_code"], row["document_no"], row["co_hosts"]) == (
        stored,
        "28-KH/MP",
        "Ủy ban MTTQ tỉnh",
    )


def test_a_subject_that_is_no_unit_is_asked_back(tmp_path: Path) -> None:
    other = INSPECTION | {"activity_code": "LS-HD-02", "subject_unit_code": "06337"}
    parsed = parse_form(tmp_path, "HD", INSPECTION | {"subject_unit_code": "99999"}, other)
    assert rules(parsed, "error") == ["subject_unit_unknown"]
    assert [row["activity_code"] for row in kept_of(parsed, "HD")] == ["LS-HD-02"]
