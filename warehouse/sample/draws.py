"""Random numbers that are the same each time: each draw has a name, so that a new draw changes no other."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from statistics import NormalDist
from typing import TypeVar

import numpy as np

SEED = "dan-van-2026"
_NORMAL = NormalDist()
_BYTES = 8
_SCALE = 1 << (8 * _BYTES)

Item = TypeVar("Item")


def uniform(*names: object) -> float:
    """A number strictly between 0 and 1 that depends on the names alone."""
    return (_number(names) + 0.5) / _SCALE


def normal(*names: object) -> float:
    """A standard normal number that depends on the names alone."""
    return _NORMAL.inv_cdf(uniform(*names))


def whole(low: int, high: int, *names: object) -> int:
    """A whole number from `low` to `high`, both included."""
    return low + int(uniform(*names) * (high - low + 1))


def pick(items: Sequence[Item], *names: object) -> Item:
    """One of the items; all are equally likely."""
    return items[whole(0, len(items) - 1, *names)]


def stream(*names: object) -> np.random.Generator:
    """A generator for a block of draws, such as one indicator of one group of units; it depends on the names alone."""
    return np.random.default_rng(_number(names))


def _number(names: Sequence[object]) -> int:
    text = "|".join([SEED, *map(str, names)])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=_BYTES).digest(), "big")
