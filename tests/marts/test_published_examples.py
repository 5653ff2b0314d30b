"""Worked examples that others published, through our rules: each gives the figures that stand in print."""

from __future__ import annotations

import pytest

from tests.marts.dbt_kit import evaluate, small_build

# Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3: the score interval, in four decimals.
SCORE_INTERVALS = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# NIST/SEMATECH e-Handbook of Statistical Methods 6.3.2.2, flow rates of ten batches. It divides by d2 = 1.128 where we
# multiply by 2.66, which is the same in three figures of the width.
FLOW_RATES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
FLOW_CENTRE, FLOW_LOWER, FLOW_UPPER = 50.81, 45.8159, 55.8041
# Armitage, Biometrics 11 (1955) 375-386, table 1: carriers of Streptococcus pyogenes by size of tonsils.
CARRIERS, CHILDREN, TREND = ["19", "29", "24"], ["516", "589", "293"], 7.19


def test_score_intervals_are_those_of_newcombe() -> None:
    limits = evaluate(
        *(
            f"{{{{ wilson_limit('{events}.0', '{total}.0', '{sign}') }}}}"
            for events, total, *_ in SCORE_INTERVALS
            for sign in "-+"
        )
    )
    printed = [100 * limit for *_, low, high in SCORE_INTERVALS for limit in (low, high)]
    assert limits == pytest.approx(printed, abs=0.005)


def test_limits_of_an_individuals_chart_are_those_of_the_handbook() -> None:
    with small_build() as connection:
        connection.execute(
            "create table int_series_lines as select 1 as lens_number, 1 as unit_number, 1 as indicator_number,"
            " 1 as period_type_number, i as period_number, 1 as line_number, 1 as siblings_number, 1 as segment,"
            " false as is_phase, false as is_rate, 'higher' as direction, null::double as numerator,"
            " null::double as denominator, value, null::double as value_low, null::double as value_high,"
            " 1 as reporting_units, 1 as expected_units, 1 as report_kinds,"
            " null::double as silent_denominator, false as is_simulated, false as is_estimated"
            " from (select unnest(?) as value, generate_subscripts(?, 1) as i)",
            [FLOW_RATES, FLOW_RATES],
        )
        connection.execute(
            "create table int_units as select 'u' as unit_key, 'U' as unit_name, 1 as unit_number"
        )
        connection.execute(
            "create table int_indicators as select 'I' as indicator_code, 'I' as indicator_name_vi, 'I' as indicator_name_en,"
            " 1 as indicator_number"
        )
        connection.execute(
            "create table int_periods as select cast(i as varchar) as period_code, 'month' as period_type,"
            " date '2025-01-01' + cast(i as integer) as period_end_date, 1 as period_type_number, i as period_number"
            " from range(1, 11) as numbers (i)"
        )
        connection.execute("create table int_unit_target_scopes (unit_number bigint, scope_number bigint)")
        connection.execute(
            "create table int_scope_targets (scope_number bigint, indicator_number bigint, period_type_number bigint,"
            " period_number bigint, operator varchar, target_value double)"
        )
        connection.run(
            "int_series_neighbours",
            "int_series_segments",
            "int_series_signals",
            "int_series_points",
            "rpt_indicator_limits",
        )
        rows = connection.execute(
            "select distinct centre, lower_limit, upper_limit, signal, is_trial from rpt_indicator_limits"
        ).fetchall()
    assert len(rows) == 1
    assert rows[0][0] == pytest.approx(FLOW_CENTRE)
    assert rows[0][1:3] == pytest.approx((FLOW_LOWER, FLOW_UPPER), abs=0.002)
    assert rows[0][3:] == (None, True)


def test_the_trend_in_proportions_is_that_of_armitage() -> None:
    doubles = [[f"cast({figure} as double)" for figure in figures] for figures in (CARRIERS, CHILDREN)]
    (statistic,) = evaluate(f"{{{{ chi_square_of_trend({doubles[0]}, {doubles[1]}) }}}}")
    assert statistic == pytest.approx(TREND, abs=0.005)


def test_five_rising_counts_are_all_that_kendall_calls_at_five_percent() -> None:
    """Kendall's table for n = 5: S = 10 has a two-sided probability of 0.0167, S = 8 of 0.083."""
    orders = ("12345", "12354", "54321", "11234", "11233", "11123")
    assert evaluate(*(f"{{{{ trend_of_counts({list(order)}) }}}}" for order in orders)) == (1, 0, -1, 1, 0, 0)
