"""A simulated file that was mended and sent again is simulated still, and a real one never becomes it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tests.intake.file_kit import AS_OF, BC_HEADER, BC_HEADINGS_VI, parse, write_csv, write_xlsx
from tests.intake.history.ledger_kit import collect, drop
from warehouse.intake.record.rebuild import rebuild_raw
from warehouse.raw.store import open_store
from warehouse.sample.csv_files import write_csv as write_sample_csv
from warehouse.settings import Settings
from warehouse.text.simulated import NOTICE

WRONG = ["20", "2026-10", "TTHC_DUNGHAN", 51, 50, None, None]
TITLES = ["BÁO CÁO", f"Tháng 10/2026 ({NOTICE})"]
SAMPLE = {"is_simulated": True, "source_kind": "sample"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", fixed_as_of_date=AS_OF)


def marks(settings: Settings) -> dict[str, tuple[str, bool]]:
    """Return the outcome of each file in the ledger by name, and whether it counts as simulated."""
    with open_store(settings, read_only=True) as connection:
        rows = connection.execute("select file_name, outcome, is_simulated from raw.files").fetchall()
    return {name: (outcome, is_simulated) for name, outcome, is_simulated in rows}


def returned_copy(settings: Settings, ending: str) -> Path:
    (copy,) = settings.returned_dir.glob(f"*/*{ending}")
    return copy


def mended_workbook(copy: Path) -> bytes:
    """Return the annotated copy with the wrong number corrected, saved as a spreadsheet program saves it."""
    book = openpyxl.load_workbook(copy)
    (cell,) = (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == 51)
    cell.value = 49
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def receipt(settings: Settings, name: str) -> str:
    (folder,) = settings.returned_dir.glob(f"*_{Path(name).stem}_*")
    return (folder / "receipt.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "titles", [[[title] for title in TITLES], []], ids=["notice in the file", "metadata"]
)
def test_a_returned_workbook_of_the_sample_stays_simulated_when_it_comes_back_mended(
    settings: Settings, tmp_path: Path, titles: list[list[str]]
) -> None:
    sent = write_xlsx(tmp_path / "sent.xlsx", [*titles, BC_HEADINGS_VI, WRONG])
    drop(settings, "sent.xlsx", sent.read_bytes(), SAMPLE)
    collect(settings)
    drop(settings, "mended.xlsx", mended_workbook(returned_copy(settings, ".xlsx")))
    collect(settings)
    expected = {"sent.xlsx": ("returned", True), "mended.xlsx": ("accepted", True)}
    assert marks(settings) == expected
    assert receipt(settings, "mended.xlsx").startswith("SỐ LIỆU MÔ PHỎNG")
    rebuild_raw(settings)
    assert marks(settings) == expected


@pytest.mark.parametrize(
    "comment", [f"# form=BC; {NOTICE.lower()}\n", ""], ids=["notice in the file", "metadata"]
)
def test_a_returned_csv_of_the_sample_stays_simulated_when_it_comes_back_mended(
    settings: Settings, tmp_path: Path, comment: str
) -> None:
    sent = write_csv(tmp_path / "sent.csv", [BC_HEADER, WRONG]).read_text(encoding="utf-8")
    drop(settings, "sent.csv", (comment + sent).encode(), SAMPLE)
    collect(settings)
    copy = returned_copy(settings, ".csv").read_text(encoding="utf-8-sig")
    lines = copy.splitlines()
    assert len(lines) == len((comment + sent).splitlines()), "cells stand where the findings name them"
    drop(settings, "mended.csv", copy.replace(",51,", ",49,").encode())
    collect(settings)
    outcome, is_simulated = marks(settings)["mended.csv"]
    assert outcome.startswith("accepted")
    assert is_simulated


def test_a_mended_copy_of_a_sample_file_that_a_spreadsheet_wrote_anew_is_simulated(tmp_path: Path) -> None:
    """The comment line of a CSV becomes cells, which may be quoted, cut at the delimiter and padded."""
    row = dict(zip(BC_HEADER, WRONG, strict=True))
    path = tmp_path / "sample.csv"
    write_sample_csv(path, "BC", [row])
    assert parse(path).is_simulated
    with path.open(encoding="utf-8", newline="") as lines:
        cells = list(csv.reader(lines, delimiter=";"))
    anew = tmp_path / "anew.csv"
    with anew.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows(
            [cells[0], *([cell for part in line for cell in part.split(",")] for line in cells[1:])]
        )
    assert parse(anew).is_simulated


def test_real_reports_are_never_marked(settings: Settings, tmp_path: Path) -> None:
    """Neither an earlier simulated report of the unit and period nor words in a note mark a real report."""
    sample = write_xlsx(
        tmp_path / "sample.xlsx", [[TITLES[1]], BC_HEADINGS_VI, [*WRONG[:3], 49, 50, None, None]]
    )
    drop(settings, "sample.xlsx", sample.read_bytes(), SAMPLE)
    collect(settings)
    wrong = write_xlsx(tmp_path / "wrong.xlsx", [["BÁO CÁO"], BC_HEADINGS_VI, [*WRONG[:-1], NOTICE]])
    drop(settings, "wrong.xlsx", wrong.read_bytes())
    collect(settings)
    (copy,) = settings.returned_dir.glob("*wrong*/*.xlsx")
    drop(settings, "mended.xlsx", mended_workbook(copy))
    collect(settings)
    found = marks(settings)
    assert found["sample.xlsx"][1]
    assert found["wrong.xlsx"] == ("returned", False)
    assert found["mended.xlsx"][0].startswith("accepted")
    assert not found["mended.xlsx"][1]
    assert NOTICE not in receipt(settings, "mended.xlsx")
