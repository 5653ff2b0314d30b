"""The inbox folder: find complete files, read their sidecars, and remove a file without losing a write."""

from __future__ import annotations

import errno
import json
import logging
import os
import stat
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

from warehouse.disk.leases import is_open_for_writing
from warehouse.forms.how_sent import HowSent, from_metadata
from warehouse.intake.arrive.archive import SOURCE_KINDS

SIDECAR_SUFFIX = ".meta.json"
SIDECAR_MAX_BYTES = 1 << 16
LOOK_EVERY_SECONDS = 0.1
# A file whose last change was a write may be written to again by a program that opens it for each line: it has to rest so
# many times longer than a file that arrived by rename.
REST_AFTER_WRITE = 10
# A program that keeps a file open and has not written to it for so long is no longer waited for.
STALLED_SECONDS = 3600.0

_LEFTOVER_PREFIX = ".claimed-"
_NAME_MAX_BYTES = 255
# A name so long that a sidecar's would be too long for the file system has none.
_NO_SIDECAR = (errno.ENOENT, errno.ENAMETOOLONG)
# Never through a link, and never waiting for the other end of a pipe.
_FOR_READING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_STILL_WRITTEN = "it is still being written"

_log = logging.getLogger(__name__)


class StillChanging(Exception):
    """The file has changed since it was last looked at; it is left for the next sweep."""


@dataclass(frozen=True)
class InboxFile:
    """A regular file as it was when last looked at."""

    path: Path
    inode: int
    size_bytes: int
    modified_ns: int
    changed_ns: int

    @property
    def mark(self) -> str:
        """Distinguish this file from a later one of the same name and content; the mark outlives a rename."""
        return f"{self.inode}-{self.size_bytes}-{self.modified_ns}"

    def check_unchanged(self, status: os.stat_result) -> None:
        """Raise StillChanging unless this is still the same file with the same content, by inode, size and
        time.
        """
        if (status.st_ino, status.st_size, status.st_mtime_ns) != (
            self.inode,
            self.size_bytes,
            self.modified_ns,
        ):
            raise StillChanging(self.path.name)


@dataclass(frozen=True)
class Sidecar:
    """The content of `.NAME.meta.json`, the sidecar of NAME; times are UTC."""

    file_name: str | None = None
    received_at: datetime | None = None
    source_kind: str = SOURCE_KINDS[0]
    is_simulated: bool = False
    how_sent: HowSent | None = None


def complete_files(
    folder: Path, quiet_seconds: float, patience_seconds: float, left: dict[str, str]
) -> Iterator[list[InboxFile]]:
    """Yield the files that are complete, as soon as they are; others are named in `left` with the reason.

    At rest means: nothing about it changed for `quiet_seconds`, or `REST_AFTER_WRITE` times as long where only time
    can tell that it is complete, and no process of this machine has it open for writing. Every file is offered once.
    A file that rests when the patience ends is waited for until its rest is over, so that a person who copies a file and then
    starts a load finds it taken.
    """
    deadline = time.monotonic() + patience_seconds
    first_looks: dict[str, tuple[InboxFile, float, float]] = {}
    offered: set[tuple[str, int]] = set()
    while True:
        waiting = False
        complete = []
        for path in _visible(folder):
            found = _look(path, left)
            if found is None or (path.name, found.inode) in offered:
                continue
            first, since, rest_seconds = first_looks.get(path.name, (None, 0.0, 0.0))
            if first != found:
                since, rest_seconds = time.monotonic(), _rest_seconds(found, quiet_seconds)
                first_looks[path.name] = (found, since, rest_seconds)
            is_written = _is_being_written(found, path)
            if not is_written and _is_quiet(found, since, rest_seconds):
                left.pop(path.name, None)
                offered.add((path.name, found.inode))
                complete.append(found)
            else:
                is_resting = not is_written and since <= deadline
                waiting = waiting or is_resting or time.monotonic() <= deadline
                left[path.name] = _STILL_WRITTEN
        if complete:
            yield complete
        if not waiting:
            return
        time.sleep(LOOK_EVERY_SECONDS)


def open_unchanged(found: InboxFile) -> int:
    """Open this very file for reading, never through a link; return the descriptor. Raises StillChanging, OSError."""
    descriptor = os.open(found.path, _FOR_READING)
    try:
        found.check_unchanged(os.fstat(descriptor))
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def remove(found: InboxFile) -> None:
    """Take an archived file, and what lies beside it, out of the inbox.

    It is renamed before it is removed: a newer file of the same name that arrived in this instant is then
    seen to be another one, and stays. The sidecar goes first; one left behind would be taken for that of the
    next file.
    """
    try:
        sidecar_path(found.path).unlink()
    except OSError as error:
        if error.errno not in _NO_SIDECAR:
            raise
    aside = found.path.with_name(_cut(_LEFTOVER_PREFIX + found.path.name))
    found.path.rename(aside)
    try:
        found.check_unchanged(aside.lstat())
        if _is_being_written(found, aside):
            raise StillChanging(found.path.name)
    except StillChanging:
        bring_back_leftovers(found.path.parent)
        raise
    aside.unlink()


def bring_back_leftovers(folder: Path) -> None:
    """Give back its name to each file that a killed sweep had begun to remove; the sweep then sees to it
    again.
    """
    for path in folder.glob(f"{_LEFTOVER_PREFIX}*"):
        name = path.name.removeprefix(_LEFTOVER_PREFIX)
        target = folder / name
        number = 1
        while target.exists() or target.is_symlink():
            target = folder / _cut(f"{number}-{name}")
            number += 1
        path.rename(target)


def sidecar_path(path: Path) -> Path:
    """Return the path of the sidecar of an inbox file."""
    return path.with_name(f".{path.name}{SIDECAR_SUFFIX}")


def read_sidecar(path: Path) -> Sidecar:
    """Read the sidecar of this file; return the defaults where there is none.

    A sidecar that cannot be understood is logged and ignored; the file itself is taken.
    """
    place = sidecar_path(path)
    try:
        descriptor = os.open(place, _FOR_READING)
    except OSError as error:
        if error.errno not in _NO_SIDECAR:
            _log.warning("ignored the metadata beside %r: %s", path.name, error.strerror)
        return Sidecar()
    with os.fdopen(descriptor, "rb") as stream:
        content = stream.read(SIDECAR_MAX_BYTES)
    try:
        document = json.loads(content)
        received_at = document.get("received_at")
        source_kind = document.get("source_kind", SOURCE_KINDS[0])
        if source_kind not in SOURCE_KINDS:
            raise ValueError(f"source_kind is {source_kind!r}")
        return Sidecar(
            file_name=printable_name(document["file_name"]) if document.get("file_name") else None,
            received_at=None if received_at is None else _utc(received_at),
            source_kind=source_kind,
            is_simulated=document.get("is_simulated") is True,
            how_sent=from_metadata(document.get("how_sent")),
        )
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        _log.warning("ignored the metadata beside %r: %s", path.name, error)
        return Sidecar()


def printable_name(name: str) -> str:
    """The last part of a file name, safe to store and to show: no folders, no control or undecodable
    characters.
    """
    last = PureWindowsPath(PurePosixPath(name).name).name
    if last.isprintable() and last.strip(". "):
        return last
    decodable = last.encode("utf-8", "replace").decode("utf-8")
    spaced = "".join(" " if character.isspace() else character for character in decodable)
    printable = "".join(character if character.isprintable() else "_" for character in spaced)
    return printable if printable.strip(". ") else "_"


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _look(path: Path, left: dict[str, str]) -> InboxFile | None:
    try:
        status = path.lstat()
    except FileNotFoundError:
        left.pop(path.name, None)
        return None
    if not stat.S_ISREG(status.st_mode):
        left[path.name] = _kind_of(status.st_mode)
        return None
    if not os.access(path, os.R_OK):
        left[path.name] = "there is no permission to read it"
        return None
    return InboxFile(path, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _kind_of(mode: int) -> str:
    if stat.S_ISDIR(mode):
        return "it is a folder: only files at the top level are taken"
    if stat.S_ISLNK(mode):
        return "it is a link: links are not followed"
    return "it is not a regular file"


def _rest_seconds(found: InboxFile, quiet_seconds: float) -> float:
    """How long nothing may change before the file counts as complete.

    A write sets both times of a file to the same instant, a rename only the change time. So a file that was renamed into
    the inbox, or copied with its own time, was finished before; a file with metadata beside it was put there by a program
    that knows the inbox; a workbook shows its own end. For any other file, such as a CSV, only time can tell.
    """
    is_finished = (
        found.modified_ns != found.changed_ns
        or os.path.lexists(sidecar_path(found.path))
        or _is_whole_zip(found.path)
    )
    return quiet_seconds if is_finished else quiet_seconds * REST_AFTER_WRITE


def _is_whole_zip(path: Path) -> bool:
    """Whether a file, such as a workbook, has the directory that a zip archive ends with."""
    try:
        descriptor = os.open(path, _FOR_READING)
    except OSError:
        return False
    with os.fdopen(descriptor, "rb") as stream:
        return zipfile.is_zipfile(stream)


def _is_quiet(found: InboxFile, watched_since: float, quiet_seconds: float) -> bool:
    # The change time is set by the kernel on every write, also where the copying program sets an old mtime.
    age_seconds = time.time() - found.changed_ns / 1e9
    return age_seconds >= quiet_seconds or time.monotonic() - watched_since >= quiet_seconds


def _is_being_written(found: InboxFile, path: Path) -> bool:
    return is_open_for_writing(path) and time.time() - found.changed_ns / 1e9 < STALLED_SECONDS


def _utc(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)


def _cut(name: str) -> str:
    return os.fsdecode(os.fsencode(name)[:_NAME_MAX_BYTES])
