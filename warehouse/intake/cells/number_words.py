"""Takes apart a text in which a number stands beside words: `12 vụ (tăng 2 vụ)`, `2 (20%)`, `12,`, `1.2E+03`, `không`."""

from __future__ import annotations

import re
from math import isfinite
from typing import NamedTuple

from warehouse.text.vietnamese import fold

# Words in the place of a figure that say: nothing happened. They are folded, so that tones do not matter.
ZERO_WORDS = frozenset(
    {
        *("khong", "ko", "khong co", "ko co", "chua co", "chua phat sinh", "khong phat sinh", "ko phat sinh"),
        *("khong phat sinh vu viec", "khong co phat sinh", "khong phat sinh vu nao", "khong co vu nao"),
        *("khong co vu viec", "khong xay ra", "k phat sinh", "none", "nil", "zero"),
    }
)
MAX_CHARACTERS = 80
# Words that make a figure an estimate or a doubt.
_DOUBT = re.compile(
    r"\b(?:uoc|khoang|du kien|tam tinh|tam|gan|hon|tren|duoi|chua|it nhat|toi thieu|toi da)\b"
)
_REMARK = re.compile(
    r"\s*\((?P<inside>[^()]*)\)$|\s*[,;:]\s*(?P<after>(?:tăng|giảm|trong đó|so với|bằng)\b.*)$"
)
_NUMBER_FIRST = re.compile(r"(?P<number>-?\d[\d.,  ]*(?<=\d)(?:\s*%)?)\s*(?P<rest>[^\d].*)?", re.DOTALL)
_STRAY_END = re.compile(r"(?<=\d)\s*[.,;:]$")
_UNIT = re.compile(r"[^\W\d_][\w\s/.,-]*", re.UNICODE)
_SCIENTIFIC = re.compile(r"(-?\d)(?:[.,](\d{1,14}))?[eE]\+(\d{1,2})")


class Said(NamedTuple):
    """A text taken apart. `unit` are the words after the number; a text `is_doubtful` where it says "about" or "?"."""

    number: str
    unit: str
    has_remark: bool
    is_doubtful: bool

    @property
    def rule(self) -> str:
        """The rule that tells the sender how the text was read."""
        return "number_with_remark" if self.has_remark else "number_stray_mark"


def scientific(text: str) -> float | None:
    """Return the number that `1.2E+03` is; None for any other text. Excel shows long numbers so, and may cut digits."""
    match = _SCIENTIFIC.fullmatch(text)
    if match is None:
        return None
    number = float(f"{match[1]}.{match[2] or 0}e{match[3]}")
    return number if isfinite(number) else None


def take_apart(text: str) -> Said | None:
    """Return the number and the words of a text that begins with its only number; None for any other text."""
    if len(text) > MAX_CHARACTERS or not any(map(str.isdigit, text)):
        return None
    is_doubtful = "?" in text or _DOUBT.search(fold(text)) is not None
    core, has_remark = text, False
    remark = _REMARK.search(core)
    if remark and remark.start() > 0:
        core, has_remark = core[: remark.start()].strip(), True
    core = _STRAY_END.sub("", core)
    match = _NUMBER_FIRST.fullmatch(core)
    if match is None:
        return Said(core, "", has_remark, is_doubtful) if is_doubtful and core[:1].isdigit() else None
    unit = (match["rest"] or "").strip(" .,;:")
    if unit and not _UNIT.fullmatch(unit):
        return None
    if any(map(str.isdigit, unit)):
        return None
    return Said(match["number"].strip(), unit, has_remark, is_doubtful)
