"""Numbers that belong to a citizen, and that no text of a report needs: identity cards and telephones."""

from __future__ import annotations

import re

HIDDEN = "[…]"
SHORTEST = 9
_DIGIT = re.compile(r"\d")

# The twelve digits of an identity card: province of birth 001–096, then sex and century 0–3.
_CARD = r"0(?:0[1-9]|[1-8]\d|9[0-6])[0-3]\d{8}"
# Mobile numbers have ten digits from 03, 05, 07, 08, 09; people part them by dots, dashes or spaces.
_MOBILE = r"(?:\+?84|0)[ .-]?[35789]\d(?:[ .-]?\d){7}"
# Nine digits were the old card; alone they may as well be a sum of money, so a word has to say so.
_OLD_CARD = (
    r"(?<=cmnd )\d{9}|(?<=cmnd: )\d{9}|(?<=cmnd số )\d{9}|(?<=cmtnd )\d{9}|(?<=chứng minh nhân dân số )\d{9}"
)
_NUMBER = re.compile(
    rf"(?<![\d.,/-])(?:{_CARD}|{_MOBILE})(?!\d|[.,]\d|[/-]\w)|(?:{_OLD_CARD})(?!\d)", re.IGNORECASE
)


def hide_citizen_numbers(text: str) -> str:
    """The text with such numbers replaced by `[…]`; the same text where there is none."""
    return _NUMBER.sub(HIDDEN, text) if len(_DIGIT.findall(text)) >= SHORTEST else text
