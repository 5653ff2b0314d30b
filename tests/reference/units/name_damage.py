"""Ways in which names are damaged between a keyboard and a file; written without the code that mends them."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

LOST = "\ufffd"
# A Western Windows code page writes the "best fit" without the mark for letters that it lacks.
BEST_FIT = dict(zip("ăĂđĩĨũŨơƠưƯ", "aAdiIuUoOuU", strict=True))
TONES = "\u0300\u0301\u0303\u0309\u0323"
Damage = Callable[[str, random.Random], str]


def without_marks(text: str) -> str:
    """Return `Lang Son` for `Lạng Sơn`."""
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def as_western_export(text: str, _: random.Random) -> str:
    """Damage a name as R does on a Western Windows: escapes, lost letters, marks left off."""
    written = []
    for letter in text:
        if letter.isascii():
            written.append(letter)
        elif letter in BEST_FIT:
            written.append(BEST_FIT[letter])
        elif letter in "Đ\u00a0" or letter.encode("cp1252", "ignore"):
            written.append(LOST)
        else:
            written.append(f"<U+{ord(letter):04X}>")
    return "".join(written)


def losing_marked_letters(text: str, chance: random.Random) -> str:
    """Replace some marked letters, each by one U+FFFD."""
    return "".join(LOST if not letter.isascii() and chance.random() < 0.6 else letter for letter in text)


def losing_marked_letters_to_question_marks(text: str, _: random.Random) -> str:
    """Replace letters by question marks as a database in a Western code page does."""
    return "".join(letter if letter.isascii() else "?" for letter in text)


def with_stray_marks(text: str, chance: random.Random) -> str:
    """Insert a U+FFFD that stands for no letter, where an invisible character was."""
    place = chance.choice([0, len(text), text.find(" ") if " " in text else 0])
    return text[:place] + LOST + text[place:]


def losing_some_marks(text: str, chance: random.Random) -> str:
    """Remove the marks of some letters, each by its own chance."""
    return "".join(without_marks(letter) if chance.random() < 0.4 else letter for letter in text)


def losing_all_marks(text: str, _: random.Random) -> str:
    """Remove all marks, as people do who type without them."""
    return without_marks(text)


def decomposed(text: str, _: random.Random) -> str:
    """Decompose letters and marks as a Mac does."""
    return unicodedata.normalize("NFD", text)


def with_tones_moved(text: str, _: random.Random) -> str:
    """hoà for hòa: in syllables that end in oa, oe, uy the tone may stand on either vowel."""
    words = []
    for word in unicodedata.normalize("NFD", text).split(" "):
        tone = next((letter for letter in word if letter in TONES), "")
        bare = "".join(letter for letter in word if letter not in TONES)
        is_movable = tone and bare.lower().endswith(("oa", "oe", "uy")) and not bare.lower().startswith("qu")
        words.append(bare + tone if is_movable else word)
    return unicodedata.normalize("NFC", " ".join(words))


def shouted_with_odd_spaces(text: str, _: random.Random) -> str:
    """Write capitals, a no-break space, a zero-width space and a long dash."""
    return "\u00a0" + text.upper().replace(" - ", " – ").replace(" ", "\u00a0 ", 1) + "\u200b"


def misread_utf8(text: str, _: random.Random) -> str:
    """Read UTF-8 as Windows-1252, with undefined bytes kept as control characters."""
    return "".join(
        bytes([byte]).decode("cp1252", "ignore") or chr(byte)
        for byte in unicodedata.normalize("NFC", text).encode()
    )


def as_entities(text: str, _: random.Random) -> str:
    """Write marked letters as entities of a web page's source."""
    return "".join(letter if letter.isascii() else f"&#{ord(letter)};" for letter in text)


HARMLESS: tuple[Damage, ...] = (
    decomposed,
    with_tones_moved,
    shouted_with_odd_spaces,
    misread_utf8,
    as_entities,
)
LOSING: tuple[Damage, ...] = (
    as_western_export,
    losing_marked_letters,
    losing_marked_letters_to_question_marks,
    with_stray_marks,
    losing_some_marks,
    losing_all_marks,
)
