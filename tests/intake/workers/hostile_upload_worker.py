"""The real worker whose dry run does to the process what hostile files do; run by the tests of the upload."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from warehouse.intake import parse
from warehouse.intake.reply import annotate
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.workers import work as archived_work
from warehouse.intake.workers import worker

read_normally, mark_normally = parse.parse_file, annotate.annotate


def read_badly(path: Path, name: str, sha: str, context: Any, **more: Any) -> ParsedFile:
    if name.startswith("spin"):
        while True:
            pass
    elif name.startswith("crash"):
        os.abort()
    elif name.startswith("memory"):
        bytearray(16 << 30)
    elif name.startswith("fault"):
        raise ZeroDivisionError("a fault of ours")
    return read_normally(path, name, sha, context, **more)


def mark_badly(path: Path, parsed: ParsedFile, out_path: Path, *more: Any) -> Path:
    if parsed.file_name.startswith("unmarkable"):
        os.abort()
    if parsed.file_name.startswith("unopenable"):
        raise ZeroDivisionError("a fault of ours")
    return mark_normally(path, parsed, out_path, *more)


parse.parse_file = read_badly
annotate.annotate = mark_badly
archived_work.CPU_SECONDS_PER_FILE = 2.0
worker.main(*map(int, sys.argv[1:]))
