"""The fast path for long tables: reports without any finding are read by column, all at once.

Reading by row is the program; this room only abbreviates it. It has one door, `take_whole_reports`, which
`warehouse.intake.parse` calls once. Without that call every file is read by row, with the same result, only slower.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.intake.bulk.whole_reports import Taken
    from warehouse.intake.files.sent_file import SentFile
    from warehouse.reference.context import Context

# A smaller file is read by row before its columns are made.
MIN_BYTES = 64 * 1024


def take_whole_reports(sent: SentFile, file_sha256: str, context: Context) -> Taken | None:
    """Take the plain reports at once; return None for a short file, or one that only the row path can read.

    Raises UnreadableError.
    """
    if len(sent.content) < MIN_BYTES:
        return None
    # Imported here: most files are short, and a dry run of one starts sooner without Arrow.
    from warehouse.intake.bulk.whole_reports import take_long  # noqa: PLC0415

    return take_long(sent, file_sha256, context)
