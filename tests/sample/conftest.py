"""The small sample, made once for all tests of this folder."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from warehouse.intake.parse import parse_file
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.reference.context import Context, load_reference
from warehouse.sample import ensure_sample
from warehouse.settings import PROJECT_DIR, Settings

SEEDS_DIR = PROJECT_DIR / "dbt_project" / "seeds"
TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class MadeSample:
    """The inbox after `ensure_sample`, and how many files it said it made."""

    settings: Settings
    file_count: int

    @property
    def files(self) -> list[Path]:
        return [path for path in sorted(self.settings.inbox_dir.iterdir()) if not path.name.startswith(".")]


@pytest.fixture(scope="package")
def small_sample(tmp_path_factory: pytest.TempPathFactory) -> MadeSample:
    settings = Settings(data_dir=tmp_path_factory.mktemp("small"), sample="small")
    return MadeSample(settings, ensure_sample(settings))


@pytest.fixture(scope="package")
def parsed_sample(small_sample: MadeSample) -> dict[str, ParsedFile]:
    """Parse every file of the sample with the real intake, by name."""
    context = Context(load_reference(SEEDS_DIR), TODAY)
    return {
        path.name: parse_file(path, path.name, f"{number:064x}", context)
        for number, path in enumerate(small_sample.files)
    }
