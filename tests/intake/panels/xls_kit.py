"""Writes small .xls workbooks (BIFF8 in a compound file) for tests: no library of this project writes them."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

SECTOR = 512
# A stream of this many bytes or more lies in ordinary sectors.
LARGE_STREAM = 4096
FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def xls(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Return a workbook with these sheets; cells are numbers, texts or None."""
    stream = _workbook(sheets)
    stream = stream.ljust(max(LARGE_STREAM, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    # Sector 0 has the allocation table, sector 1 the directory, the others the stream.
    chain = [FAT_SECTOR, END, *range(3, count + 2), END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(SECTOR, b"\xff")
    assert len(table) == SECTOR, "the table of a small file is one sector"
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, LARGE_STREAM, END, 0, END, 0)
    header += struct.pack("<I", 0).ljust(SECTOR - len(header), b"\xff")
    directory = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, FREE, 2, len(stream))
    return header + table + directory.ljust(SECTOR, b"\0") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    encoded = (name + "\0").encode("utf-16-le")
    fields = (len(encoded), kind, 1, FREE, FREE, child, start, size)
    return encoded.ljust(64, b"\0") + struct.pack("<HBBIII36xIQ", *fields)


def _workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    bodies = [_sheet(rows) for rows in sheets.values()]
    names = [name.encode("utf-16-le") for name in sheets]
    place = len(begin) + sum(12 + len(name) for name in names) + 4
    entries = b""
    for name, body in zip(names, bodies, strict=True):
        entries += _record(0x85, struct.pack("<IBBBB", place, 0, 0, len(name) // 2, 1) + name)
        place += len(body)
    return begin + entries + _record(0x0A, b"") + b"".join(bodies)


def _sheet(rows: Sequence[Sequence[object]]) -> bytes:
    cells = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if isinstance(value, int | float):
                cells += _record(0x203, struct.pack("<HHHd", row, column, 0, value))
            elif value:
                text = str(value).encode("utf-16-le")
                cells += _record(0x204, struct.pack("<HHHHB", row, column, 0, len(text) // 2, 1) + text)
    return cells + _record(0x0A, b"")


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
