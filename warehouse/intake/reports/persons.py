"""The name of a person who holds a model: only a code is kept, in the holder's column and in every other text of the row.

The name stays in the sender's own file. A row whose holder is already a code names nobody, so its texts are kept as they are.
"""

from __future__ import annotations

import re

from warehouse.intake.cells.row import Row
from warehouse.intake.messages.findings import Issue
from warehouse.text.vietnamese import normalise, without_marks

# A holder that is already a code (letters, digits and dashes, with a digit) is kept as it is.
_HOLDER_CODE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9./_-]*")
_TITLES = r"(?:ông|bà|anh|chị|em|cô|chú|bác|cụ|đồng chí|đ/c)"
_TITLE_IN_FRONT = re.compile(rf"^{_TITLES}\s+", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_PLACE_WORDS = frozenset({
    "thôn", "bản", "xóm", "tổ", "khu", "xã", "phường", "huyện", "tỉnh", "trấn", "ấp", "khối", "phố", "làng", "buôn",
    "quận", "đường", "đội",
})  # fmt: skip
# Two capitals of an office's name, as in "Hội Nông dân", are no person's name.
_OFFICE_STARTS = frozenset(["Ban", "Chi", "Hội", "Hợp", "Khối", "Liên", "Mặt", "Trường", "Uỷ", "Ủy", "Đảng"])
_HEADS = frozenset({"trưởng", "phó"})
_LEAST_WORDS, _MOST_WORDS = 2, 6


def has_person(row: Row, name: str) -> bool:
    """Whether a column of the row holds a person's name, and not a collective's or a code."""
    private = row.table.form.by_name[name].is_private_for
    text = row.values.get(name)
    if private is None or not text or row.values.get(private.column) != private.value:
        return False
    return not _HOLDER_CODE.fullmatch(text)


def hide_person(row: Row) -> None:
    """Replace the name of a person by a code, wherever a text of the row says it."""
    form = row.table.form
    for column in form.columns:
        if not has_person(row, column.name):
            continue
        names = names_in(row.values[column.name])
        code = f"CN-{row.values.get(form.key[0]) or row.number}"
        row.values[column.name] = code
        row.issues.append(Issue("holder_stored_as_code", column.name, None, code))
        for other in form.stored_columns:
            text = row.values.get(other.name)
            if other.type != "text" or other.name == column.name or not text:
                continue
            hidden = without_names(text, names, code)
            if hidden != text:
                row.values[other.name] = hidden
                row.issues.append(Issue("person_name_hidden", other.name, None, code))


def hide_person_in(text: str, row: Row) -> str:
    """Return a text about the row without the name of the person who holds the model."""
    for column in row.table.form.columns:
        if has_person(row, column.name):
            text = without_names(text, names_in(row.values[column.name]), "[…]")
    return text


def names_in(holder: str) -> list[str]:
    """Return the names of persons in the cell of a holder: runs of capitalised words that are neither a place nor an office.

    A cell in small letters alone is a name as a whole, up to its first comma or bracket.
    """
    found: list[str] = []
    run: list[str] = []
    before: tuple[str, ...] = ()
    for part in re.split(r"(\W+)", normalise(holder)):
        if _WORD.fullmatch(part) and part[0].isupper():
            run.append(part)
            continue
        if part.isspace():
            continue
        found += _name_of(run, before)
        run, before = [], (*(before[-1:] if not run else [run[-1].lower()]), part.lower())
    found += _name_of(run, before)
    first = re.split(r"[,;(]", normalise(holder))[0]
    if not found and first.islower():
        found += _name_of(first.split(), ())
    return found


def without_names(text: str, names: list[str], code: str) -> str:
    """Return the text with each of these names, in any case and with or without tone marks, replaced by the code.

    A title with the given name alone ("chị Hoa") is replaced too, where it is written with the same marks: without marks it
    may be another word.
    """
    text = normalise(text)
    for name in names:
        words = without_marks(name).split()
        parted = r"[\s.]+".join(map(re.escape, words))
        pattern = re.compile(rf"(?<!\w){parted}(?!\w)")
        for match in reversed(list(pattern.finditer(without_marks(text)))):
            text = text[: match.start()] + code + text[match.end() :]
        given = name.split()[-1]
        title = rf"(?<!\w)(?i:{_TITLES})\s+{re.escape(given[0].upper() + given[1:].lower())}(?!\w)"
        text = re.sub(title, lambda _: code, text)
    return text


def _name_of(run: list[str], before: tuple[str, ...]) -> list[str]:
    """Return the name that a run of words is; nothing where it is a place, an office or a single word.

    `before` are the words in front. After "trưởng thôn" stands the village or the head's own name: three words are a name.
    """
    name = _TITLE_IN_FRONT.sub("", " ".join(run))
    words = name.split()
    is_office = len(words) == _LEAST_WORDS and words[0] in _OFFICE_STARTS
    is_place = before[-1:] and before[-1] in _PLACE_WORDS
    is_place = is_place and not (before[0] in _HEADS and len(words) > _LEAST_WORDS)
    if is_place or is_office or not _LEAST_WORDS <= len(words) <= _MOST_WORDS:
        return []
    return [name]
