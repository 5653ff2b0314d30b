"""Numbers of citizens are hidden however they are written; amounts, counts and numbers of documents stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.text.citizen_numbers import HIDDEN, hide_citizen_numbers, public_sheet_names


@pytest.mark.parametrize(
    "text",
    [
        *(
            "001200012345",
            "020 095 000 001",
            "020.095.000.001",
            "020-095-000-001",
            "020095 000001",
            "0200 9500 0001",
        ),
        *(
            "012345678",
            "012.345.678",
            "012 345 678",
            "CMND 081234567",
            "CMND: 123456789",
            "CMND số 123.456.789",
        ),
        *(
            "chứng minh nhân dân số 123 456 789",
            "CCCD là: 120095000001",
            "căn cước công dân (số) 020095000001",
        ),
        *("0912345678", "0912.345.678", "0388-123-456", "0912 345 678", "09 1234 5678", "(0912) 345 678"),
        *("+84 912 345 678", "+84912345678", "(+84) 912 345 678", "(+84)912.345.678", "(84) 912-345-678"),
        *("+84 (0) 912 345 678", "0084 912 345 678", "84912345678", "+84-912-345-678"),
        *("0205 3812 345", "(0205) 3.812.345", "+84 205 3812345", "tel.0912345678", "ĐT:0912345678"),
        *("SĐT 912 345 678", "số điện thoại: 84 912 345 678", "zalo 912345678"),
        *(
            "0912345678/0987654321",
            "0912 345 678/0987 654 321",
            "0912.345.678 - 0987.654.321",
            "0912345678, 0987654321",
            "0912345678.",
        ),
    ],
)
def test_numbers_of_citizens_are_hidden_however_they_are_written(text: str) -> None:
    hidden = hide_citizen_numbers(f"Liên hệ {text} để biết")
    assert HIDDEN in hidden
    assert not any(letter.isdigit() for letter in hidden), hidden


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Kinh phí 150000000 đồng",
            "Kinh phí 1.250.000.000 đồng",
            "Kinh phí 84.912.345.678 đồng",
            "123.456.789",
        ),
        *(
            "Kinh phí 350 000 000 đồng",
            "Tổng 912.345.678 đồng",
            "84912345678 đồng",
            "mua điện thoại 350.000.000 đồng",
        ),
        *("Công văn số 1234/UBND-NC ngày 05/10/2026", "Quyết định 0123456789-QĐ/TU", "TB-0912345678"),
        *("Văn bản 020095000001/QĐ-UBND", "Quyết định 0912345678/2026", "Hồ sơ 000.00.12.H37-260901-0012"),
        *("Tờ bản đồ 12, thửa 345, diện tích 1.234,5 m2", "Đoạn Km 12+500 đến Km 13+750, mã dự án 7891234"),
        *(
            "Từ 01/03/2026 đến 30/09/2026",
            "05.10.2026 08:00",
            "2026-09-30 2026-10-01",
            "6 9 12 15 18 20 22 25",
        ),
        *(
            "Mã mô hình DV-06445-20260301",
            "Mã việc KN-06445-12345678",
            "171/200 hồ sơ, 38/42 người, 12 345 678 lượt",
        ),
    ],
)
def test_numbers_that_are_not_of_citizens_stay(text: str) -> None:
    assert hide_citizen_numbers(text) == text


@given(st.integers(1, 96), st.integers(0, 3), st.integers(0, 99_999_999), st.text("abcđ ,.;", max_size=8))
def test_any_identity_number_is_hidden(province: int, sex: int, rest: int, around: str) -> None:
    number = f"{province:03d}{sex}{rest:08d}"
    assert number not in hide_citizen_numbers(f"{around} {number} {around}")


@given(st.integers(1, 10**12), st.sampled_from(["đồng", "hồ sơ", "người"]))
def test_no_amount_with_dots_for_thousands_is_hidden(amount: int, unit: str) -> None:
    text = f"{amount:,}".replace(",", ".")
    assert hide_citizen_numbers(f"Kết quả {text} {unit}") == f"Kết quả {text} {unit}"


def test_names_of_sheets_lose_numbers_in_any_writing_and_stay_different() -> None:
    names = ["A (+84) 912 345 678", "A 020.095.000.001", "A 0912.345.678"]
    assert list(public_sheet_names(names).values()) == ["A (…)", "A (…) 2", "A (…) 3"]
