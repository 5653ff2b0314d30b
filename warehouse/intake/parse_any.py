"""Whatever arrives: a panel's workbook is read through its mapping, any other file through the forms."""

from __future__ import annotations

from pathlib import Path

from warehouse.intake.parse_file import parse_file
from warehouse.intake.parsed import ParsedFile
from warehouse.panels.mapping import recognise
from warehouse.panels.read import read_panel
from warehouse.reference import Context


def parse_any(path: Path, file_name: str, file_sha256: str, context: Context) -> ParsedFile:
    """What one file says; the same for the collection and for a dry run. Never raises on bad input."""
    mapping = recognise(path, file_name)
    if mapping is not None:
        return read_panel(path, file_name, file_sha256, mapping, context)
    return parse_file(path, file_name, file_sha256, context)
