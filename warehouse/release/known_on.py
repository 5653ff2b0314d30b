"""Every table as it was known at the end of a day: the marts built from the files received by then, in private files."""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from warehouse.disk.durable import remove_abandoned, working_dir
from warehouse.disk.syncing import sync_dir, sync_file
from warehouse.raw.sql import attach
from warehouse.raw.store import create_store, open_store
from warehouse.raw.tables import LEDGER_TABLE, RAW_SCHEMA, parsed_tables, raw_tables, rows_of_files
from warehouse.release import audit, build, publish, store
from warehouse.settings import LOCAL_ZONE, Settings


@dataclass(frozen=True)
class KnownOn:
    """The file that was built, and how many files had been received by the end of the day."""

    path: Path
    file_count: int


def end_of(day: date) -> datetime:
    """Return the first instant after a day in Viet Nam, in UTC without a zone, as the raw store keeps times."""
    midnight = datetime.combine(day + timedelta(days=1), time(), LOCAL_ZONE)
    return midnight.astimezone(UTC).replace(tzinfo=None)


def build_known_on(settings: Settings, day: date, out: Path) -> KnownOn:
    """Build, test and audit the marts of a day into the DuckDB file `out`; the current release is not touched.

    Figures and states are as of the day. Releases and restatements are included where they were published by then. Reference
    lists, targets and
    rules are today's: they carry dates of their own validity, not of when they were learned. Raises BuildFailed and AuditFailed
    as a release does, StoreBusyError, and OSError where `out` cannot be written; then there is no file.
    """
    remove_abandoned(settings.warehouse_dir)
    with working_dir(settings.warehouse_dir, "known-on") as folder:
        private = replace(settings, data_dir=folder, fixed_as_of_date=day)
        file_count = _copy_received(settings, private, end_of(day))
        newest = _copy_manifests(settings, private, end_of(day))
        build.build(private, history_of=newest)
        audit.audit(private)
        built = store.find(private, publish.publish(private))
        _put(built.path, out)
    return KnownOn(out, file_count)


def _copy_received(settings: Settings, private: Settings, end: datetime) -> int:
    """Make a raw store of its own with the files received before `end`; return the number of files."""
    private.warehouse_dir.mkdir(parents=True)
    create_store(private.raw_path)
    # Opened for writing, as a build does: tables that the contracts have gained since are made first.
    with open_store(settings) as connection:
        attach(connection, private.raw_path, "private", read_only=False)
        connection.execute(
            f"create temp table received as select file_sha256 from {RAW_SCHEMA}.{LEDGER_TABLE}"
            f" where received_at < timestamp '{end:%Y-%m-%d %H:%M:%S}'"
        )
        for table in parsed_tables():
            connection.execute(
                f"insert into private.{RAW_SCHEMA}.{table} by name {rows_of_files(table, 'received', _every_row)}"
            )
        row = connection.execute("select count(*) from received").fetchone()
        connection.execute("detach private")
    return int(row[0]) if row else 0


def _every_row(table: str) -> str:
    """Return a SELECT of all rows with the declared columns: a store of an earlier version may have others."""
    return f"select {', '.join(raw_tables()[table])} from {RAW_SCHEMA}.{table}"


def _copy_manifests(settings: Settings, private: Settings, end: datetime) -> store.Release | None:
    """Copy the manifests of releases published before `end`; return the newest release that can be read, which has the
    history."""
    private.published_dir.mkdir(parents=True)
    published = store.releases(settings)
    for release in published:
        if release.built_at.astimezone(UTC).replace(tzinfo=None) < end:
            store.manifest_path(private, release.release_id).write_text(release.as_json())
    return store.newest_intact(settings)


def _put(built: Path, out: Path) -> None:
    """Put the built file under the requested name, whole or not at all; the target may be on another disk."""
    out.parent.mkdir(parents=True, exist_ok=True)
    working = out.with_name(f".{out.name}-{secrets.token_hex(4)}")
    try:
        shutil.copyfile(built, working)
        sync_file(working)
        # A file that appeared under this name meanwhile is not replaced.
        out.hardlink_to(working)
    finally:
        working.unlink(missing_ok=True)
    sync_dir(out.parent)
