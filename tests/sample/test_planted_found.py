"""The small sample through the real intake and a real build: planted figures are asked about, and few others."""

from __future__ import annotations

import shutil

import duckdb
import pytest

from tests.intake.history.ledger_kit import collect
from tests.sample.conftest import TODAY, MadeSample
from tests.sample.planted_report import PlantedReport, make_report
from warehouse.release import build
from warehouse.settings import Settings

# A whole build of the whole sample, for three tests.
pytestmark = pytest.mark.long

# Contradictions that stand in the sample without being planted: totals added up by hand, a shorter
# period corrected and not the longer one, a registration sent back while its unit counts it.
CONTRADICTIONS = {
    "components_do_not_sum",
    "differs_from_documents",
    "differs_from_ratings",
    "differs_from_registrations",
    "falling_cumulative",
    "self_scored_above_measured",
    "total_below_units",
}
# Questions in a thousand reports that a leader still reads.
MOST_QUESTIONS_A_THOUSAND = 3


@pytest.fixture(scope="module")
def report(small_sample: MadeSample, tmp_path_factory: pytest.TempPathFactory) -> PlantedReport:
    settings = Settings(data_dir=tmp_path_factory.mktemp("planted"), sample="none", fixed_as_of_date=TODAY)
    shutil.copytree(small_sample.settings.inbox_dir, settings.inbox_dir)
    collect(settings)
    build.build(settings)
    with duckdb.connect(str(settings.build_path), read_only=True) as connection:
        made = make_report(connection)
    print("\n".join(made.lines()))
    return made


def test_every_planted_case_is_asked_about(report: PlantedReport) -> None:
    assert report.not_found == []
    assert len(report.found) == 13


def test_nobody_else_is_suspected(report: PlantedReport) -> None:
    assert set(report.others) <= CONTRADICTIONS


def test_questions_stay_few(report: PlantedReport) -> None:
    assert sum(report.others.values()) <= report.report_count * MOST_QUESTIONS_A_THOUSAND / 1000
