"""`python -m warehouse releases`: list the releases, newest first."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from warehouse.release import store
from warehouse.release.store import DamagedRelease, Release
from warehouse.settings import LOCAL_ZONE, load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Print one line a release. Exit 0, also where there is no release yet; exit 1 where the current release or a
    manifest cannot be read.
    """
    settings = load()
    damage = store.damaged_manifests(settings)
    current: Release | None = None
    try:
        current = store.current(settings, with_content=True)
    except DamagedRelease as error:
        damage.append(error)
    published = store.releases(settings)
    if published:
        _print_table(published, current)
    elif not damage:
        print("no release yet: run `make load`")
    for damaged in damage:
        print(damaged, file=sys.stderr)
    return 1 if damage else 0


def _print_table(published: Sequence[Release], current: Release | None) -> None:
    print(f"{'release':<26}  {'built (Viet Nam)':<16}  {'files':>7}  {'values':>9}  {'models':>7}  code")
    for release in published:
        built = f"{release.built_at.astimezone(LOCAL_ZONE):%Y-%m-%d %H:%M}"
        print(
            f"{release.release_id:<26}  {built:<16}  {release.file_count:>7}  {release.indicator_value_count:>9}"
            f"  {release.model_count:>7}  {release.code_version}{_note(release, current)}"
        )


def _note(release: Release, current: Release | None) -> str:
    if current is not None and release.release_id == current.release_id:
        return "  ← current"
    if not release.is_kept:
        return "  (file no longer kept)"
    fault = release.fault()
    return f"  (file damaged: {fault})" if fault else ""
