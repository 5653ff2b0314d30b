"""Work on archived files in child processes, and its limits of time."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from warehouse.intake.messages.refusals import Refusal
from warehouse.reference.context import Context

CPU_SECONDS_PER_FILE = 30.0
CPU_SECONDS_PER_MEGABYTE = 3.0
# Real time only ends a process that waits for ever; the machine may be busy with other work.
WALL_TIMES_CPU = 10.0

SignOfLife = Callable[[int], None]


class ArchivedWork(Protocol):
    """One archived file to be worked on; anything that can be pickled."""

    @property
    def path(self) -> Path:
        """The path of the content."""

    @property
    def file_sha256(self) -> str:
        """Hash of the content."""

    @property
    def size_bytes(self) -> int:
        """Size of the content in bytes."""


@dataclass(frozen=True)
class Work:
    """A function for a chunk of files in a child process, and one that makes the result of a file that was given up.

    Both are functions of a module, since they are pickled by name. `do` tells the number of each file before it
    opens it, so that the parent knows which file a process died of.
    """

    do: Callable[[Sequence[Any], Context, SignOfLife], Any]
    give_up: Callable[[Any, Refusal], Any]


@contextmanager
def time_limit(size_bytes: int) -> Iterator[None]:
    """Have the kernel end this process when the block takes too long; works inside C code too."""
    seconds = CPU_SECONDS_PER_FILE + CPU_SECONDS_PER_MEGABYTE * size_bytes / (1 << 20)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * WALL_TIMES_CPU)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
