"""A rebuild makes the raw store from the archive alone: equal tables, and never half a store."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.intake.history.ledger_kit import (
    RECEIVED_AT,
    collect,
    count,
    drop,
    figures,
    files_below,
    table_hashes,
)
from warehouse.intake.record.rebuild import rebuild_raw
from warehouse.intake.reply.returned import complete_returned
from warehouse.raw.store import StoreBusyError, open_store
from warehouse.settings import PROJECT_DIR, Settings

PAPI = PROJECT_DIR.parent / "shared" / "real" / "papi" / "PAPI_2011-2016.xlsx"
REBUILD = (
    "import sys; from pathlib import Path; from warehouse.settings import Settings;"
    "from warehouse.intake.record.rebuild import rebuild_raw;"
    "print('ready', flush=True); rebuild_raw(Settings(data_dir=Path(sys.argv[1])))"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder in which several files were collected, in two passes."""
    settings = Settings(data_dir=tmp_path / "data")
    for month in (1, 2, 3):
        drop(
            settings, f"{month}.csv", figures(month), {"received_at": RECEIVED_AT, "is_simulated": month == 1}
        )
    drop(settings, "nonsense.xlsx", b"\x00 nonsense")
    collect(settings)
    drop(settings, "3 revised.csv", figures(3, 48), {"received_at": "2026-11-09T00:00:00Z"})
    drop(settings, "1 again.csv", figures(1))
    correction = {"received_at": "2026-11-10T00:00:00Z", "how_sent": "part"}
    drop(settings, "2 corrected.csv", figures(2, 47), correction)
    collect(settings)
    return settings


def test_a_rebuild_gives_the_same_tables(settings: Settings) -> None:
    before = table_hashes(settings)
    returned = files_below(settings.returned_dir)
    summary = rebuild_raw(settings)
    assert (summary.files, summary.accepted, summary.unreadable, summary.rows) == (6, 5, 1, 5)
    assert table_hashes(settings) == before
    assert files_below(settings.returned_dir) == returned
    assert sorted(path.name for path in settings.warehouse_dir.iterdir()) == sorted(
        ["claim.lock", settings.raw_path.name, settings.staged_dir.name]
    )


def test_the_archive_alone_is_enough(settings: Settings) -> None:
    before = table_hashes(settings)
    shutil.rmtree(settings.warehouse_dir)
    shutil.rmtree(settings.returned_dir)
    shutil.rmtree(settings.inbox_dir)
    rebuild_raw(settings)
    assert table_hashes(settings) == before
    assert len(list(settings.returned_dir.iterdir())) == 6


def test_the_archive_keeps_the_choice_that_was_made_on_the_page(settings: Settings) -> None:
    """A file whose content was sent before changes nothing, whatever choice comes with it: the first arrival counts."""
    drop(settings, "2 again.csv", figures(2, 47), {"how_sent": "whole"})
    collect(settings)
    shutil.rmtree(settings.warehouse_dir)
    rebuild_raw(settings)
    with open_store(settings, read_only=True) as connection:
        marked = connection.execute(
            "select file_name from raw.submissions inner join raw.files using (file_sha256) where is_part_correction"
        ).fetchall()
    assert marked == [("2 corrected.csv",)]


def test_a_wrong_row_in_the_store_is_gone_after_a_rebuild(settings: Settings) -> None:
    before = table_hashes(settings)
    with open_store(settings) as connection:
        connection.execute("update raw.bc_rows set numerator = 0")
        connection.execute("delete from raw.files where outcome = 'unreadable'")
    rebuild_raw(settings)
    assert table_hashes(settings) == before


def test_nobody_records_while_it_runs_and_it_waits_for_those_who_do(settings: Settings) -> None:
    hold = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"
    before = table_hashes(settings)
    with subprocess.Popen(
        [sys.executable, "-c", hold, str(settings.raw_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.MonkeyPatch.context() as patch, pytest.raises(StoreBusyError):
            patch.setattr("warehouse.raw.store.LOCK_PATIENCE_SECONDS", 0.2)
            rebuild_raw(settings)
        holder.communicate()
    assert table_hashes(settings) == before


@pytest.mark.parametrize("kills", [2, pytest.param(20, marks=pytest.mark.long)])
def test_a_killed_rebuild_leaves_the_store_whole(settings: Settings, kills: int) -> None:
    before = table_hashes(settings)
    for _ in range(kills):
        with subprocess.Popen(
            [sys.executable, "-c", REBUILD, str(settings.data_dir)],
            cwd=PROJECT_DIR,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(random.uniform(0.0, 2.0))
            process.kill()
            assert process.wait() in (0, -signal.SIGKILL)
        # Killed between the rename and the notes of the replies, the new store waits for the next pass to note them.
        complete_returned(settings)
        assert table_hashes(settings) == before
        drop(settings, "later.csv", figures(5))
    assert collect(settings).files == 1
    rebuild_raw(settings)
    assert count(settings, "files") == 7


@pytest.mark.shared
@pytest.mark.skipif(not PAPI.exists(), reason="needs the real PAPI workbook in ../shared/real/papi")
def test_a_panel_is_collected_and_survives_a_rebuild(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    drop(settings, "bộ số liệu.xlsx", PAPI.read_bytes())
    summary = collect(settings)
    assert (summary.files, summary.submissions, summary.warnings, summary.rows) == (1, 63 * 6, 1, 10_904)
    before = table_hashes(settings)
    rebuild_raw(settings)
    assert table_hashes(settings) == before
    with open_store(settings, read_only=True) as connection:
        value = connection.execute(
            "select value, sheet, cell from raw.panel_rows where unit_key = '20@0' and period_code = '2011'"
            " and indicator_code = 'PAPI_OVERALL'"
        ).fetchone()
    assert value == (pytest.approx(38.383683), "2011_PAPI", "AF15")
