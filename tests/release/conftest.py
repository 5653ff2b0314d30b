"""One small warehouse with two releases; each test works on a copy of its folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.marts.raw_world import SentReport, record
from tests.ops.kit import MODELS_ALONE
from tests.shared_folder import shared_folder
from warehouse.release import audit, build, publish, store
from warehouse.settings import Settings

AS_OF = date(2026, 11, 20)


def send(
    settings: Settings, number: int, unit_key: str, period: str, *, numerator: float, denominator: float
) -> None:
    """Record one accepted report straight in the raw store."""
    row = {"indicator_code": "KNTC_GQ", "numerator": numerator, "denominator": denominator}
    record(
        settings,
        [
            SentReport(
                *(number, "BC", unit_key, period, [row]),
                file=f"{number:064x}",
                received_at=datetime(2026, 1, number),
                is_simulated=False,
            )
        ],
    )


@contextmanager
def models_alone() -> Iterator[None]:
    """Build without dbt's own tests, which take half of the time, where a test is not about them."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in MODELS_ALONE.items():
            patch.setenv(name, value)
        yield


@pytest.fixture(scope="session")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """Make a data folder with two releases, the second current: a figure was corrected in between."""
    data_dir = shared_folder(tmp_path_factory, "two_releases", _publish_twice)
    second, first = store.releases(Settings(data_dir=data_dir))
    return data_dir, first.release_id, second.release_id


def _publish_twice(data_dir: Path) -> None:
    settings = Settings(data_dir=data_dir, fixed_as_of_date=AS_OF)
    with models_alone():
        for number, numerator in ((1, 370), (2, 379)):
            send(settings, number, "68@0", "2023", numerator=numerator, denominator=481)
            build.build(settings)
            audit.audit(settings)
            publish.publish(settings)


@pytest.fixture
def settings(two_releases: tuple[Path, str, str], tmp_path: Path) -> Settings:
    """Return a copy of the folder with two releases that a test may change."""
    shutil.copytree(two_releases[0], tmp_path / "data")
    return Settings(data_dir=tmp_path / "data", fixed_as_of_date=AS_OF)
