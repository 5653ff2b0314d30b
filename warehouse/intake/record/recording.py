"""Record staged Parquet in the raw store: one transaction a batch, each file once, also when it is killed at any moment."""

from __future__ import annotations

import logging
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path

import duckdb

from warehouse.disk.durable import WORKING_PREFIX, remove_abandoned, remove_dir
from warehouse.intake.history.ledger import StagedBatch
from warehouse.intake.history.recorded import add_history_findings, ask_about_new
from warehouse.intake.messages.findings import Finding
from warehouse.intake.record.staging import staged_files
from warehouse.intake.reply.returned import complete_returned
from warehouse.raw.store import damage_in_store_named, open_store
from warehouse.raw.tables import LEDGER_TABLE, RAW_SCHEMA, parsed_tables, record_tables
from warehouse.settings import Settings

BROKEN_PREFIX = ".broken-"

_log = logging.getLogger(__name__)


class BrokenBatchError(RuntimeError):
    """A staged batch could not be read. Nothing is lost: its files are still pending and will be parsed
    again.
    """


@dataclass(frozen=True)
class RecordSummary:
    """The numbers of files recorded, in all and by outcome, of submissions, and of rows kept."""

    files: int = 0
    submissions: int = 0
    accepted: int = 0
    warnings: int = 0
    returned: int = 0
    unreadable: int = 0
    rows: int = 0

    def __add__(self, other: RecordSummary) -> RecordSummary:
        return RecordSummary(
            **{item.name: getattr(self, item.name) + getattr(other, item.name) for item in fields(self)}
        )


def record_staged(settings: Settings) -> RecordSummary:
    """Record every staged batch, then make the replies to the senders; return the counts of new rows.

    A file that the ledger has already is passed over, so a batch that was recorded and not yet removed when
    the process was killed changes nothing. Raises StoreBusyError, DamagedFile where the store is damaged, and
    BrokenBatchError after all other batches are in.
    """
    summary = RecordSummary()
    broken = []
    settings.staged_dir.mkdir(parents=True, exist_ok=True)
    remove_abandoned(settings.staged_dir)
    for folder in staged_batches(settings.staged_dir):
        # Opened anew for each batch: DuckDB frees its memory when it closes.
        with open_store(settings) as connection:
            try:
                with damage_in_store_named(settings):
                    summary += record_batch(connection, folder, settings.seeds_dir)
            except duckdb.Error:
                _log.exception("could not record %s", folder)
                broken.append(_set_aside(folder).name)
            else:
                remove_dir(folder)
    complete_returned(settings)
    if broken:
        raise BrokenBatchError(
            f"could not record {', '.join(broken)} in {settings.staged_dir}: the log says why. The files are"
            " still in the archive and will be parsed again by the next sweep."
        )
    return summary


def staged_batches(staged_dir: Path) -> list[Path]:
    """Return the folders of parsed batches that wait to be recorded, in order of their id."""
    hidden = (WORKING_PREFIX, BROKEN_PREFIX)
    return sorted(path for path in staged_dir.iterdir() if path.is_dir() and not path.name.startswith(hidden))


def record_batch(connection: duckdb.DuckDBPyConnection, folder: Path, seeds_dir: Path) -> RecordSummary:
    """Record the files of one batch that the ledger does not have, with their history findings, in one transaction.
    Raises duckdb.Error.
    """
    batch = StagedBatch.compared(connection, staged_files(folder))
    # No other process can write while this one has the store open, so the answers stay right until they are recorded.
    with connection.cursor() as other, ThreadPoolExecutor(1) as meanwhile:
        answer = meanwhile.submit(ask_about_new, other, batch.files, seeds_dir)
        connection.begin()
        try:
            summary = _insert_new(connection, batch, answer)
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
    return summary


def _insert_new(
    connection: duckdb.DuckDBPyConnection, batch: StagedBatch, answer: Future[list[Finding]]
) -> RecordSummary:
    counts = {table: _insert(connection, table, batch) for table in parsed_tables() if batch.has(table)}
    add_history_findings(connection, answer.result())
    outcomes = dict(
        connection.execute(
            f"select outcome, count(*) from {RAW_SCHEMA}.{LEDGER_TABLE} semi join new_files using (file_sha256)"
            " group by outcome order by outcome"
        ).fetchall()
    )
    return RecordSummary(
        files=counts.get(LEDGER_TABLE, 0),
        submissions=counts.get("submissions", 0),
        accepted=outcomes.get("accepted", 0),
        warnings=outcomes.get("accepted_with_warnings", 0),
        returned=outcomes.get("returned", 0),
        unreadable=outcomes.get("unreadable", 0),
        rows=sum(counts.get(table, 0) for table in record_tables()),
    )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, batch: StagedBatch) -> int:
    """Insert the rows; return their number. Columns are matched by name: a batch staged before a contract gained a column leaves
    it null."""
    row = connection.execute(f"insert into {RAW_SCHEMA}.{table} by name {batch.rows(table)}").fetchone()
    return int(row[0]) if row else 0


def _set_aside(folder: Path) -> Path:
    """Rename a batch that cannot be read, so that it is not tried again; it is kept for the operator."""
    aside = folder.with_name(f"{BROKEN_PREFIX}{folder.name}")
    if aside.exists():
        remove_dir(aside)
    return folder.rename(aside)
