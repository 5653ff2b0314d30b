"""Steps, waiting times, recognition and awards of models against a walk through each model's events in plain Python."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from datetime import date
from fractions import Fraction

import duckdb
import jinja2
import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from tests.marts.model_draws import STEPS, ModelWorld, Row
from tests.marts.test_model_lenses import LENSES, placed
from tests.marts.unit_walks import AS_OF
from warehouse.settings import PROJECT_DIR

Key = tuple[str, str]
MILESTONES = ("recognised", "awarded", "replicated")
RANKS = {"central": 1, "province": 2, "provincial_commission": 2, "commune": 4, "grassroots": 5}


def claims_to(world: ModelWorld, event: Row, by_code: dict[str, list[str]]) -> list[str]:
    """Return the units that may have registered an event's model: its own, and ended ones with the same successor."""
    units = world.units
    series = units.series_of(event["unit_key"])
    home = units.current(event["unit_key"])
    begun = units.versions[event["unit_key"]].alive_from
    return [
        key
        for key in by_code[event["model_code"]]
        if units.series_of(key) == series
        or (home and units.versions[key].alive_to < begun and home in units.reached(key))
    ]


def registration_of(world: ModelWorld, event: Row, by_code: dict[str, list[str]]) -> str | None:
    """Return the unit that registered an event's model; of several, the one that had registered by then or a month later."""
    claims = claims_to(world, event, by_code)
    dates = {
        row["unit_key"]: row["registered_date"]
        for row in world.registrations
        if row["model_code"] == event["model_code"]
    }
    if len(claims) > 1:
        claims = [key for key in claims if (dates[key] - event["event_date"]).days <= 30]
    return claims[0] if len(claims) == 1 else None


@pytest.fixture(scope="module")
def stories(model_world: ModelWorld) -> dict[Key, list[Row]]:
    """Return the events of each registered model, and under `("", code)` the events of models that nobody registered."""
    by_code: dict[str, list[str]] = defaultdict(list)
    for row in model_world.registrations:
        by_code[row["model_code"]].append(row["unit_key"])
    found: dict[Key, list[Row]] = {
        (row["unit_key"], row["model_code"]): [] for row in model_world.registrations
    }
    for event in model_world.events:
        holder = registration_of(model_world, event, by_code)
        found.setdefault((holder or "", event["model_code"]), []).append(event)
    return found


def first(events: list[Row], *names: str) -> date | None:
    return min((event["event_date"] for event in events if event["event"] in names), default=None)


def stopped(events: list[Row]) -> date | None:
    """Return the day of the last stop, unless an event was reported after it."""
    stops = [event["event_date"] for event in events if event["event"] == "stopped"]
    others = [event["event_date"] for event in events if event["event"] != "stopped"]
    return max(stops) if stops and (not others or max(stops) >= max(others)) else None


def test_events_find_their_registration(model_world: ModelWorld, stories: dict[Key, list[Row]]) -> None:
    found = Counter(
        (holder or "", code)
        for holder, code in model_world.rows(
            "select registered_unit_key, model_code from marts.fct_model_events"
        )
    )
    assert found == Counter({key: len(events) for key, events in stories.items() if events})
    inherited = [
        e for (holder, _), events in stories.items() for e in events if holder and e["unit_key"] != holder
    ]
    assert len(inherited) > 30
    asked = model_world.rows(
        "select count(*) filter (is_ambiguous), count(*) filter (is_ambiguous and is_registered) from marts.fct_model_events"
    )
    assert asked[0][0] > 20 and asked[0][1] == 0
    questions = model_world.rows(
        "select sum(event_count) from marts.rpt_model_questions where rule_code = 'event_of_several_models'"
    )
    assert questions == [(asked[0][0],)], "each event that may be of several models is asked about"
    assert sum(len(events) for (holder, _), events in stories.items() if not holder) > 40


def test_each_model_stands_at_the_step_of_its_latest_events(
    model_world: ModelWorld, stories: dict[Key, list[Row]]
) -> None:
    expected = {}
    for row in model_world.registrations:
        events = stories[row["unit_key"], row["model_code"]]
        steps = [event["event"] for event in events if event["event"] in STEPS]
        step = max(steps, default=None)
        dates = {name: first(events, name) for name in MILESTONES}
        stop = stopped(events)
        closed = min((day for day in (*dates.values(), stop) if day), default=None)
        start = first(events, step) if step else row["registered_date"]
        assert start is not None
        state = next((name for name in ("replicated", "awarded", "recognised") if dates[name]), "in_progress")
        expected[row["unit_key"], row["model_code"]] = (
            step,
            "stopped" if stop else state if events else "registered",
            closed is None,
            max(0, ((closed or AS_OF) - start).days),
            first(events, "inspected"),
            *dates.values(),
        )
    rows = model_world.rows(
        "select unit_key, model_code, current_step, status, is_open, days_in_step, inspected_date, recognised_date,"
        " awarded_date, replicated_date from marts.fct_model_registrations"
    )
    assert {(unit, code): tuple(rest) for unit, code, *rest in rows} == expected
    assert {state for _, state, *_ in expected.values()} == {
        "registered", "in_progress", "recognised", "awarded", "replicated", "stopped"
    }  # fmt: skip


def test_concreteness_is_counted_and_what_is_missing_named(model_world: ModelWorld) -> None:
    elements = {"measure": "measure", "baseline": "baseline", "target": "target", "due_date": "due_date",
                "owner": "lead_force", "resources": "resources", "beneficiaries": "beneficiaries"}  # fmt: skip
    expected = {}
    for row in model_world.registrations:
        missing = [name for name, column in elements.items() if row[column] is None]
        expected[row["unit_key"], row["model_code"]] = (7 - len(missing), ",".join(missing) or None)
    rows = model_world.rows(
        "select unit_key, model_code, quality_score, missing_elements from marts.fct_model_registrations"
    )
    assert {(unit, code): (score, missing) for unit, code, score, missing in rows} == expected


def test_the_texts_of_a_registration_reach_the_mart(model_world: ModelWorld) -> None:
    names = ("situation", "objective", "measure", "baseline", "target", "content", "area", "beneficiaries", "lead_force",
             "resources", "outputs", "sustainability", "due_date")  # fmt: skip
    expected = {
        (row["unit_key"], row["model_code"]): tuple(row[name] for name in names)
        for row in model_world.registrations
    }
    rows = model_world.rows(
        f"select unit_key, model_code, {', '.join(names)} from marts.fct_model_registrations"
    )
    assert {(unit, code): tuple(rest) for unit, code, *rest in rows} == expected
    assert {row["kind"] for row in model_world.registrations} == {"collective", "individual"}


def spells(events: list[Row], registered: date) -> list[tuple[str, int, str]]:
    """Return `(step, days, outcome)` of each step that a model reached."""
    starts = {"registered": registered} | {step: day for step in STEPS if (day := first(events, step))}
    finish, stop, found = first(events, *MILESTONES), stopped(events), []
    for step, start in starts.items():
        later = [
            day
            for name, day in starts.items()
            if (name if name != "registered" else "") > (step if step != "registered" else "")
        ]
        ends = [day for day in (*later, finish) if day]
        end = min(ends, default=None)
        if end and (not stop or end <= stop):
            found.append((step, max(0, (end - start).days), "finished"))
        elif stop:
            found.append((step, max(0, (stop - start).days), "stopped"))
        else:
            found.append((step, max(0, (AS_OF - start).days), "open"))
    return found


def median_by_hand(times: list[int], is_finished: list[bool]) -> int | None:
    """Return the median by Kaplan and Meier's product in exact fractions."""
    survival = Fraction(1)
    for day in sorted({time for time, finished in zip(times, is_finished, strict=True) if finished}):
        at_risk = sum(time >= day for time in times)
        survival *= 1 - Fraction(
            sum(t == day and f for t, f in zip(times, is_finished, strict=True)), at_risk
        )
        if survival <= Fraction(1, 2):
            return day
    return None


@pytest.mark.parametrize("lens", LENSES)
def test_time_in_step_counts_open_models_as_open(
    model_world: ModelWorld, stories: dict[Key, list[Row]], lens: str
) -> None:
    groups: dict[tuple, list[tuple[int, str]]] = defaultdict(list)
    for row in model_world.registrations:
        for step, days, outcome in spells(
            stories[row["unit_key"], row["model_code"]], row["registered_date"]
        ):
            for scope in placed(model_world, lens, row):
                for field in (row["field_code"], None):
                    groups[scope, row["phase"], field, step].append((days, outcome))
    expected = {}
    for key, members in groups.items():
        times, outcomes = [days for days, _ in members], [outcome for _, outcome in members]
        counts = tuple(outcomes.count(outcome) for outcome in ("finished", "stopped", "open"))
        expected[key] = (
            len(members),
            *counts,
            median_by_hand(times, [outcome == "finished" for outcome in outcomes]),
        )
    rows = model_world.rows(
        "select unit_key, phase, field_code, step_code, models_count, finished_count, stopped_count, open_count, median_days"
        " from marts.rpt_model_step_durations where lens = ?",
        lens,
    )
    assert {tuple(row[:4]): tuple(row[4:]) for row in rows} == expected
    assert any(row[-1] is None for row in rows)
    assert any(row[-1] for row in rows)


def test_kaplan_meier_medians_agree_with_statsmodels() -> None:
    chance = random.Random(11)
    groups: dict[int, list[tuple[int, bool]]] = {}
    for number in range(3000):
        longest, share = chance.choice([5, 40, 400]), chance.choice([0.2, 0.5, 0.8, 1.0])
        groups[number] = [
            (chance.randint(0, longest), chance.random() < share)
            for _ in range(chance.choice([1, 2, 4, 9, 40]))
        ]
    macro = (PROJECT_DIR / "dbt_project" / "macros" / "rules" / "kaplan_meier.sql").read_text(
        encoding="utf-8"
    )
    sql = (
        jinja2.Environment().from_string(macro + "{{ kaplan_meier_medians('spells', ['number']) }}").render()
    )
    with duckdb.connect() as connection:
        lines = [(number, *spell) for number, members in groups.items() for spell in members]
        columns = [list(column) for column in zip(*lines, strict=True)]
        connection.execute(
            "create table spells as select unnest(?) as number, unnest(?) as days_in_step, unnest(?) as is_finished",
            columns,
        )
        found = dict(
            connection.execute(f"with {sql} select number, median_days from kaplan_meier_medians").fetchall()
        )
    expected = {}
    for number, members in groups.items():
        times, finished = (
            np.array([days for days, _ in members]),
            np.array([done for _, done in members], dtype=int),
        )
        curve = SurvfuncRight(times, finished)
        low = np.flatnonzero(curve.surv_prob <= 0.5 + 1e-9)
        expected[number] = int(curve.surv_times[low[0]]) if len(low) else None
    assert found == expected
    assert 200 < sum(median is None for median in expected.values()) < 2800


def test_contradictions_become_questions(model_world: ModelWorld, stories: dict[Key, list[Row]]) -> None:
    by_code: dict[str, list[str]] = defaultdict(list)
    for registration in model_world.registrations:
        by_code[registration["model_code"]].append(registration["unit_key"])
    registered = {(row["unit_key"], row["model_code"]): row for row in model_world.registrations}
    expected: Counter[tuple[str, str, str]] = Counter()
    for (holder, code), events in stories.items():
        for event in events:
            name, unit = event["event"], holder or event["unit_key"]
            row = registered.get((holder, code))
            rules = {
                "event_without_registration": row is None and not claims_to(model_world, event, by_code),
                "event_of_several_models": row is None and bool(claims_to(model_world, event, by_code)),
                "awarded_without_recognition": row and name == "awarded" and not first(events, "recognised"),
                "replicated_without_recognition": row
                and name == "replicated"
                and not first(events, "recognised"),
                "recognised_before_registration": row
                and name == "recognised"
                and event["event_date"] < row["registered_date"],
                "award_below_level": row
                and name == "awarded"
                and RANKS.get(event["award_level"], 0) > RANKS[row["level"]],
                "award_without_level": name == "awarded" and event["award_level"] is None,
                "recognised_without_decision": name in ("recognised", "awarded")
                and event["decision_no"] is None,
            }
            for rule, holds in rules.items():
                expected[unit, code, rule] += bool(holds)
    rows = model_world.rows(
        "select unit_key, model_code, rule_code, event_count from marts.rpt_model_questions"
    )
    assert {tuple(key): count for *key, count in rows} == {
        key: count for key, count in expected.items() if count
    }
    assert len({rule for _, _, rule, _ in rows}) == 8, "each rule has something to ask"


@pytest.mark.parametrize("lens", LENSES)
def test_awards_by_level_are_set_against_the_register(
    model_world: ModelWorld, stories: dict[Key, list[Row]], lens: str
) -> None:
    registered = {(row["unit_key"], row["model_code"]): row for row in model_world.registrations}
    awards: Counter[tuple] = Counter()
    models: dict[tuple, set[Key]] = defaultdict(set)
    unrecognised: dict[tuple, set[Key]] = defaultdict(set)
    for (holder, code), events in stories.items():
        for event in (e for e in events if e["event"] == "awarded"):
            row = registered.get((holder, code))
            day = event["event_date"]
            phase = row["phase"] if row else "2021-2025" if day.year <= 2025 else "2026-2030"
            of = row or {"unit_key": event["unit_key"], "registered_date": day, "kind": None, "level": None}
            for scope in placed(model_world, lens, of):
                key = (scope, phase, of["kind"], of["level"], event["award_level"], row is not None)
                awards[key] += 1
                models[key].add((of["unit_key"], code))
                if not row or not first(events, "recognised"):
                    unrecognised[key].add((of["unit_key"], code))
    rows = model_world.rows(
        "select unit_key, phase, kind, model_level, award_level, is_registered, awards_count, models_count,"
        " unrecognised_models_count from marts.rpt_model_awards where lens = ?",
        lens,
    )
    assert {tuple(row[:6]): tuple(row[6:]) for row in rows} == {
        key: (count, len(models[key]), len(unrecognised[key])) for key, count in awards.items()
    }


def test_reported_numbers_stand_beside_the_register(
    model_world: ModelWorld, stories: dict[Key, list[Row]]
) -> None:
    """Six months of 2026: models in force on 30 June, by kind, on today's boundaries."""
    end = date(2026, 6, 30)
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for row in model_world.registrations:
        stop = stopped(stories[row["unit_key"], row["model_code"]])
        for scope in placed(model_world, "current_boundaries", row):
            if row["registered_date"] > end:
                continue
            counts = held[scope]
            if (row["end_date"] is None or row["end_date"] >= end) and (stop is None or stop > end):
                counts["DVK_DK"] += 1
                counts["DVK_DK_TT" if row["kind"] == "collective" else "DVK_DK_CN"] += 1
    rows = model_world.rows(
        "select unit_key, indicator_code, reported_numerator, register_numerator, numerator_difference"
        " from marts.rpt_model_reconciliation where lens = 'current_boundaries' and period_code = '2026-6M'"
    )
    assert len(rows) >= len(model_world.figures)
    for unit, indicator, reported, in_register, difference in rows:
        expected = held[unit][indicator] if unit in held else None
        assert in_register == expected, (unit, indicator)
        assert difference == (None if expected is None else reported - expected)
    communes = {
        (figure["unit_key"], figure["indicator_code"]): figure["value"]
        for figure in model_world.figures
        if model_world.units.versions[figure["unit_key"]].level == "commune"
    }
    assert communes
    assert {
        (unit, indicator): reported for unit, indicator, reported, *_ in rows if (unit, indicator) in communes
    } == communes
