"""What several rooms need of SQL and of DuckDB files: a text, another file under a name, a copy, what rows there are."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def quoted(text: str | Path) -> str:
    """Text, or a path, in SQL. As a parameter it would have DuckDB import pandas, which takes a second."""
    return "'" + str(text).replace("'", "''") + "'"


def listed(texts: Iterable[str]) -> str:
    """Texts as a list in SQL; an empty one holds nothing."""
    return f"({', '.join(map(quoted, texts)) or 'null'})"


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str, read_only: bool = True) -> None:
    """Attach a DuckDB file under a name of ours. Raises duckdb.IOException where another process holds it."""
    connection.execute(f"attach {quoted(path)} as {name}" + (" (read_only)" if read_only else ""))


def copy_database(source: Path, target: Path) -> None:
    """Copy a DuckDB file that nobody writes just now. Raises subprocess.CalledProcessError.

    Another process does it: closing the file in this one would give up the locks that DuckDB holds on it here.
    """
    subprocess.run(["cp", "--reflink=auto", str(source), str(target)], check=True, capture_output=True)


def content_sums(row_hash: str) -> str:
    """Three columns that say what rows there are, whatever their order: their number and two sums over a hash of each.

    Sums do not let equal rows cancel out, as a bitwise combination would.
    """
    return f"count(*), sum({row_hash} % 4294967291), sum({row_hash} >> 32)"
