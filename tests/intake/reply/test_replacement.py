"""A report that is sent again: the dry run and the receipt say what it replaces, withdraws and keeps, and whose it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.intake.file_kit import AS_OF, BC_HEADER
from tests.intake.history.ledger_kit import collect, drop, files_below
from tests.intake.reply.test_resubmission import receipt_of, send
from warehouse.intake.record.rebuild import rebuild_raw
from warehouse.intake.reports.replacement import MAX_LISTED, EarlierFile, Replacement, words_en, words_vi
from warehouse.intake.upload.dry_run import dry_run, receive
from warehouse.settings import Settings

FIRST, SECOND, THIRD = "2026-11-03T02:00:00+00:00", "2026-11-05T02:00:00+00:00", "2026-11-06T02:00:00+00:00"
CODES = ["BC_DUNGHAN", "DT_KL", "KNTC_GQ", "KNTC_THQD", "NTT_XL", "PBXH_TT", "PHOIHOP", "TTHC_DUNGHAN"]
PART = "# how_sent=part\n"
TX_HEADER = (
    "unit_code,period,division,rated_count,outstanding_count,good_count,completed_count,not_completed_count"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with an empty data folder."""
    return Settings(tmp_path / "data", fixed_as_of_date=AS_OF)


def figures(values: dict[str, int], unit: str = "20", *, mark: str = "") -> bytes:
    """Return rates of a unit for 2025, each of 50 cases."""
    lines = [",".join(BC_HEADER), *(f"{unit},2025,{code},{value},50,," for code, value in values.items())]
    return (mark + "\n".join(lines) + "\n").encode()


def only(settings: Settings, name: str, content: bytes, received_at: str) -> dict[str, Any]:
    """Send a file; return what its receipt says about the only report that it follows."""
    (item,) = receipt_of(send(settings, name, content, received_at))["replacements"]
    found: dict[str, Any] = item
    return found


def test_a_whole_report_says_what_it_replaces_and_what_it_withdraws(settings: Settings) -> None:
    first = send(settings, "đủ.csv", figures(dict.fromkeys(CODES, 40)), FIRST)
    assert receipt_of(first)["replacements"] == []
    content = figures({"TTHC_DUNGHAN": 41})
    (check,) = dry_run([receive("sửa.csv", content)], settings)
    folder = send(settings, "sửa.csv", content, SECOND)
    (item,) = receipt_of(folder)["replacements"]
    assert item["replaced"] == ["TTHC_DUNGHAN"]
    assert item["withdrawn"] == CODES[:-1]
    assert (item["kept"], item["added"], item["same_count"]) == ([], [], 0)
    text = (folder / "receipt.txt").read_text(encoding="utf-8")
    words = (
        "BC, Tỉnh Lạng Sơn, Năm 2025: thay 1 số liệu (TTHC_DUNGHAN), rút 7 số liệu (BC_DUNGHAN, DT_KL, KNTC_GQ, KNTC_THQD,"
        " NTT_XL, PBXH_TT, PHOIHOP); so với tệp đủ.csv nhận lúc 09:00 ngày 03/11/2026."
    )
    assert words in text and "chỉ sửa các dòng có trong tệp" in text
    assert check.replacement_words("vi") == words_vi(check.parsed.replacements)
    assert words in check.replacement_words("vi")
    assert check.parsed.replacements[0].as_data() == item
    assert any(
        "replaces 1 figure (TTHC_DUNGHAN), withdraws 7 figures" in line
        for line in check.replacement_words("en")
    )


def test_a_part_correction_says_what_it_keeps_and_the_next_one_builds_on_both(settings: Settings) -> None:
    send(settings, "đủ.csv", figures(dict.fromkeys(CODES[:4], 40)), FIRST)
    second = only(settings, "sửa.csv", figures({"KNTC_GQ": 41}, mark=PART), SECOND)
    assert (second["replaced"], second["withdrawn"]) == (["KNTC_GQ"], [])
    assert second["kept"] == ["BC_DUNGHAN", "DT_KL", "KNTC_THQD"]
    content = figures({"KNTC_GQ": 41, "DT_KL": 39, "TTHC_DUNGHAN": 30})
    third = only(settings, "lại.csv", content, THIRD)
    assert (third["replaced"], third["added"], third["same_count"]) == (["DT_KL"], ["TTHC_DUNGHAN"], 1)
    assert third["withdrawn"] == ["BC_DUNGHAN", "KNTC_THQD"]
    assert [file["file_name"] for file in third["earlier"]] == ["đủ.csv", "sửa.csv"]


def test_the_choice_on_the_page_changes_what_the_dry_run_says(settings: Settings) -> None:
    send(settings, "đủ.csv", figures(dict.fromkeys(CODES[:3], 40)), FIRST)
    upload = receive("sửa.csv", figures({"KNTC_GQ": 41}))
    whole, part = dry_run([upload], settings) + dry_run([replace(upload, how_sent="part")], settings)
    assert (whole.withdraws, whole.is_part_correction) == (True, False)
    assert (part.withdraws, part.is_part_correction) == (False, True)
    assert "giữ nguyên 2 số liệu không có trong tệp (BC_DUNGHAN, DT_KL)" in part.replacement_words("vi")[0]


def test_a_report_that_another_unit_sent_is_named_with_both_senders(settings: Settings) -> None:
    communes = ["05977", "06001"]
    own = figures({"TTHC_DUNGHAN": 40}, communes[0])
    both = own + b"".join(figures({"TTHC_DUNGHAN": 45}, communes[1]).splitlines(keepends=True)[1:])
    send(settings, "tổng hợp.csv", both, FIRST)
    folder = send(settings, "xã.csv", figures({"TTHC_DUNGHAN": 41}, communes[0]), SECOND)
    (item,) = receipt_of(folder)["replacements"]
    assert item["earlier"][0]["sender"] == "Tỉnh Lạng Sơn"
    assert item["sender"] == item["unit_name"] != "Tỉnh Lạng Sơn"
    text = (folder / "receipt.txt").read_text(encoding="utf-8")
    assert (
        f"báo cáo trước do Tỉnh Lạng Sơn gửi (tệp tổng hợp.csv nhận lúc 09:00 ngày 03/11/2026); tệp này do {item['sender']} gửi"
        in text
    )
    again = only(settings, "xã 2.csv", figures({"TTHC_DUNGHAN": 42}, communes[0]), THIRD)
    assert again["earlier"][0]["sender"] == again["sender"]


def test_divisions_of_a_rating_are_rows(settings: Settings) -> None:
    rows = ["20,2025,,9,4,5,0,0", "20,2025,Khối Đảng,5,2,3,0,0"]
    send(settings, "tx.csv", "\n".join([TX_HEADER, *rows]).encode(), FIRST)
    content = "\n".join([TX_HEADER, "20,2025,,9,5,4,0,0"]).encode()
    folder = send(settings, "tx 2.csv", content, SECOND)
    text = (folder / "receipt.txt").read_text(encoding="utf-8")
    assert "thay 1 dòng (toàn đơn vị), rút 1 dòng (Khối Đảng)" in text


def test_a_returned_report_replaces_nothing_and_receipts_survive_a_rebuild(settings: Settings) -> None:
    send(settings, "đủ.csv", figures(dict.fromkeys(CODES[:3], 40)), FIRST)
    returned = send(settings, "sai.csv", figures({"KNTC_GQ": 60}), SECOND)
    assert receipt_of(returned)["replacements"] == []
    part = send(settings, "sửa.csv", figures({"KNTC_GQ": 41}, mark=PART), THIRD)
    # A file that arrives later with an earlier time changes no reply that was made.
    drop(settings, "chậm.csv", figures({"DT_KL": 1}), {"received_at": "2026-11-10T00:00:00Z"})
    collect(settings)
    before = {folder.name: receipt_of(folder) for folder in settings.returned_dir.iterdir()}
    assert before[part.name]["replacements"][0]["kept"] == ["BC_DUNGHAN", "DT_KL"]
    for name in files_below(settings.returned_dir):
        (settings.returned_dir / name).unlink()
    for path in settings.returned_dir.iterdir():
        path.rmdir()
    rebuild_raw(settings)
    assert {folder.name: receipt_of(folder) for folder in settings.returned_dir.iterdir()} == before


def test_of_very_many_reports_a_sum_and_those_that_change_most_are_told() -> None:
    received_at = datetime(2026, 11, 3, 2, tzinfo=UTC)
    items = [
        Replacement(
            form="BC",
            unit_name=f"Xã {number}",
            period_code="2026-10",
            is_part_correction=False,
            replaced=("TTHC_DUNGHAN",),
            left_out=("DT_KL",) * number,
            added=(),
            same_count=0,
            sender="Tỉnh Lạng Sơn",
            earlier=(EarlierFile("t.csv", received_at, "Tỉnh Lạng Sơn"),),
        )
        for number in range(MAX_LISTED + 1)
    ]
    lines = words_vi(items)
    assert lines[0] == "Gửi lại 11 báo cáo: thay 11 số liệu, rút 55 số liệu."
    assert "Xã 10" in lines[1] and not any("Xã 0," in line for line in lines)
    assert words_en(items)[0] == "11 reports sent again: replaces 11 figures, withdraws 55."
