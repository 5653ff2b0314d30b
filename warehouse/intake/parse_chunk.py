"""Parse some archived files into Arrow tables, each inside its own bounds. Runs in a child process."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from warehouse.intake.archived_work import SignOfLife, Work, time_limit
from warehouse.intake.parse_any import parse_any
from warehouse.intake.parsed import ParsedFile, Row
from warehouse.intake.raw_tables import LEDGER_TABLE, arrow_table
from warehouse.intake.refusals import BROKE_THE_READER, NEEDS_TOO_MUCH_MEMORY, Refusal, refuse
from warehouse.reference import Context

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileToParse:
    """One archived file: where it lies, and its row of the ledger but for outcome and parser version."""

    path: Path
    ledger_row: Row

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


ParsedTables = dict[str, pa.Table]


def parse_chunk(files: Sequence[FileToParse], context: Context, sign_of_life: SignOfLife) -> ParsedTables:
    """Rows of all the files, by raw table, in their order."""
    tables: dict[str, list[pa.Table]] = {}
    for number, file in enumerate(files):
        sign_of_life(number)
        for table, rows in _parse_one(file, context).items():
            tables.setdefault(table, []).append(rows)
    return {table: pa.concat_tables(parts) for table, parts in tables.items()}


def refused_tables(file: FileToParse, refusal: Refusal) -> ParsedTables:
    """Rows of a file that cannot be read: outcome `unreadable`, and one finding that says why."""
    return _as_tables(file, refuse(file.file_name, file.file_sha256, refusal))


PARSE = Work(do=parse_chunk, give_up=refused_tables)


def _parse_one(file: FileToParse, context: Context) -> ParsedTables:
    try:
        with time_limit(file.size_bytes):
            return _as_tables(file, parse_any(file.path, file.file_name, file.file_sha256, context))
    except MemoryError:
        return refused_tables(file, NEEDS_TOO_MUCH_MEMORY)
    except Exception:
        # A fault of ours, not of the sender's: said so, logged whole, and the file waits in the archive.
        _log.exception("parsing %r (%s) failed", file.file_name, file.file_sha256)
        return refused_tables(file, BROKE_THE_READER)


def _as_tables(file: FileToParse, parsed: ParsedFile) -> ParsedTables:
    """With exactly the columns of the raw tables; tables without rows are left out."""
    ledger_row = file.ledger_row | {"outcome": parsed.outcome, "parser_version": parsed.parser_version}
    rows = {
        LEDGER_TABLE: [ledger_row],
        "submissions": parsed.submissions,
        "findings": parsed.findings,
        **parsed.records,
    }
    return {table: arrow_table(table, listed) for table, listed in rows.items() if listed}
