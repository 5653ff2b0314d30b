"""`python -m warehouse check FILE --out COPY` on files that cannot be read, harm their reader, or cannot be written."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tests.intake.file_kit import BC_HEADER, write_csv, write_xlsx
from tests.intake.workers import hostile_files
from tests.intake.xlsb_kit import xlsb
from warehouse import settings
from warehouse.cli import main
from warehouse.intake.reply.summary import SUMMARY_SHEET
from warehouse.intake.upload.dry_run import dry_run, receive
from warehouse.intake.workers import pool

WRONG = ["20", "2026-10", "TTHC_DUNGHAN", "51", "50", "", ""]


def zipped(name: str) -> bytes:
    """Return an archive with one small part."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "<x/>")
    return stream.getvalue()


UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "damaged.xlsb": (lambda: zipped("xl/workbook.bin"), "file_damaged"),
    "password.xlsx": (hostile_files.encrypted, "file_encrypted"),
    "letter.docx": (lambda: zipped("word/document.xml"), "file_is_word"),
    "letter.doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "file_damaged"),
    "scan.pdf": (lambda: b"%PDF-1.7", "file_is_pdf"),
    "picture.png": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "file_is_photo"),
    "many.zip": (lambda: zipped("bc.csv"), "file_is_archive"),
    "macros.xlsm": (hostile_files.macro_file, "file_has_macros"),
    "page.xls": (hostile_files.html_table, "file_is_web_page"),
    "bomb.xlsx": (hostile_files.zip_bomb, "file_too_large"),
    "far.xlsx": (hostile_files.many_far_cells, "file_needs_too_much_memory"),
    "text.csv": (lambda: b"Xin nghi phep,ngay mai\n", "form_not_recognised"),
    "empty.csv": (lambda: b"", "file_empty"),
}


@pytest.fixture(autouse=True)
def _on_a_fixed_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AS_OF_DATE", "2026-11-20")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_ends_in_words_and_a_copy_that_says_why(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str
) -> None:
    make, rule = UNREADABLE[name]
    path = tmp_path / name
    path.write_bytes(make())
    assert main(["check", str(path), "--out", str(tmp_path / "out" / name)]) == 2
    told = capfd.readouterr()
    assert told.err == ""
    assert f"{name}: " in told.out and "(unreadable)" in told.out and rule in told.out
    (copy,) = (tmp_path / "out").iterdir()
    assert f"Bản đánh dấu: {copy}" in told.out
    if copy.suffix == ".csv":
        assert "LỖI" in copy.read_text(encoding="utf-8-sig")
    else:
        assert openpyxl.load_workbook(copy).sheetnames == [SUMMARY_SHEET]


def test_a_binary_workbook_is_checked_and_marked_in_a_copy_of_its_values(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bc.xlsb"
    path.write_bytes(xlsb([BC_HEADER, ["20", "2026-10", "TTHC_DUNGHAN", 51.0, 50.0, "", ""]]))
    assert main(["check", str(path), "--out", str(tmp_path / "marked.xlsb")]) == 1
    assert capfd.readouterr().err == ""
    cell = openpyxl.load_workbook(tmp_path / "marked.xlsx")["Sheet1"]["D2"]
    assert cell.value == 51 and "lớn hơn mẫu số (50)" in cell.comment.text


@pytest.mark.parametrize("kind", ["missing", "folder"])
def test_a_path_that_is_no_file_ends_in_one_sentence(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], kind: str
) -> None:
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    assert main(["check", str(path), "--out", str(tmp_path / "copy.xlsx")]) == 2
    told = capfd.readouterr()
    assert told.out == "" and told.err == f"{path}: không có tệp này (no such file)\n"
    assert not (tmp_path / "copy.xlsx").exists()


@pytest.mark.parametrize(
    ("out", "reason"),
    [
        ("bc.csv", "là chính tệp được kiểm tra"),
        ("bc.xlsx", "là chính tệp được kiểm tra"),
        ("link.csv", "là chính tệp được kiểm tra"),
        ("folder", "là thư mục"),
        ("bc.csv/inside/copy.csv", "không ghi được bản đánh dấu"),
    ],
)
def test_a_copy_that_cannot_be_written_is_said_and_the_file_stays(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], out: str, reason: str
) -> None:
    path = write_csv(tmp_path / "bc.csv", [BC_HEADER, WRONG])
    (tmp_path / "folder").mkdir()
    (tmp_path / "link.csv").symlink_to(path)
    before = path.read_bytes()
    assert main(["check", str(path), "--out", str(tmp_path / out)]) == 2
    told = capfd.readouterr()
    assert "numerator_above_denominator" in told.out and "Bản đánh dấu" not in told.out
    assert reason in told.err and told.err.count("\n") == 1
    assert path.read_bytes() == before
    assert sorted(item.name for item in tmp_path.iterdir()) == ["bc.csv", "folder", "link.csv"]
    assert list((tmp_path / "folder").iterdir()) == []


@pytest.mark.parametrize("name", ["spin.xlsx", "memory.xlsx", "crash.xlsx", "fault.xlsx"])
def test_a_file_that_harms_its_reader_ends_as_on_the_page(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(pool, "WORKER_MODULE", "tests.intake.workers.hostile_upload_worker")
    monkeypatch.setenv("COLUMNS", "1000")
    path = write_xlsx(tmp_path / name, [BC_HEADER, WRONG])
    assert main(["check", str(path)]) == 2
    told = capfd.readouterr()
    (on_page,) = dry_run([receive(name, path.read_bytes())], settings.load())
    (finding,) = on_page.parsed.findings
    assert finding["rule_code"] in told.out and finding["message_vi"] in told.out
    assert told.err == ""


@pytest.mark.parametrize("name", ["unmarkable.xlsx", "unopenable.xlsx"])
def test_a_file_that_harms_its_annotator_is_still_told_of(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(pool, "WORKER_MODULE", "tests.intake.workers.hostile_upload_worker")
    path = write_xlsx(tmp_path / name, [BC_HEADER, ["20", "2026-10", "TTHC_DUNGHAN", 51, 50, None, None]])
    assert main(["check", str(path), "--out", str(tmp_path / "copy.xlsx")]) == 2
    told = capfd.readouterr()
    assert "numerator_above_denominator" in told.out
    assert (
        told.err == "Không tạo được bản đánh dấu của tệp này (no annotated copy of this file can be made).\n"
    )
    assert not (tmp_path / "copy.xlsx").exists()
