"""Provinces with a command of the border guard: those on the land border and on the coast.

Until 2025-06-30 there were 44 provincial commands ("Bộ Chỉ huy"), equal to the military command. Since 2025-07-01 there
are 30 smaller ones ("Ban Chỉ huy") under the military command of the merged province (conclusion 159-KL/TW of
2025-05-29; Nhân Dân, 2025-06-28). That they report in their own name is a proposal.
"""

from __future__ import annotations

from collections.abc import Mapping

CODE = "BDBP"
NAME_BEFORE, NAME_SINCE = "Bộ Chỉ huy Bộ đội Biên phòng {tinh}", "Ban Chỉ huy Bộ đội Biên phòng {tinh}"
_LAND_BORDER = "02 04 10 11 12 14 20 22 38 40 42 44 45 46 49 62 64 66 67 70 72 80 87 89 91"
_COAST_ALONE = "31 34 36 37 48 51 52 54 56 58 60 77 79 82 83 84 94 95 96"
_OLD_CODES = frozenset(f"{_LAND_BORDER} {_COAST_ALONE}".split())


def provinces(merged_into: Mapping[str, str]) -> frozenset[str]:
    """Return the keys of the province versions that have a command, before and after the mergers of July 2025."""
    before = {f"{code}@0" for code in _OLD_CODES}
    return frozenset(before | {merged_into[key] for key in before})
