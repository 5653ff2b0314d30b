"""The profile of a unit: lines with gaps, and the way from a number to its cell."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.app_pages.unit_profile import timeline
from tests.dashboard.fixture_release import LANG_SON, RECORDED_MONTH, TUYEN_QUANG
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


def test_a_counted_figure_has_no_cell_and_says_so(open_page) -> None:
    choices = {"indicator": "BC_DUNGHAN_GN", "period": RECORDED_MONTH}
    text = said(open_page("unit_profile", province="08", unit=TUYEN_QUANG, **choices))
    assert "Kết quả 86,3% do hệ thống đếm từ các bản ghi đã nhận" in text


def test_long_parts_of_a_profile_are_folded_at_first(open_page) -> None:
    parts = open_page("unit_profile", province="20", unit=LANG_SON).expander
    assert {"**Nghị quyết**", "**Bên cạnh các đơn vị cùng nhóm**"} <= {part.label for part in parts}
    assert not [part.label for part in parts if part.proto.expanded]


def test_a_former_unit_has_its_own_profile(open_page) -> None:
    text = said(open_page("unit_profile", province="08", unit="02@0"))
    assert "Tỉnh Hà Giang (đến 30/06/2025)" in text
    assert "Đơn vị kế thừa" in text


def test_a_commune_shows_what_its_villages_reported(open_page) -> None:
    text = said(open_page("unit_profile", province="20", unit="06073@2025-07-01"))
    shown = text[text.index("Các bộ phận, thôn của đơn vị") :]
    assert "Thôn 1" in shown and "66,7%" in shown and "2 trên 3" in shown
    elsewhere = said(open_page("unit_profile", province="20", unit="06058@2025-07-01"))
    assert "Các bộ phận, thôn của đơn vị" not in elsewhere


def test_a_village_stands_with_its_commune_in_the_list_of_units(open_page) -> None:
    text = said(open_page("unit_profile", province="20", unit="06073-T1@2025-07-01"))
    assert "Thôn 1 (Xã Hoa Thám)" in text


def test_a_silent_unit_is_not_zero(open_page) -> None:
    text = said(open_page("unit_profile", province="20", unit="20-CAT@2025-07-01"))
    assert "chưa có số liệu nào" in text


def test_a_bloc_that_ended_stands_in_both_hierarchies(open_page) -> None:
    text = said(open_page("unit_profile", province="20", unit="20-DUK@0"))
    assert "Đảng ủy Khối các cơ quan tỉnh Lạng Sơn (đến 31/01/2025)" in text
    assert "Tỉnh ủy Lạng Sơn" in text and "31/01/2025" in text
    assert "Số tập thể được đảng ủy khối khen" in text
    assert "52 trên 56" in text and "11/15" in text
    assert "Đảng bộ Văn phòng Tỉnh ủy Lạng Sơn" in text and "75" in text


def test_a_unit_outside_the_party_says_so(open_page) -> None:
    text = said(open_page("unit_profile", province="20", unit="20-MTTQ@0", lang="en"))
    assert "This unit is not in the list of party organisations." in text
    assert "Tỉnh Lạng Sơn" in text


def test_a_unit_stands_beside_the_others_of_its_region(open_page) -> None:
    """90 of 100 lies above 700 of 1,000 with the whole interval; 95 of 100 and 960 of 1,000 cannot be told apart."""
    text = said(open_page("unit_profile", province="20", unit=LANG_SON))
    assert "Bên cạnh các đơn vị cùng nhóm" in text
    assert "“Trung du và miền núi phía Bắc”: trong 2 tỷ lệ, 1 tốt hơn rõ, 0 kém hơn rõ" in text
    assert "Cao hơn rõ" in text
    assert "8 đơn vị khác" in text
    assert "Chưa khác rõ" in text
    english = said(open_page("unit_profile", province="20", unit=LANG_SON, lang="en"))
    assert "of 2 rates 1 are clearly better, 0 clearly worse" in english


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "vi",
            [
                *("NQ 33-NQ/TU – Nghị quyết về công tác dân vận", "Nhóm nhiệm vụ 2", "55/60 đơn vị đạt"),
                *("Kế thừa từ Tỉnh Hà Giang, chưa nhận làm mục tiêu", "So với mục tiêu: −4,8"),
                *("Kế thừa từ Tỉnh Hà Giang, đã nhận từ 01/09/2025 · Mô phỏng", "Không đo bằng chỉ tiêu"),
                *("Hạn đã qua 324 ngày", "Còn 41 ngày", "Không có hạn"),
            ],
        ),
        (
            "en",
            [
                *("Inherited from Tỉnh Hà Giang, not adopted as a target", "55/60 units meet it"),
                *("adopted from 1 Sep 2025", "Not measured by an indicator", "41 days left"),
            ],
        ),
    ],
)
def test_inherited_tasks_of_a_resolution_are_marked_in_words(open_page, lang: str, words: list[str]) -> None:
    text = said(open_page("unit_profile", province="08", unit="08@2025-07-01", lang=lang))
    assert [word for word in words if word not in text] == []


def test_a_province_without_a_resolution_says_so_and_a_commune_says_nothing(open_page) -> None:
    none = "Chưa có nghị quyết nào áp dụng cho đơn vị này"
    assert none in said(open_page("unit_profile", province="20", unit=LANG_SON))
    assert none not in said(open_page("unit_profile", province="20", unit="20-CAT@2025-07-01"))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", ("Hồ sơ phục vụ kiểm tra", "Tải hồ sơ (ZIP)")),
        ("en", ("Inspection pack", "Download the pack (ZIP)")),
    ],
)
def test_a_profile_offers_a_pack_for_an_inspection(open_page, lang: str, words: tuple[str, str]) -> None:
    test = open_page(
        "unit_profile", province="20", unit=LANG_SON, lang=lang, topic="complaints", since="2024"
    )
    assert words[0] in said(test)
    assert words[1] in [button.proto.label for button in test.get("download_button")]
    assert {"complaints", "2024"} <= {box.value for box in test.selectbox}


def test_a_province_is_told_its_waits_and_what_came_of_its_inspections(open_page) -> None:
    text = said(open_page("unit_profile", province="20", unit=LANG_SON))
    assert "Quán triệt văn bản" in text and "127/650" in text
    assert "Xã Tân Tri" in text and "Kế hoạch kiểm tra" in text


def test_an_inspected_unit_has_the_inspection_too(open_page) -> None:
    text = said(open_page("unit_profile", province="20", unit="06337@2025-07-01", lang="en"))
    assert "Inspections and their conclusions" in text
    assert "How many days each step takes" not in text, "nothing is known of its waits"
