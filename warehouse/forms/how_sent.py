"""How a report of a form that is accepted whole was sent: in the place of the one before, or as a correction of some rows.

The template's cell, the page, the archive's metadata and the raw store use these words.
"""

from __future__ import annotations

from typing import Literal

from warehouse.text.vietnamese import fold, normalise

HowSent = Literal["whole", "part"]
WHOLE: HowSent = "whole"
PART: HowSent = "part"
LABEL_VI = "Cách gửi"
CHOICES_VI: dict[HowSent, str] = {WHOLE: "thay toàn bộ", PART: "chỉ sửa các dòng có trong tệp"}
_LABELS = frozenset(map(fold, (LABEL_VI, "Cách gửi báo cáo", "Hình thức gửi", "how_sent", "How it is sent")))
_OTHER_WORDS: dict[HowSent, tuple[str, ...]] = {
    WHOLE: (WHOLE, "toàn bộ", "thay thế toàn bộ", "gửi toàn bộ"),
    PART: (PART, "chỉ sửa", "sửa một phần", "chỉ sửa một phần", "chỉ sửa các dòng có trong tệp này"),
}
_MEANINGS: dict[str, HowSent] = {
    fold(text): meaning for meaning, words in _OTHER_WORDS.items() for text in (CHOICES_VI[meaning], *words)
}


def is_label(text: str) -> bool:
    """Whether a text, without its colon, is the label of the choice."""
    return fold(normalise(text)) in _LABELS


def meaning_of(text: str) -> HowSent | None:
    """Return the choice that a text names; None for any other text."""
    return _MEANINGS.get(fold(normalise(text)))


def from_metadata(value: object) -> HowSent | None:
    """Return the choice in a metadata file; None where there is none. Raises ValueError for an unknown one."""
    if value is None:
        return None
    for known in CHOICES_VI:
        if value == known:
            return known
    raise ValueError(f"how_sent is {value!r}")
