"""Finds the numbers of citizens, which no report needs: identity cards and telephones."""

from __future__ import annotations

import re

HIDDEN = "[…]"
MIN_DIGITS = 9
_DIGIT = re.compile(r"\d")

# The twelve digits of an identity card: province of birth 001–096, then sex and century 0–3.
_CARD = r"0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]\d{8}"
# Mobile numbers have ten digits from 03, 05, 07, 08, 09; people part them by dots, dashes or spaces.
_MOBILE = r"(?:\+?84|0)[ .-]?[35789]\d(?:[ .-]?\d){7}"
# The old card had nine digits. They may as well be a sum of money, so a word has to say what they are.
_OLD_CARD = (
    r"(?<=cmnd )\d{9}|(?<=cmnd: )\d{9}|(?<=cmnd số )\d{9}|(?<=cmtnd )\d{9}|(?<=chứng minh nhân dân số )\d{9}"
)
_NUMBER = re.compile(
    rf"(?<![\d.,/-])(?:{_CARD}|{_MOBILE})(?!\d|[.,]\d|[/-]\w)|(?:{_OLD_CARD})(?!\d)", re.IGNORECASE
)


def hide_citizen_numbers(text: str) -> str:
    """Return the text with each number of a citizen replaced by `[…]`."""
    return _NUMBER.sub(HIDDEN, text) if len(_DIGIT.findall(text)) >= MIN_DIGITS else text
