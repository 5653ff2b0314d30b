"""The child process that opens the files of senders, so that a hostile file can harm this process alone.

Started by `pool` as `python -m warehouse.intake.workers.worker DESCRIPTOR PROGRESS`: takes chunks of files and gives results back
over the first descriptor, and notes on the second which file it has. Its limits are the kernel's, so they hold in C code and
when the parent was killed.
"""

from __future__ import annotations

import logging
import os
import resource
import signal
import sys
from multiprocessing.connection import Connection

from warehouse.intake.workers.progress import Progress
from warehouse.intake.workers.work import Work
from warehouse.reference.context import Context, load_reference
from warehouse.settings import Settings

# Address space. Libraries map 1.4 GB of it at the start, of which 0.1 GB is ever in memory.
MEMORY_LIMIT_BYTES = 3 << 30


def serve(connection: Connection, progress: Progress) -> None:
    """Do the work to chunks until the other side hangs up. The first message is settings and work."""
    settings: Settings
    work: Work
    settings, work = connection.recv()
    context = Context(reference=load_reference(settings.seeds_dir), as_of_date=settings.as_of_date())
    limit_memory()
    while True:
        try:
            chunk = connection.recv()
        except EOFError:
            return
        connection.send(work.do(chunk, context, progress.note))


def limit_memory() -> None:
    """Limit the memory of this process, whatever a file makes a library ask for."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))


class _NoPandas:
    """A finder of modules that refuses pandas.

    pyarrow imports pandas with the first list that it converts, DuckDB with the first parameter: 0.4 s more for each
    process that reads files, and nobody there uses it. `sys.modules["pandas"] = None` would break pyarrow.
    """

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """Fail for pandas; leave every other module to the usual finders."""
        if name == "pandas":
            raise ModuleNotFoundError(name, name=name)


def leave_pandas_out() -> None:
    """Have every later import of pandas fail in this process."""
    sys.meta_path.insert(0, _NoPandas)


def main(descriptor: int, progress_descriptor: int) -> None:
    """Set up the process, then serve."""
    leave_pandas_out()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for timer_signal in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(timer_signal, signal.SIG_DFL)
    # Ctrl-C is for the parent; when it goes, its end of the pipe closes and this process ends too.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with Connection(descriptor) as connection:
        serve(connection, Progress(progress_descriptor))
    # Freeing all units one by one takes longer than reading fifty workbooks, and the parent waits for the end.
    logging.shutdown()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
