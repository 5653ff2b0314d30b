"""Make and open the raw store. No other module knows its file."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from contextlib import AbstractContextManager, closing
from itertools import groupby
from pathlib import Path

import duckdb

from warehouse.disk.damage import DamagedFile, damage_named
from warehouse.raw.sql import quoted
from warehouse.raw.tables import LEDGER_TABLE, RAW_SCHEMA
from warehouse.raw.upgrades import bring_up_to_date, make_tables
from warehouse.settings import Settings

LOCK_PATIENCE_SECONDS = 120.0
LOCK_RETRY_SECONDS = 0.05
# A hash takes 0.2 KB of memory.
MOST_HASHES_AT_ONCE = 50_000

# Since 1.4 DuckDB packs repeated texts, of which there are many here, in less time and room.
_NEW_STORE: dict[str, str | bool | int | float | list[str]] = {"storage_compatibility_version": "v1.4.0"}
_LOCK_CONFLICT = "Could not set lock"
# A DuckDB file is three headers of 4 KB and then its blocks.
_HEADER_BYTES = 3 * 4096
WAY_OUT = (
    "The archive holds everything that is in it: `make rebuild` makes it anew and does not need the old file"
    " (where `make run` is up, stop it first)."
)


class StoreBusyError(RuntimeError):
    """Another process has the raw store open, and kept it for longer than this one was willing to wait."""


def open_store(
    settings: Settings, read_only: bool = False, patience_seconds: float | None = None
) -> duckdb.DuckDBPyConnection:
    """Open the raw store, and make it first where there is none; close the connection, or use it in a `with`.

    DuckDB lets one process write or many read, never both: this waits for the others, up to
    `patience_seconds`. Raises StoreBusyError, saying who holds it and what to do, and DamagedFile for a store that
    is cut off; other damage shows only when it is read (`check_store`). Opened for writing, columns that the contracts
    have gained since are added.
    """
    path = settings.raw_path
    is_new = not path.exists() and _create(path)
    patience = LOCK_PATIENCE_SECONDS if patience_seconds is None else patience_seconds
    with damage_in_store_named(settings):
        connection = _connect(path, read_only, patience)
        try:
            _check_length(connection, path)
            if not read_only and not is_new:
                bring_up_to_date(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def check_store(settings: Settings) -> None:
    """Read every row of the store once. Raises DamagedFile where a part of it is cut off or was changed.

    DuckDB reads a block only when a query needs it: a store whose list of files is whole looks whole.
    """
    if not settings.raw_path.exists():
        return
    with open_store(settings, read_only=True) as connection, damage_in_store_named(settings):
        tables = connection.execute(
            f"select table_name from information_schema.tables where table_schema = '{RAW_SCHEMA}'"
        ).fetchall()
        for (table,) in tables:
            connection.execute(f"select bit_xor(hash(every_row)) from {RAW_SCHEMA}.{table} as every_row")


def damage_in_store_named(settings: Settings) -> AbstractContextManager[None]:
    """Raise DamagedFile, with the way out, where DuckDB finds inside the block that the store is damaged."""
    return damage_named(settings.raw_path, WAY_OUT)


def count_recorded(settings: Settings) -> int:
    """Return the number of files in the ledger."""
    if not settings.raw_path.exists():
        return 0
    with open_store(settings, read_only=True) as connection:
        return _count_files(connection)


def not_recorded(settings: Settings, hashes: Iterable[str]) -> list[str]:
    """Return the hashes that the ledger does not have, of hashes that are given in order.

    A long ledger is read in parts: the hashes that begin with the same digits.
    """
    if not settings.raw_path.exists():
        return list(hashes)
    missing: list[str] = []
    with open_store(settings, read_only=True) as connection:
        count, digits = _count_files(connection), 0
        while count > MOST_HASHES_AT_ONCE * 16**digits:
            digits += 1
        for start, alike in groupby(hashes, key=lambda sha: sha[:digits]):
            recorded = _hashes_from(connection, start)
            missing += [sha for sha in alike if sha not in recorded]
    return missing


def _check_length(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise DamagedFile where the file is shorter than the blocks in use: that costs a look at its size.

    DuckDB cuts free blocks off the end of a file and still counts them, so that the number of all blocks proves nothing.
    """
    row = connection.execute("select block_size, used_blocks from pragma_database_size()").fetchone()
    block_bytes, used_blocks = row or (0, 0)
    wanted, found = _HEADER_BYTES + block_bytes * used_blocks, path.stat().st_size
    if found < wanted:
        raise DamagedFile(path, f"it has {found} bytes, and its content needs at least {wanted}", WAY_OUT)


def _count_files(connection: duckdb.DuckDBPyConnection) -> int:
    row = connection.execute(f"select count(*) from {RAW_SCHEMA}.{LEDGER_TABLE}").fetchone()
    return int(row[0]) if row else 0


def _hashes_from(connection: duckdb.DuckDBPyConnection, start: str) -> set[str]:
    """Return the hashes in the ledger that begin with `start`."""
    found = connection.execute(
        f"select file_sha256 from {RAW_SCHEMA}.{LEDGER_TABLE} where starts_with(file_sha256, {quoted(start)})"
    )
    return {sha for (sha,) in found.fetchall()}


def create_store(path: Path) -> None:
    """Make an empty raw store at `path`, which must not exist."""
    with closing(duckdb.connect(str(path), config=_NEW_STORE)) as connection:
        make_tables(connection)


def _create(path: Path) -> bool:
    """Make the store under a working name and link it into place; return False where a store was there already.

    So no process opens an incomplete store, and none replaces a store with an empty one.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    working = path.with_name(f".{path.name}-{secrets.token_hex(4)}")
    create_store(working)
    try:
        path.hardlink_to(working)
    except FileExistsError:
        return False
    else:
        return True
    finally:
        working.unlink()


def _connect(path: Path, read_only: bool, patience_seconds: float) -> duckdb.DuckDBPyConnection:
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            return duckdb.connect(str(path), read_only=read_only)
        except duckdb.IOException as error:
            if _LOCK_CONFLICT not in str(error):
                raise
            if time.monotonic() >= deadline:
                raise StoreBusyError(
                    f"{path} stayed open in another process for {patience_seconds:.0f} s: {error}. Wait for "
                    "the load or rebuild that is running, or close the program that has the file open, then"
                    " start again."
                ) from error
        time.sleep(LOCK_RETRY_SECONDS)
