"""The real app in a real browser: every page wide and narrow, by its address, in both languages, and nothing outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.dashboard.fixture_release import LANG_SON
from warehouse.settings import PROJECT_DIR

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
SCREENSHOTS = PROJECT_DIR / "build" / "screenshots"
START_SECONDS = 60
PAGE_MILLISECONDS = 60_000
WIDE, NARROW, SMALL = (1440, 900), (390, 844), (360, 740)
ADDRESSES = {
    "overview": "?province=20&period=2026-9M",
    "compare_provinces": "compare_provinces?indicator=PAPI_OVERALL",
    "compare_63": "compare_provinces?indicator=PAPI_OVERALL&lens=as_reported",
    "compare_verdicts": "compare_provinces?indicator=KNTC_GQ&lang=en",
    "unit_profile": f"unit_profile?province=20&unit={LANG_SON}",
    "dan_van_kheo": "dan_van_kheo?province=20",
}

pytestmark = pytest.mark.skipif(
    not CHROMIUM.exists(), reason=f"needs a Chromium at {CHROMIUM}: apt-get install chromium"
)


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of the app's log."""
    return tmp_path_factory.mktemp("dashboard_log") / "streamlit.log"


@pytest.fixture(scope="module")
def app(data_dir: Path, log: Path) -> Iterator[str]:
    """Run the dashboard on a free port; it is ended by its process group."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py"]
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    process = subprocess.Popen(
        [*command, *options],
        cwd=PROJECT_DIR,
        env={**os.environ, "DATA_DIR": str(data_dir)},
        stdout=log.open("wb"),
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        _wait_until_healthy(f"http://127.0.0.1:{port}/_stcore/health", process)
        yield f"http://127.0.0.1:{port}/"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=20)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(CHROMIUM),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield started
        started.close()


@dataclass
class Visit:
    """One open page and every request that it made to outside addresses."""

    page: Page
    log: Path
    outside: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open an address and wait until the page is drawn to its footer."""
        self.page.goto(address)
        self.settle()

    def settle(self) -> None:
        """Wait until the footer is there and nothing runs."""
        self.page.wait_for_selector("footer.release, .state.failed", timeout=PAGE_MILLISECONDS)
        assert self.page.locator(".state.failed").count() == 0, self.log.read_text()[-4000:]
        self.page.wait_for_selector(
            "[data-testid=stApp][data-test-script-state=notRunning]", timeout=PAGE_MILLISECONDS
        )

    def choices(self) -> dict[str, list[str]]:
        """Return the choices in the address."""
        return parse_qs(urlsplit(self.page.url).query)


@pytest.fixture
def visit(app: str, log: Path, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Open a fresh browser context of the width that the test asks for."""
    width, height = getattr(request, "param", WIDE)
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN", base_url=app)
    made = Visit(context.new_page(), log)
    made.page.on("request", lambda sent: _note_outside(made, sent.url))
    yield made
    context.close()
    assert made.outside == [], "the page asked for nothing outside"


@pytest.mark.parametrize("visit", [WIDE, NARROW, SMALL], ids=["wide", "narrow", "small"], indirect=True)
@pytest.mark.parametrize("name", list(ADDRESSES))
def test_a_page_is_whole_at_this_width(visit: Visit, name: str) -> None:
    visit.open(ADDRESSES[name])
    page = visit.page
    page.wait_for_selector(".js-plotly-plot .main-svg", timeout=PAGE_MILLISECONDS)
    _take_picture(page, name)
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator(".state.failed").count() == 0
    assert page.locator("header.lead h1").inner_text().strip()
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, "nothing makes the page wider than the screen"
    too_wide = page.evaluate(
        """[...document.querySelectorAll('table.figures, .js-plotly-plot, h1, .simulated')]
           .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1).length"""
    )
    assert too_wide == 0
    assert page.locator(".modebar").count() == 0
    assert page.locator("table.figures td").count() > 3
    assert "r20261120T010500Z-fixture" in page.locator("footer.release").inner_text()
    headline_top = page.locator("header.lead h1").bounding_box()
    assert headline_top is not None and headline_top["y"] < page.viewport_size["height"] - 100  # type: ignore[index]


def test_the_language_switch_keeps_the_view(visit: Visit) -> None:
    visit.open("?province=20&period=2026-6M")
    assert visit.page.evaluate("document.documentElement.lang") == "vi"
    visit.page.get_by_role("button", name="English").click()
    visit.page.wait_for_url("**lang=en**", timeout=PAGE_MILLISECONDS)
    visit.page.wait_for_selector("text=Reporting period", timeout=PAGE_MILLISECONDS)
    visit.settle()
    assert visit.choices() == {"lang": ["en"], "province": ["20"], "period": ["2026-6M"]}
    assert "First six months of 2026" in visit.page.locator(".kicker").inner_text()


def test_a_shared_address_opens_the_same_view(visit: Visit, browser: Browser, app: str) -> None:
    visit.open("?province=20")
    visit.page.get_by_label("Kỳ báo cáo").click()
    visit.page.get_by_role("option", name="6 tháng đầu năm 2026").click()
    visit.page.wait_for_function(
        "document.querySelector('.kicker')?.innerText.includes('6 tháng đầu năm 2026')"
    )
    visit.settle()
    assert visit.choices()["period"] == ["2026-6M"]
    headline = visit.page.locator("header.lead h1").inner_text()
    permalink = visit.page.locator("footer.release a").get_attribute("href")
    assert permalink is not None
    other = browser.new_context(viewport={"width": 390, "height": 844}, base_url=app)
    reader = Visit(other.new_page(), visit.log)
    for address in (visit.page.url, permalink):
        reader.open(address)
        assert reader.page.locator("header.lead h1").inner_text() == headline
    other.close()


def test_from_a_number_to_its_cell_in_three_clicks(visit: Visit) -> None:
    visit.open("?province=20&period=2026-9M")
    name = "Tỷ lệ giải quyết khiếu nại, tố cáo thuộc thẩm quyền"
    visit.page.get_by_role("rowheader").get_by_role("link", name=name, exact=True).click()
    visit.page.wait_for_selector("text=Nguồn gốc con số", timeout=PAGE_MILLISECONDS)
    visit.settle()
    assert visit.page.get_by_role("dialog").count() == 0
    assert visit.page.get_by_text("Chỉ tiêu!C7").count() == 1
    assert visit.page.get_by_text("BC_LangSon_2026-9M.xlsx").count() >= 1


def test_pages_hand_on_province_and_language(visit: Visit) -> None:
    visit.open("?province=08&lang=en")
    visit.page.get_by_role("link", name="Dân vận khéo").click()
    visit.page.wait_for_url("**/dan_van_kheo?**", timeout=PAGE_MILLISECONDS)
    visit.settle()
    assert visit.choices() == {"lang": ["en"], "province": ["08"]}


def test_the_file_to_take_away_says_what_it_holds(visit: Visit, tmp_path: Path) -> None:
    visit.open("?province=20&period=2026-9M")
    with visit.page.expect_download() as downloading:
        visit.page.get_by_role("button", name="Tải bảng").click()
    downloading.value.save_as(tmp_path / "table.csv")
    text = (tmp_path / "table.csv").read_text(encoding="utf-8-sig")
    assert "# Bản phát hành: r20261120T010500Z-fixture" in text
    assert "# Có số liệu mô phỏng (simulated)" in text
    assert "period=2026-9M" in text
    assert "KNTC_GQ" in text


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the dashboard ended at once"
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise AssertionError(f"the dashboard was not there after {START_SECONDS} s")


def _note_outside(visit: Visit, address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
        visit.outside.append(address)


def _take_picture(page: Page, name: str) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    size = page.viewport_size or {"width": WIDE[0], "height": WIDE[1]}
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(height, 8000))})
    page.wait_for_timeout(500)
    page.screenshot(path=str(SCREENSHOTS / f"{name}_{size['width']}.png"))
    page.set_viewport_size(size)
