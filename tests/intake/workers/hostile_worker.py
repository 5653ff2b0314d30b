"""The real worker with a reader that does to the process what hostile files do; run by the tests."""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

from warehouse.intake.record import parse_chunk
from warehouse.intake.reply import annotate
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.intake.workers import work as archived_work
from warehouse.intake.workers import worker
from warehouse.reference.units.register import UnitRegister

read_normally = parse_chunk.parse_file


def read_badly(path: Path, name: str, sha: str, context: Any, **more: Any) -> ParsedFile:
    if name.startswith("spin"):
        while True:
            pass
    elif name.startswith("sleep"):
        time.sleep(600)
    elif name.startswith("crash"):
        os.abort()
    elif name.startswith("memory"):
        bytearray(16 << 30)
    elif name.startswith("fault"):
        raise ZeroDivisionError("a fault of ours")
    elif name.startswith("unlucky"):
        # Killed from outside the first time, as when the machine runs short of memory; read the second time.
        been_here = Path(os.environ["TMPDIR"]) / name
        if not been_here.exists():
            been_here.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    elif name.startswith("nosy"):
        (Path(os.environ["TMPDIR"]) / name).write_text("\n".join(os.environ))
    return read_normally(path, name, sha, context, **more)


annotate_normally = annotate.annotate


def annotate_badly(path: Path, parsed: ParsedFile, out_path: Path, units: UnitRegister | None = None) -> Path:
    if parsed.file_name.startswith("unmarkable"):
        os.abort()
    if parsed.file_name.startswith("unopenable"):
        raise ZeroDivisionError("a fault of ours")
    return annotate_normally(path, parsed, out_path, units)


parse_chunk.parse_file = read_badly
annotate.annotate = annotate_badly
archived_work.CPU_SECONDS_PER_FILE = 3.0
archived_work.WALL_TIMES_CPU = 2.0
worker.main(*map(int, sys.argv[1:]))
