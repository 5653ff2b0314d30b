"""How far a child process has come in its chunk: a number that it writes down and its parent looks up when the child has died.

Sent as messages they would wake the parent for each file.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

_NUMBER_BYTES = 4


@dataclass(frozen=True)
class Progress:
    """A few bytes of memory that parent and child share by a descriptor."""

    descriptor: int

    @classmethod
    def new(cls) -> Progress:
        """With nothing noted; the parent closes it."""
        return cls(os.memfd_create("progress"))

    @property
    def current(self) -> int | None:
        """The item that was noted last; None where none of the chunk was begun."""
        noted = os.pread(self.descriptor, _NUMBER_BYTES, 0)
        return int.from_bytes(noted, "little") if noted else None

    def note(self, number: int) -> None:
        """Say which item of the chunk is worked on from here on."""
        os.pwrite(self.descriptor, number.to_bytes(_NUMBER_BYTES, "little"), 0)

    def reset(self) -> None:
        """Nothing of the chunk is begun."""
        os.ftruncate(self.descriptor, 0)

    def close(self) -> None:
        """The parent's end; the child's goes with the child."""
        os.close(self.descriptor)
