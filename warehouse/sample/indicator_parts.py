"""Indicators of the sample that are parts of another one, so that the figures of a unit fit together. All are simulated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

Whole = npt.NDArray[np.int64]
Kind = Literal["cases", "done", "timely", "late", "all", "open", "same"]


class Figures(NamedTuple):
    """Numerators, and denominators or None for a count."""

    numerator: Whole
    denominator: Whole | None


@dataclass(frozen=True)
class Part:
    """One part of the indicator `whole`.

    Kinds: `cases` a share of its cases, done or not; `done` a share of what was done, of all that was done; `timely` a
    share of what was done, of all cases; `late` what was not done (in time), of all cases; `all` the number of its cases;
    `open` the number not done; `same` its own figures. `shares` are those of all parts, `place` says which one this is.
    `levels`: the levels of units whose figures make a province's total; empty for all that owe the whole.
    """

    whole: str
    kind: Kind
    shares: tuple[float, ...] = (1.0,)
    place: int = 0
    levels: tuple[str, ...] = ()


_COMPLAINTS = (0.74, 0.26)
_PETITIONS = (0.6, 0.4)
_RATED = (0.043, 0.57, 0.387)
_RESOLVED = (0.3, 0.55, 0.15)
_RETURNED = (0.62, 0.38)
PARTS: dict[str, Part] = {
    "KN_GQ": Part("KNTC_GQ", "cases", _COMPLAINTS),
    "TC_GQ": Part("KNTC_GQ", "cases", _COMPLAINTS, 1),
    "KNTC_TRUOC": Part("KNTC_GQ", "done", _RESOLVED),
    "KNTC_DUNG": Part("KNTC_GQ", "done", _RESOLVED, 1),
    "KNTC_SAU": Part("KNTC_GQ", "done", _RESOLVED, 2),
    "KK_DONG": Part("KK_DONGNGUOI", "cases", _PETITIONS),
    "KK_VUOT": Part("KK_DONGNGUOI", "cases", _PETITIONS, 1),
    "QCDC_XA": Part("QCDC_XL", "cases", _RATED),
    "QCDC_CQ": Part("QCDC_XL", "cases", _RATED, 1),
    "QCDC_DN": Part("QCDC_XL", "cases", _RATED, 2),
    "TTHC_TINH": Part("TTHC_DUNGHAN", "same", levels=("province",)),
    "TTHC_XA": Part("TTHC_DUNGHAN", "same", levels=("commune",)),
    "TTHC_TRUOC": Part("TTHC_DUNGHAN", "timely", _RETURNED, levels=("province",)),
    "TTHC_DUNG": Part("TTHC_DUNGHAN", "timely", _RETURNED, 1, levels=("province",)),
    "TTHC_SAU": Part("TTHC_DUNGHAN", "late", levels=("province",)),
    "DAT_PS": Part("DAT_GQ", "all", (0.85, 0.15)),
    "DAT_TON": Part("DAT_GQ", "open"),
    "LLNC_SO": Part("LLNC_TH", "all"),
    "NCUT_SO": Part("NCUT_TH", "all"),
    "CBCT_SO": Part("CBCT_TRONG", "all"),
}


def part_of(part: Part, whole: Figures, random: np.random.Generator) -> Figures:
    """Return the figures of a part. With a generator in the same state, the parts of one whole add up to it."""
    done, cases = whole
    done_parts = _split(done, part.shares, random)
    if cases is None:
        return Figures(done_parts[part.place], None)
    rest_parts = _split(cases - done, part.shares, random)
    chosen, chosen_rest = done_parts[part.place], rest_parts[part.place]
    numerators = {"cases": chosen, "done": chosen, "timely": chosen, "late": cases - done, "same": done}
    denominators = {
        "cases": chosen + chosen_rest,
        "done": done,
        "timely": cases,
        "late": cases,
        "same": cases,
    }
    if part.kind in numerators:
        return Figures(numerators[part.kind], denominators[part.kind])
    return Figures(chosen + chosen_rest if part.kind == "all" else cases - done, None)


def _split(total: Whole, shares: tuple[float, ...], random: np.random.Generator) -> list[Whole]:
    """Split each number at random among the shares, which add up to 1."""
    parts, left, share_left = [], total, 1.0
    for share in shares[:-1]:
        parts.append(random.binomial(left, share / share_left))
        left, share_left = left - parts[-1], share_left - share
    return [*parts, left]
