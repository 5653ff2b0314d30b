"""Text typed in the fonts of before Unicode: the letters are other characters, drawn by the font as Vietnamese.

Two families are known by their names: TCVN3 (`.VnTime`, `.VnArialH`; names ending in H draw capitals) and
VNI-Windows (`VNI-Times`). Such text has to be converted before it is cleaned: in TCVN3 the soft hyphen is "ư".
"""

from __future__ import annotations

import csv
import re
import string
import unicodedata
from functools import cache
from pathlib import Path

# One byte of TCVN 5712:1993 (VN3) and its letter, as in the project's reference table of that name.
TCVN3_PATH = Path(__file__).with_name("tcvn3.csv")
FONT_MARKS = (b'".Vn', b'".VN', b'"VNI-')
LAST_BYTE = 0xFF

# VNI-Windows writes a vowel and, after it, a letter that stands for its marks. Source: VNI Software's published table.
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_VNI_MARKS = {
    "ù": _ACUTE,
    "ø": _GRAVE,
    "û": _HOOK,
    "õ": _TILDE,
    "ï": _DOT,
    "â": _CIRCUMFLEX,
    "á": _CIRCUMFLEX + _ACUTE,
    "à": _CIRCUMFLEX + _GRAVE,
    "å": _CIRCUMFLEX + _HOOK,
    "ã": _CIRCUMFLEX + _TILDE,
    "ä": _CIRCUMFLEX + _DOT,
    "ê": _BREVE,
    "é": _BREVE + _ACUTE,
    "è": _BREVE + _GRAVE,
    "ú": _BREVE + _HOOK,
    "ü": _BREVE + _TILDE,
    "ë": _BREVE + _DOT,
}
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIR = re.compile(
    "([aeouyôö])([ùøûõï])|([aeo])([âáàåãä])|(a)([êéèúüë])|([ôöñíìæóòî])",
    re.IGNORECASE,
)


def is_legacy(font_name: str | None) -> bool:
    """Whether a font of this name shows other letters than the characters stand for."""
    return font_name is not None and font_name.lower().startswith((".vn", "vni-"))


def to_unicode(text: str, font_name: str) -> str:
    """Return the text that the font showed, and any other text unchanged.

    A cell may keep such a font though Unicode was typed in it later: a letter that the old encoding does not
    have tells.
    """
    if text.isascii() and not font_name.endswith("H"):
        return text
    if any(ord(letter) > LAST_BYTE and letter.isalpha() for letter in text):
        return text
    lower = font_name.lower()
    if lower.startswith("vni-"):
        return _VNI_PAIR.sub(_vni_letter, text)
    if not lower.startswith(".vn") or any(
        letter.isalpha() and letter not in _tcvn3_letters() for letter in text
    ):
        return text
    shown = text.translate(_tcvn3())
    return shown.upper() if font_name.endswith("H") else shown


def _vni_letter(match: re.Match[str]) -> str:
    letter, mark = [part for part in (*match.groups(), "") if part is not None][:2]
    base = _VNI_LETTERS.get(letter.lower(), letter.lower())
    shown = unicodedata.normalize("NFC", base + _VNI_MARKS.get(mark.lower(), ""))
    return shown.upper() if letter.isupper() else shown


@cache
def _tcvn3() -> dict[int, str]:
    with TCVN3_PATH.open(encoding="utf-8", newline="") as lines:
        return {int(row["byte_hex"], 16): row["character"] for row in csv.DictReader(lines)}


@cache
def _tcvn3_letters() -> frozenset[str]:
    return frozenset(string.ascii_letters) | frozenset(map(chr, _tcvn3()))
