"""Typed Vietnamese text in forms that can be compared. Pure functions, no I/O."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import lru_cache

# Look-alikes of the hyphen: hyphens, dashes, minus, bullet hyphen, small and full-width forms.
DASHES = "‐‑‒–—―−⁃﹘﹣－"
# Characters that take no room and only confuse comparison. The soft hyphen is not among them: in TCVN3 it is a
# letter, which is converted before text reaches this module.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
_FIRST_SURROGATE, _LAST_SURROGATE = 0xD800, 0xDFFF
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")

_CLEAN = str.maketrans(dict.fromkeys(DASHES, "-") | dict.fromkeys(INVISIBLE))
_ODD = re.compile(f"[{DASHES}{INVISIBLE}]")
_NO_MARKS = str.maketrans(dict.fromkeys(chr(code) for code in range(0x300, 0x370)))
_NOT_ALPHANUMERIC = re.compile(r"[^0-9a-z]+")
_WORD_BREAK = re.compile(r"[^\w\u0300-\u036f]+|_")
# The escapes that R, HTML and JSON write for a letter that does not fit: `<U+1ECA>`, `&#x1ECA;`, `\u1eca`, `&#7882;`.
_ESCAPE = re.compile(r"<U\+([0-9A-Fa-f]{4,6})>|&#[xX]([0-9A-Fa-f]{2,6});|\\u([0-9A-Fa-f]{4})|&#(\d{2,7});")
_SPACE_IN_LETTER = re.compile("(?<=[\u00c3\u00c6]) |(?<=\u00e1\u00ba) |(?<=\u00e1\u00bb) ")
# UTF-8 read as Windows-1252: each Vietnamese letter begins with one of these.
_MISREAD_STARTS = re.compile("[\u00c3-\u00c6\u00cc\u00e1][\u0080-\u00bf\u0152-\u2122]")


def normalise(text: str) -> str:
    """Return text in NFC with one kind of space and of hyphen, nothing invisible, no space at the ends. Case and tones stay."""
    if not text.isascii():
        if _ODD.search(text):
            text = text.translate(_CLEAN)
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def unescape(text: str) -> str:
    """Replace escapes such as `<U+1ECA>`, which some exports leave behind, by the letter they name."""
    return _ESCAPE.sub(_escaped_letter, text)


def mend_misread(text: str) -> str:
    """Repair text whose UTF-8 was read as Windows-1252 (`Láº¡ng SÆ¡n`); return any other text unchanged."""
    if not _MISREAD_STARTS.search(text):
        return text
    # The second half of à, Ạ and Ơ is a no-break space, of which cleaning leaves a space; whether a real one
    # stood beside it is lost with it.
    for misread in (text, _SPACE_IN_LETTER.sub("\u00a0\u00ef\u00bf\u00bd", text)):
        try:
            return b"".join(_byte_of(letter) for letter in misread).decode("utf-8")
        except UnicodeError:
            continue
    return text


def _escaped_letter(match: re.Match[str]) -> str:
    code = int(match[4]) if match[4] else int(match[1] or match[2] or match[3], 16)
    is_letter = code <= sys.maxunicode and not _FIRST_SURROGATE <= code <= _LAST_SURROGATE
    return chr(code) if is_letter else match[0]


def _byte_of(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        # The five bytes that Windows-1252 leaves open come through as control characters.
        return letter.encode("latin-1")


def without_marks(text: str) -> str:
    """Return lower case without any mark; punctuation and spaces stay. NFC text keeps its length."""
    return unicodedata.normalize("NFD", text.lower()).translate(_NO_MARKS).replace("đ", "d")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Return lower case without any mark, words parted by one space: the key for headings and for search.

    Not safe for joining names by itself: Tân Thành and Tân Thạnh fold to the same.
    """
    return _NOT_ALPHANUMERIC.sub(" ", without_marks(text)).strip()


@lru_cache(maxsize=65_536)
def tone_key(text: str) -> str:
    """Return lower case with the tone of each syllable moved to its end, so that hoà and hòa are equal.

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
    """Whether the text has any mark. A name that was typed without marks is compared without marks."""
    return not normalise(text).isascii()


def neutralise(text: str) -> str:
    """Put a quote before text that a spreadsheet would take for a formula, also where blanks precede it."""
    return "'" + text if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text
