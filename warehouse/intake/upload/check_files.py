"""The one bounded dry run: each file is checked, and marked, in a child process with limits of memory and time.

The upload page and the command line both call this module, so a hostile file gives the same message in both. A page server
holds many readers: at most `parse_processes` children of all of them are at work, the others wait.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.upload.check_chunk import CHECK, MARK, FileToCheck, FileToMark
from warehouse.intake.workers import pool
from warehouse.intake.workers.work import Work
from warehouse.settings import Settings
from warehouse.text.citizen_numbers import hide_citizen_numbers


def file_to_check(path: Path, settings: Settings) -> FileToCheck:
    """Describe the file at `path`, under its own name, for a dry run. Raises OSError where it cannot be read."""
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        size_bytes = stream.seek(0, 2)
    return FileToCheck(path, hide_citizen_numbers(path.name), sha256, size_bytes, settings)


def check_files(
    files: Sequence[FileToCheck], settings: Settings, *, shows_errors: bool = True
) -> dict[str, ParsedFile]:
    """Check each file as the intake would today; return the results by hash. Nothing is recorded.

    A file that cannot be read, or that does not keep inside the limits, has outcome `unreadable` and says why. Without
    `shows_errors` the last words of a child that a file has ended are not repeated on stderr.
    """
    found = _in_child(CHECK, files, settings, shows_errors)
    return {parsed.file_sha256: parsed for parsed in found}


def mark_file(
    file: FileToCheck, parsed: ParsedFile, target: Path, settings: Settings, *, shows_errors: bool = True
) -> Path | None:
    """Write the annotated copy to `target`, with the ending that follows from the content; return where it is.

    None where no copy can be made inside the limits.
    """
    item = FileToMark(file.path, parsed, target, file.size_bytes)
    copies: list[Path | None] = _in_child(MARK, [item], settings, shows_errors)
    return copies[0]


def _in_child(work: Work, items: Sequence[Any], settings: Settings, shows_errors: bool) -> list[Any]:
    with _slots(settings.parse_processes):
        alone = replace(settings, parse_processes=1)
        done = pool.run(work, items, len(items), alone, shows_errors=shows_errors)
        return [result for _, results in done for result in results]


@cache
def _slots(count: int) -> threading.BoundedSemaphore:
    return threading.BoundedSemaphore(count)
