"""Faults that last: a retry cannot help, and the message says what is wrong and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# DuckDB's own words for a file that was cut or changed. A full disk or a lock is none of these.
_WORDS_OF_DAMAGE = re.compile(
    r"not a valid DuckDB database file|Corrupt database file|Could not read enough bytes from file \"[^\"]*\.duckdb\"",
    re.IGNORECASE,
)


class LastingFault(RuntimeError):
    """A failure that repeats with the same inputs until a person acts; the message names the cause."""


class DamagedFile(LastingFault):
    """A file of ours cannot be read. The message names the file, the reason and the way out.

    `shown_name` is the file's name below DATA_DIR, for readers who may not see the folders of the server.
    """

    def __init__(self, path: Path, reason: str, way_out: str) -> None:
        super().__init__(f"{path} cannot be read ({reason}). {way_out}")
        self.path = path
        self.shown_name = f"{path.parent.name}/{path.name}"


def tells_of_damage(error: Exception) -> bool:
    """Whether an error of DuckDB says that a database file is damaged."""
    return _WORDS_OF_DAMAGE.search(str(error)) is not None


@contextmanager
def damage_named(path: Path, way_out: str) -> Iterator[None]:
    """Raise DamagedFile for `path` where an error of DuckDB says that the file is damaged."""
    try:
        yield
    except DamagedFile:
        raise
    except Exception as error:
        if not tells_of_damage(error):
            raise
        raise DamagedFile(path, str(error).splitlines()[0], way_out) from error
