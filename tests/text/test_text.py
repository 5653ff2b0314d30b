"""Vietnamese text in its normal forms."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.text.vietnamese import fold, mend_misread, neutralise, normalise, tone_key, unescape


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà Bình", "Hòa Bình"),
        ("Khánh Hoà", "KHÁNH HÒA"),
        ("Thuỷ", "Thủy"),
        ("khoẻ", "khỏe"),
        ("Quý", "Qúy"),
    ],
)
def test_tone_marks_may_stand_on_either_vowel(one: str, other: str) -> None:
    assert tone_key(one) == tone_key(other)
    assert tone_key(unicodedata.normalize("NFD", one)) == tone_key(other)


@pytest.mark.parametrize(("one", "other"), [("Tân Thành", "Tân Thạnh"), ("Mường", "Mương"), ("Dak", "Đak")])
def test_letters_that_tell_names_apart_stay(one: str, other: str) -> None:
    assert tone_key(one) != tone_key(other)


def test_spaces_dashes_and_invisible_letters_are_normalised() -> None:
    assert normalise("\ufeff Hà\u00a0 Nội\u200b ") == "Hà Nội"
    assert normalise("2021–2025") == "2021-2025"
    assert fold("Mã đơn-vị *") == "ma don vi"
    assert unescape("H<U+1ECA>") == "HỊ"


@pytest.mark.parametrize("text", ["H&#7882;", "H&#x1ECA;", "H\\u1eca", "H<U+1eca>"])
def test_escapes_of_other_programs_are_read(text: str) -> None:
    assert unescape(text) == "HỊ"


@pytest.mark.parametrize("text", ["<U+D800>", "&#99999999;", "<U+12>", "R&D; #12;", "\\user"])
def test_an_escape_of_no_letter_is_left(text: str) -> None:
    assert unescape(text) == text


@given(st.text("aăâđêôơưàảạẵộờỉỹ ABĐƠƯẠ"))
def test_misread_utf8_is_read_again(text: str) -> None:
    misread = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())
    assert mend_misread(misread) == text
    assert mend_misread(text) == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@a", "\tx", "\nx", "\u00a0 =1"])
def test_formulas_are_neutralised(text: str) -> None:
    assert neutralise(text) == "'" + text


@given(st.text())
def test_normal_forms_are_fixed_points(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)
    assert fold(fold(text)) == fold(text)
