"""The words of the interface, by language, from `vi.yml` and `en.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = LANGUAGES[0]


@dataclass(frozen=True)
class Language:
    """One language's words. Calling it gives the text of a key; an unknown key raises KeyError."""

    code: str
    words: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text of `key`, its `{places}` filled from `values`."""
        return self.words[key].format(**values) if values else self.words[key]

    def count(self, key: str, number: int, /, **values: object) -> str:
        """Return the text of `key.one` or `key.other`; the caller formats the number and passes it as a value."""
        return self(f"{key}.{'one' if number == 1 else 'other'}", **values)

    def name(self, family: str, code: object) -> str:
        """Return the name of a code in a family of names (`verdict`, `lens`, …), or the code when it has no name."""
        return self.words.get(f"{family}.{code}", str(code))


@cache
def language(code: str) -> Language:
    """Return the language with this code, or the default one when there is none."""
    known = code if code in LANGUAGES else DEFAULT_LANGUAGE
    tree = yaml.safe_load((FOLDER / f"{known}.yml").read_text(encoding="utf-8"))
    return Language(known, dict(_flat(tree, "")))


def _flat(tree: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{prefix}{key}"
        pairs += _flat(value, f"{name}.") if isinstance(value, Mapping) else [(name, str(value))]
    return pairs
