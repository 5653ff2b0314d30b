"""Every word is in both languages, and no page has words of its own."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import rows
from dashboard.language import LANGUAGES, language
from dashboard.map_tiles import COLOUR_BY
from dashboard.pages import PAGES
from dashboard.records import ELEMENTS
from warehouse.settings import PROJECT_DIR

DASHBOARD = PROJECT_DIR / "dashboard"
SOURCES = sorted(path for path in DASHBOARD.rglob("*.py"))
SPEAKING = [path for path in SOURCES if path.parent.name in ("app_pages", "parts", "charts")]
PUNCTUATION = re.compile(r"[\W_]+")
PLOTLY_TERMS = {"top center"}
WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")


def test_both_languages_have_the_same_keys_and_places() -> None:
    vietnamese, english = (language(code).words for code in LANGUAGES)
    assert vietnamese.keys() == english.keys()
    for key in vietnamese:
        if key.startswith(("period", "month")):
            continue  # a Vietnamese month is a number, an English one a name
        assert _places(vietnamese[key]) == _places(english[key]), key


def test_every_key_that_the_code_names_is_there() -> None:
    words = language("vi").words
    used = {key for path in SOURCES for key in _keys(path)}
    assert len(used) > 60, "the search finds the keys"
    assert {key for key in used if key not in words and f"{key}.one" not in words} == set()


@pytest.mark.parametrize(
    ("family", "codes"),
    [
        ("page", [spec.code for spec in PAGES]),
        ("verdict", [*rows.WORST_FIRST, "unknown"]),
        ("element", ELEMENTS),
        ("lens", ["as_reported", "current_boundaries", "unchanged_units"]),
        ("level", ["country", "province", "district", "commune", "body"]),
        ("colour", COLOUR_BY),
        ("compare.map_sentence", []),
        ("form", ["BC", "DK", "TD", "HD", "VB", "KN", "TX"]),
        ("status", ["accepted", "accepted_with_warnings", "returned"]),
        ("severity", ["error", "warning", "info"]),
        ("succession", ["whole", "part", "renamed"]),
        ("kind", ["collective", "individual"]),
        ("change", ["good", "bad"]),
        ("month", [str(month) for month in range(1, 13)]),
    ],
)
def test_codes_of_the_contract_have_names(family: str, codes: list[str]) -> None:
    assert [code for code in codes if f"{family}.{code}" not in language("vi").words] == []


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: path.stem)
def test_no_words_outside_the_language_files(path: Path) -> None:
    found = [
        text
        for text in _texts(path)
        if (WORDS.search(text) and text not in PLOTLY_TERMS)
        or (not text.isascii() and not PUNCTUATION.fullmatch(text))
    ]
    assert found == []


def test_an_unknown_language_is_vietnamese() -> None:
    assert language("xx").code == "vi"


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def _keys(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        name = ast.unparse(node.func)
        if name.endswith(("language", "language.count", "words")) and isinstance(node.args[0].value, str):
            yield node.args[0].value


def _texts(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    comments = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in comments:
            yield node.value
