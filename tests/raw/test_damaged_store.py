"""A raw store that is cut off or changed is named with its way out, and a rebuild does not need it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.damage_kit import cut, spoil
from tests.intake.history.ledger_kit import collect, drop, figures, table_hashes
from warehouse.disk.damage import DamagedFile
from warehouse.intake.arrive.claim import sweep_inbox
from warehouse.intake.record.batch import parse_batch
from warehouse.intake.record.rebuild import rebuild_raw
from warehouse.intake.record.recording import record_staged, staged_batches
from warehouse.raw.store import check_store, count_recorded, open_store
from warehouse.settings import Settings


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Make a data folder whose store holds two reports."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("collected") / "data")
    for month in (1, 2):
        drop(settings, f"{month}.csv", figures(month))
    assert collect(settings).accepted == 2
    return settings


@pytest.fixture
def settings(collected: Settings, tmp_path: Path) -> Settings:
    """Return a copy of the data folder, to be damaged, with enough rows that its tables fill blocks of their own."""
    shutil.copytree(collected.data_dir, tmp_path / "data")
    settings = Settings(data_dir=tmp_path / "data")
    with open_store(settings) as connection:
        connection.execute(
            "insert into raw.kn_rows by name select range as submission_id, cast(hash(range) as varchar) as sheet"
            " from range(400000)"
        )
    check_store(settings)
    return settings


@pytest.mark.parametrize("share", [0.0, 0.001, 0.3, 0.6, 0.99])
def test_a_store_that_is_cut_off_is_named_when_it_is_opened(settings: Settings, share: float) -> None:
    cut(settings.raw_path, share)
    for read_only in (True, False):
        with pytest.raises(DamagedFile, match=r"raw_store\.duckdb cannot be read .*make rebuild"):
            open_store(settings, read_only=read_only)
    with pytest.raises(DamagedFile):
        count_recorded(settings)
    with pytest.raises(DamagedFile):
        sweep_inbox(settings, quiet_seconds=0)


def test_a_store_that_was_changed_inside_is_found_by_reading_it(settings: Settings) -> None:
    spoil(settings.raw_path)
    assert count_recorded(settings) == 2, "the list of files alone is whole"
    with pytest.raises(DamagedFile, match=r"raw_store\.duckdb cannot be read .*make rebuild"):
        check_store(settings)


def test_free_blocks_that_duckdb_cut_off_are_no_damage(settings: Settings) -> None:
    """DuckDB goes on counting them: the file is shorter than all its blocks, and whole."""
    with open_store(settings) as connection:
        connection.execute("delete from raw.kn_rows")
        connection.execute("checkpoint")
    with open_store(settings) as connection:
        connection.execute("create table filler as select hash(range) as x from range(1000000)")
        connection.execute("checkpoint")
        connection.execute("drop table filler")
        connection.execute("checkpoint")
    with duckdb.connect(str(settings.raw_path), read_only=True) as connection:
        row = connection.execute("select block_size * total_blocks from pragma_database_size()").fetchone()
    assert row is not None
    assert settings.raw_path.stat().st_size < row[0], "the case that this test is about"
    check_store(settings)
    assert count_recorded(settings) == 2


def test_a_batch_is_kept_where_the_store_is_damaged(settings: Settings) -> None:
    drop(settings, "3.csv", figures(3))
    parse_batch(sweep_inbox(settings, quiet_seconds=0).pending, settings)
    cut(settings.raw_path)
    with pytest.raises(DamagedFile):
        record_staged(settings)
    assert len(staged_batches(settings.staged_dir)) == 1


@pytest.mark.parametrize(("damage", "is_unreadable"), [(cut, True), (spoil, False)])
def test_a_rebuild_does_not_need_the_old_store(
    collected: Settings, settings: Settings, damage: Callable[[Path], None], is_unreadable: bool
) -> None:
    """A rebuild needs nothing of the old store, and names one that cannot be opened or closed."""
    damage(settings.raw_path)
    wal = settings.raw_path.with_name("raw_store.duckdb.wal")
    wal.write_bytes(b"the log of a process that was killed")
    told: list[str] = []
    assert rebuild_raw(settings, told.append).files == 2
    check_store(settings)
    assert not wal.exists()
    assert table_hashes(settings) == table_hashes(collected)
    assert ["raw_store.duckdb is damaged" in line for line in told] == ([True] if is_unreadable else [])


def test_a_rebuild_of_a_whole_store_has_nothing_to_tell(settings: Settings) -> None:
    told: list[str] = []
    rebuild_raw(settings, told.append)
    assert told == []
