"""The heartbeat of a child process: the number of the file it works on, which its parent reads when the child has died.

Messages would wake the parent for each file.
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
        """Make one with nothing noted; the parent closes it."""
        return cls(os.memfd_create("progress"))

    @property
    def current(self) -> int | None:
        """Return the item that was noted last; None where no item of the chunk was begun."""
        noted = os.pread(self.descriptor, _NUMBER_BYTES, 0)
        return int.from_bytes(noted, "little") if noted else None

    def note(self, number: int) -> None:
        """Note which item of the chunk is worked on now."""
        os.pwrite(self.descriptor, number.to_bytes(_NUMBER_BYTES, "little"), 0)

    def reset(self) -> None:
        """Note that no item of the chunk is begun."""
        os.ftruncate(self.descriptor, 0)

    def close(self) -> None:
        """Close the parent's end; the child's end closes with the child."""
        os.close(self.descriptor)
