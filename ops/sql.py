"""`make sql`: run DuckDB's own shell on the current release, opened for reading only."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from warehouse.release.store import DamagedRelease, current
from warehouse.settings import load


def main() -> int:
    """Replace this process with the shell; return 1 where there is no release yet or the current one is damaged."""
    try:
        release = current(load(), with_content=True)
    except DamagedRelease as error:
        print(error, file=sys.stderr)
        return 1
    if release is None:
        print("There is no release yet: make load", file=sys.stderr)
        return 1
    # Printed to a terminal only, so that a piped query gives its rows and nothing else.
    print(
        f"Release {release.release_id}, schema marts; .tables lists it, .quit ends.",
        file=sys.stderr,
        flush=True,
    )
    shell = str(Path(sys.executable).with_name("duckdb"))
    os.execv(shell, [shell, "-readonly", "-cmd", "use marts", str(release.path)])  # noqa: S606


if __name__ == "__main__":
    sys.exit(main())
