"""Make the replies: one folder a recorded file, with the receipt and, where there are findings, the annotated file.

A reply is made from the ledger after the file is in it, synced, and then noted in `raw.replies`. A run that was killed in
between leaves a recorded file whose reply is not noted: the next call makes the folder, or notes it where it is there already.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import duckdb

from warehouse.disk.durable import remove_abandoned
from warehouse.disk.syncing import sync_all
from warehouse.forms.contract import load_forms
from warehouse.intake.arrive.archive import content_path, read_archived
from warehouse.intake.history.recorded import sent_again
from warehouse.intake.messages.findings import Finding
from warehouse.intake.reply.return_chunk import RETURN, FileToReturn, make_folder
from warehouse.intake.reports.parsed import ParsedFile, Row
from warehouse.intake.workers import pool
from warehouse.raw.sql import listed, quoted
from warehouse.raw.store import open_store
from warehouse.raw.tables import (
    FINDINGS_TABLE,
    LEDGER_TABLE,
    RAW_SCHEMA,
    REPLIES_TABLE,
    SUBMISSIONS_TABLE,
    record_tables,
)
from warehouse.reference.context import Context, load_reference
from warehouse.settings import LOCAL_ZONE, Settings

STEM_LENGTH = 60
HASH_LENGTH = 8
# Findings and submissions of this many files are in memory at a time.
FILES_AT_A_TIME = 200

_log = logging.getLogger(__name__)


def folder_name(file_sha256: str, file_name: str, received_at: datetime) -> str:
    """`<local date of arrival>_<name without ending>_<hash>`; `received_at` is naive UTC as in the ledger."""
    local = received_at.replace(tzinfo=UTC).astimezone(LOCAL_ZONE)
    return f"{local:%Y-%m-%d}_{_safe_stem(file_name)}_{file_sha256[:HASH_LENGTH]}"


def complete_returned(settings: Settings) -> int:
    """Make the reply of each recorded file without one; return how many were made. Raises StoreBusyError."""
    settings.returned_dir.mkdir(parents=True, exist_ok=True)
    remove_abandoned(settings.returned_dir)
    unanswered = _unanswered(settings)
    return sum(
        _answer(unanswered[start : start + FILES_AT_A_TIME], settings)
        for start in range(0, len(unanswered), FILES_AT_A_TIME)
    )


def _unanswered(settings: Settings) -> list[str]:
    """Return the hashes of the recorded files whose reply is not noted, in order of arrival."""
    # Opened for writing, so that a store of an earlier version gets the table.
    with open_store(settings) as connection:
        rows = connection.execute(
            f"select file_sha256 from {RAW_SCHEMA}.{LEDGER_TABLE} anti join {RAW_SCHEMA}.{REPLIES_TABLE} using (file_sha256)"
            " order by received_at, file_sha256"
        ).fetchall()
    return [sha for (sha,) in rows]


def _answer(hashes: Sequence[str], settings: Settings) -> int:
    """Make the folders of some recorded files that are not there yet, then note all; return how many were made."""
    with open_store(settings, read_only=True) as connection:
        ledger_rows = _rows(
            connection,
            f"from {RAW_SCHEMA}.{LEDGER_TABLE} where file_sha256 in {listed(hashes)} order by received_at, file_sha256",
        )
        folders = {
            row["file_sha256"]: folder_name(row["file_sha256"], row["file_name"], row["received_at"])
            for row in ledger_rows
        }
        to_make = [
            row for row in ledger_rows if not (settings.returned_dir / folders[row["file_sha256"]]).is_dir()
        ]
        todo = list(_to_return(connection, to_make, settings))
    _make_folders(todo, settings)
    _note(folders, settings)
    return len(todo)


def _make_folders(todo: Sequence[FileToReturn], settings: Settings) -> None:
    to_annotate = [file for file in todo if file.with_copy]
    returned = pool.run(RETURN, to_annotate, len(to_annotate), settings)
    failed = [file for _, files in returned for file in files]
    # A receipt alone opens no file of a sender, so it needs no child process.
    context = Context(load_reference(settings.seeds_dir), settings.as_of_date())
    for file in [*failed, *(file for file in todo if not file.with_copy)]:
        make_folder(file, context)


def _note(folders: Mapping[str, str], settings: Settings) -> None:
    """Note the replies whose folders exist, after syncing them to disk."""
    made = {sha: name for sha, name in folders.items() if (settings.returned_dir / name).is_dir()}
    paths = [settings.returned_dir / name for name in made.values()]
    sync_all([settings.returned_dir, *paths, *(file for path in paths for file in path.iterdir())])
    if made:
        values = ", ".join(f"({quoted(sha)}, {quoted(name)})" for sha, name in made.items())
        with open_store(settings) as connection:
            connection.execute(f"insert into {RAW_SCHEMA}.{REPLIES_TABLE} values {values}")


def _to_return(
    connection: duckdb.DuckDBPyConnection, ledger_rows: Sequence[Row], settings: Settings
) -> Iterator[FileToReturn]:
    hashes = [row["file_sha256"] for row in ledger_rows]
    submissions = _by_file(connection, SUBMISSIONS_TABLE, "form, unit_key, period_code", hashes)
    findings = _by_file(connection, FINDINGS_TABLE, "finding_number", hashes)
    answers = sent_again(connection, hashes, settings.seeds_dir)
    kept = _kept_counts(connection, hashes)
    for row in ledger_rows:
        sha = row["file_sha256"]
        try:
            archived = read_archived(settings, sha)
        except ValueError:
            archived = None
        if archived is None:
            _log.error("%s is in the ledger, and the archive does not hold it or its metadata", sha)
            continue
        parsed = ParsedFile(
            file_name=row["file_name"],
            file_sha256=sha,
            outcome=row["outcome"],
            submissions=submissions.get(sha, []),
            findings=cast("list[Finding]", findings.get(sha, [])),
            given_keys=_given_keys(connection, submissions.get(sha, []), findings.get(sha, [])),
            resubmission=answers.resubmissions.get(sha),
            replacements=tuple(answers.replacements.get(sha, ())),
            parser_version=row["parser_version"],
            is_simulated=row["is_simulated"],
        )
        yield FileToReturn(
            path=content_path(settings, archived),
            size_bytes=row["size_bytes"],
            received_at=row["received_at"].replace(tzinfo=UTC),
            parsed=parsed,
            rows_kept=kept.get(sha, {}),
            target=settings.returned_dir / folder_name(sha, row["file_name"], row["received_at"]),
            annotated_name=f"{_safe_stem(row['file_name'])}{Path(archived.archive_name).suffix}",
            is_simulated=row["is_simulated"],
            with_copy=bool(parsed.findings),
        )


def _given_keys(
    connection: duckdb.DuckDBPyConnection, submissions: Sequence[Row], findings: Sequence[Row]
) -> list[Row]:
    """Return the codes that the intake gave to records of one file, each with the record's own name."""
    given = [finding for finding in findings if finding["rule_code"] == "key_given"]
    if not given:
        return []
    names: dict[tuple[str, str], str] = {}
    for code in {row["form"] for row in submissions}:
        form = load_forms().get(code)
        if form and form.key_prefix:
            ids = listed(row["submission_id"] for row in submissions if row["form"] == code)
            named = connection.execute(
                f"select submission_id, {form.key[0]}, {form.anchors[1]} from {RAW_SCHEMA}.{form.table}"
                f" where submission_id in {ids}"
            ).fetchall()
            names |= {(submission_id, key): name for submission_id, key, name in named}
    return [
        {
            "sheet": finding["sheet"],
            "cell": finding["cell"],
            # A returned record has no row in the raw store; its code stands for it.
            "record": names.get((finding["submission_id"], key)) or key,
            "key": key,
        }
        for finding in given
        if (key := finding["suggested_value"])
    ]


def _by_file(
    connection: duckdb.DuckDBPyConnection, table: str, order: str, hashes: Sequence[str]
) -> dict[str, list[Row]]:
    rows = _rows(
        connection,
        f"from {RAW_SCHEMA}.{table} where file_sha256 in {listed(hashes)} order by file_sha256, {order}",
    )
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["file_sha256"], []).append(row)
    return grouped


def _kept_counts(connection: duckdb.DuckDBPyConnection, hashes: Sequence[str]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for table in record_tables():
        found = connection.execute(
            f"select submissions.file_sha256, count(*) from {RAW_SCHEMA}.{table}"
            f" inner join {RAW_SCHEMA}.{SUBMISSIONS_TABLE} as submissions using (submission_id)"
            f" where submissions.file_sha256 in {listed(hashes)} group by all order by all"
        ).fetchall()
        for sha, count in found:
            counts.setdefault(sha, {})[table] = count
    return counts


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[Row]:
    found = connection.execute(query)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _safe_stem(file_name: str) -> str:
    """Return the characters of a name that are safe in a path (letters, digits, spaces, hyphens); never hidden, never long."""
    stem = unicodedata.normalize("NFC", Path(file_name).stem)
    safe = "".join(letter if letter.isalnum() or letter in " -_.()" else "_" for letter in stem)
    return safe[:STEM_LENGTH].strip(" .") or "_"
