"""A person who holds a model is a code in every text that is kept, and in every message about the row."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.checks.test_dk_checks import parse_dk
from tests.intake.file_kit import kept, rules
from warehouse.intake.reports.persons import names_in, without_names


@pytest.mark.parametrize(
    ("holder", "names"),
    [
        ("Bà Nguyễn Thị Hoa", ["Nguyễn Thị Hoa"]),
        ("Nguyễn Văn A, thôn Nà Pục", ["Nguyễn Văn A"]),
        ("Đồng chí Vi Văn Sơn (Bí thư chi bộ)", ["Vi Văn Sơn"]),
        ("Chủ tịch Hội Nông dân Lò Thị Mai", ["Lò Thị Mai"]),
        ("Trưởng thôn Hoàng Văn Bình", ["Hoàng Văn Bình"]),
        ("nguyễn thị hoa, xã Tân Thành", ["nguyễn thị hoa"]),
        ("Trưởng thôn Nà Pục", []),
        ("Chi hội trưởng Nông dân thôn Tân Lập Hạ", []),
        ("Cán bộ phụ trách dân vận", []),
    ],
)
def test_a_holder_is_told_from_villages_and_posts(holder: str, names: list[str]) -> None:
    assert names_in(holder) == names


def test_a_name_is_found_in_any_writing_and_common_words_stay() -> None:
    text = "NGUYEN THI HOA và chị Hoa nêu gương; bà Hòa, hộ Nguyễn  Thị  Hoà khác tên; đường có hoa."
    assert without_names(text, ["Nguyễn Thị Hoa"], "CN-1") == (
        "CN-1 và CN-1 nêu gương; bà Hòa, hộ CN-1 khác tên; đường có hoa."
    )


def test_no_text_of_a_model_says_who_holds_it_or_a_citizens_number(tmp_path: Path) -> None:
    name = "Nguyễn Thị Hoa"
    texts = {
        "model_name": f"{name} giúp dân làm đường",
        "situation": "Hộ bà Nguyễn Thị Hoà ở đầu thôn",
        "objective": "Chị Hoa vận động 30 hộ hiến đất",
        "beneficiaries": "30 hộ; liên hệ 0912 345 678",
        "lead_force": "Chi bộ",
        "partner_forces": "NGUYỄN THỊ HOA và hội viên",
        "resources": "CCCD 020190001234; 25 triệu đồng",
        "resolution_no": "12-NQ/ĐU",
    }
    parsed = parse_dk(
        tmp_path, {"kind": "individual", "holder_name": f"Bà {name}, thôn Nà Pàn", "model_code": ""} | texts
    )
    (row,) = kept(parsed, "dk_rows")
    code = row["holder_name"]
    assert code == f"CN-{row['model_code']}"
    assert row["model_name"] == f"{code} giúp dân làm đường"
    assert row["situation"] == f"Hộ bà {code} ở đầu thôn"
    assert row["objective"] == f"{code} vận động 30 hộ hiến đất"
    assert row["partner_forces"] == f"{code} và hội viên"
    assert (row["beneficiaries"], row["resources"]) == ("30 hộ; liên hệ […]", "CCCD […]; 25 triệu đồng")
    assert (row["lead_force"], row["resolution_no"]) == ("Chi bộ", "12-NQ/ĐU")
    told = str((parsed.submissions, parsed.findings, parsed.records, parsed.given_keys))
    assert not any(word in told for word in (name, "NGUYỄN", "Hoà", "0912", "020190001234"))
    assert rules(parsed, "info").count("person_name_hidden") == 4


def test_a_collectives_name_stays_in_every_text(tmp_path: Path) -> None:
    holder = "Chi hội Phụ nữ thôn Nà Pàn"
    parsed = parse_dk(tmp_path, {"holder_name": holder, "objective": f"{holder} làm điểm"})
    (row,) = kept(parsed, "dk_rows")
    assert (row["holder_name"], row["objective"]) == (holder, f"{holder} làm điểm")
