"""Form KN: the commitment, its owner and its term; states that agree with dates; nothing about citizens."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.intake.file_kit import rules
from tests.intake.record.record_kit import kept_of, parse_form
from warehouse.text.citizen_numbers import HIDDEN

GOOD: dict[str, Any] = {
    "unit_code": "20",
    "item_code": "LS-KN-01",
    "source_type": "dialogue",
    "source_date": "05/10/2026",
    "category": "Đất đai",
    "statement": "Hồ sơ cấp giấy chứng nhận quyền sử dụng đất còn chậm",
    "cause": "Thiếu cán bộ địa chính",
    "remedy": "Bổ sung biên chế",
    "responsible_unit_code": "20-MTTQ",
    "due_date": "31/12/2026",
    "status": "open",
    "closed_date": "",
}
CLOSED = GOOD | {"status": "closed", "closed_date": "20/10/2026"}


def test_an_item_has_every_column_and_the_month_in_which_it_was_raised(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "KN", GOOD)
    assert parsed.outcome == "accepted", parsed.findings
    (row,) = kept_of(parsed, "KN")
    assert (row["unit_key"], row["period_code"]) == ("20@2025-07-01", "2026-10")
    assert (row["category"], row["status"], row["due_date"]) == ("land", "open", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("column", "typed", "stored"),
    [
        ("source_type", "Đối thoại", "dialogue"),
        ("source_type", "Tiếp công dân", "reception"),
        ("source_type", "Tự kiểm tra, đánh giá", "self_review"),
        ("source_type", "Giám sát", "supervision"),
        ("status", "Đang thực hiện", "in_progress"),
        ("status", "Chưa hoàn thành", "open"),
        ("status", "Đang triển khai", "in_progress"),
        ("responsible_unit_code", "06445", "06445"),
        ("responsible_unit_code", "Sở Nội vụ tỉnh Lạng Sơn", "20-SNV"),
        ("responsible_unit_code", "Sở Nội vụ", "20-SNV"),
        ("responsible_unit_code", "UBND tỉnh Lạng Sơn", "20"),
        ("responsible_unit_code", "Chủ tịch UBND tỉnh", "20"),
        ("responsible_unit_code", "Công an tỉnh", "20-CAT"),
        ("responsible_unit_code", "UBND xã Tân Tri", "06337"),
        ("responsible_unit_code", "Bí thư Đảng ủy xã Tân Tri, tỉnh Lạng Sơn", "06337"),
    ],
)
def test_words_of_the_field_are_read(tmp_path: Path, column: str, typed: str, stored: str) -> None:
    parsed = parse_form(tmp_path, "KN", GOOD | {column: typed})
    assert rules(parsed) == []
    assert kept_of(parsed, "KN")[0][column] == stored


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"source_type": "báo chí"}, "list_value_unknown"),
        ({"source_date": ""}, "required_missing"),
        ({"source_date": "01/12/2026"}, "date_in_future"),
        ({"statement": ""}, "required_missing"),
        ({"status": ""}, "required_missing"),
        ({"status": "closed"}, "closed_without_date"),
        ({"closed_date": "20/10/2026"}, "open_with_closed_date"),
        ({"status": "in_progress", "closed_date": "20/10/2026"}, "open_with_closed_date"),
        ({"status": "closed", "closed_date": "04/10/2026"}, "date_before_other"),
        ({"status": "closed", "closed_date": "01/12/2026"}, "date_in_future"),
        ({"due_date": "04/10/2026"}, "date_before_other"),
        ({"due_date": "31/12/2062"}, "date_too_far"),
        ({"category": "Tôn giáo"}, "list_value_unknown"),
        ({"responsible_unit_code": "99"}, "responsible_unit_unknown"),
        ({"responsible_unit_code": "Sở Không Có"}, "responsible_unit_unknown"),
        ({"responsible_unit_code": "Công an xã"}, "responsible_unit_unknown"),
        ({"responsible_unit_code": "Nguyễn Văn A"}, "responsible_unit_unknown"),
    ],
)
def test_each_rule_of_an_item_gives_its_finding(tmp_path: Path, change: dict[str, Any], rule: str) -> None:
    parsed = parse_form(tmp_path, "KN", GOOD | change, GOOD | {"item_code": "LS-KN-02"})
    assert rules(parsed, "error") == [rule]
    assert [row["item_code"] for row in kept_of(parsed, "KN")] == ["LS-KN-02"]


def test_closed_items_have_their_date(tmp_path: Path) -> None:
    assert rules(parse_form(tmp_path, "KN", CLOSED)) == []
    given_up = {"status": "cancelled", "due_date": "", "responsible_unit_code": ""}
    assert rules(parse_form(tmp_path, "KN", GOOD | given_up)) == []


@pytest.mark.parametrize("column", ["due_date", "responsible_unit_code"])
def test_open_items_are_asked_for_owner_and_term(tmp_path: Path, column: str) -> None:
    parsed = parse_form(tmp_path, "KN", GOOD | {column: ""})
    assert rules(parsed, "warning") == ["expected_missing"]
    assert len(kept_of(parsed, "KN")) == 1
    assert rules(parse_form(tmp_path, "KN", CLOSED | {column: ""})) == []


def test_a_code_is_given_that_stays_with_the_item(tmp_path: Path) -> None:
    first = parse_form(tmp_path, "KN", GOOD | {"item_code": ""})
    later = parse_form(tmp_path, "KN", CLOSED | {"item_code": ""})
    code = kept_of(first, "KN")[0]["item_code"]
    assert code.startswith("KN-20-")
    assert kept_of(later, "KN")[0]["item_code"] == code
    assert first.given_keys[0]["record"] == GOOD["statement"]


def test_numbers_of_citizens_are_not_kept(tmp_path: Path) -> None:
    statement = "Đề nghị trả lời người có CCCD 020095001234, điện thoại 0912 345 678"
    parsed = parse_form(tmp_path, "KN", GOOD | {"statement": statement})
    assert rules(parsed) == ["citizen_number_hidden"]
    (row,) = kept_of(parsed, "KN")
    assert row["statement"] == f"Đề nghị trả lời người có CCCD {HIDDEN}, điện thoại {HIDDEN}"
    told = str(parsed.findings)
    assert "020095001234" not in told and "345 678" not in told


@pytest.mark.parametrize("typed", ["xong", "Đã giải quyết xong", "Hoàn thành", "Đã khắc phục xong"])
def test_words_for_closed_are_read(tmp_path: Path, typed: str) -> None:
    parsed = parse_form(tmp_path, "KN", CLOSED | {"status": typed})
    assert kept_of(parsed, "KN")[0]["status"] == "closed"


@pytest.mark.parametrize(
    "typed", ["Công an xã", "Chủ tịch UBND xã", "Đảng ủy", "Ban CHQS xã", "Phòng Kinh tế xã"]
)
def test_an_office_of_a_commune_is_the_commune_that_reports(tmp_path: Path, typed: str) -> None:
    parsed = parse_form(tmp_path, "KN", GOOD | {"unit_code": "06445", "responsible_unit_code": typed})
    assert kept_of(parsed, "KN")[0]["responsible_unit_code"] == "06445"
    assert "office_read_as_unit" in rules(parsed, "info")


def test_an_item_names_the_activity_that_it_came_of_before_that_was_sent(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "KN", GOOD | {"activity_code": "HD-20-2610-5"})
    assert rules(parsed) == []
    assert kept_of(parsed, "KN")[0]["activity_code"] == "HD-20-2610-5"
