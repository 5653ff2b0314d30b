"""The number by which the raw store knows a submission, and what it is called outside of it: the same number in hex digits.

Of figures there are millions, each with the id of its report: as a number it takes a third of the time and room of a text.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Number = TypeVar("Number", int, npt.NDArray[np.uint64])

_ALL_BITS = 2**64 - 1
# One bit less than there is room for: an id is never negative.
_ID_BITS = 2**63 - 1
_HASH_BYTES = 8
_DIGITS = 16


def make_submission_id(
    file_sha256: str, form: str | None, unit_key: str | None, period_code: str | None
) -> int:
    """The same for the same file × form × unit × period, so that a rebuild gives the same: docs/architecture.md, "Raw tables"."""
    return submission_ids(file_sha256, form, hash_of(unit_key), hash_of(period_code))


def submission_ids(file_sha256: str, form: str | None, units: Number, periods: Number) -> Number:
    """The ids of one file's submissions, of one or of many: a long file has a hundred thousand. Units and periods are given by
    their `hash_of`.
    """
    bits: Any = hash_of(f"{file_sha256}|{form or ''}")
    ids: Number = _spread(_spread(bits ^ units) ^ periods) & _ID_BITS
    return ids


def hash_of(text: str | None) -> int:
    """The first 64 bits of the SHA-256 of a text; nothing is as an empty one."""
    return int.from_bytes(hashlib.sha256((text or "").encode()).digest()[:_HASH_BYTES])


def published_id(column: str = "submission_id") -> str:
    """SQL for a submission's id as the marts have it, from the raw store's."""
    return f"lpad(lower(hex({column})), {_DIGITS}, '0')"


def stored_id(column: str = "submission_id") -> str:
    """SQL for a submission's id as the raw store has it, from that of a mart, or of a store from before that had 32 digits."""
    return f"cast(cast('0x' || left({column}, {_DIGITS}) as ubigint) & {_ID_BITS} as bigint)"


def _spread(bits: Any) -> Any:
    """Each bit spread over all 64, and none lost: the last step of SplitMix64 (Steele, Lea and Flood 2014)."""
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9 & _ALL_BITS
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB & _ALL_BITS
    return bits ^ (bits >> 31)
