"""One pass of the collection in a process of its own, to be killed by test_kill.py.

`python -m tests.intake.collect_once DATA_DIR [STEP]`: with a step, the process kills itself just before that step
of all those in which Python touches the file system. Prints `ready` when it begins, then how many steps it took.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from tests.intake.history.ledger_kit import collect_in_children
from warehouse.intake import parse as parse_file  # noqa: F401  (loaded before steps are counted)
from warehouse.settings import Settings

STEPS = (
    "open",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "shutil.rmtree",
    "subprocess.Popen",
)


def main(data_dir: Path, die_at: int | None) -> None:
    taken = 0

    def count_steps(event: str, _arguments: object) -> None:
        nonlocal taken
        if event in STEPS:
            if taken == die_at:
                os.kill(os.getpid(), signal.SIGKILL)
            taken += 1

    print("ready", flush=True)
    sys.addaudithook(count_steps)
    collect_in_children(Settings(data_dir=data_dir))
    print(taken, flush=True)


main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else None)
