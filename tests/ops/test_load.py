"""`make load` and `make rebuild` for real: both DAGs by `dag.test()` over a tiny inbox."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from tests.ops import kit
from warehouse.settings import Settings


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which one load has run over a good file and one that goes back."""
    folder = tmp_path_factory.mktemp("data")
    kit.drop(folder, "lam_dong.csv", kit.GOOD_CSV)
    kit.drop(folder, "vung_tau.csv", kit.WRONG_CSV)
    answer = kit.run("ops.load", kit.environment(folder))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    for words in ("collecting 2 files", "collected 2 of 2 files", "recorded: files 2", "is published."):
        assert words in answer.stdout
    return folder


def current(data_dir: Path) -> dict[str, object]:
    """What the pointer says."""
    pointer: dict[str, object] = json.loads((data_dir / "published" / "CURRENT.json").read_text())
    return pointer


def files_in_ledger(data_dir: Path) -> int:
    """How many files the raw store knows."""
    with duckdb.connect(str(Settings(data_dir).raw_path), read_only=True) as store:
        return int(store.execute("select count(*) from raw.files").fetchall()[0][0])


def test_one_load_publishes_what_the_inbox_held(data_dir: Path) -> None:
    assert list((data_dir / "inbox").iterdir()) == []
    assert files_in_ledger(data_dir) == 2
    with duckdb.connect(
        str(data_dir / "published" / str(current(data_dir)["file"])), read_only=True
    ) as release:
        assert release.execute(
            "select numerator, denominator from marts.fct_indicator_values"
        ).fetchall() == [(379, 481)]


def test_a_second_load_and_the_same_file_again_change_nothing(data_dir: Path) -> None:
    before = current(data_dir)
    kit.drop(data_dir, "the_same_under_another_name.csv", kit.GOOD_CSV)
    answer = kit.run("ops.load", kit.environment(data_dir))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "nothing had changed" in answer.stdout
    assert current(data_dir) == before
    assert files_in_ledger(data_dir) == 2


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


def test_a_rebuild_mends_it_from_the_archive_alone(data_dir: Path) -> None:
    Settings(data_dir).raw_path.unlink()
    answer = kit.run("ops.load", kit.environment(data_dir), "--rebuild")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert files_in_ledger(data_dir) == 2
    assert "recorded: files 2" in answer.stdout
    assert "is published." in answer.stdout


def test_an_unknown_sample_is_refused_before_anything_starts(tmp_path: Path) -> None:
    answer = kit.run("ops.load", kit.environment(tmp_path, SAMPLE="big"))
    assert answer.returncode == 1
    assert "SAMPLE" in answer.stderr
    assert list(tmp_path.iterdir()) == []
