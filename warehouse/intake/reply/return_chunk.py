"""Make the replies to some files, each within its own limits. Runs in a child process.

Annotating opens the sender's workbook a second time, with a library that knows its formats: as dangerous as parsing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from warehouse.disk.durable import publish_dir, working_dir
from warehouse.intake.messages.refusals import Refusal
from warehouse.intake.reply import annotate
from warehouse.intake.reply.receipt import RECEIPT_TEXT, write_receipt
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.workers.work import SignOfLife, Work, time_limit
from warehouse.reference.context import Context

SIMULATED_NOTICE = "SỐ LIỆU MÔ PHỎNG, KHÔNG PHẢI SỐ LIỆU THẬT (simulated data)\n\n"

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileToReturn:
    """One recorded file: its content, its findings, and the folder to make. `received_at` is UTC, aware.

    `rows_kept` counts the kept rows by raw table; the rows themselves are not needed here.
    """

    path: Path
    size_bytes: int
    received_at: datetime
    parsed: ParsedFile
    rows_kept: Mapping[str, int]
    target: Path
    annotated_name: str
    is_simulated: bool
    with_copy: bool

    @property
    def file_sha256(self) -> str:
        """Hash of the content."""
        return self.parsed.file_sha256


def return_chunk(
    files: Sequence[FileToReturn], context: Context, sign_of_life: SignOfLife
) -> list[FileToReturn]:
    """Make the folders; return the files whose reply is to be made again without the annotated copy."""
    failed = []
    for number, file in enumerate(files):
        sign_of_life(number)
        try:
            with time_limit(file.size_bytes):
                make_folder(file, context)
        except Exception:
            _log.exception("no annotated copy of %s could be made", file.file_sha256)
            failed.append(replace(file, with_copy=False))
    return failed


def without_copy(file: FileToReturn, _: Refusal) -> list[FileToReturn]:
    """Return the file, to be made again with its receipt alone."""
    return [replace(file, with_copy=False)]


RETURN = Work(do=return_chunk, give_up=without_copy)


def make_folder(file: FileToReturn, context: Context) -> None:
    """Make one folder under a working name, then rename it."""
    with working_dir(file.target.parent, file.file_sha256) as folder:
        write_receipt(file.parsed, file.rows_kept, file.received_at, context.reference.units, folder)
        if file.is_simulated:
            receipt = folder / RECEIPT_TEXT
            receipt.write_text(SIMULATED_NOTICE + receipt.read_text(encoding="utf-8"), encoding="utf-8")
        if file.with_copy:
            annotate.annotate(file.path, file.parsed, folder / file.annotated_name, context.reference.units)
        publish_dir(folder, file.target, survives_power_cut=False)
