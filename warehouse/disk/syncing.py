"""Many files made durable with one wait for the disk, where the file system can be trusted to do that.

One by one, a thousand small workbooks and their metadata wait for the disk three thousand times; `syncfs(2)` has the
kernel write all that is outstanding at once. It also writes what others have outstanding on the same file system, so few
files are made durable one by one. Only file systems are trusted of which it is known that `syncfs` waits for the content,
the names and the disk's own cache, and reports what failed: ext4 and xfs of Linux 5.8 or newer. All others get one `fsync`
for each file and folder.
"""

from __future__ import annotations

import ctypes
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

# So few paths are made durable one by one.
FEW_PATHS = 64
SYNCED_EARLY_BYTES = 8 << 20
# Waits for the disk that go on at once: the disk then takes several files in one go.
SYNC_THREADS = 16
TRUSTED_TYPES = frozenset({"ext4", "xfs"})
# Before, `syncfs` did not report what could not be written.
TRUSTED_RELEASE = (5, 8)
MOUNTS = Path("/proc/self/mountinfo")

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileSystem:
    """The file system of a folder that is open; from its opening on no failure to write goes unreported."""

    descriptor: int
    syncs_as_a_whole: bool

    @classmethod
    @contextmanager
    def of(cls, folder: Path) -> Iterator[FileSystem]:
        """That in which this folder lies. Raises OSError."""
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            yield cls(descriptor, _syncs_as_a_whole(os.fstat(descriptor).st_dev))
        finally:
            os.close(descriptor)

    def sync(self, paths: Iterable[Path]) -> dict[Path, OSError]:
        """Make files and folders durable that lie in this file system; those that the disk refused, and why."""
        listed = list(paths)
        if self.syncs_as_a_whole and len(listed) > FEW_PATHS:
            try:
                _syncfs(self.descriptor)
            except OSError as error:
                _log.warning("%s: looking for what could not be written, file by file", error)
            else:
                return {}
        return _sync_each(listed)

    def sync_all(self, paths: Iterable[Path]) -> None:
        """The same where one that is refused is one too many. Raises OSError."""
        for error in self.sync(paths).values():
            raise error


@contextmanager
def synced_early(descriptor: int, size_bytes: int) -> Iterator[Callable[[], None]]:
    """What is called after each part of a large file has the disk take that while the next one is made; a small file is left to
    be made durable with others. Raises OSError at the end where the disk refused a part.
    """
    if size_bytes < SYNCED_EARLY_BYTES:
        yield lambda: None
        return
    synced: list[Future[None]] = []

    def sync() -> None:
        if not synced or synced[-1].done():
            synced.append(disk.submit(os.fdatasync, descriptor))

    with ThreadPoolExecutor(1) as disk:
        yield sync
    for part in synced:
        part.result()


def sync_file(path: Path) -> None:
    """Have the kernel write the file's content to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_dir(path: Path) -> None:
    """Have the kernel write the directory's names to disk; without it a rename may be lost in a power cut."""
    sync_file(path)


def _sync_each(paths: Sequence[Path]) -> dict[Path, OSError]:
    with ThreadPoolExecutor(SYNC_THREADS) as threads:
        answers = zip(paths, threads.map(_refusal, paths), strict=True)
    return {path: error for path, error in answers if error}


def _refusal(path: Path) -> OSError | None:
    try:
        sync_file(path)
    except OSError as error:
        return error
    return None


def _syncfs(descriptor: int) -> None:
    """Raises OSError."""
    if ctypes.CDLL(None, use_errno=True).syncfs(descriptor) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _syncs_as_a_whole(device: int) -> bool:
    return _kernel_release() >= TRUSTED_RELEASE and _type_of(device) in TRUSTED_TYPES


def _kernel_release() -> tuple[int, ...]:
    """Version of Linux; empty elsewhere."""
    system = os.uname()
    return tuple(map(int, re.findall(r"\d+", system.release)[:2])) if system.sysname == "Linux" else ()


def _type_of(device: int) -> str | None:
    """`ext4` and the like; None where the kernel does not tell (proc_pid_mountinfo(5))."""
    number = f"{os.major(device)}:{os.minor(device)}"
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    for line in lines:
        before, _, after = line.partition(" - ")
        if before.split()[2] == number:
            return after.split()[0]
    return None
