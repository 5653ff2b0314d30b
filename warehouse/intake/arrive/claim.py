"""Take files from the inbox into the archive: nothing lost, nothing twice, whatever moment it is killed at.

A file is copied, hashed on the way, made durable and renamed into the archive, and only then removed from the
inbox. Each step leaves a state from which the next sweep goes on; the same file found again is known by its
hash. One sweep at a time runs in one data folder (a kernel lock); a second one waits.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from warehouse.disk.durable import FILE_MODE, exclusive, remove_abandoned_files, write_unsynced
from warehouse.disk.syncing import sync_all, sync_each
from warehouse.intake.arrive import archive, inbox
from warehouse.intake.arrive.archive import ArchivedFile, Arrival
from warehouse.raw import store
from warehouse.settings import Settings

# A file that has not changed for this long, and that no process has open for writing, is taken as
# complete; a file that may still be appended to has to rest longer (`inbox.REST_AFTER_WRITE`).
QUIET_SECONDS = 1.0
# How long one sweep waits for files that are still being written; the others are taken meanwhile.
PATIENCE_SECONDS = 5.0
# Files synced together: one by one, waiting for the disk takes most of the time.
ROUND_FILES = 200
COPY_CHUNK_BYTES = 1 << 20

_log = logging.getLogger(__name__)


@dataclass
class Sweep:
    """The result of one sweep: hashes that wait to be parsed, files taken with their first arrival, and files left in the
    inbox with the reason.
    """

    pending: list[str] = field(default_factory=list)
    claimed: dict[str, datetime] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)


@dataclass
class _Copy:
    """One copied file: the inbox file, its metadata, and the working files that are not in the archive yet."""

    found: inbox.InboxFile
    archived: ArchivedFile
    content: Path | None
    metadata: Path | None

    @property
    def paths(self) -> list[Path]:
        """Return the working files to sync before they are renamed into the archive."""
        return [path for path in (self.content, self.metadata) if path is not None]


def claim_inbox(settings: Settings) -> list[str]:
    """Sweep the inbox; return the hashes that are in the archive and not in the ledger, oldest
    arrival first.
    """
    return sweep_inbox(settings).pending


def sweep_inbox(
    settings: Settings, quiet_seconds: float = QUIET_SECONDS, patience_seconds: float = PATIENCE_SECONDS
) -> Sweep:
    """Take every complete file at the top level of the inbox, with the metadata that lies beside it.

    A file still being written is looked at again for `patience_seconds`, then left for the next sweep. None
    starves: a file is judged by whether it changes while it is watched, so a clock that is wrong or a
    modification time in the future delays it by its time of rest (`inbox.complete_files`) and no more, and it never
    holds up the other files. An entry that cannot be taken (a folder, a link, no permission, a full disk) is left in the inbox
    and named in `left`.
    """
    sweep = Sweep()
    settings.inbox_dir.mkdir(parents=True, exist_ok=True)
    settings.archive_dir.mkdir(parents=True, exist_ok=True)
    with exclusive(settings.warehouse_dir / "claim.lock"), _incoming_dir(settings) as incoming:
        inbox.bring_back_leftovers(settings.inbox_dir)
        remove_abandoned_files(settings.inbox_dir)
        for complete in inbox.complete_files(settings.inbox_dir, quiet_seconds, patience_seconds, sweep.left):
            for start in range(0, len(complete), ROUND_FILES):
                _claim_round(settings, complete[start : start + ROUND_FILES], incoming, sweep)
    for name, reason in sweep.left.items():
        _log.warning("left in the inbox: %r: %s", name, reason)
    sweep.pending = pending_files(settings, sweep.claimed)
    return sweep


def pending_files(settings: Settings, known: Mapping[str, datetime] | None = None) -> list[str]:
    """Return the hashes in the archive that are not in the ledger: the whole of the work queue, oldest arrival first.

    `known` gives the arrival of some files, whose metadata then need not be read.
    """
    waiting = store.not_recorded(settings, archive.archived_hashes(settings))
    arrival_times = {}
    for sha in waiting:
        if known and sha in known:
            arrival_times[sha] = known[sha]
        elif archived := _read_or_tell(settings, sha):
            arrival_times[sha] = archived.received_at
    return sorted(arrival_times, key=lambda sha: (arrival_times[sha], sha))


def _claim_round(settings: Settings, files: Sequence[inbox.InboxFile], incoming: Path, sweep: Sweep) -> None:
    """Archive some files, then take them out of the inbox. A file that fails is left there, and named."""
    copies: list[_Copy] = []
    known: dict[str, ArchivedFile] = {}
    for number, found in enumerate(files):
        with _left_on_failure(found, sweep):
            copies.append(_copy(settings, found, incoming / str(number), known))
    copies = _made_durable(copies, sweep)
    _put_in_archive(settings, copies)
    for copy in copies:
        with _left_on_failure(copy.found, sweep):
            sweep.claimed[copy.archived.file_sha256] = copy.archived.received_at
            inbox.remove(copy.found)


def _copy(settings: Settings, found: inbox.InboxFile, working: Path, known: dict[str, ArchivedFile]) -> _Copy:
    """Copy one file aside and work out its metadata. `known` are the files of this round. Raises OSError."""
    sidecar = inbox.read_sidecar(found.path)
    sha, size = _copy_and_hash(found, working)
    arrival = Arrival(
        file_name=sidecar.file_name or inbox.printable_name(found.path.name),
        received_at=sidecar.received_at or datetime.now(UTC),
        source_kind=sidecar.source_kind,
        inbox_mark=found.mark,
    )
    content: Path | None = working
    metadata: Path | None = working.with_suffix(".json")
    earlier = known.get(sha) or _read_or_tell(settings, sha)
    if earlier is None:
        archived = ArchivedFile(
            file_sha256=sha,
            file_name=arrival.file_name,
            received_at=arrival.received_at,
            size_bytes=size,
            source_kind=arrival.source_kind,
            is_simulated=sidecar.is_simulated,
            archive_name=archive.archive_name(sha, arrival.file_name),
            arrivals=(arrival,),
            how_sent=sidecar.how_sent,
        )
    else:
        content = None
        working.unlink()
        archived = archive.with_arrival(earlier, arrival)
        # A claim that was killed before it emptied the inbox finds its own file again: that is no new
        # arrival.
        if any(noted.inbox_mark == arrival.inbox_mark for noted in earlier.arrivals):
            archived, metadata = earlier, None
    if metadata is not None:
        write_unsynced(metadata, archive.metadata_bytes(archived))
    known[sha] = archived
    return _Copy(found, archived, content, metadata)


def _read_or_tell(settings: Settings, sha: str) -> ArchivedFile | None:
    """Read the metadata; None where it is missing or damaged. Damage must not hold up other files, and is repaired when
    the same content arrives again.
    """
    try:
        return archive.read_archived(settings, sha)
    except ValueError as error:
        _log.error("%s; the file is passed over until its metadata is put right", error)
        return None


def _copy_and_hash(found: inbox.InboxFile, target: Path) -> tuple[str, int]:
    """Copy the content; its SHA-256 and its size in bytes. Raises StillChanging, OSError."""
    digest = hashlib.sha256()
    # `os.read` allocates as much as it is asked for.
    chunk_bytes = min(COPY_CHUNK_BYTES, found.size_bytes + 1)
    source = inbox.open_unchanged(found)
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        with os.fdopen(descriptor, "wb") as stream:
            while chunk := os.read(source, chunk_bytes):
                stream.write(chunk)
                digest.update(chunk)
            size = stream.tell()
        found.check_unchanged(os.fstat(source))
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    finally:
        os.close(source)
    return digest.hexdigest(), size


def _made_durable(copies: Sequence[_Copy], sweep: Sweep) -> list[_Copy]:
    """Return the copies that were written durably. A second file of the same content counts on the first copy, so it
    fails with it.
    """
    refused = sync_each(path for copy in copies for path in copy.paths)
    failed = set()
    for copy in copies:
        for path in copy.paths:
            if path in refused:
                failed.add(copy.archived.file_sha256)
                sweep.left.setdefault(copy.found.path.name, _reason(refused[path]))
    for copy in copies:
        if copy.archived.file_sha256 in failed:
            sweep.left.setdefault(copy.found.path.name, "its content could not be written to the archive")
    return [copy for copy in copies if copy.archived.file_sha256 not in failed]


def _put_in_archive(settings: Settings, copies: Sequence[_Copy]) -> None:
    """Rename durable copies into place, for each file the metadata first, and make the names durable. Raises
    OSError.
    """
    folders = set()
    for copy in copies:
        target = archive.content_path(settings, copy.archived)
        if not target.parent.is_dir():
            target.parent.mkdir()
            folders.add(settings.archive_dir)
        if copy.metadata is not None:
            copy.metadata.rename(archive.metadata_path(settings, copy.archived.file_sha256))
            folders.add(target.parent)
        if copy.content is not None:
            copy.content.rename(target)
    sync_all(folders)


@contextmanager
def _left_on_failure(found: inbox.InboxFile, sweep: Sweep) -> Iterator[None]:
    try:
        yield
    except inbox.StillChanging:
        sweep.left[found.path.name] = "it changed while it was taken"
    except OSError as error:
        sweep.left[found.path.name] = _reason(error)


def _reason(error: OSError) -> str:
    return str(error.strerror or error)


@contextmanager
def _incoming_dir(settings: Settings) -> Iterator[Path]:
    """Make an empty folder for copies in the archive's file system; leftovers of a killed sweep are removed."""
    folder = settings.archive_dir / archive.INCOMING_DIR_NAME
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)
