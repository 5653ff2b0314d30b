"""Make the raw store anew from the archive."""

from __future__ import annotations

import secrets
import shutil

import duckdb

from warehouse.disk.durable import working_dir
from warehouse.disk.syncing import sync_dir, sync_file
from warehouse.intake.arrive.archive import archived_hashes
from warehouse.intake.record.batch import parse_into, plan_batches
from warehouse.intake.record.recording import RecordSummary, record_batch
from warehouse.intake.reply.returned import complete_returned
from warehouse.raw.store import create_store, open_store
from warehouse.raw.tables import RAW_SCHEMA, RELEASES_TABLE
from warehouse.settings import Settings

_OLD_STORE = "old_store"


def rebuild_raw(settings: Settings) -> RecordSummary:
    """Parse every archived file anew into a fresh raw store, and put it in the place of the old one by
    rename.

    The old store is held open meanwhile, so that no process records into a file that is about to be replaced; what is
    claimed meanwhile is simply pending afterwards. The history of releases is carried over, since the archive
    does not hold it. Killed at any instant, the old store is there as it was. Raises StoreBusyError, and
    ValueError where the metadata of an archived file is damaged: without it the figures would not be the
    same.
    """
    summary = RecordSummary()
    with open_store(settings) as old, working_dir(settings.warehouse_dir, "rebuild") as folder:
        fresh_path = folder / f"{secrets.token_hex(4)}.duckdb"
        create_store(fresh_path)
        with duckdb.connect(str(fresh_path)) as fresh:
            for batch in plan_batches(list(archived_hashes(settings)), settings):
                staged = folder / parse_into(folder, batch, settings)
                summary += record_batch(fresh, staged, settings.seeds_dir)
                shutil.rmtree(staged)
            releases = old.execute(f"from {RAW_SCHEMA}.{RELEASES_TABLE}").to_arrow_table()
            fresh.register("releases_so_far", releases)
            fresh.execute(f"insert into {RAW_SCHEMA}.{RELEASES_TABLE} by name from releases_so_far")
        # Without a checkpoint the old store's log would lie beside the new file and be replayed into it.
        old.execute("checkpoint")
        sync_file(fresh_path)
        fresh_path.rename(settings.raw_path)
        sync_dir(settings.warehouse_dir)
    complete_returned(settings)
    return summary
