"""The status of a report and the outcome of a file: no other module decides either.

The status of a report and the outcome of a file are published, with these words. The SQL expressions below say in
DuckDB what the functions say in Python; a test compares them for every combination of counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

Status = Literal["accepted", "accepted_with_warnings", "returned"]
Outcome = Literal["accepted", "accepted_with_warnings", "returned", "unreadable"]
ACCEPTED: Status = "accepted"
WITH_WARNINGS: Status = "accepted_with_warnings"
RETURNED: Status = "returned"
UNREADABLE: Outcome = "unreadable"


def status_of(is_returned: bool, error_count: int, warning_count: int) -> Status:
    """Decide the status of one report. It `is_returned` when nothing of it is kept.

    A report of records may have errors and be accepted: only the rows with errors go back to the sender.
    """
    if is_returned:
        return RETURNED
    return WITH_WARNINGS if error_count or warning_count else ACCEPTED


def outcome_of(submissions: Iterable[Mapping[str, Any]]) -> Outcome:
    """Decide the outcome of a file that could be read, from the rows of all its reports.

    One error anywhere makes the file returned, since its sender has something to correct.
    """
    counts = [(row["error_count"], row["warning_count"]) for row in submissions]
    return status_of(
        any(errors for errors, _ in counts),
        sum(errors for errors, _ in counts),
        sum(warnings for _, warnings in counts),
    )


def with_more_warnings(submission: Mapping[str, Any], count: int) -> dict[str, Any]:
    """Return the row of a report after so many more warnings were found."""
    warning_count = submission["warning_count"] + count
    is_returned = submission["status"] == RETURNED
    status = status_of(is_returned, submission["error_count"], warning_count)
    return {**submission, "warning_count": warning_count, "status": status}


def status_sql(is_returned: str, error_count: str, warning_count: str) -> str:
    """Return `status_of` as a SQL expression of three SQL expressions."""
    return (
        f"case when {is_returned} then '{RETURNED}'"
        f" when {error_count} > 0 or {warning_count} > 0 then '{WITH_WARNINGS}' else '{ACCEPTED}' end"
    )


def outcome_sql() -> str:
    """Return `outcome_of` as a SQL aggregate over rows of `raw.submissions`."""
    return status_sql("sum(error_count) > 0", "sum(error_count)", "sum(warning_count)")
