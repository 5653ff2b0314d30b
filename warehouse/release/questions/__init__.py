"""Tried questions: one .sql file each over the views for people, with its title in Vietnamese and English.

The documentation and pages show these files; a test runs each of them on a release that was really built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_HEAD = re.compile(r"-- vi: (?P<vi>.+)\n-- en: (?P<en>.+)\n")


@dataclass(frozen=True)
class Question:
    """One question: `name` is that of its file, the SQL is without the two titles."""

    name: str
    title_vi: str
    title_en: str
    sql: str


@cache
def tried_questions() -> tuple[Question, ...]:
    """Return the questions in the order of their files. Raises ValueError for a file without its two titles."""
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.sql")))


def _read(path: Path) -> Question:
    text = path.read_text(encoding="utf-8")
    head = _HEAD.match(text)
    if head is None:
        raise ValueError(f"{path.name} does not begin with its titles: '-- vi: …' and '-- en: …'")
    return Question(path.stem, head["vi"], head["en"], text[head.end() :].strip())
