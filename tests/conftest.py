"""How tests are shared out between two processes: what is built once for a folder is built in one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

# Folders with a fixture for the whole session, a built warehouse or a running dashboard: dear to make twice.
BUILT_ONCE = {"dashboard", "marts", "release"}


# First: pytest-xdist reads the groups in the same hook.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file together, and those of a folder whose fixtures are built once."""
    for item in items:
        folder = Path(item.path).parent.name
        item.add_marker(pytest.mark.xdist_group(folder if folder in BUILT_ONCE else Path(item.path).stem))
