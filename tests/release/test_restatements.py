"""Two times: which figures a release changed and why, and every table as it was known on a day."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.damage_kit import published_as_it_is
from tests.marts.dbt_kit import small_build
from tests.marts.raw_world import SentReport, record
from tests.release.conftest import AS_OF, models_alone, send
from warehouse.cli import main
from warehouse.release import audit, build, publish, snapshot, store
from warehouse.release.known_on import end_of
from warehouse.settings import Settings

IDs = tuple[Path, str, str]
# Three communes of Lạng Sơn, their province, and the country.
A, B, C = "05977@2025-07-01", "05983@2025-07-01", "06019@2025-07-01"
PROVINCE, COUNTRY = "20@2025-07-01", "VN@0"
PERIOD = "2026-Q1"
Change = tuple[Any, ...]


@dataclass(frozen=True)
class History:
    """Five releases: two of the shared fixture; first figures; corrections; and, after a rollback to the third, others."""

    settings: Settings
    releases: list[str]

    def rows(self, number: int, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query on one of the releases, counted from 1."""
        path = store.find(self.settings, self.releases[number - 1]).path
        with duckdb.connect(str(path), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    def changes(self, number: int, lens: str = "as_reported") -> dict[str, Change]:
        """Return the changes that a release lists in a lens: by unit, value before and since, submission, reason."""
        return {
            unit: (old, new, submission, reason)
            for unit, old, new, submission, reason in self.rows(
                number,
                "select unit_key, round(old_value, 6), round(new_value, 6), submission_id, reason"
                f" from marts.rpt_restatements where release_id = '{self.releases[number - 1]}'"
                f" and lens = '{lens}'",
            )
        }


def withdraw(settings: Settings, number: int, unit_key: str) -> None:
    """Send a later report of the unit and period that leaves the indicator out."""
    report = SentReport(
        number, "BC", unit_key, PERIOD, received_at=datetime(2026, 1, number), is_simulated=False
    )
    record(settings, [report])


def release(settings: Settings) -> str:
    build.build(settings)
    audit.audit(settings)
    return publish.publish(settings)


@pytest.fixture(scope="module")
def history(two_releases: IDs, tmp_path_factory: pytest.TempPathFactory) -> History:
    data_dir = tmp_path_factory.mktemp("restatements") / "data"
    shutil.copytree(two_releases[0], data_dir)
    settings = Settings(data_dir=data_dir, fixed_as_of_date=AS_OF)
    releases = [two_releases[1], two_releases[2]]
    with models_alone():
        send(settings, 3, A, PERIOD, numerator=10, denominator=20)
        send(settings, 4, B, PERIOD, numerator=30, denominator=40)
        releases.append(release(settings))
        send(settings, 5, A, PERIOD, numerator=12, denominator=20)
        send(settings, 6, C, PERIOD, numerator=5, denominator=10)
        withdraw(settings, 7, B)
        releases.append(release(settings))
    # The last one holds all that went before: dbt's own tests look at it too.
    publish.rollback(settings, releases[2])
    send(settings, 8, A, PERIOD, numerator=11, denominator=20)
    releases.append(release(settings))
    return History(settings, releases)


def test_the_first_release_restates_nothing(history: History) -> None:
    assert history.changes(1) == {}


def test_a_corrected_figure_is_listed_with_every_total_above_it(history: History) -> None:
    old, new = round(100 * 370 / 481, 6), round(100 * 379 / 481, 6)
    assert history.changes(2) == {
        "68@0": (old, new, f"{2:016x}", "own_report"),
        COUNTRY: (old, new, f"{2:016x}", "part_report"),
    }


def test_a_corrected_figure_is_listed_on_the_boundaries_of_today_too(history: History) -> None:
    """Lâm Đồng of before 2025-07-01 corrects its figure: the figure of today's Lâm Đồng, which holds it, changes with it."""
    as_reported = history.changes(2)
    assert history.changes(2, "current_boundaries") == {
        "68@2025-07-01": as_reported[COUNTRY],
        COUNTRY: as_reported[COUNTRY],
    }
    assert history.changes(4, "current_boundaries") == history.changes(4)


def test_figures_that_appear_for_the_first_time_restate_nothing(history: History) -> None:
    assert history.changes(3) == {}


def test_corrected_withdrawn_and_late_figures_are_listed_with_their_totals(history: History) -> None:
    """10 and 30 of 20 and 40 become 12 of 20, nothing, and a late 5 of 10: the totals go from 40/60 to 17/30."""
    total = (round(100 * 40 / 60, 6), round(100 * 17 / 30, 6), f"{7:016x}", "part_report")
    assert history.changes(4) == {
        A: (50, 60, f"{5:016x}", "own_report"),
        B: (75, None, f"{7:016x}", "own_report"),
        PROVINCE: total,
        COUNTRY: total,
    }
    amounts = history.rows(
        4,
        "select old_numerator, new_numerator, old_denominator, new_denominator from marts.rpt_restatements"
        f" where unit_key = '{PROVINCE}' and lens = 'as_reported'",
    )
    assert amounts == [(40, 17, 60, 30)]


def test_after_a_rollback_a_release_is_compared_with_what_readers_saw(history: History) -> None:
    """The third release was put back: A goes from 10 to 11 of 20, not from 12; B is withdrawn once more, C is there once more."""
    total = (round(100 * 40 / 60, 6), round(100 * 16 / 30, 6), f"{8:016x}", "part_report")
    assert history.changes(5) == {
        A: (50, 55, f"{8:016x}", "own_report"),
        B: (75, None, f"{7:016x}", "own_report"),
        PROVINCE: total,
        COUNTRY: total,
    }


def test_each_release_carries_the_history_of_those_before(history: History) -> None:
    counts = "select release_id, count(*) from marts.rpt_restatements where lens = 'as_reported' group by release_id"
    _, second, _, fourth, fifth = history.releases
    assert dict(history.rows(3, counts)) == {second: 2}
    # Changes of the fourth release stay listed, although it was rolled back.
    assert dict(history.rows(5, counts)) == {second: 2, fourth: 4, fifth: 4}


def test_the_listed_changes_are_the_differences_between_two_releases(history: History) -> None:
    """The test compares the reported figures of two release files without dbt."""
    figures = (
        "select lens || unit_key || indicator_code || period_code, numerator, denominator, value"
        " from marts.rpt_indicator_series where source_kind <> 'recorded'"
    )
    before, after = ({key: row for key, *row in history.rows(number, figures)} for number in (3, 4))
    differing = {key for key, row in before.items() if after.get(key) != row}
    listed = history.rows(
        4,
        "select lens || unit_key || indicator_code || period_code from marts.rpt_restatements"
        f" where release_id = '{history.releases[3]}'",
    )
    assert {key for (key,) in listed} == differing
    assert len(listed) == len(differing)


def test_releases_carry_the_code_version_and_the_counts_of_their_inputs(history: History) -> None:
    rows = history.rows(
        5,
        "select release_id, code_version, file_count, submission_count, indicator_value_count, model_count"
        " from marts.rpt_releases order by built_at, release_id",
    )
    assert [row[0] for row in rows] == history.releases
    assert [row[2:] for row in rows] == [(1, 1, 1, 0), (2, 2, 2, 0), (4, 4, 4, 0), (7, 7, 6, 0), (8, 8, 7, 0)]
    assert all("+" in row[1] for row in rows)


# A figure before and now, each as numerator, denominator and value, and whether it is another figure.
FIGURES: list[tuple[Change | None, Change | None, bool]] = [
    ((1, 2, 50.0), (1, 2, 50.0), False),
    ((1, 3, 100 / 3), (1, 3, 100 / 3 + 1e-12), False),
    ((1e9, 3e9, 100 / 3), (1e9 + 1e-6, 3e9, 100 / 3), False),
    ((1, 2, 50.0), (2, 2, 100.0), True),
    ((1, 2, 50.0), (10, 20, 50.0), True),
    ((0, 0, None), (1, 2, 50.0), True),
    ((None, None, 7.0), (None, None, 8.0), True),
    ((None, None, 7.0), (None, None, 7.0), False),
    ((1, 2, 50.0), None, True),
    (None, (1, 2, 50.0), False),
]


def test_a_figure_counts_as_another_one_beyond_rounding() -> None:
    """A change that no report explains is a change of the rules."""
    columns = (
        "lens varchar default 'as_reported', unit_key varchar, indicator_code varchar, period_code varchar"
    )
    figures = f"{columns}, numerator double, denominator double, value double"
    with small_build() as connection:
        connection.execute(f"create table stg_earlier__figures ({figures})")
        connection.execute(f"create table rpt_indicator_series ({figures})")
        connection.execute(f"create table int_new_reports ({columns}, submission_id varchar, is_own boolean)")
        connection.execute(
            f"create table stg_earlier__restatements (release_id varchar, {columns}, old_value double, new_value double,"
            " old_numerator double, new_numerator double, old_denominator double, new_denominator double,"
            " submission_id varchar, reason varchar)"
        )
        connection.execute("create table stg_raw__this_build as select 'this release_id' as release_id")
        connection.execute("create table int_units (unit_key varchar, unit_name varchar)")
        connection.execute(
            "create table int_indicators (indicator_code varchar, indicator_name_vi varchar, indicator_name_en varchar)"
        )
        connection.execute("create table int_periods (period_code varchar, period_end_date date)")
        for number, (before, now, _) in enumerate(FIGURES):
            for table, figure in (("stg_earlier__figures", before), ("rpt_indicator_series", now)):
                if figure:
                    connection.execute(
                        f"insert into {table} (unit_key, indicator_code, period_code, numerator, denominator, value)"
                        " values (?, 'i', 'p', ?, ?, ?)",
                        [f"unit {number}", *figure],
                    )
        connection.run("recorded_indicators", "rpt_restatements")
        found = connection.execute(
            "select unit_key, old_numerator, old_denominator, old_value, new_numerator, new_denominator, new_value,"
            " release_id, submission_id, reason from rpt_restatements order by unit_key"
        ).fetchall()
    assert found == [
        (f"unit {number}", *(before or ()), *(now or (None, None, None)), "this release_id", None, "rules")
        for number, (before, now, is_listed) in enumerate(FIGURES)
        if is_listed
    ]


def earlier_rows(settings: Settings, table: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(settings.snapshot_path), read_only=True) as connection:
        return connection.execute(f"from earlier.{table} order by all").fetchall()


@pytest.fixture
def copy(history: History, tmp_path: Path) -> Settings:
    """Return a copy of the five releases that a test may change."""
    shutil.copytree(history.settings.data_dir, tmp_path / "data")
    return Settings(data_dir=tmp_path / "data", fixed_as_of_date=AS_OF)


def test_a_build_that_was_not_published_leaves_no_trace(copy: Settings, history: History) -> None:
    with duckdb.connect(str(copy.build_path)) as connection:
        connection.execute("update marts.rpt_restatements set release_id = 'never published'")
    snapshot.take_snapshot(copy)
    assert {row[0] for row in earlier_rows(copy, "restatements")} == {
        history.releases[number] for number in (1, 3, 4)
    }


def test_ids_of_a_release_from_before_are_brought_to_today_s(copy: Settings) -> None:
    snapshot.take_snapshot(copy)
    today = {table: earlier_rows(copy, table) for table in ("submissions", "restatements")}
    current = store.current(copy)
    assert current is not None
    current.path.chmod(0o644)
    with duckdb.connect(str(current.path)) as connection:
        for mart in ("fct_submissions", "rpt_restatements"):
            # They had 32 digits, of which the first bit may be set.
            connection.execute(
                f"update marts.{mart} set submission_id = 'f' || submission_id[2:] || '0123456789abcdef'"
                " where submission_id is not null"
            )
    published_as_it_is(copy, current)
    snapshot.take_snapshot(copy)
    found = {table: earlier_rows(copy, table) for table in today}
    assert found == {
        table: [tuple(_with_first_digit_7(cell) for cell in row) for row in rows]
        for table, rows in today.items()
    }
    assert all(today.values())


def _with_first_digit_7(cell: Any) -> Any:
    return re.sub("^0(?=[0-9a-f]{15}$)", "7", cell) if isinstance(cell, str) else cell


def test_only_what_known_releases_did_is_carried_on(copy: Settings, history: History) -> None:
    newest = store.find(copy, history.releases[4])
    for release_id in set(history.releases) - {history.releases[1]}:
        store.manifest_path(copy, release_id).unlink()
    snapshot.take_snapshot(copy, history_of=newest)
    assert {row[0] for row in earlier_rows(copy, "restatements")} == {history.releases[1]}


def test_a_release_of_a_version_without_restatements_is_compared_all_the_same(copy: Settings) -> None:
    current = store.current(copy)
    assert current is not None
    with duckdb.connect(str(current.path)) as connection:
        connection.execute("drop table marts.rpt_restatements")
    published_as_it_is(copy, current)
    snapshot.take_snapshot(copy)
    assert earlier_rows(copy, "restatements") == []
    assert ("as_reported", A, "KNTC_GQ", PERIOD, 11.0, 20.0, 55.0) in earlier_rows(copy, "figures")


def test_before_the_first_release_there_is_nothing_to_compare_with(copy: Settings) -> None:
    shutil.rmtree(copy.published_dir)
    snapshot.take_snapshot(copy)
    assert [earlier_rows(copy, table) for table in ("figures", "submissions", "restatements")] == [[], [], []]


def test_a_day_ends_at_midnight_in_viet_nam() -> None:
    assert end_of(date(2026, 9, 30)) == datetime(2026, 9, 30, 17)


@pytest.mark.long
def test_tables_are_shown_as_known_on_a_day(
    copy: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On 4 January both communes had sent their first report; reports of 5 January and later are not known yet."""
    published = sorted((path.name, path.stat().st_mtime_ns) for path in copy.published_dir.rglob("*"))
    out = tmp_path / "known" / "january.duckdb"
    monkeypatch.setenv("DATA_DIR", str(copy.data_dir))
    monkeypatch.setenv("AS_OF_DATE", AS_OF.isoformat())
    with models_alone():
        assert main(["known-on", "2026-01-04", "--out", str(out)]) == 0
    assert "4 tệp" in capsys.readouterr().out
    facts = "select unit_key, indicator_code, period_code, revision, numerator, denominator, value, submission_id, cell"
    current = store.current(copy)
    assert current is not None
    with duckdb.connect(str(current.path), read_only=True) as connection:
        known_by_sql = connection.execute(
            f"{facts} from marts.fct_indicator_values where known_from < ? and coalesce(known_to, ?) >= ? order by all",
            [end_of(date(2026, 1, 4)), datetime(9999, 1, 1), end_of(date(2026, 1, 4))],
        ).fetchall()
    with duckdb.connect(str(out), read_only=True) as connection:
        known_by_build = connection.execute(
            f"{facts} from marts.fct_indicator_values where known_to is null order by all"
        ).fetchall()
        totals = dict(
            connection.execute(
                "select unit_key, numerator from marts.rpt_indicator_series where lens = 'as_reported'"
                f" and period_code = '{PERIOD}'"
            ).fetchall()
        )
        files = connection.execute(
            "select distinct file_name from marts.fct_submissions order by 1"
        ).fetchall()
        days = connection.execute("select as_of_date, file_count from marts.rpt_releases").fetchall()
        restated = connection.execute("select count(*) from marts.rpt_restatements").fetchone()
    assert known_by_build == known_by_sql
    assert [row[0] for row in known_by_build] == [A, B, "68@0"]
    assert totals == {A: 10, B: 30, PROVINCE: 40, COUNTRY: 40}
    assert files == [(f"file{number}.csv",) for number in (1, 2, 3, 4)]
    # The releases of this test were published long after that day: only the build itself is listed.
    assert (days, restated) == ([(date(2026, 1, 4), 4)], (0,))
    assert sorted((p.name, p.stat().st_mtime_ns) for p in copy.published_dir.rglob("*")) == published
    assert not list(copy.warehouse_dir.glob(".working-*"))
    assert sorted(path.name for path in out.parent.iterdir()) == ["january.duckdb"]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("30/09/2026", "viết như 2026-09-30"),
        ("2026-02-30", "not a date"),
        ("2026-11-21", "yet to come"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(
    day: str,
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    monkeypatch.setenv("AS_OF_DATE", AS_OF.isoformat())
    out = tmp_path / "out.duckdb"
    assert main(["known-on", day, "--out", str(out)]) == 2
    assert reason in capsys.readouterr().err
    assert not out.exists()


def test_an_obstacle_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    out = tmp_path / "out.duckdb"
    assert main(["known-on", "2026-01-04", "--out", str(out)]) == 2
    assert "chưa nạp gì" in capsys.readouterr().err
    out.write_text("mine")
    assert main(["known-on", "2026-01-04", "--out", str(out)]) == 2
    assert "không ghi đè" in capsys.readouterr().err
    assert out.read_text() == "mine"
