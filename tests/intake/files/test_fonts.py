"""Text in the fonts of before Unicode is read as the fonts showed it."""

from __future__ import annotations

import csv
import unicodedata
from itertools import zip_longest
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles import Font

from tests.intake.file_kit import SHARED_DIR, context, kept, parse
from tests.reference.units.name_damage import without_marks
from warehouse.intake.cells.numbers import convert
from warehouse.intake.files.grids import read_grids
from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.sheets.find_table import find_table
from warehouse.text.legacy_fonts import TCVN3_PATH, to_unicode

BUDGET = SHARED_DIR / "real" / "budget"
SAMPLES = [
    "Tỉnh Lạng Sơn",
    "đường ưu tiên",
    "Huyện Đất Đỏ",
    "khuỷu tay",
    "nghĩa vụ",
    "Ỷ lại",
    "quý, quỹ, thủy",
]
# The VNI table from letters to characters: a VNI keyboard puts these characters into a cell.
VNI_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
VNI_CIRCUMFLEX = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
VNI_BREVE = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
VNI_WHOLE = {"í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î", "đ": "ñ"}


def in_tcvn3(text: str) -> str:
    """Return the characters that a TCVN3 keyboard puts into a cell."""
    with TCVN3_PATH.open(encoding="utf-8", newline="") as lines:
        bytes_of = {row["character"]: chr(int(row["byte_hex"], 16)) for row in csv.DictReader(lines)}
    return "".join(bytes_of.get(letter, letter) for letter in text)


def in_vni(text: str) -> str:
    """Return the characters that a VNI keyboard puts into a cell."""
    written = []
    for letter in text:
        small = letter.lower()
        if small in VNI_WHOLE:
            shown = VNI_WHOLE[small]
        else:
            base, *marks = unicodedata.normalize("NFD", small)
            tone = next((mark for mark in marks if mark in VNI_TONES), "")
            if "\u0302" in marks:
                shown = base + VNI_CIRCUMFLEX[tone]
            elif "\u0306" in marks:
                shown = base + VNI_BREVE[tone]
            else:
                horn = {"o": "ô", "u": "ö"}[base] if "\u031b" in marks else base
                shown = horn + VNI_TONES.get(tone, "")
        written.append(shown.upper() if letter.isupper() else shown)
    return "".join(written)


@pytest.mark.parametrize("text", SAMPLES)
def test_tcvn3_and_vni_come_back(text: str) -> None:
    # TCVN3 has no capitals with tones: they are small letters in a font that draws capitals.
    small = text.lower()
    assert to_unicode(in_tcvn3(small), ".VnTime") == small
    assert to_unicode(in_tcvn3(small), ".VnTimeH") == small.upper()
    assert to_unicode(in_vni(text), "VNI-Times") == text
    assert to_unicode(in_vni(text.upper()), "VNI-Helve-Condense") == text.upper()


@given(
    st.text("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạắằẳẵặấầẩẫậếềểễệíìỉĩịốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ ,.0123456789")
)
def test_any_vietnamese_text_in_tcvn3_comes_back(text: str) -> None:
    assert to_unicode(in_tcvn3(text), ".VnArial") == text


@pytest.mark.parametrize("font", [".VnTime", ".VnTimeH", "VNI-Times", "Times New Roman"])
def test_unicode_typed_in_an_old_font_stays(font: str) -> None:
    assert to_unicode("Tỉnh Lạng Sơn", font) == "Tỉnh Lạng Sơn"


def test_other_fonts_are_left_alone() -> None:
    assert to_unicode("L¹ng S¬n", "Arial") == "L¹ng S¬n"


def fill(path: Path, headings: list[str], cells: list[object], font: str) -> Path:
    workbook = openpyxl.Workbook()
    workbook.active.append(headings)
    workbook.active.append(cells)
    for row in workbook.active.iter_rows():
        for cell in row:
            cell.font = Font(name=font)
    workbook.save(path)
    return path


@pytest.mark.parametrize(("font", "write"), [(".VnTime", in_tcvn3), ("VNI-Times", in_vni)])
def test_a_workbook_in_an_old_font_is_read_as_shown(tmp_path: Path, font: str, write: object) -> None:
    assert callable(write)
    headings = [
        write(text) for text in ["tên đơn vị", "kỳ báo cáo", "mã chỉ tiêu", "tử số", "mẫu số", "ghi chú"]
    ]
    cells = [
        write("tỉnh lạng sơn"),
        "2026-10",
        "TTHC_DUNGHAN",
        49,
        50,
        write("đã rà soát, chờ duyệt ở huyện"),
    ]
    (row,) = kept(parse(fill(tmp_path / "bc.xlsx", headings, cells, font)))
    assert (row["unit_key"], row["numerator"], row["note"]) == (
        "20@2025-07-01",
        49,
        "đã rà soát, chờ duyệt ở huyện",
    )


def test_several_fonts_in_one_cell_are_read_as_shown(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "rich.xlsx") as workbook:
        old, new = (workbook.add_format({"font_name": name}) for name in (".VnTime", "Times New Roman"))
        workbook.add_worksheet().write_rich_string("A1", old, in_tcvn3("đơn vị"), new, " – Ủy ban")
    (grid,) = read_grids(SentFile(tmp_path / "rich.xlsx"))
    assert grid.rows[0][0] == "đơn vị – Ủy ban"


@pytest.mark.shared
@pytest.mark.skipif(not BUDGET.exists(), reason="needs the real workbooks in ../shared")
def test_a_real_tcvn3_workbook_is_read_as_its_own_unicode_copy() -> None:
    """Plan_2003.xls holds the same table twice: in TCVN3 fonts, and typed again in Unicode."""
    old, new = read_grids(SentFile(BUDGET / "Plan_2003.xls"))
    assert (old.sheet, new.sheet) == ("Sheet1", "Sheet1 (2)")
    differing, compared = [], 0
    for old_row, new_row in zip_longest(old.rows, new.rows, fillvalue=()):
        for old_cell, new_cell in zip_longest(old_row, new_row):
            # The errors in the two copies differ: #VALUE! in one, #REF! in the other.
            if (
                not isinstance(old_cell, str)
                or not isinstance(new_cell, str)
                or new_cell.startswith(("#", " "))
            ):
                continue
            compared += 1
            if " ".join(old_cell.upper().split()) != " ".join(new_cell.upper().split()):
                differing.append((old_cell, new_cell))
    assert compared > 100
    assert differing == []
    assert old.rows[0][0] == "BỘ TÀI CHÍNH"
    assert any("TRUNG ƯƠNG" in str(cell) for row in old.rows for cell in row)
    assert any(cell == "#REF!" for row in old.rows for cell in row)
    assert {15, 16} <= set(old.hidden_rows)
    assert find_table(old, context().reference) is None


@pytest.mark.shared
@pytest.mark.skipif(not BUDGET.exists(), reason="needs the real workbooks in ../shared")
def test_a_real_number_behind_a_footnote_mark_is_read() -> None:
    (grid,) = read_grids(SentFile(BUDGET / "Final_2008.xls"))
    (cell,) = [cell for row in grid.rows for cell in row if isinstance(cell, str) and "419.278.223" in cell]
    values, issues = convert("value", [cell])
    assert values == [419_278_223.0]
    assert issues[0] is not None
    assert issues[0].rule == "number_footnote"
    names = {without_marks(str(cell)).upper() for row in grid.rows for cell in row if isinstance(cell, str)}
    assert {"QUANG NINH", "HA GIANG", "TUYEN QUANG", "LANG SON"} <= names
