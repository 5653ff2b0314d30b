"""A release appears whole or not at all, an earlier one can be put back, and readers never notice the change."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

import duckdb
import pytest

from tests.release.conftest import AS_OF, models_alone, send
from warehouse.cli import main
from warehouse.release import audit, build, last_build, publish, reader, store
from warehouse.release.last_build import needs_build
from warehouse.settings import Settings

IDs = tuple[Path, str, str]


def current_value(settings: Settings) -> float:
    release = store.current(settings)
    assert release is not None
    sql = (
        "select numerator from marts.rpt_indicator_series where lens = 'as_reported' and unit_key = $unit"
        " and indicator_code = 'KNTC_GQ' and period_code = '2023'"
    )
    return float(reader.query(release, sql, {"unit": "68@0"})["numerator"].iloc[0])


def test_current_json_describes_the_file_it_points_at(settings: Settings, two_releases: IDs) -> None:
    current = json.loads(settings.current_path.read_text())
    assert current["release_id"] == two_releases[2]
    path = settings.published_dir / current["file"]
    assert current["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    with duckdb.connect(str(path), read_only=True) as connection:
        tables = {
            name: connection.execute(f"select count(*) from marts.{name}").fetchone()[0]
            for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
        }
        assert current["tables"] == tables
        assert connection.execute(
            "select distinct table_schema from information_schema.tables"
        ).fetchall() == [("marts",)]
        for name, rows in tables.items():
            parquet = settings.parquet_dir / f"{name}.parquet"
            assert connection.execute(f"select count(*) from '{parquet}'").fetchone() == (rows,)
        comments = connection.execute(
            "select table_name from duckdb_tables() where comment not like 'One row per%'"
        ).fetchall()
        assert comments == []
        unnamed = connection.execute(
            "select column_name from duckdb_columns() where schema_name = 'marts' and comment is null"
        )
        assert unnamed.fetchall() == []


def test_a_corrected_report_replaces_the_figure_and_keeps_the_old_revision(settings: Settings) -> None:
    release = store.current(settings)
    assert release is not None
    rows = reader.query(
        release,
        "select revision, numerator, known_to is null as stands from marts.fct_indicator_values order by revision",
    )
    assert rows.values.tolist() == [[1, 370.0, False], [2, 379.0, True]]
    assert current_value(settings) == 379


def test_releases_lists_both_and_rpt_releases_too(settings: Settings, two_releases: IDs) -> None:
    assert [release.release_id for release in store.releases(settings)] == [two_releases[2], two_releases[1]]
    release = store.current(settings)
    assert release is not None
    listed = reader.query(release, "select release_id, file_count from marts.rpt_releases order by built_at")
    assert listed.values.tolist() == [[two_releases[1], 1], [two_releases[2], 2]]


def test_rollback_puts_an_earlier_release_back_until_something_new_comes(
    settings: Settings, two_releases: IDs
) -> None:
    publish.rollback(settings, two_releases[1])
    assert current_value(settings) == 370
    with duckdb.connect() as connection:
        values = settings.parquet_dir / "fct_indicator_values.parquet"
        assert connection.execute(f"select max(numerator) from '{values}'").fetchone() == (370,)
    assert not needs_build(settings)
    with pytest.raises(store.NoSuchRelease, match=two_releases[2]):
        publish.rollback(settings, "r-unknown")


def test_the_commands_list_and_roll_back(
    settings: Settings, two_releases: IDs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(settings.data_dir))
    assert main(["rollback", two_releases[1]]) == 0
    assert current_value(settings) == 370
    assert main(["rollback", "r-unknown"]) == 1
    assert two_releases[2] in capsys.readouterr().err
    assert main(["releases"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == [two_releases[2], two_releases[1]]
    assert [("current" in line) for line in lines[1:]] == [False, True]


def test_a_damaged_release_is_not_put_back(settings: Settings, two_releases: IDs) -> None:
    path = settings.published_dir / f"{two_releases[1]}.duckdb"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(publish.DamagedRelease):
        publish.rollback(settings, two_releases[1])
    assert current_value(settings) == 379


def test_publishing_again_does_no_harm(settings: Settings, two_releases: IDs) -> None:
    assert publish.publish(settings) == two_releases[2]
    assert len(store.releases(settings)) == 2


def test_a_publish_that_was_killed_half_way_is_completed(settings: Settings, two_releases: IDs) -> None:
    publish.rollback(settings, two_releases[1])
    store.manifest_path(settings, two_releases[2]).unlink()
    (settings.published_dir / f"{two_releases[2]}.duckdb").unlink()
    (settings.published_dir / f".{two_releases[2]}.duckdb.working").write_bytes(b"half a file")
    assert publish.publish(settings) == two_releases[2]
    assert current_value(settings) == 379
    assert not list(settings.published_dir.glob(".*"))


def test_old_files_go_and_the_current_one_stays(settings: Settings, two_releases: IDs) -> None:
    tight = Settings(data_dir=settings.data_dir, fixed_as_of_date=AS_OF, releases_kept=1)
    publish.publish(tight)
    assert [release.is_kept for release in store.releases(tight)] == [True, False]
    assert current_value(tight) == 379


def test_a_record_of_an_earlier_version_asks_for_a_build(settings: Settings) -> None:
    assert not needs_build(settings)
    record = settings.warehouse_dir / "last_build.json"
    fields = json.loads(record.read_text())
    del fields["state"]
    record.write_text(json.dumps(fields))
    assert needs_build(settings)


def test_a_data_folder_without_a_current_release_needs_one(settings: Settings) -> None:
    settings.current_path.unlink()
    assert needs_build(settings)


@pytest.mark.long
def test_the_snapshot_is_written_once(settings: Settings, two_releases: IDs) -> None:
    """A build reads it; nothing is left of the working copy that it was assembled in."""
    build.begin(settings)
    before = settings.snapshot_path.read_bytes()
    with models_alone():
        build.build_snapshot(settings)
    audit.audit(settings)
    publish.publish(settings)
    assert settings.snapshot_path.read_bytes() == before
    assert [path.name for path in settings.warehouse_dir.glob(".*")] == []


def test_a_build_that_is_at_work_is_not_asked_for_again(settings: Settings) -> None:
    """Sweeps go on beside a build. Later reports ask for another build; so does a killed build, some time later."""
    send(settings, 3, "68@0", "2022", numerator=1, denominator=2)
    assert needs_build(settings)
    build.begin(settings)
    assert not needs_build(settings)
    assert needs_build(settings, again=True)
    record = settings.warehouse_dir / "last_build.json"
    begun_at = datetime.now(UTC) - last_build.LONGEST_BUILD - timedelta(seconds=1)
    record.write_text(json.dumps(json.loads(record.read_text()) | {"built_at": begun_at.isoformat()}))
    assert needs_build(settings)
    build.begin(settings)
    last_build.forget_unfinished(settings)
    assert needs_build(settings)
    build.begin(settings)
    send(settings, 4, "68@0", "2021", numerator=1, denominator=2)
    assert needs_build(settings)


def test_a_build_that_fails_its_tests_publishes_nothing(settings: Settings, two_releases: IDs) -> None:
    """An indicator stands twice in one report: the intake refuses that, so a dbt test must stop a build that has it."""
    with duckdb.connect(str(settings.raw_path)) as connection:
        connection.execute(
            "insert into raw_store.raw.bc_rows select * from raw_store.raw.bc_rows where submission_id = '0000000000000002'"
        )
        connection.execute("update raw_store.raw.files set parser_version = 'damaged'")
    assert needs_build(settings)
    before = settings.current_path.read_bytes()
    with pytest.raises(build.BuildFailed, match="unique_combination"):
        build.build(settings)
    with pytest.raises(last_build.NoBuild):
        publish.publish(settings)
    assert settings.current_path.read_bytes() == before
    assert current_value(settings) == 379
    assert not needs_build(settings), "a sweep must not start the same failing build every minute"
    assert needs_build(settings, again=True), "whoever asks by hand gets it"
    last_build.forget_unfinished(settings)
    assert not needs_build(settings)


def test_the_audit_stops_a_build_that_lost_something(settings: Settings, two_releases: IDs) -> None:
    with duckdb.connect(str(settings.build_path)) as connection:
        connection.execute("delete from marts.fct_indicator_values where revision = 1")
    with pytest.raises(audit.AuditFailed, match="expected 2, found 1"):
        audit.audit(settings)
    assert last_build.last_build(settings, "failed").release_id == two_releases[2]
    with pytest.raises(last_build.NoBuild):
        publish.publish(settings)


def test_a_release_reads_no_file_but_its_own(settings: Settings) -> None:
    release = store.current(settings)
    assert release is not None
    for probe in (
        "select * from read_csv('/etc/passwd')",
        "copy (select 1) to '/tmp/out.csv'",
        "set memory_limit = '1GB'",
    ):
        with pytest.raises(duckdb.Error):
            reader.query(release, probe)


def _read_until_told(
    data_dir: Path, stop: Event, are_reading: Barrier, answers: multiprocessing.Queue
) -> None:
    settings = Settings(data_dir=data_dir, fixed_as_of_date=AS_OF)
    seen: dict[float, int] = {}
    try:
        current_value(settings)
        are_reading.wait(timeout=60)
        while not stop.is_set():
            value = current_value(settings)
            seen[value] = seen.get(value, 0) + 1
        answers.put(seen)
    except BaseException as error:
        answers.put(repr(error))
        raise


@pytest.mark.parametrize("changes", [20, pytest.param(100, marks=pytest.mark.long)])
def test_readers_in_other_processes_never_see_an_error_while_releases_change(
    settings: Settings, two_releases: IDs, changes: int
) -> None:
    context = multiprocessing.get_context("spawn")
    stop, answers = context.Event(), context.Queue()
    # Starting a reader takes longer than all the changes on a busy machine: they begin when both read.
    are_reading = context.Barrier(3)
    readers = [
        context.Process(target=_read_until_told, args=(settings.data_dir, stop, are_reading, answers))
        for _ in range(2)
    ]
    for process in readers:
        process.start()
    are_reading.wait(timeout=60)
    for number in range(changes):
        publish.rollback(settings, two_releases[1 + number % 2])
        time.sleep(0.02)
    stop.set()
    seen = [answers.get(timeout=30) for _ in readers]
    for process in readers:
        process.join(timeout=30)
        assert process.exitcode == 0, seen
    for counts in seen:
        assert set(counts) == {370.0, 379.0}
        assert sum(counts.values()) > 50


@pytest.mark.parametrize(
    ("expected", "found", "is_agreed"),
    [
        (0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1, True),
        # Rounded to three digits, these two would be 0.001 and 0.
        (0.0005 + 1e-12, 0.0005 - 1e-12, True),
        (1.000, 1.002, False),
        (10_000_000.0, 10_000_001.0, False),
        (9e15 + 2, 9e15, True),
        (3, 4, False),
        ((3, 17), (3, 18), False),
        (None, 0.0, False),
    ],
)
def test_the_audit_compares_sums_as_far_as_doubles_reach(
    expected: object, found: object, is_agreed: bool
) -> None:
    assert audit.agree(expected, found) is is_agreed
