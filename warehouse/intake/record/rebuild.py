"""Make the raw store anew from the archive."""

from __future__ import annotations

import logging
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from warehouse.disk.damage import DamagedFile
from warehouse.disk.durable import working_dir
from warehouse.disk.syncing import sync_dir, sync_file
from warehouse.intake.arrive.archive import archived_hashes
from warehouse.intake.record.batch import parse_into, plan_batches
from warehouse.intake.record.recording import RecordSummary, record_batch
from warehouse.intake.reply.returned import complete_returned
from warehouse.raw.store import create_store, damage_in_store_named, open_store
from warehouse.settings import Settings

_log = logging.getLogger(__name__)


def rebuild_raw(settings: Settings, tell: Callable[[str], None] = _log.warning) -> RecordSummary:
    """Parse every archived file anew into a fresh raw store, and put it in the place of the old one by
    rename.

    The old store is held open meanwhile, so that no process records into a file that is about to be replaced; what is
    claimed meanwhile is simply pending afterwards. A run killed before the rename leaves the old store as it was; a run
    killed after it leaves the new store, and the next pass notes its replies. A damaged old store is not needed: `tell`
    gets a line that names it. Each build lists the releases from their manifests, so the raw store need not keep them.
    Raises StoreBusyError, and ValueError where the metadata of an archived file is damaged: without it the figures would
    not be the same.
    """
    with _open_old(settings) as old, working_dir(settings.warehouse_dir, "rebuild") as folder:
        fresh_path = folder / f"{secrets.token_hex(4)}.duckdb"
        create_store(fresh_path)
        with duckdb.connect(str(fresh_path)) as fresh:
            summary = _parse_archive(settings, fresh, folder)
            is_whole = old is not None and _end_log(settings, old)
        if not is_whole:
            tell(f"{settings.raw_path} is damaged and is made anew from the archive alone")
        # A log of the old store would lie beside the new file and be replayed into it. A checkpoint ended that of a store
        # that is whole.
        settings.raw_path.with_name(f"{settings.raw_path.name}.wal").unlink(missing_ok=True)
        sync_file(fresh_path)
        fresh_path.rename(settings.raw_path)
        sync_dir(settings.warehouse_dir)
    complete_returned(settings)
    return summary


@contextmanager
def _open_old(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """Yield the old store, open for writing until the block ends; None where it is cut off, so that no process can open it."""
    try:
        old = open_store(settings)
    except DamagedFile:
        yield None
    else:
        with old:
            yield old


def _parse_archive(settings: Settings, fresh: duckdb.DuckDBPyConnection, folder: Path) -> RecordSummary:
    summary = RecordSummary()
    for batch in plan_batches(list(archived_hashes(settings)), settings):
        staged = folder / parse_into(folder, batch, settings)
        summary += record_batch(fresh, staged, settings.seeds_dir)
        shutil.rmtree(staged)
    return summary


def _end_log(settings: Settings, old: duckdb.DuckDBPyConnection) -> bool:
    """End the log of the old store, so that its file is whole without it; return False where the store is damaged.

    A damaged store is then closed: files that another process records into it meanwhile are lost there, and pending again.
    """
    try:
        with damage_in_store_named(settings):
            old.execute("checkpoint")
    except DamagedFile:
        old.close()
        return False
    return True
