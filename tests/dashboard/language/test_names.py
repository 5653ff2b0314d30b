"""Names in a sentence, in a list and in Vietnamese order."""

from __future__ import annotations

from dashboard.language import names
from dashboard.language.texts import language

VI, EN = language("vi"), language("en")


def test_a_list_of_names_is_a_sentence() -> None:
    assert names.listed(["A", "B", "C"], VI) == "A, B và C"
    assert names.listed(["A"], EN) == "A"
    assert names.listed([], EN) == ""


def test_a_name_inside_a_sentence_begins_small_where_it_should() -> None:
    assert names.in_sentence("Tháng 10/2026", VI) == "tháng 10/2026"
    assert names.in_sentence("PAPI chung", VI) == "PAPI chung"
    assert names.in_sentence("October 2026", EN) == "October 2026"


def test_names_are_sorted_in_vietnamese_alphabetical_order() -> None:
    expected = [
        "An",
        "Ân Thi",
        "Ba Bể",
        "Dân Chủ",
        "Đà Bắc",
        "Đồng Đăng",
        "Hòa",
        "Lạng",
        "Lăng",
        "Ô Môn",
        "Ơ",
    ]
    shuffled = [*expected[5:], *expected[:5]]
    assert sorted(shuffled, key=names.sort_key) == expected
