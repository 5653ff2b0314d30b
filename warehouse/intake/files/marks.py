"""Finds what the look of a cell says and its content does not: superscripts, text that is struck through, percentages.

A cell that shows 12¹ holds the text 121, a cell that is struck through still has its number, and one that shows 85 % holds 0.85.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from html import unescape

import xlrd

_STYLES, _STRINGS = "xl/styles.xml", "xl/sharedStrings.xml"
MAX_STYLES_BYTES = 16 << 20
MAX_STRINGS_BYTES = 64 << 20
_CELL = re.compile(rb"<c ([^>]*[^/>])>(.*?)</c>", re.DOTALL)
_ADDRESS = re.compile(rb'\br="([A-Z]+)(\d+)"')
_STYLE = re.compile(rb'\bs="(\d+)"')
_KIND = re.compile(rb'\bt="(\w+)"')
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>")
_FONT = re.compile(rb"<font\b[^>]*?(?:/>|>(.*?)</font>)", re.DOTALL)
_STRIKE = re.compile(rb'<strike(?![^>]*\bval="(?:0|false)")[^>]*>')
_SUPERSCRIPT = re.compile(rb'<vertAlign [^>]*val="superscript"')
_FORMAT = re.compile(rb"<numFmt [^>]*>")
_XF = re.compile(rb"<xf ([^>]*)>")
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_STRING = re.compile(rb"<si\b[^>]*?(?:/>|>(.*?)</si>)", re.DOTALL)
_RUN = re.compile(rb"<r>(.*?)</r>", re.DOTALL)
_TEXT = re.compile(rb"<t\b[^>]*>(.*?)</t>", re.DOTALL)
_PERCENT_FORMATS = frozenset({b"9", b"10"})
_LITERAL = re.compile(r'"[^"]*"|\\.')
_RAISED = str.maketrans("0123456789()abcde", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾ᵃᵇᶜᵈᵉ")
Address = tuple[int, int]


@dataclass
class Marks:
    """Cells of one sheet by (row, column) from 0: texts with raised letters, cells struck through, cells shown in percent."""

    texts: dict[Address, str] = field(default_factory=dict)
    struck: set[Address] = field(default_factory=set)
    percents: set[Address] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.texts or self.struck or self.percents)


@dataclass(frozen=True)
class Looks:
    """The numbers of cell styles and of shared strings that mark a cell, as one .xlsx has them."""

    struck_styles: frozenset[bytes] = frozenset()
    percent_styles: frozenset[bytes] = frozenset()
    struck_strings: frozenset[bytes] = frozenset()
    raised_strings: dict[bytes, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.struck_styles or self.percent_styles or self.struck_strings or self.raised_strings)


def looks_of(archive: zipfile.ZipFile) -> Looks:
    """Return the styles and strings that mark cells; nothing for parts that are too large or missing."""
    struck_styles, percent_styles = _styles(_part(archive, _STYLES, MAX_STYLES_BYTES))
    struck_strings, raised = _strings(_part(archive, _STRINGS, MAX_STRINGS_BYTES))
    return Looks(struck_styles, percent_styles, struck_strings, raised)


def marks_of(xml: bytes, looks: Looks) -> Marks:
    """Return the marked cells of one sheet's XML."""
    found = Marks()
    has_rich_cells = b"vertAlign" in xml or b"<strike" in xml
    if not looks and not has_rich_cells:
        return found
    for attributes, inside in _CELL.findall(xml):
        address = _ADDRESS.search(attributes)
        if address is None:
            continue
        position = int(address[2]) - 1, _column_number(address[1])
        value = _VALUE.search(inside)
        style = _STYLE.search(attributes)
        kind = _KIND.search(attributes)
        if style and style[1] in looks.struck_styles and (value or b"<is>" in inside):
            found.struck.add(position)
        if style and style[1] in looks.percent_styles and value and (kind is None or kind[1] == b"n"):
            found.percents.add(position)
        if value and kind and kind[1] == b"s":
            if value[1] in looks.struck_strings:
                found.struck.add(position)
            if value[1] in looks.raised_strings:
                found.texts[position] = looks.raised_strings[value[1]]
        elif has_rich_cells and kind and kind[1] == b"inlineStr":
            _take_runs(found, position, inside)
    return found


def in_xls(workbook: xlrd.Book) -> dict[str, Marks]:
    """Return the marked cells of an .xls by sheet; it has to be opened with `formatting_info`."""
    fonts, formats = workbook.font_list, workbook.format_map
    struck = {index for index, xf in enumerate(workbook.xf_list) if fonts[xf.font_index].struck_out}
    percent = {
        index
        for index, xf in enumerate(workbook.xf_list)
        if xf.format_key in formats and "%" in _LITERAL.sub("", formats[xf.format_key].format_str)
    }
    raised = {index for index, font in enumerate(fonts) if font.escapement == 1}
    marks: dict[str, Marks] = {}
    for sheet in workbook.sheets():
        found = Marks()
        for row in range(sheet.nrows) if struck or percent or raised else ():
            for column, kind in enumerate(sheet.row_types(row)):
                if kind not in (xlrd.XL_CELL_TEXT, xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                    continue
                style = sheet.cell_xf_index(row, column)
                if style in struck:
                    found.struck.add((row, column))
                if style in percent and kind == xlrd.XL_CELL_NUMBER:
                    found.percents.add((row, column))
                runs = sheet.rich_text_runlist_map.get((row, column))
                if runs and kind == xlrd.XL_CELL_TEXT:
                    text = sheet.cell_value(row, column)
                    ends = [start for start, _ in runs[1:]] + [len(text)]
                    pieces = [(text[: runs[0][0]], False)]
                    pieces += [
                        (text[start:end], font in raised)
                        for (start, font), end in zip(runs, ends, strict=True)
                    ]
                    _take_pieces(found, (row, column), pieces)
        if found:
            marks[sheet.name] = found
    return marks


def _part(archive: zipfile.ZipFile, name: str, most_bytes: int) -> bytes:
    entry = archive.NameToInfo.get(name)
    return archive.read(entry) if entry is not None and entry.file_size <= most_bytes else b""


def _styles(xml: bytes) -> tuple[frozenset[bytes], frozenset[bytes]]:
    """Return the styles of cells that are struck through, and those that show a percentage."""
    formats = set(_PERCENT_FORMATS)
    for tag in _FORMAT.findall(xml):
        attributes = dict(_ATTRIBUTE.findall(tag))
        code = unescape(attributes.get(b"formatCode", b"").decode("utf-8", "replace"))
        if "%" in _LITERAL.sub("", code):
            formats.add(attributes.get(b"numFmtId", b""))
    fonts_xml = _between(xml, b"<fonts", b"</fonts>")
    fonts = {
        str(number).encode() for number, font in enumerate(_FONT.findall(fonts_xml)) if _STRIKE.search(font)
    }
    struck, percent = set(), set()
    for number, tag in enumerate(_XF.findall(_between(xml, b"<cellXfs", b"</cellXfs>"))):
        attributes = dict(_ATTRIBUTE.findall(tag))
        if attributes.get(b"fontId") in fonts:
            struck.add(str(number).encode())
        if attributes.get(b"numFmtId") in formats:
            percent.add(str(number).encode())
    return frozenset(struck), frozenset(percent)


def _strings(xml: bytes) -> tuple[frozenset[bytes], dict[bytes, str]]:
    """Return the numbers of shared strings with a struck piece, and the texts of those with raised letters."""
    if b"vertAlign" not in xml and b"<strike" not in xml:
        return frozenset(), {}
    found = Marks()
    for number, inside in enumerate(_STRING.findall(xml)):
        if b"vertAlign" in inside or b"<strike" in inside:
            _take_runs(found, (number, 0), inside)
    struck = frozenset(str(number).encode() for number, _ in found.struck)
    return struck, {str(number).encode(): text for (number, _), text in found.texts.items()}


def _take_runs(found: Marks, position: Address, inside: bytes) -> None:
    pieces = []
    for run in _RUN.findall(inside):
        text = unescape(b"".join(_TEXT.findall(run)).decode("utf-8", "replace"))
        if text.strip() and _STRIKE.search(run):
            found.struck.add(position)
        pieces.append((text, _SUPERSCRIPT.search(run) is not None))
    _take_pieces(found, position, pieces)


def _take_pieces(found: Marks, position: Address, pieces: list[tuple[str, bool]]) -> None:
    """Note the text with its raised letters, unless all of it is raised: then nothing is a mark."""
    if any(is_raised for _, is_raised in pieces) and any(
        text.strip() for text, is_raised in pieces if not is_raised
    ):
        found.texts[position] = "".join(
            text.translate(_RAISED) if is_raised else text for text, is_raised in pieces
        )


def _between(xml: bytes, start: bytes, end: bytes) -> bytes:
    first = xml.find(start)
    last = xml.find(end, first)
    return xml[first:last] if first >= 0 and last >= 0 else b""


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
