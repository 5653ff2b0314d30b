"""One fixture release for all tests of the dashboard."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dashboard.fixture_release import make_release
from warehouse.release.store import Release


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A DATA_DIR with one published release."""
    folder = tmp_path_factory.mktemp("dashboard_data")
    make_release(folder)
    return folder


@pytest.fixture(scope="session")
def release(data_dir: Path) -> Release:
    """The release in it."""
    from warehouse.release import store
    from warehouse.settings import Settings

    found = store.current(Settings(data_dir=data_dir))
    assert found is not None
    return found
