"""The dry run of some files, and their annotated copies. Runs in a child process, like the collection's parse.

Readers and writers of workbooks are imported where they are used: the parent names these functions and opens no file, and a child
that checks does not annotate.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from warehouse.forms.how_sent import HowSent
from warehouse.intake.messages.refusals import BROKE_THE_READER, NEEDS_TOO_MUCH_MEMORY, Refusal
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.reports.refusals import refuse
from warehouse.intake.workers.work import SignOfLife, Work, time_limit
from warehouse.reference.context import Context
from warehouse.settings import Settings

_log = logging.getLogger(__name__)

Checks = list[ParsedFile]
Copies = list[Path | None]


@dataclass(frozen=True)
class FileToCheck:
    """One file on disk, the name that its sender gave it, and the choice made on the page."""

    path: Path
    file_name: str
    file_sha256: str
    size_bytes: int
    settings: Settings
    how_sent: HowSent | None = None


@dataclass(frozen=True)
class FileToMark:
    """One file on disk, its findings, and the path of its annotated copy (the suffix follows from the content)."""

    path: Path
    parsed: ParsedFile
    target: Path
    size_bytes: int

    @property
    def file_sha256(self) -> str:
        """Hash of the content."""
        return self.parsed.file_sha256


def check_chunk(files: Sequence[FileToCheck], context: Context, sign_of_life: SignOfLife) -> Checks:
    """Return the dry run of each file, with the comparison with earlier files; the rows of the file are not returned."""
    checked = []
    for number, file in enumerate(files):
        sign_of_life(number)
        checked.append(_check(file, context))
    return checked


def refused(file: FileToCheck, refusal: Refusal) -> Checks:
    """Return the result for a file whose process ended before it was checked."""
    return [refuse(file.file_name, file.file_sha256, refusal)]


def mark_chunk(files: Sequence[FileToMark], context: Context, sign_of_life: SignOfLife) -> Copies:
    """Write the annotated copies; return the path of each, or None for a file of which no copy could be made."""
    from warehouse.intake.reply.annotate import annotate  # noqa: PLC0415

    copies: Copies = []
    for number, file in enumerate(files):
        sign_of_life(number)
        try:
            with time_limit(file.size_bytes):
                copies.append(annotate(file.path, file.parsed, file.target, context.reference.units))
        except Exception:
            _log.exception("no annotated copy of %s could be made", file.file_sha256)
            copies.append(None)
    return copies


def unmarked(_: FileToMark, __: Refusal) -> Copies:
    """Return None for a file whose process ended before its copy was written."""
    return [None]


CHECK = Work(do=check_chunk, give_up=refused)
MARK = Work(do=mark_chunk, give_up=unmarked)


def _check(file: FileToCheck, context: Context) -> ParsedFile:
    from warehouse.intake.history.dry_run import with_history  # noqa: PLC0415
    from warehouse.intake.parse import parse_file  # noqa: PLC0415

    try:
        with time_limit(file.size_bytes):
            parsed = parse_file(file.path, file.file_name, file.file_sha256, context, how_sent=file.how_sent)
            parsed = with_history(parsed, file.settings)
    except MemoryError:
        return refuse(file.file_name, file.file_sha256, NEEDS_TOO_MUCH_MEMORY)
    except Exception:
        _log.exception("checking %r (%s) failed", file.file_name, file.file_sha256)
        return refuse(file.file_name, file.file_sha256, BROKE_THE_READER)
    return replace(parsed, records={}, returned_rows={}, sheet_columns=[])
