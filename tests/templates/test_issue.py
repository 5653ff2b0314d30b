"""Workbooks for whom they are due: the periods of a day, the units that take part, and the DAG that issues them."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests.dashboard.fixture_release import make_release
from tests.intake.file_kit import context
from warehouse.reference import periods
from warehouse.release import reader, store
from warehouse.settings import PROJECT_DIR, Settings
from warehouse.templates import issue

REFERENCE = context().reference
DAY = date(2026, 10, 1)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Make the fixture release, in which Lạng Sơn alone owes indicators; only some of its units are kept."""
    release = make_release(tmp_path)
    with duckdb.connect(str(release.path)) as connection:
        keys = [
            row[0]
            for row in connection.execute(
                "select unit_key from marts.dim_units where is_current"
                " and (current_province_code = '20' and level <> 'commune'"
                " or current_province_code = '08' and level = 'province')"
            ).fetchall()
        ]
        communes = connection.execute(
            "select unit_key from marts.dim_units where is_current and level = 'commune'"
            " and current_province_code = '20' order by unit_key limit 2"
        ).fetchall()
        kept = [*keys, *(row[0] for row in communes)]
        connection.execute("delete from marts.dim_units where unit_key not in (select unnest(?))", [kept])
        connection.execute(
            "create or replace table marts.rpt_obligations as"
            " from (values ('BC', '20'), ('TX', '08')) as owed (form, current_province_code)"
        )
    return Settings(tmp_path, fixed_as_of_date=DAY)


def written(settings: Settings) -> set[str]:
    """Return the written workbooks as `period/unit.xlsx`; any other file below the folder fails the comparison."""
    return {
        path.relative_to(settings.templates_dir).as_posix()
        for path in settings.templates_dir.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 10, 1), {"2026-09", "2026-9M", "2026-10"}),
        (date(2026, 10, 31), {"2026-09", "2026-9M", "2026-10"}),
        (date(2026, 11, 1), {"2026-10", "2026-11"}),
        (date(2026, 4, 1), {"2026-03", "2026-Q1", "2026-04"}),
        (date(2026, 7, 1), {"2026-06", "2026-6M", "2026-07"}),
        (date(2026, 1, 1), {"2025-12", "2025", "2026-01"}),
    ],
)
def test_the_month_that_opens_and_what_ended_with_the_one_before(day: date, expected: set[str]) -> None:
    assert {period.code for period in issue.periods_at(day, REFERENCE)} == expected


def test_every_period_of_a_year_is_issued_in_it_or_right_after() -> None:
    days = [date(2026, month, 1) for month in range(1, 13)] + [date(2027, 1, 1)]
    issued = {period.code for day in days for period in issue.periods_at(day, REFERENCE)}
    of_the_year = {code for code in REFERENCE.period_codes if code.startswith("2026") and len(code) < 9}
    assert of_the_year <= issued


def test_units_of_provinces_that_take_part_get_what_they_owe(settings: Settings) -> None:
    done = issue.issue_templates(settings, DAY)
    found = written(settings)
    assert done == issue.Issued(written=len(found), already_there=0)
    assert "2026-9M/20.xlsx" in found
    assert not {path for path in found if path.endswith("/08.xlsx")}, "Tuyên Quang takes no part in BC"
    release = store.current(settings)
    assert release is not None
    keys = reader.query(release, "select unit_key from marts.dim_units where current_province_code = '20'")
    expected = {
        f"{code}/{unit.unit_code}.xlsx"
        for code in ("2026-09", "2026-9M", "2026-10")
        for unit in map(REFERENCE.units.get, keys["unit_key"])
        if REFERENCE.owed_indicators(unit, _period(code))
    }
    assert found == expected and len({path.split("/")[1] for path in found}) > 2


def test_a_workbook_has_the_forms_it_owes_and_the_right_unit(settings: Settings) -> None:
    issue.issue_templates(settings, DAY, "2026-9M")
    workbook = openpyxl.load_workbook(settings.templates_dir / "2026-9M" / "20.xlsx", read_only=True)
    assert workbook.sheetnames[:2] == ["BC", "DK"]
    assert workbook["BC"]["A2"].value == "Đơn vị báo cáo: Tỉnh Lạng Sơn (mã: 20)"
    assert {path.split("/")[0] for path in written(settings)} == {"2026-9M"}


def test_existing_workbooks_are_left_and_removed_ones_are_made_again(settings: Settings) -> None:
    first = issue.issue_templates(settings, DAY, "2026-9M")
    kept = settings.templates_dir / "2026-9M" / "20.xlsx"
    kept.write_bytes(b"someone's own")
    removed = next(path for path in kept.parent.iterdir() if path != kept)
    content = removed.read_bytes()
    removed.unlink()
    (kept.parent / f".{removed.name}").write_bytes(b"what a killed run left")
    again = issue.issue_templates(settings, DAY, "2026-9M")
    assert again == issue.Issued(written=1, already_there=first.written - 1)
    assert kept.read_bytes() == b"someone's own"
    assert removed.read_bytes() == content
    assert not (kept.parent / f".{removed.name}").exists()


def test_many_units_are_written_by_child_processes(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(issue, "UNITS_A_TIME", 1)
    done = issue.issue_templates(replace(settings, parse_processes=2), DAY, "2026-9M")
    assert done.written == len(written(settings)) > 2


def test_without_a_release_or_reports_there_is_nothing_to_do(settings: Settings, tmp_path: Path) -> None:
    assert issue.issue_templates(Settings(tmp_path / "new"), DAY) == issue.Issued(0, 0)
    with duckdb.connect(str(next(settings.published_dir.glob("*.duckdb")))) as release:
        release.execute("delete from marts.rpt_obligations")
    assert issue.issue_templates(settings, DAY) == issue.Issued(0, 0)
    assert not settings.templates_dir.exists()


@pytest.mark.parametrize("code", ["2026-Q2", "2021-2025", "hôm nay"])
def test_a_period_that_is_none_is_refused(code: str, settings: Settings) -> None:
    with pytest.raises(ValueError, match="is not a reporting period"):
        issue.issue_templates(settings, DAY, code)


def test_offered_periods_have_begun_and_are_not_old() -> None:
    codes = [period.code for period in issue.offered_periods(date(2026, 11, 20), REFERENCE)]
    assert codes[:3] == ["2026", "2026-11", "2026-10"], "the latest end first"
    assert {"2026-9M", "2026-Q1", "2025"} <= set(codes)
    assert not {"2026-12", "2024", "2025-10"} & set(codes)


def test_bc_is_left_out_where_nothing_is_owed() -> None:
    country, province = map(REFERENCE.units.get, ("VN@0", "20@2025-07-01"))
    both = ("BC", "DK")
    assert issue.owed_forms(both, country, _period("2026-9M"), REFERENCE) == ("DK",)
    assert issue.owed_forms(both, province, _period("2026-9M"), REFERENCE) == both


RUN_DAG = """
import os
from warehouse.settings import load
from ops.airflow_home import environment, prepare_database
os.environ.update(environment(load()))
prepare_database()
from airflow.dag_processing.dagbag import DagBag
run = DagBag("dags").dags["issue_templates"].test(run_conf={"period": "2026-9M"})
print(run.state)
"""


def test_the_dag_issues_the_period_that_it_is_asked_for(settings: Settings) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", RUN_DAG],
        cwd=PROJECT_DIR,
        env={**os.environ, "DATA_DIR": str(settings.data_dir), "AS_OF_DATE": DAY.isoformat()},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert answer.stdout.splitlines()[-1].endswith("success"), answer.stdout[-3000:] + answer.stderr[-3000:]
    assert "2026-9M/20.xlsx" in written(settings)
    assert {path.split("/")[0] for path in written(settings)} == {"2026-9M"}


def _period(code: str) -> periods.Period:
    period = periods.from_code(code)
    assert period is not None
    return period
