"""Queries are small, read published tables alone, and each gives rows of a release that was really built."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dashboard.data.release import SHARED_QUERIES
from dashboard.pages import PAGES
from tests.dashboard.built_records import FIRST_COMMUNE
from tests.dashboard.built_release import FAULTY, PARTY_BLOC
from tests.dashboard.fixture_release import LANG_SON, PHASE
from tests.dashboard.fixture_tables import FILLED
from warehouse.release import reader
from warehouse.release.store import Release
from warehouse.settings import PROJECT_DIR

FOLDERS = [SHARED_QUERIES, *(page.folder for page in PAGES)]
QUERIES = [path for folder in FOLDERS for path in sorted(folder.glob("*.sql"))]
MODULES = sorted((PROJECT_DIR / "dashboard").rglob("*.py"))
LONGEST_QUERY = 28
LONGEST_PAGE = 120
PARAMETERS: dict[str, Any] = {
    "since_date": date(2025, 11, 20),
    "until_date": date(2026, 11, 20),
    "unit_key": LANG_SON,
    "series_key": LANG_SON,
    "province_code": "20",
    "period_code": "2026-9M",
    "indicator_code": "KNTC_GQ",
    "lens": "current_boundaries",
    "phase": PHASE,
    "row_limit": 50,
}
PARTY: dict[str, Any] = {"unit_key": PARTY_BLOC, "series_key": PARTY_BLOC}
MODEL: dict[str, Any] = {"unit_key": f"{FIRST_COMMUNE}@2025-07-01", "model_code": "LS-000"}
"""A model has its parameters from the unit that registered it; a bloc of the party has members below it."""
PARAMETERS_OF = {
    "unit_profile/party_members": PARTY,
    "unit_profile/party_totals": PARTY,
    "dan_van_kheo/one_model": MODEL,
    "dan_van_kheo/steps": MODEL,
}


def name_of(path: Path) -> str:
    """Return a query as its folder and its name."""
    return f"{path.parent.name}/{path.stem}"


def test_all_queries_of_the_dashboard_lie_where_pages_look_for_them() -> None:
    assert len(QUERIES) > 20
    assert set(QUERIES) == set((PROJECT_DIR / "dashboard").rglob("*.sql"))


@pytest.mark.parametrize("path", QUERIES, ids=name_of)
def test_a_query_is_small_and_reads_one_report_at_most(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_QUERY
    assert text.startswith("-- One row per "), "it says its grain"
    assert not re.search(r"select\s+\*|\binsert\b|\bupdate\b|\bdelete\b|\bcopy\b|\bread_csv", text)
    tables = set(re.findall(r"\bmarts\.(\w+)", re.sub(r"--.*", "", text)))
    assert tables
    assert tables <= set(FILLED), "the fixture fills every table that a page reads"
    assert len([table for table in tables if table.startswith("rpt_")]) <= 1


@pytest.mark.parametrize("path", QUERIES, ids=name_of)
def test_a_query_gives_rows_of_a_real_release_and_each_column_once(path: Path, built: Release) -> None:
    text = path.read_text(encoding="utf-8")
    names = set(re.findall(r"\$(\w+)", text))
    known = PARAMETERS | {"submission_id": _faulty_submission(built)} | PARAMETERS_OF.get(name_of(path), {})
    frame = reader.query(built, text, {name: known[name] for name in names})
    assert frame.columns.is_unique
    assert len(frame) > 0


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_query_is_used_and_every_used_query_is_there(folder: Path) -> None:
    call = "read_shared" if folder == SHARED_QUERIES else "read"
    modules = MODULES if folder == SHARED_QUERIES else sorted(folder.glob("*.py"))
    code = "".join(path.read_text(encoding="utf-8") for path in modules)
    used = set(re.findall(rf'\.{call}\(\s*"([a-z_]+)"', code))
    assert used
    assert used == {path.stem for path in folder.glob("*.sql")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.code)
def test_a_page_is_short_and_has_no_sql(page: Any) -> None:
    text = page.script.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST_PAGE
    assert not re.search(r"\bselect\b.+\bfrom\b|duckdb|reader\.query", text, re.IGNORECASE)


def test_the_real_release_has_the_columns_and_types_that_the_fixture_is_made_of(
    built: Release, release: Release
) -> None:
    sql = """
        select table_name, column_name, data_type from information_schema.columns
        where table_schema = 'marts' order by table_name, ordinal_position
    """
    real = [tuple(row) for row in reader.query(built, sql).itertuples(index=False)]
    made = [tuple(row) for row in reader.query(release, sql).itertuples(index=False)]
    assert {table for table, _, _ in made} == set(FILLED)
    assert made == [row for row in real if row[0] in FILLED]


def _faulty_submission(built: Release) -> str:
    sql = "select submission_id from marts.fct_submissions where status = 'returned' and period_code = $period_code"
    found = reader.query(built, sql, {"period_code": FAULTY["period"]})
    assert len(found) == 1
    return str(found["submission_id"].iloc[0])
