"""Recognises files that are neither a workbook nor a CSV by their first bytes, so that the sender hears which kind it is."""

from __future__ import annotations

import re
import zipfile

from warehouse.intake.files.unreadable import UnreadableError

_INK = re.compile(rb"\S")
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html|head|meta|table|style)\b", re.IGNORECASE
)
# A web page with its pictures in one file: headers of an e-mail, one of which says "multipart/related" or "text/html".
_WEB_ARCHIVE = re.compile(
    rb"\s*(?:mime-version:|from:|x-document-type:|content-type:).{0,2000}?(?:multipart/related|text/html)",
    re.IGNORECASE | re.DOTALL,
)
_XML_TABLE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*<\?xml\b.{0,2000}?office:spreadsheet", re.IGNORECASE | re.DOTALL
)
_PHOTO_BRANDS = (b"heic", b"heix", b"heif", b"hevc", b"mif1", b"msf1", b"avif")
_STARTS = (
    ("file_is_pdf", (b"%PDF",)),
    ("file_is_photo", (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")),
    ("file_is_archive", (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")),
    ("file_is_archive", (b"PK\x05\x06",)),
    ("file_is_word", (b"{\\rtf",)),
)
# The names of streams in files of old Office programs, as they are written there.
_OLE_KINDS = (
    ("file_is_word", "WordDocument"),
    ("file_is_presentation", "PowerPoint Document"),
    ("file_is_email", "__substg1.0_"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_MIMETYPE_BYTES = 200


def refuse_other_kinds(content: bytes) -> None:
    """Raise UnreadableError for content that is plainly neither a workbook nor a CSV."""
    if not _INK.search(content):
        raise UnreadableError("file_empty")
    for rule, starts in _STARTS:
        if content.startswith(starts):
            raise UnreadableError(rule)
    if content[4:8] == b"ftyp" and content[8:12] in _PHOTO_BRANDS:
        raise UnreadableError("file_is_photo")
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        raise UnreadableError("file_is_photo")
    if content[:2] == b"BM" and content[6:10] == bytes(4):
        raise UnreadableError("file_is_photo")
    if _WEB_PAGE.match(content) or _WEB_ARCHIVE.match(content):
        raise UnreadableError("file_is_web_page")
    if _XML_TABLE.match(content):
        raise UnreadableError("file_is_xml")


def refuse_other_archives(archive: zipfile.ZipFile) -> None:
    """Raise UnreadableError for a zip archive that is no workbook: a letter, slides, or a folder of files."""
    names = archive.namelist()
    if any(name.startswith("xl/") for name in names):
        return
    for folder, rule in (("word/", "file_is_word"), ("ppt/", "file_is_presentation")):
        if any(name.startswith(folder) for name in names):
            raise UnreadableError(rule)
    if "mimetype" in names:
        with archive.open("mimetype") as stream:
            kind = stream.read(_MIMETYPE_BYTES).decode("ascii", "replace").strip()
        if kind.startswith(_OPEN_DOCUMENT + "text"):
            raise UnreadableError("file_is_word")
        if kind.startswith(_OPEN_DOCUMENT + "presentation"):
            raise UnreadableError("file_is_presentation")
        return
    if "[Content_Types].xml" not in names and "content.xml" not in names:
        raise UnreadableError("file_is_archive")


def rule_of_damaged(content: bytes) -> str:
    """Return the rule for a file of an old Office program that no reader of workbooks could open."""
    # A workbook may hold a letter as an object, so the names say something only where the workbook cannot be read.
    for rule, stream in _OLE_KINDS:
        if stream.encode("utf-16-le") in content:
            return rule
    return "file_damaged"
