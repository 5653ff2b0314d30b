"""`python -m warehouse check FILE [--out ANNOTATED]`: print the findings of a file as a table. Nothing is recorded."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
import textwrap
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from warehouse import settings
from warehouse.intake.messages.findings import Finding
from warehouse.intake.messages.wording import OUTCOMES_VI, SEVERITIES_VI
from warehouse.intake.reply.receipt_reports import short_report_lines
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.reports.replacement import words_vi
from warehouse.intake.upload.check_chunk import FileToCheck
from warehouse.intake.upload.check_files import check_files, file_to_check, mark_file
from warehouse.reference.context import load_reference
from warehouse.reference.units.register import UnitRegister
from warehouse.settings import Settings

NO_FINDINGS, FINDINGS, FAILED = 0, 1, 2
NARROWEST_MESSAGE = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments: a file, and the path of the annotated copy."""
    parser.add_argument("file", metavar="FILE", type=Path, help="workbook or CSV to check")
    parser.add_argument("--out", metavar="ANNOTATED", type=Path, help="write the annotated copy here")


def run(arguments: argparse.Namespace) -> int:
    """Exit 0 without errors and warnings, 1 with some, 2 where the file cannot be read or the annotated copy cannot be
    written.
    """
    path: Path = arguments.file
    if not path.is_file():
        return _fail(f"{path}: không có tệp này (no such file)")
    current = settings.load()
    try:
        file = file_to_check(path, current)
    except OSError as error:
        return _fail(f"{path}: không mở được tệp (the file cannot be opened): {error.strerror}")
    # The register is read here while the child process checks, whose words on stderr the finding already repeats.
    with ThreadPoolExecutor(1) as meanwhile:
        reference = meanwhile.submit(load_reference, current.seeds_dir)
        parsed = check_files([file], current, shows_errors=False)[file.file_sha256]
    print_findings(parsed, reference.result().units)
    if arguments.out and not _write_copy(file, parsed, arguments.out, current):
        return FAILED
    if parsed.outcome == "unreadable":
        return FAILED
    return FINDINGS if any(finding["severity"] != "info" for finding in parsed.findings) else NO_FINDINGS


def _write_copy(file: FileToCheck, parsed: ParsedFile, out: Path, current: Settings) -> bool:
    """Write the annotated copy to `out`, with the suffix of its format, and print its path; return False where that fails."""
    with tempfile.TemporaryDirectory() as folder:
        copy = mark_file(file, parsed, Path(folder) / "copy.xlsx", current, shows_errors=False)
        if copy is None:
            _fail("Không tạo được bản đánh dấu của tệp này (no annotated copy of this file can be made).")
            return False
        target = out.with_suffix(copy.suffix)
        if out.is_dir() or target.is_dir():
            _fail(f"{out}: là thư mục; hãy ghi tên tệp (a folder; name a file)")
            return False
        if target.exists() and target.samefile(file.path):
            _fail(
                f"{target}: là chính tệp được kiểm tra; hãy ghi tên khác (the checked file itself; choose another)"
            )
            return False
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(copy, target)
        except OSError as error:
            _fail(f"{target}: không ghi được bản đánh dấu (cannot be written): {error.strerror}")
            return False
    print(f"Bản đánh dấu: {target}")
    return True


def _fail(reason: str) -> int:
    print(reason, file=sys.stderr)
    return FAILED


def print_findings(parsed: ParsedFile, units: UnitRegister) -> None:
    """Print the outcome, the reports, and the findings in columns as wide as the terminal allows."""
    print(f"{parsed.file_name}: {OUTCOMES_VI[parsed.outcome]} ({parsed.outcome})")
    width = shutil.get_terminal_size((120, 24)).columns
    for line in short_report_lines(parsed.submissions, units):
        print(textwrap.fill(line, width, initial_indent="  ", subsequent_indent="    "))
    for line in parsed.resubmission.words_vi() if parsed.resubmission else ():
        print(f"  {line}")
    for line in words_vi(parsed.replacements):
        print(textwrap.fill(line, width, initial_indent="  ", subsequent_indent="    "))
    if parsed.findings:
        print()
        print("\n".join(table_lines(parsed.findings, width)))


def table_lines(findings: Sequence[Finding], width: int) -> list[str]:
    """Return findings as aligned lines; a long message continues on the lines below."""
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
