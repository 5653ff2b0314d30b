"""The dry run of uploaded files: the reports understood in each file, its findings, and its annotated copy. Nothing is
recorded."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from warehouse.forms.how_sent import HowSent
from warehouse.intake.arrive.inbox import printable_name
from warehouse.intake.messages.findings import Finding
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.reports.replacement import words_en, words_vi
from warehouse.intake.reports.status import UNREADABLE
from warehouse.intake.upload.check_chunk import FileToCheck
from warehouse.intake.upload.check_files import check_files, mark_file
from warehouse.reference.context import load_reference
from warehouse.settings import Settings
from warehouse.text.citizen_numbers import hide_citizen_numbers

__all__ = ["DryRun", "Finding", "MarkedCopy", "Understood", "Upload", "dry_run", "marked_copy", "receive"]

# The file uploader of Streamlit counts a megabyte like this too.
MEGABYTE = 1_000_000
# The browser sends files of up to this many times our limit.
RECEIVED_LIMITS = 2
LONGEST_NAME = 150
COPY_MARK = "_da_danh_dau"


@dataclass(frozen=True)
class Upload:
    """One uploaded file. `file_name` is the sender's own name, without folders and control characters. `how_sent` is the choice
    made on the page; without one the file's own cell says how it is sent.
    """

    file_name: str
    content: bytes = field(repr=False)
    file_sha256: str
    how_sent: HowSent | None = None

    @property
    def size_bytes(self) -> int:
        """Size of the content in bytes."""
        return len(self.content)


@dataclass(frozen=True)
class Understood:
    """One report (form × unit × period) in a file; a part that was not understood is None."""

    form: str
    unit_key: str | None
    unit_name: str | None
    period_code: str | None
    row_count: int
    error_count: int
    warning_count: int


@dataclass(frozen=True)
class DryRun:
    """The result that the intake would give for a file today."""

    upload: Upload
    parsed: ParsedFile
    understood: tuple[Understood, ...]

    @property
    def is_readable(self) -> bool:
        """Whether the file has any content that was understood as a report."""
        return self.parsed.outcome != UNREADABLE

    @property
    def is_part_correction(self) -> bool:
        """Whether the file corrects only the rows that it carries."""
        return any(item.is_part_correction for item in self.parsed.replacements)

    @property
    def withdraws(self) -> bool:
        """Whether any figure that was sent before no longer counts."""
        return any(item.withdrawn for item in self.parsed.replacements)

    def replacement_words(self, language: str) -> list[str]:
        """Return the sentences on what the file does to earlier reports, in English for `en`, else in Vietnamese."""
        return (words_en if language == "en" else words_vi)(self.parsed.replacements)

    def count(self, severity: str) -> int:
        """Return the number of findings of this severity."""
        return sum(finding["severity"] == severity for finding in self.parsed.findings)


@dataclass(frozen=True)
class MarkedCopy:
    """The sender's own file with the wrong cells marked."""

    file_name: str
    content: bytes = field(repr=False)


def receive(file_name: str, content: bytes) -> Upload:
    """Return the uploaded file under a harmless name, with its hash."""
    return Upload(
        _bounded(hide_citizen_numbers(printable_name(file_name))),
        content,
        hashlib.sha256(content).hexdigest(),
    )


def is_too_large(size_bytes: int, settings: Settings) -> bool:
    """Whether a file is larger than the page accepts; larger files go into the inbox folder."""
    return size_bytes > settings.upload_max_megabytes * MEGABYTE


def megabytes(size_bytes: int) -> float:
    """Return a size in megabytes, as the widget for files counts them."""
    return size_bytes / MEGABYTE


def received_megabytes(settings: Settings) -> int:
    """Return the size up to which a file still reaches the page, to be refused there in the reader's own language."""
    return settings.upload_max_megabytes * RECEIVED_LIMITS


def dry_run(uploads: Sequence[Upload], settings: Settings) -> list[DryRun]:
    """Check the files; return the results in the same order. A file that cannot be read has outcome `unreadable` and one
    finding with the reason.

    Raises ValueError for a file above the limit: the caller must tell its sender so before this call.
    """
    for upload in uploads:
        if is_too_large(upload.size_bytes, settings):
            raise ValueError(f"{upload.file_name!r} has {upload.size_bytes} bytes")
    with tempfile.TemporaryDirectory() as folder:
        files = [_laid_down(upload, Path(folder), settings) for upload in uploads]
        found = check_files(files, settings)
    return [_told(upload, found[upload.file_sha256], settings) for upload in uploads]


def marked_copy(checked: DryRun, settings: Settings) -> MarkedCopy | None:
    """Return the annotated copy, as the collection would make it; None where no copy can be made."""
    upload = checked.upload
    with tempfile.TemporaryDirectory() as folder:
        file = _laid_down(upload, Path(folder), settings)
        copy = mark_file(file, checked.parsed, Path(folder) / "copy.xlsx", settings)
        if copy is None:
            return None
        return MarkedCopy(f"{Path(upload.file_name).stem}{COPY_MARK}{copy.suffix}", copy.read_bytes())


def _laid_down(upload: Upload, folder: Path, settings: Settings) -> FileToCheck:
    # The path contains no text of the sender; the sender's file name is passed separately.
    path = folder / upload.file_sha256
    path.write_bytes(upload.content)
    return FileToCheck(
        path, upload.file_name, upload.file_sha256, upload.size_bytes, settings, upload.how_sent
    )


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
    # Two uploads may have the same content: each result bears the name of its own upload.
    return DryRun(upload, replace(parsed, file_name=upload.file_name), understood)


def _bounded(name: str) -> str:
    suffix = Path(name).suffix
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(suffix[:16])] + suffix[:16]
