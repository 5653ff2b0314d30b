"""Trends against statsmodels (chi-square by weighted regression) and scipy (Kendall), on every series of the warehouse."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import permutations, product

import duckdb
import numpy as np
import pytest
import statsmodels.api as sm
from scipy.stats import chi2, kendalltau

from tests.marts.conftest import World
from tests.marts.dbt_kit import compiled

MONTHS = {f"{year}-{month:02}": 12 * year + month for year in (2025, 2026) for month in range(1, 13)}
DIRECTION = {"TTHC_DUNGHAN": 1, "NTT_XL": 1, "KK_DONGNGUOI": -1}


def slope_of_rates(numerators: list[float], denominators: list[float], steps: list[int]) -> float:
    rates = np.array(numerators) / np.array(denominators)
    return float(sm.WLS(rates, sm.add_constant(np.array(steps)), weights=denominators).fit().params[1])


def p_value_of_rates(numerators: list[float], denominators: list[float]) -> float:
    """Return the p-value of R's prop.trend.test: the sum of squares that a weighted line explains."""
    pooled = sum(numerators) / sum(denominators)
    if pooled in (0, 1):
        return 1.0
    weights = np.array(denominators) / pooled / (1 - pooled)
    rates = np.array(numerators) / np.array(denominators)
    return float(chi2.sf(sm.WLS(rates, sm.add_constant(np.arange(5)), weights=weights).fit().ess, 1))


def expected_trend(points: list[tuple], indicator: str) -> str:
    numerators, denominators, values = (list(column) for column in zip(*points, strict=True))
    if denominators[0] is not None:
        if p_value_of_rates(numerators, denominators) >= 0.002:
            return "steady"
        slopes = {
            np.sign(
                slope_of_rates(
                    [x for i, x in enumerate(numerators) if i != out],
                    [n for i, n in enumerate(denominators) if i != out],
                    [i for i in range(5) if i != out],
                )
            )
            for out in range(5)
        }
        sign = slopes.pop() if len(slopes) == 1 else 0
    else:
        answer = kendalltau(range(5), values)
        sign = np.sign(answer.statistic) if answer.pvalue < 0.05 else 0
    if sign == 0:
        return "steady"
    return "improving" if sign == DIRECTION[indicator] else "worsening"


def test_figures_added_up_by_shares_are_equal_whatever_the_order() -> None:
    """Three thirds of a figure are no rise over the same in another order: the last digit of a double is no figure."""
    rule = compiled("select {{ sum_of_shares('share', 'figure') }}")
    apart = 0
    for figures in product(range(20, 30), range(20, 30), range(300, 304)):
        orders = [[(1 / 3, figure) for figure in order] for order in permutations(figures)]
        apart += len({sum(share * figure for share, figure in order) for order in orders}) > 1
        sums = {_sum_of_shares(rule, order) for order in orders}
        assert len(sums) == 1
        assert sums.pop() == pytest.approx(sum(figures) / 3, abs=5e-10)
    assert apart > 100


def _sum_of_shares(rule: str, parts: list[tuple[float, int]]) -> float:
    rows = ", ".join(f"({share!r}::double, {figure})" for share, figure in parts)
    found = duckdb.execute(f"{rule} from (values {rows}) as parts (share, figure)").fetchone()
    assert found is not None
    return float(found[0])


def test_each_trend_is_that_of_statsmodels_or_scipy(world: World) -> None:
    rows = world.rows(
        "select lens, unit_key, indicator_code, period_code, numerator, denominator, value, trend"
        " from marts.rpt_indicator_series"
    )
    series: dict = defaultdict(dict)
    for lens, unit, indicator, period, numerator, denominator, value, _ in rows:
        if value is not None:
            series[lens, unit, indicator][MONTHS[period]] = (numerator, denominator, value)
    seen: Counter = Counter()
    for lens, unit, indicator, period, _, _, value, trend in rows:
        if value is None:
            assert trend is None
            continue
        month = MONTHS[period]
        points = [series[lens, unit, indicator].get(month - back) for back in (4, 3, 2, 1, 0)]
        expected = "too_few" if None in points else expected_trend(points, indicator)
        assert trend == expected, (lens, unit, indicator, period, points)
        seen[trend, DIRECTION[indicator]] += 1
    assert all(
        seen[trend, sign] > 20 for trend in ("improving", "worsening", "steady") for sign in (1, -1)
    ), seen
