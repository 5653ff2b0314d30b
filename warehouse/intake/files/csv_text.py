"""Reads a CSV as text: finds its encoding and its delimiter, takes off the comment lines at the top."""

from __future__ import annotations

import codecs
import csv
import re
from typing import NamedTuple

from warehouse.intake.files.unreadable import UnreadableError

MAX_FIELD_CHARACTERS = 1_000_000
DELIMITERS = (",", ";", "\t")
# The delimiter is found in these first lines: title rows may have commas of their own.
DELIMITER_SAMPLE_LINES = 40
# Letters that Vietnamese in Windows-1258 does not have: a sign between two letters, a tone on a consonant, letters of
# other languages. Several of them mean another encoding (TCVN3, VNI), or another language.
MIN_ODD_LETTERS = 2
_ODD_LETTER = re.compile(
    r"(?<=[^\W\d_])[\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7](?=[^\W\d_])"
    r"|[b-df-hj-np-tv-xzđ][\u0300\u0301\u0303\u0309\u0323]|[äåæëïñöøûü]",
    re.IGNORECASE,
)
# UTF-8 that was read as another code page and saved again: `MÃ£ Ä‘Æ¡n vá»‹`. Letters are lost on the way, so it cannot be mended.
MIN_MISREAD = 3
MISREAD_SAMPLE_CHARACTERS = 65_536
_MISREAD = re.compile("[\u00c3-\u00c6][\u0080-\u00bf\u2018-\u201d\u2020-\u2026]|\u00e1[\u00ba\u00bb]")
UTF16_SAMPLE_BYTES = 4096
# Zeros must be so many times more frequent at even positions than at odd ones, or the reverse.
UTF16_ZEROS_RATIO = 10


class CsvText(NamedTuple):
    """The text of a CSV without the comment lines at its top."""

    comments: list[str]
    delimiter: str
    text: str


def open_csv(content: bytes) -> CsvText:
    """Decode a CSV, and take off the comment lines at its top. Raises UnreadableError."""
    text = decode(content)
    if "\x00" in text:
        raise UnreadableError("file_not_a_table")
    comments: list[str] = []
    while text.lstrip(" ").startswith("#"):
        line, _, text = text.partition("\n")
        comments.append(line.rstrip("\r"))
    return CsvText(comments, delimiter_of(text), text)


def decode(content: bytes) -> str:
    """Decode a CSV: as UTF-16 or UTF-8 by its byte order mark, else as UTF-8 where that is valid, else as Windows-1258.

    Raises UnreadableError where the text would be a guess: TCVN3 and VNI can be told only by a font, which a CSV has not.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    unmarked = _unmarked_utf16(content)
    if unmarked:
        return content.decode(unmarked, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Bytes without a letter in the encoding become U+FFFD; a later check asks about them.
        text = content.decode("cp1258", errors="replace")
    if len(_ODD_LETTER.findall(text)) >= MIN_ODD_LETTERS:
        raise UnreadableError("file_encoding_unknown")
    return text


def is_misread(content: bytes) -> bool:
    """Whether the letters of a CSV were read in a wrong code page before it was saved."""
    try:
        text = decode(content)[:MISREAD_SAMPLE_CHARACTERS]
    except UnreadableError:
        return False
    return len(_MISREAD.findall(text)) >= MIN_MISREAD


def _unmarked_utf16(content: bytes) -> str | None:
    """Return UTF-16 for content without a mark in which every other byte is zero, as ASCII letters leave it."""
    sample = content[:UTF16_SAMPLE_BYTES]
    evens, odds = sample[::2].count(0), sample[1::2].count(0)
    if len(content) % 2 or evens + odds < len(sample) / 3:
        return None
    if odds and evens * UTF16_ZEROS_RATIO < odds:
        return "utf-16-le"
    return "utf-16-be" if evens and odds * UTF16_ZEROS_RATIO < evens else None


def delimiter_of(text: str) -> str:
    """Return the delimiter that most lines of a sample agree on; among equals, the one that gives more columns."""
    lines = [line for line in text[:65_536].splitlines()[:DELIMITER_SAMPLE_LINES] if line.strip()]
    if lines and lines[0].lower().startswith("sep=") and lines[0][4:5] in DELIMITERS:
        return lines[0][4]

    def agreement(delimiter: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        wide = [width for width in widths if width > 1]
        commonest = max(set(wide), key=wide.count) if wide else 0
        return wide.count(commonest) if wide else 0, commonest

    return max(DELIMITERS, key=agreement)
