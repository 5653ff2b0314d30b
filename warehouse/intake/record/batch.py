"""From the archive to staged Parquet: which files go together, and parsing them in child processes."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from datetime import UTC
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.disk.durable import publish_dir, remove_abandoned, working_dir
from warehouse.intake.arrive.archive import ArchivedFile, content_path, read_archived
from warehouse.intake.record.parse_chunk import PARSE, FileToParse
from warehouse.intake.record.staging import GROUP_ROWS, STAGED_ONCE, SentTables
from warehouse.intake.reports.parsed import PARSER_VERSION
from warehouse.intake.workers import pool
from warehouse.settings import Settings
from warehouse.text.citizen_numbers import hide_citizen_numbers

# The rows of one batch are in memory at once, so files and bytes are limited.
BATCH_FILES = 2000
BATCH_BYTES = 64 << 20
BATCH_ID_LENGTH = 16

_log = logging.getLogger(__name__)


def plan_batches(pending: Sequence[str], settings: Settings) -> list[list[str]]:
    """Share pending hashes out into batches of bounded number and size, each in order of hash, the oldest
    first.

    Files keep their order of arrival across batches, and batches are of like size: a last one of three files
    would leave all but one process idle. A file that is larger than a batch may be makes one by itself.
    """
    sizes = {sha: archived.size_bytes for sha in pending if (archived := read_archived(settings, sha))}
    if not sizes:
        return []
    count = max(-(-len(sizes) // BATCH_FILES), -(-sum(sizes.values()) // BATCH_BYTES))
    fair_files = -(-len(sizes) // count)
    batches: list[list[str]] = [[]]
    filled = 0
    for sha, size in sizes.items():
        if batches[-1] and (len(batches[-1]) >= fair_files or filled + size > BATCH_BYTES):
            batches.append([])
            filled = 0
        batches[-1].append(sha)
        filled += size
    return [sorted(batch) for batch in batches]


def parse_batch(shas: Sequence[str], settings: Settings) -> str:
    """Parse archived files in `settings.parse_processes` child processes; return the id of the staged batch.

    The id follows from the files and the parser's version. `staged/<id>/` has one Parquet file for each raw
    table that has rows, and appears whole; where it is there already nothing is done. Hashes that the archive
    does not hold raise KeyError: `claim_inbox` returns no such hash.
    """
    return parse_into(settings.staged_dir, shas, settings)


def parse_into(staged_dir: Path, shas: Sequence[str], settings: Settings) -> str:
    """Like `parse_batch`, but into a folder of the caller's."""
    ordered = sorted(set(shas))
    batch_id = _batch_id(ordered)
    target = staged_dir / batch_id
    staged_dir.mkdir(parents=True, exist_ok=True)
    remove_abandoned(staged_dir)
    if target.is_dir():
        return batch_id
    with working_dir(staged_dir, batch_id) as folder:
        files = (_to_parse(sha, settings, folder) for sha in ordered)
        results = dict(pool.run(PARSE, files, len(ordered), settings))
        write_staged(folder, [results[sha] for sha in sorted(results)])
        if not publish_dir(folder, target):
            _log.info("batch %s was staged by another process meanwhile", batch_id)
    return batch_id


def write_staged(folder: Path, results: Sequence[SentTables]) -> None:
    """Write one Parquet file for each raw table that has rows, beside the parts that are there already."""
    sent: dict[str, list[pa.Table]] = {}
    parts: set[str] = set()
    for result in results:
        for name, rows in result.items():
            if isinstance(rows, list):
                parts.update(rows)
            else:
                sent.setdefault(name, []).append(rows)
    # A child that died may have left files that it did not report.
    for path in folder.glob("*.parquet"):
        if path.name not in parts:
            path.unlink()
    for name, tables in sent.items():
        path = folder / f"{name}.parquet"
        pq.write_table(pa.concat_tables(tables), path, row_group_size=GROUP_ROWS, **STAGED_ONCE)


def _batch_id(ordered: Iterable[str]) -> str:
    text = "\n".join([PARSER_VERSION, *ordered])
    return hashlib.sha256(text.encode()).hexdigest()[:BATCH_ID_LENGTH]


def _to_parse(sha: str, settings: Settings, folder: Path) -> FileToParse:
    archived = read_archived(settings, sha)
    if archived is None:
        raise KeyError(f"{sha} is not in the archive {settings.archive_dir}")
    return FileToParse(content_path(settings, archived), ledger_row(archived), folder, archived.how_sent)


def ledger_row(archived: ArchivedFile) -> dict[str, object]:
    """Return the file's row of `raw.files` as far as it is known before parsing."""
    return {
        "file_sha256": archived.file_sha256,
        "file_name": hide_citizen_numbers(archived.file_name),
        "received_at": archived.received_at.astimezone(UTC).replace(tzinfo=None),
        "size_bytes": archived.size_bytes,
        "source_kind": archived.source_kind,
        "is_simulated": archived.is_simulated,
    }
