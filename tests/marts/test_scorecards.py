"""Scorecards against exact fractions in Python on random decisions and figures, and the rules by hand."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.marts.dbt_kit import DBT_PROJECT, SmallBuild, compiled, evaluate, small_build

WORLDS = 24
MANY_CASES = 100
PERIODS = {"2024": date(2024, 12, 31), "2025": date(2025, 12, 31), "2026": date(2026, 12, 31)}
NEXT_YEAR = "2027"
MODELS = (
    "int_scorecards",
    "int_scorecard_units",
    "dim_scorecards",
    "dim_scorecard_criteria",
    "dim_scorecard_steps",
    "dim_scorecard_bands",
    "rpt_scorecard_points",
    "rpt_scorecards",
    "rpt_scorecard_ranks",
)
REPORTS = ("rpt_scorecard_points", "rpt_scorecards", "rpt_scorecard_ranks")
SEED_TESTS = (
    DBT_PROJECT / "tests" / "one_scorecard_of_a_family_at_a_time.sql",
    DBT_PROJECT / "tests" / "scorecards_are_complete.sql",
)
FACTORS = (Fraction(0), Fraction(3, 4), Fraction(5, 4))
OPERATORS: dict[str, Callable[[Fraction, Fraction], bool]] = {
    ">=": lambda value, target: value >= target,
    ">": lambda value, target: value > target,
    "<=": lambda value, target: value <= target,
    "<": lambda value, target: value < target,
    "=": lambda value, target: value == target,
}
BANDS = {"outstanding": 90, "good": 70, "completed": 50, "not_completed": 0}
Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Criterion:
    """One criterion; a target is an operator and a value, steps are pairs of a value and its points."""

    code: str
    max_points: int
    rule: str
    target: tuple[str, Fraction] | None
    steps: tuple[tuple[str, Fraction, int], ...] = ()
    min_cases: int | None = None


@dataclass(frozen=True)
class Decision:
    """One scorecard, in force in a scope from one year to another, both inclusive."""

    code: str
    scope: str
    years: tuple[int, int]
    criteria: tuple[Criterion, ...]
    min_judged: Fraction


@dataclass
class Case:
    """Decisions, and figures with the unit's own target by unit, indicator and period."""

    decisions: list[Decision]
    figures: dict[tuple[str, str, str], tuple[Fraction | None, tuple[str, Fraction] | None, Fraction | None]]
    communes: dict[str, str] = field(default_factory=dict)
    # The cases of a rate by unit, indicator and period; a figure that is not here has many.
    cases: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def binding(self, commune: str, period: str) -> Decision | None:
        """Return the decision that binds the unit: its province's decision comes before the country's."""
        year = int(period)
        alive = [d for d in self.decisions if d.years[0] <= year <= d.years[1]]
        for scope in (self.communes[commune], "VN"):
            for decision in alive:
                if decision.scope == scope:
                    return decision
        return None

    def points(self, commune: str, period: str, criterion: Criterion) -> Fraction | None:
        """Return the points earned, exactly; None where the criterion cannot be judged."""
        value, units_target, previous = self.figures.get(
            (commune, criterion.code, period), (None, None, None)
        )
        if value is None:
            return None
        if self.cases.get((commune, criterion.code, period), MANY_CASES) < (criterion.min_cases or 0):
            return None
        full = Fraction(criterion.max_points)
        if criterion.rule == "in_steps":
            reached = [points for operator, at, points in criterion.steps if OPERATORS[operator](value, at)]
            return Fraction(max(reached, default=0))
        target = criterion.target or units_target
        if target is None:
            return None
        operator, aim = target
        if operator == ">prev":
            if criterion.rule == "proportional" or previous is None:
                return None
            return full if value > previous else Fraction(0)
        if OPERATORS[operator](value, aim):
            return full
        if criterion.rule == "all_or_nothing" or value <= 0 or aim <= 0:
            return Fraction(0)
        return full * min(value / aim, aim / value)


def draw(seed: int) -> Case:
    """Draw two provinces, of which one has its own decision from 2025; the country's decision is replaced in 2026."""
    chance = random.Random(seed)
    scopes = [("A2024", "VN", (2024, 2025)), ("A2026", "VN", (2026, 2030)), ("B2025", "P1", (2025, 2030))]
    decisions = [
        Decision(
            code, scope, years, tuple(_criteria(chance)), chance.choice([Fraction(1, 2), Fraction(4, 5)])
        )
        for code, scope, years in scopes
    ]
    case = Case(decisions, {}, {f"{p}-{n}": p for p in ("P1", "P2") for n in range(chance.randint(1, 7))})
    for commune in case.communes:
        for period in PERIODS:
            for indicator in "ABCDE":
                target = chance.choice(
                    [
                        None,
                        (">=", Fraction(80)),
                        ("<=", Fraction(50)),
                        ("=", Fraction(100)),
                        (">prev", Fraction(0)),
                    ]
                )
                value = chance.choice([None, *(Fraction(n, 2) for n in (0, 90, 100, 150, 160, 180, 200))])
                if chance.random() < 0.9:
                    case.figures[commune, indicator, period] = (
                        value,
                        target,
                        Fraction(chance.choice([40, 90])),
                    )
                    case.cases[commune, indicator, period] = chance.choice([1, 4, 5, 30])
    return case


def _criteria(chance: random.Random) -> Iterator[Criterion]:
    for code in sorted(chance.sample("ABCDE", chance.randint(1, 5))):
        least = chance.choice([None, None, 5])
        rule = chance.choice(["all_or_nothing", "proportional", "in_steps"])
        points = chance.choice([5, 10, 15, 20])
        if rule == "in_steps":
            steps = ((">=", Fraction(90), points), (">=", Fraction(75), points - 2), (">=", Fraction(50), 1))
            falling = tuple(("<=", 100 - at, given) for _, at, given in steps)
            yield Criterion(code, points, rule, None, chance.choice([steps, falling]), least)
        else:
            own = chance.choice([None, None, (">=", Fraction(100)), (">", Fraction(80)), ("<", Fraction(50))])
            yield Criterion(code, points, rule, own, min_cases=least)


def compute(cases: list[Case]) -> list[dict[str, Rows]]:
    """Return the rows that dbt makes of each case. All cases are built at once, each as a country of its own."""
    with small_build() as connection:
        _empty_tables(connection)
        for number, case in enumerate(cases):
            _units(connection, case, f"{number}/")
            _seeds(connection, case, f"{number}/")
            rows = [
                [
                    *(lens, f"{number}/{commune}", indicator, period, *_figures(*figure)),
                    case.cases.get((commune, indicator, period), MANY_CASES),
                ]
                for (commune, indicator, period), figure in case.figures.items()
                for lens in ("as_reported", "current_boundaries")
            ]
            connection.executemany(
                "insert into rpt_indicator_series values (?, ?, ?, ?, ?, ?, ?, ?, false, true, ?)", rows
            )
        connection.execute(
            "create table dim_units as select *, province_code as current_province_code,"
            " parent_unit_key as parent_unit_name from int_units"
        )
        connection.execute(
            "create table int_indicators as select distinct indicator_code, indicator_code as indicator_name_vi,"
            " indicator_code as indicator_name_en from scorecard_criteria"
        )
        connection.run(*MODELS)
        queries = {name: f"select * from {name}" for name in REPORTS}
        queries |= {path.stem: compiled(path.read_text()) for path in SEED_TESTS}
        found = {name: connection.sql(sql).to_arrow_table().to_pylist() for name, sql in queries.items()}
    return [
        {name: _rows_of(f"{number}/", rows) for name, rows in found.items()} for number in range(len(cases))
    ]


def _rows_of(prefix: str, rows: Rows) -> Rows:
    """Return the rows of one case under the case's own keys."""
    return [
        {name: value.removeprefix(prefix) if isinstance(value, str) else value for name, value in row.items()}
        for row in rows
        if row["scorecard_code"].startswith(prefix)
    ]


def _empty_tables(connection: SmallBuild) -> None:
    connection.execute(
        "create table rpt_indicator_series (lens varchar, unit_key varchar, indicator_code varchar,"
        " period_code varchar, value double, previous_value double, target_operator varchar, target_value double,"
        " is_target_simulated boolean, is_simulated boolean, denominator double)"
    )
    connection.execute(
        "create table int_units (unit_key varchar, series_key varchar, unit_name varchar, level varchar,"
        " parent_unit_key varchar, province_unit_key varchar, province_code varchar, alive_from date, alive_to date)"
    )
    connection.execute(
        "create table int_unit_ancestors (unit_key varchar, ancestor_series_key varchar, distance integer)"
    )
    connection.execute(
        "create table int_periods as select * from (values "
        + ", ".join(
            f"('{year}', 'year', date '{year}-01-01', date '{year}-12-31')" for year in [*PERIODS, NEXT_YEAR]
        )
        + ") as periods (period_code, period_type, period_start_date, period_end_date)"
    )
    connection.execute(
        "create table scorecards (scorecard_code varchar, family_code varchar, scorecard_name_vi varchar,"
        " scorecard_name_en varchar, scope_unit_key varchar, level varchar, period_type varchar,"
        " min_judged_ratio double, valid_from date, valid_to date, source varchar)"
    )
    connection.execute(
        "create table scorecard_criteria (scorecard_code varchar, criterion_code varchar, criterion_name_vi varchar,"
        " indicator_code varchar, max_points double, rule varchar, target_operator varchar, target_value double,"
        " min_cases double, valid_from date, valid_to date, source varchar)"
    )
    connection.execute(
        "create table scorecard_steps (scorecard_code varchar, criterion_code varchar, operator varchar, value double,"
        " points double, source varchar)"
    )
    connection.execute(
        "create table scorecard_bands (scorecard_code varchar, band varchar, band_name_vi varchar,"
        " band_name_en varchar, min_score double, source varchar)"
    )


def _figures(
    value: Fraction | None, target: tuple[str, Fraction] | None, previous: Fraction | None
) -> list[float | str | None]:
    """Return value, previous value, operator and target as the series has them."""
    operator, aim = target or (None, None)
    return [_double(value), _double(previous), operator, None if operator == ">prev" else _double(aim)]


def _double(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _units(connection: SmallBuild, case: Case, prefix: str) -> None:
    upward = {"VN": ["VN"], "P1": ["P1", "VN"], "P2": ["P2", "VN"]}
    upward |= {commune: [commune, province, "VN"] for commune, province in case.communes.items()}
    for key, chain in upward.items():
        level = {1: "country", 2: "province", 3: "commune"}[len(chain)]
        above = [*chain[1:], None]
        province = None if key == "VN" else chain[-2]
        connection.execute(
            f"insert into int_units values (?, ?, ?, '{level}', ?, ?, ?, date '1900-01-01', date '9999-12-31')",
            [key and prefix + key for key in (key, key, key, above[0], province, province)],
        )
        for distance, ancestor in enumerate(chain):
            connection.execute(
                "insert into int_unit_ancestors values (?, ?, ?)", [prefix + key, prefix + ancestor, distance]
            )


def _seeds(connection: SmallBuild, case: Case, prefix: str) -> None:
    for decision in case.decisions:
        span = [date(decision.years[0], 1, 1), date(decision.years[1], 12, 31)]
        connection.execute(
            "insert into scorecards values (?, ?, 'n', 'n', ?, 'commune', 'year', ?, ?, ?, 'test')",
            [
                prefix + decision.code,
                f"{prefix}F",
                prefix + decision.scope,
                float(decision.min_judged),
                *span,
            ],
        )
        for band, least in BANDS.items():
            connection.execute(
                "insert into scorecard_bands values (?, ?, 'n', 'n', ?, 'test')",
                [prefix + decision.code, band, least],
            )
        for criterion in decision.criteria:
            operator, aim = criterion.target or (None, None)
            connection.execute(
                "insert into scorecard_criteria values (?, ?, 'n', ?, ?, ?, ?, ?, ?, null, null, 'test')",
                [
                    prefix + decision.code,
                    *[criterion.code] * 2,
                    criterion.max_points,
                    criterion.rule,
                    operator,
                    _double(aim),
                    criterion.min_cases,
                ],
            )
            for step_operator, at, points in criterion.steps:
                connection.execute(
                    "insert into scorecard_steps values (?, ?, ?, ?, ?, 'test')",
                    [prefix + decision.code, criterion.code, step_operator, float(at), points],
                )


@dataclass(frozen=True)
class Score:
    """One unit's score, exactly: points and most points by criterion that could be judged."""

    decision: Decision
    earned: dict[str, Fraction]
    most: dict[str, Fraction]

    def ratio(self, criterion: str = "", factor: Fraction = Fraction(1)) -> Fraction | None:
        """Return the score with one criterion's weight multiplied."""
        weights = {code: factor if code == criterion else Fraction(1) for code in self.most}
        whole = sum((weights[code] * self.most[code] for code in self.most), Fraction(0))
        return (
            sum((weights[code] * self.earned[code] for code in self.most), Fraction(0)) / whole
            if whole
            else None
        )


def expected_scores(case: Case) -> dict[tuple[str, str], Score]:
    """Return the scores by unit and period for every province that reported a figure of its decision."""
    scores: dict[tuple[str, str], Score] = {}
    for period in PERIODS:
        seen: set[tuple[str, str]] = set()
        for commune, province in case.communes.items():
            decision = case.binding(commune, period)
            assert decision is not None
            codes = {criterion.code: criterion for criterion in decision.criteria}
            judged = {code: case.points(commune, period, one) for code, one in codes.items()}
            earned = {code: points for code, points in judged.items() if points is not None}
            most = {code: Fraction(codes[code].max_points) for code in earned}
            scores[commune, period] = Score(decision, earned, most)
            if any(case.figures.get((commune, code, period), (None,))[0] is not None for code in codes):
                seen.add((province, decision.code))
        for commune, province in case.communes.items():
            if (province, scores[commune, period].decision.code) not in seen:
                del scores[commune, period]
    return scores


def test_scores_bands_and_rank_ranges_are_those_of_exact_arithmetic() -> None:
    cases = [draw(seed) for seed in range(WORLDS)]
    assert sum(_check_scores(case, found) for case, found in zip(cases, compute(cases), strict=True)) > 300


def _check_scores(case: Case, found: dict[str, Rows]) -> int:
    """Compare the scores with the exact ones, and return how many were compared."""
    expected = expected_scores(case)
    assert all(found[path.stem] == [] for path in SEED_TESTS)
    cards = {(row["unit_key"], row["period_code"]): row for row in found["rpt_scorecards"]}
    assert cards.keys() == expected.keys()
    ranked: dict[tuple[str, str, str], dict[str, Score]] = defaultdict(dict)
    for (commune, period), score in expected.items():
        card = cards[commune, period]
        all_points = Fraction(sum(one.max_points for one in score.decision.criteria))
        judged = sum(score.most.values(), Fraction(0)) / all_points
        missing = sorted({one.code for one in score.decision.criteria} - score.earned.keys())
        ratio = score.ratio()
        assert card["scorecard_code"] == score.decision.code
        assert card["missing_criteria"] == (",".join(missing) or None)
        assert card["is_provisional"] == bool(missing)
        assert card["judged_ratio"] == pytest.approx(float(judged))
        if ratio is None:
            assert (card["points"], card["score_ratio"], card["band"]) == (None, None, None)
            assert card["max_points"] == 0
            continue
        assert card["points"] == pytest.approx(float(sum(score.earned.values())), abs=1e-9)
        assert card["score_ratio"] == pytest.approx(float(ratio), abs=1e-9)
        low = sum(score.earned.values()) / all_points
        assert card["score_ratio_low"] == pytest.approx(float(low), abs=1e-9)
        assert card["score_ratio_high"] == pytest.approx(float(low + 1 - judged), abs=1e-9)
        band = next(name for name, least in BANDS.items() if ratio * 100 >= least)
        is_enough = judged >= score.decision.min_judged
        assert card["band"] == (band if is_enough else None)
        if is_enough:
            ranked[case.communes[commune], score.decision.code, period][commune] = score
    _check_ranks(ranked, found["rpt_scorecard_ranks"])
    return len(expected)


def _check_ranks(ranked: dict[tuple[str, str, str], dict[str, Score]], rows: Rows) -> None:
    ranks = {(row["unit_key"], row["period_code"]): row for row in rows}
    assert len(ranks) == sum(len(group) for group in ranked.values())
    for (_, _, period), group in ranked.items():
        codes = {one.code for score in group.values() for one in score.decision.criteria}
        variants = [("", Fraction(1)), *((code, factor) for code in codes for factor in FACTORS)]
        places: dict[str, list[int]] = defaultdict(list)
        for variant in variants:
            ratios = {unit: score.ratio(*variant) for unit, score in group.items()}
            for unit, ratio in ratios.items():
                if ratio is not None:
                    places[unit].append(
                        1 + sum(other > ratio for other in ratios.values() if other is not None)
                    )
        for unit, seen in places.items():
            row = ranks[unit, period]
            assert (row["rank"], row["rank_low"], row["rank_high"]) == (seen[0], min(seen), max(seen))
            assert row["ranked_units"] == len(group)


def test_a_scorecard_has_the_points_worked_out_by_hand() -> None:
    # 100 points: A 40 in steps (92 reaches the step of 30), B 40 by 45 of 90, C 20 not reported: (30 + 20) / 80 = 62,5.
    steps = ((">=", Fraction(95), 40), (">=", Fraction(90), 30))
    criteria = (
        Criterion("A", 40, "in_steps", None, steps),
        Criterion("B", 40, "proportional", (">=", Fraction(90))),
        Criterion("C", 20, "all_or_nothing", None),
    )
    decision = Decision("Q", "VN", (2024, 2030), criteria, Fraction(4, 5))
    case = Case([decision], {}, {"P1-0": "P1"})
    case.figures = {
        ("P1-0", "A", "2025"): (Fraction(92), None, None),
        ("P1-0", "B", "2025"): (Fraction(45), None, None),
    }
    (found,) = compute([case])
    (card,) = found["rpt_scorecards"]
    assert (card["points"], card["max_points"], card["score_ratio"]) == (50, 80, 0.625)
    assert (card["score_ratio_low"], card["score_ratio_high"]) == (0.5, 0.7)
    assert (card["band"], card["is_provisional"], card["missing_criteria"]) == ("completed", True, "C")
    reasons = {row["criterion_code"]: row["missing_reason"] for row in found["rpt_scorecard_points"]}
    assert reasons == {"A": None, "B": None, "C": "not_reported"}


def test_a_rate_of_too_few_cases_earns_no_point_and_says_so() -> None:
    """4 cases where the criterion wants 5 are missing, as if they had not been reported; 5 count."""
    criteria = (
        Criterion("A", 50, "proportional", (">=", Fraction(90)), min_cases=5),
        Criterion("B", 50, "proportional", (">=", Fraction(90)), min_cases=5),
    )
    case = Case([Decision("Q", "VN", (2024, 2030), criteria, Fraction(1, 2))], {}, {"P1-0": "P1"})
    case.figures = {("P1-0", code, "2025"): (Fraction(100), None, None) for code in "AB"}
    case.cases = {("P1-0", "A", "2025"): 4, ("P1-0", "B", "2025"): 5}
    (found,) = compute([case])
    reasons = {row["criterion_code"]: row["missing_reason"] for row in found["rpt_scorecard_points"]}
    assert reasons == {"A": "too_few_cases", "B": None}
    (card,) = found["rpt_scorecards"]
    assert (card["points"], card["max_points"], card["missing_criteria"]) == (50, 50, "A")


def test_decisions_that_cannot_be_carried_out_stop_the_build() -> None:
    sound = (Criterion("A", 40, "in_steps", None, ((">=", Fraction(90), 40),)),)
    too_much = (Criterion("A", 40, "in_steps", None, ((">=", Fraction(90), 50),)),)
    decisions = [
        Decision("Q1", "VN", (2024, 2025), sound, Fraction(4, 5)),
        Decision("Q2", "VN", (2026, 2030), too_much, Fraction(4, 5)),
        Decision("Q3", "P1", (2025, 2030), (Criterion("A", 40, "in_steps", None),), Fraction(4, 5)),
        Decision("Q4", "P1", (2030, 2031), sound, Fraction(4, 5)),
    ]
    figures = {("P1-0", "A", "2025"): (Fraction(92), None, None)}
    (found,) = compute([Case(decisions, figures, {"P1-0": "P1"})])
    assert found["one_scorecard_of_a_family_at_a_time"] == [
        {"scorecard_code": "Q3", "overlapping_scorecard_code": "Q4"}
    ]
    assert sorted(tuple(row.values()) for row in found["scorecards_are_complete"]) == [
        ("Q2", "A"),
        ("Q3", "A"),
    ]


# Value, operator and target, and the share of the points that they give.
SHARES = [
    ("90", "'>='", "90", 1.0),
    ("45", "'>='", "90", 0.5),
    ("90", "'>'", "90", 1.0),
    ("0", "'>='", "90", 0.0),
    ("-5", "'>='", "90", 0.0),
    ("10", "'<='", "5", 0.5),
    ("3", "'<='", "0", 0.0),
    ("0", "'<='", "0", 1.0),
    ("80", "'='", "100", 0.8),
    ("125", "'='", "100", 0.8),
    ("null", "'>='", "90", None),
    ("90", "null", "null", None),
    ("90", "'>prev'", "null", None),
]


def test_points_are_in_proportion_to_the_target() -> None:
    rules = []
    for value, operator, target, _ in SHARES:
        numbers = [f"cast({text} as double)" for text in (value, target)]
        rules.append(
            f"{{{{ share_of_target('{numbers[0]}', \"cast({operator} as varchar)\", '{numbers[1]}') }}}}"
        )
    found = evaluate(*rules)
    expected = [share for *_, share in SHARES]
    assert [share is None for share in found] == [share is None for share in expected]
    assert [share or 0 for share in found] == pytest.approx([share or 0 for share in expected])


def test_the_seeded_scorecards_add_up_to_a_hundred_points() -> None:
    points: dict[str, float] = defaultdict(float)
    with (DBT_PROJECT / "seeds" / "scorecard_criteria.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            points[row["scorecard_code"]] += float(row["max_points"])
    assert points and set(points.values()) == {100.0}
