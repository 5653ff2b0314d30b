"""Published tables in the layouts in which others send them, each with a mapping file of its own, read as any file is."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.intake.file_kit import context, rules
from tests.intake.panels.test_panel_reading import kept, write
from tests.intake.panels.xls_kit import xls
from warehouse.intake.panels import mapping as panel_mappings
from warehouse.intake.panels import read as panel_read
from warehouse.intake.panels.cells import number_in
from warehouse.intake.panels.mapping import load_mappings
from warehouse.intake.parse import parse_file
from warehouse.intake.reports.parsed import ParsedFile

MEASURES = {"PCI_SCORE": "Điểm PCI", "PCI_ENTRY": "Gia nhập thị trường", "PCI_LAND": "Tiếp cận đất đai"}
COMMON = {"panel_code": "PCI", "unit_level": "province", "heading_row": 1, "first_data_row": 2}
HA_NOI, HA_GIANG, HUE = "01@0", "02@0", "46@0"


class Panels:
    """A folder of mapping files, and the list of measures that they use."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def describe(self, **keys: Any) -> None:
        """Write the mapping of the panel PCI."""
        text = yaml.safe_dump(COMMON | keys, allow_unicode=True)
        (self._folder / "pci.yml").write_text(text, encoding="utf-8")

    def parse(self, name: str, content: bytes) -> ParsedFile:
        """Read a file as the intake does."""
        path = self._folder / name
        path.write_bytes(content)
        load_mappings.cache_clear()
        return parse_file(path, name, hashlib.sha256(content).hexdigest(), context())

    def parse_sheets(self, name: str, sheets: dict[str, list[list[Any]]]) -> ParsedFile:
        """Read an .xlsx workbook with these sheets."""
        return self.parse(name, write(self._folder / f"made_{name}", sheets).read_bytes())


@pytest.fixture
def panels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Panels]:
    """Put a folder in the place of the project's mappings and of its list of measures."""
    seed = tmp_path / "panel_indicators.csv"
    lines = [f"{code},PCI,{measure},weighted_mean" for code, measure in MEASURES.items()]
    header = "indicator_code,panel_code,source_measure,aggregation"
    seed.write_text("\n".join([header, *lines]), encoding="utf-8")
    monkeypatch.setattr(panel_mappings, "MAPPINGS_DIR", tmp_path)
    monkeypatch.setattr(panel_read, "MEASURES_SEED", seed)
    load_mappings.cache_clear()
    yield Panels(tmp_path)
    load_mappings.cache_clear()


def test_one_column_a_year_and_names_alone(panels: Panels) -> None:
    panels.describe(
        file_pattern=r"(?i)pci.*",
        heading_row=3,
        first_data_row=4,
        years_in="columns",
        year_heading=r"(?P<year>\d{4})",
        measure="Điểm PCI",
        unit_name_heading="Tỉnh/Thành phố",
        headings_not_read=["STT"],
        names_not_units=["Trung vị"],
        other_unit_names={"46": ["Thừa Thiên - Huế"]},
        missing=["..", "n/a"],
    )
    rows = [
        ["CHỈ SỐ NĂNG LỰC CẠNH TRANH CẤP TỈNH"],
        [],
        ["STT", "Tỉnh/Thành phố", 2017, 2018, "2024"],
        [1, "Hà Nội", 64.71, 65.4, 67.5],
        [2, "HÀ GIANG", 56.63, "..", "61.5"],
        [3, "Thừa Thiên - Huế", 62.43, 63.5, 71.1],
        ["", "Trung vị", 62, 61, 66],
        [4, "Atlantis", 1, 2, 3],
    ]
    parsed = panels.parse_sheets("PCI_2017-2024.xlsx", {"Bảng": rows})
    assert kept(parsed) == {
        (HA_NOI, "2017", "PCI_SCORE"): 64.71,
        (HA_NOI, "2018", "PCI_SCORE"): 65.4,
        (HA_NOI, "2024", "PCI_SCORE"): 67.5,
        (HA_GIANG, "2017", "PCI_SCORE"): 56.63,
        (HA_GIANG, "2024", "PCI_SCORE"): 61.5,
        (HUE, "2017", "PCI_SCORE"): 62.43,
        (HUE, "2018", "PCI_SCORE"): 63.5,
        (HUE, "2024", "PCI_SCORE"): 71.1,
    }
    # The unknown unit is asked about for each year; a mark for a missing figure is no error.
    assert rules(parsed, "error") == ["panel_unit_unknown"] * 3
    assert {row["cell"] for row in parsed.findings if row["rule_code"] == "panel_unit_unknown"} == {"B8"}


def test_a_column_for_each_measure_and_year(panels: Panels) -> None:
    panels.describe(
        sheet_pattern="PCI",
        years_in="columns",
        year_heading=r"(?P<measure>.+) (?P<year>\d{4})",
        unit_code_heading="Mã tỉnh",
        headings_not_read=["Ghi chú"],
        other_headings={"Đất đai": "Tiếp cận đất đai"},
    )
    header = [
        "Mã tỉnh",
        "Điểm PCI 2021",
        "Đất đai 2021",
        "Điểm PCI 2022",
        "Chi phí thời gian 2022",
        "Ghi chú",
    ]
    parsed = panels.parse_sheets(
        "bang.xlsx", {"PCI": [header, [1, 68.6, 6.2, 66.7, 7.5, "x"], ["02", 58, 6, 60, 7, ""]]}
    )
    assert kept(parsed)[HA_GIANG, "2022", "PCI_SCORE"] == 60
    assert kept(parsed)[HA_NOI, "2021", "PCI_LAND"] == 6.2
    assert len(kept(parsed)) == 6
    assert [(row["rule_code"], row["cell"]) for row in parsed.findings] == [("panel_measure_unknown", "E1")]


def test_two_columns_of_one_measure_and_year_are_asked_about(panels: Panels) -> None:
    panels.describe(
        file_pattern="pci",
        years_in="columns",
        year_heading=r"(?P<measure>\D*?) ?(?P<year>\d{4})",
        unit_code_heading="Mã",
        other_headings={"": "Điểm PCI"},
    )
    parsed = panels.parse("pci.csv", "Mã,2021,Điểm PCI 2021\n01,60,61\n".encode())
    assert kept(parsed) == {}
    assert [(row["rule_code"], row["cell"]) for row in parsed.findings] == [("panel_heading_twice", "C1")]


def test_a_csv_with_one_row_a_unit_and_year(panels: Panels) -> None:
    panels.describe(
        file_pattern="papi_dai",
        years_in="rows",
        year_heading="Năm",
        unit_code_heading="Mã",
        unit_name_heading="Tỉnh",
        decimal_mark=",",
    )
    text = (
        "Mã;Tỉnh;Năm;Điểm PCI;Gia nhập thị trường\n01;Hà Nội;2019;64,71;7,5\n01;Hà Nội;2020;65,4;7.5\n"
        "02;Hà Giang;2031;1;2\n02;Hà Giang;2020;58,25;\n02;Hà Nội;2021;1;2\n02;Hà Giang\n"
    )
    parsed = panels.parse("papi_dai.csv", text.encode())
    assert kept(parsed) == {
        (HA_NOI, "2019", "PCI_SCORE"): 64.71,
        (HA_NOI, "2019", "PCI_ENTRY"): 7.5,
        (HA_NOI, "2020", "PCI_SCORE"): 65.4,
        (HA_GIANG, "2020", "PCI_SCORE"): 58.25,
    }
    found = [(row["rule_code"], row["cell"]) for row in parsed.findings]
    assert found == [
        ("panel_value_not_a_number", "E3"),
        ("panel_year_not_read", "C4"),
        ("panel_value_missing", "E5"),
        ("panel_unit_unknown", "A6"),
        ("panel_year_not_read", "C7"),
    ]


def test_an_old_workbook_with_one_sheet_a_year(panels: Panels) -> None:
    panels.describe(sheet_pattern=r"Năm (?P<year>\d{4})", unit_code_heading="Mã", unit_name_heading="Tỉnh")
    rows = [["Mã", "Tỉnh", "Điểm PCI"], [1, "Hà Nội", 64.71], [2, "Hà Giang", 56.63]]
    parsed = panels.parse(
        "cu.xls", xls({"Năm 2017": rows, "Năm 2018": rows[:2], "Giải thích": [["Nguồn: VCCI"]]})
    )
    assert kept(parsed) == {
        (HA_NOI, "2017", "PCI_SCORE"): 64.71,
        (HA_GIANG, "2017", "PCI_SCORE"): 56.63,
        (HA_NOI, "2018", "PCI_SCORE"): 64.71,
    }
    assert rules(parsed) == ["panel_sheet_unknown"]


def test_a_file_for_each_year(panels: Panels) -> None:
    panels.describe(
        file_pattern=r"(?i)pci[ _-](?P<year>\d{4})",
        years_in="files",
        unit_name_heading="Tỉnh",
        decimal_mark=",",
    )
    parsed = panels.parse("PCI_2022.csv", 'Tỉnh,Điểm PCI\nHà Nội,"66,74"\nTP. Huế,"69,36"\n'.encode())
    assert kept(parsed) == {(HA_NOI, "2022", "PCI_SCORE"): 66.74, (HUE, "2022", "PCI_SCORE"): 69.36}
    # Another file is none of the panel's, and is read as a form.
    other = panels.parse("so_lieu.csv", b"a,b\n1,2\n")
    assert rules(other) == ["form_not_recognised"]


def test_the_unit_is_the_one_of_that_year(panels: Panels) -> None:
    """Code 15 was Yên Bái until 2025-06-30 and is Lào Cai since; the name alone says which years it may stand in."""
    panels.describe(
        file_pattern="pci",
        years_in="columns",
        year_heading=r"(?P<year>\d{4})",
        measure="Điểm PCI",
        unit_name_heading="Tỉnh",
    )
    parsed = panels.parse("pci.csv", "Tỉnh,2024,2025\nYên Bái,60,61\nLào Cai,62,63\n".encode())
    assert set(kept(parsed)) == {
        ("15@0", "2024", "PCI_SCORE"),
        ("10@0", "2024", "PCI_SCORE"),
        ("15@2025-07-01", "2025", "PCI_SCORE"),
    }
    assert rules(parsed, "error") == ["panel_unit_unknown"]


def test_a_year_without_populations_is_said_in_a_finding_and_in_the_log(
    panels: Panels, caplog: pytest.LogCaptureFixture
) -> None:
    panels.describe(
        file_pattern="pci",
        years_in="columns",
        year_heading=r"(?P<year>\d{4})",
        measure="Điểm PCI",
        unit_code_heading="Mã",
    )
    with caplog.at_level(logging.WARNING):
        parsed = panels.parse("pci.csv", b"M\xc3\xa3,2022,2023\n01,60,61\n02,62,63\n")
    (finding,) = parsed.findings
    assert (finding["rule_code"], finding["severity"]) == ("panel_weights_missing", "info")
    assert "dân số năm 2023" in finding["message_vi"] and "2 đơn vị" in finding["message_vi"]
    assert "Tỉnh Hà Giang" in finding["message_vi"]
    assert parsed.outcome == "accepted"
    assert [record.getMessage() for record in caplog.records] == [
        "PCI 2023: the population of 2 units is not known"
    ]


@pytest.mark.parametrize(
    ("keys", "fault"),
    [
        ({}, "sheet_pattern or a file_pattern"),
        ({"sheet_pattern": "PCI", "unit_code_heading": "Mã"}, "years in sheets need"),
        ({"file_pattern": "PCI", "unit_code_heading": "Mã", "years_in": "files"}, "years in files need"),
        ({"file_pattern": "PCI", "unit_code_heading": "Mã", "years_in": "rows"}, "need year_heading"),
        (
            {"file_pattern": "PCI", "years_in": "rows", "year_heading": "Năm"},
            "unit_code_heading or unit_name_heading",
        ),
        (
            {
                "file_pattern": "P",
                "unit_code_heading": "Mã",
                "years_in": "columns",
                "year_heading": r"(?P<year>\d+)",
            },
            "need measure",
        ),
        ({"file_pattern": "P", "unit_code_heading": "M", "years_in": "months"}, "years_in is one of"),
    ],
)
def test_a_mapping_whose_keys_do_not_fit_together_says_so(
    panels: Panels, keys: dict[str, Any], fault: str
) -> None:
    panels.describe(**keys)
    with pytest.raises(ValueError, match=fault):
        load_mappings.__wrapped__()


@pytest.mark.parametrize(
    ("text", "mark", "number"),
    [
        ("5.5", ".", 5.5), ("5,5", ",", 5.5), ("-3", ".", -3.0), (" 7 ", ".", 7.0), ("5,5", ".", None),
        ("1.234,5", ",", None), ("nan", ".", None), ("1_000", ".", None), ("1e5", ".", None), ("", ".", None),
        (True, ".", None), (3, ".", 3.0),
    ],
)  # fmt: skip
def test_a_text_is_a_number_with_the_mark_of_the_mapping_alone(
    text: object, mark: str, number: float | None
) -> None:
    assert number_in(text, mark) == number


def test_quarters_and_longer_periods_stand_in_rows_where_the_mapping_allows_them(panels: Panels) -> None:
    panels.describe(
        sheet_pattern="Tổng hợp",
        years_in="rows",
        year_heading="Kỳ",
        unit_code_heading="Mã",
        period_types=["quarter", "9M"],
    )
    sheet = [
        ["Mã", "Kỳ", "Điểm PCI"],
        ["01", "Quý I/2025", 1],
        ["01", "2025-9M", 2],
        ["01", "9 tháng đầu năm 2024", 3],
        ["01", 2024, 4],
        ["01", "Quý II/2025", 5],
    ]
    parsed = panels.parse_sheets("so_lieu.xlsx", {"Tổng hợp": sheet})
    after = "01@2025-07-01"
    assert kept(parsed) == {
        (HA_NOI, "2025-Q1", "PCI_SCORE"): 1,
        (after, "2025-9M", "PCI_SCORE"): 2,
        (HA_NOI, "2024-9M", "PCI_SCORE"): 3,
    }
    # A year is none of the panel's periods, and a second quarter is none of the calendar's.
    assert [row["cell"] for row in parsed.findings if row["rule_code"] == "panel_year_not_read"] == [
        "B5",
        "B6",
    ]


def test_a_workbook_that_bears_the_notice_of_simulated_data_is_simulated(panels: Panels) -> None:
    keys = {"years_in": "files", "unit_code_heading": "Mã", "heading_row": 2, "first_data_row": 3}
    panels.describe(file_pattern=r"pci (?P<year>\d{4})", **keys)
    table = [["Mã", "Điểm PCI"], ["01", 60]]
    for title, is_simulated in (("Bảng 1", False), ("Dữ liệu mô phỏng – simulated", True)):
        parsed = panels.parse_sheets("pci 2020.xlsx", {"Sheet1": [[title], *table]})
        assert parsed.is_simulated is is_simulated
        assert kept(parsed) == {(HA_NOI, "2020", "PCI_SCORE"): 60}
