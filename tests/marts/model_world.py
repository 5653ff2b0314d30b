"""The marts that dbt makes of models drawn at random."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.marts.dbt_kit import NO_TESTS, invoke
from tests.marts.model_draws import AS_OF, ModelWorld, draw_world
from tests.marts.raw_world import Row, SentReport, record
from tests.shared_folder import shared_folder
from warehouse.release.snapshot import take_snapshot
from warehouse.settings import Settings

MARTS = (
    "rpt_model_reconciliation",
    "rpt_model_funnel",
    "rpt_model_reach",
    "rpt_model_step_durations",
    "rpt_model_awards",
    "rpt_model_questions",
    "rpt_model_similarities",
    "fct_model_registrations",
    "fct_model_events",
)


@pytest.fixture(scope="session")
def model_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModelWorld]:
    """Build only the marts about "Dân vận khéo" models from the random world, without dbt's own tests."""

    def build_marts(folder: Path) -> None:
        settings = Settings(data_dir=folder, fixed_as_of_date=AS_OF)
        record(settings, _sent(draw_world(settings)))
        take_snapshot(settings)
        selected = (f"+{mart}" for mart in MARTS)
        invoke(
            *(settings.warehouse_dir, "build", *NO_TESTS, "--select", *selected),
            as_of=AS_OF,
            raw_path=settings.snapshot_path,
        )

    folder = shared_folder(tmp_path_factory, "model_world", build_marts)
    yield draw_world(Settings(data_dir=folder, fixed_as_of_date=AS_OF))


def _sent(world: ModelWorld) -> list[SentReport]:
    """Return all reports in one file: one for each form, unit and month or period."""
    rows: dict[tuple[str, str, str], list[Row]] = {}
    for form, content in (("DK", world.registrations), ("TD", world.events), ("BC", world.figures)):
        for row in content:
            day = row.get("registered_date") or row.get("event_date")
            period = row.get("period_code") or f"{day:%Y-%m}"
            rows.setdefault((form, row["unit_key"], period), []).append(row)
    return [
        SentReport(number, *key, content, file="file") for number, (key, content) in enumerate(rows.items())
    ]
