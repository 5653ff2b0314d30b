"""Threads for what is long: work on arrays of numbers leaves Python to others meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, TypeVar

# A file with fewer rows has others beside it, and each processor a child of its own.
FEWEST_ROWS = 100_000
Result = TypeVar("Result")


def executor_for(row_count: int, threads: int) -> Executor:
    """So many threads for a table with so many rows; a short one is worked on at once, where it is submitted."""
    return ThreadPoolExecutor(threads) if row_count >= FEWEST_ROWS else _AtOnce()


class _AtOnce(Executor):
    def submit(self, work: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Do it, and give what came of it. What it raises is raised here."""
        done: Future[Result] = Future()
        done.set_result(work(*args, **kwargs))
        return done
