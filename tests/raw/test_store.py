"""The raw store: its tables are those of the documentation, it grows with the contracts, and it is waited
for.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from warehouse.disk.damage import DamagedFile
from warehouse.forms.contract import load_forms
from warehouse.raw import store
from warehouse.raw import tables as raw_tables
from warehouse.raw import upgrades as store_tables
from warehouse.raw.arrow import arrow_schema, arrow_table
from warehouse.raw.store import StoreBusyError, open_store
from warehouse.settings import PROJECT_DIR, Settings

HOLD_OPEN = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.read()"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    rows = connection.execute(
        "select table_name, list(column_name order by ordinal_position) from information_schema.columns"
        " where table_schema = 'raw' group by table_name"
    ).fetchall()
    return dict(rows)


def test_the_tables_are_those_of_the_documentation(settings: Settings) -> None:
    text = (PROJECT_DIR / "docs" / "architecture.md").read_text(encoding="utf-8")
    section = text.split("## Raw tables")[1].split("\n## ")[0]
    documented = {}
    for table, described in re.findall(r"^\| (\w+) \| [^|]+ \| ([^|]+) \|$", section, re.MULTILINE):
        if table != "table":
            names = re.sub(r"\([^)]*\)", "", described).split(",")
            documented[table] = [name.strip() for name in names if "then the form's columns" not in name]
    assert {"files", "submissions", "findings", "bc_rows", "dk_rows", "panel_rows", "releases"} <= set(
        documented
    )
    with open_store(settings) as connection:
        actual = columns(connection)
    for table, names in documented.items():
        assert actual[table][: len(names)] == names, table
    assert actual["bc_rows"] == documented["bc_rows"]


def test_each_form_has_a_table_with_its_columns(settings: Settings) -> None:
    with open_store(settings) as connection:
        actual = columns(connection)
    dk = load_forms()["DK"]
    assert [column.name for column in dk.stored_columns] == actual["dk_rows"][6:]
    assert {form.table for form in load_forms().values()} <= set(actual)
    assert str(arrow_schema("dk_rows").field("registered_date").type) == "date32[day]"


def test_a_column_that_a_contract_gains_is_added_and_nothing_is_lost(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(settings) as connection:
        connection.execute("insert into raw.bc_rows (submission_id, value) values ('7', 1.5)")
    grown = {name: dict(kinds) for name, kinds in raw_tables.raw_tables().items()}
    grown["bc_rows"]["source_page"] = "bigint"
    grown["new_form_rows"] = {"submission_id": "varchar"}
    monkeypatch.setattr(store_tables, "raw_tables", lambda: grown)
    with open_store(settings) as connection:
        found = connection.execute("select submission_id, value, source_page from raw.bc_rows").fetchall()
        assert found == [("7", 1.5, None)]
        assert columns(connection)["new_form_rows"] == ["submission_id"]


LONG_ID = "adbd9336ad45be4c84188f3664bb3b9b"


@pytest.mark.parametrize(
    ("id_type", "ids", "cells_in"),
    [
        ("varchar", [f"{number}{LONG_ID[1:]}" for number in range(3)], ("cell", "E7", "AA12", "XFD1048576")),
        ("bigint", ["1", "10", "4503599627370496"], ("column_letters", "E", "AA", "XFD")),
        ("bigint", ["1", "10", "4503599627370496"], ("column_number", "5", "27", "16384")),
    ],
    ids=["ids of 32 digits and whole cells", "ids in numbers and letters of the column", "ids in numbers"],
)
def test_a_store_of_an_earlier_version_is_upgraded(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    id_type: str,
    ids: list[str],
    cells_in: tuple[str, ...],
) -> None:
    source, *cells = cells_in
    earlier_tables = {
        name: {column: id_type if column == "submission_id" else kind for column, kind in kinds.items()}
        for name, kinds in raw_tables.raw_tables().items()
    }
    for table in ("bc_rows", "bc_returned"):
        kind = earlier_tables[table].pop("column_number")
        earlier_tables[table][source] = kind if source == "column_number" else "varchar"
    del earlier_tables["submissions"]["is_part_correction"]
    settings.warehouse_dir.mkdir(parents=True)
    with monkeypatch.context() as earlier:
        earlier.setattr(store_tables, "raw_tables", lambda: earlier_tables)
        store.create_store(settings.raw_path)
    with contextlib.closing(duckdb.connect(str(settings.raw_path))) as connection:
        for number, (identity, cell) in enumerate(zip(ids, cells, strict=True)):
            connection.execute(
                f"insert into raw.submissions (submission_id, unit_key) values ('{identity}', '{number}')"
            )
            connection.execute(
                f"insert into raw.bc_rows (submission_id, value, {source}) values ('{identity}', {number}, '{cell}')"
            )
    todays = {
        "varchar": ["0dbd9336ad45be4c", "1dbd9336ad45be4c", "2dbd9336ad45be4c"],
        "bigint": ["0000000000000001", "000000000000000a", "0010000000000000"],
    }[id_type]
    for _ in range(2):
        with open_store(settings) as connection:
            found = connection.execute(
                "select submission_id, value, column_number from raw.submissions"
                " inner join raw.bc_rows using (submission_id) order by unit_key"
            ).fetchall()
            marks = connection.execute("select distinct is_part_correction from raw.submissions").fetchall()
            kinds = connection.execute(
                "select distinct data_type from information_schema.columns where column_name = 'submission_id'"
            ).fetchall()
        assert found == list(zip(todays, [0.0, 1.0, 2.0], [5, 27, 16_384], strict=True))
        assert kinds == [("VARCHAR",)]
        assert marks == [(False,)]


def test_a_reader_makes_the_store_too(settings: Settings) -> None:
    with open_store(settings, read_only=True) as connection:
        assert connection.execute("select count(*) from raw.files").fetchall() == [(0,)]
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            connection.execute("delete from raw.files")


def test_opening_waits_for_another_process_and_then_names_it(settings: Settings) -> None:
    open_store(settings).close()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_OPEN, str(settings.raw_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"open\n"
        for read_only in (False, True):
            started = time.monotonic()
            with pytest.raises(StoreBusyError, match=rf"(?s){holder.pid}.*start again"):
                open_store(settings, read_only=read_only, patience_seconds=0.3)
            assert 0.3 <= time.monotonic() - started < 5
        threading.Timer(0.3, holder.kill).start()
        with open_store(settings, patience_seconds=20) as connection:
            assert "files" in columns(connection)


def test_another_fault_than_a_lock_is_not_waited_for(settings: Settings) -> None:
    settings.warehouse_dir.mkdir(parents=True)
    settings.raw_path.write_bytes(b"this is no database, but long enough to be looked at" * 100)
    started = time.monotonic()
    with pytest.raises(DamagedFile, match="not a valid DuckDB"):
        open_store(settings)
    assert time.monotonic() - started < 5


OPEN_ONCE = (
    "import sys; from pathlib import Path; from warehouse.raw.store import open_store;"
    "from warehouse.settings import Settings; open_store(Settings(data_dir=Path(sys.argv[1]))).close()"
)


def test_several_processes_may_make_the_store_at_once(settings: Settings) -> None:
    command = [sys.executable, "-c", OPEN_ONCE, str(settings.data_dir)]
    children = [subprocess.Popen(command, cwd=PROJECT_DIR) for _ in range(3)]
    assert [child.wait() for child in children] == [0, 0, 0]
    assert [path.name for path in settings.warehouse_dir.iterdir()] == [settings.raw_path.name]


WRITE_AND_DIE = """
import os, signal, sys, duckdb
c = duckdb.connect(sys.argv[1])
c.execute("insert into raw.files (file_sha256) values ('committed')")
c.begin()
c.execute("insert into raw.files (file_sha256) values ('not committed')")
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("read_only", [True, False])
def test_rows_that_a_killed_writer_committed_are_there(settings: Settings, read_only: bool) -> None:
    open_store(settings).close()
    killed = subprocess.run([sys.executable, "-c", WRITE_AND_DIE, str(settings.raw_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert settings.raw_path.with_name(f"{settings.raw_path.name}.wal").exists()
    with open_store(settings, read_only=read_only) as connection:
        assert connection.execute("select file_sha256 from raw.files").fetchall() == [("committed",)]


def test_rows_must_fit_their_table() -> None:
    table = arrow_table("files", [{"file_sha256": "a"}, {"size_bytes": 3}])
    assert table.column_names == list(raw_tables.raw_tables()["files"])
    assert table["size_bytes"].to_pylist() == [None, 3]
    with pytest.raises(ValueError, match=r"raw\.files has no column colour"):
        arrow_table("files", [{"colour": "red"}])
    with pytest.raises(pa.ArrowInvalid, match="Could not convert 'many' with type str"):
        arrow_table("files", [{"size_bytes": "many"}])


DIE_BEFORE_THE_STORE_HAS_ITS_NAME = """
import os, signal, sys
from pathlib import Path
from warehouse.raw.store import open_store
from warehouse.settings import Settings
Path.hardlink_to = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
open_store(Settings(Path(sys.argv[1])))
"""


def test_a_store_that_a_killed_process_left_half_made_is_neither_used_nor_touched(settings: Settings) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", DIE_BEFORE_THE_STORE_HAS_ITS_NAME, str(settings.data_dir)],
        cwd=PROJECT_DIR,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    (left_over,) = settings.warehouse_dir.glob(f".{settings.raw_path.name}-*")
    assert not settings.raw_path.exists()
    content = left_over.read_bytes()
    with open_store(settings) as connection:
        connection.execute("insert into raw.files (file_sha256) values ('new')")
    with open_store(settings, read_only=True) as connection:
        assert connection.execute("select file_sha256 from raw.files").fetchall() == [("new",)]
    assert left_over.read_bytes() == content


@pytest.mark.parametrize("most_at_once", [50_000, 10, 1])
def test_files_that_are_not_recorded_are_listed_in_order_however_long_the_ledger(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, most_at_once: int
) -> None:
    hashes = sorted(hashlib.sha256(b"%d" % number).hexdigest() for number in range(200))
    assert store.count_recorded(settings) == 0
    assert store.not_recorded(settings, hashes) == hashes
    recorded = hashes[::3]
    with open_store(settings) as connection:
        for sha in recorded:
            connection.execute(f"insert into raw.files (file_sha256) values ('{sha}')")
    monkeypatch.setattr(store, "MOST_HASHES_AT_ONCE", most_at_once)
    held: list[int] = []
    look = store._hashes_from
    monkeypatch.setattr(
        store, "_hashes_from", lambda *asked: (found := look(*asked), held.append(len(found)))[0]
    )
    assert store.count_recorded(settings) == len(recorded)
    assert store.not_recorded(settings, iter(hashes)) == [sha for sha in hashes if sha not in recorded]
    assert sum(held) <= len(recorded)
    assert max(held) <= 4 * most_at_once
