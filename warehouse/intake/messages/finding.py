"""One finding, as `raw.findings` has it. Every finding is made by `make_finding`, so none lacks a column.

A finding quotes the sender, and it is published. So `make_finding` is also where numbers of citizens leave every text.
"""

from __future__ import annotations

from typing import TypedDict

from warehouse.intake.messages.findings import Severity, as_text
from warehouse.text.citizen_numbers import hide_citizen_numbers


class Finding(TypedDict):
    """What the sender is told about one place, or about the file as a whole where there is no place."""

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


def make_finding(
    *,
    submission_id: str,
    file_sha256: str,
    finding_number: int,
    severity: Severity,
    rule_code: str,
    messages: tuple[str, str],
    sheet: str | None = None,
    cell: str | None = None,
    column_name: str | None = None,
    found: object = None,
    suggested: object = None,
    row_key: str | None = None,
) -> Finding:
    """A finding with texts for people, from which numbers of citizens are left out. `messages` are Vietnamese, English."""
    message_vi, message_en = messages
    return Finding(
        submission_id=submission_id,
        file_sha256=file_sha256,
        finding_number=finding_number,
        sheet=_without_numbers(sheet),
        cell=cell,
        column_name=_without_numbers(column_name),
        severity=severity,
        rule_code=rule_code,
        message_vi=hide_citizen_numbers(message_vi),
        message_en=hide_citizen_numbers(message_en),
        found_value=as_text(found),
        suggested_value=as_text(suggested),
        row_key=_without_numbers(row_key),
    )


def _without_numbers(text: str | None) -> str | None:
    return None if text is None else hide_citizen_numbers(text)
