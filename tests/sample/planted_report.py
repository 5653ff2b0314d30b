"""Planted doubtful figures of the sample that the questions of plausibility find, and their other questions.

`python -m tests.sample.planted_report RELEASE.duckdb` prints it for a release that was built from the small sample.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from warehouse.settings import PROJECT_DIR

PLANTED_PATH = PROJECT_DIR / "warehouse" / "sample" / "planted.csv"
Question = tuple[str, str, str | None, str]


@dataclass(frozen=True)
class PlantedReport:
    """Planted cases found and not found, questions on nothing planted by rule, and how many reports were looked at."""

    found: list[dict[str, str]]
    not_found: list[dict[str, str]]
    others: Counter[str]
    report_count: int

    def lines(self) -> Iterable[str]:
        """Return the report as a table of Markdown."""
        yield f"planted: {len(self.found)} found, {len(self.not_found)} not found; {self.report_count} reports"
        yield "| rule | planted | found | other questions | per 1,000 reports |"
        yield "|---|---|---|---|---|"
        cases = Counter(case["case_code"] for case in self.found + self.not_found)
        hits = Counter(case["case_code"] for case in self.found)
        for rule in sorted(cases.keys() | self.others.keys()):
            rate = 1000 * self.others[rule] / self.report_count
            yield f"| {rule} | {cases[rule]} | {hits[rule]} | {self.others[rule]} | {rate:.2f} |"


def planted_cases() -> list[dict[str, str]]:
    """Return the cases of planted.csv."""
    with PLANTED_PATH.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def make_report(connection: duckdb.DuckDBPyConnection) -> PlantedReport:
    """Compare the questions of a build with the planted cases."""
    questions: list[Question] = connection.execute(
        "select rule_code, unit_key, indicator_code, period_code from marts.rpt_plausibility_flags"
    ).fetchall()
    reports = connection.execute(
        "select count(*) from (select distinct unit_key, period_code from marts.fct_indicator_values)"
    ).fetchone()
    assert reports is not None
    cases = planted_cases()
    answers = {id(case): [q for q in questions if _is_about(q, case)] for case in cases}
    expected = {question for found in answers.values() for question in found}
    return PlantedReport(
        found=[case for case in cases if answers[id(case)]],
        not_found=[case for case in cases if not answers[id(case)]],
        others=Counter(question[0] for question in questions if question not in expected),
        report_count=reports[0],
    )


def _is_about(question: Question, case: dict[str, str]) -> bool:
    """Rules bear the names of the cases; a run is asked about at its last period."""
    rule, unit, indicator, period = question
    about = case["indicator_code"] if case["indicator_code"] not in ("", "*") else None
    return (rule, unit, indicator, period) == (
        case["case_code"],
        case["unit_key"],
        about,
        case["last_period"],
    )


if __name__ == "__main__":
    with duckdb.connect(sys.argv[1], read_only=True) as release:
        print("\n".join(make_report(release).lines()))
