"""What the upload page shows of uploaded files: what was understood of each, and its annotated copy; nothing is kept."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from warehouse.intake.arrive.inbox import printable_name
from warehouse.intake.messages.findings import Finding
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.reports.status import UNREADABLE
from warehouse.intake.upload.check_chunk import FileToCheck
from warehouse.intake.upload.check_files import check_files, mark_file
from warehouse.reference.context import load_reference
from warehouse.settings import Settings
from warehouse.text.citizen_numbers import hide_citizen_numbers

__all__ = ["DryRun", "Finding", "MarkedCopy", "Understood", "Upload", "dry_run", "marked_copy", "receive"]

# As the widget for files counts them.
MEGABYTE = 1_000_000
# The browser sends files of up to so many times our limit.
RECEIVED_LIMITS = 2
LONGEST_NAME = 150
COPY_MARK = "_da_danh_dau"


@dataclass(frozen=True)
class Upload:
    """One file as it came. `file_name` is as typed but for folders and control characters."""

    file_name: str
    content: bytes = field(repr=False)
    file_sha256: str

    @property
    def size_bytes(self) -> int:
        """Size of the content in bytes."""
        return len(self.content)


@dataclass(frozen=True)
class Understood:
    """One form × unit × period in a file; what was not understood is None."""

    form: str
    unit_key: str | None
    unit_name: str | None
    period_code: str | None
    row_count: int
    error_count: int
    warning_count: int


@dataclass(frozen=True)
class DryRun:
    """What the intake would say of a file today."""

    upload: Upload
    parsed: ParsedFile
    understood: tuple[Understood, ...]

    @property
    def is_readable(self) -> bool:
        """Whether anything in it was understood as a report."""
        return self.parsed.outcome != UNREADABLE

    def count(self, severity: str) -> int:
        """How many findings of this severity there are."""
        return sum(finding["severity"] == severity for finding in self.parsed.findings)


@dataclass(frozen=True)
class MarkedCopy:
    """The sender's own file with what is wrong marked in it."""

    file_name: str
    content: bytes = field(repr=False)


def receive(file_name: str, content: bytes) -> Upload:
    """The file under a harmless name, with its hash."""
    return Upload(
        _bounded(hide_citizen_numbers(printable_name(file_name))),
        content,
        hashlib.sha256(content).hexdigest(),
    )


def is_too_large(size_bytes: int, settings: Settings) -> bool:
    """Whether a file is above what the page takes; larger ones go into the inbox folder."""
    return size_bytes > settings.upload_max_megabytes * MEGABYTE


def megabytes(size_bytes: int) -> float:
    """Return a size in megabytes, as the widget for files counts them."""
    return size_bytes / MEGABYTE


def received_megabytes(settings: Settings) -> int:
    """Return the size up to which a file still reaches the page, to be refused there in the reader's own language."""
    return settings.upload_max_megabytes * RECEIVED_LIMITS


def dry_run(uploads: Sequence[Upload], settings: Settings) -> list[DryRun]:
    """Check the files, in their order. A file that cannot be read has outcome `unreadable` and says why.

    Raises ValueError for a file above the limit, which the caller has told its sender.
    """
    for upload in uploads:
        if is_too_large(upload.size_bytes, settings):
            raise ValueError(f"{upload.file_name!r} has {upload.size_bytes} bytes")
    with tempfile.TemporaryDirectory() as folder:
        files = [_laid_down(upload, Path(folder), settings) for upload in uploads]
        found = check_files(files, settings)
    return [_told(upload, found[upload.file_sha256], settings) for upload in uploads]


def marked_copy(checked: DryRun, settings: Settings) -> MarkedCopy | None:
    """The annotated copy, as the collection would send it back; None where none can be made."""
    upload = checked.upload
    with tempfile.TemporaryDirectory() as folder:
        file = _laid_down(upload, Path(folder), settings)
        copy = mark_file(file, checked.parsed, Path(folder) / "copy.xlsx", settings)
        if copy is None:
            return None
        return MarkedCopy(f"{Path(upload.file_name).stem}{COPY_MARK}{copy.suffix}", copy.read_bytes())


def _laid_down(upload: Upload, folder: Path, settings: Settings) -> FileToCheck:
    # The path has nothing of the sender's in it: the name that counts is handed over beside it.
    path = folder / upload.file_sha256
    path.write_bytes(upload.content)
    return FileToCheck(path, upload.file_name, upload.file_sha256, upload.size_bytes, settings)


def _told(upload: Upload, parsed: ParsedFile, settings: Settings) -> DryRun:
    units = load_reference(settings.seeds_dir).units
    understood = tuple(
        Understood(
            form=row["form"],
            unit_key=row["unit_key"],
            unit_name=units.get(row["unit_key"]).unit_name if row["unit_key"] else None,
            period_code=row["period_code"],
            row_count=row["row_count"],
            error_count=row["error_count"],
            warning_count=row["warning_count"],
        )
        for row in parsed.submissions
        if row["form"]
    )
    # Two names may stand for one content: each is told under its own.
    return DryRun(upload, replace(parsed, file_name=upload.file_name), understood)


def _bounded(name: str) -> str:
    suffix = Path(name).suffix
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(suffix[:16])] + suffix[:16]
