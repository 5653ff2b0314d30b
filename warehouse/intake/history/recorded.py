"""Ask the history checks about files in the ledger, or about a batch that is being recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template
from typing import NamedTuple

import duckdb

from warehouse.intake.history import checks
from warehouse.intake.history.context import make_context, read_sql
from warehouse.intake.history.ledger import StagedBatch, bring_rows, view_store
from warehouse.intake.history.replaced import find_replacements
from warehouse.intake.history.sent_again import find_sent_again
from warehouse.intake.messages.findings import Finding
from warehouse.intake.reports.replacement import Replacement
from warehouse.intake.reports.resubmission import Resubmission
from warehouse.intake.reports.status import RETURNED, UNREADABLE, outcome_sql, status_sql
from warehouse.raw.sql import listed, quoted
from warehouse.raw.tables import LEDGER_TABLE, RAW_SCHEMA

# The findings of a file depend on all files that arrived before it. So when a new file has an arrival in the past, the files
# after it are checked again; as a rule there are none. A rebuild therefore gives the same findings.
_CONCERNED = """
    select file_sha256 from {files}
    where row(received_at, file_sha256)
        >= (select min(row(received_at, file_sha256)) from {files} semi join new_files using (file_sha256))
"""


def ask_about_new(
    connection: duckdb.DuckDBPyConnection, staged: Mapping[str, Sequence[Path]], seeds_dir: Path
) -> list[Finding]:
    """Return the history findings of the new files of a staged batch that is being recorded. Raises duckdb.Error.

    This needs a connection of its own, used while or before another one records the batch. Inside the recording transaction
    DuckDB does not know the number of rows just added, and plans its joins as if there were hardly any.
    """
    view_store(connection, StagedBatch.compared(connection, staged))
    make_context(connection, _CONCERNED.format(files="ledger_files"), seeds_dir)
    return checks.ask(connection, seeds_dir)


def add_history_findings(connection: duckdb.DuckDBPyConnection, findings: Sequence[Finding]) -> int:
    """Add what `ask_about_new` found, inside the transaction that has recorded the `new_files`.

    Counts and status of the reports concerned, and the outcome of their files, are updated. Returns the number of findings.
    Raises duckdb.Error.
    """
    concerned = _CONCERNED.format(files=f"{RAW_SCHEMA}.{LEDGER_TABLE}")
    connection.execute(
        "create or replace temp table history_withdrawn as select submission_id, finding_number, file_sha256"
        f" from {RAW_SCHEMA}.findings semi join ({concerned}) using (file_sha256)"
        f" where rule_code in {listed(sorted(checks.history_rules()))}"
    )
    withdrawn = connection.execute("select count(*) from history_withdrawn").fetchone()
    if not findings and withdrawn == (0,):
        return 0
    bring_rows(connection, "history_found", "findings", findings)
    statements = Template(read_sql("record_findings")).substitute(
        status=status_sql(
            f"submissions.status = '{RETURNED}'",
            "submissions.error_count",
            "submissions.warning_count + changes.change",
        ),
        outcome=outcome_sql(),
        unreadable=UNREADABLE,
    )
    for statement in statements.split(";"):
        if statement.strip():
            connection.execute(statement)
    return len(findings)


class Answers(NamedTuple):
    """By hash: the comparison with earlier findings, and what becomes of earlier reports. Files without any are left out."""

    resubmissions: Mapping[str, Resubmission]
    replacements: Mapping[str, Sequence[Replacement]]


def sent_again(connection: duckdb.DuckDBPyConnection, hashes: Sequence[str], seeds_dir: Path) -> Answers:
    """Compare recorded files with the earlier findings that they answer, and with the earlier reports that they replace."""
    if not hashes:
        return Answers({}, {})
    view_store(connection)
    values = ", ".join(f"({quoted(sha)})" for sha in hashes)
    make_context(connection, f"select file_sha256 from (values {values}) as listed (file_sha256)", seeds_dir)
    return Answers(find_sent_again(connection), find_replacements(connection, seeds_dir))
