"""The rules of signals under chance alone and after a real shift: the tables of docs/decisions/012-signals.md.

`pytest tests/marts/test_noise.py -m long -s` prints them from many more units.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import pytest

from tests.marts.dbt_kit import small_build
from tests.marts.noise import (
    COMMUNES,
    FURTHER_KINDS,
    KINDS,
    MONTHS,
    Draw,
    Found,
    build_lines,
    draw,
    found,
)
from tests.marts.plausibility_country import COMMUNES_A_PROVINCE, PROVINCES, Figure
from tests.marts.plausibility_country import MONTHS as PERIODS
from tests.marts.plausibility_tables import tables
from tests.marts.test_plausibility import MODELS as MODELS_OF_QUESTIONS

SEEDS = [11, 12, 13]
# A unit of the third province, which has few others.
PLANTED = f"{PROVINCES[-1]}-{COMMUNES_A_PROVINCE - 1:03}"
SIGMAS = (0.0, 1.0, 2.0, 3.0)
# The aim: of all units × indicators at most so many have a signal in the latest month, and a trend, by chance.
MOST_SIGNALS = 0.03
MOST_TRENDS = 0.01
# Where months vary by more than chance the t-test alone holds trends back, at the level of the definition.
MOST_TRENDS_OF_SCATTERED = 0.05
MOST_QUESTIONS = 0.001
# Rates with enough cases for a signal in every month.
MANY_CASES = ("PBXH_TT", "TTHC_DUNGHAN", "QT_NQ")


@dataclass(frozen=True)
class Noise:
    """The findings of the models in the latest month, by shift in standard deviations and kind."""

    of_shift: dict[float, list[Found]]
    communes: int


def noise(communes: int, seed: int) -> Noise:
    """Draw all kinds with each shift, and run the models once over all of it."""
    chance = np.random.default_rng(seed)
    draws: list[Draw] = [
        draw(kind, chance, communes, sigmas) for sigmas in SIGMAS for kind in (*KINDS, *FURTHER_KINDS)
    ]
    with small_build() as connection:
        build_lines(connection, draws)
        answers = list(found(connection, draws))
    each = len(KINDS) + len(FURTHER_KINDS)
    return Noise(
        {sigmas: answers[i * each : (i + 1) * each] for i, sigmas in enumerate(SIGMAS)},
        communes,
    )


@pytest.fixture(
    scope="module", params=[(COMMUNES, SEEDS[0]), pytest.param((5000, SEEDS[1]), marks=pytest.mark.long)]
)
def of_chance(request: pytest.FixtureRequest) -> Iterator[Noise]:
    """Yield what the models found: in one province of 189 communes, and with full counts in 5,000."""
    made = noise(*request.param)
    if request.param[0] != COMMUNES:
        print(table(made))
    yield made


def mean(answers: list[Found], what: str) -> float:
    return float(np.mean([getattr(answer, what) for answer in answers]))


def test_few_units_have_a_signal_or_a_trend_by_chance(of_chance: Noise) -> None:
    """Sixteen months of eight indicators: the aim of the definitions, over all units × indicators."""
    eight = of_chance.of_shift[0.0][: len(KINDS)]
    assert 0 < mean(eight, "signal") <= MOST_SIGNALS
    assert 0 < mean(eight, "trend") <= MOST_TRENDS
    assert mean(eight, "change") <= MOST_SIGNALS + MOST_TRENDS


def test_rates_of_any_size_keep_the_aim_each_by_itself(of_chance: Noise) -> None:
    rates = [answer for answer in of_chance.of_shift[0.0] if answer.kind.rate is not None]
    assert len(rates) == 8
    for answer in rates:
        # Three standard errors of a draw of 189 communes; with full counts there is no leeway.
        leeway = 3 * np.sqrt(MOST_SIGNALS / of_chance.communes) if of_chance.communes == COMMUNES else 0
        assert answer.signal <= MOST_SIGNALS + leeway, answer
        most_trends = MOST_TRENDS_OF_SCATTERED if answer.kind.scatter else MOST_TRENDS
        assert answer.trend <= most_trends + leeway, answer


def test_rare_counts_do_not_keep_the_aim(of_chance: Noise) -> None:
    """A unit with one case long ago has seven months of none below its mean: the definitions call that a shift.

    The page 012 of the decisions says so; when the definitions change, this test and that page change with them.
    """
    (rare,) = [answer for answer in of_chance.of_shift[0.0] if answer.kind.volume == 0.1]
    assert 0.2 < rare.signal < 0.5, rare


def test_the_larger_a_shift_the_more_units_show_it(of_chance: Noise) -> None:
    seen = [mean(of_chance.of_shift[sigmas][: len(KINDS)], "signal_in_shift") for sigmas in SIGMAS]
    assert seen == sorted(seen)
    able = [answer for answer in of_chance.of_shift[3.0] if answer.kind.code in MANY_CASES]
    assert len(able) == len(MANY_CASES)
    for answer in able:
        assert answer.signal_in_shift > 0.6, answer


def table(made: Noise) -> str:
    """Return the table of the page as Markdown: per cent of units."""
    lines = [
        "",
        "| figure | signal | trend | better or worse | shift of 1 σ | 2 σ | 3 σ |",
        "|---|---|---|---|---|---|---|",
    ]
    for i, answer in enumerate(made.of_shift[0.0]):
        shares = [answer.signal, answer.trend, answer.change]
        shares += [made.of_shift[sigmas][i].signal_in_shift for sigmas in SIGMAS[1:]]
        lines.append(f"| {answer.kind.name} | " + " | ".join(f"{100 * share:.1f}" for share in shares) + " |")
    eight = made.of_shift[0.0][: len(KINDS)]
    shares = [mean(eight, what) for what in ("signal", "trend", "change")]
    shares += [mean(made.of_shift[sigmas][: len(KINDS)], "signal_in_shift") for sigmas in SIGMAS[1:]]
    lines.append("| the first eight | " + " | ".join(f"{100 * share:.1f}" for share in shares) + " |")
    return "\n".join(lines)


@pytest.mark.parametrize(
    "seeds", [SEEDS[:1], pytest.param(SEEDS, marks=pytest.mark.long)], ids=["one", "three"]
)
def test_few_questions_are_asked_by_chance(seeds: list[int]) -> None:
    """Honest units are seldom asked: in the latest month, and in all of the sixteen."""
    for seed in seeds:
        questions = asked_by_chance(seed)
        asked_of_planted = questions.pop(PLANTED, Counter())
        assert asked_of_planted, "a unit that sends one report sixteen times must be asked"
        by_period = sum(questions.values(), Counter())
        print(f"seed {seed}: {by_period.total()} questions to honest units: {questions}")
        assert by_period[PERIODS[-1]] / (COMMUNES * len(KINDS)) <= MOST_QUESTIONS
        assert by_period.total() / (COMMUNES * len(KINDS) * MONTHS) <= MOST_QUESTIONS


def asked_by_chance(seed: int) -> dict[str, Counter[str]]:
    """Return how many questions the rules ask of each unit by period: in all but the planted one there is chance alone."""
    chance = np.random.default_rng(seed)
    names = [f"{p}-{n:03}" for p in PROVINCES for n in range(COMMUNES_A_PROVINCE)][:COMMUNES]
    figures = [
        figure
        for kind in KINDS
        for figure in _figures(draw(kind, chance, COMMUNES), names, PERIODS[-MONTHS:])
    ]
    first = [figure for figure in figures if figure.unit == names[0] and figure.period == PERIODS[-MONTHS]]
    figures += [
        replace(figure, unit=PLANTED, period=period) for figure in first for period in PERIODS[-MONTHS:]
    ]
    with small_build() as connection:
        tables(connection, figures)
        connection.run(*MODELS_OF_QUESTIONS)
        rows = connection.execute("select unit_key, period_code from int_questions").fetchall()
    asked: dict[str, Counter[str]] = defaultdict(Counter)
    for unit, period in rows:
        asked[unit][period] += 1
    return asked


def _figures(drawn: Draw, names: list[str], periods: list[str]) -> Iterator[Figure]:
    code, part, whole = drawn.kind.code, drawn.numerator, drawn.denominator
    for unit, name in enumerate(names):
        for month, period in enumerate(periods):
            if part is None or whole is None:
                yield Figure(name, code, period, None, None, float(drawn.value[unit, month]))
            else:
                yield Figure(name, code, period, float(part[unit, month]), float(whole[unit, month]), None)
