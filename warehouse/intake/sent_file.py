"""A file as it was sent, read once and opened once for all who look into it."""

from __future__ import annotations

import io
import zipfile
from functools import cached_property
from pathlib import Path


class SentFile:
    """Content and, of a workbook, the archive that it is; each when first asked for."""

    def __init__(self, source: Path | bytes) -> None:
        """Where it lies, or its bytes where they are at hand."""
        self._source = source

    @cached_property
    def content(self) -> bytes:
        """All bytes. Raises OSError."""
        return self._source if isinstance(self._source, bytes) else self._source.read_bytes()

    @cached_property
    def archive(self) -> zipfile.ZipFile:
        """The content as a zip archive. Raises what `zipfile` raises on a broken one."""
        return zipfile.ZipFile(io.BytesIO(self.content))

    def forget(self) -> None:
        """Give back the memory of both; whoever asks again has them read again."""
        self.__dict__.pop("content", None)
        self.__dict__.pop("archive", None)
