"""A file as it was sent, read once and opened once for all who look into it."""

from __future__ import annotations

import io
import mmap
import os
import zipfile
from functools import cached_property
from pathlib import Path

from warehouse.intake.workers.threads import LARGE_FILE_BYTES

Content = bytes | mmap.mmap


class SentFile:
    """Content and, of a workbook, the archive that it is; each when first asked for."""

    def __init__(self, source: Path | bytes) -> None:
        """Where it lies, or its bytes where they are at hand."""
        self._source = source

    @cached_property
    def content(self) -> Content:
        """All bytes. Raises OSError."""
        if isinstance(self._source, bytes):
            return self._source
        with self._source.open("rb") as stream:
            if os.fstat(stream.fileno()).st_size < LARGE_FILE_BYTES:
                return stream.read()
            # To copy what the kernel holds already takes as long as a quarter of the reading.
            return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)

    @cached_property
    def archive(self) -> zipfile.ZipFile:
        """The content as a zip archive. Raises what `zipfile` raises on a broken one."""
        return zipfile.ZipFile(io.BytesIO(self.content))

    def forget(self) -> None:
        """Give back the memory of both; whoever asks again has them read again."""
        self.__dict__.pop("content", None)
        self.__dict__.pop("archive", None)
