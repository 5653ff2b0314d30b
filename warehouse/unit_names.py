"""Names and codes of units as people type them, in forms that can be compared. Knows no list of units."""

from __future__ import annotations

import re
from functools import lru_cache

from warehouse.text import fold, has_marks, normalise, tone_key

CODE_LENGTHS = (2, 3, 5)
_TYPE_WORD = re.compile(
    r"^(?:(tỉnh|t\.(?= ?\w))|(thành phố|tp\.?(?= ))|(huyện|h\.(?= ?\w))|(quận|q\.(?= ?\w))|(thị xã|tx\.?(?= ))"
    r"|(xã|x\.(?= ?\w))|(phường|p\.(?= ?\w))|(thị trấn|tt\.?(?= ))|(đặc khu))\s*",
    re.IGNORECASE,
)
_TYPES = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
_PARENT_IN_NAME = re.compile(r"\s*(?:,|-| \()\s*(?=(?:tỉnh|thành phố|tp|huyện|quận|thị xã)\b)", re.IGNORECASE)
_TERRITORY_CODE = re.compile(r"\d{1,5}")
_BODY_CODE = re.compile(r"\d{1,5}-[A-Z0-9-]+")


def split_type(name: str) -> tuple[str, str]:
    """`(type word in lower case or "", the rest)` of a unit's name: `TP. Huế` is `("thành phố", "Huế")`."""
    plain = normalise(name)
    match = _TYPE_WORD.match(plain)
    if not match or match.end() == len(plain):
        return "", plain
    return _TYPES[next(i for i, group in enumerate(match.groups()) if group)], plain[match.end() :]


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """What of a name must agree: case, tone-mark placement, spacing and the word for the type do not matter."""
    key = tone_key(split_type(name)[1])
    return str(int(key)) if key.isdecimal() else key


def names_agree(given: str, official: str) -> bool:
    """Whether a typed name can be the official one. A name typed wholly without marks is compared without."""
    if name_key(given) == name_key(official):
        return True
    return not has_marks(given) and fold(name_key(given)) == fold(name_key(official))


def split_parent(name: str) -> tuple[str, str]:
    """`("Xã Tân Thành", "tỉnh Lạng Sơn")` of `Xã Tân Thành, tỉnh Lạng Sơn`; the second is "" where none stands."""
    parts = _PARENT_IN_NAME.split(name, maxsplit=1)
    return parts[0], parts[1].rstrip(")").strip() if len(parts) > 1 else ""


def code_as_text(code: object) -> str:
    """A unit's code as text: `20.0` from a spreadsheet is `20`; None and blanks are ""."""
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    return normalise(str(code)).upper().replace(" ", "") if code is not None else ""


def possible_codes(code: str, is_text: bool) -> list[str]:
    """The code itself or, where it may have lost leading zeros, every code that it can stand for.

    Text of a code's length is that code. A number may have lost its zeros whatever its length.
    """
    if _TERRITORY_CODE.fullmatch(code):
        if is_text and len(code) in CODE_LENGTHS:
            return [code]
        return [code.zfill(length) for length in CODE_LENGTHS if length >= len(code)]
    if _BODY_CODE.fullmatch(code):
        territory, _, body = code.partition("-")
        return [f"{longer}-{body}" for longer in possible_codes(territory, True)]
    return [code]
