"""Form DK: each model by itself, keys given where there is none, no person's name kept."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.intake.file_kit import DK_HEADER, kept, parse, rules, write_csv, write_xlsx
from warehouse.forms.contract import load_form

GOOD: dict[str, Any] = {
    "unit_code": "20",
    "model_code": "LS-001",
    "model_name": "Tổ dân vận thôn Nà Pàn giúp dân làm đường",
    "kind": "collective",
    "field_code": "KT",
    "phase": "2026-2030",
    "level": "province",
    "registered_date": "15/10/2026",
}


def parse_dk(tmp_path: Path, *changes: dict[str, Any]) -> Any:
    rows = [GOOD | change for change in changes]
    header = list(dict.fromkeys([*DK_HEADER, *(name for row in rows for name in row)]))
    return parse(
        write_csv(tmp_path / "dk.csv", [header, *([row.get(name, "") for name in header] for row in rows)])
    )


def test_a_record_has_every_column_of_the_form_and_the_month_of_its_date(tmp_path: Path) -> None:
    parsed = parse_dk(tmp_path, {})
    assert parsed.outcome == "accepted"
    (row,) = kept(parsed, "dk_rows")
    assert set(row) == {
        "submission_id",
        "file_sha256",
        "sheet",
        "row_number",
        "unit_key",
        "period_code",
        *(column.name for column in load_form("DK").stored_columns),
    }
    assert (row["unit_key"], row["period_code"]) == ("20@2025-07-01", "2026-10")
    assert row["registered_date"] == date(2026, 10, 15)
    assert parsed.submissions[0]["period_code"] == "2026-10"


@pytest.mark.parametrize(
    ("column", "value", "stored"),
    [
        ("kind", "Tập thể", "collective"),
        ("kind", "CÁ NHÂN", "individual"),
        ("field_code", "Phát triển kinh tế", "KT"),
        ("field_code", "Kinh tế", "KT"),
        ("field_code", "Quốc phòng – an ninh", "QPAN"),
        ("level", "Cấp tỉnh", "province"),
        ("level", "xã", "commune"),
        ("phase", "Giai đoạn 2026 - 2030", "2026-2030"),
    ],
)
def test_list_values_are_read_by_code_or_vietnamese_name(
    tmp_path: Path, column: str, value: str, stored: str
) -> None:
    parsed = parse_dk(tmp_path, {column: value})
    assert rules(parsed) == []
    assert kept(parsed, "dk_rows")[0][column] == stored


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"unit_code": "99"}, "unit_unknown"),
        ({"model_name": ""}, "required_missing"),
        ({"kind": ""}, "required_missing"),
        ({"kind": "nhóm"}, "list_value_unknown"),
        ({"field_code": "VĂN HÓA"}, "list_value_unknown"),
        ({"field_code": "CHUYENMON"}, "list_value_not_valid"),
        ({"level": "district"}, "list_value_not_valid"),
        ({"phase": "2027-2031"}, "phase_unreadable"),
        ({"registered_date": "31/02/2026"}, "date_unreadable"),
        ({"registered_date": ""}, "required_missing"),
        ({"registered_date": "01/12/2026"}, "date_in_future"),
        ({"registered_date": "01/12/1999"}, "date_too_early"),
        ({"due_date": "01/10/2026"}, "date_before_other"),
        ({"start_date": "02/01/2026", "end_date": "01/01/2026"}, "date_before_other"),
    ],
)
def test_each_rule_of_a_record_gives_its_finding(tmp_path: Path, change: dict[str, Any], rule: str) -> None:
    parsed = parse_dk(tmp_path, change)
    assert rule in rules(parsed, "error")
    assert kept(parsed, "dk_rows") == []
    assert parsed.outcome == "returned"


def test_lists_follow_the_date_and_the_unit(tmp_path: Path) -> None:
    """In Lạng Sơn, 2017–2020, professional work stood in place of defence and security."""
    then = {"phase": "2017-2020", "registered_date": "15/10/2019", "level": "district"}
    assert rules(parse_dk(tmp_path, then | {"field_code": "CHUYENMON"})) == []
    assert rules(parse_dk(tmp_path, then | {"field_code": "QPAN"})) == ["list_value_not_valid"]
    assert rules(parse_dk(tmp_path, then | {"unit_code": "08", "field_code": "QPAN"})) == []


def test_a_bad_record_does_not_touch_the_others(tmp_path: Path) -> None:
    parsed = parse_dk(tmp_path, {}, {"model_code": "LS-002", "kind": "?"}, {"model_code": "LS-003"})
    assert [row["model_code"] for row in kept(parsed, "dk_rows")] == ["LS-001", "LS-003"]
    assert parsed.outcome == "returned"
    assert parsed.submissions[0]["status"] == "accepted_with_warnings"
    assert parsed.submissions[0]["error_count"] == 1


def test_a_model_without_a_code_gets_one_that_stays_the_same(tmp_path: Path) -> None:
    first = parse_dk(tmp_path, {"model_code": ""})
    again = parse_dk(tmp_path, {"model_code": "LS-009"}, {"model_code": "", "situation": "bổ sung"})
    code = kept(first, "dk_rows")[0]["model_code"]
    assert code.startswith("DK-20-")
    assert len(code) == len("DK-20-") + 8
    assert kept(again, "dk_rows")[1]["model_code"] == code
    assert first.given_keys[0]["key"] == code
    assert rules(first, "info") == ["key_given"]
    assert first.outcome == "accepted"


def test_the_same_code_twice_is_asked_back_both_times(tmp_path: Path) -> None:
    parsed = parse_dk(tmp_path, {}, {"model_name": "Một mô hình khác"})
    assert rules(parsed) == ["row_duplicate", "row_duplicate"]
    assert kept(parsed, "dk_rows") == []


def test_a_persons_name_is_nowhere_in_what_is_kept(tmp_path: Path) -> None:
    name = "Người Được Đăng Ký"
    parsed = parse_dk(tmp_path, {"kind": "Cá nhân", "holder_name": name})
    assert kept(parsed, "dk_rows")[0]["holder_name"] == "CN-LS-001"
    assert name not in str((parsed.submissions, parsed.findings, parsed.records, parsed.given_keys))
    collective = parse_dk(tmp_path, {"holder_name": "Chi hội Phụ nữ thôn Nà Pàn"})
    assert kept(collective, "dk_rows")[0]["holder_name"] == "Chi hội Phụ nữ thôn Nà Pàn"


def test_a_date_outside_the_phase_is_a_warning(tmp_path: Path) -> None:
    parsed = parse_dk(tmp_path, {"phase": "2021-2025"})
    assert rules(parsed) == ["phase_without_date"]
    assert parsed.outcome == "accepted_with_warnings"
    assert len(kept(parsed, "dk_rows")) == 1


def test_real_dates_of_a_workbook_are_read(tmp_path: Path) -> None:
    row = [GOOD[name] for name in DK_HEADER[:-1]] + [date(2026, 10, 15)]
    parsed = parse(write_xlsx(tmp_path / "dk.xlsx", [DK_HEADER, row]))
    assert parsed.outcome == "accepted"
    assert kept(parsed, "dk_rows")[0]["registered_date"] == date(2026, 10, 15)


def test_a_model_is_chosen_for_a_level_above_and_belongs_to_a_campaign(tmp_path: Path) -> None:
    more = {"level": "Cấp xã", "registered_for_level": "Cấp tỉnh", "campaign_code": "Bình dân học vụ số"}
    parsed = parse_dk(tmp_path, more)
    assert rules(parsed) == []
    (row,) = kept(parsed, "dk_rows")
    assert (row["registered_for_level"], row["campaign_code"]) == ("province", "BDHVS")


@pytest.mark.parametrize("chosen", ["commune", "province"])
def test_a_level_that_is_not_above_is_a_question(tmp_path: Path, chosen: str) -> None:
    parsed = parse_dk(tmp_path, {"registered_for_level": chosen})
    assert rules(parsed) == ["level_above_not_above"]
    assert kept(parsed, "dk_rows")[0]["registered_for_level"] == chosen


def test_a_campaign_is_joined_while_it_runs(tmp_path: Path) -> None:
    parsed = parse_dk(tmp_path, {"campaign_code": "XNT"})
    assert rules(parsed, "error") == ["list_value_not_valid"], "the campaign ended in 2025"


def test_a_file_without_the_newer_columns_is_taken_as_before(tmp_path: Path) -> None:
    parsed = parse_dk(tmp_path, {})
    (row,) = kept(parsed, "dk_rows")
    assert parsed.outcome == "accepted" and parsed.findings == []
    assert (row["registered_for_level"], row["campaign_code"]) == (None, None)
