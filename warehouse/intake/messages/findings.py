"""Findings: problems noticed in a file, with the messages that its sender reads.

`rules.yml` lists every rule with its severity and its two sentences. No other module has a message of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypedDict

import yaml

from warehouse.text.citizen_numbers import hide_citizen_numbers
from warehouse.text.vietnamese import normalise

RULES_PATH = Path(__file__).with_name("rules.yml")
MAX_FOUND_CHARACTERS = 200
Severity = Literal["error", "warning", "info"]
_YamlLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NO_PARAMS: Mapping[str, Any] = {}


class Rule(NamedTuple):
    """The severity of a rule, and its messages. Each finding fills in the names between braces."""

    severity: Severity
    vi: str
    en: str


class Issue(NamedTuple):
    """A broken rule in one cell, one row, one sheet or the whole file, before it is put into words.

    `column` names a column of the form. `cell` is an address such as `G8`; a caller that knows the row fills it in later.
    """

    rule: str
    column: str | None = None
    found: object = None
    suggested: object = None
    params: Mapping[str, Any] = _NO_PARAMS
    cell: str | None = None


@lru_cache(maxsize=1)
def load_rules() -> dict[str, Rule]:
    """Return all rules by code."""
    with RULES_PATH.open(encoding="utf-8") as lines:
        raw = yaml.load(lines, Loader=_YamlLoader)  # noqa: S506 (a safe loader, the fast one where there is one)
    return {code: Rule(**rule) for code, rule in raw.items()}


def severity_of(issue: Issue) -> Severity:
    """Return the severity of the issue's rule. Raises KeyError for a rule that rules.yml does not list."""
    return load_rules()[issue.rule].severity


def as_text(value: object) -> str | None:
    """Write a value as the sender would: `1234.5` is `1234,5`, a date is dd/mm/yyyy. Long text is cut.

    Numbers of citizens are hidden before the text is cut, since half a number could not be recognised.
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
    """Return the message in Vietnamese and in English."""
    rule = load_rules()[issue.rule]
    words = {
        "column_vi": column_vi,
        "column_en": column_en,
        "found": as_text(issue.found) or "",
        "suggested": as_text(issue.suggested) or "",
        **issue.params,
    }
    return rule.vi.format_map(words), rule.en.format_map(words)


class Finding(TypedDict):
    """One row of the raw table `findings`: a message to the sender about a cell, a sheet or a whole file."""

    submission_id: str
    file_sha256: str
    finding_number: int
    sheet: str | None
    cell: str | None
    column_name: str | None
    severity: Severity
    rule_code: str
    message_vi: str
    message_en: str
    found_value: str | None
    suggested_value: str | None
    row_key: str | None


def finding_row(
    issue: Issue,
    submission: Mapping[str, Any],
    number: int,
    *,
    sheet: str | None = None,
    cell: str | None = None,
    headings: tuple[str, str] = ("", ""),
    row_key: str | None = None,
) -> Finding:
    """Return the issue as a finding. Every finding is made here, so none lacks a column.

    `submission` is the row of the report that the issue belongs to; `headings` are the column's, in both languages. A
    finding quotes the sender and is published, so the numbers of citizens are hidden in every text.
    """
    message_vi, message_en = in_words(issue, *headings)
    return Finding(
        submission_id=submission["submission_id"],
        file_sha256=submission["file_sha256"],
        finding_number=number,
        sheet=_without_numbers(sheet),
        cell=cell,
        column_name=_without_numbers(issue.column),
        severity=severity_of(issue),
        rule_code=issue.rule,
        message_vi=hide_citizen_numbers(message_vi),
        message_en=hide_citizen_numbers(message_en),
        found_value=as_text(issue.found),
        suggested_value=as_text(issue.suggested),
        row_key=_without_numbers(row_key),
    )


def _without_numbers(text: str | None) -> str | None:
    return None if text is None else hide_citizen_numbers(text)
