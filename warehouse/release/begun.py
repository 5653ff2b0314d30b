"""The build that is at work: the inputs that it took, so that a sweep does not ask for another one on them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from warehouse.disk.durable import write_file
from warehouse.settings import Settings

# A build that is not over by then was killed.
LONGEST_BUILD = timedelta(hours=2)


def note(settings: Settings, fingerprint: str) -> None:
    """A build on these inputs begins."""
    write_file(_path(settings), fingerprint.encode())


def is_at_work(settings: Settings, fingerprint: str) -> bool:
    """Whether a build on these inputs began, and not too long ago to be at work."""
    try:
        began_at = datetime.fromtimestamp(_path(settings).stat().st_mtime, UTC)
        return datetime.now(UTC) - began_at < LONGEST_BUILD and _path(settings).read_text() == fingerprint
    except FileNotFoundError:
        return False


def forget(settings: Settings) -> None:
    """Nothing is at work on this data folder: one that began was stopped with all the rest."""
    _path(settings).unlink(missing_ok=True)


def _path(settings: Settings) -> Path:
    return settings.warehouse_dir / "begun_fingerprint"
