"""Threads for what is long: work on arrays of numbers leaves Python to others meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, TypeVar

# A file with fewer rows has others beside it, and each processor a child of its own.
FEWEST_ROWS = 100_000
LARGE_FILE_BYTES = 8 << 20
Result = TypeVar("Result")


def executor_for(row_count: int, threads: int) -> Executor:
    """So many threads for a table with so many rows; a short one is worked on at once, where it is submitted."""
    return _executor(row_count >= FEWEST_ROWS, threads)


def executor_for_file(size_bytes: int) -> Executor:
    """A thread beside who reads a large file; of a small one the work is done at once."""
    return _executor(size_bytes >= LARGE_FILE_BYTES, threads=1)


def _executor(is_long: bool, threads: int) -> Executor:
    return ThreadPoolExecutor(threads) if is_long else _AtOnce()


class _AtOnce(Executor):
    def submit(self, work: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Do it, and give what came of it. What it raises is raised here."""
        done: Future[Result] = Future()
        done.set_result(work(*args, **kwargs))
        return done
