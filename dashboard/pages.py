"""The pages, once: their order, their address and their file. Titles are in the language files under `page.<code>`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PageSpec:
    """One page. Its code is its address and the name of its file in `app_pages/`."""

    code: str
    keeps: tuple[str, ...] = ("lang", "province")
    """Choices that are handed on when the reader goes to this page."""

    @property
    def file(self) -> str:
        """The page's script, relative to `app.py`."""
        return f"app_pages/{self.code}.py"


PAGES = (
    PageSpec("overview"),
    PageSpec("compare_provinces"),
    PageSpec("unit_profile"),
    PageSpec("dan_van_kheo"),
    PageSpec("submit"),
    PageSpec("catalogue"),
)
"""In the order of the strip at the top; the first opens at the root."""
