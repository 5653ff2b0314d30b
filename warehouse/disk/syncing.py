"""Ask the kernel to write files and folders to disk, several at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# The disk takes waiting requests together, so many small files need not wait one after the other.
SYNC_THREADS = 16


def sync_file(path: Path) -> None:
    """Write the file's content to disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_dir(path: Path) -> None:
    """Write the folder's names to disk; without it a rename may be lost in a power cut. Raises OSError."""
    sync_file(path)


def sync_each(paths: Iterable[Path]) -> dict[Path, OSError]:
    """Write files and folders to disk; return the paths that failed, each with its error."""
    listed = list(paths)
    with ThreadPoolExecutor(SYNC_THREADS) as threads:
        errors = zip(listed, threads.map(_sync_error, listed), strict=True)
        return {path: error for path, error in errors if error}


def sync_all(paths: Iterable[Path]) -> None:
    """Like `sync_each`, but raise the first error."""
    for error in sync_each(paths).values():
        raise error


def _sync_error(path: Path) -> OSError | None:
    try:
        sync_file(path)
    except OSError as error:
        return error
    return None
