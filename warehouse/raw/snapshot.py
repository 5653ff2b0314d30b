"""The snapshot: the raw store as one build sees it, so that the intake can go on meanwhile.

It is assembled under a working name, renamed when it is complete, and from then on only read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.raw.sql import copy_database
from warehouse.raw.store import open_store
from warehouse.settings import Settings


@contextmanager
def new_snapshot(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Copy the raw store; the block adds what else the build reads, and then the copy becomes the snapshot."""
    settings.warehouse_dir.mkdir(parents=True, exist_ok=True)
    with open_store(settings) as connection:
        # After a checkpoint the file is complete without its log, and the open connection keeps other writers out.
        connection.execute("checkpoint")
        working = _copy(settings.raw_path, settings.snapshot_path)
    with _completed(working, settings.snapshot_path) as snapshot:
        yield snapshot


@contextmanager
def working_copy(source: Path, target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Copy a DuckDB file that nobody writes; the block changes the copy, which then takes the name `target`."""
    with _completed(_copy(source, target), target) as copy:
        yield copy


def _copy(source: Path, target: Path) -> Path:
    working = target.with_name(f".{target.name}.working")
    # A build that was killed may have left one, with its log.
    for leftover in (working, working.with_name(f"{working.name}.wal")):
        leftover.unlink(missing_ok=True)
    copy_database(source, working)
    return working


@contextmanager
def _completed(working: Path, target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(working)) as connection:
        yield connection
        connection.execute("checkpoint")
    working.rename(target)
