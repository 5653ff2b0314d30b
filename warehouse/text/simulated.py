"""The notice that simulated files bear in sight of their readers, and by which a mended copy of one is known."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from warehouse.text.vietnamese import fold

NOTICE = "DỮ LIỆU MÔ PHỎNG – SIMULATED"
_FOLDED = fold(NOTICE)
# Looked for first: hardly any cell has it.
_RARE_WORD = "simulated"


def bears_notice(cells: Iterable[Any]) -> bool:
    """Whether a cell holds the notice, whatever its case, its dash and the words around it."""
    return any(
        isinstance(cell, str) and _RARE_WORD in cell.lower() and _FOLDED in fold(cell) for cell in cells
    )
