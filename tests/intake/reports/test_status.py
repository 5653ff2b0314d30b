"""The one place that decides a status and an outcome: by hand, and Python against SQL."""

from __future__ import annotations

from itertools import product

import duckdb
import pytest

from warehouse.intake.reports.status import outcome_of, outcome_sql, status_of, status_sql, with_more_warnings

COUNTS = (0, 1, 5)


@pytest.mark.parametrize(
    ("is_returned", "errors", "warnings", "status"),
    [
        (False, 0, 0, "accepted"),
        (False, 0, 2, "accepted_with_warnings"),
        (False, 1, 0, "accepted_with_warnings"),
        (True, 1, 0, "returned"),
        (True, 0, 0, "returned"),
    ],
)
def test_the_status_of_a_report_follows_from_its_findings(
    is_returned: bool, errors: int, warnings: int, status: str
) -> None:
    assert status_of(is_returned, errors, warnings) == status


@pytest.mark.parametrize(
    ("counts", "outcome"),
    [
        ([], "accepted"),
        ([(0, 0), (0, 0)], "accepted"),
        ([(0, 0), (0, 1)], "accepted_with_warnings"),
        ([(0, 3), (1, 0)], "returned"),
    ],
)
def test_the_outcome_of_a_file_follows_from_its_reports(counts: list[tuple[int, int]], outcome: str) -> None:
    assert outcome_of({"error_count": e, "warning_count": w} for e, w in counts) == outcome


def test_a_question_about_the_past_changes_the_status_of_accepted_reports_only() -> None:
    accepted = {"status": "accepted", "error_count": 0, "warning_count": 0}
    returned = {"status": "returned", "error_count": 2, "warning_count": 1}
    assert with_more_warnings(accepted, 0) == accepted
    assert with_more_warnings(accepted, 2) == {
        "status": "accepted_with_warnings",
        "error_count": 0,
        "warning_count": 2,
    }
    assert with_more_warnings(returned, 2) == {**returned, "warning_count": 3}


def test_sql_decides_as_python_does() -> None:
    cases = list(product((False, True), COUNTS, COUNTS))
    sql = status_sql("is_returned", "errors", "warnings")
    values = ", ".join(map(str, cases))
    with duckdb.connect() as connection:
        decided = connection.execute(
            f"select {sql} from (values {values}) as cases (is_returned, errors, warnings)"
        ).fetchall()
        assert [status for (status,) in decided] == [status_of(*case) for case in cases]
        for reports in product(product(COUNTS, COUNTS), repeat=2):
            values = ", ".join(map(str, reports))
            (outcome,) = connection.execute(
                f"select {outcome_sql()} from (values {values}) as reports (error_count, warning_count)"
            ).fetchall()[0]
            assert outcome == outcome_of({"error_count": e, "warning_count": w} for e, w in reports)
