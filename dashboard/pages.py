"""The pages in one list: a new page is a folder in `app_pages/` with a `page.py`, and a line here.

Titles stand in the language files under `page.<code>`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).with_name("app_pages")


@dataclass(frozen=True)
class PageSpec:
    """One page. Its code is its address and the name of its folder."""

    code: str
    keeps: tuple[str, ...] = ("lang", "province")
    """Choices that are handed on when the reader goes to this page."""

    @property
    def folder(self) -> Path:
        """The folder that holds all that this page alone needs."""
        return FOLDER.joinpath(self.code)

    @property
    def script(self) -> Path:
        """The script that Streamlit runs."""
        return self.folder / "page.py"


PAGES = (
    PageSpec("overview"),
    PageSpec("compare_provinces"),
    PageSpec("unit_profile"),
    PageSpec("dan_van_kheo"),
    PageSpec("submit"),
    PageSpec("catalogue"),
)
"""In the order of the strip at the top; the first opens at the root."""
