"""Use threads for long tables: work on arrays releases the interpreter to other threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, TypeVar

# A file with fewer rows has others beside it, and each processor a child of its own.
FEWEST_ROWS = 100_000
LARGE_FILE_BYTES = 8 << 20
Result = TypeVar("Result")


def executor_for(row_count: int, threads: int) -> Executor:
    """Return an executor with threads for a long table; for a short one, an executor that works where it is called."""
    return _executor(row_count >= FEWEST_ROWS, threads)


def executor_for_file(size_bytes: int) -> Executor:
    """Return an executor with a thread for a large file; for a small one, an executor that works where it is called."""
    return _executor(size_bytes >= LARGE_FILE_BYTES, threads=1)


def _executor(is_long: bool, threads: int) -> Executor:
    return ThreadPoolExecutor(threads) if is_long else _AtOnce()


class _AtOnce(Executor):
    def submit(self, work: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Call the function now; return its result. Exceptions are raised here."""
        done: Future[Result] = Future()
        done.set_result(work(*args, **kwargs))
        return done
