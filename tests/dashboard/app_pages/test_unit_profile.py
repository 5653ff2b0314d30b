"""The profile of a unit: lines with gaps, and the way from a number to its cell."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.app_pages.unit_profile import timeline
from tests.dashboard.fixture_release import LANG_SON
from tests.dashboard.page_kit import CALENDAR, said


def series(codes: list[str], is_rate: bool = True, frequency: str = "month") -> pd.DataFrame:
    """Return figures of one indicator in these periods."""
    frame = CALENDAR[CALENDAR["period_code"].isin(codes)].copy()
    return frame.assign(value=range(len(frame)), is_rate=is_rate, frequency=frequency)


def test_a_month_without_a_report_is_a_row_without_a_value() -> None:
    line = timeline.with_gaps(series(["2026-01", "2026-03", "2026-Q1"]), CALENDAR)
    assert line["period_code"].tolist() == ["2026-01", "2026-02", "2026-03"]
    assert line["value"].isna().tolist() == [False, True, False]


@pytest.mark.parametrize("is_rate", [True, False])
def test_a_cumulative_figure_keeps_to_one_type(is_rate: bool) -> None:
    line = timeline.with_gaps(
        series(["2025-6M", "2025", "2026-6M"], is_rate=is_rate, frequency="6M"), CALENDAR
    )
    assert line["period_code"].tolist() == ["2025-6M", "2026-6M"]


def test_phases_overlap_and_have_no_gaps() -> None:
    phases = pd.DataFrame(
        {
            "period_code": ["2017-2020", "2021-2025"],
            "period_type": "phase",
            "period_end_date": pd.to_datetime(["2020-12-31", "2025-12-31"]),
            "value": [50.0, 60.0],
            "is_rate": False,
            "frequency": "phase",
        }
    )
    assert timeline.with_gaps(phases, CALENDAR)["value"].tolist() == [50.0, 60.0]


def test_the_profile_leads_from_a_number_to_its_cell(open_page) -> None:
    text = said(
        open_page("unit_profile", province="20", unit=LANG_SON, indicator="KNTC_GQ", period="2026-9M")
    )
    assert "BC_LangSon_2026-9M.xlsx" in text
    assert "Chỉ tiêu!C7/D7" in text
    assert "379/481" in text
    assert "Trả lại để sửa" in text


def test_a_former_unit_has_its_own_profile(open_page) -> None:
    text = said(open_page("unit_profile", province="08", unit="02@0"))
    assert "Tỉnh Hà Giang (đến 30/06/2025)" in text
    assert "Đơn vị kế thừa" in text


def test_a_silent_unit_is_not_zero(open_page) -> None:
    text = said(open_page("unit_profile", province="20", unit="20-CAT@2025-07-01"))
    assert "chưa có số liệu nào" in text


def test_a_province_is_told_its_waits_and_what_came_of_its_inspections(open_page) -> None:
    text = said(open_page("unit_profile", province="20", unit=LANG_SON))
    assert "Quán triệt văn bản" in text and "127/650" in text
    assert "Xã Tân Tri" in text and "Kế hoạch kiểm tra" in text


def test_an_inspected_unit_has_the_inspection_too(open_page) -> None:
    text = said(open_page("unit_profile", province="20", unit="06337@2025-07-01", lang="en"))
    assert "Inspections and their conclusions" in text
    assert "How many days each step takes" not in text, "nothing is known of its waits"
