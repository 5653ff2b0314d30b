"""The archive: each file unchanged, under its SHA-256, with a small metadata file beside it.

`archive/ab/abcd….xlsx` and `archive/ab/abcd….json`. The metadata is written first and the content renamed
into place last, so content always has its metadata; metadata without content is a claim that was killed and
counts for nothing. The metadata has the file's name and arrival time, so that a rebuild needs the archive alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warehouse.forms.how_sent import HowSent, from_metadata
from warehouse.settings import Settings

INCOMING_DIR_NAME = ".incoming"
ARRIVALS_KEPT = 100
SOURCE_KINDS = ("inbox", "upload", "sample")

_HASH_PATTERN = re.compile(r"[0-9a-f]{64}")
_EXTENSION_PATTERN = re.compile(r"\.[a-z0-9]{1,8}")
_METADATA_EXTENSION = ".json"
_UNKNOWN_EXTENSION = ".bin"


@dataclass(frozen=True)
class Arrival:
    """One arrival of this content. `received_at` is UTC; `inbox_mark` distinguishes files of the inbox."""

    file_name: str
    received_at: datetime
    source_kind: str
    inbox_mark: str


@dataclass(frozen=True)
class ArchivedFile:
    """One file of the archive. Name, time, kind and `how_sent`, the choice made on the page, are those of its first arrival;
    `size_bytes` in bytes.
    """

    file_sha256: str
    file_name: str
    received_at: datetime
    size_bytes: int
    source_kind: str
    is_simulated: bool
    archive_name: str
    arrivals: tuple[Arrival, ...] = ()
    how_sent: HowSent | None = None


def content_path(settings: Settings, archived: ArchivedFile) -> Path:
    """Return the path of the content."""
    return settings.archive_dir.joinpath(archived.file_sha256[:2], archived.archive_name)


def metadata_path(settings: Settings, file_sha256: str) -> Path:
    """Return the path of the metadata."""
    return settings.archive_dir.joinpath(file_sha256[:2], f"{file_sha256}{_METADATA_EXTENSION}")


def archive_name(file_sha256: str, file_name: str) -> str:
    """Name in the archive: the hash and the sender's extension in lower case, where that is a harmless one.

    A file that calls itself .json must not take the place of the metadata: it is kept as .bin.
    """
    extension = Path(file_name).suffix.lower()
    harmless = _EXTENSION_PATTERN.fullmatch(extension) and extension != _METADATA_EXTENSION
    return file_sha256 + (extension if harmless else _UNKNOWN_EXTENSION)


def read_archived(settings: Settings, file_sha256: str) -> ArchivedFile | None:
    """Return the metadata of one file, or None where the archive does not hold this content.

    Raises ValueError, naming the file, when the metadata cannot be read.
    """
    path = metadata_path(settings, file_sha256)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        archived = _from_json(json.loads(text))
    except (ValueError, TypeError, KeyError) as error:
        raise ValueError(f"{path} is not the metadata of an archived file: {error}") from error
    return archived if content_path(settings, archived).is_file() else None


def metadata_bytes(archived: ArchivedFile) -> bytes:
    """Return the content of the metadata file."""
    return json.dumps(_to_json(archived), ensure_ascii=False).encode()


def with_arrival(archived: ArchivedFile, arrival: Arrival) -> ArchivedFile:
    """Add an arrival to the metadata; of very many the first and the latest are kept."""
    arrivals = (*archived.arrivals, arrival)
    if len(arrivals) > ARRIVALS_KEPT:
        arrivals = (arrivals[0], *arrivals[-(ARRIVALS_KEPT - 1) :])
    return replace(archived, arrivals=arrivals)


def archived_hashes(settings: Settings) -> Iterator[str]:
    """Return the hash of every file that is wholly in the archive, in order of hash."""
    if not settings.archive_dir.is_dir():
        return
    for folder in sorted(settings.archive_dir.iterdir()):
        if folder.name.startswith(".") or not folder.is_dir():
            continue
        with_metadata: set[str] = set()
        with_content: set[str] = set()
        for path in folder.iterdir():
            if _HASH_PATTERN.fullmatch(path.stem):
                (with_metadata if path.suffix == _METADATA_EXTENSION else with_content).add(path.stem)
        yield from sorted(with_metadata & with_content)


def _to_json(archived: ArchivedFile) -> dict[str, Any]:
    return _in_text(archived) | {"arrivals": [_in_text(arrival) for arrival in archived.arrivals]}


def _in_text(part: ArchivedFile | Arrival) -> dict[str, Any]:
    # `asdict` would copy each value deeply, which is slow.
    return vars(part) | {"received_at": part.received_at.astimezone(UTC).isoformat()}


def _from_json(document: dict[str, Any]) -> ArchivedFile:
    arrivals = tuple(Arrival(**_with_time(arrival)) for arrival in document["arrivals"])
    how_sent = from_metadata(document.get("how_sent"))
    return ArchivedFile(**(_with_time(document) | {"arrivals": arrivals, "how_sent": how_sent}))


def _with_time(document: dict[str, Any]) -> dict[str, Any]:
    return document | {"received_at": datetime.fromisoformat(document["received_at"]).astimezone(UTC)}
