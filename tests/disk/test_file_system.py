"""Many files made durable at once: only where the file system is known to do that, and who failed is named."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from warehouse.disk import syncing as file_system
from warehouse.disk.syncing import FEW_PATHS, FileSystem

MANY = FEW_PATHS + 1


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number}.txt" for number in range(MANY)]
    for path in paths:
        path.write_text("x")
    return paths


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was asked of the disk: `all`, or the name of a file."""
    asked: list[str] = []
    syncfs, sync_file = file_system._syncfs, file_system.sync_file

    def note_all(descriptor: int) -> None:
        asked.append("all")
        syncfs(descriptor)

    def note_one(path: Path) -> None:
        asked.append(path.name)
        sync_file(path)

    monkeypatch.setattr(file_system, "_syncfs", note_all)
    monkeypatch.setattr(file_system, "sync_file", note_one)
    return asked


def test_many_files_are_made_durable_at_once_and_few_one_by_one(
    tmp_path: Path, files: list[Path], asked: list[str]
) -> None:
    with FileSystem.of(tmp_path) as found:
        disk = replace(found, syncs_as_a_whole=True)
        assert disk.sync(files) == {}
        assert asked == ["all"]
        assert disk.sync(files[:2]) == {}
    assert sorted(asked[1:]) == ["0.txt", "1.txt"]


def test_an_untrusted_file_system_gets_one_sync_for_each_file(
    tmp_path: Path, files: list[Path], asked: list[str]
) -> None:
    with FileSystem.of(tmp_path) as found:
        assert replace(found, syncs_as_a_whole=False).sync(files) == {}
    assert sorted(asked) == sorted(path.name for path in files)


def test_where_not_all_could_be_written_each_file_is_asked_for(
    tmp_path: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def one_is_refused(path: Path) -> None:
        if path == files[3]:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(file_system, "_syncfs", full_disk)
    monkeypatch.setattr(file_system, "sync_file", one_is_refused)
    with FileSystem.of(tmp_path) as found:
        refused = replace(found, syncs_as_a_whole=True).sync(files)
    assert {path: error.errno for path, error in refused.items()} == {files[3]: errno.EIO}


def test_the_kernel_itself_refuses_a_descriptor_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Bad file descriptor") as refusal:
        file_system._syncfs(1 << 20)
    assert refusal.value.errno == errno.EBADF


@pytest.mark.skipif(shutil.which("findmnt") is None, reason="findmnt tells it independently")
def test_the_type_is_the_one_that_findmnt_tells(tmp_path: Path) -> None:
    told = subprocess.run(
        ["findmnt", "--noheadings", "--output", "FSTYPE", "--target", str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    ).stdout.strip()
    found = file_system._type_of(tmp_path.stat().st_dev)
    # Of btrfs and the like the kernel's list has another device than the files: these are not trusted.
    assert found in (told, None)
    if told in file_system.TRUSTED_TYPES:
        assert found == told


def test_where_the_kernel_tells_nothing_nothing_is_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_system, "MOUNTS", tmp_path / "none")
    with FileSystem.of(tmp_path) as found:
        assert not found.syncs_as_a_whole
    assert file_system._type_of(os.makedev(4095, 1)) is None
