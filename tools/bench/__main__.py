"""`python -m tools.bench [--size quick|full|national]`: the benchmarks as a table, and as JSON in `build/bench.json`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tools.bench import national
from tools.bench.country import SIZES as COUNTRY_SIZES
from tools.bench.intake import Outcome, consolidated_csv, dry_run, workbooks
from warehouse.settings import PROJECT_DIR

OUT_PATH = PROJECT_DIR / "build" / "bench.json"
# Small workbooks, large workbooks, rows of a large workbook, rows of the CSV.
SIZES = {"quick": (100, 2, 10_000, 100_000), "full": (1000, 20, 10_000, 1_000_000)}
SMALL_ROWS = 40
WIDEST_STEP = 10
# The limits: the collection takes at most so many times as long as bare reading.
MOST_OF_CALAMINE = {"small": 12, "large": 4}
MOST_OF_DUCKDB = 10
MOST_DRY_RUN_SECONDS = 1.0
CASES = ("small", "large", "csv", "dry_run")
NATIONAL = "national"


def main() -> int:
    """Measure, print the table and write the JSON. Exit 0 whatever the figures: no test asserts a speed."""
    parser = argparse.ArgumentParser(prog="tools.bench", description=__doc__)
    parser.add_argument("--size", choices=(*SIZES, NATIONAL), default="quick")
    parser.add_argument("--country", choices=COUNTRY_SIZES, action="append", help="sizes of --size national")
    parser.add_argument("--case", choices=CASES, action="append")
    parser.add_argument("--out", type=Path, default=OUT_PATH)
    arguments = parser.parse_args()
    # A SIGTERM ends the run in order, so that its server stops and its folders are removed.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if arguments.size == NATIONAL:
        return measure_countries(arguments.country or list(COUNTRY_SIZES), arguments.out)
    wanted = arguments.case or CASES
    small, large, large_rows, csv_rows = SIZES[arguments.size]
    outcomes = []
    folder = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        for case, number, rows_each in (("small", small, SMALL_ROWS), ("large", large, large_rows)):
            if case in wanted:
                most = MOST_OF_CALAMINE[case]
                outcomes.append(workbooks(folder / case, f"{case} workbooks", number, rows_each, most))
                print_outcome(outcomes[-1])
        if "csv" in wanted:
            outcomes.append(consolidated_csv(folder / "csv", csv_rows, MOST_OF_DUCKDB))
            print_outcome(outcomes[-1])
        if "dry_run" in wanted:
            outcomes.append(dry_run(folder / "dry_run", SMALL_ROWS, MOST_DRY_RUN_SECONDS))
            print_outcome(outcomes[-1])
    finally:
        shutil.rmtree(folder)
    write_result(arguments.out, arguments.size, [outcome.as_json() for outcome in outcomes])
    return 0


def measure_countries(sizes: list[str], out: Path) -> int:
    """Measure the build at each of these sizes, each in a temporary folder."""
    outcomes = []
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            outcomes.append(national.country(Path(name), size))
        if size == sizes[-1]:
            national.judge_growth(outcomes)
        national.print_country(outcomes[-1])
    write_result(out, NATIONAL, [outcome.as_json() for outcome in outcomes])
    return 0


def write_result(out: Path, size: str, cases: list[dict[str, Any]]) -> None:
    """Write the cases as JSON, with a description of the machine."""
    out.parent.mkdir(parents=True, exist_ok=True)
    result = {
        "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "size": size,
        "processors": os.cpu_count(),
        "load_average": os.getloadavg(),
        "python": platform.python_version(),
        "cases": cases,
    }
    out.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    print(f"\n{out}")


def print_outcome(outcome: Outcome) -> None:
    """Print one case as aligned lines."""
    print(f"\n{outcome.case}: {outcome.files:,} × {outcome.rows_each:,} rows")
    for name, seconds in outcome.seconds.items():
        processor = outcome.processor_seconds[name]
        print(f"  {name:<{WIDEST_STEP}}{seconds:9.2f} s   {processor:7.2f} s of processor time")
    if outcome.steps:
        steps = ", ".join(f"{step} {seconds:.2f} s" for step, seconds in outcome.steps.items())
        print(f"  of ours: {steps}")
        memory = ", ".join(
            f"{name.replace('_', ' ')} {size} MB" for name, size in outcome.memory_megabytes.items()
        )
        print(f"  memory: {memory}")
    for name, ratio in outcome.ratios.items():
        mark = "holds" if outcome.holds[name] else "MISSED"
        print(f"  {name:<18}{ratio:7.2f}   limit {outcome.limits[name]:<6}{mark}")


if __name__ == "__main__":
    raise SystemExit(main())
