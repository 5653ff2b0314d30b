"""Files and folders are written to disk one by one, and each failure is named."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from warehouse.disk.durable import publish_dir, write_file
from warehouse.disk.syncing import SYNC_THREADS, sync_all, sync_each


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{number}.txt" for number in range(3 * SYNC_THREADS)]
    for path in paths:
        path.write_text("x")
    return paths


def test_each_path_is_synced_once(tmp_path: Path, files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    fsync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda descriptor: (synced.append(os.fstat(descriptor).st_ino), fsync(descriptor))
    )
    paths = [*files, tmp_path]
    assert sync_each(paths) == {}
    assert sorted(synced) == sorted(path.stat().st_ino for path in paths)


def test_a_path_that_fails_is_named_and_the_others_are_synced(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    full = files[3].stat().st_ino

    def one_fails(descriptor: int) -> None:
        inode = os.fstat(descriptor).st_ino
        if inode == full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        synced.append(inode)

    monkeypatch.setattr(os, "fsync", one_fails)
    gone = files[0].with_name("gone.txt")
    failed = sync_each([*files, gone])
    assert {path: error.errno for path, error in failed.items()} == {
        files[3]: errno.ENOSPC,
        gone: errno.ENOENT,
    }
    assert len(synced) == len(files) - 1
    with pytest.raises(OSError, match="No space left"):
        sync_all(files)


def test_a_folder_that_cannot_be_synced_is_not_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "working"
    folder.mkdir()
    write_file(folder / "a.txt", b"a")

    def full_disk(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(OSError, match="No space left"):
        publish_dir(folder, tmp_path / "final")
    assert not (tmp_path / "final").exists()
