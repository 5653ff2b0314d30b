"""Reasons for which a child process gave a file up. Each reason is a rule of rules.yml."""

from __future__ import annotations

from typing import Literal

Refusal = Literal["file_takes_too_long", "file_needs_too_much_memory", "file_broke_the_reader"]

TAKES_TOO_LONG: Refusal = "file_takes_too_long"
NEEDS_TOO_MUCH_MEMORY: Refusal = "file_needs_too_much_memory"
BROKE_THE_READER: Refusal = "file_broke_the_reader"
