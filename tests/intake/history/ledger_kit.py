"""Helpers for tests of the ledger: files to send, one pass through the intake, and a look into
the store.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from warehouse.intake.arrive import inbox
from warehouse.intake.arrive.claim import sweep_inbox
from warehouse.intake.record.batch import parse_batch, plan_batches, write_staged
from warehouse.intake.record.parse_chunk import FileToParse, parse_chunk
from warehouse.intake.record.recording import RecordSummary, record_batch, record_staged
from warehouse.intake.workers import pool
from warehouse.intake.workers.work import ArchivedWork, Work
from warehouse.raw.store import open_store
from warehouse.raw.tables import RAW_SCHEMA, RELEASES_TABLE, raw_tables
from warehouse.reference.context import Context, load_reference
from warehouse.settings import Settings

RECEIVED_AT = "2026-11-05T02:00:00+00:00"


def drop(settings: Settings, name: str, content: bytes, sidecar: object = None) -> str:
    """Put a file into the inbox as a careful sender does, finished and by rename; returns its hash."""
    settings.inbox_dir.mkdir(parents=True, exist_ok=True)
    path = settings.inbox_dir / name
    if sidecar is not None:
        text = sidecar if isinstance(sidecar, str) else json.dumps(sidecar)
        inbox.sidecar_path(path).write_text(text, encoding="utf-8")
    draft = settings.inbox_dir / ".draft"
    draft.write_bytes(content)
    # A rename in the same tick of the kernel's clock as the write would look like the write.
    finished_at = time.time() - 1
    os.utime(draft, (finished_at, finished_at))
    draft.rename(path)
    return hashlib.sha256(content).hexdigest()


def figures(month: int, numerator: int = 49, indicators: int = 1) -> bytes:
    """Return a clean BC file of Lạng Sơn for a month of 2026; each numerator makes another file."""
    lines = ["unit_code,period,indicator_code,numerator,denominator,value,note"]
    lines += [f"20,2026-{month:02d},TTHC_DUNGHAN,{numerator},50,,"] * indicators
    return ("\n".join(lines) + "\n").encode()


def collect(settings: Settings, quiet_seconds: float = 0.0) -> RecordSummary:
    """Run one pass of the collection in this process; a child process for each pass would take three times as long."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pool, "run", _work_here)
        return collect_in_children(settings, quiet_seconds)


def collect_in_children(settings: Settings, quiet_seconds: float = 0.0) -> RecordSummary:
    """Run one pass of the collection as the DAG does."""
    pending = sweep_inbox(settings, quiet_seconds=quiet_seconds).pending
    for batch in plan_batches(pending, settings):
        parse_batch(batch, settings)
    return record_staged(settings)


def _work_here(
    work: Work, items: Iterable[ArchivedWork], _count: int, settings: Settings
) -> Iterator[tuple[str, Any]]:
    """Do the work of the child processes as `pool.run` has it done, one file a chunk."""
    context = Context(load_reference(settings.seeds_dir), settings.as_of_date())
    for item in items:
        yield item.file_sha256, work.do([item], context, lambda _: None)


def record_here(
    settings: Settings, name: str, content: bytes, received_at: datetime, context: Context
) -> str:
    """Parse and record one file in this process, past inbox and archive: half a second sooner. Returns its hash."""
    sha = hashlib.sha256(content).hexdigest()
    folder = settings.warehouse_dir / "here" / sha
    folder.mkdir(parents=True)
    path = folder / f"content{Path(name).suffix}"
    path.write_bytes(content)
    ledger_row = {
        "file_sha256": sha,
        "file_name": name,
        "received_at": received_at,
        "size_bytes": len(content),
        "source_kind": "inbox",
        "is_simulated": False,
    }
    write_staged(folder, [parse_chunk([FileToParse(path, ledger_row, folder)], context, lambda _: None)])
    with open_store(settings) as connection:
        record_batch(connection, folder, settings.seeds_dir)
    return sha


def table_hashes(settings: Settings) -> dict[str, str]:
    """Return a hash over all rows of each raw table except `releases`, whatever the order of the rows."""
    hashes = {}
    with open_store(settings, read_only=True) as connection:
        for table in raw_tables():
            if table != RELEASES_TABLE:
                rows = connection.execute(f"from {RAW_SCHEMA}.{table}").fetchall()
                hashes[table] = hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()
    return hashes


def count(settings: Settings, table: str) -> int:
    """Return the number of rows of a raw table."""
    with open_store(settings, read_only=True) as connection:
        row = connection.execute(f"select count(*) from {RAW_SCHEMA}.{table}").fetchone()
    assert row is not None
    return int(row[0])


def files_below(folder: Path) -> list[str]:
    """Return the relative names of all files below a folder."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if not path.is_dir())
