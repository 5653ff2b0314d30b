"""Typed names and codes of units, in forms that can be compared. The module knows no list of units."""

from __future__ import annotations

import re
from functools import lru_cache

from warehouse.reference.units.patterns import has_lost_letters, pattern_of
from warehouse.text.vietnamese import mend_misread, normalise, tone_key, unescape

CODE_LENGTHS = (2, 3, 5)
_TYPES = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
_TYPE_WORD = re.compile(
    r"^(?:(tỉnh|t\.(?= ?\w))|(thành phố|tp\.(?= ?\w)|tp(?= ))|(huyện|h\.(?= ?\w))|(quận|q\.(?= ?\w))"
    r"|(thị xã|tx\.(?= ?\w)|tx(?= ))|(xã|x\.(?= ?\w))|(phường|p\.(?= ?\w))|(thị trấn|tt\.(?= ?\w)|tt(?= ))"
    r"|(đặc khu|đk\.(?= ?\w)))\s*",
    re.IGNORECASE,
)
# The words that people type before the name of a unit of each type, short forms included.
TYPE_FORMS = {
    "tỉnh": ("tỉnh", "t"),
    "thành phố": ("thành phố", "tp"),
    "huyện": ("huyện", "h"),
    "quận": ("quận", "q"),
    "thị xã": ("thị xã", "tx"),
    "xã": ("xã", "x"),
    "phường": ("phường", "p"),
    "thị trấn": ("thị trấn", "tt"),
    "đặc khu": ("đặc khu", "đk"),
}
# How a province's departments are shortened; `&` and `và` may stand between the letters.
_DEPARTMENTS = {
    "GTVT": "Giao thông vận tải",
    "NNMT": "Nông nghiệp và Môi trường",
    "NNPTNT": "Nông nghiệp và Phát triển nông thôn",
    "NV": "Nội vụ",
    "TNMT": "Tài nguyên và Môi trường",
    "XD": "Xây dựng",
    "YT": "Y tế",
}
_SHORT_DEPARTMENT = re.compile(
    r"^(?:sở|so) (?=[A-Z])(GTVT|(?:NN|TN) ?(?:&|và|-)? ?MT|NN ?(?:&|và|-)? ?PTNT|NV|XD|YT)(?!\w)",
    re.IGNORECASE,
)
_DEPARTMENT_OF_CITY = re.compile(r"^(sở .+?) tp\.? ?(?=\w)", re.IGNORECASE)
_LEADING_ZEROS = re.compile(r"(?<= )0+(?=\d+$)")
_OF_PLACE = re.compile(r" (?:tỉnh|thành phố) (?=\w)", re.IGNORECASE)
_ITEM_NUMBER = re.compile(r"^\d{1,3}[.)]\s*(?=[^\W\d])")
# A committee that reports for its whole area: the area is meant. `Đảng ủy UBND tỉnh` is a body of its own.
_COMMITTEE = re.compile(
    r"^(?:(?:ubnd|[uủ]y ban nhân dân|uỷ ban nhân dân|uy ban nhan dan|hđnd|hội đồng nhân dân|hdnd|hoi dong nhan dan) "
    r"|(?:(?:ban (?:chấp hành|thường vụ)|bch|btv) )?"
    r"(?:(?:đảng (?:ủy|uỷ|bộ)|dang uy) (?=(?:xã|phường|thị trấn|đặc khu|xa|phuong|thi tran|dac khu) )"
    r"|đảng bộ (?=(?:tỉnh|thành phố|huyện|quận|thị xã) )))",
    re.IGNORECASE,
)
_PARTY_COMMITTEE = re.compile(
    r"^(tỉnh|thành|huyện|quận|thị|tinh|thanh|huyen|quan|thi) (?:ủy|uỷ|uy) ", re.IGNORECASE
)
_PARTY_LEVELS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã")
_PARTY_WORDS = (("tỉnh", "tinh"), ("thành", "thanh"), ("huyện", "huyen"), ("quận", "quan"), ("thị", "thi"))
_PARENT_IN_NAME = re.compile(
    r"\s*(?:,| \()\s*|\s*-\s*(?=(?:tỉnh|thành phố|tp\.?|huyện|quận|thị xã)\s)", re.IGNORECASE
)
_TERRITORY_CODE = re.compile(r"\d{1,5}")
_BODY_CODE = re.compile(r"\d{1,5}-[A-Z0-9-]+")


@lru_cache(maxsize=65_536)
def plain_name(name: str) -> str:
    """A typed name without escapes, misread bytes, an item number, or `UBND` before it."""
    plain = normalise(mend_misread(unescape(name)))
    plain = _COMMITTEE.sub("", _ITEM_NUMBER.sub("", plain))
    plain = _SHORT_DEPARTMENT.sub(lambda match: f"Sở {_DEPARTMENTS[_letters(match[1])]}", plain)
    plain = _DEPARTMENT_OF_CITY.sub(r"\1 thành phố ", plain)
    party = _PARTY_COMMITTEE.match(plain)
    if party:
        word = party[1].lower()
        level = next(i for i, words in enumerate(_PARTY_WORDS) if word in words)
        plain = f"{_PARTY_LEVELS[level]} {plain[party.end() :]}"
    return plain


def department_names(official: str) -> tuple[str, ...]:
    """`("Sở Y tế Lạng Sơn", "Sở Y tế")` of `Sở Y tế tỉnh Lạng Sơn`: how a department is called by its own people.

    Empty for a unit that is no department.
    """
    parts = _OF_PLACE.split(official, maxsplit=1) if official.startswith("Sở ") else [official]
    return (" ".join(parts), parts[0]) if len(parts) > 1 else ()


def _letters(short: str) -> str:
    return re.sub(r"[^A-Z]|VÀ", "", short.upper())


def split_type(name: str) -> tuple[str, str]:
    """`(type word in lower case or "", the rest)` of a unit's name: `TP. Huế` is `("thành phố", "Huế")`."""
    plain = normalise(name)
    match = _TYPE_WORD.match(plain)
    if not match or match.end() == len(plain):
        return "", plain
    return _TYPES[next(i for i, group in enumerate(match.groups()) if group)], plain[match.end() :]


@lru_cache(maxsize=4096)
def readings(plain: str) -> tuple[tuple[str, str], ...]:
    """Each way to part a plain name into type and rest, the type as surely written first.

    The word for the type may have lost marks or letters like the rest: `Tinh Lạng Sơn`, `T\ufffdnh Lạng Sơn`.
    It may also be part of the name: `Quan Hoa` can be `Quận Hoa` or a place called `Quan Hoa`.
    """
    own_type, rest = split_type(plain)
    if own_type:
        return ((own_type, rest),)
    found = [("", plain)]
    words = plain.split()
    for kind, (full, short) in TYPE_FORMS.items():
        for form in (full, short) if has_lost_letters(words[0] if words else "") else (full,):
            length = len(form.split())
            if length < len(words) and pattern_of(" ".join(words[:length]), letters_left=1).fits(form):
                found.append((kind, " ".join(words[length:])))
    return tuple(found)


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """The part of a name that must agree: without case, tone-mark placement, spacing and the word for the type.

    `Thôn 01` is `Thôn 1`.
    """
    key = _LEADING_ZEROS.sub("", tone_key(split_type(name)[1]))
    return str(int(key)) if key.isdecimal() else key


@lru_cache(maxsize=65_536)
def names_agree(given: str, official: str) -> bool:
    """Whether a typed name can be the official one, with what it may have lost on its way.

    Whether another unit fits too is for the caller to decide.
    """
    if name_key(given) == name_key(official):
        return True
    plain = plain_name(given)
    if plain != given and name_key(plain) == name_key(official):
        return True
    if any(name_key(plain) == name_key(short) for short in department_names(official)):
        return True
    bare = split_type(official)[1]
    return any(pattern_of(text).fits(bare) for _, text in readings(plain))


def is_damaged(name: str) -> bool:
    """Whether the name went through an export that lost letters, and so may have lost marks silently too."""
    return has_lost_letters(name) or unescape(name) != name


def split_parent(name: str) -> tuple[str, str]:
    """`("Xã Tân Thành", "tỉnh Lạng Sơn")` of `Xã Tân Thành, tỉnh Lạng Sơn`; the second is "" where none stands."""
    parts = _PARENT_IN_NAME.split(name, maxsplit=1)
    return parts[0], parts[1].rstrip(")").strip() if len(parts) > 1 else ""


def parent_parts(parent_name: str) -> list[str]:
    """`["huyện Chợ Đồn", "tỉnh Bắc Kạn"]` of `huyện Chợ Đồn, tỉnh Bắc Kạn`."""
    return [part.strip(" )") for part in _PARENT_IN_NAME.split(parent_name) if part.strip(" )")]


def code_as_text(code: object) -> str:
    """A unit's code as text: `20.0` from a spreadsheet is `20`; None and blanks are ""."""
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    return normalise(str(code)).upper().replace(" ", "") if code is not None else ""


def possible_codes(code: str, is_text: bool) -> list[str]:
    """The code itself or, where it may have lost leading zeros, every code that it can stand for.

    Text with the length of a code is that code. A number of any length may have lost its zeros.
    """
    if _TERRITORY_CODE.fullmatch(code):
        if is_text and len(code) in CODE_LENGTHS:
            return [code]
        return [code.zfill(length) for length in CODE_LENGTHS if length >= len(code)]
    if _BODY_CODE.fullmatch(code):
        territory, _, body = code.partition("-")
        return [f"{longer}-{body}" for longer in possible_codes(territory, True)]
    return [code]
