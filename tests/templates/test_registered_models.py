"""Form TD lists the unit's own models, and those of which nothing is to be reported ask for nothing."""

from __future__ import annotations

from pathlib import Path

import duckdb
import openpyxl
import pytest

from tests.dashboard.fixture_release import make_release
from tests.intake.file_kit import AS_OF, kept, parse
from warehouse.cli import main
from warehouse.forms.contract import load_form
from warehouse.reference.periods import Period, from_code
from warehouse.settings import Settings
from warehouse.templates.issue import workbook
from warehouse.templates.registered_models import registered_models

UNIT, PERIOD = "20@2025-07-01", "2026-10"
# Models of the province itself, of a district that it succeeded, of another unit; stopped; registered later.
MODELS = [
    ("M-1", UNIT, None, "Tổ dân vận thôn", "2026-03-01", "registered"),
    ("M-2", "20@0", UNIT, "Hàng rào xanh", "2024-05-01", "recognised"),
    ("M-3", "08@2025-07-01", "08@2025-07-01", "Cà phê thứ bảy", "2026-03-01", "registered"),
    ("M-4", UNIT, UNIT, "Ánh sáng đường quê", "2026-03-01", "stopped"),
    ("M-5", UNIT, UNIT, "Con đường hoa", "2026-11-05", "registered"),
]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Make a release with these models."""
    release = make_release(tmp_path)
    with duckdb.connect(str(release.path)) as connection:
        connection.execute("delete from marts.fct_model_registrations")
        for code, unit, current, name, day, status in MODELS:
            connection.execute(
                "insert into marts.fct_model_registrations (model_code, unit_key, current_unit_key, model_name,"
                " registered_date, status) values (?, ?, ?, ?, ?, ?)",
                [code, unit, current, name, day, status],
            )
    return Settings(tmp_path, fixed_as_of_date=AS_OF)


def october() -> Period:
    """Return the requested period."""
    period = from_code(PERIOD)
    assert period is not None
    return period


def test_the_units_own_models_are_known(settings: Settings) -> None:
    found = registered_models(UNIT, october(), settings)
    assert found == [
        {"model_code": "M-2", "model_name": "Hàng rào xanh"},
        {"model_code": "M-1", "model_name": "Tổ dân vận thôn"},
    ]
    assert registered_models(UNIT, october(), Settings(settings.data_dir / "none")) == []


def test_a_filled_row_is_kept_and_the_others_ask_for_nothing(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "td.xlsx"
    path.write_bytes(workbook(["TD"], UNIT, PERIOD, settings))
    book = openpyxl.load_workbook(path)
    sheet = book["TD"]
    headings = {
        cell.value: cell.column for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
    }
    columns = load_form("TD").by_name
    code = next(
        number for text, number in headings.items() if text.startswith(columns["model_code"].heading_vi)
    )
    (row,) = [cell.row for cell in next(sheet.iter_cols(code, code)) if cell.value == "M-1"]
    for name, value in (("event", "Bước 1"), ("event_date", "01/10/2026")):
        number = next(n for text, n in headings.items() if text.startswith(columns[name].heading_vi))
        sheet.cell(row, number).value = "step_1" if name == "event" else value
    book.save(path)
    parsed = parse(path)
    assert parsed.outcome == "accepted", parsed.findings
    assert [(row["model_code"], row["event"]) for row in kept(parsed, "td_rows")] == [("M-1", "step_1")]


def test_the_command_fills_in_registered_models_too(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(settings.data_dir))
    out = tmp_path / "out.xlsx"
    assert main(["template", "TD", "--unit", "20", "--period", PERIOD, "--out", str(out)]) == 0
    cells = {cell.value for row in openpyxl.load_workbook(out)["TD"].iter_rows() for cell in row}
    assert {"M-1", "M-2", "Hàng rào xanh"} <= cells
    assert not {"M-3", "M-4", "M-5"} & cells
