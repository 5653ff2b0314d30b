"""Layouts that only the row path can judge: the fast path leaves them to it, however long the file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.intake.bulk.test_whole_reports import TX_HEADER, UNITS, assert_both_paths_agree
from tests.intake.file_kit import BC_HEADER, kept, rules, write_csv

BC_ROWS = [[unit, "2026-10", "TTHC_DUNGHAN", "5", "9", "", ""] for unit in UNITS]
SECOND = [["", "", "KK_DONGNGUOI", "", "", "3", ""], ["", "", "DVK_DK", "", "", "4", ""]]
TX_ROWS = [[unit, "", "2026-10", "Khối Đảng", "10", "2", "3", "4", "1", "", "0"] for unit in UNITS]


def branch(unit: str, number: int) -> list[str]:
    return [unit, "", "2026-10", f"Chi bộ {number}", "5", "1", "2", "2", "0", "", "0"]


@pytest.mark.parametrize(
    "rows",
    [
        [*BC_ROWS, BC_HEADER, *SECOND],
        [*BC_ROWS, ["Đơn vị: Tỉnh Lạng Sơn"], ["Kỳ báo cáo: Tháng 9/2026"], *SECOND],
        [*BC_ROWS, ["", "", "Tháng 9 năm 2026"], *SECOND],
        [*BC_ROWS, ["Tổng cộng", "", "TTHC_DUNGHAN", "31", "54", "", ""]],
        [*BC_ROWS, ["Tổng cộng", "", "", "30", "54", "", ""]],
        [*BC_ROWS, [], TX_HEADER, *TX_ROWS],
    ],
)
def test_rows_that_speak_of_others_are_read_the_same_on_both_paths(
    tmp_path: Path, rows: Sequence[Sequence[str]]
) -> None:
    assert_both_paths_agree(write_csv(tmp_path / "bc.csv", [BC_HEADER, *rows]))


def test_a_helper_that_differs_far_below_is_asked_about_on_both_paths(tmp_path: Path) -> None:
    header = ["unit_name", *BC_HEADER, "unit_name"]
    rows = [["", *row, ""] for row in BC_ROWS * 2]
    rows[-1] = ["Tỉnh Lạng Sơn", *BC_ROWS[0], "Tỉnh Tuyên Quang"]
    parsed = assert_both_paths_agree(write_csv(tmp_path / "bc.csv", [header, *rows]))
    assert "column_repeated" in rules(parsed)
    assert kept(parsed) == []


def test_a_row_that_contains_others_is_asked_about_on_both_paths(tmp_path: Path) -> None:
    unit = UNITS[-1]
    whole = [unit, "", "2026-10", "Khối Đảng", "10", "2", "4", "4", "0", "", "0"]
    rows = [*TX_ROWS[:-1], whole, branch(unit, 1), branch(unit, 2)]
    parsed = assert_both_paths_agree(write_csv(tmp_path / "tx.csv", [TX_HEADER, *rows]))
    assert rules(parsed) == ["row_contains_others"]
    assert len(kept(parsed, "tx_rows")) == len(UNITS) - 1
