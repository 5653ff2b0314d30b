"""A CSV is strict about the width of its lines: a faulty line returns its own report, and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.intake.file_kit import BC_HEADER, DK_HEADER, kept, parse
from warehouse.intake.files.csv_rows import MAX_FAULTS, rows_of
from warehouse.intake.files.csv_text import CsvText
from warehouse.intake.reports.parsed import ParsedFile

HEADER = ",".join(BC_HEADER)
OTHER = "06337,2026-09,KK_DONGNGUOI,,,1,"


def parse_lines(tmp_path: Path, *lines: str) -> ParsedFile:
    path = tmp_path / "bc.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return parse(path)


def told(parsed: ParsedFile) -> list[tuple[str, str | None]]:
    return [
        (finding["rule_code"], finding["cell"])
        for finding in parsed.findings
        if finding["severity"] == "error"
    ]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("06445,2026-09,NTT_TRE,,,2,5,", "csv_line_width"),
        ("06445,2026-09,KK_DONGNGUOI,,,1,234,", "csv_line_width"),
        ("06445,2026-09,KK_DONGNGUOI,,,1", "csv_line_width"),
        ("06445,2026-09,KK_DONGNGUOI,1", "csv_line_width"),
        ("06445;2026-09;KK_DONGNGUOI;;;1;", "csv_line_delimiter"),
        ("06445;2026-09;NTT_TRE;;;2,5;", "csv_line_delimiter"),
        ("06445\t2026-09\tNTT_TRE\t\t\t2\t", "csv_line_delimiter"),
        ('06445,2026-09,KK_DONGNGUOI,,,1,"chưa đóng', "csv_line_quote"),
        ('06445,2026-09,KK_DONGNGUOI,,,1,"đóng" rồi mở"', "csv_line_quote"),
    ],
)
def test_a_faulty_line_returns_its_report_and_no_other(tmp_path: Path, line: str, rule: str) -> None:
    own = "06445,2026-09,TTHC_DUNGHAN,171,200,,"
    parsed = parse_lines(tmp_path, HEADER, own, line, OTHER, "06337,2026-09,TD_XA,,,2,")
    assert told(parsed) == [(rule, "A3")]
    statuses = {report["unit_key"]: report["status"] for report in parsed.submissions}
    assert statuses == {"06445@2025-07-01": "returned", "06337@2025-07-01": "accepted"}
    assert [row["indicator_code"] for row in kept(parsed)] == ["KK_DONGNGUOI", "TD_XA"]


def test_a_line_whose_unit_cannot_be_read_is_asked_about_alone(tmp_path: Path) -> None:
    parsed = parse_lines(tmp_path, HEADER, OTHER, "2026-09,KK_DONGNGUOI,,,1,")
    assert told(parsed) == [("csv_line_width", "A3")]
    assert len(kept(parsed)) == 1


def test_a_record_with_a_faulty_line_goes_back_by_itself(tmp_path: Path) -> None:
    good = "20,DV-1,Mô hình một,collective,Kinh tế,2026-2030,Cấp tỉnh,05/03/2026"
    parsed = parse_lines(
        tmp_path, ",".join(DK_HEADER), good, good.replace("DV-1,Mô hình một", "DV-2,Một, hai")
    )
    assert told(parsed) == [("csv_line_width", "A3")]
    assert [row["model_code"] for row in kept(parsed, "dk_rows")] == ["DV-1"]


def test_a_quote_that_closes_far_below_does_not_swallow_the_lines_between(tmp_path: Path) -> None:
    opened = '06445,2026-09,TD_XA,,,2,"chưa đóng'
    closed = '06445,2026-08,TD_XA,,,2,rồi đóng"'
    parsed = parse_lines(tmp_path, HEADER, opened, OTHER, closed)
    assert told(parsed) == [("csv_line_quote", "A2")]
    assert {row["unit_key"] for row in kept(parsed)} == {"06337@2025-07-01", "06445@2025-07-01"}


@pytest.mark.parametrize(
    "line",
    [
        "",
        ",,,,,,",
        "Người lập biểu",
        ",,Ký tên",
        "Tổng cộng,,,12",
        '06445,2026-09,TD_XA,,,2,"hai dòng,\ncó dấu phẩy"',
        '06445,2026-09,TD_XA,,,2,nói "vậy" thôi',
        '06445,2026-09,TD_XA,,,2,"nói ""vậy"" thôi"',
        '06445,2026-09,TD_XA,,,"2,5",',
        '06445,2026-09,TD_XA,,,2,"đóng" rồi',
    ],
)
def test_a_line_without_figures_or_with_whole_quotes_is_no_faulty_line(tmp_path: Path, line: str) -> None:
    parsed = parse_lines(tmp_path, "BÁO CÁO CHỈ TIÊU; CÔNG TÁC; DÂN VẬN", HEADER, OTHER, line)
    assert not [rule for rule, _ in told(parsed) if rule.startswith("csv_line")]


def test_a_file_of_broken_lines_alone_is_refused(tmp_path: Path) -> None:
    parsed = parse_lines(tmp_path, HEADER, *['06445,2026-09,TD_XA,,,2,"x'] * (MAX_FAULTS + 2))
    assert told(parsed) == [("file_lines_broken", None)]


def test_lines_are_counted_as_a_person_counts_them() -> None:
    faults: dict[int, str] = {}
    text = 'a,b,c\n1,"x\ny",3\n1,"2,3\n1;2;3\n4,5,6\n'
    rows = list(rows_of(CsvText([], ",", text), faults))
    assert rows == [["a", "b", "c"], ["1", "x\ny", "3"], ["1", "2", "3"], ["1", "2", "3"], ["4", "5", "6"]]
    assert faults == {2: "csv_line_quote", 3: "csv_line_delimiter"}
