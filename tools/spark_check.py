"""Build the dbt project in a local Spark session from the raw store of a finished load, and compare every row of every
mart with the build of DuckDB.

    uv venv .venv-spark && uv pip install --python .venv-spark --require-hashes -r requirements/spark.txt
    .venv-spark/bin/python tools/spark_check.py --data-dir data

Needs Java 17 or later. Changes nothing below the data folder. Exit 0 when all tables are equal, 1 when not.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PROJECT_DIR = Path(__file__).resolve().parents[1]
# Engines add up numbers in different orders: this many digits after the first must agree, and a number nearer to zero is zero.
DIGITS = 9
NOTHING = 1e-9
SPARK_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "localhost",
    "spark.sql.session.timeZone": "UTC",
    # Timestamps have no zone, as in DuckDB.
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.shuffle.partitions": "4",
}


class SparkBuildFailed(RuntimeError):
    """A model or a test failed on Spark. The message names each of them."""


@dataclass(frozen=True)
class Comparison:
    """One mart on both engines."""

    table: str
    duckdb_rows: int
    spark_rows: int
    only_in_duckdb: int
    only_in_spark: int
    example: str = ""

    @property
    def is_equal(self) -> bool:
        """Whether both engines gave the same rows."""
        return self.only_in_duckdb == self.only_in_spark == 0


@dataclass(frozen=True)
class SparkOptions:
    """How much of this machine Spark may have, and whether it runs dbt's tests too: that is most of the time."""

    cores: int
    memory: str
    with_tests: bool


def build_on_spark(data_dir: Path, work_dir: Path, options: SparkOptions, dbt_project: Path) -> None:
    """Build every seed and model; tables land as Parquet below `work_dir`. Raises SparkBuildFailed."""
    # Imported here: the comparison and its test need neither.
    from dbt.cli.main import dbtRunner  # noqa: PLC0415
    from pyspark.sql import SparkSession  # noqa: PLC0415

    builder = SparkSession.builder.master(f"local[{options.cores}]").config(
        "spark.driver.memory", options.memory
    )
    for name, value in SPARK_SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.config("spark.sql.warehouse.dir", str(work_dir / "tables")).getOrCreate()
    spark.sparkContext.setLogLevel("ERROR")
    try:
        for name, path in _sources_as_parquet(data_dir, work_dir):
            spark.sql(f"create database if not exists {name.partition('.')[0]}")
            spark.sql(f"create table {name} using parquet location '{path}'")
        os.environ["DBT_SEND_ANONYMOUS_USAGE_STATS"] = "false"
        summary = json.loads((data_dir / "warehouse" / "last_build.json").read_text())
        variables = json.dumps({"as_of_date": summary["as_of_date"]})
        folders = ["--target-path", str(work_dir / "target"), "--log-path", str(work_dir / "logs")]
        where = ["--project-dir", str(dbt_project), "--profiles-dir", str(dbt_project), "--target", "spark"]
        left_out = ["--exclude-resource-type", "unit_test"]
        left_out += [] if options.with_tests else ["--exclude-resource-type", "test"]
        result = dbtRunner().invoke(["build", *left_out, *where, *folders, "--vars", variables])
        if not result.success:
            raise SparkBuildFailed(str(result.exception or "see the lines above"))
        _write_views(spark, work_dir)
    finally:
        spark.stop()


def _write_views(spark: SparkSession, work_dir: Path) -> None:
    """Write the rows of each view of the marts beside the tables, in files as theirs: the comparison reads files alone."""
    # The files of seeds are temporary views, which Spark lists with those of every schema.
    for view in spark.sql("show views in marts").where("not isTemporary").collect():
        rows = spark.table(f"marts.{view.viewName}")
        rows.write.mode("overwrite").parquet(str(work_dir / "tables" / "marts.db" / view.viewName))


def compare(data_dir: Path, work_dir: Path) -> Iterator[Comparison]:
    """Compare every mart of the DuckDB build with the files that Spark wrote, row by row, in any order."""
    with duckdb.connect() as connection:
        connection.execute("set timezone = 'UTC'")
        _attach(connection, data_dir / "warehouse" / "raw_snapshot.duckdb", "raw_store")
        _attach(connection, data_dir / "warehouse" / "build.duckdb", "build")
        tables = connection.execute(
            "select table_name from duckdb_tables where database_name = 'build' and schema_name = 'marts'"
            " union select view_name from duckdb_views() where database_name = 'build' and schema_name = 'marts' order by 1"
        ).fetchall()
        for (table,) in tables:
            yield _compare(connection, table, work_dir / "tables" / "marts.db" / table)


def _compare(connection: duckdb.DuckDBPyConnection, table: str, folder: Path) -> Comparison:
    columns = connection.execute(f"describe build.marts.{table}").fetchall()
    comparable = ", ".join(_comparable(name, kind) for name, kind, *_ in columns)
    connection.execute(f"create or replace temp table ours as select {comparable} from build.marts.{table}")
    connection.execute(
        f"create or replace temp table theirs as select {comparable} from read_parquet('{folder}/*.parquet')"
    )
    for name, one, other in (("missing", "ours", "theirs"), ("added", "theirs", "ours")):
        connection.execute(
            f"create or replace temp table {name} as select * from {one} except all select * from {other}"
        )
    ours, theirs, missing, added = (
        _count(connection, name) for name in ("ours", "theirs", "missing", "added")
    )
    examples = [
        _first(connection, engine, name) for engine, name in (("DuckDB", "missing"), ("Spark", "added"))
    ]
    return Comparison(table, ours, theirs, missing, added, "; ".join(filter(None, examples)))


def _first(connection: duckdb.DuckDBPyConnection, engine: str, table: str) -> str:
    """The first row in a fixed order, as text; nothing when there is none."""
    result = connection.execute(f"select * from {table} order by all limit 1")
    row, names = result.fetchone(), [column[0] for column in result.description or ()]
    return f"{engine} has {dict(zip(names, row, strict=True))}" if row else ""


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    return int((connection.execute(f"select count(*) from {table}").fetchone() or (0,))[0])


def _comparable(name: str, kind: str) -> str:
    # A column's name may be a word of SQL, such as "leading".
    name = f'"{name}"'
    if kind == "DOUBLE":
        figure = f"cast({name} as double)"
        return (
            f"printf('%.{DIGITS}e', case when abs({figure}) < {NOTHING} then 0.0 else {figure} end) as {name}"
        )
    return f"cast({name} as {kind}) as {name}"


def _sources_as_parquet(data_dir: Path, work_dir: Path) -> Iterator[tuple[str, Path]]:
    """Each table that the models take as a source, `schema.table`, with the folder of its one file."""
    with duckdb.connect() as connection:
        _attach(connection, data_dir / "warehouse" / "raw_snapshot.duckdb", "snapshot")
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables where database_name = 'snapshot'"
        ).fetchall()
        for schema, table in tables:
            folder = work_dir / "sources" / schema / table
            folder.mkdir(parents=True)
            connection.execute(f"copy snapshot.{schema}.{table} to '{folder}/rows.parquet' (format parquet)")
            yield f"{schema}.{table}", folder


def _attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
    literal = str(path).replace("'", "''")
    connection.execute(f"attach '{literal}' as {name} (read_only)")


def main() -> int:
    """Run the command that the top of this file describes."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data-dir", type=Path, default=Path("data"), help="a data folder after `make load`")
    parser.add_argument("--work-dir", type=Path, help="keep Spark's tables here; a new folder")
    parser.add_argument("--dbt-project", type=Path, default=PROJECT_DIR / "dbt_project")
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--memory", default="3g", help="of the Spark driver")
    parser.add_argument("--tests", action="store_true", help="run dbt's tests on Spark too")
    arguments = parser.parse_args()
    work_dir = arguments.work_dir or Path(tempfile.mkdtemp(prefix="spark_check."))
    work_dir.mkdir(parents=True, exist_ok=True)
    try:
        options = SparkOptions(arguments.cores, arguments.memory, arguments.tests)
        build_on_spark(
            arguments.data_dir.resolve(), work_dir.resolve(), options, arguments.dbt_project.resolve()
        )
        found = list(compare(arguments.data_dir.resolve(), work_dir.resolve()))
    except SparkBuildFailed as error:
        print(f"Spark: {error}", file=sys.stderr)
        return 1
    finally:
        if arguments.work_dir is None:
            shutil.rmtree(work_dir)
    for one in found:
        state = (
            "equal" if one.is_equal else f"differs: -{one.only_in_duckdb} +{one.only_in_spark}  {one.example}"
        )
        print(f"{one.table:32} {one.duckdb_rows:>9} {one.spark_rows:>9}  {state}")
    print(f"{sum(one.is_equal for one in found)} of {len(found)} tables are equal")
    return 0 if all(one.is_equal for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
