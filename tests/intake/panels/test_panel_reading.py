"""Small workbooks made here: the panel reader understands them, asks about them or refuses them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.panels import mapping as panel_mappings
from warehouse.intake.panels.mapping import load_mappings, recognise
from warehouse.intake.panels.read import read_panel
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.reference.context import Context, load_reference
from warehouse.settings import PROJECT_DIR

SHA = "0" * 64
HEADINGS = ["tinhid", "tentinh_eng", "tentinh_vie", "Transparency", "Civic Knowledge"]
TITLES = ["tinhid", "tentinh_eng", "tentinh_vie", "Công khai, minh bạch", "Tri thức công dân"]
HA_NOI = [1, "Ha Noi", "Hà Nội", 5.5, 1.25]
LANG_SON = [20, "Lang Son", "Lạng Sơn", 6.5, 1.5]


@pytest.fixture(scope="module")
def context() -> Context:
    return Context(load_reference(PROJECT_DIR / "dbt_project" / "seeds"), date(2026, 11, 20))


def write(path: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    with xlsxwriter.Workbook(path) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def read(path: Path, context: Context) -> ParsedFile:
    return read_panel(SentFile(path), path.name, SHA, load_mappings()["papi"], context)


def kept(parsed: ParsedFile) -> dict[tuple[str, str, str], float]:
    rows = parsed.records.get("panel_rows", [])
    return {(row["unit_key"], row["period_code"], row["indicator_code"]): row["value"] for row in rows}


def rules(parsed: ParsedFile) -> list[tuple[str, str | None]]:
    return [(row["rule_code"], row["cell"]) for row in parsed.findings]


def test_a_clean_workbook_is_read(tmp_path: Path, context: Context) -> None:
    path = write(tmp_path / "p.xlsx", {"2015_PAPI": [HEADINGS, TITLES, HA_NOI, LANG_SON, []]})
    assert recognise(SentFile(path), path.name) is load_mappings()["papi"]
    parsed = read(path, context)
    assert parsed.outcome == "accepted"
    assert parsed.findings == []
    assert kept(parsed) == {
        ("01@0", "2015", "PAPI_TRANSPARENCY"): 5.5,
        ("01@0", "2015", "PAPI_CIVIC_KNOWLEDGE"): 1.25,
        ("20@0", "2015", "PAPI_TRANSPARENCY"): 6.5,
        ("20@0", "2015", "PAPI_CIVIC_KNOWLEDGE"): 1.5,
    }
    first = parsed.records["panel_rows"][0]
    assert (first["sheet"], first["row_number"]) == ("2015_PAPI", 3)
    assert {row["cell"] for row in parsed.records["panel_rows"]} == {"D3", "E3", "D4", "E4"}


def test_columns_are_found_by_heading_wherever_they_stand(tmp_path: Path, context: Context) -> None:
    rows = [HEADINGS, TITLES, HA_NOI]
    turned = [list(reversed(row)) for row in rows]
    path = write(tmp_path / "p.xlsx", {"2015_PAPI": turned})
    assert kept(read(path, context)) == {
        ("01@0", "2015", "PAPI_TRANSPARENCY"): 5.5,
        ("01@0", "2015", "PAPI_CIVIC_KNOWLEDGE"): 1.25,
    }


@pytest.mark.parametrize(
    ("rows", "rule", "cell", "outcome"),
    [
        (
            [HEADINGS, TITLES, HA_NOI, [20, "", "Hà Giang", 1, 1]],
            "panel_unit_unknown",
            "A4",
            "returned",
        ),
        (
            [HEADINGS, TITLES, HA_NOI, [None, "", "Lạng Sơn", 1, 1]],
            "panel_unit_unknown",
            "A4",
            "returned",
        ),
        (
            [HEADINGS, TITLES, HA_NOI, [20, "", None, 1, 1]],
            "panel_unit_unknown",
            "A4",
            "returned",
        ),
        (
            [HEADINGS, TITLES, HA_NOI, [1, "", "Ba Đình", 1, 1]],
            "panel_unit_unknown",
            "A4",
            "returned",
        ),
        ([HEADINGS, TITLES, HA_NOI, LANG_SON, HA_NOI], "panel_unit_twice", "A5", "returned"),
        (
            [HEADINGS, TITLES, [*HA_NOI[:3], "5,5", 1.25]],
            "panel_value_not_a_number",
            "D3",
            "returned",
        ),
        (
            [HEADINGS, TITLES, [*HA_NOI[:3], True, 1.25]],
            "panel_value_not_a_number",
            "D3",
            "returned",
        ),
        (
            [HEADINGS, TITLES, [*HA_NOI[:3], None, 1.25]],
            "panel_value_missing",
            "D3",
            "accepted_with_warnings",
        ),
        (
            [HEADINGS, TITLES, HA_NOI, LANG_SON[:3]],
            "panel_unit_without_values",
            "A4",
            "accepted_with_warnings",
        ),
        ([[*HEADINGS, "Happiness"], TITLES, HA_NOI], "panel_measure_unknown", "F1", "accepted_with_warnings"),
        ([[*HEADINGS, "Transparency"], TITLES, HA_NOI], "panel_heading_twice", "F1", "returned"),
        ([["id", *HEADINGS[1:]], TITLES, HA_NOI], "panel_heading_missing", None, "returned"),
        ([], "panel_heading_missing", None, "returned"),
    ],
)
def test_an_uncertain_heading_or_cell_gives_a_finding(
    tmp_path: Path, context: Context, *, rows: list[list[Any]], rule: str, cell: str | None, outcome: str
) -> None:
    parsed = read(write(tmp_path / "p.xlsx", {"2015_PAPI": rows}), context)
    assert (rule, cell) in rules(parsed)
    assert parsed.outcome == outcome
    counted = sum(row["error_count"] + row["warning_count"] for row in parsed.submissions)
    assert counted == len(parsed.findings)
    assert {row["submission_id"] for row in parsed.findings} <= {
        row["submission_id"] for row in parsed.submissions
    }


def test_good_values_are_not_lost_for_a_bad_cell(tmp_path: Path, context: Context) -> None:
    path = write(tmp_path / "p.xlsx", {"2015_PAPI": [HEADINGS, TITLES, [*HA_NOI[:3], "n/a", 1.25], LANG_SON]})
    assert kept(read(path, context)) == {
        ("01@0", "2015", "PAPI_CIVIC_KNOWLEDGE"): 1.25,
        ("20@0", "2015", "PAPI_TRANSPARENCY"): 6.5,
        ("20@0", "2015", "PAPI_CIVIC_KNOWLEDGE"): 1.5,
    }


def test_neither_of_two_rows_of_one_unit_is_kept(tmp_path: Path, context: Context) -> None:
    path = write(
        tmp_path / "p.xlsx", {"2015_PAPI": [HEADINGS, TITLES, HA_NOI, LANG_SON, [*HA_NOI[:3], 9, 9], HA_NOI]}
    )
    parsed = read(path, context)
    assert {unit for unit, _, _ in kept(parsed)} == {"20@0"}
    assert [row["status"] for row in parsed.submissions] == ["returned", "accepted"]


def test_code_15_is_yen_bai_before_the_merger_and_lao_cai_after(tmp_path: Path, context: Context) -> None:
    sheets = {
        "2024_PAPI": [HEADINGS, TITLES, [15, "", "Yên Bái", 1, 1]],
        "2025_PAPI": [HEADINGS, TITLES, [15, "", "Lào Cai", 2, 2]],
    }
    parsed = read(write(tmp_path / "p.xlsx", sheets), context)
    assert {(unit, year) for unit, year, _ in kept(parsed)} == {("15@0", "2024"), ("15@2025-07-01", "2025")}


def test_a_year_to_come_and_a_foreign_sheet_are_not_read(tmp_path: Path, context: Context) -> None:
    sheets = {
        "2027_PAPI": [HEADINGS, TITLES, HA_NOI],
        "Ghi chú": [["x"]],
        "2015_PAPI": [HEADINGS, TITLES, HA_NOI],
    }
    parsed = read(write(tmp_path / "p.xlsx", sheets), context)
    assert {rule for rule, _ in rules(parsed)} == {"panel_year_unknown", "panel_sheet_unknown"}
    assert {year for _, year, _ in kept(parsed)} == {"2015"}


@pytest.mark.parametrize("year", ["1990", "2008", "2036", "9999"])
def test_a_year_outside_the_calendar_is_asked_about(tmp_path: Path, context: Context, year: str) -> None:
    parsed = read(write(tmp_path / "p.xlsx", {f"{year}_PAPI": [HEADINGS, TITLES, HA_NOI]}), context)
    assert parsed.outcome == "returned"
    assert rules(parsed) == [("panel_year_unknown", None)]


def test_of_two_sheets_of_one_year_neither_is_read(tmp_path: Path, context: Context) -> None:
    """The blank before a name is passed over, so both are sheets of 2014."""
    sheets = {
        "2014_PAPI": [HEADINGS, TITLES, HA_NOI],
        " 2014_PAPI": [HEADINGS, TITLES, LANG_SON],
        "2015_PAPI": [HEADINGS, TITLES, HA_NOI],
    }
    parsed = read(write(tmp_path / "p.xlsx", sheets), context)
    assert rules(parsed) == [("panel_year_twice", None), ("panel_year_twice", None)]
    assert {year for _, year, _ in kept(parsed)} == {"2015"}


def test_a_number_that_can_be_no_score_is_not_taken(tmp_path: Path, context: Context) -> None:
    rows = [HEADINGS, TITLES, [1, "Ha Noi", "Hà Nội", 1e300, 1.25], [20, "Lang Son", "Lạng Sơn", 6.5, -1e10]]
    parsed = read(write(tmp_path / "p.xlsx", {"2015_PAPI": rows}), context)
    assert rules(parsed) == [("panel_value_too_large", "D3"), ("panel_value_too_large", "E4")]
    assert sorted(kept(parsed).values()) == [1.25, 6.5]


def test_a_total_needs_its_parts(tmp_path: Path, context: Context) -> None:
    """A total without its parts is not taken; one that is not the sum of its parts is asked about
    and kept.
    """
    total = load_mappings()["papi"].totals[0]
    headings = ["tinhid", "tentinh_vie", *total.parts, total.measure]
    parts = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
    rows = [
        headings,
        headings,
        [1, "Hà Nội", *parts, 21.0],
        [2, "Hà Giang", *parts, 21.5],
        [4, "Cao Bằng", *parts[:5], None, 15.0],
        [6, "Bắc Kạn", *[None] * 6, 0],
    ]
    parsed = read(write(tmp_path / "p.xlsx", {"2015_PAPI": rows}), context)
    overall = {unit: value for (unit, _, code), value in kept(parsed).items() if code == "PAPI_OVERALL"}
    assert overall == {"01@0": 21.0, "02@0": 21.5}
    assert rules(parsed) == [
        ("panel_total_differs", "I4"),
        ("panel_total_without_parts", "I5"),
        ("panel_value_missing", "H5"),
        ("panel_unit_without_values", "A6"),
    ]


def test_a_workbook_that_cannot_be_opened_is_sent_back(tmp_path: Path, context: Context) -> None:
    path = write(tmp_path / "p.xlsx", {"2015_PAPI": [HEADINGS, TITLES, HA_NOI]})
    path.write_bytes(path.read_bytes()[:-200])
    parsed = read(path, context)
    assert parsed.outcome == "returned"
    assert rules(parsed) == [("panel_unreadable", None)]


def test_a_mapping_that_makes_no_sense_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "odd.yml").write_text("panel_code: ODD\nsheet_pattern: '('\n", encoding="utf-8")
    monkeypatch.setattr(panel_mappings, "MAPPINGS_DIR", tmp_path)
    with pytest.raises(ValueError, match=r"odd\.yml"):
        load_mappings.__wrapped__()
