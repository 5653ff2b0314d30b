"""Hand a file in: write it into the inbox, its metadata first. The collection does the rest."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from warehouse.disk.durable import write_file
from warehouse.intake.arrive import archive
from warehouse.intake.arrive.inbox import read_sidecar, sidecar_path
from warehouse.intake.upload.dry_run import DryRun, Understood, Upload, is_too_large
from warehouse.settings import Settings

SOURCE_KIND = "upload"
HASH_IN_NAME = 16
# A name has at most 255 bytes; the sidecar and the working file add a few to it.
MOST_NAME_BYTES = 160


@dataclass(frozen=True)
class Receipt:
    """A file that was handed in, with its dry run and the sentences on what it does to earlier reports. Times are UTC, aware."""

    file_name: str
    file_sha256: str
    received_at: datetime
    understood: tuple[Understood, ...]
    first_received_at: datetime | None
    replaced_vi: tuple[str, ...] = ()
    replaced_en: tuple[str, ...] = ()

    @property
    def is_repeated(self) -> bool:
        """Whether the same content had been received before: then this file changes no figure."""
        return self.first_received_at is not None


def received_before(upload: Upload, settings: Settings) -> datetime | None:
    """Return the time (UTC, aware) at which the same content first arrived; None where it is new, or its metadata is damaged."""
    try:
        archived = archive.read_archived(settings, upload.file_sha256)
    except ValueError:
        archived = None
    if archived is not None:
        return archived.received_at
    # The same content may wait in the inbox under another name.
    waiting = settings.inbox_dir.glob(f"{upload.file_sha256[:HASH_IN_NAME]}-*")
    return min(filter(None, (read_sidecar(path).received_at for path in waiting)), default=None)


def hand_in(checked: DryRun, settings: Settings, now: datetime | None = None) -> Receipt:
    """Put the file into the inbox with its metadata beside it. Doing it again with the same content changes nothing.

    Raises ValueError for a file that cannot be read or is above the limit, OSError when the inbox cannot be written.
    """
    upload = checked.upload
    if not checked.is_readable or is_too_large(upload.size_bytes, settings):
        raise ValueError(f"{upload.file_name!r} is not to be handed in")
    earlier = received_before(upload, settings)
    received_at = now or datetime.now(UTC)
    settings.inbox_dir.mkdir(parents=True, exist_ok=True)
    path = _waiting(upload, settings)
    metadata = {
        "received_at": received_at.isoformat(),
        "file_name": upload.file_name,
        "source_kind": SOURCE_KIND,
        "how_sent": upload.how_sent,
    }
    # The sidecar is written first, since a sweep takes the file as soon as it is there.
    write_file(sidecar_path(path), json.dumps(metadata, ensure_ascii=False).encode())
    write_file(path, upload.content)
    return Receipt(
        upload.file_name,
        upload.file_sha256,
        received_at,
        checked.understood,
        earlier,
        tuple(checked.replacement_words("vi")),
        tuple(checked.replacement_words("en")),
    )


def _waiting(upload: Upload, settings: Settings) -> Path:
    """Return the file's path in the inbox. It follows from content and name, so that pressing twice adds no second file."""
    suffix = Path(upload.file_name).suffix
    stem = os.fsencode(Path(upload.file_name).stem)[: MOST_NAME_BYTES - len(os.fsencode(suffix))]
    readable = stem.decode("utf-8", "ignore")
    return settings.inbox_dir / f"{upload.file_sha256[:HASH_IN_NAME]}-{readable}{suffix}"
