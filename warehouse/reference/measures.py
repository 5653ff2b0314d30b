"""Compares a unit of measure that a sender wrote with the one in which a figure is kept.

A figure in another unit is asked about with the converted number as a suggestion, never converted in silence: 36 hours may be
one day and a half, or four and a half working days.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from warehouse.reference.indicators import Indicator
from warehouse.text.vietnamese import fold

# All words are folded. A multiplier makes a number that is rounded, and small.
MULTIPLIERS = {"chuc": 10, "tram": 100, "nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "1000": 1_000}
HOURS = {"phut": 1 / 60, "gio": 1.0, "tieng": 1.0, "h": 1.0, "ngay": 24.0, "tuan": 168.0}
_PERCENT = frozenset({"", "ty le", "phan tram", "ti le"})
# Nouns for things that are counted whole, by their first word.
_COUNT_NOUNS = frozenset(
    {
        *(
            "nguoi",
            "dong",
            "d",
            "luot",
            "can",
            "dang",
            "dai",
            "hoi",
            "doan",
            "ho",
            "vu",
            "viec",
            "cuoc",
            "buoi",
        ),
        *("lan", "don", "van", "quyet", "mo", "dien", "to", "chi", "co", "thon", "xa", "ban", "bao", "kien"),
        *(
            "ket",
            "nhiem",
            "chinh",
            "de",
            "cong",
            "du",
            "quy",
            "y",
            "phieu",
            "nhom",
            "tap",
            "ca",
            "lop",
            "cau",
        ),
    }
)
_PEOPLE = frozenset({"nguoi", "dong", "d", "luot", "can", "dang", "dai", "hoi", "doan"})
_ORGANISATIONS = frozenset({"to", "chi", "dang", "don", "co"})
_SAME_THING = {
    "vu": frozenset({"viec"}),
    "cuoc": frozenset({"buoi", "hoi", "lan"}),
    "mo": frozenset({"dien"}),
    "chinh": frozenset({"de", "van", "chuong"}),
}
_MONEY = re.compile(r"\bdong(?! chi)\b|\bvnd\b")


class Verdict(NamedTuple):
    """Whether the units agree. `factor` turns the sender's number into the expected unit, where that is known."""

    fits: bool
    factor: float | None = None


def judge(written: str, indicator: Indicator | None, column: str, heading: str = "") -> Verdict:
    """Compare the unit that stands beside a figure, in its row or over its column with the one that is expected there.

    Without an indicator the column counts what its heading names: people, where it names nothing else.
    """
    words = fold(written).split()
    factor = _multiplier(words)
    if factor is not None:
        return Verdict(False, factor)
    if _MONEY.search(fold(written)):
        return Verdict(False)
    if indicator is None:
        return Verdict(_is_counted(words, (heading,)))
    if indicator.is_rate and column in ("numerator", "denominator"):
        own = (indicator.numerator_vi, indicator.denominator_vi)
        return Verdict(_is_counted(words, own))
    if indicator.is_rate:
        return Verdict(fold(written) in _PERCENT or _counts(words))
    if not words:
        return Verdict(False)
    expected = fold(indicator.unit_vi).split()[0]
    if words[0] == expected or words[0] in _SAME_THING.get(expected, ()):
        return Verdict(True)
    if words[0] in HOURS and expected in HOURS:
        return Verdict(False, HOURS[words[0]] / HOURS[expected])
    return Verdict(False)


def is_plain_noun(written: str) -> bool:
    """Whether the words only name things that are counted: no multiple, no time, no percentage, no money."""
    words = fold(written).split()
    return _multiplier(words) is None and not _MONEY.search(fold(written)) and _counts(words)


def in_heading(heading: str) -> str | None:
    """Return the unit in brackets of a heading where it is a multiple or a time: `Giá trị (nghìn hồ sơ)`."""
    for inside in re.findall(r"[(\[]([^()\[\]]*)[)\]]", heading):
        words = fold(re.sub(r"^\s*(?:đvt|đơn vị tính|đơn vị)\s*:", "", inside, flags=re.IGNORECASE)).split()
        if words and (_multiplier(words) is not None or words[0] in HOURS):
            return str(inside).strip()
    return None


def over_table(text: str) -> str | None:
    """Return the unit of a line above a table, `Đơn vị tính: nghìn người`, where it is a multiple or a time."""
    match = re.match(r"\s*\(?\s*(?:đơn vị tính|đvt)\s*:\s*([^()]+)\)?\s*$", text, re.IGNORECASE)
    words = fold(match[1]).split() if match else []
    return match[1].strip() if match and words and (_multiplier(words) or words[0] in HOURS) else None


def _multiplier(words: list[str]) -> float | None:
    if words[:2] in (["1", "000"], ["1", "nghin"]):
        return 1_000
    if words[:1] == ["ty"] and words[1:2] != ["le"]:
        return 1_000_000_000
    return MULTIPLIERS.get(words[0]) if words else None


def _counts(words: list[str]) -> bool:
    return bool(words) and words[0] in _COUNT_NOUNS


def _is_counted(words: list[str], own: Sequence[str]) -> bool:
    """Whether the words stand in the texts that say what is counted, or are another word for people or organisations in them."""
    texts = [f" {fold(text)} " for text in own]
    if not words:
        return False
    if any(f" {' '.join(words)} " in text for text in texts):
        return True
    if any(" to chuc " in text for text in texts):
        return words[0] in _ORGANISATIONS
    counts_people = any(" nguoi " in text or " can bo " in text for text in texts) or len(texts) == 1
    return counts_people and words[0] in _PEOPLE
