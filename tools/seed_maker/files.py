"""Read facts and write seeds, in one way for all of them."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

Row = dict[str, str]


def read_facts(path: Path) -> list[Row]:
    """Rows of a comma-separated file of facts, as text in NFC. A missing file raises FileNotFoundError."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            {name: unicodedata.normalize("NFC", value or "").strip() for name, value in row.items()}
            for row in csv.DictReader(file)
        ]


def write_seed(path: Path, columns: list[str], rows: Iterable[Mapping[str, object]], key: list[str]) -> int:
    """Write a seed sorted by its key and return its row count.

    Raises ValueError when the key is not unique: the models rely on it.
    """
    lines = [[_text(row[column]) for column in columns] for row in rows]
    places = [columns.index(column) for column in key]
    lines.sort(key=lambda line: [line[place] for place in places])
    keys = {tuple(line[place] for place in places) for line in lines}
    if len(keys) != len(lines):
        raise ValueError(f"{path.name}: {len(lines) - len(keys)} rows repeat the key {', '.join(key)}")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(lines)
    return len(lines)


def unit_key(code: str, valid_from: str) -> str:
    """The key of a unit version; 0 stands for a beginning older than these records."""
    return f"{code}@{valid_from or '0'}"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return unicodedata.normalize("NFC", str(value))
