"""Queries are small, read one published mart each, and run; pages hold no SQL."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.data import QUERIES_DIR
from tests.dashboard.fixture_release import LANG_SON, PHASE
from tests.dashboard.fixture_tables import TABLES
from warehouse.release import reader
from warehouse.release.store import Release
from warehouse.settings import PROJECT_DIR

QUERIES = sorted(QUERIES_DIR.glob("*.sql"))
PAGES = sorted((PROJECT_DIR / "dashboard" / "app_pages").glob("*.py"))
PARAMETERS: dict[str, Any] = {
    "since_date": date(2025, 11, 20),
    "until_date": date(2026, 11, 20),
    "unit_key": LANG_SON,
    "series_key": LANG_SON,
    "province_code": "20",
    "is_province_of_today": True,
    "period_code": "2026-9M",
    "indicator_code": "KNTC_GQ",
    "lens": "current_boundaries",
    "phase": PHASE,
    "row_limit": 50,
}
SILENT_WITHOUT_SUBMISSION = {"profile_findings", "profile_files"}


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_is_small_and_reads_one_mart(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 25
    assert text.startswith("-- One row per "), "it says its grain"
    assert not re.search(r"select\s+\*|\binsert\b|\bupdate\b|\bdelete\b|\bcopy\b|\bread_csv", text)
    code = re.sub(r"--.*", "", text)
    tables = set(re.findall(r"(?<!_)(?:from|join)\s+([a-z_.]+)", code)) - {"range", "unnest"}
    assert all(table.startswith("marts.") for table in tables)
    facts = {table for table in tables if not table.startswith("marts.dim_")}
    assert len(facts) <= 1


@pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)
def test_a_query_runs_and_gives_each_column_once(path: Path, release: Release) -> None:
    text = path.read_text(encoding="utf-8")
    names = set(re.findall(r"\$(\w+)", text))
    known = PARAMETERS | {"submission_id": "none", "submission_ids": "none"}
    frame = reader.query(release, text, {name: known[name] for name in names})
    assert frame.columns.is_unique
    assert path.stem in SILENT_WITHOUT_SUBMISSION or len(frame) > 0


def test_every_query_is_used_and_every_used_query_is_there() -> None:
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in (PROJECT_DIR / "dashboard").rglob("*.py")
        if path.name != "data.py"
    )
    used = set(re.findall(r'\.read\(\s*"([a-z_]+)"', code))
    assert used == {path.stem for path in QUERIES}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_page_is_short_and_has_no_sql(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 120
    assert not re.search(r"\bselect\b.+\bfrom\b|duckdb|reader\.query", text, re.IGNORECASE)


def test_the_fixture_has_the_columns_of_the_contract() -> None:
    for table in ("rpt_indicator_series", "fct_submissions", "dim_units"):
        assert len(TABLES[table]) == len({column.split()[0] for column in TABLES[table]})
