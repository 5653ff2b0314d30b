"""The collection of the files in an inbox, step by step, in a process of its own.

`python -m tools.bench.collection DATA_DIR` prints one line of JSON: seconds of each step, rows kept, files by outcome,
and the largest memory of this process and of the largest of its children, in megabytes.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from warehouse import settings as configuration
from warehouse.intake.arrive.claim import sweep_inbox
from warehouse.intake.record import recording
from warehouse.intake.record.batch import parse_batch, plan_batches
from warehouse.intake.reply.returned import complete_returned
from warehouse.settings import Settings

KILOBYTES_PER_MEGABYTE = 1024
Result = TypeVar("Result")


def collect(settings: Settings) -> dict[str, object]:
    """Archive, check and record all files of the inbox, then make the receipts and annotated workbooks."""
    seconds: dict[str, float] = {}

    def timed(step: str, work: Callable[[], Result]) -> Result:
        started = perf_counter()
        result = work()
        seconds[step] = perf_counter() - started
        return result

    before = _processor_seconds()
    # The files are complete, so they need not be watched for a second like those of a real inbox.
    pending = timed("archive", lambda: sweep_inbox(settings, quiet_seconds=0).pending)
    timed("check", lambda: [parse_batch(batch, settings) for batch in plan_batches(pending, settings)])
    # Recording ends with the receipts; they are no part of what is measured against bare reading.
    recording.complete_returned = lambda settings: 0
    summary = timed("record", lambda: recording.record_staged(settings))
    processor_seconds = _processor_seconds() - before
    timed("receipts", lambda: complete_returned(settings))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "seconds": seconds,
        "processor_seconds": processor_seconds,
        "files": summary.files,
        "rows": summary.rows,
        "accepted": summary.accepted + summary.warnings,
        "memory_megabytes": {
            "parent": own // KILOBYTES_PER_MEGABYTE,
            "largest_child": child // KILOBYTES_PER_MEGABYTE,
        },
    }


def _processor_seconds() -> float:
    """Processor time of this process and of its children that have ended."""
    used = (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


if __name__ == "__main__":
    print(json.dumps(collect(replace(configuration.load(), data_dir=Path(sys.argv[1]), parse_processes=2))))
