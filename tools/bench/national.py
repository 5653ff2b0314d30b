"""The build of a country against one straight script: `python -m tools.bench --size national`.

Each measurement is a process of its own. Wall time is what an officer waits for; processor time is given beside it, since
machines are shared. The figures of both must be equal, else the run fails: a fast wrong table is no result.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import duckdb

from tools.bench import by_hand
from tools.bench.country import AS_OF_DATE, SIZES, Country, add_workbook, make_country
from warehouse.raw.sql import content_sums
from warehouse.settings import PROJECT_DIR, Settings

MOST_OF_SCRIPT = 1.3
MOST_MEGABYTES = 6 * 1024
MOST_OF_SMALLEST = 3
# The first workbook fills the file caches of DuckDB and dbt; the second is measured.
WORKBOOKS = (1, 2)
LARGEST_FOR_POSTGRES = 1_000_000
# Each engine adds up sums of shares in another order.
DECIMALS = 7
LAST_DIGITS = 1e-13


@dataclass
class Measured:
    """Seconds, seconds of processor time, and the largest memory of one process in megabytes."""

    seconds: float
    processor_seconds: float
    megabytes: int


@dataclass
class CountryOutcome:
    """One size: what was built, and the time and memory that it took."""

    case: str
    values: int
    submissions: int
    whole_build: Measured | None = None
    same_tables: Measured | None = None
    script: Measured | None = None
    publication: Measured | None = None
    workbook: Measured | None = None
    postgres_seconds: float | None = None
    notes: list[str] = field(default_factory=list)
    ratios: dict[str, float] = field(default_factory=dict)
    limits: dict[str, str] = field(default_factory=dict)
    holds: dict[str, bool] = field(default_factory=dict)
    slowest_models: dict[str, float] = field(default_factory=dict)
    slowest_models_of_workbook: dict[str, float] = field(default_factory=dict)

    def judge(self, name: str, found: float, limit: float) -> None:
        """Add a figure, its upper limit, and whether it holds."""
        self.ratios[name], self.limits[name], self.holds[name] = (
            round(found, 2),
            f"≤ {limit:g}",
            found <= limit,
        )

    def as_json(self) -> dict[str, Any]:
        """Plain data."""
        return asdict(self)


def country(folder: Path, size: str) -> CountryOutcome:
    """Build a country of that size both ways and compare."""
    settings = Settings(data_dir=folder, fixed_as_of_date=AS_OF_DATE)
    made: Country = make_country(settings, size)
    outcome = CountryOutcome(f"country of {size} values", made.values, made.submissions)
    environment = {"DATA_DIR": str(folder), "AS_OF_DATE": AS_OF_DATE.isoformat()}
    outcome.whole_build = _measure([sys.executable, "-m", "tools.bench.national_build", "whole"], environment)
    outcome.slowest_models = _slowest_models(settings)
    outcome.publication = _measure(
        [sys.executable, "-m", "tools.bench.national_build", "publish"], environment
    )
    outcome.same_tables = _measure([sys.executable, "-m", "tools.bench.national_build", "same"], environment)
    by_script = folder / "by_hand.duckdb"
    arguments = [str(settings.raw_path), str(settings.seeds_dir), str(by_script), AS_OF_DATE.isoformat()]
    outcome.script = _measure([sys.executable, "-m", "tools.bench.by_hand", *arguments], environment)
    compare(settings.build_path, by_script)
    outcome.judge(
        "same tables : script", outcome.same_tables.seconds / outcome.script.seconds, MOST_OF_SCRIPT
    )
    outcome.judge(
        "processor time",
        outcome.same_tables.processor_seconds / outcome.script.processor_seconds,
        MOST_OF_SCRIPT,
    )
    outcome.judge(
        "megabytes", max(outcome.whole_build.megabytes, outcome.same_tables.megabytes), MOST_MEGABYTES
    )
    _on_postgres(settings, size, outcome)
    for number in WORKBOOKS:
        add_workbook(settings, number)
        outcome.workbook = _measure(
            [sys.executable, "-m", "tools.bench.national_build", "workbook"], environment
        )
        outcome.slowest_models_of_workbook = _slowest_models(settings)
    return outcome


def judge_growth(outcomes: Sequence[CountryOutcome]) -> None:
    """Add to the largest country the ratio of the time that one more workbook takes there to its time with the smallest."""
    smallest, largest = outcomes[0].workbook, outcomes[-1].workbook
    if smallest is None or largest is None or len(outcomes) == 1:
        return
    outcomes[-1].judge("one more workbook", largest.seconds / smallest.seconds, MOST_OF_SMALLEST)


def compare(ours: Path, by_script: Path) -> None:
    """Compare the tables of the script with ours, row by row, in every column that the script makes.

    The script knows what units report; what the warehouse counts besides is left out. Raises ValueError where they differ.
    """
    recorded = "select indicator_code from ours.marts.dim_indicators where source_kind = 'recorded'"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{ours}' as ours (read_only); attach '{by_script}' as script (read_only)")
        for table in by_hand.TABLES:
            in_script = {name for name, *_ in connection.execute(f"describe script.{table}").fetchall()}
            columns = [
                column
                for column in connection.execute(f"describe ours.marts.{table}").fetchall()
                if column[0] in in_script
            ]
            if missing := in_script - {name for name, *_ in columns}:
                raise ValueError(f"{table}: the build lacks the columns {', '.join(sorted(missing))}")
            names = ", ".join(
                f"round(cast({name} as double), {DECIMALS}) + 0.0"
                if kind == "DOUBLE"
                else f"cast({name} as {kind})"
                for name, kind, *_ in columns
            )
            ours_rows = f"select {names} from ours.marts.{table} where indicator_code not in ({recorded})"
            script_rows = f"select {names} from script.{table}"
            if _content(connection, ours_rows) == _content(connection, script_rows):
                continue
            if differing := _differing(connection, ours_rows, script_rows, columns):
                raise ValueError(
                    f"{table}: {differing} rows differ between the build and the script. Only in the build:"
                    f" {_first(connection, 'a')}; only in the script: {_first(connection, 'b')}"
                )


def _differing(
    connection: duckdb.DuckDBPyConnection,
    ours_rows: str,
    script_rows: str,
    columns: Sequence[tuple[str, ...]],
) -> int:
    """Return the number of differing rows, which stay in the tables `only_a` and `only_b` by the side that has them.

    Among tens of millions of figures a few are rounded the other way when the sum is in another order, and large figures have
    fewer decimals than are compared: a row that differs by one in the last digit compared, or beyond the digits of a double,
    counts as equal.
    """
    names = [f"c{number}" for number, _ in enumerate(columns)]
    for side, rows, others in (("a", ours_rows, script_rows), ("b", script_rows, ours_rows)):
        connection.execute(
            f"create or replace temp table {side} as select * from ({rows} except all {others}) as t ({', '.join(names)})"
        )
    pairs = " and ".join(
        f"(a.{name} is not distinct from b.{name}"
        f" or abs(a.{name} - b.{name}) < 1.5e-{DECIMALS} + {LAST_DIGITS} * abs(a.{name}))"
        if kind == "DOUBLE"
        else f"a.{name} is not distinct from b.{name}"
        for name, (_, kind, *_) in zip(names, columns, strict=True)
    )
    for side, other in (("a", "b"), ("b", "a")):
        connection.execute(
            f"create or replace temp table only_{side} as select {side}.* from {side} anti join {other} on {pairs}"
        )
    counts = connection.execute(
        "select (select count(*) from only_a), (select count(*) from only_b)"
    ).fetchone()
    return max(counts) if counts else 0


def _first(connection: duckdb.DuckDBPyConnection, side: str) -> tuple[Any, ...] | None:
    return connection.execute(f"select * from only_{side} order by all limit 1").fetchone()


def _content(connection: duckdb.DuckDBPyConnection, rows: str) -> tuple[int, ...]:
    """Return a sum over the rows in any order: comparing 20 million rows one by one takes longer than making them."""
    found = connection.execute(f"select {content_sums('hash(content)')} from ({rows}) as content").fetchone()
    return tuple(found or ())


def _on_postgres(settings: Settings, size: str, outcome: CountryOutcome) -> None:
    if SIZES[size] > LARGEST_FOR_POSTGRES:
        return
    if by_hand.postgres_programs() is None:
        outcome.notes.append("PostgreSQL 15 is not installed here (apt-get install postgresql): not measured")
        return
    with tempfile.TemporaryDirectory(prefix="bench-csv-") as name:
        outcome.postgres_seconds = by_hand.run_postgres(
            settings.raw_path, settings.seeds_dir, Path(name), AS_OF_DATE
        )


def _measure(command: list[str], environment: dict[str, str]) -> Measured:
    """Run a command to its end; raises CalledProcessError with its output shown when it fails."""
    started = perf_counter()
    process = subprocess.Popen(
        command,
        cwd=PROJECT_DIR,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = perf_counter() - started
    code = os.waitstatus_to_exitcode(status)
    if code:
        text = process.stderr.read().decode(errors="replace") if process.stderr else ""
        print(text[-4000:], file=sys.stderr)
        raise subprocess.CalledProcessError(code, command)
    return Measured(round(seconds, 2), round(usage.ru_utime + usage.ru_stime, 2), usage.ru_maxrss // 1024)


def _slowest_models(settings: Settings, count: int = 8) -> dict[str, float]:
    results = json.loads((settings.warehouse_dir / "dbt_target" / "run_results.json").read_text())["results"]
    taken = {row["unique_id"].split(".")[-1]: round(row["execution_time"], 2) for row in results}
    return dict(sorted(taken.items(), key=lambda item: -item[1])[:count])


def print_country(outcome: CountryOutcome) -> None:
    """Print one size as aligned lines."""
    print(f"\n{outcome.case}: {outcome.values:,} values in {outcome.submissions:,} reports")
    rows = {
        "whole build": outcome.whole_build,
        "same tables": outcome.same_tables,
        "script": outcome.script,
        "publication": outcome.publication,
        "one workbook": outcome.workbook,
    }
    for name, measured in rows.items():
        if measured:
            print(
                f"  {name:<14}{measured.seconds:9.1f} s {measured.processor_seconds:9.1f} s of processor time"
                f" {measured.megabytes:7,} MB"
            )
    if outcome.postgres_seconds is not None:
        print(f"  PostgreSQL 15 {outcome.postgres_seconds:9.1f} s")
    for title, models in (
        ("slowest", outcome.slowest_models),
        ("of one workbook", outcome.slowest_models_of_workbook),
    ):
        print(f"  {title}: " + ", ".join(f"{name} {taken}" for name, taken in models.items()))
    for name, found in outcome.ratios.items():
        mark = "holds" if outcome.holds[name] else "MISSED"
        print(f"  {name:<22}{found:9.2f}   limit {outcome.limits[name]:<8}{mark}")
    for note in outcome.notes:
        print(f"  {note}")
