"""The scope of a build: everything, or some provinces upon a release."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.raw.sql import listed
from warehouse.settings import Settings

# A table, or a part of the raw store, with the number of its rows and two sums over their hashes.
Contents = dict[str, tuple[int, int, int]]


@dataclass(frozen=True)
class Scope:
    """The scope of a build: everything, or some provinces upon a release.

    `provinces` are codes of today; `figure_count` is the number of figures in the whole raw store; `because` says in English why
    the build is whole.
    """

    base_release_id: str | None
    provinces: tuple[str, ...] = ()
    figure_count: int = 0
    contents: Contents | None = None
    because: str = ""

    @classmethod
    def from_fields(cls, fields: dict[str, Any]) -> Scope:
        """Return the scope that was written as plain data."""
        contents = fields["contents"]
        return cls(**fields | {
            "provinces": tuple(fields["provinces"]),
            "contents": contents and {part: tuple(sums) for part, sums in contents.items()},
        })  # fmt: skip

    @property
    def is_whole(self) -> bool:
        """Whether everything is built."""
        return self.base_release_id is None

    def source_path(self, settings: Settings) -> Path:
        """Return the file that the build reads: the snapshot, or the part cut out of it."""
        return settings.snapshot_path if self.is_whole else settings.scoped_snapshot_path


def whole(because: str) -> Scope:
    """Return the scope of a whole build, with the reason."""
    return Scope(None, because=because)


def units_in_scope(catalog: str, provinces: Sequence[str], with_all_provinces: bool = True) -> str:
    """Return a query for the units whose figures such a build gives: units of these provinces, the country, and all provinces
    themselves."""
    levels = "('country', 'province')" if with_all_provinces else "('country')"
    return (
        f"select unit_key from {catalog}.marts.dim_units where level in {levels}"
        f" or current_province_code in {listed(provinces)}"
    )
