"""The id of a submission: 16 hex digits, the same text in the raw store, in staged Parquet and in the marts.

It follows from file, form, unit and period (docs/architecture.md, "Raw tables"), so a rebuild gives the same ids.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_ALL_BITS = 2**64 - 1
# The highest bit is 0: releases before had the ids from signed numbers of 64 bits.
_ID_BITS = 2**63 - 1
_HASH_BYTES = 8
_DIGITS = 16


def make_submission_id(
    file_sha256: str, form: str | None, unit_key: str | None, period_code: str | None
) -> str:
    """Return the id of one submission; a part that is not known counts as an empty text."""
    number: int = _mixed(file_sha256, form, hash_of(unit_key), hash_of(period_code))
    return _in_digits(number)


def make_submission_ids(
    file_sha256: str, form: str, units: npt.NDArray[np.uint64], periods: npt.NDArray[np.uint64]
) -> list[str]:
    """Return the ids of many submissions of one file, from `hash_of` their units and periods."""
    return list(map(_in_digits, _mixed(file_sha256, form, units, periods).tolist()))


def hash_of(text: str | None) -> int:
    """Return the first 64 bits of the SHA-256 of a text; None counts as an empty text."""
    return int.from_bytes(hashlib.sha256((text or "").encode()).digest()[:_HASH_BYTES])


def id_from_number(column: str = "submission_id") -> str:
    """SQL for an id from the number that stores of earlier versions had."""
    return f"lpad(lower(hex({column})), {_DIGITS}, '0')"


def id_from_text(column: str = "submission_id") -> str:
    """SQL for an id from a text of 16 digits, or of the 32 digits that the earliest stores and releases had."""
    return id_from_number(f"cast('0x' || left({column}, {_DIGITS}) as ubigint) & {_ID_BITS}")


def _mixed(file_sha256: str, form: str | None, unit: Any, period: Any) -> Any:
    start = hash_of(f"{file_sha256}|{form or ''}")
    return _spread(_spread(start ^ unit) ^ period) & _ID_BITS


def _spread(bits: Any) -> Any:
    """Let each bit change about half of the 64 bits, reversibly: the last step of SplitMix64 (Steele, Lea and Flood 2014)."""
    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9 & _ALL_BITS
    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB & _ALL_BITS
    return bits ^ (bits >> 31)


def _in_digits(number: int) -> str:
    return f"{number:0{_DIGITS}x}"
