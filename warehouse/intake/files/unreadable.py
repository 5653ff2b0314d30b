"""The error for a file that cannot be read."""

from __future__ import annotations


class UnreadableError(Exception):
    """The file cannot be read at all; `rule` says why."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule
