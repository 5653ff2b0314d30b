"""`python -m warehouse template` and `check`, run as a person runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tests.intake.file_kit import BC_HEADER, write_csv
from warehouse.cli import main
from warehouse.settings import PROJECT_DIR

GOOD = ["20", "2026-10", "TTHC_DUNGHAN", "49", "50", "", ""]
WRONG = ["20", "2026-10", "TTHC_DUNGHAN", "51", "50", "", ""]
NOT_OWED = ["20", "2026-10", "TD_XA", "", "", "2", ""]


@pytest.fixture(autouse=True)
def _on_a_fixed_day(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("AS_OF_DATE", "2026-11-20")
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))


@pytest.mark.parametrize(("row", "code"), [(GOOD, 0), (WRONG, 1), (NOT_OWED, 1)])
def test_exit_codes_of_a_check(tmp_path: Path, row: list[str], code: int) -> None:
    assert main(["check", str(write_csv(tmp_path / "bc.csv", [BC_HEADER, row]))]) == code


def test_an_unreadable_file_has_exit_code_two(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.xlsx").write_bytes(b"%PDF-1.7")
    assert main(["check", str(tmp_path / "x.xlsx")]) == 2
    assert "PDF" in capsys.readouterr().out
    assert main(["check", str(tmp_path / "missing.xlsx")]) == 2


def test_a_note_alone_is_no_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    blank = ["20", "2026-10", "KK_DONGNGUOI", "", "", "", ""]
    assert main(["check", str(write_csv(tmp_path / "bc.csv", [BC_HEADER, GOOD, blank]))]) == 0
    assert "rows_left_blank" in capsys.readouterr().out


def test_findings_are_an_aligned_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    main(["check", str(write_csv(tmp_path / "bc.csv", [BC_HEADER, WRONG, ["99", *GOOD[1:]]]))])
    lines = capsys.readouterr().out.splitlines()
    header = next(line for line in lines if line.startswith("Mức"))
    place = header.index("Mã quy tắc")
    told = [line for line in lines if line.startswith("Lỗi")]
    assert [line[place:].split()[0] for line in told] == ["numerator_above_denominator", "unit_unknown"]
    assert all(len(line) <= 100 for line in lines)


def test_an_annotated_copy_on_request_and_nothing_else_is_written(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "bc.csv", [BC_HEADER, WRONG])
    assert main(["check", str(path), "--out", str(tmp_path / "out" / "marked.csv")]) == 1
    assert (tmp_path / "out" / "marked.csv").exists()
    assert not (tmp_path / "data").exists()


def test_a_template_of_several_forms_is_written(tmp_path: Path) -> None:
    out = tmp_path / "new" / "t.xlsx"
    assert main(["template", "bc,dk", "--unit", "20", "--period", "Tháng 10/2026", "--out", str(out)]) == 0
    assert openpyxl.load_workbook(out).sheetnames[:2] == ["BC", "DK"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["XX", "--unit", "20", "--period", "2026-10"], "no form XX"),
        (["BC", "--unit", "20", "--period", "2026-13"], "not a period"),
        (["BC", "--unit", "10", "--period", "2026-10"], "15 (Tỉnh Lào Cai)"),
        (["BC", "--unit", "20-MTTQ", "--period", "2026-Q1"], "owes no indicator"),
    ],
)
def test_a_template_request_that_makes_no_sense_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str
) -> None:
    assert main(["template", *arguments, "--out", str(tmp_path / "t.xlsx")]) == 2
    assert reason in capsys.readouterr().err
    assert not (tmp_path / "t.xlsx").exists()


def test_the_command_runs_as_a_module(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "bc.csv", [BC_HEADER, WRONG])
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-m", "warehouse", "check", str(path)]
    done = subprocess.run(
        command, cwd=PROJECT_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Tử số (51) lớn hơn mẫu số (50)" in done.stdout
