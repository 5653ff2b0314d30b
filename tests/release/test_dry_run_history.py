"""A dry run while a writer holds the raw store asks the snapshot, says the same, and never stands in a build's way."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest

from tests.release.conftest import models_alone, send
from warehouse.intake.upload.dry_run import DryRun, dry_run, receive
from warehouse.raw.store import open_store
from warehouse.release import audit, build, publish
from warehouse.settings import PROJECT_DIR, Settings

# The year 2023 was reported with 379 of 481: nine months cannot have had more.
CONTENT = b"unit_code,period,indicator_code,numerator,denominator\n68,2023-9M,KNTC_GQ,400,450\n"
# Another process, since DuckDB shares a file that is open twice in one.
READER = """
import duckdb, sys
with duckdb.connect() as connection:
    connection.execute(f"attach '{sys.argv[1]}' as snapshot (read_only)")
    count = "select count(*) from snapshot.raw.bc_rows"
    print(connection.execute(count).fetchone()[0], flush=True)
    sys.stdin.readline()
    print(connection.execute(count).fetchone()[0], flush=True)
"""


def tried(settings: Settings) -> DryRun:
    """Return the findings of the upload page's dry run."""
    (check,) = dry_run([receive("bc.csv", CONTENT)], settings)
    return check


def rules(check: DryRun) -> list[str]:
    return [finding["rule_code"] for finding in check.parsed.findings]


@contextmanager
def held_snapshot(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    """Run a reader that has the snapshot open, and prints how many figures it reads now and after a line is sent."""
    command = [sys.executable, "-c", READER, str(settings.snapshot_path)]
    with subprocess.Popen(
        command, cwd=PROJECT_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        yield reader


def figures_in(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as connection:
        row = connection.execute("select count(*) from raw.bc_rows").fetchone()
    assert row is not None
    return int(row[0])


def test_without_a_release_the_snapshot_gives_the_findings_of_the_store(settings: Settings) -> None:
    shutil.rmtree(settings.published_dir)
    from_store = tried(settings)
    with open_store(settings):
        from_snapshot = tried(settings)
    assert rules(from_store).count("cumulative_above_later") == 1
    assert from_snapshot.parsed == from_store.parsed


def test_the_snapshot_has_the_reports_of_the_last_build_and_nothing_later(settings: Settings) -> None:
    send(settings, 3, "68@0", "2023", numerator=405, denominator=481)
    assert "cumulative_above_later" not in rules(tried(settings)), "the corrected year had more"
    with open_store(settings):
        assert "cumulative_above_later" in rules(tried(settings))
    build.begin(settings)
    with open_store(settings):
        assert "cumulative_above_later" not in rules(tried(settings))


@pytest.mark.parametrize("damaged", [None, b"", b"no DuckDB file"])
def test_a_file_is_checked_alone_where_there_is_no_past_to_ask(
    settings: Settings, damaged: bytes | None
) -> None:
    settings.snapshot_path.unlink()
    if damaged is not None:
        settings.snapshot_path.write_bytes(damaged)
    with open_store(settings):
        check = tried(settings)
    assert (check.parsed.outcome, rules(check)) == ("accepted", [])


@pytest.mark.long
def test_a_reader_and_a_build_do_not_disturb_each_other_and_the_snapshot_stays(settings: Settings) -> None:
    with held_snapshot(settings) as reader:
        assert reader.stdout is not None and reader.stdin is not None
        assert reader.stdout.readline() == "2\n"
        send(settings, 3, "68@0", "2022", numerator=300, denominator=481)
        build.begin(settings)
        taken = settings.snapshot_path.stat().st_ino, settings.snapshot_path.read_bytes()
        with models_alone():
            build.build_snapshot(settings)
            audit.audit(settings)
            publish.publish(settings)
        assert (settings.snapshot_path.stat().st_ino, settings.snapshot_path.read_bytes()) == taken
        assert figures_in(settings.snapshot_path) == 3
        reader.stdin.write("\n")
        reader.stdin.flush()
        assert reader.stdout.readline() == "2\n", "it still has the file that it opened"
        assert reader.wait(30) == 0
