"""`check FILE [--out ANNOTATED]`: the findings of a file as a table; nothing is kept."""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import textwrap
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path

from warehouse import settings
from warehouse.intake.history.dry_run import with_history
from warehouse.intake.messages.refusals import NEEDS_TOO_MUCH_MEMORY
from warehouse.intake.messages.wording import OUTCOMES_VI, SEVERITIES_VI
from warehouse.intake.parse import parse_file
from warehouse.intake.reply.receipt_reports import short_report_lines
from warehouse.intake.reports.parsed import ParsedFile, Row
from warehouse.intake.reports.refusals import refuse
from warehouse.intake.workers.worker import leave_pandas_out, limit_memory
from warehouse.reference.lists import Context, load_reference
from warehouse.reference.units.register import UnitRegister

NO_FINDINGS, FINDINGS, UNREADABLE = 0, 1, 2
NARROWEST_MESSAGE = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """A file, and where the annotated copy goes."""
    parser.add_argument("file", metavar="FILE", type=Path, help="workbook or CSV to check")
    parser.add_argument("--out", metavar="ANNOTATED", type=Path, help="write the annotated copy here")


def run(arguments: argparse.Namespace) -> int:
    """Exit 0 without findings (what is only told does not count), 1 with findings, 2 unreadable."""
    path: Path = arguments.file
    if not path.is_file():
        print(f"{path}: không có tệp này (no such file)")
        return UNREADABLE
    current = settings.load()
    context = Context(load_reference(current.seeds_dir), current.as_of_date())
    parsed = check(path, context, current)
    print_findings(parsed, context.reference.units)
    if arguments.out:
        # Only here: reading a workbook's formats takes longer than checking it.
        from warehouse.intake.reply.annotate import annotate  # noqa: PLC0415

        print(f"Bản đánh dấu: {annotate(path, parsed, arguments.out, context.reference.units)}")
    if parsed.outcome == "unreadable":
        return UNREADABLE
    return FINDINGS if any(finding["severity"] != "info" for finding in parsed.findings) else NO_FINDINGS


def check(path: Path, context: Context, current: settings.Settings) -> ParsedFile:
    """What the intake would say of the file on the context's day, given what was sent before."""
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    # In a child with the collection's limit of memory: a cell far away makes the reader abort its whole process.
    with ProcessPoolExecutor(1, mp_context=get_context("fork"), initializer=_be_bounded) as child:
        try:
            return child.submit(_check, path, sha256, context, current).result()
        except (BrokenProcessPool, MemoryError):
            return refuse(path.name, sha256, NEEDS_TOO_MUCH_MEMORY)


def _check(path: Path, sha256: str, context: Context, current: settings.Settings) -> ParsedFile:
    return with_history(parse_file(path, path.name, sha256, context), current)


def _be_bounded() -> None:
    """The limit of memory, no second for pandas, and no last words on the terminal: what they mean is told as a finding."""
    leave_pandas_out()
    limit_memory()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)


def print_findings(parsed: ParsedFile, units: UnitRegister) -> None:
    """The outcome, what reports there are, and the findings in columns as wide as the terminal allows."""
    print(f"{parsed.file_name}: {OUTCOMES_VI[parsed.outcome]} ({parsed.outcome})")
    width = shutil.get_terminal_size((120, 24)).columns
    for line in short_report_lines(parsed.submissions, units):
        print(textwrap.fill(line, width, initial_indent="  ", subsequent_indent="    "))
    for line in parsed.resubmission.words_vi() if parsed.resubmission else ():
        print(f"  {line}")
    if parsed.findings:
        print()
        print("\n".join(table_lines(parsed.findings, width)))


def table_lines(findings: Sequence[Row], width: int) -> list[str]:
    """Findings as aligned lines; long messages go on below themselves."""
    heads = ("Mức", "Trang", "Ô", "Mã quy tắc", "Nội dung")
    rows = [
        (
            SEVERITIES_VI[row["severity"]],
            row["sheet"] or "",
            row["cell"] or "",
            row["rule_code"],
            row["message_vi"],
        )
        for row in findings
    ]
    widths = [max(_columns(row[i]) for row in (heads, *rows)) for i in range(4)]
    message_width = max(NARROWEST_MESSAGE, width - sum(widths) - 2 * len(widths))
    lines = []
    for row in (heads, ("-" * 4, *("-" * size for size in widths[1:]), "-" * NARROWEST_MESSAGE), *rows):
        message = textwrap.wrap(row[4], message_width) or [""]
        start = "  ".join(_padded(text, size) for text, size in zip(row[:4], widths, strict=True))
        lines.append(f"{start}  {message[0]}")
        lines += [" " * (sum(widths) + 2 * len(widths)) + more for more in message[1:]]
    return lines


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _padded(text: str, size: int) -> str:
    return text + " " * (size - _columns(text))
