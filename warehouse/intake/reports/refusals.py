"""Files that cannot be read at all: one submission without form, unit or period, and one finding that says why."""

from __future__ import annotations

from warehouse.intake.messages.findings import Issue, finding_row
from warehouse.intake.reports.parsed import ParsedFile, empty_submission


def unreadable_file(file_name: str, file_sha256: str, issue: Issue) -> ParsedFile:
    """Return the result for a file of which nothing could be read; the issue is the only finding."""
    submission = empty_submission(file_sha256)
    return ParsedFile(
        file_name=file_name,
        file_sha256=file_sha256,
        outcome="unreadable",
        submissions=[submission],
        findings=[finding_row(issue, submission, 1)],
    )


def refuse(file_name: str, file_sha256: str, rule: str) -> ParsedFile:
    """Return the result for a file that breaks a rule about whole files."""
    return unreadable_file(file_name, file_sha256, Issue(rule))
