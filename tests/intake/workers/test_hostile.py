"""Broken and hostile files through the whole collection: each is read or refused with a reason, inside bounds of
memory and time, and nothing else comes to harm.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.intake.history.ledger_kit import count, drop, figures
from tests.intake.workers import hostile_files
from warehouse.intake.reply.summary import SUMMARY_SHEET
from warehouse.raw.store import open_store
from warehouse.raw.tables import RAW_SCHEMA
from warehouse.settings import PROJECT_DIR, Settings

# Name in the inbox, its maker, and the rules of the errors that its sender is told; none where it is accepted.
FILES: dict[str, tuple[hostile_files.Maker, set[str]]] = {
    "zip_bomb.xlsx": (hostile_files.zip_bomb, {"file_too_large"}),
    "lying_zip_bomb.xlsx": (hostile_files.lying_zip_bomb, {"file_damaged"}),
    "quine_of_parts.xlsx": (hostile_files.quine_of_parts, {"file_too_large"}),
    "xml_bomb.xlsx": (hostile_files.xml_bomb, set()),
    "xml_bomb_in_cell.xlsx": (hostile_files.xml_bomb_in_cell, {"file_damaged"}),
    "xml_bomb_in_styles.xlsx": (hostile_files.xml_bomb_in_styles, {"file_damaged"}),
    "external_entity.xlsx": (hostile_files.external_entity, {"file_damaged"}),
    "huge_dimension.xlsx": (hostile_files.huge_dimension, set()),
    "far_cell.xlsx": (hostile_files.far_cell, set()),
    "fairly_far_cell.xlsx": (hostile_files.fairly_far_cell, set()),
    "many_far_cells.xlsx": (hostile_files.many_far_cells, {"file_needs_too_much_memory"}),
    "macro.xlsm": (hostile_files.macro_file, {"file_has_macros"}),
    "encrypted.xlsx": (hostile_files.encrypted, {"file_encrypted"}),
    "truncated.xlsx": (hostile_files.truncated, {"file_damaged"}),
    "workbook_named.csv": (
        lambda: hostile_files.workbook(hostile_files.sheet(hostile_files.CLEAN_ROW)),
        set(),
    ),
    "csv_named.xlsx": (lambda: figures(5), set()),
    "web_page.xls": (hostile_files.html_table, {"file_is_web_page"}),
    "million_empty_rows.xlsx": (hostile_files.million_empty_rows, set()),
    "million_styled_rows.xlsx": (hostile_files.million_styled_rows, set()),
    "million_spaces.xlsx": (hostile_files.million_spaces, set()),
    "million_empty_rows.csv": (hostile_files.million_empty_csv_rows, set()),
    "large_text.xlsx": (hostile_files.large_text, {"text_too_long"}),
    "large_number.xlsx": (hostile_files.large_number_text, {"number_unreadable"}),
    "large_text.csv": (hostile_files.large_csv_text, {"file_field_too_long"}),
    "long_text.csv": (hostile_files.long_csv_text, {"file_field_too_long"}),
    "endless_quote.csv": (hostile_files.one_endless_quote, {"csv_line_quote"}),
    "only_zeros.xlsx": (lambda: bytes(100_000), {"file_not_a_table"}),
    "empty.xlsx": (lambda: b"", {"file_empty"}),
}
GOOD_FILES = 10
# Memory of the largest process that was started: above libraries with one honest file, below the kernel's limit.
MOST_MEGABYTES = 2048
# Processor time of the whole collection on a slow machine that is busy; one file alone may have 30 s.
MOST_SECONDS = 240
KILOBYTE_PER_MEGABYTE = 1024
# The peak of the process itself is read from /proc: `ru_maxrss` starts with that of whoever started it, here of all tests.
COLLECT = """
import json, re, resource, sys
from pathlib import Path
from tests.intake.history.ledger_kit import collect_in_children
from warehouse.settings import Settings
summary = collect_in_children(Settings(data_dir=Path(sys.argv[1])))
children = resource.getrusage(resource.RUSAGE_CHILDREN)
own = resource.getrusage(resource.RUSAGE_SELF)
peak = re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps({
    "files": summary.files,
    "child": children.ru_maxrss,
    "own": int(peak[1]),
    "seconds": children.ru_utime + children.ru_stime + own.ru_utime + own.ru_stime,
}))
"""


def collect_apart(settings: Settings) -> dict[str, Any]:
    """Run one pass of the collection in a process of its own, and return its time and memory with its children's."""
    done = subprocess.run(
        [sys.executable, "-c", COLLECT, str(settings.data_dir)],
        cwd=PROJECT_DIR,
        env=os.environ | {"AS_OF_DATE": "2026-11-20"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, dict[str, Any]]:
    """Collect all hostile files between good ones, once."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("hostile") / "data")
    for name, (make, _) in FILES.items():
        drop(settings, name, make())
    for number in range(GOOD_FILES):
        drop(settings, f"good{number}.csv", figures(number % 9 + 1, number))
    return settings, collect_apart(settings)


def findings_of(settings: Settings, name: str) -> list[dict[str, Any]]:
    with open_store(settings, read_only=True) as connection:
        return (
            connection.execute(
                f"select g.* from {RAW_SCHEMA}.files as f join {RAW_SCHEMA}.findings as g using (file_sha256)"
                " where f.file_name = ? order by finding_number",
                [name],
            )
            .to_arrow_table()
            .to_pylist()
        )


def outcome_of(settings: Settings, name: str) -> str:
    with open_store(settings, read_only=True) as connection:
        row = connection.execute(
            f"select outcome from {RAW_SCHEMA}.files where file_name = ?", [name]
        ).fetchone()
    assert row is not None, f"{name} is not in the ledger"
    return str(row[0])


@pytest.mark.parametrize("name", FILES)
def test_each_hostile_file_is_read_or_refused_with_a_reason(
    collected: tuple[Settings, dict[str, Any]], name: str
) -> None:
    settings, _ = collected
    expected = FILES[name][1]
    errors = [row for row in findings_of(settings, name) if row["severity"] == "error"]
    assert {row["rule_code"] for row in errors} == expected
    assert all(row["message_vi"] and row["message_en"] for row in errors)
    outcome = outcome_of(settings, name)
    assert outcome in (("returned", "unreadable") if expected else ("accepted", "accepted_with_warnings"))


def test_good_files_beside_hostile_ones_are_accepted(collected: tuple[Settings, dict[str, Any]]) -> None:
    settings, _ = collected
    assert {outcome_of(settings, f"good{number}.csv") for number in range(GOOD_FILES)} == {"accepted"}
    assert count(settings, "files") == GOOD_FILES + len(FILES)
    assert list(settings.inbox_dir.iterdir()) == []
    assert list(settings.staged_dir.iterdir()) == []
    returned = {path.name.split("_", 1)[1] for path in settings.returned_dir.iterdir()}
    assert len(returned) == GOOD_FILES + len(FILES)


def test_memory_and_time_are_bounded(collected: tuple[Settings, dict[str, Any]]) -> None:
    _, took = collected
    assert took["child"] / KILOBYTE_PER_MEGABYTE < MOST_MEGABYTES
    assert took["own"] / KILOBYTE_PER_MEGABYTE < MOST_MEGABYTES / 4
    assert took["seconds"] < MOST_SECONDS


def test_no_file_of_ours_is_given_away(collected: tuple[Settings, dict[str, Any]]) -> None:
    """An external entity names /etc/passwd: nothing of it is in the store or in what goes back."""
    settings, _ = collected
    first_line = Path("/etc/passwd").read_bytes().splitlines()[0]
    replies = [*settings.returned_dir.rglob("*.txt"), *settings.returned_dir.rglob("*.json")]
    assert len(replies) >= len(FILES)
    for path in [settings.raw_path, *replies]:
        assert first_line not in path.read_bytes()


NAMES = (
    "../../outside.csv",
    "..\\..\\outside.csv",
    "/etc/outside.csv",
    "a\nb.csv",
    "=1+1.csv",
    "x" * 5000,
    "..",
    "",
)


def test_a_path_in_a_name_stays_a_name(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    for number, name in enumerate(NAMES):
        drop(settings, f"{number}.csv", figures(1, number), {"file_name": name})
    drop(settings, "=cmd|' C calc'!A0.csv", figures(2, 1))
    collect_apart(settings)
    assert count(settings, "files") == len(NAMES) + 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]
    assert len(list(settings.returned_dir.iterdir())) == len(NAMES) + 1
    assert not list(tmp_path.rglob("outside.csv"))


INJECTIONS = (
    "=cmd|' /C calc'!A0",
    "+SUM(1)",
    "-1+cmd",
    "@SUM(A1)",
    "\t=1+1",
    '=HYPERLINK("http://x.invalid")',
)


def test_a_reply_holds_no_formula_of_a_stranger(tmp_path: Path) -> None:
    """A formula stands neither in the sender's own CSV nor in our reply, which quotes found values and names."""
    settings = Settings(data_dir=tmp_path / "data")
    lines = ["unit_code,period,indicator_code,numerator,denominator,value,note"]
    for number, text in enumerate(INJECTIONS):
        quoted = '"' + text.replace('"', '""') + '"'
        lines.append(f"20,2026-0{number + 1},TTHC_DUNGHAN,{quoted},50,,{quoted}")
    drop(settings, "a.csv", ("\n".join(lines) + "\n").encode())
    book = openpyxl.Workbook()
    for line in (hostile_files.HEADINGS, *(("20", "2026-03", "TTHC_DUNGHAN", 1, 50, None, "x"),)):
        book.active.append(line)
    for row, text in enumerate(INJECTIONS, 3):
        for column, value in enumerate(("20", f"2026-0{row}", "TTHC_DUNGHAN", text, 50, None, text), 1):
            cell = book.active.cell(row, column, value)
            cell.data_type = "s" if isinstance(value, str) else cell.data_type
    path = tmp_path / "b.xlsx"
    book.save(path)
    drop(settings, "b.xlsx", path.read_bytes())
    collect_apart(settings)
    (annotated,) = settings.returned_dir.rglob("a.csv")
    with annotated.open(encoding="utf-8-sig", newline="") as stream:
        cells = [cell for line in csv.reader(stream) for cell in line]
    assert any("cmd|" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    (annotated,) = settings.returned_dir.rglob("b.xlsx")
    summary = openpyxl.load_workbook(annotated)[SUMMARY_SHEET]
    formulas = [cell.value for line in summary.iter_rows() for cell in line if cell.data_type == "f"]
    assert [text for text in formulas if not str(text).startswith('=HYPERLINK("#')] == []


@pytest.mark.parametrize("files", [400, pytest.param(10_000, marks=pytest.mark.long)])
def test_very_many_tiny_files_are_recorded_in_bounded_memory(tmp_path: Path, files: int) -> None:
    """Each file is in the ledger once, and the collecting process's memory does not grow with their number."""
    settings = Settings(data_dir=tmp_path / "data")
    for number in range(files):
        drop(settings, f"{number}.csv", figures(number % 9 + 1, number))
    took = collect_apart(settings)
    assert took["files"] == files == count(settings, "files")
    assert took["own"] / KILOBYTE_PER_MEGABYTE < MOST_MEGABYTES / 4
