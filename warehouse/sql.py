"""What every statement that names a file or a text needs: the text in SQL, and another DuckDB file under a name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def quoted(text: str | Path) -> str:
    """Text, or a path, in SQL. As a parameter it would have DuckDB import pandas, which takes a second."""
    return "'" + str(text).replace("'", "''") + "'"


def attach(connection: duckdb.DuckDBPyConnection, path: Path, name: str, read_only: bool = True) -> None:
    """Attach a DuckDB file under a name of ours. Raises duckdb.IOException where another process holds it."""
    connection.execute(f"attach {quoted(path)} as {name}" + (" (read_only)" if read_only else ""))
