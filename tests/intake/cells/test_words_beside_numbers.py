"""Numbers with words beside them are judged by the indicator; another unit of measure is asked about, never converted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.intake.file_kit import BC_HEADER, kept, parse, parse_bc, rules, write_csv, write_xlsx

WITH_MEASURE = ["unit_code", "period", "indicator_code", "ĐVT", "numerator", "denominator", "value"]


def value_of(tmp_path: Path, indicator: str, cell: Any) -> tuple[float | None, list[str]]:
    parsed = parse_bc(tmp_path, ["20", "2026-09", indicator, "", "", cell, ""])
    rows = kept(parsed)
    return (rows[0]["value"] if rows else None), rules(parsed, "error", "warning", "info")


@pytest.mark.parametrize(
    ("indicator", "cell", "value", "rule"),
    [
        ("KK_DONGNGUOI", "12 vụ", 12.0, "number_read_from_words"),
        ("KK_DONGNGUOI", "12 vụ việc", 12.0, "number_read_from_words"),
        ("KK_DONGNGUOI", "12 vụ (tăng 2 vụ)", 12.0, "number_read_from_words"),
        ("KK_DONGNGUOI", "không", 0.0, "number_read_as_zero"),
        ("KK_DONGNGUOI", "Không phát sinh", 0.0, "number_read_as_zero"),
        ("NTT_TRE", "3,5 ngày", 3.5, "number_read_from_words"),
        ("NTT_TRE", "0 giờ", 0.0, "number_read_from_words"),
        # A noun that is no unit of measure may be a slip of the hand or of the row.
        ("NTT_TRE", "12 vụ", 12.0, "number_of_other_things"),
        # The converted number is a suggestion: whether a day has 24 or 8 hours is the sender's to say.
        ("NTT_TRE", "36 giờ", None, "unit_of_measure_differs"),
        ("KK_DONGNGUOI", "2 nghìn vụ", None, "unit_of_measure_differs"),
        ("KK_DONGNGUOI", "12 phần trăm", None, "unit_of_measure_differs"),
        ("NTT_TRE", "không", None, "number_zero_in_words"),
    ],
)
def test_words_are_judged_by_the_indicator(
    tmp_path: Path, indicator: str, cell: str, value: float | None, rule: str
) -> None:
    found, told = value_of(tmp_path, indicator, cell)
    assert found == value
    assert rule in told


def test_no_is_not_zero_in_the_parts_of_a_rate(tmp_path: Path) -> None:
    parsed = parse_bc(tmp_path, ["20", "2026-09", "TTHC_DUNGHAN", "không", "không", "", ""])
    assert parsed.outcome == "returned"
    assert rules(parsed)[:2] == ["number_zero_in_words"] * 2


def test_a_part_of_a_rate_may_name_what_it_counts(tmp_path: Path) -> None:
    parsed = parse_bc(tmp_path, ["20", "2026-09", "TTHC_DUNGHAN", "171 hồ sơ", "200 hồ sơ", "", ""])
    assert (kept(parsed)[0]["numerator"], kept(parsed)[0]["denominator"]) == (171, 200)


@pytest.mark.parametrize(
    ("cells", "found", "suggested"),
    [
        (["NTT_TRE", "giờ", "", "", 36], "36 giờ", "1,5"),
        (["KK_DONGNGUOI", "người", "", "", 36], "36 người", None),
        (["TTHC_DUNGHAN", "nghìn hồ sơ", 12, 13, ""], "12 nghìn hồ sơ", "12000"),
    ],
)
def test_another_unit_in_its_own_column_is_asked_about(
    tmp_path: Path, cells: list[Any], found: str, suggested: str | None
) -> None:
    row = ["20", "2026-09", *cells]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", [WITH_MEASURE, row]))
    assert parsed.outcome == "returned"
    finding = parsed.findings[0]
    assert (finding["rule_code"], finding["found_value"], finding["suggested_value"]) == (
        "unit_of_measure_differs",
        found,
        suggested,
    )


@pytest.mark.parametrize(
    ("indicator", "measure", "figures"),
    [
        ("NTT_TRE", "Ngày", ["", "", 3]),
        ("TD_XA", "ngày", ["", "", 2]),
        ("KK_DONGNGUOI", "vụ việc", ["", "", 3]),
        ("TTHC_DUNGHAN", "%", [171, 200, ""]),
        ("TTHC_DUNGHAN", "hồ sơ", [171, 200, ""]),
        ("TTHC_DUNGHAN", "", [171, 200, ""]),
    ],
)
def test_the_indicators_own_unit_is_no_question(
    tmp_path: Path, indicator: str, measure: str, figures: list[Any]
) -> None:
    row = ["20", "2026-09", indicator, measure, *figures]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", [WITH_MEASURE, row]))
    assert "unit_of_measure_differs" not in rules(parsed)
    assert len(kept(parsed)) == 1


@pytest.mark.parametrize(
    ("above", "heading"), [([], "Giá trị (nghìn vụ)"), ([["Đơn vị tính: nghìn vụ"]], "Giá trị")]
)
def test_a_unit_in_a_heading_or_above_the_table_is_asked_about(
    tmp_path: Path, above: list[list[str]], heading: str
) -> None:
    header = [*BC_HEADER[:5], heading]
    rows = [*above, header, ["20", "2026-09", "KK_DONGNGUOI", "", "", 12]]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert rules(parsed) == ["unit_of_measure_differs"]


def test_counts_of_other_forms_take_words_too(tmp_path: Path) -> None:
    header = [
        *("unit_code", "period", "division", "rated_count", "outstanding_count", "good_count"),
        *("completed_count", "not_completed_count", "rewarded_count", "disciplined_count"),
    ]
    row = ["20", "2026-09", "Khối Đảng", "10 người", "2 (20%)", "8 đồng chí", "không", "0", "0", "Không"]
    parsed = parse(write_csv(tmp_path / "tx.csv", [header, row]))
    assert parsed.outcome != "returned", parsed.findings
    assert parsed.records["tx_rows"][0]["rated_count"] == 10
    assert parsed.records["tx_rows"][0]["completed_count"] == 0


def test_counts_of_people_are_no_counts_of_dossiers(tmp_path: Path) -> None:
    header = ["unit_code", "period", "division", "rated_count", "outstanding_count", "good_count"]
    parsed = parse(
        write_csv(tmp_path / "tx.csv", [header, ["20", "2026-09", "Khối Đảng", "10 hồ sơ", "2", "8"]])
    )
    assert "unit_of_measure_differs" in rules(parsed)
    assert parsed.outcome == "returned"


def test_a_rate_of_other_things_is_kept_with_a_warning(tmp_path: Path) -> None:
    parsed = parse_bc(tmp_path, ["20", "2026-09", "TTHC_DUNGHAN", "171 người", "200 người", "", ""])
    assert rules(parsed) == ["number_of_other_things"] * 2
    assert len(kept(parsed)) == 1
