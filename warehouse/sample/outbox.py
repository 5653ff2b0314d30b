"""The folder in which a sample is made. Its files move into the inbox only when all of them are made."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

_READY = ".ready"


class Outbox:
    """A folder for the files of a sample and their metadata; `deliver` moves them into the inbox by renames.

    A run that was killed while it made files leaves nothing in the inbox. A delivery that was killed is completed by the
    next run.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def is_ready(self) -> bool:
        """Whether all files of an earlier run are made and wait to be delivered."""
        return (self.folder / _READY).exists()

    def start(self) -> None:
        """Begin with an empty folder."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)

    def add(self, name: str, received_at: datetime, is_simulated: bool = True) -> Path:
        """Write the metadata of a file and return the path for its content. Raises ValueError for a name that is taken."""
        metadata = self.folder / f".{name}.meta.json"
        if metadata.exists():
            raise ValueError(f"two files of the sample are called {name!r}")
        facts = {
            "received_at": received_at.astimezone(UTC).isoformat(),
            "file_name": name,
            "is_simulated": is_simulated,
            "source_kind": "sample",
        }
        metadata.write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        return self.folder / name

    def finish(self) -> None:
        """Mark all files as made."""
        (self.folder / _READY).touch()

    def deliver(self, inbox: Path) -> int:
        """Move all files into the inbox, metadata first, and return how many there were."""
        inbox.mkdir(parents=True, exist_ok=True)
        paths = [path for path in sorted(self.folder.iterdir()) if not path.name.startswith(".")]
        for path in paths:
            metadata = self.folder / f".{path.name}.meta.json"
            if metadata.exists():
                metadata.rename(inbox / metadata.name)
            path.rename(inbox / path.name)
        shutil.rmtree(self.folder)
        return len(paths)
