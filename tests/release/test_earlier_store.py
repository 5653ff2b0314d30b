"""A data folder of an earlier version is opened, upgraded and published, and every mart has the same rows.

The fixture was made by the version of commit 89b6bd9 from 18 sample files with the as-of date 2026-11-21: reports of every
form, among them two that were returned, a correction and a file that cannot be read. It holds the archive, the raw store, the
replies, and every mart of that version's release as Parquet.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.release.conftest import models_alone
from warehouse.intake.arrive.claim import pending_files
from warehouse.intake.record.rebuild import rebuild_raw
from warehouse.intake.reply.returned import complete_returned
from warehouse.raw.store import open_store
from warehouse.release import audit, build, publish, store
from warehouse.release.last_build import needs_build
from warehouse.settings import Settings

# Rows lost and added by later rules, exactly: simulated targets of the country and its provinces (series); who takes part, by
# level (obligations and their rates); parts and party units among those that could register a model (funnel, reach).
CHANGED_BY_RULES = {
    "rpt_indicator_series": ((29,), (29,)),
    "rpt_model_funnel": ((27,), (27,)),
    "rpt_model_reach": ((20,), (20,)),
    "rpt_obligations": ((481,), (8,)),
    "rpt_reporting_rates": ((37,), (2,)),
}
# A large warehouse is built for these tests, so they run in `make test-long`.
pytestmark = pytest.mark.long

FIXTURE = Path(__file__).parent / "fixtures" / "store_of_89b6bd9.tar.xz"
AS_OF = date(2026, 11, 21)
FILES, SUBMISSIONS = 18, 426
# They differ with each build and each commit.
NAMES_OF_A_RELEASE = {"release_id", "built_at", "code_version"}
# The calendar begins earlier now, so the periods that were its first have a period before them.
PERIODS_BEFORE = {"previous_period_code", "same_period_last_year_code"}
# Perfect rates are met since, and simulated targets of counts differ by level.
REDEFINED = {"verdict", "target_value"}
# Rows of the reference that changed since: the districts of Đất Đỏ and Long Đất, targets by level, the order of lists.
CHANGED_REFERENCE = {"dim_units": 12, "dim_targets": 4, "dim_list_items": 2}
DECIMALS = 9
RECORDED = "select indicator_code from marts.dim_indicators where source_kind = 'recorded'"


@dataclass(frozen=True)
class Upgraded:
    """The data folder after today's code has published it, and the marts of the earlier version."""

    settings: Settings
    expected_dir: Path
    replies_made: int
    needed_a_build: bool

    @property
    def release(self) -> store.Release:
        release = store.current(self.settings)
        assert release is not None
        return release


def unpack(folder: Path) -> Settings:
    with tarfile.open(FIXTURE) as archive:
        archive.extractall(folder, filter="data")
    return Settings(data_dir=folder / "data", fixed_as_of_date=AS_OF)


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory: pytest.TempPathFactory) -> Upgraded:
    folder = tmp_path_factory.mktemp("earlier")
    settings = unpack(folder)
    assert pending_files(settings) == []
    replies_made = complete_returned(settings)
    needed_a_build = needs_build(settings)
    with models_alone():
        build.build(settings)
    audit.audit(settings)
    publish.publish(settings)
    return Upgraded(settings, folder / "expected", replies_made, needed_a_build)


@pytest.fixture
def marts(upgraded: Upgraded) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(upgraded.release.path), read_only=True) as connection:
        yield connection


def columns_of(marts: duckdb.DuckDBPyConnection, table: Path) -> str:
    """Return the columns that the earlier version published, measures rounded: sums have another order each time."""
    kinds = marts.execute(f"select column_name, column_type from (describe from '{table}')").fetchall()
    return ", ".join(
        f"round({name}, {DECIMALS}) + 0.0 as {name}" if kind == "DOUBLE" else name
        for name, kind in kinds
        if not (table.stem == "rpt_releases" and name in NAMES_OF_A_RELEASE)
        and not (table.stem == "dim_periods" and name in PERIODS_BEFORE)
        and not (table.stem == "rpt_indicator_series" and name in REDEFINED)
    )


def test_every_mart_has_the_rows_of_the_earlier_version(
    upgraded: Upgraded, marts: duckdb.DuckDBPyConnection
) -> None:
    tables = sorted(upgraded.expected_dir.glob("*.parquet"))
    assert len(tables) == 44
    differing = {}
    for table in tables:
        columns = columns_of(marts, table)
        # What is counted from records was no indicator then.
        reported = (
            f"where indicator_code not in ({RECORDED})" if "indicator_code" in columns.split(", ") else ""
        )
        sides = [f"select {columns} from '{table}'", f"select {columns} from marts.{table.stem} {reported}"]
        lost, added = (
            marts.execute(f"select count(*) from ({one} except all {other})").fetchone()
            for one, other in (sides, sides[::-1])
        )
        if (lost, added) == CHANGED_BY_RULES.get(table.stem):
            continue
        # Reference lists may grow.
        if lost != (CHANGED_REFERENCE.get(table.stem, 0),) or (
            added != (0,) and not table.stem.startswith("dim_")
        ):
            differing[table.stem] = (lost, added)
    assert differing == {}


def test_of_the_verdicts_only_those_of_perfect_rates_differ(
    upgraded: Upgraded, marts: duckdb.DuckDBPyConnection
) -> None:
    differing = marts.execute(
        "select distinct earlier.verdict, now.verdict, now.value in (0, 100)"
        f" from '{upgraded.expected_dir}/rpt_indicator_series.parquet' as earlier"
        " inner join marts.rpt_indicator_series as now using (lens, unit_key, indicator_code, period_code)"
        " where earlier.verdict is distinct from now.verdict and earlier.verdict <> 'no_target'"
    ).fetchall()
    assert differing == [("narrowly_met", "met", True)]
    newly_judged = marts.execute(
        "select distinct now.level, now.is_target_simulated"
        f" from '{upgraded.expected_dir}/rpt_indicator_series.parquet' as earlier"
        " inner join marts.rpt_indicator_series as now using (lens, unit_key, indicator_code, period_code)"
        " where earlier.verdict = 'no_target' and now.verdict <> 'no_target' order by all"
    ).fetchall()
    assert newly_judged in (
        [("country", True), ("province", True)],
        [("country", True)],
        [("province", True)],
    )


def test_the_compared_releases_have_rows_of_every_form(upgraded: Upgraded) -> None:
    """Two empty releases would be equal as well."""
    counts = upgraded.release.tables
    assert (upgraded.release.file_count, counts["fct_submissions"]) == (FILES, SUBMISSIONS)
    published = ("indicator_values", "model_registrations", "model_events", "activities", "documents")
    assert all(counts[f"fct_{name}"] for name in (*published, "commitments", "ratings"))


def test_replies_of_the_earlier_version_are_known_and_a_build_is_asked_for(upgraded: Upgraded) -> None:
    assert (upgraded.replies_made, upgraded.needed_a_build) == (0, True)
    with open_store(upgraded.settings, read_only=True) as connection:
        assert connection.execute("select count(*) from raw.replies").fetchone() == (FILES,)


def test_a_rebuild_from_its_archive_gives_the_same_ids(tmp_path: Path) -> None:
    """The store had numbers; today's code makes texts from file, form, unit and period."""
    settings = unpack(tmp_path)
    ids = "select submission_id, form, unit_key, period_code from raw.submissions order by all"
    with open_store(settings) as connection:
        upgraded_ids = connection.execute(ids).fetchall()
    rebuild_raw(settings)
    with open_store(settings, read_only=True) as connection:
        assert connection.execute(ids).fetchall() == upgraded_ids
    assert len(upgraded_ids) == SUBMISSIONS
    assert all(len(row[0]) == 16 for row in upgraded_ids)
