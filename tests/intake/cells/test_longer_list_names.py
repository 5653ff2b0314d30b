"""A list value is found in a text that says more than its name; a text that may mean two values is asked about."""

from __future__ import annotations

import pytest

from tests.intake.file_kit import context
from warehouse.intake.cells.longer_names import longer_choice


def choice(list_name: str, text: str) -> str | None:
    items = context().reference.list_items(list_name)
    choices = {item.code: (item.name_vi, *item.other_names) for item in items}
    return longer_choice(choices, list_name, text)


@pytest.mark.parametrize(
    ("list_name", "text", "code"),
    [
        ("activity_types", "Đối thoại với nông dân xã Tân Thành", "dialogue"),
        ("activity_types", "Tiếp công dân định kỳ tháng 9", "reception"),
        ("activity_types", "Hội nghị tổng kết năm", "conference"),
        ("activity_types", "Hội nghị tập huấn nghiệp vụ", "training"),
        ("activity_types", "Tuyên truyền về chuyển đổi số", "campaign"),
        ("activity_types", "Tiếp xúc cử tri trước kỳ họp", "voter_meeting"),
        ("host_roles", "Bí thư Đảng ủy xã", "secretary"),
        ("host_roles", "Đồng chí Bí thư", "secretary"),
        ("host_roles", "Chủ tịch UBND xã Tân Thành", "committee_chair"),
        ("host_roles", "Chủ tịch UBMTTQ Việt Nam xã", "front_chair"),
        ("host_roles", "Bí thư Đoàn xã", "mass_organisation_head"),
        ("host_roles", "Phó Chủ tịch HĐND xã", "council_deputy"),
        # Two values, a negation, a person, another post, a state.
        ("activity_types", "Kiểm tra và giám sát cơ sở", None),
        ("activity_types", "Đối thoại (hoãn)", None),
        ("host_roles", "Bí thư Nguyễn Văn A", None),
        ("host_roles", "Bí thư, Chủ tịch UBND xã", None),
        ("item_states", "Đã giải quyết một phần", None),
    ],
)
def test_the_beginning_of_a_text_names_the_value(list_name: str, text: str, code: str | None) -> None:
    assert choice(list_name, text) == code
