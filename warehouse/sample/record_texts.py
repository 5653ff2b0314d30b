"""The texts of the simulated records, read once a process."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

_TEXTS_PATH = Path(__file__).with_name("record_texts.yml")


@cache
def record_texts() -> dict[str, Any]:
    """Lists of documents, topics, issues and divisions by name."""
    with _TEXTS_PATH.open(encoding="utf-8") as file:
        return yaml.safe_load(file)
