"""In a real browser a file with an error is uploaded, explained, marked, handed in, and lies in the inbox."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from tests.dashboard import test_browser
from tests.dashboard.app_pages.test_submit import UNIT, filled_workbook, inbox
from tests.dashboard.fixture_release import make_release
from tests.dashboard.test_browser import NARROW, PAGE_MILLISECONDS, SMALL, WIDE, browser
from tests.intake.history.ledger_kit import collect
from warehouse.reference.context import load_reference
from warehouse.settings import PROJECT_DIR, Settings
from warehouse.templates.workbook import make_template

__all__ = ["browser"]

pytestmark = test_browser.pytestmark


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder to whose inbox these tests alone write."""
    data = tmp_path_factory.mktemp("submit_data")
    make_release(data)
    return data


@pytest.fixture(scope="module")
def app(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the dashboard on a free port without an Airflow; it is ended by its process group."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = tmp_path_factory.mktemp("submit_log") / "streamlit.log"
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "streamlit", "run", "dashboard/app.py"),
            *("--server.port", str(port), "--server.address", "127.0.0.1"),
        ],
        cwd=PROJECT_DIR,
        env={
            **os.environ,
            "DATA_DIR": str(folder),
            "AS_OF_DATE": "2026-11-20",
            "AIRFLOW_API_URL": "http://127.0.0.1:9",
        },
        stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        test_browser._wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}/"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(WIDE, id="wide", marks=pytest.mark.long),
        pytest.param(NARROW, id="narrow"),
        pytest.param(SMALL, id="small", marks=pytest.mark.long),
    ],
)
def test_a_file_with_an_error_is_explained_marked_and_handed_in(
    size: tuple[int, int], app: str, browser: Browser, folder: Path, tmp_path: Path
) -> None:
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="vi-VN", base_url=app, accept_downloads=True
    )
    page = context.new_page()
    page.goto("submit?province=20")
    page.wait_for_selector("footer.release", timeout=PAGE_MILLISECONDS)
    words = page.locator("[data-testid=stFileUploaderDropzoneInstructions] span").evaluate(
        "span => getComputedStyle(span, '::after').content"
    )
    assert "Kéo tệp vào đây" in words and "20 MB" in words, "the widget's English is replaced"
    _is_whole(page, "submit_start")

    path = filled_workbook(tmp_path / f"BC Lạng Sơn {width}.xlsx", has_error=True)
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_text("Tử số (481) lớn hơn mẫu số (379)").wait_for(timeout=PAGE_MILLISECONDS)
    page.get_by_role("button", name="Nộp", exact=True).wait_for(timeout=PAGE_MILLISECONDS)
    _is_whole(page, "submit_checked")

    with page.expect_download(timeout=PAGE_MILLISECONDS) as download:
        page.get_by_role("button", name="Tải bản đánh dấu ô cần sửa").click()
    assert download.value.suggested_filename == f"BC Lạng Sơn {width}_da_danh_dau.xlsx"
    download.value.save_as(tmp_path / "marked.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "marked.xlsx")["BC"]
    comments = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert any("Tử số (481) lớn hơn mẫu số (379)" in text for text in comments)

    before = set(inbox(folder))
    page.get_by_role("button", name="Nộp", exact=True).click()
    page.locator(".receipt").wait_for(timeout=PAGE_MILLISECONDS)
    (waiting,) = set(inbox(folder)) - before
    assert waiting.read_bytes() == path.read_bytes()
    sidecar = json.loads(waiting.with_name(f".{waiting.name}.meta.json").read_text(encoding="utf-8"))
    assert sidecar["file_name"] == path.name and sidecar["source_kind"] == "upload"
    _is_whole(page, "submit_sent")
    with page.expect_download(timeout=PAGE_MILLISECONDS) as download:
        page.get_by_role("button", name="Tải biên nhận").click()
    download.value.save_as(tmp_path / "receipt.txt")
    assert waiting.name[:16] in (tmp_path / "receipt.txt").read_text(encoding="utf-8-sig")
    context.close()


FAULTY = {"KNTC_GQ": (481, 379), "TTHC_DUNGHAN": (5230, 4102), "BC_DUNGHAN": (12, 15)}
HALF_MENDED = FAULTY | {"KNTC_GQ": (379, 481), "BC_DUNGHAN": (16, 15)}
MENDED = HALF_MENDED | {"TTHC_DUNGHAN": (4102, 5230), "BC_DUNGHAN": (12, 15)}


SAID = {
    "vi": (
        "1 trên 2 lỗi đã được sửa, 1 lỗi mới; còn 1 lỗi chưa sửa.",
        "2 trên 2 lỗi đã được sửa, không có lỗi mới.",
    ),
    "en": ("Errors: 1 of 2 mended, 1 new; 1 still there.", "Errors: 2 of 2 mended, 0 new."),
}


@pytest.mark.parametrize(
    ("size", "lang", "period"),
    [
        pytest.param(WIDE, "vi", "2026", id="wide", marks=pytest.mark.long),
        pytest.param(NARROW, "en", "2026-6M", id="narrow"),
    ],
)
def test_a_mended_file_is_told_what_became_of_its_faults(
    *, size: tuple[int, int], lang: str, period: str, app: str, browser: Browser, folder: Path, tmp_path: Path
) -> None:
    half, whole = SAID[lang]
    width, height = size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN", base_url=app)
    page = context.new_page()
    page.goto(f"submit?province=20&lang={lang}")
    page.wait_for_selector("footer.release", timeout=PAGE_MILLISECONDS)
    submit = page.get_by_role("button", name="Nộp" if lang == "vi" else "Submit", exact=True)

    faulty = _report(tmp_path / f"BC {width}.xlsx", FAULTY, period)
    page.locator("input[type=file]").set_input_files(faulty)
    submit.click(timeout=PAGE_MILLISECONDS)
    page.locator(".receipt").wait_for(timeout=PAGE_MILLISECONDS)
    assert page.locator(".progress").count() == 0, "there is nothing yet to compare with"
    collect(Settings(folder, fixed_as_of_date=date(2026, 11, 20)))

    page.reload()
    page.wait_for_selector("footer.release", timeout=PAGE_MILLISECONDS)
    page.locator("input[type=file]").set_input_files(_report(tmp_path / "BC sửa.xlsx", HALF_MENDED, period))
    page.locator(".progress").get_by_text(half).wait_for(timeout=PAGE_MILLISECONDS)
    submit.wait_for(timeout=PAGE_MILLISECONDS)
    assert f"BC {width}.xlsx" in page.locator(".progress").inner_text()
    assert page.locator(".progress.settled").count() == 0
    _is_whole(page, "submit_half_mended")

    page.reload()
    page.wait_for_selector("footer.release", timeout=PAGE_MILLISECONDS)
    page.locator("input[type=file]").set_input_files(_report(tmp_path / "BC xong.xlsx", MENDED, period))
    page.locator(".progress.settled").get_by_text(whole).wait_for(timeout=PAGE_MILLISECONDS)
    submit.wait_for(timeout=PAGE_MILLISECONDS)
    assert submit.get_attribute("data-testid") == "stBaseButton-primary"
    _is_whole(page, "submit_mended")
    context.close()


def test_a_file_that_is_too_large_is_told_of_and_the_other_one_checked(
    app: str, browser: Browser, tmp_path: Path
) -> None:
    large = tmp_path / "lon.xlsx"
    large.write_bytes(b"x" * 21_000_000)
    context = browser.new_context(viewport={"width": NARROW[0], "height": NARROW[1]}, base_url=app)
    page = context.new_page()
    page.goto("submit?province=20")
    page.wait_for_selector("footer.release", timeout=PAGE_MILLISECONDS)
    good = filled_workbook(tmp_path / "BC.xlsx", has_error=False)
    page.locator("input[type=file]").set_input_files([large, good])
    page.get_by_text("lon.xlsx có dung lượng 21,0 MB, vượt mức 20 MB").wait_for(timeout=PAGE_MILLISECONDS)
    page.get_by_text("Tệp không có lỗi, có thể nộp").wait_for(timeout=PAGE_MILLISECONDS)
    page.get_by_role("button", name="Nộp", exact=True).wait_for(timeout=PAGE_MILLISECONDS)
    _is_whole(page, "submit_too_large")
    context.close()


def _report(path: Path, parts: dict[str, tuple[int, int]], period: str) -> Path:
    """Return the unit's own template with rates filled in."""
    rows = [
        {"indicator_code": code, "numerator": numerator, "denominator": denominator}
        for code, (numerator, denominator) in parts.items()
    ]
    reference = load_reference(Settings(path.parent).seeds_dir)
    make_template(["BC"], UNIT, period, path, reference, prefill={"BC": rows})
    return path


def test_the_prefilled_workbook_is_the_units_own(app: str, browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(base_url=app, accept_downloads=True)
    page = context.new_page()
    page.goto("submit?province=20&period=2026-9M")
    page.wait_for_selector("footer.release", timeout=PAGE_MILLISECONDS)
    with page.expect_download(timeout=PAGE_MILLISECONDS) as download:
        page.get_by_role("button", name="Tải biểu mẫu").click()
    assert download.value.suggested_filename == "BC_DK_20_2026-9M.xlsx"
    download.value.save_as(tmp_path / "template.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "template.xlsx")
    assert workbook.sheetnames[:2] == ["BC", "DK"]
    assert workbook["BC"]["A2"].value == "Đơn vị báo cáo: Tỉnh Lạng Sơn (mã: 20)"
    context.close()


def _is_whole(page: Page, name: str) -> None:
    test_browser._take_picture(page, name)
    assert page.locator("[data-testid=stException], .state.failed").count() == 0
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, "nothing makes the page wider than the screen"
    too_wide = page.evaluate(
        """[...document.querySelectorAll('table.figures, h1, .receipt, .alert, [data-testid=stFileUploader]')]
           .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1).length"""
    )
    assert too_wide == 0
