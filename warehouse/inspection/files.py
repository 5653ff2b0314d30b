"""The files that the figures of a pack come from: whether the archive has them, and whether they are still what was received."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

import pandas as pd

from warehouse.intake.arrive.archive import content_path, read_archived
from warehouse.settings import Settings

FOLDER = "files"
State = Literal["included", "not_in_archive", "damaged", "left_out"]


@dataclass(frozen=True)
class SourceFile:
    """One file that was sent. `name_in_pack` is made of its hash: the sender's own name may be anything."""

    file_sha256: str
    file_name: str
    report_count: int
    state: State
    name_in_pack: str | None = None
    content: bytes | None = None


def source_files(settings: Settings, submissions: pd.DataFrame, with_files: bool) -> Iterator[SourceFile]:
    """Return the files of these reports in the order of their hashes, one at a time; each content is held against its hash."""
    for file_sha256, reports in submissions.groupby("file_sha256", sort=True):
        name, count = str(reports["file_name"].iloc[0]), len(reports)
        if not with_files:
            yield SourceFile(str(file_sha256), name, count, "left_out")
        else:
            yield _from_archive(settings, str(file_sha256), name, count)


def _from_archive(settings: Settings, file_sha256: str, name: str, count: int) -> SourceFile:
    try:
        archived = read_archived(settings, file_sha256)
    except ValueError:
        return SourceFile(file_sha256, name, count, "damaged")
    if archived is None:
        return SourceFile(file_sha256, name, count, "not_in_archive")
    content = content_path(settings, archived).read_bytes()
    if hashlib.sha256(content).hexdigest() != file_sha256:
        return SourceFile(file_sha256, name, count, "damaged")
    extension = PurePosixPath(archived.archive_name).suffix
    return SourceFile(file_sha256, name, count, "included", f"{FOLDER}/{file_sha256}{extension}", content)
