"""Find the units that a name can mean: exactly, by another name in use, or by the remains of a damaged name.

A name is looked up inside its parent. Without a parent that is the country, so that a bare `Hòa Bình` is the
province and never one of the communes of that name; a commune needs its parent, or the word for its type and
a name that no other unit bears. A village needs its commune, and a division its body.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from warehouse.reference.units.index import (
    CODE,
    FROM,
    KEY,
    LEVEL,
    NAME,
    OPEN_END,
    OPEN_START,
    PARENT,
    TO,
    TYPE,
    Alias,
    NameIndex,
    UnitRow,
    is_part,
    is_top,
)
from warehouse.reference.units.names import (
    is_damaged,
    name_key,
    parent_parts,
    plain_name,
    readings,
    split_parent,
    split_type,
)
from warehouse.reference.units.patterns import has_lost_letters, pattern_of
from warehouse.text.vietnamese import fold, has_marks, tone_key

SUGGESTION_SCORE = 80
# One letter of seven: with two letters exchanged, Tân Thành would be taken for Ca Thành.
NAME_SCORE = 87
# Bounds for a file that asks about ever new parents.
MAX_PARENTS_KEPT, MAX_ANSWERS_KEPT = 256, 200_000
MAX_SUGGESTIONS = 3
_COMMUNE_TYPES = ("xã", "phường", "thị trấn", "đặc khu")
LEVELS_OF_TYPE = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    **dict.fromkeys(("huyện", "quận", "thị xã"), ("district",)),
    **dict.fromkeys(_COMMUNE_TYPES, ("commune",)),
}
How = Literal["name", "alias", "pattern"]


class Found(NamedTuple):
    """Units that a name fits, by whether they are alive on the day asked about, and how it was found."""

    how: How
    alive: list[UnitRow]
    ended: list[UnitRow]
    future: list[UnitRow]

    @property
    def is_any(self) -> bool:
        """Whether the name fits any unit of any time."""
        return bool(self.alive or self.ended or self.future)


class Question(NamedTuple):
    """A name to search for: plain, with its known surroundings."""

    plain: str
    parents: tuple[str, ...]
    day: str
    level: str | None


class NameSearch:
    """Finds units by name; remembers which parents a name was held against."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index
        self._parent_fits: dict[tuple[str, str], bool] = {}
        self._inside: dict[tuple[str, ...], list[tuple[UnitRow, str]]] = {}

    def find(self, name: str, parent_name: str, day: str, level: str | None) -> Found:
        """Return the units that fit best: exactly or by an alias if any does, else by pattern."""
        own_name, parent_in_name = split_parent(name)
        parents = (*parent_parts(parent_name), *parent_parts(parent_in_name))
        question = Question(plain_name(own_name), tuple(map(plain_name, parents)), day, level)
        if has_marks(own_name) and not is_damaged(own_name) and not has_lost_letters(question.plain):
            exact = self._sorted("name", self._exact(question), question)
            found = exact if exact.is_any else self._sorted("alias", self._by_alias(question), question)
            if found.is_any:
                return found
        # A name that lost marks or letters may stand for several others: all units that fit are weighed together.
        how: How = "pattern" if has_marks(own_name) else "name"
        return self._sorted(how, self._by_pattern(question), question)

    def agrees(self, name: str, row: UnitRow, day: str) -> bool:
        """Whether a name is one of the unit's other names on that day."""
        keys = {tone_key(plain_name(name)), *(name_key(text) for _, text in readings(plain_name(name)))}
        return any(
            alias.unit_code == row[CODE] and alias.level == row[LEVEL] and _is_valid(alias, day)
            for key in keys
            for alias in self._index.aliases.get(key, ())
        )

    def similar(self, name: str, parent_name: str, day: str) -> list[UnitRow]:
        """Return at most three units alive whose names look like this one: for a question, never for an answer.

        Only units that the question can mean: of the type that is written, inside the parent that is written, and without a
        parent no commune, since some look-alike lies in every other province.
        """
        # Only here: most files ask for no name that is not found, and it takes as long to import as to read five of them.
        from rapidfuzz import fuzz, process  # noqa: PLC0415

        own_name, parent_in_name = split_parent(name)
        parents = [plain_name(text) for text in (*parent_parts(parent_name), *parent_parts(parent_in_name))]
        kind, _ = split_type(plain_name(own_name))
        found = process.extract(
            name_key(plain_name(own_name)),
            self._index.by_key.keys(),
            scorer=fuzz.ratio,
            limit=None,
            score_cutoff=NAME_SCORE,
        )
        return [
            row
            for key, _, _ in found
            for row in self._index.by_key[key]
            if is_alive(row, day)
            and _is_of_level(row, kind)
            and (parents or is_top(row))
            and self._is_inside(row, parents, day)
        ][:MAX_SUGGESTIONS]

    def borne_elsewhere(self, name: str, parent_name: str, day: str) -> list[UnitRow]:
        """Return units alive, inside the parent if one is given, that bear the name but do not fit the whole question.

        A commune's name is no question about a province, so they are of the level that is written.
        """
        own_name, parent_in_name = split_parent(name)
        parents = [plain_name(text) for text in (*parent_parts(parent_name), *parent_parts(parent_in_name))]
        kind = split_type(plain_name(own_name))[0]
        rows = self._index.by_key.get(name_key(plain_name(own_name)), [])
        return [
            row
            for row in rows
            if is_alive(row, day) and _is_of_level(row, kind) and self._is_inside(row, parents, day)
        ]

    def is_inside(self, row: UnitRow, parent_name: str, day: str) -> bool:
        """Whether each part of a typed parent's name fits one of the unit's ancestors."""
        return self._is_inside(row, [plain_name(part) for part in parent_parts(parent_name)], day)

    def ended_districts(self, text: str, day: str) -> list[UnitRow]:
        """Return the districts of that name that had ended by that day; none where a province bears it."""
        kind, bare = split_type(plain_name(text))
        rows = [row for row in self._index.by_key.get(name_key(bare), ()) if _is_of_kind(row, kind)]
        if any(row[LEVEL] == "province" and is_alive(row, day) for row in rows):
            return []
        return [row for row in rows if row[LEVEL] == "district" and (row[TO] or OPEN_END) < day]

    def ancestors(self, row: UnitRow) -> Iterator[UnitRow]:
        """The unit's parents, nearest first."""
        key = row[PARENT]
        while key in self._index.rows:
            yield self._index.rows[key]
            key = self._index.rows[key][PARENT]

    def _exact(self, question: Question) -> list[UnitRow]:
        # A word for the type that lost its marks says that the name may have lost some too: no exact match then.
        kind, text = readings(question.plain)[0]
        return [
            row
            for row in self._index.by_key.get(name_key(text), [])
            if self._fits_surroundings(row, kind, question)
        ]

    def _by_alias(self, question: Question) -> list[UnitRow]:
        asked = [("", tone_key(question.plain))]
        asked += [(kind, name_key(text)) for kind, text in readings(question.plain)]
        return [
            row
            for kind, key in asked
            for alias in self._index.aliases.get(key, ())
            for row in self._named_by(alias)
            if self._fits_surroundings(row, kind, question)
        ]

    def _by_pattern(self, question: Question) -> list[UnitRow]:
        found: list[UnitRow] = []
        for kind, text in readings(question.plain):
            pattern = pattern_of(text)
            for row, bare in self._candidates(kind, text, question):
                if pattern.fits(bare) and self._fits_surroundings(row, kind, question):
                    found.append(row)
            for alias in self._index.all_aliases:
                if pattern.fits(alias.alias):
                    found += [
                        row for row in self._named_by(alias) if self._fits_surroundings(row, kind, question)
                    ]
        return found

    def _candidates(self, kind: str, text: str, question: Question) -> Iterable[tuple[UnitRow, str]]:
        """`(unit, its name without the type)` of all that are worth holding against a pattern."""
        if not has_lost_letters(text):
            rows = self._index.by_folded_key.get(fold(name_key(text)), ())
            return [(row, split_type(row[NAME])[1]) for row in rows]
        if question.parents:
            return self._names_inside(question.parents, question.day)
        if kind:
            return self._index.bare_names["province" if kind == "tỉnh" else kind]
        return self._index.bare_names["all" if question.level else "top"]

    def _names_inside(self, parents: tuple[str, ...], day: str) -> list[tuple[UnitRow, str]]:
        if parents not in self._inside:
            if len(self._inside) >= MAX_PARENTS_KEPT:
                self._inside.clear()
            first, *others = parents
            fitting = [self._index.rows[key] for key in self._index.children if key in self._index.rows]
            inside = [
                named
                for row in fitting
                if self._parent_agrees(first, row, day)
                for named in self._index.descendants(row[KEY])
            ]
            found = {row[KEY]: (row, name) for row, name in inside if self._is_inside(row, others, day)}
            self._inside[parents] = list(found.values())
        return self._inside[parents]

    def _fits_surroundings(self, row: UnitRow, kind: str, question: Question) -> bool:
        if question.level is not None and row[LEVEL] != question.level:
            return False
        if not _is_of_kind(row, kind):
            return False
        if not kind and not question.parents and question.level is None and not is_top(row):
            return False
        if is_part(row) and not self._is_in_named_parent(row, question):
            return False
        return self._is_inside(row, question.parents, question.day)

    def _is_in_named_parent(self, row: UnitRow, question: Question) -> bool:
        """Whether the question names the body of a division or the commune of a village.

        A province is not enough: `Văn phòng` of a province is not the office of the one body whose divisions are listed.
        """
        parent = self._index.rows[row[PARENT]]
        return any(self._parent_agrees(text, parent, question.day) for text in question.parents)

    def _is_inside(self, row: UnitRow, parents: Iterable[str], day: str) -> bool:
        return all(
            any(self._parent_agrees(text, unit, day) for unit in self.ancestors(row)) for text in parents
        )

    def _parent_agrees(self, text: str, row: UnitRow, day: str) -> bool:
        question = (text, row[KEY])
        if question not in self._parent_fits:
            if len(self._parent_fits) >= MAX_ANSWERS_KEPT:
                self._parent_fits.clear()
            self._parent_fits[question] = self._fits_name(text, row, min(day, row[TO] or OPEN_END))
        return self._parent_fits[question]

    def _fits_name(self, text: str, row: UnitRow, day: str) -> bool:
        bare = split_type(row[NAME])[1]
        if any(
            _is_of_kind(row, kind) and (name_key(part) == name_key(bare) or pattern_of(part).fits(bare))
            for kind, part in readings(text)
        ):
            return True
        return self.agrees(text, row, day)

    def _sorted(self, how: How, rows: Iterable[UnitRow], question: Question) -> Found:
        alive, ended, future = [], [], []
        for row in {row[KEY]: row for row in rows}.values():
            if is_alive(row, question.day):
                alive.append(row)
            elif (row[TO] or OPEN_END) < question.day:
                ended.append(row)
            else:
                future.append(row)
        return Found(how, alive, ended, future)

    def _named_by(self, alias: Alias) -> list[UnitRow]:
        """The versions whose life the alias's dates touch."""
        return [
            row
            for row in self._index.by_code.get((alias.unit_code, alias.level), [])
            if (row[FROM] or OPEN_START) <= (alias.valid_to or OPEN_END)
            and (alias.valid_from or OPEN_START) <= (row[TO] or OPEN_END)
        ]


def is_alive(row: UnitRow, day: str) -> bool:
    """Whether the unit existed on the day (ISO text)."""
    return (row[FROM] or OPEN_START) <= day <= (row[TO] or OPEN_END)


def _is_valid(alias: Alias, day: str) -> bool:
    return (alias.valid_from or OPEN_START) <= day <= (alias.valid_to or OPEN_END)


def _is_of_kind(row: UnitRow, kind: str) -> bool:
    """Whether the word for the type can stand before the unit's name.

    Only a province is a `tỉnh`, whatever it became; a `thành phố` may be a province or a city inside one. In a
    body's name the word says whose it is (`Tỉnh đoàn Lạng Sơn`).
    """
    if not kind or row[LEVEL] == "body":
        return True
    return row[TYPE].lower() == kind or (kind == "tỉnh" and row[LEVEL] == "province")


def _is_of_level(row: UnitRow, kind: str) -> bool:
    """Whether a unit is of a level at which the word for the type is in use."""
    levels = LEVELS_OF_TYPE.get(kind)
    return levels is None or row[LEVEL] in levels
