"""Form VB: documents on their way to the grassroots, dates in order, no more reached than there are."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.intake.file_kit import parse, rules, write_csv
from tests.intake.record.record_kit import kept_of, parse_form

GOOD: dict[str, Any] = {
    "unit_code": "20",
    "document_no": "25-NQ/TW",
    "document_date": "01/09/2026",
    "issuing_body": "Ban Chấp hành Trung ương",
    "title": "Nghị quyết về đổi mới công tác dân vận",
    "received_date": "08/09/2026",
    "disseminated_date": "20/09/2026",
    "organisations_total": 40,
    "organisations_done": 38,
    "participants": 1900,
}


def test_a_document_has_every_column_and_the_month_of_its_date(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "VB", GOOD)
    assert parsed.outcome == "accepted", parsed.findings
    (row,) = kept_of(parsed, "VB")
    assert (row["unit_key"], row["period_code"]) == ("20@2025-07-01", "2026-09")
    assert row["disseminated_date"] == date(2026, 9, 20)
    assert (row["organisations_total"], row["organisations_done"]) == (40, 38)


@pytest.mark.parametrize(
    "change",
    [
        {"organisations_done": 40},
        {"organisations_done": 0},
        {"received_date": "01/09/2026"},
        {"disseminated_date": "", "organisations_done": "", "participants": ""},
        {"received_date": ""},
        {"organisations_total": "", "organisations_done": 3},
    ],
)
def test_a_right_value_or_one_not_known_yet_is_accepted(tmp_path: Path, change: dict[str, Any]) -> None:
    parsed = parse_form(tmp_path, "VB", GOOD | change)
    assert parsed.outcome == "accepted", parsed.findings


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"document_no": ""}, "required_missing"),
        ({"title": ""}, "required_missing"),
        ({"document_date": ""}, "required_missing"),
        ({"document_date": "21/11/2026", "received_date": "", "disseminated_date": ""}, "date_in_future"),
        ({"received_date": "31/08/2026"}, "date_before_other"),
        ({"disseminated_date": "07/09/2026"}, "date_before_other"),
        ({"received_date": "", "disseminated_date": "31/08/2026"}, "date_before_other"),
        ({"disseminated_date": "01/12/2026"}, "date_in_future"),
        ({"organisations_done": 41}, "number_above_other"),
        ({"organisations_done": "95%"}, "percent_in_count"),
        ({"participants": -5}, "number_below_minimum"),
    ],
)
def test_each_rule_of_a_document_gives_its_finding(tmp_path: Path, change: dict[str, Any], rule: str) -> None:
    parsed = parse_form(tmp_path, "VB", GOOD | change, GOOD | {"document_no": "43-CT/TU"})
    assert rules(parsed, "error") == [rule]
    assert [row["document_no"] for row in kept_of(parsed, "VB")] == ["43-CT/TU"]


def test_a_unit_of_today_reports_a_document_older_than_itself(tmp_path: Path) -> None:
    """Commune 06445 bears another name since 2025-07-01; 15 was Yên Bái and is Lào Cai."""
    older = GOOD | {"document_date": "01/06/2025", "received_date": "", "disseminated_date": "10/10/2025"}
    (row,) = kept_of(
        parse_form(tmp_path, "VB", older | {"unit_code": "06445", "unit_name": "Xã Tân Thành"}), "VB"
    )
    assert (row["unit_key"], row["period_code"]) == ("06445@2025-07-01", "2025-06")
    # A code alone means the unit of that day.
    (row,) = kept_of(parse_form(tmp_path, "VB", older | {"unit_code": "15"}), "VB")
    assert row["unit_key"] == "15@0"


def test_a_unit_that_had_ended_is_asked_back(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "VB", GOOD | {"unit_code": "02"})
    assert rules(parsed) == ["unit_not_alive"]


def test_the_rules_of_2010_are_a_document_like_others(tmp_path: Path) -> None:
    (row,) = kept_of(
        parse_form(tmp_path, "VB", GOOD | {"document_no": "290-QĐ/TW", "document_date": "25/02/2010"}), "VB"
    )
    assert row["period_code"] == "2010-02"


def test_a_date_after_the_last_period_is_asked_about_in_words_of_its_own(tmp_path: Path) -> None:
    """The calendar ends with 2035; a document of 2036 would belong to no period, even when it is 2040."""
    header = [*GOOD]
    dates = {"document_date": "05/03/2036", "received_date": "06/03/2036", "disseminated_date": ""}
    row = GOOD | dates
    path = write_csv(tmp_path / "vb.csv", [header, [row[name] for name in header]])
    parsed = parse(path, date(2040, 1, 1))
    (finding,) = parsed.findings
    assert (finding["rule_code"], finding["column_name"]) == ("date_outside_calendar", "document_date")
    assert "05/03/2036" in finding["message_vi"]
    assert "31/12/2035" in finding["message_vi"]
    assert parsed.records["vb_rows"] == []


def test_a_date_before_the_first_period_is_told_once(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "VB", GOOD | {"document_date": "31/12/2008"})
    assert rules(parsed, "error") == ["date_too_early"]


PLAN: dict[str, Any] = {
    "unit_code": "06337",
    "document_no": "07-KH/ĐU",
    "document_date": "15/09/2026",
    "title": "Kế hoạch thực hiện Nghị quyết 25",
    "document_kind": "KH",
    "document_origin": "Đơn vị ban hành",
    "parent_document_no": "25-NQ/TW",
    "owner_unit_code": "UBND xã Tân Tri",
    "task_count": 6,
    "tasks_done": 4,
    "due_date": "31/12/2026",
}


def test_a_plan_names_what_it_carries_out_before_that_was_sent(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "VB", PLAN)
    assert rules(parsed, "error") == rules(parsed, "warning") == []
    (row,) = kept_of(parsed, "VB")
    assert {name: row[name] for name in ("document_kind", "document_origin", "parent_document_no")} == {
        "document_kind": "plan",
        "document_origin": "own",
        "parent_document_no": "25-NQ/TW",
    }
    assert (row["owner_unit_code"], row["task_count"], row["tasks_done"]) == ("06337", 6, 4)
    assert row["due_date"] == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"document_kind": "Thư ngỏ"}, "list_value_unknown"),
        ({"document_origin": "mượn"}, "list_value_unknown"),
        ({"parent_document_no": "07-KH/ĐU"}, "document_is_own_parent"),
        ({"owner_unit_code": "Sở Không Có"}, "owner_unit_unknown"),
        ({"tasks_done": 7}, "number_above_other"),
        ({"due_date": "14/09/2026"}, "date_before_other"),
    ],
)
def test_each_rule_of_a_document_that_is_carried_out_gives_its_finding(
    tmp_path: Path, change: dict[str, Any], rule: str
) -> None:
    parsed = parse_form(tmp_path, "VB", PLAN | change, GOOD)
    assert rules(parsed, "error") == [rule]
    assert [row["document_no"] for row in kept_of(parsed, "VB")] == ["25-NQ/TW"]
