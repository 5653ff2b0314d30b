"""A build of some provinces gives, put upon the release before, the same tables as a build of everything."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.marts.conftest import World
from tests.release.conftest import models_alone
from warehouse.raw.store import open_store
from warehouse.release import audit, build, partial, publish, snapshot, store
from warehouse.release.partial import Scope, base, models
from warehouse.release.store import Release
from warehouse.settings import Settings

# A large warehouse is built for these tests, so they run in `make test-long`.
pytestmark = pytest.mark.long

# Sums of shares are added up in another order each time.
DECIMALS = 9
# Columns that identify the release and hold no figures.
NAMES_OF_A_RELEASE = {
    "rpt_releases": ("release_id", "built_at", "code_version"),
    "rpt_restatements": ("release_id",),
}
LANG_SON, TUYEN_QUANG = "20", "08"
COMMUNE = "05977@2025-07-01"
# No id of the intake is shorter than 16 digits.
ADDED = "added{:02}"


@dataclass(frozen=True)
class Grown:
    """The random warehouse after two more collections: put upon each other province by province, and built whole."""

    settings: Settings
    scopes: list[Scope]
    by_parts: Release
    whole: Release


def execute(settings: Settings, *statements: str) -> None:
    with open_store(settings) as connection:
        connection.begin()
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def submit(
    settings: Settings, number: int, form: str, place: tuple[str, str], rows: str, *, is_part: bool = False
) -> None:
    """Record one more accepted report; `rows` is SQL that inserts its rows, with {file} and {submission} filled in."""
    file, submission = f"more{number}", ADDED.format(number)
    unit_key, period = place
    execute(
        settings,
        f"insert into raw.files values ('{file}', '{file}.xlsx', timestamp '2026-11-{number:02} 02:00:00', 1, 'inbox', true,"
        " 'accepted', 'test')",
        f"insert into raw.submissions values ('{submission}', '{file}', '{form}', '{unit_key}', '{period}', 'accepted',"
        f" 1, 0, 0, null, {is_part})",
        rows.format(file=file, submission=submission),
    )


def report(
    settings: Settings,
    number: int,
    unit_key: str,
    period: str,
    figures: str,
    *,
    like: str | None = None,
    is_part: bool = False,
) -> None:
    """Record one more BC report; its rows are a query over `own`, the unit's rows of the period or of the period `like`."""
    rows = (
        "insert into raw.bc_rows by name with own as (select figures.* from raw.bc_rows as figures"
        " inner join raw.submissions using (submission_id)"
        f" where unit_key = '{unit_key}' and period_code = '{like or period}')"
        f" select * replace ('{{submission}}' as submission_id) from ({figures})"
    )
    submit(settings, number, "BC", (unit_key, period), rows, is_part=is_part)


def rate(settings: Settings, number: int, unit_key: str) -> None:
    """Record the unit's rating of a year: another form in the same province."""
    rows = (
        "insert into raw.tx_rows by name select '{submission}' as submission_id, '{file}' as file_sha256, 'TX' as sheet,"
        f" 2 as row_number, '{unit_key}' as unit_key, '2025' as period_code, '{unit_key[:5]}' as unit_code,"
        " '2025' as period, 9 as rated_count, 4 as outstanding_count, 3 as good_count, 2 as completed_count,"
        " 0 as not_completed_count"
    )
    submit(settings, number, "TX", (unit_key, "2025"), rows)


def communes_with(settings: Settings, province: str, period: str, count: int) -> list[str]:
    """Return some communes of a province that reported both a rate and a count for the period."""
    with open_store(settings, read_only=True) as connection:
        rows = connection.execute(
            "select unit_key from raw.bc_rows inner join raw.submissions using (submission_id)"
            f" semi join (from read_csv('{settings.seeds_dir}/units.csv')"
            f" where parent_unit_key = '{province}') using (unit_key) where period_code = '{period}'"
            f" group by unit_key having count(distinct indicator_code) >= 3 order by unit_key limit {count}"
        ).fetchall()
    return [key for (key,) in rows]


def release(settings: Settings) -> Scope:
    summary = build.build(settings)
    audit.audit(settings)
    publish.publish(settings)
    return summary.scope


@pytest.fixture(scope="module")
def grown(world: World, tmp_path_factory: pytest.TempPathFactory) -> Grown:
    folder = tmp_path_factory.mktemp("partial")
    shutil.copytree(world.settings.data_dir, folder / "data")
    settings = replace(world.settings, data_dir=folder / "data", partial_from_figures=1)
    scopes = []
    # The marts are compared with those of a whole build, which runs dbt's tests.
    with models_alone(), pytest.MonkeyPatch.context() as patch:
        # Two provinces make this country: either is a large part of it.
        patch.setattr("warehouse.release.partial.decide.MOST_OF_FIGURES", 1.0)
        first, second = communes_with(settings, "20@2025-07-01", "2026-09", 2)
        report(
            settings,
            2,
            first,
            "2026-09",
            "select * replace (greatest(numerator - 1, 0) as numerator) from own",
        )
        report(settings, 3, second, "2026-09", "select * from own where indicator_code = 'TTHC_DUNGHAN'")
        rate(settings, 4, first)
        scopes.append(release(settings))
        (third,) = communes_with(settings, "08@2025-07-01", "2026-10", 1)
        report(
            settings,
            5,
            third,
            "2026-10",
            "select * replace (value + 5 as value, denominator + 3 as denominator) from own",
        )
        report(
            settings,
            6,
            third,
            "2026-10",
            f"select * replace (numerator / 2 as numerator) from own where submission_id = '{ADDED.format(5)}'"
            " and indicator_code = 'TTHC_DUNGHAN'",
            is_part=True,
        )
        scopes.append(release(settings))
    by_parts = store.current(settings)
    execute(settings, "delete from raw.releases")
    once_more = replace(settings, data_dir=folder / "whole", partial_from_figures=10**9)
    shutil.copytree(settings.data_dir, once_more.data_dir)
    # Compare with the release with which the last build of a province was compared.
    publish.rollback(once_more, str(scopes[-1].base_release_id))
    store.manifest_path(once_more, by_parts.release_id if by_parts else "").unlink()
    release(once_more)
    whole = store.current(once_more)
    assert by_parts is not None
    assert whole is not None
    return Grown(settings, scopes, by_parts, whole)


def test_only_the_provinces_of_the_new_reports_are_built(grown: Grown) -> None:
    assert [scope.provinces for scope in grown.scopes] == [(LANG_SON,), (TUYEN_QUANG,)]


def test_every_table_equals_that_of_a_whole_build(grown: Grown) -> None:
    differing = {}
    with duckdb.connect() as connection:
        connection.execute(f"attach '{grown.by_parts.path}' as by_parts (read_only)")
        connection.execute(f"attach '{grown.whole.path}' as whole (read_only)")
        for table in grown.whole.tables:
            columns = connection.execute(f"describe whole.marts.{table}").fetchall()
            names = ", ".join(
                f"round({name}, {DECIMALS}) + 0.0 as {name}" if kind == "DOUBLE" else f'"{name}"'
                for name, kind, *_ in columns
                if name not in NAMES_OF_A_RELEASE.get(table, ())
            )
            sides = [f"select {names} from {side}.marts.{table}" for side in ("by_parts", "whole")]
            counts = [
                connection.execute(f"select count(*) from ({one} except all {other})").fetchone()
                for one, other in (sides, sides[::-1])
            ]
            if counts != [(0,), (0,)]:
                differing[table] = counts
    assert differing == {}
    assert grown.by_parts.tables == grown.whole.tables


def test_the_new_reports_are_in_the_release(grown: Grown) -> None:
    """Two builds that both lack the new reports would be equal as well."""
    with duckdb.connect(str(grown.by_parts.path), read_only=True) as connection:
        rows = connection.execute(
            "select count(*), count(*) filter (where known_to is null) from marts.fct_indicator_values"
            " where starts_with(submission_id, 'added')"
        ).fetchone()
        restated = connection.execute(
            "select count(distinct unit_key) from marts.rpt_restatements where release_id = ?",
            [grown.by_parts.release_id],
        ).fetchone()
    # Three figures, one, three, and a part-correction of one of these.
    assert rows == (8, 7)
    # The commune, its province, the country, each in both lenses with boundaries.
    assert restated == (3,)


def test_the_file_describes_itself_as_that_of_a_whole_build_does(grown: Grown) -> None:
    comments = "select table_name, column_name, comment from duckdb_columns() where schema_name = 'marts' order by all"
    found: list[Sequence[tuple]] = []
    for one in (grown.by_parts, grown.whole):
        with duckdb.connect(str(one.path), read_only=True) as connection:
            found.append(connection.execute(comments).fetchall())
    assert found[0] == found[1]


@pytest.fixture
def copied(world: World, tmp_path: Path) -> Settings:
    """Return a copy of the random warehouse that a test may change; its snapshot is taken anew after each change."""
    shutil.copytree(world.settings.data_dir, tmp_path / "data")
    return replace(world.settings, data_dir=tmp_path / "data", partial_from_figures=1)


def chosen(settings: Settings) -> Scope:
    snapshot.take_snapshot(settings)
    newest = store.releases(settings)[0]
    return partial.choose(settings, f"another-commit+{newest.code_version.partition('+')[2]}")


def test_nothing_is_built_again_where_nothing_changed(copied: Settings) -> None:
    scope = chosen(copied)
    assert (scope.is_whole, scope.provinces) == (False, ())


def test_a_returned_file_changes_no_province(copied: Settings) -> None:
    execute(
        copied,
        "insert into raw.files values ('bad', 'bad.xlsx', timestamp '2026-11-02', 1, 'inbox', true, 'returned', 'test')",
        f"insert into raw.submissions values (1000001, 'bad', 'BC', '{COMMUNE}', '2026-10', 'returned', 0, 1, 0, null, false)",
        "insert into raw.submissions values (1000002, 'bad', null, null, null, 'returned', 0, 1, 0, null, false)",
    )
    assert chosen(copied).provinces == ()


@pytest.mark.parametrize(
    ("unit_key", "because"),
    [("20@2025-07-01", "all provinces"), ("VN@0", "all provinces"), (COMMUNE, "large part")],
)
def test_a_report_that_touches_too_much_has_all_built(copied: Settings, unit_key: str, because: str) -> None:
    """Such a report is of a province itself, of the country, or of one of the two provinces of this country."""
    execute(
        copied,
        "insert into raw.files values ('new', 'new.xlsx', timestamp '2026-11-02', 1, 'inbox', true, 'accepted', 'test')",
        f"insert into raw.submissions values (1000003, 'new', 'BC', '{unit_key}', '2026-10', 'accepted', 1, 0, 0, null, false)",
    )
    scope = chosen(copied)
    assert scope.is_whole
    assert because in scope.because


def test_a_first_report_for_a_period_has_all_built(copied: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """From then on, who is silent for that month counts as silent, in every province."""
    monkeypatch.setattr("warehouse.release.partial.decide.MOST_OF_FIGURES", 1.0)
    first = communes_with(copied, "20@2025-07-01", "2026-09", 1)[0]
    report(copied, 2, first, "2026-09", "select * from own")
    assert chosen(copied).provinces == (LANG_SON,)
    report(copied, 3, first, "2026-11", "select * from own", like="2026-09")
    assert "for the first time" in chosen(copied).because


def test_a_build_is_whole_where_it_cannot_stand_upon_the_release(copied: Settings) -> None:
    current = store.current(copied)
    assert current is not None
    assert "as-of date" in chosen(replace(copied, fixed_as_of_date=date(2026, 11, 21))).because
    assert "so few" in chosen(replace(copied, partial_from_figures=10**7)).because
    assert "project changed" in partial.choose(copied, "commit+other").because
    base.base_path(copied, current.release_id).unlink()
    assert "nothing was kept" in chosen(copied).because
    current.path.unlink()
    assert "no release" in chosen(copied).because


@pytest.mark.long
def test_a_model_that_is_not_listed_makes_the_build_whole(
    copied: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBT_EXCLUDE_RESOURCE_TYPES", "test unit_test")
    project = tmp_path / "dbt_project"
    shutil.copytree(copied.dbt_project_dir, project)
    new = project / "models" / "intermediate" / "int_new_ranks.sql"
    new.write_text("select unit_key from {{ ref('int_units') }}")
    assert models.unknown_models(project) == ["int_new_ranks"]
    monkeypatch.setattr(Settings, "dbt_project_dir", project)
    build.build(copied)
    assert json.loads((copied.warehouse_dir / "last_build.json").read_text())["scope"]["because"] == (
        "builds of some provinces do not know the models int_new_ranks"
    )


def test_every_model_of_the_project_is_listed(world: World) -> None:
    """See warehouse/release/partial/models.py for what to think of before a model is listed."""
    assert models.unknown_models(world.settings.dbt_project_dir) == []


@pytest.mark.parametrize(
    "change",
    [
        # A month for which nobody had reported the indicator: elsewhere too, units are silent from now on.
        "insert into intermediate.int_series_answers by name select * replace ('2026-11' as period_code)"
        " from intermediate.int_series_as_reported where indicator_code = 'TTHC_DUNGHAN' limit 1",
        "delete from intermediate.int_scope_targets where scope_number = (select min(scope_number)"
        " from intermediate.int_scope_targets)",
        "update intermediate.int_units set is_current = false where level = 'body'",
    ],
)
def test_tables_that_all_provinces_share_are_checked_after_the_build(copied: Settings, change: str) -> None:
    scope = chosen(copied)
    assert partial.has_same_frame(copied, scope)
    with duckdb.connect(str(copied.build_path)) as connection:
        connection.execute(change)
    assert not partial.has_same_frame(copied, scope)
