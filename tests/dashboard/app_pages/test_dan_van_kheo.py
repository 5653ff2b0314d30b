"""The Dân vận khéo page: progress, headline, and individuals under their codes."""

from __future__ import annotations

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

from dashboard.app_pages.dan_van_kheo import sentences
from dashboard.app_pages.dan_van_kheo.one_model import result_text
from dashboard.language.texts import language
from tests.dashboard.page_kit import said

VI = language("vi")


def totals(**counts: int | None) -> Any:
    """Return totals of models recognised, awarded and replicated."""
    return SimpleNamespace(**{f"{name}_count": count for name, count in counts.items()})


def test_progress_is_told_in_the_readers_numbers() -> None:
    sentence = sentences.progress(totals(recognised=1020, awarded=2040, replicated=0), VI)
    assert sentence == "Đến nay 1.020 mô hình được công nhận, 2.040 được khen thưởng, 0 được nhân rộng."


def test_progress_that_is_not_collected_is_no_zero() -> None:
    assert "chưa thu thập" in sentences.progress(totals(recognised=None, awarded=None, replicated=None), VI)


def test_the_headline_counts_models_and_the_units_that_have_them() -> None:
    text = sentences.headline(2071, 1, 3, "Giai đoạn 2021–2025", VI)
    assert text == "2.071 mô hình đăng ký trong giai đoạn 2021–2025, ở 1 trên 3 đơn vị"


def test_published_models_of_a_merged_province_stand_under_today(open_page) -> None:
    text = said(open_page("dan_van_kheo", province="79"))
    assert "2.071" in text
    assert "1 trên 3 tỉnh, thành phố" in text
    assert "chưa có mô hình nào trong sổ đăng ký" in text


def test_a_province_counts_the_models_of_its_communes(open_page) -> None:
    text = said(open_page("dan_van_kheo", province="VN"))
    assert "92 mô hình đăng ký trong giai đoạn 2026–2030, ở 1 trên 34 đơn vị" in text
    assert "Tỉnh Lạng Sơn 92" in text


def test_individuals_stand_under_their_code(open_page) -> None:
    text = said(open_page("dan_van_kheo", province="20"))
    assert re.search(r"Cá nhân DVK-\d+-\d+", text)
    assert "chưa thu thập" in text


def test_a_model_says_what_it_is_about_in_both_languages(open_page) -> None:
    text = said(open_page("dan_van_kheo", province="20"))
    for word in ("Mở rộng đường thôn số", "-NQ/ĐU", "Chi bộ thôn", "Hội Phụ nữ, Đoàn Thanh niên", "640", "Cấp tỉnh",
                 "Cả nước chung sức", "Kiểm tra, đánh giá, sơ kết", "25 triệu đồng"):  # fmt: skip
        assert word in text
    english = said(open_page("dan_van_kheo", province="20", lang="en"))
    for word in ("What a model is about", "Check and interim review", "The whole country builds", "Lead"):
        assert word in english


def test_a_review_that_is_ahead_shows_the_count_so_far(open_page) -> None:
    text = said(open_page("dan_van_kheo", province="20"))
    assert "Sơ kết giữa giai đoạn" in text
    assert re.search(r"Mô hình được công nhận\s+43,5%\s+40/92\s+≥\s60,0%\s+Chưa đến ngày", text)


def test_a_result_is_told_with_its_verdict_or_with_the_reason() -> None:
    model = {"result_value": 640.0, "result_date": date(2026, 10, 20)}
    known = SimpleNamespace(**model, result_verdict="reached", result_not_known_because=None)
    assert result_text(known, VI) == "Đạt chỉ tiêu: đo được 640 ngày 20/10/2026"
    unclear = SimpleNamespace(**model, result_verdict="not_known", result_not_known_because="not_comparable")
    assert result_text(unclear, VI).startswith("Không so sánh được: đo được 640")
    none = SimpleNamespace(
        result_value=None, result_verdict="not_known", result_not_known_because="no_result"
    )
    assert result_text(none, VI) == "Chưa có kết quả đo"
