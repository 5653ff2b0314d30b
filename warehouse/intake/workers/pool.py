"""Child processes that open the files of senders, a limited number at a time; a file that kills its process is found.

Not `concurrent.futures`: there one dead worker breaks the whole pool, and which file killed it is not known.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from typing import IO, Any

from warehouse.intake.messages.refusals import (
    BROKE_THE_READER,
    NEEDS_TOO_MUCH_MEMORY,
    TAKES_TOO_LONG,
    Refusal,
)
from warehouse.intake.workers.progress import Progress
from warehouse.intake.workers.work import ArchivedWork, Work
from warehouse.settings import PROJECT_DIR, Settings

# Small enough that little is done again when a file kills its process, large enough to hide the messages.
CHUNK_FILES = 25
CHUNK_BYTES = 4 << 20
# At the end one process has nothing to do while another works on the last chunk, so each gets so many; but for less than
# this a second process is not worth its start.
CHUNKS_A_PROCESS = 8
LEAST_CHUNK_BYTES = 256 << 10
WORKER_MODULE = "warehouse.intake.workers.worker"

_TIMER_SIGNALS = (-signal.SIGPROF, -signal.SIGALRM)
# Where Rust code is refused memory it aborts, and these are its last words; Python code raises MemoryError instead.
_OUT_OF_MEMORY = b"memory allocation of "
_LAST_WORDS_BYTES = 64 << 10
_STDERR = 2

# The environment variables that a child gets. It opens files of strangers: keys and passwords of Airflow and the
# database are not its business, and DATA_DIR only tells an operator whose process it is.
_CHILD_VARIABLES = (
    "DATA_DIR",
    "HOME",
    "LANG",
    "LC_ALL",
    "LD_LIBRARY_PATH",
    "PATH",
    "PYTHONPATH",
    "TMPDIR",
    "TZ",
    "VIRTUAL_ENV",
)
# Nothing here multiplies matrices. Without the threads of OpenBLAS a child starts in 0.24 s instead of 0.30 s.
_CHILD_SETTINGS = {"OPENBLAS_NUM_THREADS": "1"}
_log = logging.getLogger(__name__)

Chunk = list[ArchivedWork]


class WorkerDidNotStartError(RuntimeError):
    """A child process ended before it took its first file: the installation is at fault, not a file."""


@dataclass
class _Worker:
    process: subprocess.Popen[bytes]
    connection: Connection
    errors: IO[bytes]
    progress: Progress
    shows_errors: bool
    chunk: Chunk = field(default_factory=list)
    has_worked: bool = False


def run(
    work: Work,
    items: Iterable[ArchivedWork],
    count: int,
    settings: Settings,
    *,
    shows_errors: bool = True,
) -> Iterator[tuple[str, Any]]:
    """Have `settings.parse_processes` child processes work through `count` items; give results as they are done.

    `work` is done to a chunk of items, in their order; each result comes with the hash of the chunk's first
    item, so results sorted by it are in the order of the items where those are sorted. An item that cannot be
    worked on inside its bounds gives what `work.give_up` makes of it. Without `shows_errors` nothing of what a child
    wrote to stderr is repeated on our own, unless it did not start. Raises WorkerDidNotStartError.
    """
    suspects: set[str] = set()
    workers: list[_Worker] = []
    try:
        # The processes that will certainly get a chunk start while the items are still looked up.
        workers += [
            _start(work, settings, shows_errors)
            for _ in range(min(settings.parse_processes, _fewest_chunks(count)))
        ]
        queue = deque(_chunks(list(items), settings.parse_processes))
        for worker in workers:
            _give(worker, queue.popleft())
        while queue or workers:
            while queue and len(workers) < settings.parse_processes:
                workers.append(_start(work, settings, shows_errors))
                _give(workers[-1], queue.popleft())
            for connection in wait([worker.connection for worker in workers]):
                worker = next(worker for worker in workers if worker.connection is connection)
                try:
                    message = worker.connection.recv()
                except (EOFError, ConnectionResetError):
                    workers.remove(worker)
                    refused = _after_death(worker, queue, suspects)
                    if refused:
                        item, refusal = refused
                        yield item.file_sha256, work.give_up(item, refusal)
                    continue
                worker.has_worked = True
                yield worker.chunk[0].file_sha256, message
                if queue:
                    _give(worker, queue.popleft())
                else:
                    workers.remove(worker)
                    _end(worker, shows_errors)
    finally:
        for worker in workers:
            worker.process.kill()
            _end(worker, shows_errors)


def _fewest_chunks(count: int) -> int:
    return -(-count // CHUNK_FILES)


def _chunks(items: Sequence[ArchivedWork], processes: int) -> Iterator[Chunk]:
    fair_bytes = sum(item.size_bytes for item in items) // (processes * CHUNKS_A_PROCESS)
    enough_bytes = max(fair_bytes, LEAST_CHUNK_BYTES)
    chunk: Chunk = []
    size = 0
    for item in items:
        is_full = size >= enough_bytes or size + item.size_bytes > CHUNK_BYTES
        if chunk and (len(chunk) >= CHUNK_FILES or is_full):
            yield chunk
            chunk, size = [], 0
        chunk.append(item)
        size += item.size_bytes
    if chunk:
        yield chunk


def _start(work: Work, settings: Settings, shows_errors: bool) -> _Worker:
    ours, theirs = Pipe()
    errors = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `_end`)
    progress = Progress.new()
    descriptors = [theirs.fileno(), progress.descriptor]
    process = subprocess.Popen(
        [sys.executable, "-m", WORKER_MODULE, *map(str, descriptors)],
        pass_fds=descriptors,
        env={name: os.environ[name] for name in _CHILD_VARIABLES if name in os.environ} | _CHILD_SETTINGS,
        stdin=subprocess.DEVNULL,
        stderr=errors,
        cwd=PROJECT_DIR,
    )
    theirs.close()
    worker = _Worker(process, ours, errors, progress, shows_errors)
    _send(worker, (settings, work))
    return worker


def _give(worker: _Worker, chunk: Chunk) -> None:
    worker.chunk = chunk
    worker.progress.reset()
    _send(worker, chunk)


def _send(worker: _Worker, message: object) -> None:
    # Where the process is dead already, waiting for its answer finds that out.
    with suppress(BrokenPipeError, ConnectionResetError):
        worker.connection.send(message)


def _end(worker: _Worker, shows_errors: bool) -> tuple[int, bytes]:
    """Return the exit code and the last lines of the process's stderr; with `shows_errors` all lines are repeated on our own."""
    worker.connection.close()
    worker.progress.close()
    code = worker.process.wait()
    with worker.errors as errors:
        size = errors.seek(0, os.SEEK_END)
        if shows_errors:
            errors.seek(0)
            with os.fdopen(os.dup(_STDERR), "wb") as log, suppress(OSError):
                shutil.copyfileobj(errors, log)
        errors.seek(max(0, size - _LAST_WORDS_BYTES))
        return code, errors.read()


def _after_death(
    worker: _Worker, queue: deque[Chunk], suspects: set[str]
) -> tuple[ArchivedWork, Refusal] | None:
    """Put the dead worker's other items back; give the one it died of, where that is to be given up.

    It is at once if a limit of ours ended the process. Any other death may have had a cause outside (the
    kernel short of memory, an operator): that item gets one more try, by itself.
    """
    current = worker.progress.current
    has_started = current is not None or worker.has_worked
    code, last_words = _end(worker, worker.shows_errors or not has_started)
    if not has_started:
        raise WorkerDidNotStartError(
            f"{WORKER_MODULE} ended with code {code} before its first file: see the log above"
        )
    if current is None:
        queue.appendleft(worker.chunk)
        return None
    culprit = worker.chunk[current]
    before, after = worker.chunk[:current], worker.chunk[current + 1 :]
    queue.extendleft(chunk for chunk in (after, before) if chunk)
    level = logging.WARNING if worker.shows_errors else logging.INFO
    _log.log(level, "a worker ended with code %s while it had %s", code, culprit.file_sha256)
    if code in _TIMER_SIGNALS:
        return culprit, TAKES_TOO_LONG
    if code == -signal.SIGABRT and _OUT_OF_MEMORY in last_words:
        return culprit, NEEDS_TOO_MUCH_MEMORY
    if culprit.file_sha256 in suspects:
        return culprit, BROKE_THE_READER
    suspects.add(culprit.file_sha256)
    queue.appendleft([culprit])
    return None
