"""The seeds of the dbt project as Python reads them. Nothing else in the warehouse opens their files."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

# The seeds whose rows are versions of units, all with the columns of the first: territorial ones, bodies, villages, and the
# party's committees and cells.
UNIT_SEEDS = ("units", "bodies", "villages", "party_units")


class Dated(Protocol):
    """A row that holds between two days, both inclusive; None is open."""

    @property
    def valid_from(self) -> date | None:
        """The first day."""

    @property
    def valid_to(self) -> date | None:
        """The last day."""


def read_seed(seeds_dir: Path, name: str) -> list[dict[str, str]]:
    """The rows of a seed by column, all as text. Raises FileNotFoundError."""
    with _path(seeds_dir, name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def read_seed_lines(seeds_dir: Path, name: str, first_columns: Sequence[str]) -> Iterator[list[str]]:
    """The rows of a long seed as lists, which takes a third of the time. Raises FileNotFoundError.

    Raises ValueError when the seed does not begin with `first_columns`.
    """
    with _path(seeds_dir, name).open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        if next(reader)[: len(first_columns)] != list(first_columns):
            raise ValueError(f"{name}.csv does not begin with the columns {', '.join(first_columns)}")
        yield from reader


def as_date(text: str | None) -> date | None:
    """The day that a cell of a seed holds; None where it is blank."""
    return date.fromisoformat(text) if text else None


def is_valid_on(row: Dated, day: date) -> bool:
    """Whether the row holds on that day."""
    return (row.valid_from or day) <= day <= (row.valid_to or day)


def _path(seeds_dir: Path, name: str) -> Path:
    return seeds_dir / f"{name}.csv"
