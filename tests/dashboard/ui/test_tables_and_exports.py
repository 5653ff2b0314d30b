"""Tables escape what units send; files carry no formula."""

from __future__ import annotations

import csv
import io

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from dashboard.language.texts import language
from dashboard.ui import exports, tables
from dashboard.ui.tables import Cell, Column, Table
from warehouse.text.vietnamese import FORMULA_STARTS

HOSTILE = '<img src=x onerror="alert(1)">'


def test_every_text_of_a_table_is_escaped() -> None:
    table = Table([Column(HOSTILE)], [[Cell(HOSTILE, href='x" onclick="y', note=HOSTILE)]], HOSTILE)
    html = tables.html(table)
    assert "<img" not in html
    assert 'onclick="' not in html


def test_cells_bear_their_heading_for_the_phone_and_marks_their_word() -> None:
    html = tables.html(Table([Column("Tên"), Column("Đánh giá")], [[Cell("Xã A"), Cell("Đạt", mark="met")]]))
    assert 'data-label="Đánh giá"' in html
    assert "mark-met" in html and "Đạt" in html
    assert '<th scope="row"' in html


def test_columns_that_say_nothing_are_left_out() -> None:
    table = Table(
        [Column("Tên"), Column("Mục tiêu"), Column("Đánh giá"), Column("Kết quả")],
        [
            [Cell("A"), Cell("–"), Cell("Chưa có", mark="no_target"), Cell("–")],
            [Cell("B"), Cell("–"), Cell("x", mark="no_target"), Cell("5")],
        ],
    )
    assert [column.title for column in tables.without_blank_columns(table).columns] == ["Tên", "Kết quả"]


@given(st.text(min_size=1, max_size=30))
def test_no_text_in_a_file_starts_a_formula(text: str) -> None:
    safe = str(exports.harmless(text)).lstrip(" \u00a0")
    assert not safe.startswith(FORMULA_STARTS)


def test_a_file_reads_in_vietnamese_excel_with_its_notes() -> None:
    frame = pd.DataFrame({"unit_name": ["Tỉnh Lạng Sơn", "=2+3"], "value": [84.5, -1.0], "count": [3, None]})
    data = exports.csv_bytes(frame, ["Bản phát hành: r1", "Có số liệu\nmô phỏng"], language("vi"))
    assert data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8-sig").splitlines()
    assert lines[:2] == ["# Bản phát hành: r1", "# Có số liệu mô phỏng"]
    rows = list(csv.reader(io.StringIO("\n".join(lines[2:])), delimiter=";"))
    assert rows[1] == ["Tỉnh Lạng Sơn", "84,5", "3,0"]
    assert rows[2] == ["'=2+3", "-1,0", ""]


def test_an_english_file_has_commas_and_points() -> None:
    data = exports.csv_bytes(pd.DataFrame({"value": [84.5]}), [], language("en")).decode("utf-8-sig")
    assert data == "value\r\n84.5\r\n"
