"""The catalogue of rules: each one used, each one with words in both languages that can be filled in."""

from __future__ import annotations

import ast
import re
from datetime import date
from typing import get_args

import pytest

from warehouse.intake.history.checks import history_rules
from warehouse.intake.messages.findings import Issue, as_text, load_rules
from warehouse.intake.messages.refusals import Refusal
from warehouse.reference.units.register import UnitMatch
from warehouse.settings import PROJECT_DIR

SOURCES = [PROJECT_DIR / "warehouse" / "intake", PROJECT_DIR / "warehouse" / "cli"]
# Rule codes that are put together: `unit_` and the reason why a unit was not understood.
UNIT_RULES = {
    f"unit_{reason}"
    for reason in re.findall(r"`(\w+)`", (UnitMatch.__doc__ or "").partition("why not")[2])
    if reason not in ("candidates", "suggestion")
}
# The callables whose first argument is a rule, and the one whose third argument is.
TAKE_A_RULE = {"Issue": 0, "UnreadableError": 0, "note": 0, "refuse": 2}


def trees() -> list[ast.Module]:
    """Every module that may name a rule, parsed."""
    paths = [path for folder in SOURCES for path in sorted(folder.rglob("*.py"))]
    assert paths
    return [ast.parse(path.read_text(encoding="utf-8")) for path in paths]


def texts_in(tree: ast.AST) -> set[str]:
    """Every text constant inside a piece of code."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def rules_named() -> set[str]:
    """The rules that a call names directly, or as one of two by a condition."""
    found = set()
    for tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            position = TAKE_A_RULE.get(name, len(node.args))
            if position < len(node.args):
                rule = node.args[position]
                branches = [rule.body, rule.orelse] if isinstance(rule, ast.IfExp) else [rule]
                found |= {item.value for item in branches if isinstance(item, ast.Constant)}
    return found


def test_every_rule_that_code_names_is_listed() -> None:
    named = rules_named() | set(get_args(Refusal)) | history_rules() | UNIT_RULES
    assert {"file_empty", "panel_unit_twice", "row_duplicate", "file_damaged"} <= named
    assert named <= set(load_rules())


def test_every_listed_rule_is_used() -> None:
    texts = set().union(*map(texts_in, trees()))
    assert set(load_rules()) <= texts | UNIT_RULES


@pytest.mark.parametrize("code", load_rules())
def test_a_rule_has_words_in_both_languages(code: str) -> None:
    rule = load_rules()[code]
    assert rule.severity in ("error", "warning", "info")
    assert rule.vi.endswith((".", "?", "}"))
    assert rule.en.endswith((".", "?", "}"))
    in_vi, in_en = (
        {re.sub(r"_(vi|en)$", "", name) for name in re.findall(r"{(\w+)}", text)}
        for text in (rule.vi, rule.en)
    )
    assert in_vi == in_en


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (1234.5, "1234,5"),
        (date(2026, 11, 20), "20/11/2026"),
        (" a\u00a0 b ", "a b"),
        ("", None),
        (None, None),
        ("x" * 300, "x" * 199 + "…"),
    ],
)
def test_values_are_written_as_the_sender_would_write_them(value: object, text: str | None) -> None:
    assert as_text(value) == text


def test_an_unknown_rule_fails_loudly() -> None:
    from warehouse.intake.messages.findings import severity_of

    with pytest.raises(KeyError):
        severity_of(Issue("no_such_rule"))


@pytest.mark.parametrize("rule", [code for code, rule in load_rules().items() if rule.severity == "error"])
def test_every_error_tells_the_sender_what_to_do(rule: str) -> None:
    assert "hãy" in load_rules()[rule].vi.lower()
