"""Whatever arrives: a panel's workbook is read through its mapping, any other file through the forms."""

from __future__ import annotations

from pathlib import Path

from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.panels.mapping import recognise
from warehouse.intake.panels.read import read_panel
from warehouse.intake.parse import parse_sent
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.reference.lists import Context


def parse_any(
    path: Path, file_name: str, file_sha256: str, context: Context, keep_tables: bool = False
) -> ParsedFile:
    """What one file says; the same for the collection and for a dry run. Never raises on bad input."""
    sent = SentFile(path)
    mapping = recognise(sent, file_name)
    if mapping is not None:
        return read_panel(sent, file_name, file_sha256, mapping, context)
    return parse_sent(sent, file_name, file_sha256, context, keep_tables)
