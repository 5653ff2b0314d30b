"""Reports on activities, documents, commitments and ratings against a plain walk in Python over random records.

The units are the real ones around the merger of 2025-07-01, and a province that was renamed in 2026.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from statistics import median
from typing import Any

import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from tests.marts.dbt_kit import AS_OF, SmallBuild, small_build
from tests.marts.record_country import UNIT_MODELS, Country, load_country

SEED = 20251120
RECORDS = 1500
# Three provinces that merged into two, one that stayed and one that was renamed on 2026-09-20, with all below them.
PROVINCES = ("02@0", "08@0", "20@0", "08@2025-07-01", "20@2025-07-01", "24@2025-07-01")
ALL = "all"
Row = dict[str, Any]
Key = tuple[Any, ...]


@pytest.fixture(scope="module")
def country() -> Country:
    """Return the plain walk through the units."""
    return load_country()


@pytest.fixture(scope="module")
def reporters(country: Country) -> list[str]:
    """Return units of the provinces at every level."""
    found = [key for key in country.units if any(unit in PROVINCES for unit in country.upward(key))]
    by_level = defaultdict(list)
    for key in found:
        by_level[country.units[key].level].append(key)
    chance = random.Random(SEED)
    chosen = [key for keys in by_level.values() for key in chance.sample(keys, min(len(keys), 40))]
    split = [key for key in found if len(country.heirs.get(key, [])) > 1]
    assert {"province", "district", "commune", "body"} <= {country.units[key].level for key in chosen}
    assert split, "a unit that was split is among those to choose from"
    return chosen + split[:5]


@pytest.fixture(scope="module")
def database(country: Country, reporters: list[str]) -> Iterator[SmallBuild]:
    """Build the four marts on random records."""
    chance = random.Random(SEED)
    with small_build() as connection:
        # No report is of a unit that begins after the as-of day.
        connection.execute("create table stg_raw__submissions (unit_key varchar, status varchar)")
        makers: dict[str, Callable[[random.Random, int, str, date], Row]] = {
            "activities": _activity,
            "documents": _document,
            "commitments": lambda *given: _commitment(*given, reporters),
        }
        for name, make in makers.items():
            facts = [
                make(chance, number, key, _day(chance, country, key))
                for number, key in enumerate(chance.choices(reporters, k=RECORDS))
            ]
            _put(connection, f"fct_{name}", facts)
        _put(connection, "fct_ratings", list(_ratings(chance, country, reporters)))
        connection.run(*UNIT_MODELS, "rpt_activities", "rpt_documents", "rpt_commitments", "rpt_ratings")
        yield connection


def _day(chance: random.Random, country: Country, key: str) -> date:
    """Draw a day of the unit's life in the years of the records, now and then a day outside it."""
    unit = country.units[key]
    first, last = max(unit.first, date(2025, 1, 1)), min(unit.last, date(2026, 12, 20))
    strayed = chance.choice([-20, 20]) if chance.random() < 0.03 else 0
    return first + timedelta(days=chance.randint(0, max((last - first).days, 0)) + strayed)


def _activity(chance: random.Random, number: int, key: str, day: date) -> Row:
    kind = chance.random()
    planned = day if kind < 0.8 else None
    held = None
    if planned is None or (kind < 0.6 and day <= AS_OF):
        held = min(day + timedelta(days=chance.choice([0, 0, 3, 25])), AS_OF)
    return {
        "unit_key": key,
        "activity_type": chance.choice(["dialogue", "reception", "training"]),
        "planned_date": planned,
        "activity_date": held,
        "participants": chance.choice([None, 0, 12, 250]) if held else None,
        "is_planned": planned is not None,
        "is_held": held is not None,
        "is_overdue": held is None and planned is not None and planned < AS_OF,
        "subject_unit_key": (None, "unit A", "unit B")[number % 3],
        "conclusion_count": number % 4,
        "closed_conclusion_count": number % 4 // 2,
        "overdue_conclusion_count": number % 4 // 3,
        "is_simulated": number % 2 == 0,
    }


def _document(chance: random.Random, number: int, key: str, day: date) -> Row:
    # Few numbers and days of issue, so that one document has several copies and two of one number are told apart.
    day = day.replace(day=chance.choice([2, 20]))
    received = chance.choice([None, 1, 4, 9])
    passed_on = None if received is None or chance.random() < 0.3 else received + chance.choice([0, 5, 6, 30])
    total = chance.choice([None, 0, 3, 40])
    tasks = (None, 0, 5)[number % 3]
    return {
        "unit_key": key,
        "document_no": f"{chance.randint(1, 4)}-CT/TU",
        "document_date": day,
        "period_code": f"{day:%Y-%m}",
        "days_to_receive": received,
        "days_to_disseminate": passed_on,
        "organisations_total": total,
        "organisations_done": chance.choice([None, chance.randint(0, total)]) if total is not None else None,
        "is_disseminated": passed_on is not None,
        "is_to_disseminate": passed_on is not None or number % 5 > 0,
        "days_to_pass_on": None if passed_on is None or received is None else passed_on - received,
        "is_awaiting_plan": (None, True, False, False)[number % 4],
        "chain_status": ("linked", "parent_not_named", "no_parent")[number % 3],
        "task_count": tasks,
        "tasks_done": None if tasks is None or number % 2 else tasks - tasks // 3,
        "is_overdue": number % 7 == 0,
        "is_simulated": True,
    }


def _commitment(chance: random.Random, number: int, key: str, day: date, owners: list[str]) -> Row:
    day = min(day, AS_OF)
    status = chance.choice(["open", "in_progress", "closed", "cancelled"])
    due = chance.choice([None, day + timedelta(days=chance.randint(0, 300))])
    closed = min(day + timedelta(days=chance.randint(0, 200)), AS_OF) if status == "closed" else None
    counted_to = AS_OF if status in ("open", "in_progress") else closed
    is_open = status in ("open", "in_progress")
    late = None if due is None or counted_to is None else max((counted_to - due).days, 0)
    return {
        "unit_key": key,
        "responsible_unit_key": chance.choice([None, key, chance.choice(owners)]),
        "source_type": chance.choice(["dialogue", "inspection", "reception"]),
        "source_date": day,
        "due_date": due,
        "status": status,
        "closed_date": closed,
        "is_open": is_open,
        "is_overdue": None if is_open and due is None else is_open and due is not None and due < AS_OF,
        "days_overdue": late,
        "days_open": None if counted_to is None else (counted_to - day).days,
        "is_simulated": True,
    }


def _ratings(chance: random.Random, country: Country, reporters: list[str]) -> Iterator[Row]:
    for key in reporters:
        for period in ("2025-05", "2025-08", "2026-08", "2026-10"):
            end = date(int(period[:4]), int(period[5:]), 28)
            if not country.units[key].first <= end <= country.units[key].last:
                continue
            for division in chance.choice([[None], ["Khối Đảng", "Khối chính quyền"], [None, "Khối Đảng"]]):
                parts = [chance.randint(0, 9) for _ in range(4)]
                yield {
                    "unit_key": key,
                    "period_code": period,
                    "division": division,
                    "rated_count": sum(parts),
                    **dict(
                        zip(
                            ("outstanding_count", "good_count", "completed_count", "not_completed_count"),
                            parts,
                            strict=True,
                        )
                    ),
                    "rewarded_count": chance.choice([None, 0, 2]),
                    "disciplined_count": None,
                    "is_simulated": True,
                }


def _put(connection: SmallBuild, table: str, facts: list[Row]) -> None:
    """Make a table of these rows with the column types of the marts."""
    kinds = {
        "_date": "date",
        "_count": "bigint",
        "days_": "bigint",
        "organisations_": "bigint",
        "tasks_": "bigint",
        "is_": "boolean",
    }
    columns = []
    for name in facts[0]:
        kind = next((kind for part, kind in kinds.items() if part in name), "varchar")
        columns.append(f"{name} {'bigint' if name == 'participants' else kind}")
    connection.execute(f"create table {table} ({', '.join(columns)})")
    marks = ", ".join("?" for _ in columns)
    connection.executemany(f"insert into {table} values ({marks})", [list(fact.values()) for fact in facts])


def _facts(connection: SmallBuild, table: str) -> list[Row]:
    return connection.sql(f"select * from {table}").to_arrow_table().to_pylist()


def _grouped(pairs: Iterable[tuple[Key, Row]]) -> dict[Key, list[Row]]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for key, row in pairs:
        groups[key].append(row)
    return groups


def _known_sum(rows: list[Row], name: str) -> int | None:
    known = [row[name] for row in rows if row[name] is not None]
    return sum(known) if known else None


def _known_median(rows: list[Row], name: str) -> float | None:
    known = [row[name] for row in rows if row[name] is not None]
    return float(median(known)) if known else None


def _part(part: int | None, whole: int | None) -> float | None:
    return None if part is None or not whole else part / whole


def _compare(connection: SmallBuild, table: str, keys: list[str], expected: dict[Key, Row]) -> int:
    """Assert that the rows found are the expected rows in every named column, and return their number."""
    found = {tuple(row[key] for key in keys): row for row in _facts(connection, table)}
    assert found.keys() == expected.keys()
    for key, row in expected.items():
        for name, value in row.items():
            if isinstance(value, float):
                assert found[key][name] == pytest.approx(value, abs=1e-9), (key, name)
            else:
                assert found[key][name] == value, (key, name)
    return len(expected)


def test_activities_planned_and_held_are_those_of_the_walk(database: SmallBuild, country: Country) -> None:
    def occurrences() -> Iterator[tuple[Key, Row]]:
        for fact in _facts(database, "fct_activities"):
            for what in ("planned", "activity"):
                day = fact[f"{what}_date"]
                if day is None:
                    continue
                for lens, unit, home in country.places(fact["unit_key"], day):
                    row = {**fact, "what": what, "home": home}
                    for kind in (fact["activity_type"], ALL):
                        yield (lens, unit, kind, f"{day:%Y-%m}"), row

    expected = {}
    for key, rows in _grouped(occurrences()).items():
        plans = [row for row in rows if row["what"] == "planned"]
        held = [row for row in rows if row["what"] == "activity"]
        kept = [row for row in plans if row["is_held"]]
        overdue = [row for row in plans if not row["is_held"] and row["planned_date"] < AS_OF]
        expected[key] = {
            "planned_count": len(plans),
            "planned_held_count": len(kept),
            "held_in_month_count": sum(f"{row['activity_date']:%Y-%m}" == key[3] for row in kept),
            "overdue_count": len(overdue),
            "not_yet_due_count": len(plans) - len(kept) - len(overdue),
            "planned_held_ratio": _part(len(kept), len(kept) + len(overdue)),
            "held_count": len(held),
            "unplanned_held_count": sum(row["planned_date"] is None for row in held),
            "participants": _known_sum(held, "participants"),
            "participants_known_count": sum(row["participants"] is not None for row in held),
            "subject_unit_count": len({row["subject_unit_key"] for row in held} - {None}),
            "conclusion_count": sum(row["conclusion_count"] for row in held),
            "closed_conclusion_count": sum(row["closed_conclusion_count"] for row in held),
            "overdue_conclusion_count": sum(row["overdue_conclusion_count"] for row in held),
            "reporting_units": len({row["home"] for row in rows}),
            "is_simulated": any(row["is_simulated"] for row in rows),
        }
    keys = ["lens", "unit_key", "activity_type", "period_code"]
    assert _compare(database, "rpt_activities", keys, expected) > 3000


def test_times_from_issue_to_the_grassroots_are_those_of_the_walk(
    database: SmallBuild, country: Country
) -> None:
    limit = timedelta(days=15)

    def copies() -> Iterator[tuple[Key, Row]]:
        for fact in _facts(database, "fct_documents"):
            for lens, unit, home in country.places(fact["unit_key"], fact["document_date"]):
                row = {**fact, "home": home}
                yield (lens, unit, fact["period_code"], fact["document_no"], fact["document_date"]), row
                yield (lens, unit, fact["period_code"], ALL, None), row

    expected = {}
    for key, rows in _grouped(copies()).items():
        passed_on = [row for row in rows if row["days_to_disseminate"] is not None]
        judged = len(passed_on) + sum(
            row["days_to_disseminate"] is None
            and row["is_to_disseminate"]
            and row["document_date"] + limit < AS_OF
            for row in rows
        )
        not_to_pass_on = sum(not row["is_to_disseminate"] for row in rows)
        calling = [row for row in rows if row["is_awaiting_plan"] is not None]
        with_plan = sum(not row["is_awaiting_plan"] for row in calling)
        with_tasks = [row for row in rows if row["task_count"] is not None]
        tasks = _known_sum(with_tasks, "task_count")
        tasks_done = sum(row["tasks_done"] or 0 for row in with_tasks) if with_tasks else None
        quick = sum(row["days_to_disseminate"] <= limit.days for row in passed_on)
        told = [row for row in rows if None not in (row["organisations_total"], row["organisations_done"])]
        total, done = _known_sum(told, "organisations_total"), _known_sum(told, "organisations_done")
        expected[key] = {
            "document_count": len({(row["document_no"], row["document_date"]) for row in rows}),
            "copy_count": len(rows),
            "disseminated_count": len(passed_on),
            "waiting_count": len(rows) - len(passed_on) - not_to_pass_on,
            "not_to_pass_on_count": not_to_pass_on,
            "median_days_to_pass_on": _known_median(rows, "days_to_pass_on"),
            "calling_for_plan_count": len(calling),
            "with_plan_count": with_plan,
            "with_plan_ratio": _part(with_plan, len(calling)),
            "parent_not_named_count": sum(row["chain_status"] == "parent_not_named" for row in rows),
            "task_count": tasks,
            "tasks_done": tasks_done,
            "tasks_done_ratio": _part(tasks_done, tasks),
            "overdue_count": sum(row["is_overdue"] for row in rows),
            "median_days_to_receive": _known_median(rows, "days_to_receive"),
            "median_days_to_disseminate": _known_median(rows, "days_to_disseminate"),
            "judged_count": judged,
            "within_limit_count": quick,
            "within_limit_ratio": _part(quick, judged),
            "organisations_total": total,
            "organisations_done": done,
            "organisations_done_ratio": _part(done, total),
            "reporting_units": len({row["home"] for row in rows}),
        }
    keys = ["lens", "unit_key", "period_code", "document_no", "document_date"]
    assert _compare(database, "rpt_documents", keys, expected) > 4000


def test_open_commitments_and_their_ages_are_those_of_the_walk(
    database: SmallBuild, country: Country
) -> None:
    def items() -> Iterator[tuple[Key, Row]]:
        for fact in _facts(database, "fct_commitments"):
            for role, owner in (
                ("raised_by", fact["unit_key"]),
                ("responsible", fact["responsible_unit_key"]),
            ):
                for lens, unit, home in country.places(owner, fact["source_date"]) if owner else ():
                    for source in (fact["source_type"], ALL):
                        yield (lens, role, unit, source), {**fact, "home": home}

    expected = {}
    for key, rows in _grouped(items()).items():
        still = [row for row in rows if row["status"] in ("open", "in_progress")]
        late = [row for row in still if row["due_date"] and row["due_date"] < AS_OF]
        closed = [row for row in rows if row["status"] == "closed"]
        timed = [row for row in closed if row["due_date"]]
        on_time = sum(row["closed_date"] <= row["due_date"] for row in timed)
        ages = [(AS_OF - row["source_date"]).days for row in still]
        expected[key] = {
            "item_count": len(rows),
            "open_count": len(still),
            "not_started_count": sum(row["status"] == "open" for row in rows),
            "overdue_count": len(late),
            "overdue_ratio": _part(len(late), len(still)),
            "open_without_due_date_count": sum(row["due_date"] is None for row in still),
            "closed_count": len(closed),
            "closed_on_time_count": on_time,
            "closed_on_time_ratio": _part(on_time, len(timed)),
            "cancelled_count": sum(row["status"] == "cancelled" for row in rows),
            "open_0_30_days_count": sum(age <= 30 for age in ages),
            "open_31_90_days_count": sum(30 < age <= 90 for age in ages),
            "open_91_180_days_count": sum(90 < age <= 180 for age in ages),
            "open_181_or_more_days_count": sum(age > 180 for age in ages),
            "median_days_open": float(median(ages)) if ages else None,
            "median_days_overdue": float(median((AS_OF - row["due_date"]).days for row in late))
            if late
            else None,
            "median_days_to_close": _known_median(closed, "days_open"),
            "units_with_items": len({row["home"] for row in rows}),
        }
    assert _compare(database, "rpt_commitments", ["lens", "role", "unit_key", "source_type"], expected) > 1000


def test_the_share_rated_good_or_better_is_that_of_the_walk(database: SmallBuild, country: Country) -> None:
    facts = _facts(database, "fct_ratings")
    whole = {(fact["unit_key"], fact["period_code"]) for fact in facts if fact["division"] is None}
    ends = dict(database.execute("select period_code, period_end_date from int_periods").fetchall())

    def rated() -> Iterator[tuple[Key, Row]]:
        for fact in facts:
            unit_key, period, division = fact["unit_key"], fact["period_code"], fact["division"]
            # A unit's rating as a whole stands for its total; divisions alone are summed.
            divisions = [ALL] if division is None else [division] + [ALL] * ((unit_key, period) not in whole)
            for lens, unit, home in country.places(unit_key, ends[period]):
                for counted in divisions:
                    for level in (country.units[unit_key].level, ALL):
                        yield (lens, unit, period, counted, level), {**fact, "home": home}

    expected = {}
    for key, rows in _grouped(rated()).items():
        good = sum(row["outstanding_count"] + row["good_count"] for row in rows)
        count = sum(row["rated_count"] for row in rows)
        low, high = proportion_confint(good, count, method="wilson") if count else (None, None)
        expected[key] = {
            "rated_count": count,
            "good_or_better_count": good,
            "good_or_better_ratio": _part(good, count),
            "good_or_better_ratio_low": None if low is None else float(low),
            "good_or_better_ratio_high": None if high is None else float(high),
            "rewarded_count": _known_sum(rows, "rewarded_count"),
            "disciplined_count": None,
            "reporting_units": len({row["home"] for row in rows}),
        }
    keys = ["lens", "unit_key", "period_code", "division", "reporting_level"]
    assert _compare(database, "rpt_ratings", keys, expected) > 1000


def test_no_record_is_lost_on_the_way_to_the_country(database: SmallBuild) -> None:
    counts = [
        ("rpt_activities", "held_count", "activity_type = 'all'", "fct_activities where is_held"),
        ("rpt_documents", "copy_count", "document_no = 'all'", "fct_documents"),
        ("rpt_commitments", "item_count", "source_type = 'all' and role = 'raised_by'", "fct_commitments"),
    ]
    for table, column, condition, facts in counts:
        rows = database.execute(
            f"select lens, sum({column}) from {table} where level = 'country' and {condition} group by lens order by lens"
        ).fetchall()
        (expected,) = database.execute(f"select count(*) from {facts}").fetchone() or (0,)
        assert expected > 500, table
        assert rows == [("as_reported", expected), ("current_boundaries", expected)], table


def test_a_province_of_today_holds_what_its_predecessors_sent(database: SmallBuild) -> None:
    # Tuyên Quang of today is Tuyên Quang and Hà Giang of before, split communes and ended districts included.
    row = database.execute(
        """
        select
            (select sum(item_count) from rpt_commitments where lens = 'current_boundaries' and role = 'raised_by'
                and unit_key = '08@2025-07-01' and source_type = 'all'),
            (select sum(item_count) from rpt_commitments where lens = 'as_reported' and role = 'raised_by'
                and unit_key in ('02@0', '08@0', '08@2025-07-01') and source_type = 'all')
        """
    ).fetchone()
    assert row is not None and row[0] == row[1] and row[0] > 100


def test_a_median_is_not_the_mean_of_medians(database: SmallBuild) -> None:
    frame: pd.DataFrame = database.sql(
        "select unit_key, median_days_open from rpt_commitments"
        " where lens = 'as_reported' and role = 'raised_by' and source_type = 'all' and level = 'province'"
    ).df()
    (country_median,) = database.execute(
        "select median_days_open from rpt_commitments where lens = 'as_reported' and role = 'raised_by'"
        " and source_type = 'all' and level = 'country'"
    ).fetchone() or (None,)
    assert country_median is not None
    assert abs(frame["median_days_open"].mean() - country_median) > 0.1, "the case would not tell them apart"
