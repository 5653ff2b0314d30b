"""A file as it was sent: its bytes and, of a workbook, its archive. Each is read once, and shared by all readers."""

from __future__ import annotations

import io
import zipfile
from functools import cached_property
from pathlib import Path

ZIP_MARK, OLE_MARK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class SentFile:
    """The content of one file, read when it is first needed."""

    def __init__(self, source: Path | bytes) -> None:
        """Take the path of the file, or its bytes where they are at hand."""
        self._source = source

    @cached_property
    def content(self) -> bytes:
        """All bytes. Raises OSError."""
        return self._source if isinstance(self._source, bytes) else self._source.read_bytes()

    @cached_property
    def archive(self) -> zipfile.ZipFile:
        """The content as a zip archive. Raises the errors of `zipfile` on a broken one."""
        return zipfile.ZipFile(io.BytesIO(self.content))

    @property
    def is_workbook(self) -> bool:
        """Whether the content begins like a workbook, of the new kind (zip) or the old one (OLE)."""
        return self.content.startswith((ZIP_MARK, OLE_MARK))

    def forget(self) -> None:
        """Give the memory back. A later use reads the file again."""
        self.__dict__.pop("content", None)
        self.__dict__.pop("archive", None)
