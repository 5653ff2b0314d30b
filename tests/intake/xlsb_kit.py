"""The smallest binary workbook (.xlsb) that readers accept: one sheet of texts and numbers. No library writes this format."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterator, Sequence

_ROW, _REAL, _TEXT = 0, 5, 6
_SHEET, _END_SHEET, _DATA, _END_DATA, _SIZE = 129, 130, 145, 146, 148
_BOOK, _END_BOOK, _SHEETS, _END_SHEETS, _ONE_SHEET = 131, 132, 143, 144, 156
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
)


def xlsb(rows: Sequence[Sequence[str | float]]) -> bytes:
    """Return the content of a workbook whose sheet is called Sheet1."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS.format(kind="officeDocument", target="xl/workbook.bin"))
        relations = _RELATIONS.format(kind="worksheet", target="worksheets/sheet1.bin")
        archive.writestr("xl/_rels/workbook.bin.rels", relations)
        archive.writestr("xl/workbook.bin", _workbook())
        archive.writestr("xl/worksheets/sheet1.bin", b"".join(_sheet(rows)))
    return stream.getvalue()


def _workbook() -> bytes:
    sheet = struct.pack("<II", 0, 1) + _text("rId1") + _text("Sheet1")
    parts = ((_BOOK, b""), (_SHEETS, b""), (_ONE_SHEET, sheet), (_END_SHEETS, b""), (_END_BOOK, b""))
    return b"".join(_record(kind, data) for kind, data in parts)


def _sheet(rows: Sequence[Sequence[str | float]]) -> Iterator[bytes]:
    yield _record(_SHEET, b"")
    yield _record(_SIZE, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1))
    yield _record(_DATA, b"")
    for number, row in enumerate(rows):
        yield _record(_ROW, struct.pack("<IIHHBI", number, 0, 300, 0, 0, 0))
        for column, value in enumerate(row):
            place = struct.pack("<II", column, 0)
            if isinstance(value, str):
                yield _record(_TEXT, place + _text(value))
            else:
                yield _record(_REAL, place + struct.pack("<d", value))
    yield _record(_END_DATA, b"")
    yield _record(_END_SHEET, b"")


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, data: bytes) -> bytes:
    number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, left = b"", len(data)
    while True:
        size += bytes([left & 0x7F | (0x80 if left > 0x7F else 0)])
        left >>= 7
        if not left:
            return number + size + data
