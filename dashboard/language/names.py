"""Names of things in the reader's language: indicators, units, provinces; names in a sentence and in an order."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any

from dashboard.language import dates
from dashboard.language.numbers import is_known, is_true, number
from dashboard.language.texts import Language

Row = Any
"""A row of a frame as `itertuples` gives it: the columns of the query as attributes."""

TYPE_WORDS = ("Thành phố ", "Tỉnh ", "Thủ đô ")
NAMED = 3
"""So many names fit a sentence; the rest is a number."""

_LETTERS = {"ă": "a1", "â": "a2", "đ": "d1", "ê": "e1", "ô": "o1", "ơ": "o2", "ư": "u1"}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def indicator_name(row: Row, language: Language) -> str:
    """Return the indicator's name, in Vietnamese where it has no English one."""
    english = row.indicator_name_en if language.code == "en" else None
    return str(english if is_known(english) and english else row.indicator_name_vi)


def group_name(row: Row, language: Language) -> str:
    """Return the name of the indicator's group; empty where the row has none."""
    found = getattr(row, f"group_name_{language.code}", None)
    return str(found) if is_known(found) else ""


def unit_of_measure(row: Row, language: Language) -> str:
    """Return the unit in which the indicator is measured; empty when there is none."""
    chosen = row.unit_en if language.code == "en" and is_known(row.unit_en) else row.unit
    return str(chosen) if is_known(chosen) else ""


def short_name(name: str) -> str:
    """Return a province's name without the word for its type: `Tỉnh Lạng Sơn` as `Lạng Sơn`."""
    for word in TYPE_WORDS:
        if name.startswith(word):
            return name.removeprefix(word)
    return name


def unit_label(row: Row, language: Language) -> str:
    """Name a unit version in a list: today's by name, a former one with the unit above it and its last day.

    A village or a division has a name that repeats, so it always stands with the unit above it.
    """
    if is_true(row.is_current):
        return f"{row.unit_name} ({row.parent_name})" if is_true(row.is_part) else str(row.unit_name)
    until = language("unit.until", date=dates.day(row.valid_to, language))
    is_local = row.level in ("commune", "district") or is_true(row.is_part)
    above = row.parent_name if is_known(row.parent_name) and is_local else None
    return f"{row.unit_name} ({above}, {until})" if above else f"{row.unit_name} ({until})"


def in_sentence(text: str, language: Language) -> str:
    """Put a name inside a sentence: in Vietnamese its first letter is small, unless the word is an abbreviation."""
    first = text.split(" ", 1)[0]
    is_abbreviation = first.isupper() and len(first) > 1
    return text if language.code != "vi" or is_abbreviation else f"{text[:1].lower()}{text[1:]}"


def listed(names: Sequence[str], language: Language) -> str:
    """`A, B và C`."""
    if not names[:-1]:
        return "".join(names)
    return language("list.last", first=", ".join(names[:-1]), last=names[-1])


def first_named(names: Sequence[str], language: Language) -> str:
    """List the first three names, and say how many more there are."""
    rest = len(names) - NAMED
    if rest <= 0:
        return listed(names, language)
    others = language.count("list.others", rest, n=number(rest, language))
    return listed([*names[:NAMED], others], language)


def sort_key(name: str) -> tuple[str, str]:
    """Return the key of Vietnamese dictionary order: a < ă < â, d < đ, then by tone."""
    letters, tones = [], []
    for letter in unicodedata.normalize("NFC", name).lower():
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts[1:] if mark in _TONES)
        base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tone))
        letters.append(_LETTERS.get(base, f"{base}0"))
        tones.append(tone)
    return "".join(letters), "|".join(tones)
