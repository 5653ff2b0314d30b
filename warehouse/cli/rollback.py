"""`python -m warehouse rollback RELEASE`: put an earlier release back."""

from __future__ import annotations

import argparse
import sys

from warehouse.release.publish import rollback
from warehouse.release.store import DamagedRelease, NoSuchRelease
from warehouse.settings import load


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the argument: the release to put back."""
    parser.add_argument("release", metavar="RELEASE", help="its name, as `releases` lists it")


def run(arguments: argparse.Namespace) -> int:
    """Exit 0 when readers now see that release, 1 when it is not available; then nothing has changed."""
    try:
        release = rollback(load(), arguments.release)
    except (NoSuchRelease, DamagedRelease) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{release.release_id} is current; it stays until new input makes a new release")
    return 0
