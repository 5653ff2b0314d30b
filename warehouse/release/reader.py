"""Open releases for reading: one connection a release and process, a cursor a query."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd

from warehouse.disk.damage import tells_of_damage
from warehouse.release.store import DamagedRelease, Release

# The current release and the one before it, which a page may still be reading from.
_CONNECTIONS_KEPT = 2
_SEALED = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "lock_configuration": "true",
}
_connections: OrderedDict[Path, duckdb.DuckDBPyConnection] = OrderedDict()
_lock = threading.Lock()


def query(release: Release, sql: str, parameters: Mapping[str, object] | None = None) -> pd.DataFrame:
    """Return the rows of one SELECT on a release; `$name` in the SQL takes its value from `parameters`.

    A connection shared by threads gives wrong results, so each query has a cursor of its own.
    Raises DamagedRelease where the file is damaged, else duckdb.Error as DuckDB does; a failed read is never an empty
    frame.
    """
    try:
        cursor = _connection(release.path).cursor()
        try:
            return cursor.execute(sql, dict(parameters or {})).df()
        finally:
            cursor.close()
    except duckdb.Error as error:
        if not tells_of_damage(error) and release.fault() is None:
            raise
        # A file that is put back under this name is opened anew.
        with _lock:
            _connections.pop(release.path, None)
        raise DamagedRelease(release.path, str(error).splitlines()[0]) from error


def _connection(path: Path) -> duckdb.DuckDBPyConnection:
    with _lock:
        connection = _connections.get(path)
        if connection is None:
            connection = duckdb.connect(str(path), read_only=True, config=dict(_SEALED))
            _connections[path] = connection
        _connections.move_to_end(path)
        # Dropped, not closed: a cursor that is still reading keeps its database alive.
        while len(_connections) > _CONNECTIONS_KEPT:
            _connections.popitem(last=False)
        return connection
