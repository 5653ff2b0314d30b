"""Tables as files for Excel that cannot carry a formula, with a note of where they come from."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard.formats import SEPARATORS
from dashboard.language import Language
from warehouse.text.vietnamese import neutralise

FIELD_SEPARATORS = {"vi": ";", "en": ","}
"""Where the comma is the decimal sign, Excel takes a semicolon between fields."""


def csv_bytes(frame: pd.DataFrame, notes: Sequence[str], language: Language) -> bytes:
    """`frame` as CSV that Excel opens in the reader's language, `notes` first, each as a line that starts with `#`.

    Texts that a spreadsheet would run as a formula get an apostrophe in front; numbers stay numbers.
    """
    safe = frame.rename(columns=lambda name: harmless(str(name)))
    for column in safe.columns:
        if safe[column].dtype == object or isinstance(safe[column].dtype, pd.StringDtype):
            safe[column] = safe[column].map(harmless)
    decimal = SEPARATORS[language.code][0]
    body = safe.to_csv(
        index=False, sep=FIELD_SEPARATORS[language.code], decimal=decimal, lineterminator="\r\n"
    )
    head = "".join(f"# {' '.join(note.split())}\r\n" for note in notes)
    return (head + body).encode("utf-8-sig")


def harmless(value: object) -> object:
    """A text with an apostrophe in front where a spreadsheet would take it for a formula; the rest unchanged."""
    return neutralise(value) if isinstance(value, str) else value
