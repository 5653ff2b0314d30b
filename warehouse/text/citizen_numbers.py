"""Numbers that belong to a citizen, and that no text of a report needs: identity cards and telephones.

Hidden are twelve digits that can be an identity card, nine digits with a zero in front, telephones, and nine to twelve digits
after a word such as CCCD or "điện thoại"; each in one piece or parted by blanks, dots or dashes. Amounts of money, counts and
numbers of documents stay: they have no zero in front, a currency behind, or letters after a slash or a dash.

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

# Signs by which people part a long number.
_SEP = r"[\s.\u2013-]"
# The twelve digits of an identity card: province of birth 001–096, then sex and century 0–3. They are written together or in
# groups; an amount of money has no leading zero.
_CARD_START = rf"(?=0(?:0[1-9]|[1-8]\d|9[0-6]){_SEP}?[0-3])"
_GROUPS = ("12", "3 3 3 3", "3 3 6", "6 6", "3 9", "4 4 4", "3 1 2 6", "3 4 5", "4 8", "3 1 8")
_CARD = (
    rf"{_CARD_START}(?:"
    + "|".join(_SEP.join(rf"\d{{{n}}}" for n in group.split()) for group in _GROUPS)
    + ")"
)
# The old card had nine digits. Only with a zero in front, or with a word (below), can they not be a sum of money.
_OLD_CARD = rf"0\d{{8}}|0\d{{2}}(?:{_SEP}\d{{3}}){{2}}"
# Telephones from 03, 05, 07, 08, 09 and 02, with the country's code in any writing. 84 alone needs the digits in one piece.
_PREFIX = r"(?:\(\s*\+?84\s*\)|\+\s?84|0084|\(?\+84\)?)[\s.)\u2013-]{0,3}(?:\(0\)\s?|0)?|\(?0[\s.-]?"
_REST = r"(?:[\s.()\u2013-]{0,2}\d)"
_PHONE = (
    rf"(?:{_PREFIX})(?:[35789]\)?{_REST}{{8}}|2\d{{1,2}}\)?{_REST}{{7}})"
    r"|84[35789]\d{8}(?!\s*(?:đ\b|đồng|vn[dđ]))"
)
# `05.10.2026 08:00` begins like a telephone.
_NO_DATE = rf"(?!\d\d{_SEP}\d\d{_SEP}(?:19|20)\d\d(?!\d))"
# A number that a word announces, however it begins.
_CARD_WORD = (
    r"(?:cmnd|cmtnd|cmt|cccd|căn cước(?: công dân)?|chứng minh(?: thư)?(?: nhân dân)?|định danh(?: cá nhân)?|hộ chiếu|"
    r"can cuoc(?: cong dan)?|chung minh(?: thu)?(?: nhan dan)?|identity card)"
)
_PHONE_WORD = (
    r"(?:sđt|sdt|số điện thoại|điện thoại|dien thoai|di động|hotline|zalo|viber|phone|mobile|\btel\b)"
)
_ANNOUNCED = re.compile(
    rf"((?:{_CARD_WORD}|{_PHONE_WORD})[^\d\n]{{0,20}}?)\+?\d(?:{_SEP}?\d){{8,11}}(?!\d)(?!\s*(?:đ\b|đồng|vn[dđ]|triệu|tỷ))",
    re.IGNORECASE,
)
# Letters, or few digits that begin no other number, after a slash or a dash make a document's number: `0123456789-QĐ/TU`.
_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d[.,])(?<!\w[/-]){_NO_DATE}(?:{_CARD}|{_PHONE}|{_OLD_CARD})(?!\d|[.,]\d|[/-][^\W\d]|[/-](?!0|84)\d{{1,8}}(?!\d))",
    re.IGNORECASE,
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
    if len(_DIGIT.findall(text)) < MIN_DIGITS:
        return text
    text = _ANNOUNCED.sub(lambda match: match[1] + hidden, text)
    # The second of two numbers with a slash between them is seen when the first is gone.
    return _NUMBER.sub(hidden, _NUMBER.sub(hidden, text))
