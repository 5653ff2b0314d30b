"""A cell's look may change what it says: raised footnotes, text struck through, percentages, merged and far cells."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.intake.file_kit import BC_HEADER, kept, parse, rules
from warehouse.intake.reports.parsed import ParsedFile

COUNT = ["20", "2026-09", "KK_DONGNGUOI", None, None, 12, None]
RATE = ["20", "2026-09", "TTHC_DUNGHAN", 171, 200, None, None]


def book_of(*rows: list[Any]) -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in (BC_HEADER, *rows):
        book.active.append(row)
    return book


def parse_book(tmp_path: Path, book: openpyxl.Workbook) -> ParsedFile:
    path = tmp_path / "bc.xlsx"
    book.save(path)
    return parse(path)


@pytest.mark.parametrize(("raised", "shown"), [("1", "12¹"), ("(2)", "12⁽²⁾"), ("a", "12ᵃ"), ("*", "12*")])
def test_a_raised_footnote_is_no_digit(tmp_path: Path, raised: str, shown: str) -> None:
    book = book_of(COUNT)
    footnote = TextBlock(InlineFont(vertAlign="superscript"), raised)
    book.active["F2"] = CellRichText(TextBlock(InlineFont(), "12"), footnote)
    parsed = parse_book(tmp_path, book)
    assert kept(parsed)[0]["value"] == 12
    assert (parsed.findings[0]["rule_code"], parsed.findings[0]["found_value"]) == ("number_footnote", shown)


def test_a_raised_footnote_in_the_cell_itself_is_no_digit(tmp_path: Path) -> None:
    """Some programs write the text into the cell instead of the table of shared strings."""
    path = tmp_path / "bc.xlsx"
    with xlsxwriter.Workbook(path, {"in_memory": True, "constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, BC_HEADER)
        sheet.write_row(1, 0, COUNT[:5])
        sheet.write_rich_string(1, 5, "12", book.add_format({"font_script": 1}), "1")
    assert kept(parse(path))[0]["value"] == 12


@pytest.mark.parametrize(
    ("address", "rule"),
    [("F2", "cell_struck_through"), ("A2", "cell_struck_through"), ("G2", "text_struck_through")],
)
def test_a_struck_cell_is_asked_about(tmp_path: Path, address: str, rule: str) -> None:
    book = book_of([*COUNT[:6], "ghi chú"])
    book.active[address].font = Font(strike=True)
    assert rules(parse_book(tmp_path, book)) == [rule]


def test_a_struck_part_of_a_cell_is_asked_about(tmp_path: Path) -> None:
    book = book_of(COUNT)
    book.active["F2"] = CellRichText(TextBlock(InlineFont(strike=True), "12"), TextBlock(InlineFont(), "13"))
    parsed = parse_book(tmp_path, book)
    assert "cell_struck_through" in rules(parsed)
    assert not kept(parsed)


@pytest.mark.parametrize(
    ("indicator", "address", "look", "told"),
    [
        ("DVCQ_DIEM", "F2", (0.85, "0%"), ["cell_shows_percent"]),
        ("DVCQ_DIEM", "F2", (0.85, '0.0"%"'), []),
        ("KK_DONGNGUOI", "F2", (0, "0.00%"), []),
        ("KK_DONGNGUOI", "F2", (3, "0.00%"), ["cell_shows_percent"]),
        ("TTHC_DUNGHAN", "F2", (0.855, "0.0%"), []),
        ("TTHC_DUNGHAN", "D2", (171, "0%"), ["cell_shows_percent"]),
    ],
)
def test_a_percentage_is_asked_about_where_none_belongs(
    tmp_path: Path, indicator: str, address: str, look: tuple[float, str], told: list[str]
) -> None:
    row = [*RATE] if indicator == "TTHC_DUNGHAN" else [*COUNT]
    row[1:3] = ["2025" if indicator == "DVCQ_DIEM" else "2026-09", indicator]
    book = book_of(row)
    cell = book.active[address]
    cell.value, cell.number_format = look
    assert rules(parse_book(tmp_path, book), "error") == told


def test_a_value_that_is_merged_over_two_rows_is_asked_about(tmp_path: Path) -> None:
    book = book_of(
        COUNT, [*COUNT[:2], "TG_VUVIEC", None, None, None, None], [*COUNT[:2], "TD_TINH", None, None, 2, None]
    )
    book.active.merge_cells("F2:F3")
    parsed = parse_book(tmp_path, book)
    assert rules(parsed) == ["cells_merged"]
    assert parsed.findings[0]["cell"] == "F2"
    assert not kept(parsed)


def test_a_value_that_is_merged_over_two_figures_is_asked_about(tmp_path: Path) -> None:
    book = book_of(RATE)
    book.active["E2"] = None
    book.active.merge_cells("D2:E2")
    assert "cells_merged" in rules(parse_book(tmp_path, book))


def test_more_days_than_the_month_has_are_asked_about(tmp_path: Path) -> None:
    rows = [[*COUNT[:2], "TD_TINH", None, None, days, None] for days in (30, 31)]
    rows[1][0] = "08"
    parsed = parse_book(tmp_path, book_of(*rows))
    assert rules(parsed, "error") == ["days_above_period"]
    assert [row["value"] for row in kept(parsed)] == [30]


@pytest.mark.parametrize("address", ["XFD1048576", "A1048576", "ALL400000", "F900000"])
def test_a_stray_cell_far_away_is_not_read(tmp_path: Path, address: str) -> None:
    book = book_of(COUNT, RATE)
    book.active[address] = "x"
    parsed = parse_book(tmp_path, book)
    assert len(kept(parsed)) == 2
    assert [(f["rule_code"], f["found_value"]) for f in parsed.findings] == [("cells_far_away", address)]


def test_rows_below_a_short_gap_are_no_stray_cells(tmp_path: Path) -> None:
    book = book_of(COUNT)
    for column, cell in enumerate(RATE, 1):
        book.active.cell(900, column, cell)
    assert len(kept(parse_book(tmp_path, book))) == 2
