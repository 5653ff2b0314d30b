"""Tables as files for Excel that cannot carry a formula, with a note on their source."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from babel.numbers import get_decimal_symbol

from dashboard.language.texts import Language
from warehouse.text.vietnamese import neutralise

FIELD_SEPARATORS = {"vi": ";", "en": ","}
"""Where the comma is the decimal sign, Excel takes a semicolon between fields."""


def csv_bytes(frame: pd.DataFrame, notes: Sequence[str], language: Language) -> bytes:
    """Return `frame` as CSV that Excel opens in the reader's language, after `notes` as lines that start with `#`.

    Texts that a spreadsheet would run as a formula get an apostrophe in front; numbers stay numbers.
    """
    safe = frame.rename(columns=lambda name: harmless(str(name)))
    for column in safe.columns:
        if safe[column].dtype == object or isinstance(safe[column].dtype, pd.StringDtype):
            safe[column] = safe[column].map(harmless)
    body = safe.to_csv(
        index=False,
        sep=FIELD_SEPARATORS[language.code],
        decimal=get_decimal_symbol(language.code),
        lineterminator="\r\n",
    )
    head = "".join(f"# {' '.join(note.split())}\r\n" for note in notes)
    return f"{head}{body}".encode("utf-8-sig")


def harmless(value: object) -> object:
    """Return a text with an apostrophe in front where a spreadsheet would take it for a formula; else the value."""
    return neutralise(value) if isinstance(value, str) else value
