"""Due dates counted by hand on the calendar of Viet Nam."""

from __future__ import annotations

from datetime import date

import duckdb

from tests.marts.conftest import World, seed_rows


def due(world: World, period: str, level: str) -> date:
    with duckdb.connect(str(world.settings.build_path), read_only=True) as connection:
        row = connection.execute(
            "select due_date from intermediate.int_due_dates where form = 'BC' and period_code = ? and level = ?",
            [period, level],
        ).fetchone()
    assert row is not None
    return row[0]


def rule(world: World, period_type: str, level: str) -> tuple[int, str]:
    rows = [
        r
        for r in seed_rows(world.settings, "due_date_rules")
        if (r["form"], r["period_type"], r["level"]) == ("BC", period_type, level)
    ]
    assert len(rows) == 1
    return int(rows[0]["day_count"]), rows[0]["day_kind"]


def test_working_days_leave_out_weekends_and_holidays(world: World) -> None:
    """31 October 2026 is a Saturday: the working days after it are 2, 3, 4, 5, 6 and 9 November. 30 April and 1 May 2026 are
    holidays, a Thursday and a Friday: after 30 April come 4, 5, 6, 7, 8 and 11 May."""
    days_after_october = [date(2026, 11, day) for day in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13)]
    days_after_april = [date(2026, 5, day) for day in (4, 5, 6, 7, 8, 11, 12, 13, 14, 15)]
    for level in ("commune", "province"):
        count, kind = rule(world, "month", level)
        assert kind == "working"
        assert due(world, "2026-10", level) == days_after_october[count - 1]
        assert due(world, "2026-04", level) == days_after_april[count - 1]


def test_a_report_is_on_time_on_the_day_it_is_due_in_viet_nam(world: World) -> None:
    """All reports of the random warehouse were received on 1 November 2026."""
    rows = world.rows(
        "select period_code, bool_and(is_on_time) from marts.fct_submissions group by 1 order by 1"
    )
    assert dict(rows)["2026-10"] is True
    assert dict(rows)["2026-09"] is False
