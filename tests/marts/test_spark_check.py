"""Spark makes the same tables as DuckDB, and the comparison would see it if it did not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import duckdb
import pytest

from tests.marts.conftest import World
from tools.spark_check import compare
from warehouse.settings import PROJECT_DIR

SPARK_PYTHON = PROJECT_DIR / ".venv-spark" / "bin" / "python"


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Make a DuckDB build with one mart, and files with its rows in another order."""
    data_dir, work_dir = tmp_path / "data", tmp_path / "work"
    (data_dir / "warehouse").mkdir(parents=True)
    (work_dir / "tables" / "marts.db" / "rpt_things").mkdir(parents=True)
    with duckdb.connect(str(data_dir / "warehouse" / "raw_snapshot.duckdb")):
        pass
    with duckdb.connect(str(data_dir / "warehouse" / "build.duckdb")) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.rpt_things as from (values ('a', 0.1e0 + 0.2e0, date '2026-11-20', true),"
            " ('b', null, null, null), ('b', null, null, null)) as rows (\"leading\", value, day, is_known)"
        )
    return data_dir, work_dir


def spark_wrote(work_dir: Path, values: str) -> None:
    path = work_dir / "tables" / "marts.db" / "rpt_things" / "part.parquet"
    duckdb.execute(
        f"copy (select * from (values {values}) as rows (\"leading\", value, day, is_known)) to '{path}' (format parquet)"
    )


def test_rows_are_equal_in_any_order_and_but_for_the_last_digits(folders: tuple[Path, Path]) -> None:
    spark_wrote(
        folders[1], "('b', null, null, null), ('a', 0.3, date '2026-11-20', true), ('b', null, null, null)"
    )
    (found,) = compare(*folders)
    assert found.is_equal
    assert (found.table, found.duckdb_rows, found.spark_rows) == ("rpt_things", 3, 3)


@pytest.mark.parametrize(
    ("values", "only_in_duckdb", "only_in_spark"),
    [
        ("('a', 0.3, date '2026-11-20', true), ('b', null, null, null)", 1, 0),
        ("('a', 0.3001, date '2026-11-20', true), ('b', null, null, null), ('b', null, null, null)", 1, 1),
        ("('a', 0.3, date '2026-11-20', true), ('b', 0, null, null), ('b', null, null, null)", 1, 1),
    ],
    ids=["a row too few", "another figure", "null is not zero"],
)
def test_a_difference_is_seen_and_shown(
    folders: tuple[Path, Path], values: str, only_in_duckdb: int, only_in_spark: int
) -> None:
    spark_wrote(folders[1], values)
    (found,) = compare(*folders)
    assert not found.is_equal
    assert (found.only_in_duckdb, found.only_in_spark) == (only_in_duckdb, only_in_spark)
    assert "DuckDB has" in found.example


@pytest.mark.long
@pytest.mark.skipif(not SPARK_PYTHON.exists(), reason="needs .venv-spark and Java: see dbt_project/README.md")
def test_spark_makes_every_mart_of_the_random_warehouse_the_same(world: World) -> None:
    done = subprocess.run(
        [str(SPARK_PYTHON), "tools/spark_check.py", "--data-dir", str(world.settings.data_dir)],
        cwd=PROJECT_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
