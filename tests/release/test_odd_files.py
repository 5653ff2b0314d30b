"""No content of a file can stop a release: odd files of every form and of a panel go through the whole chain.

`python -m tests.release.odd_files` finds the files that are the cause when one of these tests fails.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.release.odd_files import all_files, publish_again, publish_files
from warehouse.release import reader, store
from warehouse.settings import Settings

AS_OF = date(2026, 11, 20)
# Before the reform of July 2025: most of the odd records are dated later, by units that do not exist on this day.
SET_BACK = date(2024, 3, 15)
FORMS = ("BC", "DK", "HD", "KN", "PAPI", "TD", "TX", "VB")


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Publish one release of all odd files."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("odd"), fixed_as_of_date=AS_OF)
    publish_files(settings, all_files())
    return settings


def ask(settings: Settings, sql: str, **parameters: Any) -> list[list[Any]]:
    """Return the rows of a query on the current release."""
    release = store.current(settings)
    assert release is not None
    found: list[list[Any]] = reader.query(release, sql, parameters).values.tolist()
    return found


def test_every_form_has_odd_files_that_were_accepted_and_odd_files_that_were_returned(
    published: Settings,
) -> None:
    rows = ask(published, "select distinct form, status = 'returned' from marts.fct_submissions")
    assert {(form, is_returned) for form, is_returned in rows if form} == {
        (form, is_returned) for form in FORMS for is_returned in (True, False)
    }


def test_a_document_of_2010_counts_in_its_month(published: Settings) -> None:
    rows = ask(
        published,
        "select d.period_code, s.period_code, s.status from marts.fct_documents d"
        " join marts.fct_submissions s using (submission_id) where d.document_no = '290-QĐ/TW'",
    )
    assert rows == [["2010-02", "2010-02", "accepted"]]
    periods = ask(
        published,
        "select min(period_code), max(period_code) from marts.dim_periods where period_type = 'month'",
    )
    assert periods == [["2009-01", "2035-12"]]


def test_a_returned_report_of_a_period_outside_the_calendar_has_no_period(published: Settings) -> None:
    rows = ask(
        published,
        "select distinct s.form, s.status, s.period_code is null from marts.fct_submissions s"
        " join marts.fct_submission_findings f using (submission_id) where f.found_value = '2062-09'",
    )
    assert sorted(rows) == [["BC", "returned", True], ["TX", "returned", True]]


def test_a_dash_in_a_required_count_is_asked_about(published: Settings) -> None:
    rows = ask(
        published,
        "select distinct s.status from marts.fct_submissions s join marts.fct_submission_findings f"
        " using (submission_id) where s.form = 'TX' and f.rule_code = 'dash_as_missing' and f.column_name = 'good_count'",
    )
    assert rows == [["returned"]]


def test_of_two_records_with_one_key_on_one_row_of_two_sheets_the_later_sheet_counts(
    published: Settings,
) -> None:
    rows = ask(published, "select sheet, document_date from marts.fct_documents where document_no = 'twice'")
    assert [(sheet, str(day)[:10]) for sheet, day in rows] == [("Sheet2", "2026-09-01")]


def test_a_commune_that_ended_before_the_phase_is_none_of_its_units(published: Settings) -> None:
    rows = ask(
        published,
        "select registered_count, units_with_models, units_total, units_with_models_ratio is null"
        " from marts.rpt_model_reach where lens = 'as_reported' and unit_key = '00007@0' and period_code = '2026-2030'",
    )
    assert rows
    assert all(row[1:] == [0, 0, True] and row[0] > 0 for row in rows)


def test_two_sheets_of_one_year_of_a_panel_are_both_left_out(published: Settings) -> None:
    rows = ask(
        published,
        "select period_code, count(*) from marts.fct_indicator_values where indicator_code like 'PAPI_%'"
        " group by period_code order by period_code",
    )
    # 2010 is in the calendar; 1990, 2005, 2062 and 9999 are not; of 2013 one score is a number that can be one.
    assert rows == [["2010", 2], ["2013", 1], ["2015", 2]]


@pytest.mark.long
def test_with_the_as_of_date_set_back_the_same_reports_are_published(published: Settings) -> None:
    tables = ("fct_commitments", "fct_documents", "fct_model_registrations", "fct_indicator_values")
    counts = [ask(published, f"select count(*) from marts.{table}") for table in tables]
    set_back = replace(published, fixed_as_of_date=SET_BACK)
    publish_again(set_back)
    release = store.current(set_back)
    assert release is not None
    assert release.as_of_date == SET_BACK
    assert [ask(set_back, f"select count(*) from marts.{table}") for table in tables] == counts
    (negative, youngest) = ask(
        set_back,
        "select count(*) filter (where days_open < 0), count(*) filter (where days_open = 0 and is_open)"
        " from marts.fct_commitments",
    )[0]
    assert negative == 0
    assert youngest > 0
    lenses = ask(
        set_back,
        "select count(distinct lens), count(distinct item_count) from marts.rpt_commitments"
        " where level = 'country' and role = 'raised_by' and source_type = 'all'",
    )
    assert lenses == [[2, 1]]
