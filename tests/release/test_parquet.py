"""Parquet is written by what changed, and holds the release's rows whatever was there before."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from warehouse.release import parquet
from warehouse.release.partial import ROWS_OF_SCOPE, Scope
from warehouse.release.store import Release
from warehouse.settings import Settings

ROWS_IN_ONE_FILE = 3
UNITS = [
    ("VN@0", None, "country"),
    ("08@0", "08", "province"),
    ("00001@0", "08", "commune"),
    ("20@0", "20", "province"),
    ("00002@0", "20", "commune"),
]


def release_with(
    folder: Path, number: int, figures: list[tuple[str | None, float | None]], notes: list[str]
) -> Release:
    """Make a release of three tables: units, figures of units, and notes that belong to no unit."""
    path = folder / f"r{number}.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts")
        connection.execute(
            "create table marts.dim_units (unit_key varchar, current_province_code varchar, level varchar)"
        )
        connection.execute("create table marts.figures (unit_key varchar, value double)")
        connection.execute("create table marts.notes (note varchar)")
        for table, rows in (
            ("dim_units", UNITS),
            ("figures", figures),
            ("notes", [(note,) for note in notes]),
        ):
            for row in rows:
                marks = ", ".join("?" for _ in row)
                connection.execute(f"insert into marts.{table} values ({marks})", list(row))
    tables = {"dim_units": len(UNITS), "figures": len(figures), "notes": len(notes)}
    moment = datetime(2026, 1, number, tzinfo=UTC)
    return Release(f"r{number}", path.name, "", moment, date(2026, 1, 1), "", "", 0, 0, 0, 0, tables, folder)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(data_dir=tmp_path)
    made.published_dir.mkdir()
    return made


FIGURES: list[tuple[str | None, float | None]] = [
    ("VN@0", 6.0), ("08@0", 3.0), ("00001@0", 3.0), ("00001@0", 3.0), ("20@0", 3.0), ("00002@0", 3.0), (None, None)
]  # fmt: skip


def write(settings: Settings, release: Release) -> list[str]:
    return parquet.write(settings, release, rows_in_one_file=ROWS_IN_ONE_FILE)


def figures_on_disk(settings: Settings) -> list[tuple]:
    pattern = settings.parquet_dir / "figures"
    source = f"{pattern}/*.parquet" if pattern.exists() else f"{pattern}.parquet"
    return duckdb.sql(f"select * from '{source}' order by all").fetchall()


def expected(figures: list[tuple[str | None, float | None]]) -> list[tuple]:
    return sorted(figures, key=lambda row: (row[0] is None, row[0] or "", row[1] or 0))


def test_a_large_table_is_split_by_todays_province_and_a_small_one_is_a_file(settings: Settings) -> None:
    write(settings, release_with(settings.published_dir, 1, FIGURES, ["a"]))
    names = {str(path.relative_to(settings.parquet_dir)) for path in settings.parquet_dir.rglob("*.parquet")}
    assert names == {
        "dim_units.parquet", "notes.parquet", "figures/08.parquet", "figures/20.parquet", "figures/VN.parquet"
    }  # fmt: skip
    assert figures_on_disk(settings) == expected(FIGURES)


def test_only_the_changed_province_and_the_country_are_written_again(settings: Settings) -> None:
    write(settings, release_with(settings.published_dir, 1, FIGURES, ["a"]))
    untouched = (settings.parquet_dir / "figures/08.parquet").stat().st_mtime_ns
    changed = [("VN@0", 7.0), *FIGURES[1:4], ("20@0", 4.0), ("00002@0", 4.0), (None, None)]
    assert write(settings, release_with(settings.published_dir, 2, changed, ["a"])) == [
        "figures/20.parquet",
        "figures/VN.parquet",
    ]
    assert (settings.parquet_dir / "figures/08.parquet").stat().st_mtime_ns == untouched
    assert figures_on_disk(settings) == expected(changed)


def test_provinces_are_ranked_among_each_other_and_lie_with_the_country(settings: Settings) -> None:
    write(settings, release_with(settings.published_dir, 1, FIGURES, ["a"]))
    changed = [*FIGURES[:4], ("20@0", 9.0), *FIGURES[5:]]
    assert write(settings, release_with(settings.published_dir, 2, changed, ["a"])) == ["figures/VN.parquet"]


def test_a_partial_release_compares_only_the_provinces_that_were_built(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change in another province shows it: a partial write passes over that province, a whole write finds the change."""
    monkeypatch.setitem(ROWS_OF_SCOPE, "figures", "true")
    changed = [*FIGURES[:2], ("00001@0", 8.0), *FIGURES[3:5], ("00002@0", 9.0), FIGURES[6]]
    first = release_with(settings.published_dir, 1, FIGURES, ["a"])
    second = release_with(settings.published_dir, 2, changed, ["a"])
    upon_first = Scope("r1", provinces=("20",))
    write(settings, first)
    assert parquet.write(settings, second, upon_first, ROWS_IN_ONE_FILE) == ["figures/20.parquet"]
    write(settings, first)
    upon_another = Scope("r0", provinces=("20",))
    assert parquet.write(settings, second, upon_another, ROWS_IN_ONE_FILE) == [
        "figures/08.parquet",
        "figures/20.parquet",
    ]
    assert figures_on_disk(settings) == expected(changed)


def test_a_province_without_any_rows_left_has_no_file(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(ROWS_OF_SCOPE, "figures", "true")
    write(settings, release_with(settings.published_dir, 1, FIGURES, ["a"]))
    left = [*FIGURES[:5], FIGURES[6]]
    parquet.write(
        settings, release_with(settings.published_dir, 2, left, ["a"]), Scope("r1", ("20",)), ROWS_IN_ONE_FILE
    )
    assert not (settings.parquet_dir / "figures/20.parquet").exists()
    assert figures_on_disk(settings) == expected(left)


def test_equal_rows_do_not_hide_each_other(settings: Settings) -> None:
    write(settings, release_with(settings.published_dir, 1, FIGURES, ["a"]))
    changed = [*FIGURES, ("00001@0", 3.0), ("00001@0", 3.0)]
    assert write(settings, release_with(settings.published_dir, 2, changed, ["a"])) == ["figures/08.parquet"]
    assert figures_on_disk(settings) == expected(changed)


def test_a_file_that_was_lost_or_cut_short_is_written_again(settings: Settings) -> None:
    release = release_with(settings.published_dir, 1, FIGURES, ["a"])
    write(settings, release)
    assert write(settings, release) == []
    (settings.parquet_dir / "notes.parquet").unlink()
    (settings.parquet_dir / "figures/20.parquet").write_bytes(b"PAR1")
    assert write(settings, release) == ["figures/20.parquet", "notes.parquet"]


def test_a_publication_that_was_cut_off_is_made_good_even_by_going_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = release_with(settings.published_dir, 1, FIGURES, ["a"])
    second = release_with(settings.published_dir, 2, [*FIGURES, ("00002@0", 9.0)], ["b"])
    write(settings, first)
    written = []

    def killed(connection: duckdb.DuckDBPyConnection, final: Path, table: str, part: str | None) -> None:
        if written:
            raise KeyboardInterrupt
        written.append(final)
        original(connection, final, table, part)

    original = parquet._write_file
    monkeypatch.setattr(parquet, "_write_file", killed)
    with pytest.raises(KeyboardInterrupt):
        write(settings, second)
    monkeypatch.undo()
    write(settings, first)
    assert figures_on_disk(settings) == expected(FIGURES)
    assert duckdb.sql(f"select * from '{settings.parquet_dir / 'notes.parquet'}'").fetchall() == [("a",)]


def test_a_table_that_shrinks_becomes_a_file_again_and_one_that_is_gone_leaves_nothing(
    settings: Settings,
) -> None:
    write(settings, release_with(settings.published_dir, 1, FIGURES, ["a"]))
    small = release_with(settings.published_dir, 2, FIGURES[:2], [])
    del small.tables["notes"]
    write(settings, small)
    names = {str(path.relative_to(settings.parquet_dir)) for path in settings.parquet_dir.rglob("*")}
    assert names == {".contents.json", "dim_units.parquet", "figures.parquet", "views.sql"}
    assert figures_on_disk(settings) == expected(FIGURES[:2])


def test_the_script_beside_the_files_gives_the_tables_and_the_views(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = release_with(settings.published_dir, 1, FIGURES, ["one"])
    with duckdb.connect(str(release.path)) as connection:
        # Their names are not in the order in which they can be made.
        connection.execute(
            "create view marts.v_second as select * from marts.figures where unit_key is not null"
        )
        connection.execute(
            "create view marts.v_first as select count(*) as n, sum(value) as total from marts.v_second"
        )
    write(settings, release)
    monkeypatch.chdir(settings.parquet_dir)
    with duckdb.connect() as connection:
        connection.execute((settings.parquet_dir / parquet.VIEWS_SCRIPT).read_text())
        assert connection.execute("select * from marts.v_first").fetchall() == [(6, 21.0)]
        assert connection.execute("select note from marts.notes").fetchall() == [("one",)]
        assert connection.execute("select count(*) from marts.figures").fetchall() == [(len(FIGURES),)]
