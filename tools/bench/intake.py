"""Measure the intake against bare reading of the same files in the same run."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import duckdb
import python_calamine

from tools.bench import reports
from warehouse.settings import PROJECT_DIR

# The better of two trials counts: the first also waits for the disk, and for memory that a virtual machine has to ask its
# host for.
TRIALS = 2
MEASURED_STEPS = ("archive", "check", "record")


@dataclass
class Outcome:
    """One case: the measured seconds, and the ratios with their limits."""

    case: str
    files: int
    rows_each: int
    seconds: dict[str, float] = field(default_factory=dict)
    processor_seconds: dict[str, float] = field(default_factory=dict)
    steps: dict[str, float] = field(default_factory=dict)
    memory_megabytes: dict[str, int] = field(default_factory=dict)
    ratios: dict[str, float] = field(default_factory=dict)
    limits: dict[str, str] = field(default_factory=dict)
    holds: dict[str, bool] = field(default_factory=dict)

    def judge(self, name: str, ratio: float, operator: str, limit: float) -> None:
        """Add a ratio, its limit (`≤` or `≥`) and whether it holds."""
        self.ratios[name] = round(ratio, 2)
        self.limits[name] = f"{operator} {limit:g}"
        self.holds[name] = ratio <= limit if operator == "≤" else ratio >= limit

    def measure(self, name: str, work: Callable[[], None]) -> None:
        """Add the least time and the least processor time of the work."""
        times, processor_times = [], []
        for _ in range(TRIALS):
            started, processor_started = perf_counter(), _processor_seconds()
            work()
            times.append(perf_counter() - started)
            processor_times.append(_processor_seconds() - processor_started)
        self.seconds[name] = min(times)
        self.processor_seconds[name] = round(min(processor_times), 2)

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)


def workbooks(folder: Path, case: str, number: int, rows_each: int, most_calamine: float) -> Outcome:
    """Measure the collection of workbooks against bare calamine; the seconds of a plain script stand beside it."""
    sent = folder / "sent"
    sent.mkdir(parents=True)
    paths = reports.write_workbooks(sent, number, rows_each)
    outcome = Outcome(case, number, rows_each)
    outcome.measure("calamine", lambda: _read_with_calamine(paths))
    _collect(outcome, paths, folder / "data")
    outcome.measure("script", lambda: _read_with_script(paths))
    outcome.judge(
        "ours / calamine", outcome.seconds["ours"] / outcome.seconds["calamine"], "≤", most_calamine
    )
    return outcome


def consolidated_csv(folder: Path, number: int, most_duckdb: float) -> Outcome:
    """Measure the collection of one CSV against DuckDB's own reader, which fills a table with its cells."""
    folder.mkdir(parents=True)
    path = reports.write_csv(folder / "tong-hop.csv", number)
    outcome = Outcome("consolidated CSV", 1, number)
    outcome.measure("duckdb", lambda: _read_with_duckdb(path))
    _collect(outcome, [path], folder / "data")
    outcome.judge("ours / duckdb", outcome.seconds["ours"] / outcome.seconds["duckdb"], "≤", most_duckdb)
    return outcome


def dry_run(folder: Path, rows_each: int, most_seconds: float) -> Outcome:
    """Measure the check of one workbook on the command line, from the start of Python to the printed findings.

    The warehouse is empty; the questions to earlier reports are measured with the collection.
    """
    folder.mkdir(parents=True)
    (path,) = reports.write_workbooks(folder, 1, rows_each)
    outcome = Outcome("dry run", 1, rows_each)
    outcome.measure("ours", lambda: _check(path, folder / "data"))
    outcome.judge("seconds", outcome.seconds["ours"], "≤", most_seconds)
    return outcome


def _check(path: Path, data_dir: Path) -> None:
    """Raise CalledProcessError unless the check finds nothing: a fast refusal is no result."""
    subprocess.run(
        [sys.executable, "-m", "warehouse", "check", str(path)],
        cwd=PROJECT_DIR,
        env=os.environ | {"AS_OF_DATE": reports.AS_OF_DATE.isoformat(), "DATA_DIR": str(data_dir)},
        stdout=subprocess.DEVNULL,
        check=True,
    )


def _processor_seconds() -> float:
    """Processor time of this process and of its children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return process_time() + children.ru_utime + children.ru_stime


def _read_with_calamine(paths: Sequence[Path]) -> None:
    for path in paths:
        workbook = python_calamine.CalamineWorkbook.from_path(path)
        for name in workbook.sheet_names:
            workbook.get_sheet_by_name(name).to_python()


def _read_with_script(paths: Sequence[Path]) -> None:
    """Read the workbooks like a plain script with pandas."""
    # Imported here: the import takes a second and belongs to no other measurement.
    import pandas as pd  # noqa: PLC0415

    pd.concat([pd.read_excel(path, engine="openpyxl", header=1, dtype=str) for path in paths])


def _read_with_duckdb(path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("set threads = 2")
        connection.execute("create table cells as select * from read_csv(?)", [str(path)])


def _collect(outcome: Outcome, paths: Sequence[Path], folder: Path) -> None:
    """Measure the collection of copies of the files, each time in a folder of its own."""
    trials = [_collect_once(outcome, paths, folder / str(number)) for number in range(TRIALS)]
    measured = min(trials, key=_seconds)
    outcome.steps = {step: round(taken, 2) for step, taken in measured["seconds"].items()}
    outcome.seconds["ours"] = _seconds(measured)
    outcome.processor_seconds["ours"] = round(measured["processor_seconds"], 2)
    outcome.memory_megabytes = measured["memory_megabytes"]


def _seconds(measured: dict[str, Any]) -> float:
    return float(sum(measured["seconds"][step] for step in MEASURED_STEPS))


def _collect_once(outcome: Outcome, paths: Sequence[Path], data_dir: Path) -> dict[str, Any]:
    """Run `tools.bench.collection` and return its figures. Raises RuntimeError where not every row was kept."""
    inbox = data_dir / "inbox"
    inbox.mkdir(parents=True)
    for path in paths:
        shutil.copyfile(path, inbox / path.name)
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.collection", str(data_dir)],
        cwd=PROJECT_DIR,
        env=os.environ | {"AS_OF_DATE": reports.AS_OF_DATE.isoformat()},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    measured: dict[str, Any] = json.loads(done.stdout)
    expected = outcome.files * outcome.rows_each
    if measured["rows"] != expected or measured["accepted"] != outcome.files:
        raise RuntimeError(f"{outcome.case}: {measured['rows']} of {expected} rows were kept: {measured}")
    return measured
