"""Long tables are read by column and short ones by row: both paths say the same about every file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from tests.intake.file_kit import BC_HEADER, BC_HEADINGS_VI, context, kept, parse, write_csv, write_xlsx
from tests.intake.mutator import mutant
from warehouse.intake.bulk import long_sheet, rest, take_whole_reports
from warehouse.intake.bulk.columns import combine, encode_rows, first_rows, rows_at
from warehouse.intake.bulk.csv_columns import read_csv_columns
from warehouse.intake.checks.registry import CHECKS
from warehouse.intake.files.csv_rows import rows_of
from warehouse.intake.files.csv_text import open_csv
from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.parse import parse_file
from warehouse.intake.record import batch
from warehouse.intake.record import staging as staged_tables
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.raw.arrow import arrow_schema

TX_HEADER = [
    *("unit_code", "unit_name", "period", "division", "rated_count", "outstanding_count", "good_count"),
    *("completed_count", "not_completed_count", "rewarded_count", "disciplined_count"),
]
UNITS = ["20", "08", "20-DU-UBND", "01", "06445", "00004"]
ODD_UNITS = ["", "8", "99", "4", "Lạng Sơn", "15", "020", " 20 ", "20.0"]
PERIODS = ["2026-10", "2026-09"]
ODD_PERIODS = ["", "10/2026", "Tháng 9 năm 2026", "2026-Q1", "2031-01", "Quý II/2026", "1980-01", "2026"]
INDICATORS = ["TTHC_DUNGHAN", "KNTC_GQ", "DVK_DK", "KK_DONGNGUOI", "BC_DUNGHAN", "TD_TINH"]
ODD_INDICATORS = ["", "TTHC DUNGHAN", "tthc_dunghan", "TTHC_DUNGHAM", "XYZ"]
NUMBERS = ["0", "7", "12", "100", "", ""]
ODD_NUMBERS = [
    *(
        "1.234",
        "1,5",
        "1.234,5",
        "1,234.5",
        "85%",
        "85 %",
        "-",
        "…",
        "x",
        "-3",
        "12*",
        "không áp dụng",
        "abc",
        "3,0",
    ),
    *(
        "#REF!",
        "#FORMULA!",
        "1e5",
        "9007199254740993",
        "1234567890123456",
        "0.85",
        "66.67",
        "33,33",
        "\u00a012 ",
    ),
]
NOTES = [
    "",
    "mô phỏng",
    "Ghi chú, có dấu phẩy",
    'nói "vậy"',
    "gọi 0912345678",
    "  hai  dấu  cách ",
    "mất ch\ufffd",
    "Tổng cộng",
]
FILLERS = [
    [],
    ["", "", ""],
    ["Tổng cộng", "", "", "5"],
    ["Người lập biểu"],
    ["(1)", "(2)", "(3)"],
    ["", "Ký tên"],
]


TITLES = [
    [],
    [["BÁO CÁO CHỈ TIÊU"], ["Kỳ báo cáo: Tháng 10/2026"]],
    [["Cách gửi:", "chỉ sửa các dòng có trong tệp"]],
    [["Cách gửi:", "sửa gì đó"]],
]


# The head has so few rows that small files have rows below it.
HEAD_ROWS = 4


@contextmanager
def by_column(part_rows: int = rest.PART_ROWS, head_rows: int = HEAD_ROWS) -> Iterator[None]:
    """Read every file by column, however small."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warehouse.intake.bulk.MIN_BYTES", 1)
        patch.setattr(long_sheet, "HEAD_ROWS", head_rows)
        patch.setattr(rest, "PART_ROWS", part_rows)
        yield


@contextmanager
def by_row() -> Iterator[None]:
    """Run the program without the one call of the fast path."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warehouse.intake.parse.take_whole_reports", lambda *_: None)
        yield


def said(parsed: ParsedFile) -> tuple[Any, ...]:
    """Return every row and finding of a file. Rows of a table have no order; findings are numbered in order."""
    records = {
        name: sorted(map(repr, map(sorted_items, rows))) for name, rows in parsed.records.items() if rows
    }
    return parsed.outcome, sorted(map(repr, map(sorted_items, parsed.submissions))), parsed.findings, records


def sorted_items(row: dict[str, Any]) -> list[tuple[str, Any]]:
    return sorted(row.items())


def assert_both_paths_agree(path: Path) -> ParsedFile:
    with by_row():
        parsed = parse(path)
    for part_rows in (rest.PART_ROWS, 3):
        with by_column(part_rows):
            assert said(parse(path)) == said(parsed)
    return parsed


def cells(usual: Sequence[str], odd: Sequence[str]) -> st.SearchStrategy[str]:
    """Draw a cell, nearly always a usual one: a report with any odd cell is not read by column."""
    return st.integers(0, 60).flatmap(lambda luck: st.sampled_from(odd if luck == 0 else usual))


@st.composite
def bc_rows(draw: st.DrawFn) -> list[list[str]]:
    rows: list[list[str]] = []
    for unit in draw(st.lists(cells(UNITS, ODD_UNITS), min_size=1, max_size=6)):
        period = draw(cells(PERIODS, ODD_PERIODS))
        for indicator in draw(st.lists(st.sampled_from(INDICATORS), min_size=1, max_size=4, unique=True)):
            figures = (
                ["5", "9", ""] if indicator in ("TTHC_DUNGHAN", "KNTC_GQ", "BC_DUNGHAN") else ["", "", "7"]
            )
            odd = draw(st.integers(-40, 2))
            if odd >= 0:
                figures[odd] = draw(st.sampled_from(ODD_NUMBERS + NUMBERS))
            code = draw(cells([indicator], ODD_INDICATORS))
            rows.append([unit, period, code, *figures, draw(cells(["", "mô phỏng"], NOTES))])
    for _ in range(draw(st.integers(0, 2))):
        rows.insert(draw(st.integers(0, len(rows))), draw(st.sampled_from(FILLERS)))
    return rows


@st.composite
def tx_rows(draw: st.DrawFn) -> list[list[str]]:
    rows = []
    for unit in draw(st.lists(cells(UNITS, ODD_UNITS), min_size=1, max_size=6)):
        period = draw(cells(PERIODS, ODD_PERIODS))
        for division in draw(
            st.lists(st.sampled_from(["", "Khối Đảng", "Khối chính quyền"]), min_size=1, max_size=3)
        ):
            times = draw(st.sampled_from([1, 1, 1, 2]))
            counts = [*(str(times * count) for count in (10, 2, 3, 4, 1)), "", "0"]
            if draw(st.integers(0, 15)) == 0:
                counts[draw(st.integers(0, 6))] = draw(st.sampled_from(ODD_NUMBERS + NUMBERS))
            rows.append([unit, "", period, division, *counts])
    return rows


FEW = hypothesis_settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@FEW
@given(rows=bc_rows(), title=st.sampled_from(TITLES))
def test_a_csv_of_bc_says_the_same_on_both_paths(
    tmp_path: Path, rows: list[list[str]], title: list[list[str]]
) -> None:
    above = title
    assert_both_paths_agree(write_csv(tmp_path / "bc.csv", [*above, BC_HEADER, *rows]))


@FEW
@given(rows=tx_rows())
def test_a_csv_of_tx_says_the_same_on_both_paths(tmp_path: Path, rows: list[list[str]]) -> None:
    assert_both_paths_agree(write_csv(tmp_path / "tx.csv", [TX_HEADER, *rows]))


@FEW
@given(rows=bc_rows())
def test_a_workbook_says_the_same_on_both_paths(tmp_path: Path, rows: list[list[str]]) -> None:
    def typed(text: str) -> object:
        return float(text) if text in NUMBERS and text else text

    sheet = [[typed(cell) if place > 2 else cell for place, cell in enumerate(row)] for row in rows]
    assert_both_paths_agree(write_xlsx(tmp_path / "bc.xlsx", [["Báo cáo"], BC_HEADINGS_VI, *sheet]))


def test_mutants_say_the_same_on_both_paths(tmp_path: Path) -> None:
    for seed in range(60):
        made = mutant(seed, tmp_path)
        path = tmp_path / made.file_name
        path.write_bytes(made.content)
        assert_both_paths_agree(path)
        path.unlink()


def test_plain_reports_are_read_by_column_and_others_are_left_to_the_row_path(tmp_path: Path) -> None:
    clean = [[unit, "2026-10", "TTHC_DUNGHAN", "5", "9", "", ""] for unit in UNITS]
    dirty = [
        ["12", "2026-10", "TTHC_DUNGHAN", "9", "5", "", ""],
        ["12", "2026-10", "DVK_DK", "", "", "3", ""],
    ]
    path = write_csv(tmp_path / "bc.csv", [BC_HEADER, *clean, *dirty, ["Tổng cộng", "", "", "5"]])
    with by_column():
        taken = take_whole_reports(SentFile(path), "ab" * 32, context())
        parsed = parse(path)
    assert taken is not None
    # Three rows stand in the head of the sheet, and the report below it is the one that bears the sheet's findings.
    assert taken.raw_tables["bc_rows"].column("row_number").to_pylist() == [6, 7]
    (left,) = taken.rest
    assert list(left.row_numbers) == [2, 3, 4, 5, 8, 9]
    assert [issue.rule for issue in left.issues] == ["rows_passed_over"]
    assert {row["unit_key"] for row in kept(parsed)} >= {"20@2025-07-01", "08@2025-07-01"}
    assert {row["cell"] for row in kept(parsed)} == {f"D{number}" for number in range(2, 2 + len(clean))}


def test_both_paths_mark_part_corrections_and_the_choice_on_the_page_goes_before_the_cell(
    tmp_path: Path,
) -> None:
    rows = [[unit, "2026-10", "TTHC_DUNGHAN", "5", "9", "", ""] for unit in UNITS]
    title = ["Cách gửi:", "chỉ sửa các dòng có trong tệp"]
    path = write_csv(tmp_path / "bc.csv", [title, BC_HEADER, *rows])
    for way in (by_row, by_column):
        with way():
            from_cell = parse_file(path, path.name, "ab" * 32, context())
            from_page = parse_file(path, path.name, "ab" * 32, context(), how_sent="whole")
        assert [row["is_part_correction"] for row in from_cell.submissions] == [True] * len(UNITS)
        assert [row["is_part_correction"] for row in from_page.submissions] == [False] * len(UNITS)


def test_a_long_file_is_read_by_column_and_says_the_same_by_row(tmp_path: Path) -> None:
    """No limit is lowered here: this is the file as senders have it."""
    months = [f"2025-{month:02d}" for month in range(1, 13)]
    rows = [
        [unit, month, "TTHC_DUNGHAN", str(number), "99", "", ""]
        for number, (unit, month) in enumerate((unit, month) for unit in UNITS for month in months)
    ]
    rows[50][3] = "1.234"
    notes = [[*row[:-1], "ghi chú " * 120] for row in rows]
    path = write_csv(tmp_path / "bc.csv", [BC_HEADER, *notes])
    taken = take_whole_reports(SentFile(path), "ab" * 32, context())
    assert taken is not None
    assert 0 < taken.raw_tables["bc_rows"].num_rows < len(rows)
    with by_row():
        one_by_one = parse(path)
    assert said(parse(path)) == said(one_by_one)
    assert len(kept(one_by_one)) == len(rows) - 2


def test_a_short_file_is_left_to_the_row_path(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "bc.csv", [BC_HEADER, ["20", "2026-10", "TTHC_DUNGHAN", "5", "9", "", ""]])
    assert take_whole_reports(SentFile(path), "ab" * 32, context()) is None


def repeated_heading() -> list[list[str]]:
    rows = [[unit, "2026-10", "TTHC_DUNGHAN", "5", "9", "", "", ""] for unit in UNITS * 3]
    rows[-1][-1] = "7"
    return [[*BC_HEADER, "value"], *rows]


def test_a_heading_that_stands_twice_is_asked_about_in_every_report(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "bc.csv", repeated_heading())
    parsed = assert_both_paths_agree(path)
    assert {finding["rule_code"] for finding in parsed.findings} >= {"column_repeated"}
    assert not kept(parsed)


def test_rows_of_a_signature_below_rows_that_were_taken_are_data(tmp_path: Path) -> None:
    """A blank row, rows of plain reports, then a row of few texts: no gap reaches over the rows between."""
    plain = [[unit, "2026-10", "TTHC_DUNGHAN", "5", "9", "", ""] for unit in UNITS]
    rows = [*plain, ["", "", "", "", "", "", ""], *([unit, "2026-09", *row[2:]] for unit, *row in plain)]
    short = ["Người lập", "biểu", "", "", "", "", ""]
    assert_both_paths_agree(write_csv(tmp_path / "bc.csv", [BC_HEADER, *rows, short]))


FAULTS = [
    lambda line: f"{line},5",
    lambda line: line.rpartition(",")[0],
    lambda line: line.replace(",", ";"),
    lambda line: f'{line}"chưa đóng',
    lambda line: line.replace(",", ";", 3),
    lambda line: "",
    lambda line: "Người lập biểu",
]


@hypothesis_settings(FEW, max_examples=30)
@given(
    rows=bc_rows(),
    faults=st.lists(st.tuples(st.integers(0, 30), st.sampled_from(FAULTS)), min_size=1, max_size=3),
    title=st.sampled_from(["", "Biểu BC, tháng 9\n", "# form=BC\n"]),
)
def test_faulty_lines_say_the_same_on_both_paths(
    tmp_path: Path, rows: list[list[str]], faults: list[tuple[int, Any]], title: str
) -> None:
    path = write_csv(tmp_path / "bc.csv", [BC_HEADER, *rows])
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    for number, fault in faults:
        if number < len(lines):
            lines[number] = fault(lines[number])
    path.write_text(title + "\n".join([header, *lines]) + "\n", encoding="utf-8")
    assert_both_paths_agree(path)


def test_each_mask_has_its_check_and_each_check_its_name() -> None:
    assert sum(check.mask is not None for check in CHECKS.values()) == 7
    for name, check in CHECKS.items():
        assert check.note.__name__ == name
        assert check.mask is None or check.mask.__name__ == f"mask_{name}"
        assert check.mask is None or check.mask.__module__ == check.note.__module__


text = st.text(st.sampled_from('ab,;"\n\r 1ệ#'), max_size=6)


@FEW
@given(rows=st.lists(st.lists(text, max_size=4), min_size=1, max_size=12), delimiter=st.sampled_from(",;\t"))
def test_a_csv_has_the_same_cells_by_column(rows: list[list[str]], delimiter: str) -> None:
    lines = io.StringIO(newline="")
    csv.writer(lines, delimiter=delimiter).writerows(rows)
    assert_same_cells(lines.getvalue().encode())


@FEW
@given(content=st.text(st.sampled_from('ab,;"\n\r \ufeffệ#'), min_size=1, max_size=60))
def test_any_text_has_the_same_cells_by_column(content: str) -> None:
    assert_same_cells(content.encode())


@FEW
@given(
    content=st.text(st.sampled_from('ab,;"\n\r ôư#'), min_size=8, max_size=60),
    code_page=st.sampled_from(["utf-16", "cp1258"]),
)
def test_another_code_page_has_the_same_cells_by_column(content: str, code_page: str) -> None:
    assert_same_cells(content.encode(code_page))


def assert_same_cells(content: bytes) -> None:
    opened = open_csv(content)
    columns = read_csv_columns(opened).columns
    rows = list(rows_of(opened))
    width = max(map(len, rows), default=0)
    # Of blank lines alone there may be no column at all.
    if width:
        assert rows_at(columns, slice(None)) == [[*row, *[""] * (width - len(row))] for row in rows]


@given(st.lists(st.sampled_from([1, 1.0, True, False, 0, 0.0, "1", "", None, "a"]), min_size=1))
def test_equal_cells_of_different_kinds_stay_apart(column: list[Any]) -> None:
    encoded = rows_at(encode_rows([[cell] for cell in column]), slice(None))
    assert [(type(row[0]), row[0]) for row in encoded] == [(type(cell), cell) for cell in column]


@hypothesis_settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1))
def test_combinations_are_numbered_in_order_of_appearance(pairs: list[tuple[int, int]]) -> None:
    codes = combine([np.array(column, np.int32) for column in zip(*pairs, strict=True)])
    known: dict[tuple[int, int], int] = {}
    assert codes.tolist() == [known.setdefault(pair, len(known)) for pair in pairs]
    assert first_rows(codes).tolist() == [pairs.index(pair) for pair in known]


def test_long_tables_are_staged_as_short_ones_are(tmp_path: Path) -> None:
    months = [f"2026-{month:02d}" for month in range(1, 11)]
    clean = [[unit, month, "TTHC_DUNGHAN", "5", "9", "", ""] for unit in UNITS for month in months]
    path = write_csv(tmp_path / "bc.csv", [BC_HEADER, *clean])
    with by_column():
        tables = parse_file(path, path.name, "ab" * 32, context(), keep_tables=True).tables
    staged = {}
    # The table is sent whole, then written by the process that made it: at once, and four rows at a time.
    for longest, group_rows in ((100, 100), (0, 100), (0, 4)):
        folder = tmp_path / f"{longest}-{group_rows}"
        folder.mkdir()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(staged_tables, "LONGEST_SENT_ROWS", longest)
            patch.setattr(staged_tables, "GROUP_ROWS", group_rows)
            listed = {name: [table] for name, table in tables.items()}
            # This file's child process died before it answered.
            staged_tables.hand_over(listed, folder, "ef")
            # Beside what was taken at once there may be rows that were read one by one.
            mixed = {name: [table, table.cast(arrow_schema(name))] for name, table in tables.items()}
            parts = [
                staged_tables.hand_over(listed, folder, "ab"),
                staged_tables.hand_over(mixed, folder, "cd"),
            ]
        batch.write_staged(folder, parts)
        paths = staged_tables.staged_files(folder)
        assert paths.keys() == tables.keys()
        assert {path for files in paths.values() for path in files} == set(folder.iterdir())
        staged[folder.name] = {
            name: pa.concat_tables(map(pq.read_table, files)) for name, files in paths.items()
        }
    assert staged["0-100"] == staged["0-4"] == staged["100-100"]
    # Three reports in the head and the first below it are read by row.
    assert staged["0-4"]["bc_rows"].num_rows == 3 * (len(clean) - 4)
