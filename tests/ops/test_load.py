"""`make load` and `make rebuild` for real: both DAGs by `dag.test()` over a tiny inbox."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest

from tests.intake.checks import (
    test_dk_checks,
    test_hd_checks,
    test_kn_checks,
    test_td_checks,
    test_tx_checks,
    test_vb_checks,
)
from tests.ops import kit
from warehouse.release import store
from warehouse.settings import Settings

# One clean row of each form of records and ratings, beside the indicators of kit.GOOD_CSV: all seven forms.
CLEAN_ROWS = {
    "DK": test_dk_checks.GOOD,
    "TD": test_td_checks.GOOD,
    "HD": test_hd_checks.HELD,
    "VB": test_vb_checks.GOOD,
    "KN": test_kn_checks.GOOD,
    "TX": test_tx_checks.GOOD,
}
# Two files of these indicators: the time of arrival decides which one counts.
REVISED_CSV = kit.GOOD_CSV.replace("379", "380")
FILES = len(CLEAN_ROWS) + 3
# The archive does not hold when releases were made, nor which figures each of them changed.
HISTORY_OF_RELEASES = {"rpt_releases", "rpt_restatements"}


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a data folder with one load over good files of every form, a revision, and a file that is returned."""
    folder = tmp_path_factory.mktemp("data")
    kit.drop(folder, "lam_dong_revised.csv", REVISED_CSV, received_at="2026-11-02T01:00:00Z")
    kit.drop(folder, "lam_dong.csv", kit.GOOD_CSV, received_at="2026-11-03T01:00:00Z")
    kit.drop(folder, "vung_tau.csv", kit.WRONG_CSV)
    for form, row in CLEAN_ROWS.items():
        kit.drop(folder, f"{form}.csv", one_row_csv(row))
    answer = kit.run("ops.load", kit.environment(folder))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    for words in (
        f"collecting {FILES} files",
        f"collected {FILES} of {FILES} files",
        f"recorded: files {FILES}",
        "building and testing the warehouse",
        "built; auditing",
        "is published.",
    ):
        assert words in answer.stdout
    assert "nothing has changed" not in answer.stdout
    return folder


def one_row_csv(row: dict[str, object]) -> str:
    """Return a row as a CSV file of its own."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(row))
    writer.writeheader()
    writer.writerow(row)
    return text.getvalue()


def mart_hashes(release: Path) -> dict[str, tuple[int, int]]:
    """Return the row count of each mart of a release, and a hash over all rows whatever their order."""
    with duckdb.connect(str(release), read_only=True) as connection:
        tables = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts'"
        ).fetchall()
        return {
            table: connection.execute(
                f"select count(*), sum(cast(hash(t) as hugeint)) from marts.{table} t"
            ).fetchall()[0]
            for (table,) in tables
            if table not in HISTORY_OF_RELEASES
        }


def current(data_dir: Path) -> dict[str, object]:
    """Return the content of CURRENT.json."""
    pointer: dict[str, object] = json.loads((data_dir / "published" / "CURRENT.json").read_text())
    return pointer


def files_in_ledger(data_dir: Path) -> int:
    """Return the number of files in the raw store."""
    with duckdb.connect(str(Settings(data_dir).raw_path), read_only=True) as store:
        return int(store.execute("select count(*) from raw.files").fetchall()[0][0])


def test_one_load_publishes_the_files_of_the_inbox(data_dir: Path) -> None:
    assert list((data_dir / "inbox").iterdir()) == []
    assert files_in_ledger(data_dir) == FILES
    with duckdb.connect(
        str(data_dir / "published" / str(current(data_dir)["file"])), read_only=True
    ) as release:
        assert release.execute(
            "select numerator, denominator, known_to is null as is_latest from marts.fct_indicator_values"
            " where indicator_code = 'KNTC_GQ' order by known_from"
        ).fetchall() == [(380, 481, False), (379, 481, True)]


def test_a_second_load_and_the_same_file_again_change_nothing(data_dir: Path) -> None:
    before = current(data_dir)
    kit.drop(data_dir, "the_same_under_another_name.csv", kit.GOOD_CSV)
    answer = kit.run("ops.load", kit.environment(data_dir))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "nothing has changed: the newest release stays" in answer.stdout
    assert "nothing had changed" in answer.stdout
    assert current(data_dir) == before
    assert files_in_ledger(data_dir) == FILES


def test_a_build_that_fails_exits_1_says_why_and_leaves_the_release(data_dir: Path) -> None:
    before = current(data_dir)
    with duckdb.connect(str(Settings(data_dir).raw_path)) as store:
        store.execute("insert into raw.submissions select * from raw.submissions")
        store.execute("update raw.files set parser_version = 'changed'")
    answer = kit.run("ops.load", kit.environment(data_dir))
    assert answer.returncode == 1
    assert "build_warehouse.build failed" in answer.stdout
    assert "No release was published" in answer.stderr
    assert current(data_dir) == before


def test_a_rebuild_from_the_archive_alone_gives_the_same_marts(data_dir: Path) -> None:
    first = store.releases(Settings(data_dir))[-1]
    assert all(first.tables[f"fct_{name}"] for name in ("ratings", "documents", "activities", "model_events"))
    Settings(data_dir).raw_path.unlink()
    # dbt's own tests looked at the same rows in the first load.
    answer = kit.run("ops.load", kit.environment(data_dir, **kit.MODELS_ALONE), "--rebuild")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert files_in_ledger(data_dir) == FILES
    assert f"recorded: files {FILES}" in answer.stdout
    assert "is published." in answer.stdout
    rebuilt = store.current(Settings(data_dir))
    assert rebuilt is not None
    assert rebuilt.release_id != first.release_id
    assert mart_hashes(rebuilt.path) == mart_hashes(first.path)


def test_an_unknown_sample_is_refused_before_anything_starts(tmp_path: Path) -> None:
    answer = kit.run("ops.load", kit.environment(tmp_path, SAMPLE="big"))
    assert answer.returncode == 1
    assert "SAMPLE" in answer.stderr
    assert list(tmp_path.iterdir()) == []
