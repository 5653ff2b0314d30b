"""One Airflow at a time for one DATA_DIR: the pool of the writer works inside one Airflow, not between two."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.settings import Settings


class AlreadyRunningError(Exception):
    """Another command works on this DATA_DIR. The text names its process."""


@contextmanager
def only_one(settings: Settings, command: str) -> Iterator[None]:
    """Hold the lock of this DATA_DIR, at most until the process ends. Raises `AlreadyRunningError`."""
    path = settings.airflow_home / "lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyRunningError(f"{lock.read().strip()} is at work on {settings.data_dir}") from None
        lock.truncate(0)
        lock.write(f"{command} (process {os.getpid()})")
        lock.flush()
        yield
