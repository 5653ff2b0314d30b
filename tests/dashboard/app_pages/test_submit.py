"""The upload page on real files: its sentences, and that a file lies in the inbox only when it was handed in."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.app_pages.submit.receipt import part_lines, receipt_lines
from dashboard.language.texts import language
from tests.dashboard.fixture_release import make_release
from tests.dashboard.page_kit import APP, TIMEOUT_SECONDS, said
from tests.intake.history.ledger_kit import collect, drop
from tests.intake.workers.hostile_files import many_far_cells
from warehouse.intake.reports.sums import MAX_LISTED
from warehouse.intake.upload.dry_run import Understood
from warehouse.intake.upload.hand_in import Receipt
from warehouse.reference.context import load_reference
from warehouse.settings import Settings
from warehouse.templates.workbook import make_template

UNIT, PERIOD = "20@2025-07-01", "2026-9M"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Opener = Callable[..., AppTest]


def filled_workbook(path: Path, *, has_error: bool) -> Path:
    """Return the unit's own template with one indicator filled in: 379 of 481, or 481 of 379."""
    parts = (481, 379) if has_error else (379, 481)
    rows = [{"indicator_code": "KNTC_GQ", "numerator": parts[0], "denominator": parts[1]}]
    reference = load_reference(Settings(path.parent).seeds_dir)
    make_template(["BC"], UNIT, PERIOD, path, reference, prefill={"BC": rows})
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a data folder with the fixture release and an inbox that this test alone uses."""
    data = tmp_path / "data"
    make_release(data)
    return data


@pytest.fixture
def open_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Opener:
    """Open the page without an Airflow."""

    def opener(**choices: str) -> AppTest:
        monkeypatch.setenv("DATA_DIR", str(folder))
        monkeypatch.setenv("AS_OF_DATE", "2026-11-20")
        monkeypatch.setenv("AIRFLOW_API_URL", "http://127.0.0.1:9")
        test = AppTest.from_file(APP, default_timeout=TIMEOUT_SECONDS)
        test.run()
        test.switch_page("app_pages/submit/page.py")
        for name, value in choices.items():
            test.query_params[name] = value
        return test.run()

    return opener


def upload(test: AppTest, *paths: Path) -> AppTest:
    """Drop the files."""
    test.file_uploader[0].set_value([(path.name, path.read_bytes(), XLSX) for path in paths])
    return test.run()


def press(test: AppTest, key: str) -> AppTest:
    """Press the button of that key."""
    return test.button(key=key).click().run()


def inbox(folder: Path) -> list[Path]:
    """Return the files that wait in the inbox; hidden ones are not whole yet."""
    place = folder / "inbox"
    return [path for path in place.iterdir() if not path.name.startswith(".")] if place.exists() else []


def test_an_empty_page_says_what_to_do_and_what_it_judges_by(open_page: Opener) -> None:
    test = open_page(province="20")
    text = said(test)
    assert "Chọn tệp báo cáo để kiểm tra trước khi nộp" in text
    assert "đến ngày 20/11/2026" in text
    assert not [button for button in test.button if str(button.key).startswith("submit")]
    assert [box.label for box in test.selectbox] == ["Tỉnh, thành phố", "Đơn vị", "Kỳ báo cáo"]
    assert "BC_LangSon_2026-9M.xlsx" in text, "what was received from the unit stands below"


def test_a_good_file_is_understood_and_handed_in(open_page: Opener, folder: Path, tmp_path: Path) -> None:
    path = filled_workbook(tmp_path / "BC Lạng Sơn.xlsx", has_error=False)
    test = upload(open_page(province="20"), path)
    text = said(test)
    assert "Tệp không có lỗi, có thể nộp" in text
    assert "BC · Báo cáo chỉ tiêu, Tỉnh Lạng Sơn, 9 tháng năm 2026: 1 dòng, 0 lỗi" in text
    assert inbox(folder) == []
    press(test, "submit_send_0")
    text = said(test)
    assert "Biên nhận nộp tệp" in text and "trong vòng một phút" in text
    (waiting,) = inbox(folder)
    assert waiting.read_bytes() == path.read_bytes()
    sidecar = json.loads(waiting.with_name(f".{waiting.name}.meta.json").read_text(encoding="utf-8"))
    assert (sidecar["file_name"], sidecar["source_kind"]) == ("BC Lạng Sơn.xlsx", "upload")
    assert f"Mã tệp: {waiting.name[:16]}" in text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", ("Tử số (481) lớn hơn mẫu số (379)", "sẽ được trả lại để sửa", "chọn lại tệp đã sửa")),
        (
            "en",
            (
                "numerator (481) is above the denominator (379)",
                "come back to be corrected",
                "choose the mended file here",
            ),
        ),
    ],
)
def test_an_error_is_shown_with_its_cell_and_warned_of(
    lang: str, words: tuple[str, ...], open_page: Opener, folder: Path, tmp_path: Path
) -> None:
    test = upload(open_page(lang=lang), filled_workbook(tmp_path / "BC.xlsx", has_error=True))
    text = said(test)
    # Rows of a province for nine months begin in row 6, in the order of codes; KNTC_GQ is the eleventh, after KNTC_DUNG.
    assert [word for word in (*words, "BC!H16") if word not in text] == []
    copy = next(item for item in test.get("download_button") if "submit_copy_0" in item.proto.id)
    assert copy.proto.url
    press(test, "submit_send_0")
    assert len(inbox(folder)) == 1


def test_findings_with_and_without_a_found_value_stand_side_by_side(
    open_page: Opener, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "BC.csv"
    heading = "unit_code,period,indicator_code,numerator,denominator,value,note"
    path.write_text(
        f"{heading}\n20,2026-9M,KNTC_GQ,hai mươi,481,,\n20,2026-9M,TTHC_DUNGHAN,,50,,\n", encoding="utf-8"
    )
    test = upload(open_page(), path)
    text = said(test)
    assert '"hai mươi" ở cột Tử số không phải là số' in text
    assert "TTHC_DUNGHAN cần cả tử số và mẫu số; đang thiếu tử số" in text
    assert "nan" not in text.lower().split()
    press(test, "submit_send_0")
    assert len(inbox(folder)) == 1


def test_a_file_that_its_reader_did_not_survive_is_refused_in_words(
    open_page: Opener, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "xa.xlsx"
    path.write_bytes(many_far_cells())
    test = upload(open_page(), path)
    text = said(test)
    assert "Không đọc được tệp này nên chưa thể nộp" in text
    assert "Tệp cần quá nhiều bộ nhớ để đọc" in text
    assert test.button(key="submit_send_0").disabled
    assert inbox(folder) == []


def test_a_file_that_cannot_be_read_cannot_be_handed_in(
    open_page: Opener, folder: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    test = upload(open_page(), broken)
    text = said(test)
    assert "Không đọc được tệp này nên chưa thể nộp" in text
    assert "Tệp bị hỏng hoặc không phải bảng tính" in text
    assert test.button(key="submit_send_0").disabled
    assert inbox(folder) == []


def test_a_file_that_is_too_large_is_named(
    open_page: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UPLOAD_MAX_MB", "1")
    large = tmp_path / "lon.xlsx"
    large.write_bytes(b"x" * (3 << 19))
    text = said(upload(open_page(), large))
    assert "lon.xlsx có dung lượng 1,6 MB, vượt mức 1 MB" in text
    assert "Chọn tệp báo cáo để kiểm tra" in text


def test_several_files_may_go_at_once_and_the_unreadable_one_stays(
    open_page: Opener, folder: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "hong.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    good = filled_workbook(tmp_path / "good.xlsx", has_error=False)
    wrong = filled_workbook(tmp_path / "wrong.xlsx", has_error=True)
    test = upload(open_page(), good, wrong, broken)
    assert "2 trên 3 tệp có nội dung cần sửa" in said(test)
    press(test, "submit_all")
    assert {path.name[17:] for path in inbox(folder)} == {"good.xlsx", "wrong.xlsx"}
    assert said(test).count("Biên nhận nộp tệp") == 2


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "vi",
            "BC · Báo cáo chỉ tiêu: 24 báo cáo của 12 đơn vị, 2 kỳ (Tháng 9/2026 đến Tháng 10/2026); 24 dòng, 0 lỗi",
        ),
        (
            "en",
            "BC · Indicator report: 24 reports of 12 units, 2 periods (September 2026 to October 2026); 24 rows, 0 errors",
        ),
    ],
)
def test_a_consolidated_file_is_told_of_in_sum(
    lang: str, words: str, open_page: Opener, tmp_path: Path
) -> None:
    """Twelve provinces, two months each. The receipt to keep names each report."""
    codes = ["01", "04", "08", "11", "12", "14", "15", "19", "20", "22", "24", "25"]
    lines = ["unit_code,period,indicator_code,numerator,denominator,value,note"]
    lines += [f"{code},{month},TTHC_DUNGHAN,5,9,," for code in codes for month in ("2026-09", "2026-10")]
    path = tmp_path / "tong-hop.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    test = upload(open_page(lang=lang), path)
    text = said(test)
    assert words in text
    assert "Lạng Sơn, " not in text, "no report is told by itself"
    text = said(press(test, "submit_send_0"))
    assert text.count(words) == 2, "above the findings and in the receipt"


def test_in_a_file_of_several_reports_a_finding_says_whose_it_is(open_page: Opener, tmp_path: Path) -> None:
    path = tmp_path / "tong-hop.csv"
    heading = "unit_code,period,indicator_code,numerator,denominator,value,note"
    path.write_text(
        f"{heading}\n20,2026-09,TTHC_DUNGHAN,5,9,,\n08,2026-10,TTHC_DUNGHAN,9,5,,\n", encoding="utf-8"
    )
    text = said(upload(open_page(), path))
    assert "Tỉnh Tuyên Quang · Tháng 10/2026 · Tỷ lệ hồ sơ" in text
    assert "Tỉnh Lạng Sơn · Tháng 9/2026 ·" not in text


def test_the_receipt_to_keep_names_each_of_many_reports() -> None:
    moment = datetime(2026, 11, 5, 2, tzinfo=UTC)
    parts = tuple(
        Understood("BC", f"{number}@0", f"Xã số {number}", "2026-10", 40, 0, 0)
        for number in range(MAX_LISTED + 1)
    )
    receipt = Receipt("tong-hop.csv", "ab" * 32, moment, parts, None)
    short = receipt_lines(receipt, language("vi"))
    whole = receipt_lines(receipt, language("vi"), is_whole=True)
    assert [line for line in short if "Xã số" in line] == []
    assert "BC · Báo cáo chỉ tiêu: 21 báo cáo của 21 đơn vị, Tháng 10/2026; 840 dòng, 0 lỗi, 0 lưu ý" in short
    assert sum("Xã số" in line for line in whole) == MAX_LISTED + 1
    assert set(short) <= set(whole)


def test_few_reports_of_another_form_are_told_by_themselves() -> None:
    many = [Understood("BC", f"{n}@0", f"Xã số {n}", "2026-10", 40, 0, 0) for n in range(MAX_LISTED + 1)]
    few = Understood("TX", "20@0", "Tỉnh Lạng Sơn", "2026-Q1", 3, 0, 0)
    lines = part_lines([*many, few], language("vi"))
    assert lines[1:] == ["TX · Bình xét thi đua, Tỉnh Lạng Sơn, Quý I/2026: 3 dòng, 0 lỗi, 0 lưu ý"]
    assert lines[0].startswith("BC · Báo cáo chỉ tiêu: 21 báo cáo")


def test_content_that_is_sent_again_is_said_to_be_known(open_page: Opener, tmp_path: Path) -> None:
    path = filled_workbook(tmp_path / "BC.xlsx", has_error=False)
    press(upload(open_page(), path), "submit_send_0")
    renamed = path.rename(tmp_path / "ban_sao.xlsx")
    text = said(upload(open_page(), renamed))
    assert "Tệp có đúng nội dung này đã được nhận lúc" in text


def test_the_reader_chooses_a_correction_and_it_is_kept_beside_the_file(
    open_page: Opener, folder: Path, tmp_path: Path
) -> None:
    settings = Settings(folder)
    lines = ["unit_code,period,indicator_code,numerator,denominator,value"]
    lines += [f"20,2026-9M,{code},40,50," for code in ("BC_DUNGHAN", "KNTC_GQ", "TTHC_DUNGHAN")]
    drop(settings, "trước.csv", "\n".join(lines).encode(), {"received_at": "2026-11-03T02:00:00Z"})
    collect(settings)
    path = tmp_path / "sửa.csv"
    path.write_text("\n".join([lines[0], "20,2026-9M,KNTC_GQ,41,50,"]), encoding="utf-8")
    test = upload(open_page(), path)
    assert "thay 1 số liệu (KNTC_GQ), rút 2 số liệu (BC_DUNGHAN, TTHC_DUNGHAN)" in said(test)
    (choice,) = test.radio
    assert choice.value == "whole"
    choice.set_value("part").run()
    text = said(test)
    assert "thay 1 số liệu (KNTC_GQ), giữ nguyên 2 số liệu không có trong tệp" in text and "rút" not in text
    press(test, "submit_send_0")
    assert "giữ nguyên 2 số liệu" in said(test), "the receipt says it too"
    (waiting,) = inbox(folder)
    sidecar = json.loads(waiting.with_name(f".{waiting.name}.meta.json").read_text(encoding="utf-8"))
    assert sidecar["how_sent"] == "part"


def test_an_inbox_that_cannot_be_written_is_a_failure_in_words(
    open_page: Opener, folder: Path, tmp_path: Path
) -> None:
    (folder / "inbox").write_text("a file where the folder should be")
    test = upload(open_page(), filled_workbook(tmp_path / "BC.xlsx", has_error=False))
    text = said(press(test, "submit_send_0"))
    assert "Chưa kiểm tra hoặc chưa nộp được" in text
    assert "Biên nhận" not in text and str(folder) not in text


def test_a_name_with_mark_up_is_shown_as_it_is(open_page: Opener, tmp_path: Path) -> None:
    path = filled_workbook(tmp_path / "<img src=x onerror=alert(1)>.xlsx", has_error=False)
    test = upload(open_page(), path)
    bodies = " ".join(str(element.proto.body) for element in test.get("html"))
    assert "<img" not in bodies and "&lt;img src=x" in bodies


def test_the_forms_offered_follow_the_unit(open_page: Opener) -> None:
    test = open_page(province="20", unit=UNIT, period=PERIOD)
    (pills,) = test.get("button_group")
    assert pills.value == ["BC", "DK"]
    assert any("submit_template" in item.proto.id for item in test.get("download_button"))
    pills.set_value([]).run()
    assert "Hãy chọn ít nhất một biểu" in said(test)
