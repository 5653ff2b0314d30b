"""The published tables that are made of form BC by one straight script (`by_hand.sql`), on DuckDB and on PostgreSQL 15."""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from time import perf_counter

import duckdb

RunSql = Callable[[str], None]
SCRIPT = Path(__file__).with_suffix(".sql")
TABLES = ("fct_indicator_values", "rpt_indicator_series", "rpt_indicator_limits")
# The total of a unit needs its parts first, so the tiers go upward. A holder is a commune or a body that has parts of its own.
TIERS = ("holder", "district", "province", "country")
SEEDS = {
    "seed_units": ("units", {"valid_from": "date", "valid_to": "date"}),
    "seed_bodies": ("bodies", {"valid_from": "date", "valid_to": "date"}),
    "seed_party_units": ("party_units", {"valid_from": "date", "valid_to": "date"}),
    "seed_villages": ("villages", {"valid_from": "date", "valid_to": "date"}),
    "seed_reporting_levels": ("reporting_levels", {}),
    "seed_earlier_parents": ("earlier_parents", {"valid_from": "date", "valid_to": "date"}),
    "seed_successions": ("successions", {"effective_date": "date", "share": "double"}),
    "seed_body_successions": ("body_successions", {"effective_date": "date", "share": "double"}),
    "seed_indicators": ("indicators", {"is_rate": "boolean"}),
    "seed_duties": ("reporting_duties", {"valid_from": "date", "valid_to": "date"}),
    "seed_mixed": ("stock_and_flow_indicators", {"valid_from": "date", "valid_to": "date"}),
    "seed_periods": ("periods", {"period_start_date": "date", "period_end_date": "date"}),
    "seed_targets": (
        "targets",
        {"valid_from": "date", "valid_to": "date", "target_value": "double", "is_simulated": "boolean"},
    ),
    "seed_adopted_targets": (
        "adopted_targets",
        {"valid_from": "date", "valid_to": "date", "is_simulated": "boolean"},
    ),
}
RAW_TABLES = ("files", "submissions", "bc_rows")
_POSTGRES_TYPES = {"VARCHAR": "text", "DOUBLE": "float8"}
# Settings that an analyst would choose for a server of this size; the defaults suit a much smaller machine.
_POSTGRES_SETTINGS = {
    "shared_buffers": "1GB",
    "work_mem": "512MB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "4GB",
    "fsync": "off",
    "jit": "off",
    "listen_addresses": "''",
}


def statements(as_of: date) -> list[str]:
    """The statements of the script in order, with one copy a tier where a statement is repeated."""
    text = SCRIPT.read_text(encoding="utf-8").replace("AS_OF", as_of.isoformat())
    parts = re.split(r"-- each: TIER\n(.*?)-- end each\n", text, flags=re.DOTALL)
    whole = [parts[0]]
    for repeated, after in zip(parts[1::2], parts[2::2], strict=True):
        whole += [repeated.replace("TIER", tier) for tier in TIERS]
        whole.append(after)
    lines = [line for line in "".join(whole).splitlines() if not line.lstrip().startswith("--")]
    return [statement.strip() for statement in "\n".join(lines).split(";") if statement.strip()]


def run_duckdb(raw_path: Path, seeds_dir: Path, out: Path, as_of: date) -> float:
    """Make the tables in the file `out`; return the seconds."""
    started = perf_counter()
    with duckdb.connect(str(out)) as connection:
        connection.execute("set enable_progress_bar = false")
        load_sources(connection, raw_path, seeds_dir)
        for statement in statements(as_of):
            connection.execute(statement)
    return perf_counter() - started


def load_sources(connection: duckdb.DuckDBPyConnection, raw_path: Path, seeds_dir: Path) -> None:
    """Make views on the raw store and on the seeds, under the names that the script uses."""
    connection.execute(f"attach '{raw_path}' as raw_store (read_only)")
    for table in RAW_TABLES:
        connection.execute(f"create view raw_{table} as select * from raw_store.raw.{table}")
    for table, (name, types) in SEEDS.items():
        header = (seeds_dir / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)[0].split(",")
        columns = ", ".join(f"'{column}': '{types.get(column, 'varchar')}'" for column in header)
        connection.execute(
            f"create table {table} as from read_csv('{seeds_dir / name}.csv', columns = {{{columns}}})"
        )


def postgres_programs() -> Path | None:
    """Where PostgreSQL 15's programs are; None where it is not installed."""
    folder = Path("/usr/lib/postgresql/15/bin")
    return folder if (folder / "initdb").exists() else None


def run_postgres(raw_path: Path, seeds_dir: Path, out: Path, as_of: date) -> float:
    """Make the tables in a temporary PostgreSQL, without the time of loading, and write them to `out` as CSV files."""
    with _server() as psql, duckdb.connect() as connection:
        load_sources(connection, raw_path, seeds_dir)
        for table in [*SEEDS, *(f"raw_{name}" for name in RAW_TABLES)]:
            _copy_in(connection, psql, table, out)
        psql("vacuum analyze;\n")
        script = out / "script.sql"
        # Statistics after each table, as an analyst would ask for: autovacuum runs too late inside one script.
        script.write_text(";\nanalyze;\n".join(statements(as_of)) + ";\n", encoding="utf-8")
        started = perf_counter()
        psql(f"\\i {script}\n")
        seconds = perf_counter() - started
        for table in TABLES:
            psql(f"\\copy {table} to '{out / table}.csv' with (format csv, header)\n")
    return seconds


def _copy_in(connection: duckdb.DuckDBPyConnection, psql: RunSql, table: str, folder: Path) -> None:
    path = folder / f"{table}.csv"
    connection.execute(f"copy {table} to '{path}' (header)")
    columns = connection.execute(f"select column_name, column_type from (describe {table})").fetchall()
    body = ", ".join(f"{name} {_POSTGRES_TYPES.get(kind, kind.lower())}" for name, kind in columns)
    psql(f"create table {table} ({body});\n\\copy {table} from '{path}' with (format csv, header)\n")
    path.unlink()


@contextmanager
def _server() -> Iterator[RunSql]:
    """A temporary PostgreSQL cluster, run by its own user; yields a function that runs SQL."""
    programs = postgres_programs()
    if programs is None:
        raise FileNotFoundError("PostgreSQL 15 is not installed here: apt-get install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="bench-postgres-"))
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    environment = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "PGHOST": str(folder),
        "PGUSER": "postgres",
    }
    if as_user:
        shutil.chown(folder, "postgres")

    def run(*command: str, text: str | None = None) -> None:
        done = subprocess.run(
            [*as_user, *command],
            input=text,
            text=True,
            env=environment,
            cwd=folder,
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stderr[-2000:]}")

    options = " ".join(f"-c {name}={value}" for name, value in _POSTGRES_SETTINGS.items())
    control = [str(programs / "pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log")]
    run(str(programs / "initdb"), "-D", str(folder / "data"), "-U", "postgres", "--auth=trust")
    run(*control, "-o", f"{options} -k {folder}", "start")
    try:
        yield lambda text: _psql(programs, environment, text)
    finally:
        run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def _psql(programs: Path, environment: dict[str, str], text: str) -> None:
    # The client runs as the present user, over the socket, since it reads and writes files of this user.
    command = [str(programs / "psql"), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-d", "postgres"]
    done = subprocess.run(command, input=text, text=True, env=environment, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])


if __name__ == "__main__":
    raw, seeds, target, day = sys.argv[1:]
    taken = run_duckdb(Path(raw), Path(seeds), Path(target), date.fromisoformat(day))
    print(
        json.dumps(
            {"seconds": taken, "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024}
        )
    )
