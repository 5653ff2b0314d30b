"""A file that is sent again: how many of the earlier findings are mended, how many are still there, how many are new."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.intake.file_kit import AS_OF, BC_HEADINGS_VI, DK_HEADER, write_csv, write_xlsx
from tests.intake.history.ledger_kit import collect, drop, files_below
from warehouse.forms.contract import load_form
from warehouse.intake.record.rebuild import rebuild_raw
from warehouse.intake.reply.summary import SUMMARY_SHEET
from warehouse.intake.reports.resubmission import Comparison, FindingIdentity, compare
from warehouse.settings import Settings

FIRST, SECOND, THIRD = "2026-11-03T02:00:00+00:00", "2026-11-05T02:00:00+00:00", "2026-11-06T02:00:00+00:00"
RATES = [
    "TTHC_DUNGHAN",
    "BC_DUNGHAN",
    "NTT_XL",
    "KNTC_GQ",
    "KNTC_THQD",
    "DT_KL",
    "PHOIHOP",
    "PBXH_TT",
    "TODV_THON",
]
KEYS = {"indicator_code"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings with an empty data folder."""
    return Settings(tmp_path / "data", fixed_as_of_date=AS_OF)


def report(
    path: Path, wrong: set[str], *, reverse: bool = False, extra: list[list[Any]] | None = None
) -> bytes:
    """Make nine rates of Lạng Sơn for 2025; the numerator of each wrong one is above its denominator."""
    rows = [["20", "2025", code, 90 if code in wrong else 40, 50, None, None] for code in RATES]
    rows += extra or []
    return write_xlsx(path, [BC_HEADINGS_VI, *(reversed(rows) if reverse else rows)]).read_bytes()


def send(settings: Settings, name: str, content: bytes, received_at: str) -> Path:
    """Collect one file, and return the folder that goes back to its sender."""
    before = set(settings.returned_dir.iterdir()) if settings.returned_dir.exists() else set()
    drop(settings, name, content, {"received_at": received_at})
    collect(settings)
    (folder,) = set(settings.returned_dir.iterdir()) - before
    return folder


def receipt_of(folder: Path) -> dict[str, Any]:
    """Return the receipt as data."""
    loaded: dict[str, Any] = json.loads((folder / "receipt.json").read_text(encoding="utf-8"))
    return loaded


def finding(
    rule: str, key: str | None, cell: str | None = None, column: str = "numerator"
) -> FindingIdentity:
    """Return a finding in sheet S."""
    return FindingIdentity(rule, column, key, "S", cell)


def test_seven_of_nine_are_mended_and_one_is_new(settings: Settings, tmp_path: Path) -> None:
    first = send(settings, "bc.xlsx", report(tmp_path / "1.xlsx", set(RATES)), FIRST)
    assert receipt_of(first)["resubmission"] is None
    # Two rates stay wrong, in other rows than before; one more row is added, with a fault of its own.
    left = {"NTT_XL", "DT_KL"}
    new = [["20", "2025", "QCDC_XL", 7, 5, None, None]]
    content = report(tmp_path / "2.xlsx", left, reverse=True, extra=new)
    second = send(settings, "bc sửa.xlsx", content, SECOND)
    found = receipt_of(second)["resubmission"]
    assert found["errors"] == {"earlier": 9, "mended": 7, "remaining": 2, "new": 1}
    assert found["earlier_received_at"] == FIRST
    words = "7 trên 9 lỗi đã được sửa, 1 lỗi mới; còn 2 lỗi chưa sửa."
    assert words in (second / "receipt.txt").read_text(encoding="utf-8")
    summary = openpyxl.load_workbook(second / "bc sửa.xlsx")[SUMMARY_SHEET]
    assert words in [row[0].value for row in summary.iter_rows()]
    third = send(settings, "bc xong.xlsx", report(tmp_path / "3.xlsx", set()), THIRD)
    assert receipt_of(third)["resubmission"]["errors"] == {
        "earlier": 3,
        "mended": 3,
        "remaining": 0,
        "new": 0,
    }
    assert "3 trên 3 lỗi đã được sửa, không có lỗi mới." in (third / "receipt.txt").read_text(
        encoding="utf-8"
    )


def test_receipts_are_the_same_after_a_rebuild(settings: Settings, tmp_path: Path) -> None:
    send(settings, "bc.xlsx", report(tmp_path / "1.xlsx", set(RATES)), FIRST)
    folder = send(settings, "bc sửa.xlsx", report(tmp_path / "2.xlsx", {"NTT_XL"}), SECOND)
    before = receipt_of(folder)
    for name in files_below(settings.returned_dir):
        (settings.returned_dir / name).unlink()
    for path in settings.returned_dir.iterdir():
        path.rmdir()
    rebuild_raw(settings)
    assert receipt_of(folder) == before
    assert before["resubmission"]["errors"]["mended"] == 8


def test_the_latest_earlier_file_counts_and_not_the_first(settings: Settings, tmp_path: Path) -> None:
    send(settings, "1.xlsx", report(tmp_path / "1.xlsx", set(RATES)), FIRST)
    send(settings, "2.xlsx", report(tmp_path / "2.xlsx", set()), SECOND)
    third = send(settings, "3.xlsx", report(tmp_path / "3.xlsx", {"NTT_XL"}), THIRD)
    # The one before had but the warning that a province does not owe one of the rates.
    found = receipt_of(third)["resubmission"]
    assert found["errors"] == {"earlier": 0, "mended": 0, "remaining": 0, "new": 1}
    assert found["warnings"] == {"earlier": 1, "mended": 0, "remaining": 1, "new": 0}
    assert "lần trước không có lỗi, 1 lỗi mới." in (third / "receipt.txt").read_text(encoding="utf-8")


def test_another_period_answers_nothing(settings: Settings, tmp_path: Path) -> None:
    send(settings, "1.xlsx", report(tmp_path / "1.xlsx", set(RATES)), FIRST)
    rows = [["20", "2026-10", "TTHC_DUNGHAN", 40, 50, None, None]]
    other = send(
        settings, "2.xlsx", write_xlsx(tmp_path / "2.xlsx", [BC_HEADINGS_VI, *rows]).read_bytes(), SECOND
    )
    assert receipt_of(other)["resubmission"] is None


def test_records_are_known_by_what_they_are_and_not_by_their_row(settings: Settings, tmp_path: Path) -> None:
    good = ["20", "", "Tổ dân vận thôn Nà Pàn", "Tập thể", "KT", "2026-2030", "Cấp tỉnh", "15/10/2026"]
    kind = ["20", "", "Hàng rào xanh", "nhóm", "KT", "2026-2030", "Cấp tỉnh", "15/10/2026"]
    date = ["20", "", "Ánh sáng đường quê", "Tập thể", "KT", "2026-2030", "Cấp tỉnh", "35/10/2026"]
    first = write_xlsx(tmp_path / "dk.xlsx", [DK_HEADER, good, kind, date]).read_bytes()
    send(settings, "dk.xlsx", first, FIRST)
    # Sent again: only the two that were asked back, one of them mended.
    mended = [*kind[:3], "Tập thể", *kind[4:]]
    second = send(
        settings,
        "dk2.xlsx",
        write_xlsx(tmp_path / "dk2.xlsx", [DK_HEADER, date, mended]).read_bytes(),
        SECOND,
    )
    assert receipt_of(second)["resubmission"]["errors"] == {
        "earlier": 2,
        "mended": 1,
        "remaining": 1,
        "new": 0,
    }
    # Another registration of the same unit is no answer to the one that is still open.
    other = [*good[:2], "Cà phê thứ bảy", *good[3:]]
    third = send(settings, "dk3.csv", write_csv(tmp_path / "dk3.csv", [DK_HEADER, other]).read_bytes(), THIRD)
    assert receipt_of(third)["resubmission"] is None


def test_a_record_that_is_not_sent_again_is_still_there(settings: Settings, tmp_path: Path) -> None:
    names = ["Hàng rào xanh", "Ánh sáng đường quê", "Cà phê thứ bảy"]

    def models(kind: str, *chosen: str) -> bytes:
        rows = [["20", "", name, kind, "KT", "2026-2030", "Cấp tỉnh", "15/10/2026"] for name in chosen]
        return write_csv(tmp_path / "dk.csv", [DK_HEADER, *rows]).read_bytes()

    send(settings, "1.csv", models("nhóm", *names), FIRST)
    folder = send(settings, "2.csv", models("Tập thể", *names[:2]), SECOND)
    assert receipt_of(folder)["resubmission"]["errors"] == {
        "earlier": 3,
        "mended": 2,
        "remaining": 1,
        "new": 0,
    }


def test_a_unit_that_was_not_understood_is_followed_inside_its_file(
    settings: Settings, tmp_path: Path
) -> None:
    rows = [
        ["20", "2026-10", "TTHC_DUNGHAN", 60, 50, None, None],
        ["99", "2026-10", "TTHC_DUNGHAN", 4, 5, None, None],
    ]
    send(settings, "1.csv", write_csv(tmp_path / "1.csv", [BC_HEADINGS_VI, *rows]).read_bytes(), FIRST)
    rows[1][0] = "08"
    folder = send(
        settings, "2.csv", write_csv(tmp_path / "2.csv", [BC_HEADINGS_VI, *rows]).read_bytes(), SECOND
    )
    assert receipt_of(folder)["resubmission"]["errors"] == {
        "earlier": 2,
        "mended": 1,
        "remaining": 1,
        "new": 0,
    }


LARGE = [["KNTC_GQ", 1379, 2481], ["TTHC_DUNGHAN", 4102, 5230], ["BC_DUNGHAN", 3, 4]]


def of_unit(unit: str, figures: list[list[Any]], period: str = "2026-9M") -> bytes:
    """Return a CSV of form BC: indicator, numerator, denominator of one unit."""
    lines = [",".join(BC_HEADINGS_VI), *(f"{unit},{period},{code},{a},{b},," for code, a, b in figures)]
    return "\n".join(lines).encode()


def again(settings: Settings, name: str, content: bytes, received_at: str) -> dict[str, Any] | None:
    """Send a file and return its receipt's comparison with an earlier file."""
    found: dict[str, Any] | None = receipt_of(send(settings, name, content, received_at))["resubmission"]
    return found


def test_a_file_without_any_unit_is_answered_by_its_namesake(settings: Settings) -> None:
    wrong = [*LARGE[:2], ["BC_DUNGHAN", 5, 4]]
    send(settings, "bc xã.csv", of_unit("99", wrong), FIRST)
    # Still not understood, and the parts put right: three times the unit is there again.
    second = again(settings, "bc xã.csv", of_unit("98", LARGE), SECOND)
    assert second is not None
    assert second["errors"] == {"earlier": 4, "mended": 1, "remaining": 3, "new": 0}
    # The marked copy is handed in from a browser that already had a file of that name.
    third = again(settings, "BC xã_da_danh_dau (1).csv", of_unit("20", LARGE), THIRD)
    assert third is not None
    assert third["errors"] == {"earlier": 3, "mended": 3, "remaining": 0, "new": 0}
    assert (third["earlier_file_name"], third["earlier_received_at"]) == ("bc xã.csv", SECOND)


@pytest.mark.parametrize(
    ("name", "figures", "period"),
    [
        ("another.csv", LARGE, "2026-9M"),
        ("bc.csv", LARGE, "2026-6M"),
        ("bc.csv", [["KNTC_GQ", 1380, 2481], ["TTHC_DUNGHAN", 4103, 5230], LARGE[2]], "2026-9M"),
    ],
    ids=["name", "period", "figures"],
)
def test_another_name_period_or_other_figures_are_no_answer(
    settings: Settings, name: str, figures: list[list[Any]], period: str
) -> None:
    send(settings, "bc.csv", of_unit("99", LARGE), FIRST)
    assert again(settings, name, of_unit("20", figures, period), SECOND) is None


def test_small_figures_are_the_same_by_chance(settings: Settings) -> None:
    small = [["KNTC_GQ", 9, 12], ["TTHC_DUNGHAN", 12, 12]]
    send(settings, "bc.csv", of_unit("99", small), FIRST)
    assert again(settings, "bc.csv", of_unit("20", small), SECOND) is None


def test_a_finding_that_was_answered_is_not_answered_again(settings: Settings) -> None:
    send(settings, "bc.csv", of_unit("99", LARGE), FIRST)
    assert again(settings, "bc.csv", of_unit("20", LARGE), SECOND) is not None
    later = [*LARGE, ["DT_KL", 1, 2]]
    assert again(settings, "bc.csv", of_unit("20", later), THIRD) is None


def test_what_was_wrong_with_the_unit_before_does_not_hide_the_file_without_a_unit(
    settings: Settings,
) -> None:
    send(settings, "bc.csv", of_unit("20", [*LARGE[:2], ["BC_DUNGHAN", 5, 4]]), FIRST)
    send(settings, "bc.csv", of_unit("99", LARGE), SECOND)
    found = again(settings, "bc.csv", of_unit("20", [*LARGE[:2], ["BC_DUNGHAN", 4, 4]]), THIRD)
    assert found is not None
    assert (found["earlier_received_at"], found["errors"]["mended"]) == (SECOND, 3)


def test_two_senders_without_a_unit_in_one_collection_are_kept_apart(settings: Settings) -> None:
    others = [["KNTC_GQ", 2000, 3000], ["TTHC_DUNGHAN", 1111, 2222]]
    drop(settings, "bc.csv", of_unit("99", LARGE), {"received_at": FIRST, "file_name": "bc.csv"})
    drop(settings, "bc 2.csv", of_unit("98", others), {"received_at": SECOND, "file_name": "bc.csv"})
    collect(settings)
    answers = [receipt_of(path)["resubmission"] for path in settings.returned_dir.iterdir()]
    assert answers == [None, None]


def test_ratings_without_a_unit_are_known_by_their_counts(settings: Settings) -> None:
    names = [column.name for column in load_form("TX").stored_columns]

    def ratings(unit: str) -> bytes:
        counts = {"rated_count": 1210, "outstanding_count": 240, "good_count": 800, "completed_count": 170}
        row = {"unit_code": unit, "period": "2026-10", "not_completed_count": 0, **counts}
        return "\n".join([",".join(names), ",".join(str(row.get(name, "")) for name in names)]).encode()

    send(settings, "tx.csv", ratings("99"), FIRST)
    found = again(settings, "tx.csv", ratings("20"), SECOND)
    assert found is not None and found["errors"] == {"earlier": 1, "mended": 1, "remaining": 0, "new": 0}


def test_findings_are_matched_one_to_one() -> None:
    twice = [finding("not_whole", "A"), finding("not_whole", "A")]
    assert compare(twice, twice[:1], KEYS) == Comparison(earlier=2, mended=1, new=0)
    assert compare(twice[:1], twice, KEYS) == Comparison(earlier=1, mended=0, new=1)


def test_a_row_whose_key_was_wrong_is_followed_by_its_place() -> None:
    earlier = [
        finding("indicator_unknown", "TTHC", "C5", "indicator_code"),
        finding("not_whole", "TTHC", "D5"),
    ]
    now = [finding("not_whole", "TTHC_DUNGHAN", "D5")]
    assert compare(earlier, now, KEYS) == Comparison(earlier=2, mended=1, new=0)


def test_another_row_in_the_same_place_is_another_finding() -> None:
    assert compare([finding("not_whole", "A", "D5")], [finding("not_whole", "B", "D5")], KEYS) == Comparison(
        1, 1, 1
    )


def test_times_are_those_of_viet_nam() -> None:
    from warehouse.intake.reports.resubmission import Resubmission

    found = Resubmission(
        datetime(2026, 11, 5, 2, 0, tzinfo=UTC), "bc.xlsx", Comparison(9, 7, 1), Comparison(2, 0, 0)
    )
    assert found.words_vi() == [
        "Gửi lại, so với tệp bc.xlsx nhận lúc 09:00 ngày 05/11/2026:",
        "7 trên 9 lỗi đã được sửa, 1 lỗi mới; còn 2 lỗi chưa sửa.",
        "0 trên 2 lưu ý không còn, không có lưu ý mới; 2 lưu ý vẫn còn.",
    ]
    assert found.words_en()[1] == "Errors: 7 of 9 mended, 1 new; 2 still there."
