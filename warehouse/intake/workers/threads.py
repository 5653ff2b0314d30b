"""Use threads for long tables: work on arrays releases the interpreter to other threads."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, TypeVar

# A file with fewer rows has others beside it, and each processor a child of its own.
FEWEST_ROWS = 100_000
Result = TypeVar("Result")


def executor_for(row_count: int, threads: int) -> Executor:
    """Return an executor with threads for a long table; for a short one, an executor that works where it is called."""
    return ThreadPoolExecutor(threads) if row_count >= FEWEST_ROWS else _AtOnce()


class _AtOnce(Executor):
    def submit(self, work: Callable[..., Result], /, *args: Any, **kwargs: Any) -> Future[Result]:
        """Call the function now; return its result. Exceptions are raised here."""
        done: Future[Result] = Future()
        done.set_result(work(*args, **kwargs))
        return done
