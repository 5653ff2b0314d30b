"""When a sample is made, when it is not, and what a killed run leaves behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse import sample
from warehouse.intake.arrive.claim import sweep_inbox
from warehouse.sample import draws, ensure_sample
from warehouse.sample.outbox import Outbox
from warehouse.settings import PROJECT_DIR, Settings


def one_file(outbox: Outbox, seeds_dir: Path) -> None:
    path = outbox.add("one.csv", sample.PUBLISHED_FIGURES_RECEIVED_AT)
    path.write_text("# form=BC; mô phỏng\n", encoding="utf-8")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Return a fresh installation whose sample is two files, so that these tests are quick."""
    monkeypatch.setitem(sample._MAKERS, "small", one_file)
    return Settings(data_dir=tmp_path, sample="small")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_sample_none_makes_nothing(tmp_path: Path) -> None:
    assert ensure_sample(Settings(data_dir=tmp_path, sample="none")) == 0
    assert not (tmp_path / "inbox").exists()


def test_files_have_their_metadata_and_nothing_else_is_left(settings: Settings) -> None:
    assert ensure_sample(settings) == 2
    assert names(settings.inbox_dir) == [
        ".one.csv.meta.json",
        ".published_figures.csv.meta.json",
        "one.csv",
        "published_figures.csv",
    ]
    assert names(settings.warehouse_dir) == []


def test_files_in_the_inbox_do_not_matter_but_loaded_files_do(settings: Settings) -> None:
    settings.inbox_dir.mkdir(parents=True)
    (settings.inbox_dir / "mine.csv").write_text("x", encoding="utf-8")
    assert ensure_sample(settings) == 2
    sweep_inbox(settings, quiet_seconds=0.0)
    assert names(settings.inbox_dir) == []
    assert ensure_sample(settings) == 0
    assert names(settings.inbox_dir) == []


def test_a_run_killed_while_making_leaves_nothing_in_the_inbox(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(outbox: Outbox, seeds_dir: Path) -> None:
        one_file(outbox, seeds_dir)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setitem(sample._MAKERS, "small", killed)
        ensure_sample(settings)
    assert not settings.inbox_dir.exists()
    assert ensure_sample(settings) == 2


def test_a_delivery_killed_half_way_is_finished_though_some_was_loaded(settings: Settings) -> None:
    outbox = Outbox(settings.warehouse_dir / "sample")
    outbox.start()
    for name in ("a.csv", "b.csv"):
        outbox.add(name, sample.PUBLISHED_FIGURES_RECEIVED_AT).write_text(name, encoding="utf-8")
    outbox.finish()
    settings.inbox_dir.mkdir(parents=True)
    for name in (".a.csv.meta.json", "a.csv", ".b.csv.meta.json"):
        (outbox.folder / name).rename(settings.inbox_dir / name)
    assert ensure_sample(settings) == 1
    assert names(settings.inbox_dir) == [".a.csv.meta.json", ".b.csv.meta.json", "a.csv", "b.csv"]


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "out")
    outbox.start()
    outbox.add("a.csv", sample.PUBLISHED_FIGURES_RECEIVED_AT)
    with pytest.raises(ValueError, match=r"a\.csv"):
        outbox.add("a.csv", sample.PUBLISHED_FIGURES_RECEIVED_AT)


_HASH_OF_A_PROVINCE = """
import hashlib, sys
from datetime import date
from pathlib import Path
from warehouse.sample.national import write_province
from warehouse.sample.outbox import Outbox
outbox = Outbox(Path(sys.argv[1])); outbox.start()
write_province(outbox, Path(sys.argv[2]), "12@2025-07-01")
for path in sorted(outbox.folder.iterdir()):
    print(path.name, hashlib.sha256(path.read_bytes()).hexdigest())
"""


def test_the_same_seed_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    outputs = []
    for hash_seed in ("1", "2"):
        command = [
            sys.executable,
            "-c",
            _HASH_OF_A_PROVINCE,
            str(tmp_path / hash_seed),
            str(PROJECT_DIR / "dbt_project" / "seeds"),
        ]
        run = subprocess.run(
            command,
            check=True,
            capture_output=True,
            text=True,
            cwd=PROJECT_DIR,
            env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(PROJECT_DIR)},
            timeout=60,
        )
        outputs.append(run.stdout)
    assert outputs[0] == outputs[1]
    # Ten months of 2026 and three cumulative periods of form BC, at least.
    assert outputs[0].count("\nBC_12_") + outputs[0].startswith("BC_12_") == 13


@given(st.integers(-50, 50), st.integers(0, 100), st.text(max_size=5))
def test_named_chance_keeps_its_bounds(low: int, width: int, name: str) -> None:
    assert low <= draws.whole(low, low + width, name) <= low + width
    assert 0 < draws.uniform(name) < 1
    assert draws.whole(low, low + width, name) == draws.whole(low, low + width, name)
