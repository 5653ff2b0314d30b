"""Form TD: events of models, each by itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.intake.file_kit import rules
from tests.intake.record.record_kit import kept_of, parse_form

GOOD: dict[str, Any] = {
    "unit_code": "20",
    "model_code": "LS-001",
    "event_date": "15/10/2026",
    "event": "recognised",
    "result_value": "97,5",
    "decision_no": "120-QĐ/TU",
    "decision_body": "Ban Thường vụ Tỉnh ủy",
    "award_kind": "Bằng khen",
    "award_level": "province",
}


def test_an_event_has_every_column_and_the_month_of_its_date(tmp_path: Path) -> None:
    parsed = parse_form(tmp_path, "TD", GOOD)
    assert parsed.outcome == "accepted", parsed.findings
    (row,) = kept_of(parsed, "TD")
    assert (row["unit_key"], row["period_code"]) == ("20@2025-07-01", "2026-10")
    assert (row["event_date"], row["result_value"]) == (date(2026, 10, 15), 97.5)
    assert (row["award_kind"], row["award_level"]) == ("certificate_of_merit", "province")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("step_1", "step_1"),
        ("Bước 3", "step_3"),
        ("Tổ chức thực hiện", "step_3"),
        ("Được công nhận", "recognised"),
        ("Công nhận", "recognised"),
        ("khen thưởng", "awarded"),
        ("Inspected", "inspected"),
        ("assessed", "assessed"),
        ("replicated", "replicated"),
        ("Dừng thực hiện", "stopped"),
    ],
)
def test_events_are_read_by_code_or_by_name(tmp_path: Path, typed: str, stored: str) -> None:
    parsed = parse_form(tmp_path, "TD", GOOD | {"event": typed})
    assert rules(parsed) == []
    assert kept_of(parsed, "TD")[0]["event"] == stored


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"model_code": ""}, "required_missing"),
        ({"event": ""}, "required_missing"),
        ({"event": "step_6"}, "list_value_unknown"),
        ({"event_date": ""}, "required_missing"),
        ({"event_date": "21/11/2026"}, "date_in_future"),
        ({"event_date": "01/01/1999"}, "date_too_early"),
        ({"event_date": "31/02/2026"}, "date_unreadable"),
        ({"result_value": "tốt"}, "number_unreadable"),
        ({"award_kind": "Kỷ niệm"}, "list_value_unknown"),
        ({"award_level": "district"}, "list_value_not_valid"),
        ({"unit_code": "99"}, "unit_unknown"),
    ],
)
def test_each_rule_of_an_event_gives_its_finding(tmp_path: Path, change: dict[str, Any], rule: str) -> None:
    parsed = parse_form(tmp_path, "TD", GOOD | change, GOOD | {"model_code": "LS-002"})
    assert rule in rules(parsed, "error")
    assert [row["model_code"] for row in kept_of(parsed, "TD")] == ["LS-002"]


@pytest.mark.parametrize(
    ("event", "expected"), [("recognised", True), ("awarded", True), ("step_3", False), ("stopped", False)]
)
def test_recognition_and_awards_are_asked_for_their_decision(
    tmp_path: Path, event: str, expected: bool
) -> None:
    parsed = parse_form(tmp_path, "TD", GOOD | {"event": event, "decision_no": ""})
    assert rules(parsed, "warning") == (["expected_missing"] if expected else [])
    assert len(kept_of(parsed, "TD")) == 1


def test_the_same_event_twice_is_asked_about_and_a_later_one_is_another(tmp_path: Path) -> None:
    other_day = parse_form(tmp_path, "TD", GOOD, GOOD | {"event_date": "16/10/2026"})
    assert rules(other_day) == []
    contradicting = parse_form(tmp_path, "TD", GOOD, GOOD | {"result_value": 5})
    assert rules(contradicting, "error") == ["row_duplicate", "row_duplicate"]
