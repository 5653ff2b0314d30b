"""Finds the list value of a text that says more than its name: `Tiếp công dân định kỳ tháng 9`, `Chủ tịch UBND xã`."""

from __future__ import annotations

import re

from warehouse.text.vietnamese import fold, tone_key

# The names of a list's values by code; the Vietnamese name first.
Choices = dict[str, tuple[str, ...]]

# What a person did is told in many words; whose post it is only by the place of the post. A state is never guessed from its
# beginning: "Đã giải quyết một phần" is not "Đã giải quyết".
_FREE_ENDINGS = frozenset({"activity_types", "topics"})
_OF_A_PLACE = frozenset({"host_roles"})
_PLACES = frozenset(
    {*("xã", "phường", "tỉnh", "huyện", "quận", "thị", "thành", "đặc", "cấp", "đảng", "việt", "ubnd")}
)
_HONORIFIC = re.compile(r"^(?:các )?(?:đồng chí|đ/c|đ\.c|ông|bà)\s+", re.IGNORECASE)
# Words after which a text no longer says what its beginning says.
_AGAINST = re.compile(r"\b(?:khong|chua|hoan|huy|dung)\b")
# A value that stands for all that is not listed.
_REST = "other"


def longer_choice(choices: Choices, list_name: str | None, text: str) -> str | None:
    """Return the code whose longest name the text begins with; None where another value is named too, or in other lists."""
    if list_name not in _FREE_ENDINGS | _OF_A_PLACE:
        return None
    bare = _HONORIFIC.sub("", text)
    words = tone_key(bare).split()
    names = {tuple(tone_key(name).split()): code for code, all_ in choices.items() for name in all_}
    for length in range(len(words), 0, -1):
        code = names.get(tuple(words[:length]))
        if code is None or code == _REST:
            continue
        ending = words[length:]
        if list_name in _OF_A_PLACE:
            return code if not ending or _is_place(bare, length) else None
        return None if _says_otherwise(names, code, ending, bare) else code
    return None


def _is_place(text: str, start: int) -> bool:
    words = re.split(r"[^\w]+", text.lower().strip())
    return words[start] in _PLACES and not any(map(str.isdigit, text))


def _says_otherwise(names: dict[tuple[str, ...], str], code: str, ending: list[str], text: str) -> bool:
    if _AGAINST.search(fold(text)):
        return True
    return any(
        tuple(ending[start : start + length]) in names
        and names[tuple(ending[start : start + length])] not in (code, _REST)
        for start in range(len(ending))
        for length in range(1, len(ending) - start + 1)
    )
