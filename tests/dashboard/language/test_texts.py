"""Every word is in both languages, and no page has words of its own."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard.charts import theme
from dashboard.language.texts import LANGUAGES, language
from dashboard.pages import PAGES
from dashboard.ui.indicators import WORST_FIRST
from warehouse.settings import PROJECT_DIR

DASHBOARD = PROJECT_DIR / "dashboard"
SOURCES = sorted(path for path in DASHBOARD.rglob("*.py"))
SPEAKING = [path for path in SOURCES if {"app_pages", "charts"} & set(path.relative_to(DASHBOARD).parts)]
PUNCTUATION = re.compile(r"[\W_]+")
TERMS = {"top center", theme.FONT_FAMILY}
"""Two words that Plotly or the browser reads, not a person."""

MARK_UP = re.compile(r"<[^>]*>?|^[^<>]*\">")
WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")


def test_both_languages_have_the_same_keys_and_places() -> None:
    vietnamese, english = (language(code).words for code in LANGUAGES)
    assert vietnamese.keys() == english.keys()
    for key in vietnamese:
        if key.startswith("period_short"):
            continue  # a Vietnamese quarter has a Roman number
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
        ("verdict", [*WORST_FIRST, "unknown"]),
        (
            "element",
            ["measure", "baseline", "target", "due_date", "owner", "resources", "beneficiaries"],
        ),
        ("lens", ["as_reported", "current_boundaries", "unchanged_units"]),
        ("level", ["country", "province", "district", "commune", "body", "village"]),
        ("colour", ["verdict", "value"]),
        ("form", ["BC", "DK", "TD", "HD", "VB", "KN", "TX"]),
        ("status", ["accepted", "accepted_with_warnings", "returned"]),
        ("severity", ["error", "warning", "info"]),
        ("succession", ["whole", "part", "renamed"]),
        ("kind", ["collective", "individual"]),
        ("change", ["better", "worse", "no_real_change", "too_few"]),
        ("period_short", ["quarter", "6M", "9M"]),
    ],
)
def test_codes_of_the_contract_have_names(family: str, codes: list[str]) -> None:
    assert [code for code in codes if f"{family}.{code}" not in language("vi").words] == []


@pytest.mark.parametrize("path", SPEAKING, ids=lambda path: str(path.relative_to(DASHBOARD)))
def test_no_words_outside_the_language_files(path: Path) -> None:
    found = [
        text
        for text in (MARK_UP.sub("", text) for text in _texts(path))
        if (WORDS.search(text) and text not in TERMS)
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
    # Neither comments nor the messages of exceptions are shown to readers.
    unshown = (node for node in ast.walk(tree) if isinstance(node, ast.Raise))
    comments = {id(node) for raised in unshown for node in ast.walk(raised)} | {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in comments:
            yield node.value
