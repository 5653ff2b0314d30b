"""Form BC: which rows are kept, which are asked back, and that one unit's errors do not touch another unit."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.intake.file_kit import BC_HEADER, kept, parse, parse_bc, rules, write_csv
from warehouse.raw.submission_id import make_submission_id


def test_a_rate_is_worked_out_from_its_parts_and_knows_its_cell(tmp_path: Path) -> None:
    parsed = parse_bc(tmp_path, ["20", "2026-10", "TTHC_DUNGHAN", "49", "50", "", "đã rà soát"])
    assert parsed.outcome == "accepted"
    assert kept(parsed) == [
        {
            "submission_id": make_submission_id(parsed.file_sha256, "BC", "20@2025-07-01", "2026-10"),
            "file_sha256": parsed.file_sha256,
            "sheet": "csv",
            "row_number": 2,
            "column_number": 4,
            "denominator_column_number": 5,
            "cell": "D2",
            "unit_key": "20@2025-07-01",
            "period_code": "2026-10",
            "indicator_code": "TTHC_DUNGHAN",
            "numerator": 49.0,
            "denominator": 50.0,
            "value": 98.0,
            "is_not_applicable": False,
            "note": "đã rà soát",
        }
    ]


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        (["99", "2026-10", "TTHC_DUNGHAN", "1", "2", "", ""], "unit_unknown"),
        (["", "2026-10", "TTHC_DUNGHAN", "1", "2", "", ""], "unit_missing"),
        (["02", "2026-10", "TTHC_DUNGHAN", "1", "2", "", ""], "unit_not_alive"),
        (["20", "2026-13", "TTHC_DUNGHAN", "1", "2", "", ""], "period_unreadable"),
        (["20", "", "TTHC_DUNGHAN", "1", "2", "", ""], "period_missing"),
        (["20", "Quý II/2026", "KNTC_GQ", "1", "2", "", ""], "period_not_in_calendar"),
        (["20", "2026-12", "TTHC_DUNGHAN", "1", "2", "", ""], "period_in_future"),
        (["20", "2022-2027", "KNTC_GQ", "1", "2", "", ""], "period_unknown"),
        (["20", "2026-10", "KNTC_GQ", "1", "2", "", ""], "period_not_accepted"),
        (["20", "2026-9M", "DVK_DK", "", "", "3", ""], "period_not_accepted"),
        (["20", "2026-10", "KHONG_CO", "1", "2", "", ""], "indicator_unknown"),
        (["20", "2026-10", "", "1", "2", "", ""], "indicator_missing"),
        (["20", "2026-10", "TTHC_DUNGHAN", "", "", "98", ""], "rate_needs_parts"),
        (["20", "2026-10", "TTHC_DUNGHAN", "3", "", "", ""], "rate_needs_parts"),
        (["20", "2026-10", "TTHC_DUNGHAN", "3", "2", "", ""], "numerator_above_denominator"),
        (["20", "2026-10", "TTHC_DUNGHAN", "-1", "2", "", ""], "number_below_minimum"),
        (["20", "2026-10", "TTHC_DUNGHAN", "1,5", "2", "", ""], "not_whole"),
        (["20", "2026-10", "TTHC_DUNGHAN", "50%", "2", "", ""], "percent_in_count"),
        (["20", "2026-10", "TTHC_DUNGHAN", "1", "2", "51", ""], "value_disagrees_with_parts"),
        (["20", "2026-10", "TTHC_DUNGHAN", "nhiều", "2", "", ""], "number_unreadable"),
        (["20", "2026-10", "TTHC_DUNGHAN", "1", "2", "1.234", ""], "number_ambiguous"),
        (["20", "2026-10", "NTT_TRE", "", "", "1.234", ""], "number_ambiguous"),
        (["20", "2026-10", "KK_DONGNGUOI", "1.234", "", "", ""], "number_ambiguous"),
        (["20", "2026-10", "KHONG_CO", "", "", "1.234", ""], "indicator_unknown,number_ambiguous"),
        (["20", "2026-10", "KK_DONGNGUOI", "4", "", "", ""], "count_has_parts"),
        (["20", "2026-10", "KK_DONGNGUOI", "", "", "1,5", ""], "not_whole"),
        (["20", "2026-10", "KK_DONGNGUOI", "", "", "n/a", ""], None),
        (["20", "2026-10", "KK_DONGNGUOI", "1", "", "Không áp dụng", ""], "not_applicable_with_figures"),
        (["20", "2026-10", "NTT_TRE", "", "", "2,5", ""], None),
        (["20", "2026-Q1", "TTHC_DUNGHAN", "1", "2", "", ""], None),
        (["20", "2021-2025", "DVK_DK", "", "", "50", ""], None),
    ],
)
def test_each_row_rule_gives_its_finding(tmp_path: Path, row: list[str], rule: str | None) -> None:
    parsed = parse_bc(tmp_path, row)
    assert sorted(rules(parsed, "error")) == (rule.split(",") if rule else [])
    assert bool(kept(parsed)) == (rule is None)
    assert parsed.outcome == ("returned" if rule else "accepted")


@pytest.mark.parametrize(
    ("figures", "column", "number"),
    [
        (["1.000", "1.234", ""], "denominator", 1234.0),
        (["1,000", "1234", ""], "numerator", 1000.0),
        (["", "", "1.234"], "value", 1234.0),
    ],
)
def test_where_only_whole_things_are_counted_a_mark_before_three_digits_parts_thousands(
    tmp_path: Path, figures: list[str], column: str, number: float
) -> None:
    indicator = "KK_DONGNGUOI" if column == "value" else "TTHC_DUNGHAN"
    parsed = parse_bc(tmp_path, ["20", "2026-10", indicator, *figures, ""])
    assert parsed.outcome == "accepted", parsed.findings
    (row,) = kept(parsed)
    assert row[column] == number
    assert set(rules(parsed, "info")) == {"number_read_as_whole"}
    told = parsed.findings[-1]
    assert (told["column_name"], told["suggested_value"]) == (column, str(int(number)))


def test_a_mark_that_the_column_uses_for_decimals_parts_no_thousands(tmp_path: Path) -> None:
    # The column has both ways of writing, so that 1.234 may be a slip as well.
    marks = [["20", "2026-10", "NTT_TRE", "", "", "2.5", ""], ["08", "2026-10", "NTT_TRE", "", "", "2,5", ""]]
    parsed = parse_bc(tmp_path, *marks, ["01", "2026-10", "KK_DONGNGUOI", "", "", "1.234", ""])
    assert rules(parsed, "error") == ["number_ambiguous"]


def test_a_negative_count_stays_negative(tmp_path: Path) -> None:
    parsed = parse_bc(tmp_path, ["20", "2026-10", "KK_DONGNGUOI", "", "", "-1.234", ""])
    assert rules(parsed, "error") == ["number_below_minimum"]
    assert kept(parsed) == []


def test_one_error_sends_the_whole_unit_back_and_no_other(tmp_path: Path) -> None:
    parsed = parse_bc(
        tmp_path,
        ["20", "2026-10", "TTHC_DUNGHAN", "49", "50", "", ""],
        ["20", "2026-10", "NTT_XL", "3", "2", "", ""],
        ["08", "2026-10", "TTHC_DUNGHAN", "9", "10", "", ""],
        ["99", "2026-10", "TTHC_DUNGHAN", "9", "10", "", ""],
    )
    statuses = {row["unit_key"]: row["status"] for row in parsed.submissions}
    assert statuses == {"20@2025-07-01": "returned", "08@2025-07-01": "accepted", None: "returned"}
    assert [row["unit_key"] for row in kept(parsed)] == ["08@2025-07-01"]
    assert parsed.outcome == "returned"


def test_all_findings_come_at_once_with_cell_and_both_languages(tmp_path: Path) -> None:
    parsed = parse_bc(
        tmp_path,
        ["20", "2026-10", "TTHC_DUNGHAN", "3", "2", "", ""],
        ["20", "2026-10", "KK_DONGNGUOI", "4", "", "", ""],
    )
    places = [
        (finding["cell"], finding["column_name"], finding["suggested_value"]) for finding in parsed.findings
    ]
    assert places == [("D2", "numerator", None), ("D3", "numerator", "4")]
    for finding in parsed.findings:
        assert finding["message_vi"]
        assert finding["message_en"] != finding["message_vi"]
    assert parsed.submissions[0]["error_count"] == 2


def test_zero_of_zero_is_accepted_without_a_value(tmp_path: Path) -> None:
    row = kept(parse_bc(tmp_path, ["20", "2026-10", "TTHC_DUNGHAN", "0", "0", "", ""]))[0]
    assert (row["numerator"], row["denominator"], row["value"]) == (0.0, 0.0, None)


def test_blank_is_not_zero_and_not_applicable_is_neither(tmp_path: Path) -> None:
    parsed = parse_bc(
        tmp_path,
        ["20", "2026-10", "TTHC_DUNGHAN", "49", "50", "", ""],
        ["20", "2026-10", "KK_DONGNGUOI", "", "", "", ""],
        ["20", "2026-10", "TG_VUVIEC", "", "", "0", ""],
        ["20", "2026-10", "TD_TINH", "", "", "", "Không áp dụng"],
    )
    assert {row["indicator_code"]: (row["value"], row["is_not_applicable"]) for row in kept(parsed)} == {
        "TTHC_DUNGHAN": (98.0, False),
        "TG_VUVIEC": (0.0, False),
        "TD_TINH": (None, True),
    }
    assert rules(parsed, "info") == ["rows_left_blank"]
    assert parsed.findings[0]["found_value"] == "KK_DONGNGUOI"


def test_a_dash_is_a_missing_value_and_is_asked_about(tmp_path: Path) -> None:
    parsed = parse_bc(
        tmp_path,
        ["20", "2026-10", "TG_VUVIEC", "", "", "0", ""],
        ["20", "2026-10", "KK_DONGNGUOI", "", "", "–", ""],
    )
    assert parsed.outcome == "accepted_with_warnings"
    assert rules(parsed) == ["dash_as_missing"]
    assert [row["indicator_code"] for row in kept(parsed)] == ["TG_VUVIEC"]


def test_a_report_without_any_figure_is_returned(tmp_path: Path) -> None:
    parsed = parse_bc(tmp_path, ["20", "2026-10", "KK_DONGNGUOI", "", "", "", ""])
    assert rules(parsed) == ["no_filled_row"]
    assert parsed.submissions[0]["status"] == "returned"
    assert parsed.submissions[0]["unit_key"] == "20@2025-07-01"


def test_a_header_without_rows_is_returned(tmp_path: Path) -> None:
    parsed = parse_bc(tmp_path)
    assert (parsed.outcome, rules(parsed)) == ("returned", ["form_without_rows"])
    assert (parsed.submissions[0]["form"], parsed.submissions[0]["unit_key"]) == ("BC", None)


def test_a_row_given_twice_is_asked_back_unless_it_says_the_same(tmp_path: Path) -> None:
    same = ["20", "2026-10", "KK_DONGNGUOI", "", "", "3", ""]
    other = [*same[:5], "4", ""]
    assert rules(parse_bc(tmp_path, same, other)) == ["row_duplicate"]
    parsed = parse_bc(tmp_path, same, same)
    assert rules(parsed) == ["row_repeated"]
    assert len(kept(parsed)) == 1


def test_an_indicator_that_is_not_owed_is_kept_and_asked_about(tmp_path: Path) -> None:
    parsed = parse_bc(tmp_path, ["20", "2026-10", "TD_XA", "", "", "2", ""])
    assert parsed.outcome == "accepted_with_warnings"
    assert rules(parsed) == ["indicator_not_owed"]
    assert len(kept(parsed)) == 1


@pytest.mark.parametrize(
    ("code_and_name", "period", "rule", "suggested"),
    [
        (("15", "Yên Bái"), "2025-06", None, None),
        (("15", "Lào Cai"), "2025-07", None, None),
        (("15", "Yên Bái"), "2025-07", "unit_old_list", "15"),
        (("10", "Lào Cai"), "2025-07", "unit_old_list", "15"),
        (("15", "Lào Cai"), "2025-06", "unit_new_list", "10"),
        (("20", "Tuyên Quang"), "2026-10", "unit_name_disagrees", "08"),
        (("20", "tỉnh LẠNG SƠN"), "2026-10", None, None),
        (("20", "Lang Son"), "2026-10", None, None),
    ],
)
def test_code_and_name_must_agree_at_that_time(
    tmp_path: Path, code_and_name: tuple[str, str], period: str, rule: str | None, suggested: str | None
) -> None:
    header = ["unit_code", "unit_name", *BC_HEADER[1:]]
    row = [*code_and_name, period, "TTHC_DUNGHAN", "1", "2", "", ""]
    parsed = parse(write_csv(tmp_path / "bc.csv", [header, row]))
    assert rules(parsed) == ([rule] if rule else [])
    if rule:
        assert parsed.findings[0]["suggested_value"] == suggested


def test_a_period_is_in_the_future_when_it_begins_after_today(tmp_path: Path) -> None:
    row = ["20", "2026", "KNTC_GQ", "1", "2", "", ""]
    path = write_csv(tmp_path / "bc.csv", [BC_HEADER, row])
    assert parse(path, date(2026, 1, 1)).outcome == "accepted"
    assert rules(parse(path, date(2025, 12, 31))) == ["period_in_future"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    denominator=st.integers(1, 10**7),
    share=st.floats(0, 1),
    decimals=st.integers(0, 4),
    comma=st.booleans(),
)
def test_any_rounding_of_the_true_rate_agrees(
    tmp_path: Path, denominator: int, share: float, decimals: int, comma: bool
) -> None:
    numerator = round(share * denominator)
    text = f"{100 * numerator / denominator:.{decimals}f}"
    text = text.replace(".", ",") if comma else text
    if decimals == 3:
        text += "0"  # three digits after the mark could be thousands; a fourth makes it certain
    parsed = parse_bc(tmp_path, ["20", "2026-10", "TTHC_DUNGHAN", str(numerator), str(denominator), text, ""])
    assert parsed.outcome == "accepted", parsed.findings
    assert kept(parsed)[0]["value"] == pytest.approx(100 * numerator / denominator)


def test_a_row_that_does_not_apply_has_a_cell_in_a_sheet_without_codes_and_values(tmp_path: Path) -> None:
    """The marts never leave out where a row stands, so a row without its measure's column bears the first one."""
    header = ["unit_code", "period", "indicator_name", "numerator", "denominator", "note"]
    name = "Số cuộc đối thoại trực tiếp của người đứng đầu với nhân dân"
    parsed = parse(write_csv(tmp_path / "bc.csv", [header, ["20", "2026-Q1", name, "", "", "Không áp dụng"]]))
    (row,) = kept(parsed)
    assert (row["indicator_code"], row["is_not_applicable"], row["cell"]) == ("DT_SO", True, "A2")
