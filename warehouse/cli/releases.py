"""`python -m warehouse releases`: the releases, newest first."""

from __future__ import annotations

import argparse

from warehouse.release import store
from warehouse.settings import LOCAL_ZONE, load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Print one line a release. Exit 0, also where there is no release yet."""
    settings = load()
    published = store.releases(settings)
    if not published:
        print("no release yet: run `make load`")
        return 0
    current = store.current(settings)
    print(f"{'release':<26}  {'built (Viet Nam)':<16}  {'files':>7}  {'values':>9}  {'models':>7}  code")
    for release in published:
        is_current = current is not None and release.release_id == current.release_id
        note = "  ← current" if is_current else "" if release.is_kept else "  (file no longer kept)"
        built = f"{release.built_at.astimezone(LOCAL_ZONE):%Y-%m-%d %H:%M}"
        print(
            f"{release.release_id:<26}  {built:<16}  {release.file_count:>7}  {release.indicator_value_count:>9}"
            f"  {release.model_count:>7}  {release.code_version}{note}"
        )
    return 0
