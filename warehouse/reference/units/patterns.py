"""A name with letters or marks missing, as a pattern of the names that it can stand for.

Three kinds of loss are known. A letter that an export could not write became U+FFFD (or `?`), or vanished.
A mark that it could not write was left off, so that `DUONG` stands for `DƯƠNG`. A name was typed without
marks altogether. The remaining letters and marks must agree: a written mark is never ignored. A pattern is certain
when exactly one unit fits; its caller decides that.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from warehouse.text.vietnamese import TONE_MARKS, normalise

LOST = "\ufffd"
# Circumflex, breve and horn tell letters apart; a tone belongs to its whole syllable.
_LETTER_MARKS = "\u0302\u0306\u031b"
_WORD_BREAK = re.compile(rf"[^\w\u0300-\u036f{LOST}]+|_")
_ONE_LETTER = rf"[^\W_][{_LETTER_MARKS}]?"
# U+FFFD may stand for one letter (or space), for one byte of a letter, or for nothing.
_LOST_LETTERS = f"(?:{_ONE_LETTER}| ){{0,%d}}"
_LOST_RUN = re.compile(f"{LOST}+")
# With less left than this a name could be anything; longer text is no name.
MIN_LETTERS_LEFT = 3
MAX_LOST_RUNS = 12
LONGEST_NAME = 120
_PIECE = re.compile(rf"({LOST}+)|(.)([{_LETTER_MARKS}]?)", re.DOTALL)
_NO_TONES = str.maketrans(dict.fromkeys(TONE_MARKS))


class NamePattern:
    """The names that a typed name can stand for. Case, punctuation and the place of tone marks do not matter."""

    def __init__(self, text: str, letters_left: int = MIN_LETTERS_LEFT) -> None:
        """`letters_left`: how many letters must be there for the text to stand for anything."""
        letters, self._tones = _letters_and_tones(text[: LONGEST_NAME + 1].replace("?", LOST))
        words = letters.split()
        self._pattern: re.Pattern[str] | None = None
        if _says_enough(letters, letters_left):
            self._pattern = re.compile(_join([_word_pattern(word) for word in words], words))

    def fits(self, official: str) -> bool:
        """Whether the official name can be meant."""
        text, tones = _letters_and_tones(official)
        if self._pattern is None or not self._pattern.fullmatch(text):
            return False
        if len(tones) == len(self._tones):
            return all(not given or given == tone for given, tone in zip(self._tones, tones, strict=True))
        # A space was lost as well: the tones that are there must still come in the same order.
        remaining = iter("".join(tones))
        return all(tone in remaining for tone in "".join(self._tones))


@lru_cache(maxsize=4096)
def pattern_of(text: str, letters_left: int = MIN_LETTERS_LEFT) -> NamePattern:
    """The pattern of a typed name; made once."""
    return NamePattern(text, letters_left)


def has_lost_letters(text: str) -> bool:
    """Whether letters are known to be missing."""
    return LOST in text or "?" in text


@lru_cache(maxsize=32_768)
def _letters_and_tones(text: str) -> tuple[str, tuple[str, ...]]:
    """`(words without tones, the tone of each word)`, in lower case and decomposed."""
    words = [
        word for word in _WORD_BREAK.split(unicodedata.normalize("NFD", normalise(text).lower())) if word
    ]
    tones = ["".join(mark for mark in word if mark in TONE_MARKS) for word in words]
    return " ".join(words).translate(_NO_TONES), tuple(tones)


def _says_enough(letters: str, letters_left: int) -> bool:
    runs = _LOST_RUN.findall(letters)
    if not runs:
        return 0 < len(letters) <= LONGEST_NAME
    left = sum(letter.isalnum() for letter in letters)
    # A letter of two or three bytes may have become as many U+FFFD.
    lost = sum(max(1, len(run) // 2) for run in runs)
    return len(runs) <= MAX_LOST_RUNS and max(letters_left, lost) <= left and len(letters) <= LONGEST_NAME


def _word_pattern(word: str) -> str:
    if word.isdecimal():
        return f"0*{int(word)}"
    return "".join(
        _LOST_LETTERS % len(lost) if lost else _letter_pattern(letter, mark)
        for lost, letter, mark in _PIECE.findall(word)
    )


def _letter_pattern(letter: str, mark: str) -> str:
    if mark or not letter.isalpha():
        return re.escape(letter + mark)
    if letter == "d":
        return "[dđ]"
    return f"{re.escape(letter)}[{_LETTER_MARKS}]?"


def _join(patterns: list[str], words: list[str]) -> str:
    """Words parted by a space, which may be missing beside a word of which no letter is left."""
    joined = ""
    for position, pattern in enumerate(patterns):
        if position:
            is_bare = not words[position].strip(LOST) or not words[position - 1].strip(LOST)
            joined += " ?" if is_bare else " "
        joined += pattern
    return joined
