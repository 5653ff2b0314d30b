"""Write an inspection pack: one ZIP file whose bytes depend on the release, the request and the archived files alone."""

from __future__ import annotations

import hashlib
import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from typing import IO

import pandas as pd

from warehouse.inspection import index
from warehouse.inspection.content import read_content
from warehouse.inspection.files import SourceFile, source_files
from warehouse.inspection.request import Request
from warehouse.inspection.tables import csv_bytes, workbook_bytes
from warehouse.release.store import Release
from warehouse.settings import Settings

# The clock of the machine must not be in the file: two packs of one release are compared byte by byte.
_FIXED_TIME = (2000, 1, 1, 0, 0, 0)
_UNIX, _READABLE = 3, 0o644 << 16


@dataclass(frozen=True)
class Packed:
    """The outcome: rows by table, and how many source files are in each state."""

    row_counts: Mapping[str, int]
    file_states: Mapping[str, int]
    is_empty: bool
    is_simulated: bool


class _Writer:
    """Adds members under fixed times and keeps their hashes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.hashes: dict[str, str] = {}

    def add(self, name: str, content: bytes) -> None:
        member = zipfile.ZipInfo(name, _FIXED_TIME)
        member.compress_type, member.create_system, member.external_attr = (
            zipfile.ZIP_DEFLATED,
            _UNIX,
            _READABLE,
        )
        self._archive.writestr(member, content)
        self.hashes[name] = hashlib.sha256(content).hexdigest()


def write_pack(stream: IO[bytes], settings: Settings, release: Release, request: Request) -> Packed:
    """Write the pack to a stream. An archived file that differs from its hash is named and left out."""
    content = read_content(release, request)
    with zipfile.ZipFile(stream, "w") as archive:
        writer = _Writer(archive)
        files = []
        for file in source_files(settings, content.tables["submissions"], request.with_files):
            if file.content is not None and file.name_in_pack is not None:
                writer.add(file.name_in_pack, file.content)
            # One content at a time is held: the files of a province may be large.
            files.append(replace(file, content=None))
        tables = {**content.tables, "files": _as_table(files)}
        for name, table in tables.items():
            writer.add(f"csv/{name}.csv", csv_bytes(table))
        said, rows = index.lines(release, request, content), index.counts(content, files)
        writer.add("ho_so.xlsx", workbook_bytes(tables, index.TITLES, said, release.built_at))
        writer.add("index.html", index.html(said, rows, files).encode())
        writer.add("README.txt", index.readme(said, rows).encode("utf-8-sig"))
        sums = "".join(f"{sha256}  {name}\n" for name, sha256 in sorted(writer.hashes.items()))
        writer.add("SHA256SUMS.txt", sums.encode())
    states = Counter(file.state for file in files)
    return Packed(dict(rows), dict(sorted(states.items())), content.is_empty, content.is_simulated)


def pack_bytes(settings: Settings, release: Release, request: Request) -> bytes:
    """Return the pack as bytes, for a page that hands it out."""
    stream = BytesIO()
    write_pack(stream, settings, release, request)
    return stream.getvalue()


def _as_table(files: list[SourceFile]) -> pd.DataFrame:
    columns = ["file_sha256", "file_name", "report_count", "state", "name_in_pack"]
    return pd.DataFrame([[getattr(file, name) for name in columns] for file in files], columns=columns)
