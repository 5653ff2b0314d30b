"""Helpers for SQL and DuckDB files: quote texts, attach and copy files, summarise the rows of a table."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def quoted(text: str | Path) -> str:
    """Quote a text or a path for SQL. With a parameter DuckDB would import pandas, which takes a second."""
    return "'" + str(text).replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """Write texts as a list in SQL; an empty list matches nothing."""
    return f"({', '.join(map(quoted, texts)) or 'null'})"


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str, read_only: bool = True) -> None:
    """Attach a DuckDB file under a name. Raises duckdb.IOException where another process has it open."""
    connection.execute(f"attach {quoted(path)} as {name}" + (" (read_only)" if read_only else ""))


def copy_database(source: Path, target: Path) -> None:
    """Copy a DuckDB file while no process writes it. Raises subprocess.CalledProcessError.

    Another process does it: closing the file in this one would give up the locks that DuckDB holds on it here.
    """
    subprocess.run(["cp", "--reflink=auto", str(source), str(target)], check=True, capture_output=True)


def content_sums(row_hash: str) -> str:
    """Return three SQL columns that identify a set of rows in any order: their number and two sums over a hash of each row.

    Sums do not let equal rows cancel out, as a bitwise combination would.
    """
    return f"count(*), sum({row_hash} % 4294967291), sum({row_hash} >> 32)"
