"""The catalogue of rules: each one used, each one with words in both languages that can be filled in."""

from __future__ import annotations

import re
from datetime import date

import pytest

from warehouse.intake.messages.findings import Issue, as_text, load_rules
from warehouse.reference.units.register import UnitMatch
from warehouse.settings import PROJECT_DIR

INTAKE = PROJECT_DIR / "warehouse" / "intake"
# Rule codes that are put together: `unit_` and how a unit was not understood.
UNIT_RULES = {
    f"unit_{how}"
    for how in re.findall(r"`(\w+)`", (UnitMatch.__doc__ or "").partition("why not")[2])
    if how not in ("candidates", "suggestion")
}


def used_rules() -> set[str]:
    source = "\n".join(path.read_text(encoding="utf-8") for path in INTAKE.rglob("*.py"))
    return {code for code in load_rules() if f'"{code}"' in source} | UNIT_RULES


def test_every_rule_is_used_and_every_unit_rule_exists() -> None:
    assert used_rules() == set(load_rules())


@pytest.mark.parametrize("code", load_rules())
def test_words_of_a_rule(code: str) -> None:
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
def test_values_as_the_sender_would_write_them(value: object, text: str | None) -> None:
    assert as_text(value) == text


def test_an_unknown_rule_fails_loudly() -> None:
    from warehouse.intake.messages.findings import severity_of

    with pytest.raises(KeyError):
        severity_of(Issue("no_such_rule"))
