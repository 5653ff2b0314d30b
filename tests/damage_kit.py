"""Ways in which a file is damaged, as disks and interrupted copies damage it."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path

from warehouse.release.store import Release, manifest_path, sha256_of
from warehouse.settings import Settings


def cut(path: Path, share: float = 0.6) -> None:
    """Leave only the first part of a file."""
    os.truncate(path, int(path.stat().st_size * share))


def spoil(path: Path, at_share: float = 0.5, count: int = 4096) -> None:
    """Overwrite bytes inside a file; its size stays."""
    with path.open("r+b") as stream:
        stream.seek(int(path.stat().st_size * at_share))
        stream.write(b"\xff" * count)


def keep_fields(path: Path, *names: str) -> None:
    """Leave a JSON file that is valid and lacks all other fields."""
    fields = json.loads(path.read_text())
    path.write_text(json.dumps({name: fields[name] for name in names}))


def published_as_it_is(settings: Settings, release: Release) -> Release:
    """Make the manifests describe a release file that a test changed into the form of an older version."""
    changed = replace(release, sha256=sha256_of(release.path), size_bytes=release.path.stat().st_size)
    for path in (manifest_path(settings, release.release_id), settings.current_path):
        path.write_text(changed.as_json())
    return changed
