"""The words of the interface, by language, from `i18n/*.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

I18N_DIR = Path(__file__).with_name("i18n")
LANGUAGES = ("vi", "en")
DEFAULT_LANGUAGE = LANGUAGES[0]


@dataclass(frozen=True)
class Language:
    """One language's words. Calling it gives the text of a key; an unknown key raises KeyError."""

    code: str
    words: Mapping[str, str]

    def __call__(self, key: str, /, **values: object) -> str:
        """The text of `key`, its `{places}` filled from `values`."""
        return self.words[key].format(**values) if values else self.words[key]

    def count(self, key: str, number: int, /, **values: object) -> str:
        """The text of `key.one` or `key.other`; `{n}` is left to the caller, who knows the number format."""
        return self(f"{key}.{'one' if number == 1 else 'other'}", **values)

    def name(self, family: str, code: object) -> str:
        """The name of a code in a family of names (`verdict`, `lens`, …); an unknown code shows itself."""
        return self.words.get(f"{family}.{code}", str(code))


@cache
def language(code: str) -> Language:
    """The language with this code, or the default one when there is none."""
    known = code if code in LANGUAGES else DEFAULT_LANGUAGE
    tree = yaml.safe_load((I18N_DIR / f"{known}.yml").read_text(encoding="utf-8"))
    return Language(known, dict(_flat(tree, "")))


def _flat(tree: Mapping[str, Any], prefix: str) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in tree.items():
        name = f"{prefix}{key}"
        pairs += _flat(value, f"{name}.") if isinstance(value, Mapping) else [(name, str(value))]
    return pairs
