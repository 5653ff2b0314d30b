"""Vietnamese text as people type it, brought to forms that can be compared. Pure functions, no I/O."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Look-alikes of the hyphen: hyphens, dashes, minus, bullet hyphen, small and full-width forms.
DASHES = "‐‑‒–—―−⁃﹘﹣－"
# Characters that take no room and only confuse comparison. The soft hyphen is not among them: in TCVN3 it is a
# letter, and is converted before text comes here.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_CLEAN = str.maketrans(dict.fromkeys(DASHES, "-") | dict.fromkeys(INVISIBLE))
_ODD = re.compile(f"[{DASHES}{INVISIBLE}]")
_NO_MARKS = str.maketrans(dict.fromkeys(chr(code) for code in range(0x300, 0x370)))
_NOT_ALPHANUMERIC = re.compile(r"[^0-9a-z]+")
_WORD_BREAK = re.compile(r"[^\w\u0300-\u036f]+|_")
_ESCAPE = re.compile(r"<U\+([0-9A-Fa-f]{4,6})>")


def normalise(text: str) -> str:
    """NFC, one kind of space and of hyphen, nothing invisible, no space at the ends. Case and tones stay."""
    if not text.isascii():
        if _ODD.search(text):
            text = text.translate(_CLEAN)
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def unescape(text: str) -> str:
    """Replace escapes such as `<U+1ECA>`, which some exports leave behind, by the letter they name."""
    return _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case without any mark, words parted by one space: the key for headings and for search.

    Not safe for joining names by itself: Tân Thành and Tân Thạnh fold to the same.
    """
    plain = unicodedata.normalize("NFD", text.lower()).translate(_NO_MARKS).replace("đ", "d")
    return _NOT_ALPHANUMERIC.sub(" ", plain).strip()


@lru_cache(maxsize=65_536)
def tone_key(text: str) -> str:
    """Lower case with the tone of each syllable moved to its end, so that hoà and hòa are the same.

    Everything else that tells names apart (which tone, â, ơ, đ, digits) stays; punctuation becomes a space.
    """
    words = _WORD_BREAK.split(unicodedata.normalize("NFD", normalise(text).lower()))
    return " ".join(_tone_last(word) for word in words if word)


def _tone_last(word: str) -> str:
    tones = [mark for mark in word if mark in TONE_MARKS]
    if not tones:
        return word
    return "".join(letter for letter in word if letter not in TONE_MARKS) + "".join(tones)


def has_marks(text: str) -> bool:
    """Whether the text bears any mark at all: a name typed wholly without marks is compared without."""
    return not normalise(text).isascii()


def neutralise(text: str) -> str:
    """Text that a spreadsheet will not take for a formula: a quote before what would start one."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text
