"""Every rule that a file can break, and the words in which the sender is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

from warehouse.intake.citizen_numbers import hide_citizen_numbers
from warehouse.text import normalise

RULES_PATH = Path(__file__).with_name("rules.yml")
MAX_FOUND_CHARACTERS = 200
Severity = Literal["error", "warning", "info"]
_YamlLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_PARAMS: Mapping[str, Any] = {}


class Rule(NamedTuple):
    """What a rule code means. The messages are templates; what they name comes with each finding."""

    severity: Severity
    vi: str
    en: str


class Issue(NamedTuple):
    """Something noticed in one place, before it is put into words. `cell` may be filled in later."""

    rule: str
    column: str | None = None
    found: object = None
    suggested: object = None
    params: Mapping[str, Any] = _NO_PARAMS
    cell: str | None = None


@lru_cache(maxsize=1)
def load_rules() -> dict[str, Rule]:
    """The catalogue by rule code."""
    with RULES_PATH.open(encoding="utf-8") as lines:
        raw = yaml.load(lines, Loader=_YamlLoader)  # noqa: S506 (a safe loader, the fast one where there is one)
    return {code: Rule(**rule) for code, rule in raw.items()}


def severity_of(issue: Issue) -> Severity:
    """How grave the issue's rule is. Raises KeyError for a rule that is not in the catalogue."""
    return load_rules()[issue.rule].severity


def as_text(value: object) -> str | None:
    """A found or suggested value as the sender would write it: `1234.5` is `1234,5`, a date is dd/mm/yyyy.

    Numbers of citizens go before the text is cut: of half a number nobody could tell what it was.
    """
    if value is None or value == "":
        return None
    if isinstance(value, float):
        text = str(int(value)) if value.is_integer() else repr(value).replace(".", ",")
    elif isinstance(value, date):
        text = f"{value.day:02d}/{value.month:02d}/{value.year:04d}"
    else:
        text = normalise(str(value))
    text = hide_citizen_numbers(text)
    return text if len(text) <= MAX_FOUND_CHARACTERS else text[: MAX_FOUND_CHARACTERS - 1] + "…"


def in_words(issue: Issue, column_vi: str, column_en: str) -> tuple[str, str]:
    """The message in Vietnamese and in English."""
    rule = load_rules()[issue.rule]
    words = {
        "column_vi": column_vi,
        "column_en": column_en,
        "found": as_text(issue.found) or "",
        "suggested": as_text(issue.suggested) or "",
        **issue.params,
    }
    return rule.vi.format_map(words), rule.en.format_map(words)
