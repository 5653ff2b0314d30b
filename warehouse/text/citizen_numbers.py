"""Numbers that belong to a citizen, and that no text of a report needs: identity cards and telephones.

Cells of text and codes lose them in `checks.columns`, messages about a file in `messages.findings`, names of sheets and
files here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

HIDDEN = "[…]"
# Excel allows no square brackets in the name of a sheet.
HIDDEN_IN_SHEET_NAME = "(…)"
MIN_DIGITS = 9
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
    return _hide(text, HIDDEN)


def public_sheet_names(names: Sequence[str]) -> dict[str, str]:
    """Return for each sheet's own name the name under which it is stored: without numbers of citizens.

    Names stay different from each other, since rows and findings are known by sheet and cell.
    """
    public: dict[str, str] = {}
    taken = set(names)
    for name in names:
        hidden = _hide(name, HIDDEN_IN_SHEET_NAME)
        candidate, count = hidden, 1
        while candidate != name and candidate in taken:
            count += 1
            candidate = f"{hidden} {count}"
        taken.add(candidate)
        public[name] = candidate
    return public


def _hide(text: str, hidden: str) -> str:
    return _NUMBER.sub(hidden, text) if len(_DIGIT.findall(text)) >= MIN_DIGITS else text
