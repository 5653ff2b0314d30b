"""The Dân vận khéo page: progress, headline, and individuals under their codes."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from dashboard.app_pages.dan_van_kheo import sentences
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
