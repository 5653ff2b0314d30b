"""Two releases for the tests of the dashboard: one made by hand for the texts of pages, one built for the queries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.pages import PAGES
from tests.dashboard.built_release import publish_small
from tests.dashboard.fixture_release import make_release
from tests.dashboard.page_kit import APP, TIMEOUT_SECONDS
from tests.shared_folder import shared_folder
from warehouse.release import store
from warehouse.release.store import Release
from warehouse.settings import Settings


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a DATA_DIR with the release made by hand."""
    folder = tmp_path_factory.mktemp("dashboard_data")
    make_release(folder)
    return folder


@pytest.fixture(scope="session")
def release(data_dir: Path) -> Release:
    """Return the release made by hand."""
    return _current(data_dir)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Return the release that the real chain built; parallel test processes share it."""
    return _current(shared_folder(tmp_path_factory, "built_release", publish_small))


def _current(data_dir: Path) -> Release:
    found = store.current(Settings(data_dir=data_dir))
    assert found is not None
    return found


@pytest.fixture
def open_page(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """Open a page with choices in its address."""

    def opener(code: str = "overview", folder: Path = data_dir, **choices: str) -> AppTest:
        monkeypatch.setenv("DATA_DIR", str(folder))
        test = AppTest.from_file(APP, default_timeout=TIMEOUT_SECONDS)
        test.run()
        if code != PAGES[0].code:
            test.switch_page(f"app_pages/{code}/page.py")
        for name, value in choices.items():
            test.query_params[name] = value
        return test.run()

    return opener
