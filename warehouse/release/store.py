"""List the releases and find the current one. Each release is described by its manifest, `<release_id>.json`."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from warehouse.disk.damage import DamagedFile
from warehouse.disk.durable import write_file
from warehouse.settings import Settings

WAY_OUT = "`make load` publishes a new release, also where nothing new has arrived."

_log = logging.getLogger(__name__)


class DamagedRelease(DamagedFile):
    """A release's file, its manifest or the pointer to it is gone, cut off, or not the one that was published."""

    def __init__(self, path: Path, reason: str, way_out: str = WAY_OUT) -> None:
        super().__init__(path, reason, way_out)


class NoSuchRelease(LookupError):
    """The requested release is not kept, or was never published."""


@dataclass(frozen=True)
class Release:
    """One published release. `tables` gives each table's number of rows; times are UTC.

    `size_bytes` is the size of the file; None in the manifests of older versions.
    """

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
    size_bytes: int | None = None

    @property
    def path(self) -> Path:
        """The DuckDB file."""
        return self.folder / self.file

    @property
    def is_kept(self) -> bool:
        """Whether the file still exists; manifests are kept longer than files."""
        return self.path.exists()

    def as_json(self) -> str:
        """The manifest's text; CURRENT.json holds the same."""
        fields = {name: value for name, value in asdict(self).items() if name != "folder"}
        fields |= {"built_at": self.built_at.isoformat(), "as_of_date": self.as_of_date.isoformat()}
        return json.dumps(fields, indent=2, sort_keys=True) + "\n"

    def fault(self) -> str | None:
        """Return the reason why the file cannot be the published one, judged by its size; None where it can be.

        This is cheap enough for each page view. A change that keeps the size is found by `content_fault`, and by DuckDB when
        a query reads the changed block.
        """
        try:
            found = self.path.stat().st_size
        except FileNotFoundError:
            return "the file is gone"
        if self.size_bytes is None or found == self.size_bytes:
            return None
        return f"it has {found} bytes, and {self.size_bytes} were published"

    def content_fault(self) -> str | None:
        """Return the reason why the file differs from the published one in any byte; None where it does not. Reads the whole
        file."""
        return self.fault() or (
            None if sha256_of(self.path) == self.sha256 else "it was changed after it was published"
        )


def current(settings: Settings, with_content: bool = False) -> Release | None:
    """Return the release that readers see; None before the first.

    Raises DamagedRelease, naming the file, where the pointer or the file that it names is gone or cut off: that is
    neither an empty warehouse nor a release. `with_content` reads the whole file, and finds any change.
    """
    try:
        release = _read(settings.current_path)
    except FileNotFoundError:
        if any(release.is_kept for release in releases(settings)):
            raise DamagedRelease(settings.current_path, "the file is gone, and there are releases") from None
        return None
    if reason := release.content_fault() if with_content else release.fault():
        raise DamagedRelease(release.path, reason)
    return release


def damage_of_current(settings: Settings, with_content: bool = False) -> DamagedRelease | None:
    """Return the reason why readers cannot see the current release; None where they can, or where there is none yet."""
    try:
        current(settings, with_content)
    except DamagedRelease as error:
        return error
    return None


def intact_current(settings: Settings) -> Release | None:
    """Return the current release where its file equals the published one in every byte; else log the reason, return None."""
    try:
        return current(settings, with_content=True)
    except DamagedRelease as error:
        _log.warning("%s", error)
        return None


def newest_intact(settings: Settings) -> Release | None:
    """Return the newest release whose file exists and equals the published one in every byte."""
    return next((release for release in releases(settings) if release.content_fault() is None), None)


def releases(settings: Settings) -> list[Release]:
    """Return every release ever published here, newest first, without the releases of `damaged_manifests`."""
    return sorted(_manifests(settings)[0], key=lambda release: release.built_at, reverse=True)


def damaged_manifests(settings: Settings) -> list[DamagedRelease]:
    """Return one error for each manifest that cannot be read. Its release is missing in `releases`."""
    return _manifests(settings)[1]


def find(settings: Settings, release_id: str) -> Release:
    """Return the release of that name, whose file still exists. Raises NoSuchRelease, naming the releases that are kept, and
    DamagedRelease where its manifest cannot be read.
    """
    kept = [release for release in releases(settings) if release.is_kept]
    for release in kept:
        if release.release_id == release_id:
            return release
    for error in damaged_manifests(settings):
        if error.path == manifest_path(settings, release_id):
            raise error
    names = ", ".join(release.release_id for release in kept) or "none"
    raise NoSuchRelease(f"release {release_id!r} is not kept here; kept: {names}")


def manifest_path(settings: Settings, release_id: str) -> Path:
    """Return the path of a release's manifest."""
    return settings.published_dir / f"{release_id}.json"


def switch(settings: Settings, release: Release) -> None:
    """Point readers at a release: one rename, so that they see either the old pointer or the new one."""
    write_file(settings.current_path, release.as_json().encode())


def sha256_of(path: Path) -> str:
    """Return the hash of a file's content. A file that has not been written since is not read again by this process."""
    status = path.stat()
    return _sha256(path, status.st_ino, status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=32)
def _sha256(path: Path, *_state: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _manifests(settings: Settings) -> tuple[list[Release], list[DamagedRelease]]:
    readable: list[Release] = []
    damaged: list[DamagedRelease] = []
    for path in sorted(settings.published_dir.glob("r*.json")):
        # A name has no dot of its own; a file beside a release, such as its dictionary, has one.
        if "." not in path.stem:
            try:
                readable.append(_read(path))
            except DamagedRelease as error:
                damaged.append(error)
    return readable, damaged


def _read(path: Path) -> Release:
    """Read one manifest. Raises FileNotFoundError, and DamagedRelease for a text that is no manifest."""
    text = path.read_bytes()
    try:
        fields = json.loads(text)
        fields |= {
            "built_at": datetime.fromisoformat(fields["built_at"]),
            "as_of_date": date.fromisoformat(fields["as_of_date"]),
        }
        return Release(**fields, folder=path.parent)
    except (ValueError, TypeError, KeyError) as error:
        reason = f"it is not a manifest of a release: {error}" if text.strip() else "it is empty"
        raise DamagedRelease(path, reason) from error
