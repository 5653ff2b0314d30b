"""Templates of the forms besides BC and DK: filled in as a person would, read back, sent back, several in one workbook."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.intake.file_kit import context, kept, parse, rules
from tests.templates.test_templates import header_of, make
from warehouse.cli import main
from warehouse.forms.contract import load_form, load_forms
from warehouse.intake.reply.annotate import annotate
from warehouse.intake.reply.receipt import receipt_text
from warehouse.templates.workbook import LISTS_SHEET

# Values that an officer types (names from the drop-downs, days as days), and the values that are kept.
TYPED: dict[str, dict[str, Any]] = {
    "TX": {
        "division": "Khối chính quyền",
        "rated_count": 10,
        "outstanding_count": 1,
        "good_count": 8,
        "completed_count": 1,
        "not_completed_count": 0,
    },
    "TD": {
        "model_code": "LS-001",
        "event_date": date(2026, 10, 5),
        "event": "Được công nhận",
        "decision_no": "12-QĐ/TU",
        "result_value": 12.5,
    },
    "HD": {
        "activity_type": "Tiếp công dân",
        "planned_date": date(2026, 10, 5),
        "activity_date": date(2026, 10, 6),
        "level": "Cấp tỉnh",
        "host_role": "Chủ tịch Ủy ban nhân dân",
        "participants": 12,
        "topic_code": "Môi trường",
    },
    "VB": {
        "document_no": "25-NQ/TW",
        "document_date": date(2026, 10, 1),
        "title": "Nghị quyết về công tác dân vận",
        "received_date": date(2026, 10, 5),
        "organisations_total": 30,
        "organisations_done": 30,
    },
    "KN": {
        "source_type": "Giám sát",
        "source_date": date(2026, 10, 5),
        "category": "Môi trường",
        "statement": "Chậm thu gom rác thải",
        "responsible_unit_code": "20",
        "due_date": date(2026, 12, 1),
        "status": "Chưa thực hiện",
    },
}
KEPT: dict[str, dict[str, Any]] = {
    "TX": {"period": "2026-10"},
    "TD": {"event": "recognised"},
    "HD": {
        "activity_type": "reception",
        "level": "province",
        "host_role": "committee_chair",
        "topic_code": "environment",
    },
    "VB": {},
    "KN": {"source_type": "supervision", "category": "environment", "status": "open"},
}
WRONG: dict[str, tuple[str, Any, str]] = {
    "TX": ("good_count", 9, "sum_disagrees"),
    "TD": ("event", "Đã xong", "list_value_unknown"),
    "HD": ("participants", -3, "number_below_minimum"),
    "VB": ("organisations_done", 31, "number_above_other"),
    "KN": ("status", "Đã hoàn thành", "closed_without_date"),
}


def fill(path: Path, form: str, typed: dict[str, Any], row: int = 1) -> None:
    """Type into open cells of the first rows below the header, and into no other."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook[form]
    header, columns = header_of(sheet)
    for name, value in typed.items():
        cell = sheet.cell(header + row, columns[load_form(form).by_name[name].heading_vi])
        assert not cell.protection.locked, name
        cell.value = value
    workbook.save(path)


@pytest.mark.parametrize("form", TYPED)
def test_a_filled_template_is_accepted(tmp_path: Path, form: str) -> None:
    path = make(tmp_path / "t.xlsx", [form])
    fill(path, form, TYPED[form])
    parsed = parse(path)
    assert parsed.outcome == "accepted", parsed.findings
    (row,) = kept(parsed, load_form(form).table)
    assert (row["unit_key"], row["period_code"], row["unit_code"]) == ("20@2025-07-01", "2026-10", "20")
    assert {name: row[name] for name in TYPED[form]} == TYPED[form] | {
        name: value for name, value in KEPT[form].items() if name in TYPED[form]
    }


@pytest.mark.parametrize("form", TYPED)
def test_a_prefill_is_read_back(tmp_path: Path, form: str) -> None:
    prefill = TYPED[form] | {name: code for name, code in KEPT[form].items() if name != "period"}
    path = make(tmp_path / "t.xlsx", [form], prefill={form: [prefill]})
    parsed = parse(path)
    assert parsed.outcome == "accepted", parsed.findings
    (row,) = kept(parsed, load_form(form).table)
    assert {name: row[name] for name in prefill} == prefill


@pytest.mark.parametrize("form", TYPED)
def test_drop_downs_offer_the_lists(tmp_path: Path, form: str) -> None:
    workbook = openpyxl.load_workbook(make(tmp_path / "t.xlsx", [form]))
    checks = workbook[form].data_validations.dataValidation
    lists = [column for column in load_form(form).columns if column.type == "list"]
    # A form that is accepted whole has one more above its table: how the report is sent.
    assert sum(check.type == "list" for check in checks) == len(lists) + load_form(form).is_accepted_whole
    heads = {cell.value for cell in workbook[LISTS_SHEET][1]}
    assert {column.heading_vi for column in lists} <= heads


def test_all_forms_in_one_workbook_are_read_as_reports(tmp_path: Path) -> None:
    """Sheets that were left blank say nothing; the others are each a report of their own."""
    path = make(tmp_path / "t.xlsx", list(load_forms()))
    for form, typed in TYPED.items():
        fill(path, form, typed)
    figures = {"Tử số": 9, "Mẫu số": 10}
    workbook = openpyxl.load_workbook(path)
    header, columns = header_of(workbook["BC"])
    for number in range(header + 1, workbook["BC"].max_row + 1):
        if workbook["BC"].cell(number, columns["Mã chỉ tiêu"]).value == "TTHC_DUNGHAN":
            for heading, value in figures.items():
                workbook["BC"].cell(number, columns[heading]).value = value
    workbook.save(path)
    parsed = parse(path)
    assert parsed.outcome == "accepted", parsed.findings
    assert {row["form"] for row in parsed.submissions} == {*TYPED, "BC"}
    assert {table: len(rows) for table, rows in parsed.records.items()} == {
        "bc_rows": 1,
        **{load_form(form).table: 1 for form in TYPED},
    }
    receipt = receipt_text(parsed, datetime(2026, 11, 5, tzinfo=UTC), context().reference.units)
    assert all(f"Biểu {form}" in receipt for form in TYPED)
    # The receipt names the codes that were given, to be used again.
    assert {row["key"][:2] for row in parsed.given_keys} == {"HD", "KN"}
    assert all(row["key"] in receipt for row in parsed.given_keys)


@pytest.mark.parametrize("form", TYPED)
def test_a_wrong_cell_comes_back_marked(
    tmp_path: Path, form: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AS_OF_DATE", "2026-11-20")
    column, value, rule = WRONG[form]
    path = make(tmp_path / "t.xlsx", [form])
    fill(path, form, TYPED[form] | {column: value})
    parsed = parse(path)
    assert rules(parsed) == [rule]
    (finding,) = [finding for finding in parsed.findings if finding["severity"] == "error"]
    sheet = openpyxl.load_workbook(annotate(path, parsed, tmp_path / "out.xlsx"))[form]
    assert finding["message_vi"] in sheet[finding["cell"]].comment.text
    assert main(["check", str(path)]) == 1
    assert rule in capsys.readouterr().out


@pytest.mark.parametrize("form", TYPED)
def test_a_blank_template_is_asked_for_rows(tmp_path: Path, form: str) -> None:
    parsed = parse(make(tmp_path / "t.xlsx", [form]))
    assert rules(parsed) == ["form_without_rows"]
    assert [(row["form"], row["status"]) for row in parsed.submissions] == [(form, "returned")]
