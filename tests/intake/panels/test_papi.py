"""The real PAPI workbook, read through its mapping, against values that openpyxl reads independently."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from warehouse.intake.files.sent_file import SentFile
from warehouse.intake.panels.mapping import load_mappings, recognise
from warehouse.intake.panels.read import MEASURES_SEED, read_panel
from warehouse.intake.reports.parsed import ParsedFile
from warehouse.raw.submission_id import make_submission_id
from warehouse.reference.context import Context, load_reference
from warehouse.settings import PROJECT_DIR

WORKBOOK = PROJECT_DIR.parent / "shared" / "real" / "papi" / "PAPI_2011-2016.xlsx"
AS_OF = date(2026, 11, 20)
# 63 provinces × 6 years × 29 measures, less two provinces without any figure in 2014.
VALUE_COUNT = 63 * 6 * 29 - 2 * 29

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not WORKBOOK.exists(), reason="needs the real PAPI workbook in ../shared/real/papi"),
]


@pytest.fixture(scope="module")
def parsed() -> ParsedFile:
    context = Context(load_reference(PROJECT_DIR / "dbt_project" / "seeds"), AS_OF)
    mapping = recognise(SentFile(WORKBOOK), WORKBOOK.name)
    assert mapping is not None
    sha = hashlib.sha256(WORKBOOK.read_bytes()).hexdigest()
    return read_panel(SentFile(WORKBOOK), WORKBOOK.name, sha, mapping, context)


@pytest.fixture(scope="module")
def values(parsed: ParsedFile) -> dict[tuple[str, str, str], float]:
    rows = parsed.records["panel_rows"]
    return {(row["unit_key"], row["period_code"], row["indicator_code"]): row["value"] for row in rows}


@pytest.fixture(scope="module")
def code_of_heading() -> dict[str, str]:
    with MEASURES_SEED.open(encoding="utf-8", newline="") as lines:
        return {row["source_measure"]: row["indicator_code"] for row in csv.DictReader(lines)}


def test_every_cell_of_the_workbook_is_there_and_nothing_else(
    values: dict[tuple[str, str, str], float], code_of_heading: dict[str, str]
) -> None:
    expected = {}
    workbook = openpyxl.load_workbook(WORKBOOK, data_only=True)
    for sheet in workbook:
        year = sheet.title[:4]
        headings = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=3, values_only=True):
            if row[0] in (None, 999) or row[3] is None:
                continue
            key = f"{row[0]:02.0f}@0"
            expected |= {(key, year, code_of_heading[headings[i]]): row[i] for i in range(3, len(row))}
    assert len(expected) == VALUE_COUNT == 10_904
    assert values == expected


@pytest.mark.parametrize(
    ("unit_key", "period_code", "indicator_code", "value"),
    [
        ("01@0", "2011", "PAPI_PARTICIPATION", 5.76248),
        ("02@0", "2011", "PAPI_OVERALL", 32.253305),
        ("46@0", "2011", "PAPI_CIVIC_KNOWLEDGE", 1.164056),
        ("96@0", "2014", "PAPI_ACCOUNTABILITY", 5.613258),
        ("95@0", "2013", "PAPI_TRANSPARENCY", 5.239207),
    ],
)
def test_pinned_values_are_read(
    values: dict[tuple[str, str, str], float],
    unit_key: str,
    period_code: str,
    indicator_code: str,
    value: float,
) -> None:
    assert values[unit_key, period_code, indicator_code] == pytest.approx(value, abs=1e-9)


def test_2016_has_one_measure_in_place_of_another_and_shifted_columns(
    values: dict[tuple[str, str, str], float],
) -> None:
    """In 2016 column O holds citizen actions and P the inspection boards, which stood in O before."""
    assert values["01@0", "2015", "PAPI_INSPECTION_BOARDS"] == pytest.approx(1.782759428)
    assert values["01@0", "2016", "PAPI_CITIZEN_RESPONSES"] == pytest.approx(1.045026422)
    assert values["01@0", "2016", "PAPI_INSPECTION_BOARDS"] == pytest.approx(1.176245809)
    measures_by_year: dict[str, set[str]] = {}
    for _, year, code in values:
        measures_by_year.setdefault(year, set()).add(code)
    assert {year: len(codes) for year, codes in measures_by_year.items()} == {
        str(year): 29 for year in range(2011, 2017)
    }
    assert len(set().union(*measures_by_year.values())) == 30
    assert "PAPI_CITIZEN_RESPONSES" not in measures_by_year["2015"]
    assert "PAPI_INVESTMENT_BOARDS" not in measures_by_year["2016"]


def test_a_total_over_blank_cells_is_no_score(
    parsed: ParsedFile, values: dict[tuple[str, str, str], float]
) -> None:
    """2014 has no figures for Bắc Giang (24) and Đồng Tháp (87); their formula for the total shows 0."""
    assert not [key for key in values if key[:2] in (("24@0", "2014"), ("87@0", "2014"))]
    assert ("24@0", "2013", "PAPI_OVERALL") in values
    findings = [(row["rule_code"], row["severity"], row["sheet"], row["cell"]) for row in parsed.findings]
    assert findings == [
        ("panel_unit_without_values", "warning", "2014_PAPI", "A17"),
        ("panel_unit_without_values", "warning", "2014_PAPI", "A58"),
    ]


def test_each_unit_and_year_is_a_submission(parsed: ParsedFile) -> None:
    assert parsed.outcome == "accepted_with_warnings"
    assert len(parsed.submissions) == 63 * 6
    assert Counter(row["period_code"] for row in parsed.submissions) == {
        str(y): 63 for y in range(2011, 2017)
    }
    assert Counter(row["status"] for row in parsed.submissions) == {
        "accepted": 63 * 6 - 2,
        "accepted_with_warnings": 2,
    }
    assert sum(row["row_count"] for row in parsed.submissions) == VALUE_COUNT
    first = parsed.submissions[0]
    assert first["submission_id"] == make_submission_id(parsed.file_sha256, "PAPI", "01@0", "2011")


def test_each_value_knows_its_cell(parsed: ParsedFile) -> None:
    workbook = openpyxl.load_workbook(WORKBOOK, data_only=True, read_only=False)
    rows = parsed.records["panel_rows"][::97]
    assert len(rows) > 100
    for row in rows:
        assert workbook[row["sheet"]][row["cell"]].value == row["value"]
        assert workbook[row["sheet"]][row["cell"]].row == row["row_number"]


def test_the_highest_scores_are_no_unit(values: dict[tuple[str, str, str], float]) -> None:
    assert len({unit for unit, _, _ in values}) == 63
    assert not [key for key in values if key[0].startswith("999")]


def test_only_the_panel_is_taken_for_it(tmp_path: Path) -> None:
    other = openpyxl.Workbook()
    other.active.title = "Báo cáo 2015"
    other.save(tmp_path / "other.xlsx")
    assert recognise(SentFile(tmp_path / "other.xlsx"), "PAPI_2011-2016.xlsx") is None
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    assert recognise(SentFile(tmp_path / "broken.xlsx"), "PAPI.xlsx") is None
    assert recognise(SentFile(WORKBOOK), "a copy under any name.XLSX") is load_mappings()["papi"]
