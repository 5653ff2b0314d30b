"""Part-corrections: which figures and ratings stand, since when and until when, against a plain walk in Python."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from tests.marts.dbt_kit import SmallBuild, small_build

SEED = 20261121
REPORTS = 400
UNITS = ["A", "B", "C"]
PERIODS = ["2026-09", "2026-10"]
CODES = ["RATE", "COUNT", "OTHER", "FOURTH"]
DIVISIONS = [None, "Khối Đảng", "Khối chính quyền"]
BEGIN = datetime(2026, 11, 1)


@dataclass(frozen=True)
class Sent:
    """One report of form BC or TX: each row is a key and a figure."""

    number: int
    form: str
    unit: str
    period: str
    received_at: datetime
    is_part: bool
    is_accepted: bool
    rows: dict[str | None, float]

    @property
    def id(self) -> str:
        """Return the id of the submission, which stands for its file too."""
        return f"s{self.number:04}"


@pytest.fixture(scope="module")
def sent() -> list[Sent]:
    """Draw reports in order of arrival. Some arrive at the same instant, some are returned, some are empty."""
    chance = random.Random(SEED)
    reports = []
    for number in range(REPORTS):
        form = chance.choice(["BC", "BC", "TX"])
        keys: list[Any] = CODES if form == "BC" else DIVISIONS
        chosen = chance.sample(keys, chance.randint(0, len(keys)))
        reports.append(
            Sent(
                number=number,
                form=form,
                unit=chance.choice(UNITS),
                period=chance.choice(PERIODS),
                received_at=BEGIN + timedelta(hours=number // 2),
                is_part=chance.random() < 0.5,
                is_accepted=chance.random() < 0.9,
                rows={key: float(chance.randint(0, 9)) for key in chosen},
            )
        )
    return reports


@pytest.fixture(scope="module")
def built(sent: list[Sent]) -> Iterator[SmallBuild]:
    """Build the figures and the ratings of the reports."""
    with small_build() as build:
        _put(build, "stg_raw__submissions", [
            {"submission_id": s.id, "file_sha256": s.id, "form": s.form, "unit_key": s.unit, "period_code": s.period,
             "status": "accepted" if s.is_accepted else "returned", "row_count": 1, "error_count": 0,
             "warning_count": 0, "sheet": s.form, "is_part_correction": s.is_part}
            for s in sent
        ])  # fmt: skip
        _put(build, "stg_raw__files", [
            {"file_sha256": s.id, "file_name": s.id, "received_at": s.received_at, "is_simulated": False} for s in sent
        ])  # fmt: skip
        _put(build, "stg_raw__indicator_reports", [
            {"submission_id": s.id, "indicator_code": code, "numerator": None, "denominator": None, "value": value,
             "is_not_applicable": False, "sheet": "BC", "cell": "A1", "denominator_cell": None}
            for s in sent if s.form == "BC" for code, value in s.rows.items()
        ])  # fmt: skip
        counts = ("outstanding", "good", "completed", "not_completed", "rewarded", "disciplined")
        _put(build, "stg_raw__ratings", [
            {"submission_id": s.id, "sheet": "TX", "row_number": 1, "unit_key": s.unit, "period_code": s.period,
             "unit_code": s.unit, "division": division, "rated_count": value} | {f"{name}_count": 0 for name in counts}
            for s in sent if s.form == "TX" for division, value in s.rows.items()
        ])  # fmt: skip
        build.execute(
            "create table stg_raw__panel_values (submission_id varchar, indicator_code varchar, value double,"
            " sheet varchar, cell varchar, denominator_cell varchar)"
        )
        build.execute(
            "create table int_indicators as select unnest(['RATE', 'COUNT', 'OTHER', 'FOURTH']) as indicator_code,"
            " false as is_rate, 'sum' as aggregation"
        )
        build.execute(
            "create table int_populations (unit_key varchar, period_code varchar, population double)"
        )
        build.run("int_submissions", "int_indicator_values", "int_ratings")
        yield build


def _put(build: SmallBuild, name: str, rows: list[dict[str, Any]]) -> None:
    table = pa.Table.from_pylist(rows)
    # A column without any value has no type.
    fields = [
        field.with_type(pa.float64()) if pa.types.is_null(field.type) else field for field in table.schema
    ]
    build.register("rows_of_table", table.cast(pa.schema(fields)))
    build.execute(f"create table {name} as from rows_of_table")


def walk(
    sent: list[Sent], form: str
) -> dict[tuple[str, str, str | None, str], tuple[datetime, datetime | None]]:
    """Return from when to when each row of each accepted report stood."""
    spans: dict[tuple[str, str, str | None, str], tuple[datetime, datetime | None]] = {}
    standing: dict[tuple[str, str], dict[str | None, str]] = defaultdict(dict)
    for report in sorted(sent, key=lambda item: (item.received_at, item.id)):
        if report.form != form or not report.is_accepted:
            continue
        now = standing[report.unit, report.period]
        ended = list(now) if not report.is_part else [key for key in report.rows if key in now]
        for key in ended:
            place = (report.unit, report.period, key, now.pop(key))
            spans[place] = (spans[place][0], report.received_at)
        for key in report.rows:
            now[key] = report.id
            spans[report.unit, report.period, key, report.id] = (report.received_at, None)
    return spans


def test_each_figure_stands_until_a_report_replaces_it(sent: list[Sent], built: SmallBuild) -> None:
    found = built.execute(
        "select unit_key, period_code, indicator_code, submission_id, known_from, known_to from int_indicator_values"
    ).fetchall()
    expected = walk(sent, "BC")
    assert {tuple(row[:4]): tuple(row[4:]) for row in found} == expected
    assert len(found) == len(expected)
    # The draw has what the test is about: figures of several submissions that stand side by side.
    now = [place for place, (_, until) in expected.items() if until is None]
    assert len({(unit, period) for unit, period, _, _ in now}) < len({place[3] for place in now})


def test_each_rating_stands_until_a_report_names_its_division_again(
    sent: list[Sent], built: SmallBuild
) -> None:
    found = built.execute("select unit_key, period_code, division, submission_id from int_ratings").fetchall()
    expected = [place for place, (_, until) in walk(sent, "TX").items() if until is None]
    assert sorted(map(repr, found)) == sorted(map(repr, expected))


def test_one_figure_stands_at_a_time(built: SmallBuild) -> None:
    twice = built.execute(
        "select unit_key, period_code, indicator_code from int_indicator_values where known_to is null"
        " group by all having count(*) > 1"
    ).fetchall()
    assert twice == []
