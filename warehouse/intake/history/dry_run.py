"""History checks for a dry run: compare a file that is not recorded with all files sent before."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.intake.history import checks
from warehouse.intake.history.context import make_context
from warehouse.intake.history.ledger import bring_rows, view_with_file
from warehouse.intake.history.replaced import find_replacements
from warehouse.intake.history.sent_again import find_sent_again
from warehouse.intake.messages.findings import Finding
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.reports.status import UNREADABLE, outcome_of, with_more_warnings
from warehouse.raw.sql import attach, quoted
from warehouse.settings import Settings

# The collection holds the store for moments only. After this time a dry run reads the snapshot, since a person waits.
PATIENCE_SECONDS = 0.3
RETRY_SECONDS = 0.05
# Many dry runs may go on at once, each in a process with limited memory.
_LIMITS: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "512MB", "threads": 1}
_STORE = "store"

_log = logging.getLogger(__name__)


def with_history(parsed: ParsedFile, settings: Settings) -> ParsedFile:
    """Return the parsed file with its history findings. Never raises: where no store can be read, the file is returned unchanged.

    Earlier files are read from the raw store. While a writer holds that, they are read from the snapshot of the last build,
    which lacks the reports recorded since.
    """
    if parsed.outcome == UNREADABLE:
        return parsed
    for path in (settings.raw_path, settings.snapshot_path, None):
        try:
            with closing(duckdb.connect(config=_LIMITS)) as connection:
                if path is None or _attach(connection, path):
                    return _ask(connection, parsed, _STORE if path else None, settings)
        except duckdb.Error:
            _log.warning("the past could not be asked in %s", path or "memory", exc_info=True)
    return parsed


def _attach(connection: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Attach the DuckDB file for reading; return False where there is none, or a writer holds it for too long."""
    if not path.exists():
        return False
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            attach(connection, path, _STORE)
        except duckdb.IOException:
            if time.monotonic() >= deadline:
                return False
        else:
            return True
        time.sleep(RETRY_SECONDS)


def _ask(
    connection: duckdb.DuckDBPyConnection, parsed: ParsedFile, store: str | None, settings: Settings
) -> ParsedFile:
    view_with_file(connection, parsed, datetime.now(UTC).replace(tzinfo=None), store)
    make_context(connection, f"select {quoted(parsed.file_sha256)} as file_sha256", settings.seeds_dir)
    parsed = _with_findings(parsed, checks.ask(connection, settings.seeds_dir))
    bring_rows(connection, "own_findings", "findings", parsed.findings)
    answers = find_sent_again(connection)
    replaced = find_replacements(connection, settings.seeds_dir)
    return replace(
        parsed,
        resubmission=answers.get(parsed.file_sha256),
        replacements=tuple(replaced.get(parsed.file_sha256, ())),
    )


def _with_findings(parsed: ParsedFile, found: Sequence[Finding]) -> ParsedFile:
    """Add findings to the parsed file as recording would: number them on, and raise counts, status and outcome."""
    if not found:
        return parsed
    questioned = Counter(finding["submission_id"] for finding in found)
    last = max((finding["finding_number"] for finding in parsed.findings), default=0)
    submissions = [with_more_warnings(row, questioned[row["submission_id"]]) for row in parsed.submissions]
    return replace(
        parsed,
        findings=parsed.findings
        + [row | {"finding_number": last + number} for number, row in enumerate(found, 1)],
        submissions=submissions,
        outcome=outcome_of(submissions),
    )
