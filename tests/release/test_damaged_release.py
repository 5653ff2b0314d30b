"""A release file, a manifest or a pointer that is gone or cut off is named, asks for a build, and is never "no release"."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from tests.damage_kit import cut, keep_fields, spoil
from tests.release.conftest import models_alone
from warehouse.cli import main
from warehouse.disk.damage import DamagedFile
from warehouse.release import audit, build, publish, reader, store
from warehouse.release.last_build import needs_build
from warehouse.settings import Settings
from warehouse.templates.issue import issue_templates

IDs = tuple[Path, str, str]
Damage = Callable[[Settings], None]


def _release_file(settings: Settings) -> Path:
    release = store.current(settings)
    assert release is not None
    return release.path


# Each with the file that is to be named.
DAMAGES: dict[str, tuple[str, Damage]] = {
    "pointer gone": ("CURRENT.json", lambda settings: settings.current_path.unlink()),
    "pointer empty": ("CURRENT.json", lambda settings: cut(settings.current_path, 0)),
    "pointer cut": ("CURRENT.json", lambda settings: cut(settings.current_path)),
    "pointer no JSON": ("CURRENT.json", lambda settings: spoil(settings.current_path, 0, 8) or None),
    "pointer a list": ("CURRENT.json", lambda settings: settings.current_path.write_text("[]") and None),
    "pointer short of fields": (
        "CURRENT.json",
        lambda settings: keep_fields(settings.current_path, "release_id", "file", "sha256"),
    ),
    "file gone": (".duckdb", lambda settings: _release_file(settings).unlink()),
    "file empty": (".duckdb", lambda settings: cut(_release_file(settings), 0)),
    "file cut": (".duckdb", lambda settings: cut(_release_file(settings))),
}


@pytest.fixture(params=sorted(DAMAGES))
def damaged(settings: Settings, request: pytest.FixtureRequest) -> tuple[Settings, str]:
    """Two releases, the current one damaged in one way; the file that is to be named."""
    name, damage = DAMAGES[request.param]
    damage(settings)
    return settings, name


def test_a_damaged_file_is_named_and_asks_for_a_build(damaged: tuple[Settings, str]) -> None:
    settings, name = damaged
    with pytest.raises(store.DamagedRelease, match=r"cannot be read .*make load") as raised:
        store.current(settings)
    assert raised.value.path.name.endswith(name)
    assert needs_build(settings, again=True)
    assert needs_build(settings)


def test_the_commands_name_a_damaged_file_without_a_traceback(
    damaged: tuple[Settings, str],
    two_releases: IDs,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    settings, name = damaged
    monkeypatch.setenv("DATA_DIR", str(settings.data_dir))
    assert main(["releases"]) == 1
    told = capsys.readouterr()
    assert name in told.err and "make load" in told.err
    assert [line.split()[0] for line in told.out.splitlines()[1:]] == [two_releases[2], two_releases[1]]
    assert "← current" not in told.out
    assert main(["rollback", two_releases[1]]) == 0
    release = store.current(settings)
    assert release is not None
    assert release.release_id == two_releases[1]
    assert main(["releases"]) == 0


def test_a_release_of_an_older_version_whose_manifest_has_no_size_is_named_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    release = store.current(settings)
    assert release is not None
    names = [name for name in json.loads(settings.current_path.read_text()) if name != "size_bytes"]
    keep_fields(settings.current_path, *names)
    cut(release.path)
    monkeypatch.setenv("DATA_DIR", str(settings.data_dir))
    assert main(["releases"]) == 1
    assert release.file in capsys.readouterr().err
    assert needs_build(settings, again=True)
    with pytest.raises(store.DamagedRelease, match=release.file):
        reader.query(release, "select count(*) from marts.rpt_releases")


def test_templates_are_not_issued_as_if_nothing_had_been_reported(damaged: tuple[Settings, str]) -> None:
    settings, _ = damaged
    with pytest.raises(store.DamagedRelease):
        issue_templates(settings, settings.as_of_date())


def test_a_change_that_keeps_the_size_is_found_by_a_load_and_by_a_query(settings: Settings) -> None:
    path = _release_file(settings)
    # Some blocks of a file are free, and nobody misses their content.
    spoil(path, 0.25, path.stat().st_size // 2)
    assert needs_build(settings, again=True)
    release = store.current(settings)
    assert release is not None
    tables = list(release.tables)
    with pytest.raises(store.DamagedRelease, match=release.file):
        for table in tables:
            reader.query(release, f"select bit_xor(hash(every_row)) from marts.{table} as every_row")


def test_a_manifest_that_is_damaged_is_named_and_the_others_stay(
    settings: Settings, two_releases: IDs, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    manifest = store.manifest_path(settings, two_releases[1])
    cut(manifest)
    monkeypatch.setenv("DATA_DIR", str(settings.data_dir))
    assert main(["releases"]) == 1
    told = capsys.readouterr()
    assert manifest.name in told.err
    assert f"{two_releases[2]} " in told.out
    assert main(["rollback", two_releases[1]]) == 1
    assert manifest.name in capsys.readouterr().err
    assert not needs_build(settings, again=True)


def test_a_release_that_is_published_again_after_it_was_cut_off_is_whole(
    settings: Settings, two_releases: IDs
) -> None:
    cut(_release_file(settings))
    assert publish.publish(settings) == two_releases[2]
    assert not needs_build(settings, again=True)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param("pointer cut", marks=pytest.mark.long),
        pytest.param("file cut", marks=pytest.mark.long),
        "file spoiled",
    ],
)
def test_a_new_release_of_the_same_inputs_is_compared_with_the_older_one(
    settings: Settings, two_releases: IDs, damage: str
) -> None:
    if damage == "file spoiled":
        spoil(_release_file(settings))
    else:
        DAMAGES[damage][1](settings)
    with models_alone():
        build.build(settings)
        audit.audit(settings)
        made = publish.publish(settings)
    assert made not in two_releases
    assert not needs_build(settings, again=True)
    assert not needs_build(settings)
    with duckdb.connect(str(_release_file(settings)), read_only=True) as connection:
        assert connection.execute(
            "select numerator from marts.fct_indicator_values where known_to is null"
        ).fetchall() == [(379.0,)]
        restated = connection.execute(
            "select release_id, old_numerator, new_numerator from marts.rpt_restatements"
            " where unit_key = '68@0' order by release_id"
        ).fetchall()
    # The second release changed 370 to 379. Where its own file can be read, it says so itself; else the new one does.
    teller = two_releases[2] if damage == "pointer cut" else made
    assert restated == [(teller, 370.0, 379.0)]


def test_a_data_folder_without_any_release_is_not_damaged(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    assert store.current(settings) is None
    assert store.damage_of_current(settings) is None
    assert needs_build(settings, again=True)


def test_a_damaged_raw_store_is_never_up_to_date(settings: Settings) -> None:
    cut(settings.raw_path)
    with pytest.raises(DamagedFile, match="make rebuild"):
        needs_build(settings, again=True)
    with pytest.raises(DamagedFile, match="make rebuild"):
        build.begin(settings)
