"""Totals that their rows contradict, rows that contain others, and a total without rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.intake.file_kit import kept, parse, rules, write_xlsx

HEAD: list[Sequence[Any]] = [["Đơn vị báo cáo: Xã Tân Thành, tỉnh Lạng Sơn"], ["Kỳ báo cáo: Tháng 9/2026"]]
TX = [
    *("STT", "Khối", "Tổng số được bình xét", "Xuất sắc", "Tốt", "Hoàn thành", "Không hoàn thành"),
    *("Khen thưởng", "Kỷ luật"),
]
FIRST = [1, "Khối Đảng", 10, 2, 6, 2, 0, 1, 0]
SECOND = [2, "Khối chính quyền", 20, 4, 12, 4, 0, 2, 0]
BRANCHES = [[2, "Chi bộ 1", 4, 1, 2, 1, 0, 0, 0], [3, "Chi bộ 2", 6, 1, 4, 1, 0, 1, 0]]


def tx(tmp_path: Path, *rows: Sequence[Any]) -> Path:
    return write_xlsx(tmp_path / "tx.xlsx", [*HEAD, TX, *rows])


def test_a_total_that_its_rows_add_up_to_is_passed_over(tmp_path: Path) -> None:
    parsed = parse(tx(tmp_path, FIRST, SECOND, [None, "Tổng cộng", 30, 6, 18, 6, 0, 3, 0]))
    assert (rules(parsed), len(kept(parsed, "tx_rows"))) == ([], 2)


@pytest.mark.parametrize("place", [0, 2])
def test_a_total_that_contradicts_its_rows_sends_the_report_back(tmp_path: Path, place: int) -> None:
    rows: list[Sequence[Any]] = [FIRST, SECOND]
    rows.insert(place, [None, "Tổng cộng", 30, 6, 19, 6, 0, 3, 0])
    parsed = parse(tx(tmp_path, *rows))
    assert (rules(parsed), kept(parsed, "tx_rows")) == (["total_disagrees"], [])
    finding = next(finding for finding in parsed.findings if finding["severity"] == "error")
    assert (finding["cell"], finding["found_value"], finding["suggested_value"]) == (
        f"E{4 + place}",
        "19",
        "18",
    )


def test_subtotals_and_their_total_are_each_compared_with_their_own_rows(tmp_path: Path) -> None:
    rows = [
        FIRST,
        [None, "Cộng I", 10, 2, 6, 2, 0, 1, 0],
        SECOND,
        [None, "Cộng II", 20, 4, 12, 4, 0, 2, 0],
        [None, "Tổng cộng", 30, 6, 18, 6, 0, 3, 0],
    ]
    assert rules(parse(tx(tmp_path, *rows))) == []


BC = ["Tên đơn vị", "Mã chỉ tiêu", "Tử số", "Mẫu số", "Giá trị"]


@pytest.mark.parametrize(("total", "found"), [(120, []), (121, ["total_of_rows_disagrees"])])
def test_a_total_of_units_is_compared_and_their_figures_are_kept(
    tmp_path: Path, total: int, found: list[str]
) -> None:
    rows: list[Sequence[Any]] = [
        ["Đơn vị: Tỉnh Lạng Sơn"],
        ["Kỳ báo cáo: Tháng 9/2026"],
        BC,
        ["Xã Tân Tri", "TTHC_DUNGHAN", 90, 100, None],
        ["Phường Đông Kinh", "TTHC_DUNGHAN", 30, 40, None],
        ["Toàn tỉnh", "TTHC_DUNGHAN", total, 140, None],
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert (rules(parsed), len(kept(parsed))) == (found, 2)
    assert [finding["cell"] for finding in parsed.findings if finding["severity"] == "warning"] == ["C6"][
        : len(found)
    ]


def test_a_total_over_different_indicators_or_of_days_is_not_compared(tmp_path: Path) -> None:
    rows: list[Sequence[Any]] = [
        ["Đơn vị: Tỉnh Lạng Sơn"],
        ["Kỳ báo cáo: Tháng 9/2026"],
        BC,
        ["Xã Tân Tri", "KK_DONGNGUOI", None, None, 3],
        ["Xã Tân Tri", "TD_XA", None, None, 2],
        ["Phường Đông Kinh", "TD_XA", None, None, 2],
        ["Toàn tỉnh", "TD_XA", None, None, 2],
        ["Tổng cộng", None, None, None, 9],
    ]
    parsed = parse(write_xlsx(tmp_path / "bc.xlsx", rows))
    assert (rules(parsed, "error"), len(kept(parsed))) == ([], 3)
    assert "total_of_rows_disagrees" not in rules(parsed)


@pytest.mark.parametrize("order", [[FIRST, *BRANCHES], [*BRANCHES, FIRST], [SECOND, FIRST, *BRANCHES]])
def test_a_row_that_contains_other_rows_is_asked_about(
    tmp_path: Path, order: Sequence[Sequence[Any]]
) -> None:
    parsed = parse(tx(tmp_path, *order))
    assert (rules(parsed), kept(parsed, "tx_rows")) == (["row_contains_others"], [])


def test_rows_below_the_words_of_which_are_parts(tmp_path: Path) -> None:
    parsed = parse(tx(tmp_path, FIRST, [None, "Trong đó:"], BRANCHES[0]))
    assert rules(parsed) == ["row_contains_others"]


def test_divisions_of_one_kind_whose_small_numbers_happen_to_add_up_are_kept(tmp_path: Path) -> None:
    rows = [
        [at, f"Khối {at}", *counts, 0, 0]
        for at, counts in enumerate([(3, 1, 1, 1, 0), (1, 1, 0, 0, 0), (2, 0, 1, 1, 0)])
    ]
    parsed = parse(tx(tmp_path, *rows))
    assert (rules(parsed), len(kept(parsed, "tx_rows"))) == ([], 3)


@pytest.mark.parametrize("blanks", [[], [[1, "Khối Đảng"], [2, "Khối chính quyền"]]])
def test_a_total_without_rows_is_the_row_of_the_whole_unit(
    tmp_path: Path, blanks: Sequence[Sequence[Any]]
) -> None:
    parsed = parse(tx(tmp_path, *blanks, [None, "Tổng cộng", 30, 6, 18, 6, 0, 3, 0]))
    (row,) = kept(parsed, "tx_rows")
    assert (row["division"], row["rated_count"], rules(parsed)) == (None, 30, [])


def test_rows_numbered_below_another_are_its_parts(tmp_path: Path) -> None:
    rows = [["1", *FIRST[1:]], ["1.1", "Chi bộ A", 4, 1, 2, 1, 0, 0, 0], ["2", *SECOND[1:]]]
    parsed = parse(tx(tmp_path, *rows))
    assert rules(parsed) == ["row_contains_others"]
    assert "5–5" in parsed.findings[0]["message_vi"]
