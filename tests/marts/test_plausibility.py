"""Questions of plausibility: every rule against a plain walk over random units, and by hand on figures that anyone can check."""

from __future__ import annotations

from collections import Counter

import pytest
from scipy import stats

from tests.marts.dbt_kit import small_build
from tests.marts.plausibility_country import Country
from tests.marts.plausibility_tables import tables
from tests.marts.plausibility_walk import Walk

MODELS = (
    "int_plausibility_figures",
    "int_plausibility_peers",
    "int_plausibility_reports",
    "int_volume_deviations",
    "int_binomial_tails",
    "int_figures_to_compare",
    "int_models_held",
    "int_figures_from_records",
    "int_questions_on_whole_reports",
    "int_questions_on_full_runs",
    "int_questions_on_repeated_figures",
    "int_questions_on_cumulative_periods",
    "int_questions_on_components",
    "int_questions_on_totals",
    "int_questions_on_volumes",
    "int_questions_on_round_numbers",
    "int_questions_on_other_units",
    "int_questions_on_self_scores",
    "int_questions_on_panels",
    "int_questions_on_records",
    "int_questions_on_corrections",
    "int_questions_on_registrations",
    "int_questions",
)


@pytest.mark.parametrize(
    "number", [1, pytest.param(2, marks=pytest.mark.long), pytest.param(3, marks=pytest.mark.long)]
)
def test_every_rule_on_figures_asks_just_the_questions_of_a_plain_walk(number: int) -> None:
    figures = Country(number).figures
    assert len(figures) > 30_000
    with small_build() as connection:
        tables(connection, figures)
        connection.run(*MODELS)
        rows = connection.execute(
            "select rule_code, unit_key, indicator_code, period_code from int_questions"
        ).fetchall()
    found = set(rows)
    assert len(found) == len(rows)
    expected = Walk(figures).all()
    assert found - expected == set()
    assert expected - found == set()
    asked = Counter(rule for rule, *_ in expected)
    assert len(asked) == 12, asked
    assert min(asked.values()) >= 2, asked


def test_binomial_tails_are_scipys() -> None:
    with small_build() as connection:
        tables(connection, [])
        connection.run("int_binomial_tails")
        rows = connection.execute(
            "select trial_count, hit_count, tail_chance from int_binomial_tails"
        ).fetchall()
    assert len(rows) == 201 * 202 / 2
    for trials, hits, tail in rows:
        assert tail == pytest.approx(stats.binom.sf(hits - 1, trials, 0.11), rel=1e-9, abs=1e-300)
