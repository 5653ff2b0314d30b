"""Parse some archived files into Arrow tables, each inside its own bounds. Runs in a child process."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse.forms.how_sent import HowSent
from warehouse.intake.messages.refusals import BROKE_THE_READER, NEEDS_TOO_MUCH_MEMORY, Refusal
from warehouse.intake.parse import parse_file
from warehouse.intake.record.staging import ParsedTables, SentTables, hand_over
from warehouse.intake.reports.parsed import ParsedFile, Row
from warehouse.intake.reports.refusals import refuse
from warehouse.intake.workers.work import SignOfLife, Work, time_limit
from warehouse.raw.arrow import arrow_table
from warehouse.raw.tables import LEDGER_TABLE
from warehouse.reference.context import Context

# A part is named after its first file.
PART_DIGITS = 16
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileToParse:
    """One archived file: its path, its row of the ledger without outcome and parser version, the folder of its batch, and the
    choice that its metadata holds.
    """

    path: Path
    ledger_row: Row
    folder: Path
    how_sent: HowSent | None = None

    @property
    def file_sha256(self) -> str:
        """Hash of the content."""
        return str(self.ledger_row["file_sha256"])

    @property
    def file_name(self) -> str:
        """Name that the sender gave it."""
        return str(self.ledger_row["file_name"])

    @property
    def size_bytes(self) -> int:
        """Size of the content in bytes."""
        return int(self.ledger_row["size_bytes"])


def parse_chunk(files: Sequence[FileToParse], context: Context, sign_of_life: SignOfLife) -> SentTables:
    """Parse the files; return their rows by raw table. Many rows are written into the folder of the batch instead."""
    rows: dict[str, list[Mapping[str, Any]]] = {}
    tables: ParsedTables = {}
    for number, file in enumerate(files):
        sign_of_life(number)
        parsed, parts = _parse_one(file, context)
        for table, listed in _in_rows(file, parsed).items():
            rows.setdefault(table, []).extend(listed)
        for table, part in parts.items():
            tables.setdefault(table, []).append(part)
    # One table of many files takes as long to make as one of a single file.
    for table, listed in rows.items():
        if listed:
            tables.setdefault(table, []).append(arrow_table(table, listed))
    return hand_over(tables, files[0].folder, files[0].file_sha256[:PART_DIGITS])


def refused_tables(file: FileToParse, refusal: Refusal) -> SentTables:
    """Return the rows of a file that cannot be read: outcome `unreadable`, and one finding with the reason."""
    refused = _in_rows(file, refuse(file.file_name, file.file_sha256, refusal))
    return {table: arrow_table(table, listed) for table, listed in refused.items() if listed}


PARSE = Work(do=parse_chunk, give_up=refused_tables)


def _parse_one(file: FileToParse, context: Context) -> tuple[ParsedFile, Mapping[str, pa.Table]]:
    """Parse one file; return the result, and its rows that are Arrow tables already."""
    sha = file.file_sha256
    try:
        with time_limit(file.size_bytes):
            parsed = parse_file(
                file.path, file.file_name, sha, context, keep_tables=True, how_sent=file.how_sent
            )
            return parsed, parsed.tables
    except MemoryError:
        return refuse(file.file_name, sha, NEEDS_TOO_MUCH_MEMORY), {}
    except Exception:
        # A fault of the program, not of the sender: the finding says so, and the log has the traceback.
        _log.exception("parsing %r (%s) failed", file.file_name, sha)
        return refuse(file.file_name, sha, BROKE_THE_READER), {}


def _in_rows(file: FileToParse, parsed: ParsedFile) -> Mapping[str, Sequence[Mapping[str, Any]]]:
    """Return the plain rows by raw table."""
    ledger_row = file.ledger_row | {
        "outcome": parsed.outcome,
        "parser_version": parsed.parser_version,
        "is_simulated": file.ledger_row["is_simulated"] or parsed.is_simulated,
    }
    return {
        LEDGER_TABLE: [ledger_row],
        "submissions": parsed.submissions,
        "findings": parsed.findings,
        "sheet_columns": parsed.sheet_columns,
        **parsed.records,
        **parsed.returned_rows,
    }
