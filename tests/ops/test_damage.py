"""`make load`, `make rebuild` and the commands for real on a damaged data folder: exit codes, sentences, a way out."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from tests.damage_kit import cut
from tests.ops import kit
from warehouse.release import store
from warehouse.settings import Settings

# Two loads by real commands; tests/raw and tests/release try the same kinds of damage without them.
pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a data folder with one release."""
    folder = tmp_path_factory.mktemp("loaded")
    kit.drop(folder, "lam_dong.csv", kit.GOOD_CSV)
    answer = kit.run("ops.load", kit.environment(folder, **kit.MODELS_ALONE))
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return folder


@pytest.fixture
def data_dir(loaded: Path, tmp_path: Path) -> Path:
    """Return a copy of the loaded data folder, to be damaged."""
    shutil.copytree(loaded, tmp_path / "data")
    return tmp_path / "data"


def test_a_damaged_raw_store_is_an_error_with_a_way_out(data_dir: Path) -> None:
    raw_path = Settings(data_dir).raw_path
    before = (data_dir / "published" / "CURRENT.json").read_text()
    cut(raw_path)
    answer = kit.run("ops.load", kit.environment(data_dir))
    assert answer.returncode == 1
    assert f"{raw_path} cannot be read" in answer.stdout
    assert "make rebuild" in answer.stdout
    assert "nothing had changed" not in answer.stdout
    assert (data_dir / "published" / "CURRENT.json").read_text() == before
    answer = kit.run("ops.load", kit.environment(data_dir, **kit.MODELS_ALONE), "--rebuild")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert f"{raw_path} is damaged" in answer.stdout
    release = store.current(Settings(data_dir))
    assert release is not None
    with duckdb.connect(str(release.path), read_only=True) as connection:
        listed = connection.execute("select count(*) from marts.rpt_releases").fetchone()
    assert listed == (2,), "the manifests still know the release before"


def test_a_release_that_is_cut_off_is_named_and_published_anew(data_dir: Path) -> None:
    release = store.current(Settings(data_dir))
    assert release is not None
    cut(release.path)
    environment = kit.environment(data_dir, **kit.MODELS_ALONE)
    for module, arguments in (("ops.sql", ()), ("warehouse", ("releases",))):
        answer = kit.run(module, environment, *arguments)
        assert answer.returncode == 1
        assert f"{release.path} cannot be read" in answer.stderr
        assert "make load" in answer.stderr
        assert "Traceback" not in answer.stderr
    answer = kit.run("ops.load", environment)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert f"{release.path} cannot be read" in answer.stdout
    assert "is published." in answer.stdout
    assert kit.run("warehouse", environment, "releases").returncode == 0
