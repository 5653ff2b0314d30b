"""List the releases and find the current one. Each release is described by its manifest, `<release_id>.json`."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from warehouse.disk.durable import write_file
from warehouse.settings import Settings


class NoSuchRelease(LookupError):
    """The release that was asked for is not kept, or was never published."""


@dataclass(frozen=True)
class Release:
    """One published release. `tables` gives each table's number of rows; times are UTC."""

    release_id: str
    file: str
    sha256: str
    built_at: datetime
    as_of_date: date
    code_version: str
    input_fingerprint: str
    file_count: int
    submission_count: int
    indicator_value_count: int
    model_count: int
    tables: dict[str, int]
    folder: Path

    @property
    def path(self) -> Path:
        """The DuckDB file."""
        return self.folder / self.file

    @property
    def is_kept(self) -> bool:
        """Whether the file is still there; manifests outlive files."""
        return self.path.exists()

    def as_json(self) -> str:
        """The manifest's text; CURRENT.json holds the same."""
        fields = {name: value for name, value in asdict(self).items() if name != "folder"}
        fields |= {"built_at": self.built_at.isoformat(), "as_of_date": self.as_of_date.isoformat()}
        return json.dumps(fields, indent=2, sort_keys=True) + "\n"


def current(settings: Settings) -> Release | None:
    """The release that readers see; None before the first."""
    try:
        return _read(settings.current_path)
    except FileNotFoundError:
        return None


def releases(settings: Settings) -> list[Release]:
    """Every release ever published here, newest first."""
    # A name has no dot of its own; what lies beside a release, such as its dictionary, has one.
    manifests = [_read(path) for path in settings.published_dir.glob("r*.json") if "." not in path.stem]
    return sorted(manifests, key=lambda release: release.built_at, reverse=True)


def find(settings: Settings, release_id: str) -> Release:
    """The release of that name, its file still there. Raises NoSuchRelease, naming those that can be had."""
    kept = [release for release in releases(settings) if release.is_kept]
    for release in kept:
        if release.release_id == release_id:
            return release
    names = ", ".join(release.release_id for release in kept) or "none"
    raise NoSuchRelease(f"release {release_id!r} is not kept here; kept: {names}")


def manifest_path(settings: Settings, release_id: str) -> Path:
    """Where a release's manifest lies."""
    return settings.published_dir / f"{release_id}.json"


def switch(settings: Settings, release: Release) -> None:
    """Point readers at a release: one rename, so that they see the old pointer or the new one and nothing between."""
    write_file(settings.current_path, release.as_json().encode())


def _read(path: Path) -> Release:
    fields = json.loads(path.read_text())
    fields |= {
        "built_at": datetime.fromisoformat(fields["built_at"]),
        "as_of_date": date.fromisoformat(fields["as_of_date"]),
    }
    return Release(**fields, folder=path.parent)
