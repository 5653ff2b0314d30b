"""From the archive to staged Parquet: which files go together, and that a hostile file harms no other file."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.intake.history.ledger_kit import collect, drop, figures, files_below
from warehouse.disk import durable
from warehouse.intake.arrive import archive
from warehouse.intake.arrive.archive import ArchivedFile
from warehouse.intake.arrive.claim import sweep_inbox
from warehouse.intake.record import batch
from warehouse.intake.record.batch import parse_batch, plan_batches
from warehouse.intake.record.parse_chunk import FileToParse
from warehouse.intake.workers import pool
from warehouse.intake.workers.pool import WorkerDidNotStartError
from warehouse.raw.arrow import arrow_schema
from warehouse.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def claimed(settings: Settings) -> list[str]:
    return sweep_inbox(settings, quiet_seconds=0).pending


@hypothesis_settings(deadline=None)
@given(sizes=st.lists(st.integers(0, 40 << 20), max_size=60), files=st.integers(1, 20))
def test_every_pending_file_is_in_one_batch_of_bounded_size(sizes: list[int], files: int) -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    pending = {
        f"{number:064x}": ArchivedFile(f"{number:064x}", "a.csv", moment, size, "inbox", False, "a.csv")
        for number, size in enumerate(sizes)
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "read_archived", lambda _, sha: pending.get(sha))
        patch.setattr(batch, "BATCH_FILES", files)
        batches = plan_batches([*pending, "f" * 64], Settings(data_dir=Path("unused")))
    assert sorted(sha for shas in batches for sha in shas) == list(pending)
    for shas in batches:
        assert 0 < len(shas) <= files
        assert len(shas) == 1 or sum(pending[sha].size_bytes for sha in shas) <= batch.BATCH_BYTES


def test_batches_are_of_like_size_and_the_oldest_come_first(settings: Settings) -> None:
    shas = []
    for number in range(10):
        shas.append(
            drop(settings, f"{number}.csv", b"%d" % number, {"received_at": f"2026-01-{number + 1:02d}"})
        )
    pending = claimed(settings)
    assert pending == shas
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "BATCH_FILES", 4)
        batches = plan_batches(pending, settings)
    assert [len(one) for one in batches] == [4, 4, 2]
    assert sorted(batches[0]) == sorted(shas[:4])


def test_nothing_pending_is_no_batch(settings: Settings) -> None:
    assert plan_batches([], settings) == []


def test_a_staged_batch_has_the_columns_of_the_raw_tables(settings: Settings) -> None:
    for month in (1, 2, 3):
        drop(settings, f"{month}.csv", figures(month))
    pending = claimed(settings)
    batch_id = parse_batch(pending, settings)
    folder = settings.staged_dir / batch_id
    assert [path.name for path in settings.staged_dir.iterdir()] == [batch_id]
    assert {path.stem for path in folder.iterdir()} == {"files", "submissions", "bc_rows", "sheet_columns"}
    for path in folder.iterdir():
        assert pq.read_schema(path).equals(arrow_schema(path.stem))
    files = pq.read_table(folder / "files.parquet").to_pylist()
    assert [row["file_sha256"] for row in files] == sorted(pending)


def test_the_same_files_give_the_same_batch_again(settings: Settings) -> None:
    for month in range(1, 8):
        drop(settings, f"{month}.csv", figures(month))
    pending = claimed(settings)
    batch_id = parse_batch(pending, settings)
    folder = settings.staged_dir / batch_id
    first = {path.name: pq.read_table(path) for path in folder.iterdir()}
    stamp = folder.stat().st_mtime_ns
    assert parse_batch(list(reversed(pending)), settings) == batch_id
    assert folder.stat().st_mtime_ns == stamp
    durable.remove_dir(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "CHUNK_FILES", 1)
        assert parse_batch(pending, settings) == batch_id
    assert {path.name: pq.read_table(path) for path in folder.iterdir()} == first


@pytest.mark.parametrize(
    ("files", "size_bytes", "chunks"),
    [
        # One process does this work before another has started.
        (3, 8_000, [3]),
        (60, 8_000, [25, 25, 10]),
        # Both processes end at about the same time.
        (20, 290_000, [2] * 10),
        (9, 3 << 20, [1] * 9),
        (1, 60 << 20, [1]),
    ],
)
def test_files_are_shared_out_evenly(files: int, size_bytes: int, chunks: list[int]) -> None:
    sent = [FileToParse(Path(), {"size_bytes": size_bytes}, Path()) for _ in range(files)]
    assert [len(chunk) for chunk in pool._chunks(sent, processes=2)] == chunks


def test_a_file_that_is_not_in_the_archive_is_an_error(settings: Settings) -> None:
    with pytest.raises(KeyError, match="not in the archive"):
        parse_batch(["0" * 64], settings)


def test_a_killed_parse_leaves_no_half_batch(settings: Settings) -> None:
    drop(settings, "a.csv", figures(1))
    (sha,) = claimed(settings)
    program = (
        "import os, signal, sys; from pathlib import Path; from warehouse.settings import Settings;"
        "from warehouse.intake.record import batch;"
        "batch.publish_dir = lambda *_: os.kill(os.getpid(), signal.SIGKILL);"
        "batch.parse_batch([sys.argv[2]], Settings(data_dir=Path(sys.argv[1])))"
    )
    subprocess.run([sys.executable, "-c", program, str(settings.data_dir), sha], check=False)
    (left,) = settings.staged_dir.iterdir()
    assert left.name.startswith(durable.WORKING_PREFIX)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(durable, "ABANDONED_AFTER_SECONDS", 0.0)
        batch_id = parse_batch([sha], settings)
    assert [path.name for path in settings.staged_dir.iterdir()] == [batch_id]


def test_a_working_folder_whose_maker_lives_is_not_removed(tmp_path: Path) -> None:
    with (
        pytest.MonkeyPatch.context() as patch,
        durable.working_dir(tmp_path, "mine") as mine,
    ):
        patch.setattr(durable, "ABANDONED_AFTER_SECONDS", 0.0)
        durable.remove_abandoned(tmp_path)
        assert mine.is_dir()
    assert files_below(tmp_path) == []


HOSTILE = {
    "spin.csv": "file_takes_too_long",
    "sleep.csv": "file_takes_too_long",
    "crash.csv": "file_broke_the_reader",
    "memory.csv": "file_needs_too_much_memory",
    "fault.csv": "file_broke_the_reader",
}


def test_hostile_files_harm_no_one_else(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Each hostile file ends as `unreadable` with the reason; good files before, between and after are all read."""
    monkeypatch.setattr(pool, "WORKER_MODULE", "tests.intake.workers.hostile_worker")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    expected = {drop(settings, name, name.encode()): rule for name, rule in HOSTILE.items()}
    good = {drop(settings, f"good{number}.csv", figures(number % 9 + 1, number)) for number in range(30)}
    good.add(drop(settings, "unlucky.csv", figures(10)))
    folder = settings.staged_dir / parse_batch(claimed(settings), settings)
    outcomes = {
        row["file_sha256"]: row["outcome"] for row in pq.read_table(folder / "files.parquet").to_pylist()
    }
    assert outcomes == dict.fromkeys(good, "accepted") | dict.fromkeys(expected, "unreadable")
    findings = pq.read_table(folder / "findings.parquet").to_pylist()
    assert {row["file_sha256"]: row["rule_code"] for row in findings} == expected
    assert all(row["message_vi"] and row["message_en"] for row in findings)
    submissions = pq.read_table(folder / "submissions.parquet").to_pylist()
    assert len(submissions) == len(outcomes)
    assert {row["status"] for row in submissions if row["file_sha256"] in expected} == {"returned"}


def test_a_child_that_opens_files_of_strangers_is_told_no_secrets(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pool, "WORKER_MODULE", "tests.intake.workers.hostile_worker")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "postgresql://airflow:secret@database/airflow")
    drop(settings, "nosy.csv", figures(1))
    parse_batch(claimed(settings), settings)
    seen = (tmp_path / "nosy.csv").read_text().split()
    assert "PATH" in seen
    assert not [name for name in seen if name.startswith("AIRFLOW")]


def test_an_installation_that_cannot_start_a_worker_refuses_no_file(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "WORKER_MODULE", "warehouse.intake.no_such_worker")
    drop(settings, "a.csv", figures(1))
    pending = claimed(settings)
    with pytest.raises(WorkerDidNotStartError):
        parse_batch(pending, settings)
    assert list(settings.staged_dir.iterdir()) == []
    monkeypatch.undo()
    assert collect(settings).accepted == 1


def test_no_worker_outlives_its_batch(settings: Settings) -> None:
    drop(settings, "a.csv", figures(1))
    pending = claimed(settings)
    parse_batch(pending, settings)
    for status in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = status.read_bytes()
            parent = (status.parent / "stat").read_text().rsplit(")", 1)[1].split()[1]
        except OSError:
            continue
        if pool.WORKER_MODULE.encode() in command:
            assert parent != str(os.getpid())


def test_the_archive_name_is_what_is_parsed(settings: Settings) -> None:
    """A file that calls itself .json is kept as .bin, and its sender's name is what the ledger shows."""
    sha = drop(settings, "figures.json", figures(1))
    folder = settings.staged_dir / parse_batch(claimed(settings), settings)
    (row,) = pq.read_table(folder / "files.parquet").to_pylist()
    assert (row["file_sha256"], row["file_name"]) == (sha, "figures.json")
    archived = archive.read_archived(settings, sha)
    assert archived is not None
    assert archived.archive_name == f"{sha}.bin"
