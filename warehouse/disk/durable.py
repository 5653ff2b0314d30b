"""Write files and folders completely or not at all, also after a power cut."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from warehouse.disk.syncing import sync_all, sync_dir, sync_file

FILE_MODE = 0o640
WORKING_PREFIX = ".working-"
# A folder that is not locked may have been made a moment ago by someone who is about to lock it.
ABANDONED_AFTER_SECONDS = 60.0
# A working file is not locked; even the slowest disk has written the largest one by then.
ABANDONED_FILE_AFTER_SECONDS = 6 * 3600.0


def write_unsynced(path: Path, content: bytes) -> None:
    """Write a file that the caller syncs and renames together with others."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(content)


def write_file(path: Path, content: bytes) -> None:
    """Put a file in its place by rename, so that a reader sees the old content or the new, never a part.

    The folder must exist; an older file of that name is replaced. Raises OSError when the disk refuses.
    """
    working = path.with_name(_working_name(path.name))
    try:
        write_unsynced(working, content)
        sync_file(working)
        working.rename(path)
    except BaseException:
        working.unlink(missing_ok=True)
        raise
    sync_dir(path.parent)


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Wait until no other process is inside for the same path, then go in.

    The lock is the kernel's: it ends with the process, however that ends, so none can be left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def working_dir(parent: Path, name: str) -> Iterator[Path]:
    """A folder to make something in, aside; `publish_dir` puts it in its place, otherwise it is removed at
    the end.

    It is locked as long as its maker lives, which is how `remove_abandoned` knows the ones that were killed.
    """
    parent.mkdir(parents=True, exist_ok=True)
    folder = parent / _working_name(name)
    folder.mkdir()
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(descriptor)


def publish_dir(folder: Path, target: Path, survives_power_cut: bool = True) -> bool:
    """Put a finished folder in its place by rename; False where another maker was there first.

    Without `survives_power_cut` nothing waits for the disk: for what can be made again at any time.
    """
    if survives_power_cut:
        sync_all([*folder.iterdir(), folder])
    try:
        folder.rename(target)
    except OSError:
        if target.is_dir():
            return False
        raise
    if survives_power_cut:
        sync_dir(target.parent)
    return True


def remove_dir(folder: Path) -> None:
    """Rename a folder, then remove it, so that readers never find a part of it under its name."""
    doomed = folder.with_name(_working_name(folder.name))
    folder.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def remove_abandoned(parent: Path) -> None:
    """Remove working folders in `parent` whose maker is no longer alive."""
    for folder in parent.glob(f"{WORKING_PREFIX}*/"):
        try:
            if time.time() - folder.stat().st_mtime < ABANDONED_AFTER_SECONDS:
                continue
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            continue
        else:
            shutil.rmtree(folder, ignore_errors=True)
        finally:
            os.close(descriptor)


def remove_abandoned_files(parent: Path) -> None:
    """Remove the working files in `parent` that `write_file` left when it was killed, hours ago.

    They hold incomplete content, and no caller counts on them.
    """
    for path in parent.glob(f"{WORKING_PREFIX}*"):
        with suppress(FileNotFoundError):
            if path.is_file() and time.time() - path.stat().st_mtime > ABANDONED_FILE_AFTER_SECONDS:
                path.unlink()


def _working_name(name: str) -> str:
    return f"{WORKING_PREFIX}{secrets.token_hex(4)}-{name}"
