"""A receipt names few reports one by one and sums up many."""

from __future__ import annotations

from typing import Any

from tests.intake.file_kit import context
from warehouse.intake.reply.receipt_reports import report_lines, short_report_lines
from warehouse.intake.reports.sums import MAX_LISTED, PeriodSpan

UNITS = context().reference.units
LANG_SON, TUYEN_QUANG = "20@2025-07-01", "08@2025-07-01"
MONTHS = [f"{year}-{month:02}" for year in (2023, 2024) for month in range(1, 13)]


def report(unit_key: str | None, period_code: str | None, **told: Any) -> dict[str, Any]:
    counts = {"row_count": 40, "error_count": 0, "warning_count": 0}
    place = {"form": "BC", "unit_key": unit_key, "period_code": period_code, "status": "accepted"}
    return place | counts | told


def test_few_reports_are_told_one_by_one() -> None:
    submissions = [report(LANG_SON, "2026-10"), report(None, None, form=None)]
    told = "Biểu BC (Báo cáo chỉ tiêu), Tỉnh Lạng Sơn, Tháng 10/2026: Được nhận (40 dòng, 0 lỗi, 0 lưu ý)."
    assert list(report_lines(submissions, UNITS)) == [f"- {told}"]
    assert list(short_report_lines(submissions, UNITS)) == [told]
    assert list(short_report_lines(submissions, None)) == [told.replace("Tỉnh Lạng Sơn", LANG_SON)]


def test_many_reports_are_told_in_sum_and_unit_by_unit() -> None:
    """24 months of one unit, the first with a remark, 23 of another, and one sent back of which nobody knows the unit.

    By hand: 48 reports of 40 rows are 1,920; 46 of them have nothing to tell, 23 of either unit, which are 920 rows each.
    """
    many = [report(unit, month) for month in MONTHS for unit in (TUYEN_QUANG, LANG_SON)][:-1]
    many[0] |= {"status": "accepted_with_warnings", "warning_count": 2}
    many.append(report(None, "2024-12", status="returned", error_count=1))
    assert len(many) > MAX_LISTED
    submissions = [many[0], report(LANG_SON, "2026-Q1", form="TX", row_count=3), *many[1:]]
    sums = (
        "Biểu BC (Báo cáo chỉ tiêu): 48 báo cáo của 2 đơn vị, 24 kỳ (Tháng 1/2023 đến Tháng 12/2024), 1.920 dòng."
        " Được nhận: 46; Được nhận, có lưu ý: 1; Gửi lại để sửa: 1."
    )
    other_form = "Biểu TX (Bình xét thi đua), Tỉnh Lạng Sơn, Quý I/2026: Được nhận (3 dòng, 0 lỗi, 0 lưu ý)."
    assert list(short_report_lines(submissions, UNITS)) == [sums, other_form]
    bc = "Biểu BC (Báo cáo chỉ tiêu)"
    assert list(report_lines(submissions, UNITS)) == [
        f"- {sums}",
        "  Báo cáo cần xem lại:",
        f"  - {bc}, Tỉnh Tuyên Quang, Tháng 1/2023: Được nhận, có lưu ý (40 dòng, 0 lỗi, 2 lưu ý).",
        f"  - {bc}, chưa rõ đơn vị, Tháng 12/2024: Gửi lại để sửa (40 dòng, 1 lỗi, 0 lưu ý).",
        "  Được nhận, theo đơn vị:",
        "  - Tỉnh Tuyên Quang (08): 23 kỳ (Tháng 2/2023 đến Tháng 12/2024), 920 dòng",
        "  - Tỉnh Lạng Sơn (20): 23 kỳ (Tháng 1/2023 đến Tháng 11/2024), 920 dòng",
        f"- {other_form}",
    ]


def test_periods_that_were_not_understood_are_counted_and_not_named() -> None:
    assert PeriodSpan.of(["2026-10", None, "2026-Q1", "2026-10"]) == (3, "2026-Q1", "2026-10")
    assert PeriodSpan.of([None, None]) == (1, None, None)
